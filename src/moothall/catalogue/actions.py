"""The register of formal actions (catalogue/actions), as YAML states it, and the domain types it becomes."""

from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from moothall.catalogue.fields import Address, Code, Day, Entry, Id, Text, own_words
from moothall.domain.formal_action import (
    ActionKind,
    ActionRegister,
    Assurance,
    CountsAs,
    DecisionPrecision,
    FormalAction,
    Mechanism,
    Removal,
)

FinancialYear = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}$")]
"""A financial year as 2021-22."""

Pounds = Annotated[float, Field(ge=0)]


class ActionEntry(Entry):
    """One formal action. ``evidence`` is a page on which a reader can see that it was decided."""

    id: Id
    authority: Code
    kind: ActionKind
    mechanism: Mechanism
    decided_on: Day
    precision: DecisionPrecision
    evidence: Address
    checked: Assurance
    counts_as: CountsAs
    counts_why: Text
    ended_on: Day | None = None
    financial_year: FinancialYear | None = None
    amount_initial_gbp: Pounds | None = None
    amount_latest_gbp: Pounds | None = None
    continues_with: tuple[Code, ...] = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _ends_after_it_began(self) -> Self:
        if self.ended_on and self.ended_on < self.decided_on:
            words = f"ended_on {self.ended_on} of {self.id} is before decided_on {self.decided_on}"
            raise own_words(f"{words}; turn the two round or mend one")
        return self

    @model_validator(mode="after")
    def _money_has_its_year(self) -> Self:
        has_money = self.amount_initial_gbp is not None or self.amount_latest_gbp is not None
        if has_money and self.financial_year is None:
            raise own_words(f"{self.id} has an amount but no financial_year; say for which year it was agreed")
        return self


class RemovalEntry(Entry):
    """A row that was taken out, when and why."""

    id: Id
    on: Day
    why: Text


class LedgerEntry(Entry):
    """catalogue/actions/ledger.yaml: what the register covers, and every id it ever had."""

    complete_to: Day
    scope: Text
    source: Id
    recorded: tuple[Id, ...]
    removed: tuple[RemovalEntry, ...] = ()


class ActionsFile(Entry):
    """catalogue/actions/<year>.yaml"""

    actions: tuple[ActionEntry, ...]


def to_register(ledgers: Iterable[LedgerEntry], entries: Iterable[ActionEntry]) -> ActionRegister:
    """The register as a type of the domain; an empty one where the catalogue has none."""
    ledger = next(iter(ledgers), None)
    actions = sorted(map(to_action, entries), key=lambda action: (action.decided_on, action.id))
    if ledger is None:
        return ActionRegister()
    return ActionRegister(
        complete_to=ledger.complete_to,
        scope=ledger.scope,
        source=ledger.source,
        actions={action.id: action for action in actions},
        removed=tuple(Removal(removal.id, removal.on, removal.why) for removal in ledger.removed),
        recorded=ledger.recorded,
    )


def to_action(entry: ActionEntry) -> FormalAction:
    """A row as a type of the domain."""
    return FormalAction(**{name: getattr(entry, name) for name in ActionEntry.model_fields})
