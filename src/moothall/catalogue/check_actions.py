"""The register of formal actions, compared with itself, with the register of authorities and with its ledger."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from moothall.catalogue.actions import ActionEntry, LedgerEntry, to_action
from moothall.catalogue.drafts import Drafts, Located
from moothall.catalogue.problems import quoted
from moothall.catalogue.references import repeated, unresolved
from moothall.catalogue.schema import AuthorityEntry
from moothall.domain.authority import lies_within
from moothall.domain.formal_action import LASTING, FormalAction

YEAR_BEGINS = (4, 1)
"""Financial years begin on 1 April."""


def action_faults(drafts: Drafts) -> Iterator[str]:
    """One sentence for each fault of the register."""
    yield from repeated(drafts.actions, "id", lambda action: action.id)
    authorities = {located.entry.code: located.entry for located in drafts.authorities}
    for located in drafts.actions:
        yield from _authority_faults(located, authorities, drafts)
    yield from _overlap_faults(drafts.actions)
    yield from _ledger_faults(drafts)


def _authority_faults(
    located: Located[ActionEntry], authorities: dict[str, AuthorityEntry], drafts: Drafts
) -> Iterator[str]:
    action = located.entry
    yield from unresolved(located, action.authority, "authorities", drafts, "authority")
    for number, code in enumerate(action.continues_with):
        yield from unresolved(located, code, "authorities", drafts, "continues_with", number)
        if not any(s.entry.predecessor == action.authority and s.entry.successor == code for s in drafts.successions):
            words = f"{quoted(code)} did not follow {action.authority}, so {action.id} cannot go on there; take it out"
            yield located.fault(words, "continues_with", number)
    authority = authorities.get(action.authority)
    if authority and not _was_there(authority, to_action(action)):
        words = f"{authority.name} did not act on {action.decided_on}; write the code of the body that did"
        yield located.fault(words, "authority")


def _was_there(authority: AuthorityEntry, action: FormalAction) -> bool:
    """True when the body acted on a day of the decision, or on the first day of the year that the money is for.

    Support for the first year of a new council is agreed a few weeks before the council takes over.
    """
    days = [action.first_day, action.last_day]
    if action.financial_year:
        days.append(date(int(action.financial_year[:4]), *YEAR_BEGINS))
    return any(lies_within(day, authority.start, authority.end) for day in days)


def _overlap_faults(actions: list[Located[ActionEntry]]) -> Iterator[str]:
    """Two of a kind about one body at a time are one action written twice."""
    alike: dict[tuple[str, str, str | None], list[Located[ActionEntry]]] = defaultdict(list)
    for located in actions:
        entry = located.entry
        alike[entry.authority, entry.kind, entry.financial_year].append(located)
    for group in alike.values():
        ordered = sorted(group, key=lambda located: located.entry.decided_on)
        for earlier, later in pairwise(ordered):
            if later.entry.id != earlier.entry.id and _runs_into(earlier.entry, later.entry):
                words = f"{later.entry.id} overlaps {earlier.entry.id} of the same kind ({earlier.place})"
                yield later.fault(f"{words}; keep one, or end the earlier one before it", "decided_on")


def _runs_into(earlier: ActionEntry, later: ActionEntry) -> bool:
    if earlier.kind not in LASTING:
        return earlier.financial_year is not None or later.decided_on == earlier.decided_on
    return earlier.ended_on is None or later.decided_on <= earlier.ended_on


def _ledger_faults(drafts: Drafts) -> Iterator[str]:
    if not drafts.action_ledgers:
        if drafts.actions:
            words = "there is no ledger of the register; write catalogue/actions/ledger.yaml"
            yield drafts.actions[0].fault(words, "id")
        return
    located = drafts.action_ledgers[0]
    ledger = located.entry
    yield from unresolved(located, ledger.source, "sources", drafts, "source")
    held, removed = {a.entry.id for a in drafts.actions}, {removal.id for removal in ledger.removed}
    claimed = held | set(drafts.claims("actions"))
    for number, name in enumerate(ledger.recorded):
        if name not in claimed | removed:
            remedy = "bring it back, or say under removed when and why it was taken out"
            yield located.fault(f"{name} was on record and is gone; {remedy}", "recorded", number)
    yield from _removal_faults(located, held)
    for action in drafts.actions:
        if action.entry.id not in ledger.recorded:
            yield action.fault(f"{action.entry.id} is not in the ledger; add it to recorded in ledger.yaml", "id")
        if action.entry.decided_on > ledger.complete_to:
            words = f"decided_on is after {ledger.complete_to}, to which the register is said to be complete"
            yield action.fault(f"{words}; move complete_to in ledger.yaml", "decided_on")


def _removal_faults(located: Located[LedgerEntry], held: set[str]) -> Iterator[str]:
    for number, removal in enumerate(located.entry.removed):
        if removal.id in held:
            yield located.fault(f"{removal.id} is said to be removed but stands in the register", "removed", number)
        if removal.id not in located.entry.recorded:
            yield located.fault(f"{removal.id} was never on record; take it out of removed", "removed", number)
