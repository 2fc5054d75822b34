"""Formal actions: facts on record about an authority, each with the day of its decision and a link to its evidence."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from moothall.domain.authority import lies_within
from moothall.domain.period import add_months


class ActionKind(StrEnum):
    """What was decided (GLOSSARY: formal action)."""

    SECTION_114_NOTICE = "section-114-notice"
    FINANCIAL_SUPPORT = "exceptional-financial-support"
    FINANCIAL_SUPPORT_WITHDRAWN = "exceptional-financial-support-withdrawn"
    BEST_VALUE_NOTICE = "best-value-notice"
    BEST_VALUE_INSPECTION = "best-value-inspection"
    STATUTORY_INTERVENTION = "statutory-intervention"
    NON_STATUTORY_INTERVENTION = "non-statutory-intervention"
    PUBLIC_INTEREST_REPORT = "public-interest-report"
    STATUTORY_RECOMMENDATION = "statutory-recommendation"
    CHILDRENS_SERVICES_TRUST = "childrens-services-trust"
    CHILDRENS_SERVICES_NOTICE = "childrens-services-improvement-notice"


class Mechanism(StrEnum):
    """What lay behind the decision: money and the running of the council, one act's legality, one service, a policy."""

    FINANCE = "finance"
    LEGALITY = "legality"
    POLICY_DISPUTE = "policy-dispute"
    CHILDRENS_SERVICES = "childrens-services"
    NONE = "none"


class DecisionPrecision(StrEnum):
    """How exactly the day of the decision is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Assurance(StrEnum):
    """How well a row was checked: against the body's own page, or against a report of it."""

    SOURCE_CITED = "source-cited"
    SECONDARY = "secondary"


class CountsAs(StrEnum):
    """What the back-test makes of a row: the onset of an event, or none."""

    FISCAL_EVENT = "fiscal-event"
    GOVERNANCE_EVENT = "governance-event"
    SERVICE_EVENT = "service-event"
    NOT_A_FAILURE = "not-a-failure"


MONTHS_OPEN = {DecisionPrecision.DAY: 0, DecisionPrecision.MONTH: 1, DecisionPrecision.YEAR: 12}
"""How many months of the calendar an imprecise date leaves open."""

LASTING = frozenset({
    ActionKind.BEST_VALUE_NOTICE,
    ActionKind.BEST_VALUE_INSPECTION,
    ActionKind.STATUTORY_INTERVENTION,
    ActionKind.NON_STATUTORY_INTERVENTION,
    ActionKind.CHILDRENS_SERVICES_TRUST,
    ActionKind.CHILDRENS_SERVICES_NOTICE,
})  # fmt: skip
"""Kinds that stay in force until they end; the others are done with the day of their decision."""


@dataclass(frozen=True, slots=True)
class FormalAction:
    """One row of the register. ``authority`` is the code of the body that acted on the day; amounts are in pounds.

    ``ended_on`` may lie ahead: then it is the day until which the action was set. ``continues_with`` are successors
    for which the row itself says that it goes on; without them nothing passes to a successor.
    """

    id: str
    authority: str
    kind: ActionKind
    mechanism: Mechanism
    decided_on: date
    precision: DecisionPrecision
    evidence: str
    checked: Assurance
    counts_as: CountsAs
    counts_why: str
    ended_on: date | None = None
    financial_year: str | None = None
    amount_initial_gbp: float | None = None
    amount_latest_gbp: float | None = None
    continues_with: tuple[str, ...] = ()
    note: str | None = None

    @property
    def first_day(self) -> date:
        """The first day on which it can have been decided."""
        if self.precision is DecisionPrecision.DAY:
            return self.decided_on
        whole_year = self.precision is DecisionPrecision.YEAR
        return self.decided_on.replace(day=1, month=1 if whole_year else self.decided_on.month)

    @property
    def last_day(self) -> date:
        """The last day on which it can have been decided."""
        months = MONTHS_OPEN[self.precision]
        after = add_months(self.first_day, months)
        return date.fromordinal(after.toordinal() - 1) if months else self.decided_on

    @property
    def last_in_force(self) -> date | None:
        """The last day on which it is in force; None where it lasts and no end is on record."""
        if self.kind in LASTING:
            return self.ended_on
        return self.ended_on or self.decided_on

    def is_in_force(self, day: date) -> bool:
        """True when it was decided by ``day`` and had not ended by then."""
        return lies_within(day, self.first_day, self.last_in_force)

    def concerns(self, authority: str) -> bool:
        """True for the body that it was decided about, and for a successor only where the row says that it goes on."""
        return authority == self.authority or authority in self.continues_with


@dataclass(frozen=True, slots=True)
class Removal:
    """A row that was taken out of the register: which, when and why."""

    id: str
    on: date
    why: str


@dataclass(frozen=True, slots=True)
class ActionRegister:
    """All formal actions by id, oldest first; ``complete_to`` is the last day of which nothing known is left out."""

    complete_to: date | None = None
    scope: str = ""
    source: str = ""
    actions: dict[str, FormalAction] = field(default_factory=dict)
    removed: tuple[Removal, ...] = ()
    recorded: tuple[str, ...] = ()

    def of(self, authority: str) -> tuple[FormalAction, ...]:
        """The actions that concern an authority, oldest first."""
        return tuple(action for action in self.actions.values() if action.concerns(authority))
