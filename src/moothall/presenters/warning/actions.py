"""Formal actions in words: facts with their day, their link and how well they were checked. No judgement anywhere."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from moothall.domain.authority import Authority, SuccessionKind
from moothall.domain.formal_action import (
    LASTING,
    ActionKind,
    Assurance,
    CountsAs,
    DecisionPrecision,
    FormalAction,
    Mechanism,
)
from moothall.domain.period import day_text
from moothall.presenters.addresses import action_address, actions_address, authority_address, host_text
from moothall.presenters.blocks import Link
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.wording.numbers import count_text, number_text

KIND_WORDS = {
    ActionKind.SECTION_114_NOTICE: "Section 114 notice",
    ActionKind.FINANCIAL_SUPPORT: "Exceptional financial support",
    ActionKind.FINANCIAL_SUPPORT_WITHDRAWN: "Exceptional financial support not taken up",
    ActionKind.BEST_VALUE_NOTICE: "Best value notice",
    ActionKind.BEST_VALUE_INSPECTION: "Best value inspection",
    ActionKind.STATUTORY_INTERVENTION: "Statutory intervention",
    ActionKind.NON_STATUTORY_INTERVENTION: "Improvement board or panel without a direction",
    ActionKind.PUBLIC_INTEREST_REPORT: "Public interest report",
    ActionKind.STATUTORY_RECOMMENDATION: "Statutory recommendation",
    ActionKind.CHILDRENS_SERVICES_TRUST: "Children's services run by a trust",
    ActionKind.CHILDRENS_SERVICES_NOTICE: "Improvement notice for children's services",
}
"""Each kind as a reader sees it."""

KIND_MEANINGS = {
    ActionKind.SECTION_114_NOTICE: "A report by the council's chief finance officer under section 114 of the Local "
    "Government Finance Act 1988: spending would be unlawful, or more than the council can pay for.",
    ActionKind.FINANCIAL_SUPPORT: "The government's agreement, on request, that a council may pay for day-to-day "
    "costs by borrowing or by selling what it owns, or may have a grant.",
    ActionKind.FINANCIAL_SUPPORT_WITHDRAWN: "Support that was asked for or offered and then not used.",
    ActionKind.BEST_VALUE_NOTICE: "A letter from the government that asks for improvement and for reports on it. It "
    "has no force of law.",
    ActionKind.BEST_VALUE_INSPECTION: "An inspection that the government orders under the Local Government Act 1999.",
    ActionKind.STATUTORY_INTERVENTION: "A direction by the government under the Local Government Act 1999. "
    "Commissioners may take over some of the council's functions.",
    ActionKind.NON_STATUTORY_INTERVENTION: "A board or panel that the council and the government agree on, without a "
    "direction.",
    ActionKind.PUBLIC_INTEREST_REPORT: "A report by the auditor on a matter that the public should know of.",
    ActionKind.STATUTORY_RECOMMENDATION: "A recommendation by the auditor that the council must consider at a public "
    "meeting.",
    ActionKind.CHILDRENS_SERVICES_TRUST: "Children's services were moved to a separate body.",
    ActionKind.CHILDRENS_SERVICES_NOTICE: "A notice from the Department for Education that asks for improvement of "
    "children's services.",
}
"""What each kind is, in a sentence."""

MECHANISM_WORDS = {
    Mechanism.FINANCE: "Finances or how the council is run",
    Mechanism.LEGALITY: "Whether one act was lawful",
    Mechanism.POLICY_DISPUTE: "A policy on which the council and the government disagreed",
    Mechanism.CHILDRENS_SERVICES: "Children's services",
    Mechanism.NONE: "Nothing came of it",
}

ASSURANCE_WORDS = {
    Assurance.SOURCE_CITED: "read in the source that is cited",
    Assurance.SECONDARY: "known from an account of it, not read in the decision itself",
}

COUNT_WORDS = {
    CountsAs.FISCAL_EVENT: "Counts as a financial event",
    CountsAs.GOVERNANCE_EVENT: "Counts as an event of governance",
    CountsAs.SERVICE_EVENT: "Counts as an event of one service, which the tests of warning signs leave out",
    CountsAs.NOT_A_FAILURE: "Counts as no event",
}

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One formal action in a list: what, when, and where that can be seen."""

    text: str
    href: str
    when: str
    evidence: Link


@dataclass(frozen=True, slots=True)
class ActionsSection:
    """What an authority's page says of formal actions; ``earlier`` links to the bodies before it that have some."""

    sentence: str
    lines: tuple[ActionLine, ...]
    earlier: tuple[Link, ...]
    register: Link


def decision_text(action: FormalAction) -> str:
    """The day of the decision as exactly as it is known: ``11 November 2020``, ``March 2022``, ``2021``."""
    if action.precision is DecisionPrecision.DAY:
        return day_text(action.decided_on)
    if action.precision is DecisionPrecision.MONTH:
        return f"{action.decided_on:%B %Y}"
    return f"{action.decided_on:%Y}"


def span_text(action: FormalAction, today: date) -> str:
    """When it was decided and, where it lasts, until when: an end that lies ahead is one that was set."""
    decided = decision_text(action)
    if action.ended_on is None:
        open_words = ", no end on record" if action.kind in LASTING else ""
        return f"{decided}{open_words}"
    verb = "ended" if action.ended_on <= today else "set to end"
    return f"{decided}, {verb} {day_text(action.ended_on)}"


def amount_text(action: FormalAction) -> str | None:
    """How much was agreed for which year; None where the row has no amount."""
    first, latest = action.amount_initial_gbp, action.amount_latest_gbp
    if first is None and latest is None:
        return None
    year = f" for {action.financial_year}"
    if first is None or latest is None:
        which = "at first" if latest is None else "by the latest figure"
        return f"{_pounds(first if latest is None else latest)}{year}, {which}"
    return f"{_pounds(latest)}{year}" + ("" if first == latest else f", at first {_pounds(first)}")


def _pounds(amount: float | None) -> str:
    millions = (amount or 0.0) / MILLION
    return f"£{number_text(millions, 1)} million"


def action_title(store: FigureStore, action: FormalAction) -> str:
    """Kind and council: ``Section 114 notice, Croydon``."""
    return f"{KIND_WORDS[action.kind]}, {store.catalogue.authorities[action.authority].short_name}"


def action_line(action: FormalAction, today: date) -> ActionLine:
    """One line of a list."""
    year = f" for {action.financial_year}" if action.financial_year else ""
    evidence = Link(host_text(action.evidence), action.evidence)
    return ActionLine(f"{KIND_WORDS[action.kind]}{year}", action_address(action.id), span_text(action, today), evidence)


def newest_first(store: FigureStore, kind: ActionKind | None = None) -> list[FormalAction]:
    """The register, or one kind of it, the latest decision first, then by name."""
    found = [a for a in store.catalogue.formal_actions.actions.values() if kind in (None, a.kind)]
    return sorted(found, key=lambda a: (-a.decided_on.toordinal(), a.id))


def complete_text(store: FigureStore) -> str:
    """To which day the register is complete, and what it does not cover."""
    register = store.catalogue.formal_actions
    return f"The register runs to {day_text(register.complete_to)}." if register.complete_to else "It is empty."


def make_actions_section(store: FigureStore, authority: Authority, today: date) -> ActionsSection | None:
    """Formal actions on record about an authority, and links to those of the bodies before it; None without any."""
    register = store.catalogue.formal_actions
    found = register.of(authority.code)
    earlier = tuple(_earlier(store, authority))
    if not found and not earlier:
        return None
    on_record = f"{count_text(len(found), 'formal action')} on record." if found else "None on record."
    return ActionsSection(
        sentence=f"{on_record} {complete_text(store)} Each is a fact with a link, not a judgement of ours.",
        lines=tuple(action_line(action, today) for action in reversed(found)),
        earlier=earlier,
        register=Link("The whole register", actions_address()),
    )


def _earlier(store: FigureStore, authority: Authority) -> list[Link]:
    """The predecessors with actions of their own; none of those passes on unless its row says so."""
    links = []
    for edge in store.catalogue.successions:
        if edge.successor != authority.code or edge.kind is SuccessionKind.RECODE:
            continue
        own = [a for a in store.catalogue.formal_actions.of(edge.predecessor) if not a.concerns(authority.code)]
        if own:
            before = store.catalogue.authorities[edge.predecessor]
            note = f"{len(own)} on record about that council, not about this one"
            links.append(Link(before.name, authority_address(before.slug), note))
    return links


def action_record(store: FigureStore, action: FormalAction) -> dict[str, Any]:
    """One row as plain facts, for files and programs."""
    authority = store.catalogue.authorities[action.authority]
    return {
        "id": action.id,
        "authority": action.authority,
        "authority_name": authority.name,
        "area_code": authority.area_code_on(max(action.decided_on, authority.start)),
        "kind": action.kind.value,
        "mechanism": action.mechanism.value,
        "decided_on": action.decided_on,
        "date_precision": action.precision.value,
        "ended_on": action.ended_on,
        "financial_year": action.financial_year,
        "amount_initial_gbp": action.amount_initial_gbp,
        "amount_latest_gbp": action.amount_latest_gbp,
        "evidence": action.evidence,
        "checked": action.checked.value,
        "counts_as": action.counts_as.value,
        "counts_why": action.counts_why,
        "continues_with": list(action.continues_with),
        "note": action.note,
    }
