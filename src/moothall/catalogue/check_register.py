"""The register of authorities, compared with itself: codes, lifetimes, successions and responsibilities."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

from moothall.catalogue.drafts import Drafts, Located
from moothall.catalogue.problems import quoted
from moothall.catalogue.references import repeated, unresolved
from moothall.catalogue.schema import (
    AreaCodeEntry,
    AuthorityEntry,
    ExemptionEntry,
    ResponsibilityEntry,
    RunByEntry,
    SuccessionEntry,
)
from moothall.domain.authority import AuthorityType, SuccessionKind

ONE_DAY = timedelta(days=1)

OVER_IT = {"county": AuthorityType.COUNTY, "combined_authority": AuthorityType.COMBINED_AUTHORITY}
"""The keys that name an authority over this one, and the type it has."""


def register_faults(drafts: Drafts) -> Iterator[str]:
    """One sentence for each fault of authorities, area codes, successions and responsibilities."""
    yield from repeated(drafts.regions, "code", lambda region: region.code)
    yield from repeated(drafts.authorities, "code", lambda authority: authority.code)
    yield from repeated(drafts.authorities, "slug", lambda authority: authority.slug)
    yield from repeated(drafts.responsibilities, "id", lambda responsibility: responsibility.id)
    types = {located.entry.code: located.entry.type for located in drafts.authorities}
    for authority in drafts.authorities:
        yield from _authority_faults(authority, drafts)
        for key, expected in OVER_IT.items():
            yield from _wrong_body(authority, key, expected, types, drafts)
    yield from _shared_area_codes(drafts)
    yield from _shared_numbers(drafts, "ecode")
    yield from _shared_numbers(drafts, "dfe_code")
    yield from _heirless(drafts)
    for succession in drafts.successions:
        yield from _succession_faults(succession, drafts)
    for responsibility in drafts.responsibilities:
        yield from _responsibility_faults(responsibility, drafts)


def _authority_faults(located: Located[AuthorityEntry], drafts: Drafts) -> Iterator[str]:
    entry = located.entry
    if entry.type != located.document.stem:
        words = f"type {quoted(entry.type)} does not belong in {located.document.name}; move it to {entry.type}.yaml"
        yield located.fault(words, "type")
    yield from unresolved(located, entry.region, "regions", drafts, "region")
    yield from _backwards(located, entry.start, entry.end, "start", "end")
    for index, code in enumerate(entry.area_codes):
        yield from _backwards(located, code.start, code.end, "from", "to", "area_codes", index)
    for one, other in combinations(entry.area_codes, 2):
        if _overlap(one, other):
            words = f"area codes {one.code} and {other.code} are in force on the same days; mend from or to"
            yield located.fault(words, "area_codes")


def _wrong_body(
    located: Located[AuthorityEntry],
    key: str,
    expected: AuthorityType,
    types: dict[str, AuthorityType],
    drafts: Drafts,
) -> Iterator[str]:
    code: str | None = getattr(located.entry, key)
    yield from unresolved(located, code, "authorities", drafts, key)
    if code and types.get(code, expected) is not expected:
        yield located.fault(f"{key} {quoted(code)} is of type {types[code]}, not {expected}; name another", key)


def _backwards(
    located: Located[AuthorityEntry] | Located[ResponsibilityEntry],
    start: date | None,
    end: date | None,
    *keys: str | int,
) -> Iterator[str]:
    first, last, *around = keys
    if start and end and end < start:
        yield located.fault(f"{last} {end} is before {first} {start}; mend one of them", *around, last)


def _overlap(one: AreaCodeEntry | AuthorityEntry, other: AreaCodeEntry | AuthorityEntry) -> bool:
    return one.start <= (other.end or date.max) and other.start <= (one.end or date.max)


def _shared_area_codes(drafts: Drafts) -> Iterator[str]:
    users: dict[str, list[tuple[Located[AuthorityEntry], AreaCodeEntry]]] = defaultdict(list)
    for located in drafts.authorities:
        for code in located.entry.area_codes:
            users[code.code].append((located, code))
    for code_text, pairs in users.items():
        for (first, one), (second, other) in combinations(pairs, 2):
            if first is not second and _overlap(one, other):
                words = f"area code {quoted(code_text)} is that of {first.entry.code} on the same days; mend from or to"
                yield second.fault(words, "area_codes")


def _shared_numbers(drafts: Drafts, key: str) -> Iterator[str]:
    """A code of finance returns or of schools belongs to one authority at a time; a successor may take it over."""
    users: dict[str, list[Located[AuthorityEntry]]] = defaultdict(list)
    for located in drafts.authorities:
        number = getattr(located.entry, key)
        if number:
            users[number].append(located)
    for number, sharing in users.items():
        for first, second in combinations(sharing, 2):
            if _overlap(first.entry, second.entry):
                words = f"{key} {quoted(number)} is that of {first.entry.code}, which acted on the same days; mend one"
                yield second.fault(words, key)


def _heirless(drafts: Drafts) -> Iterator[str]:
    """An authority that ended needs a successor from the day after its last."""
    last_edge: dict[str, date] = {}
    for succession in drafts.successions:
        if succession.entry.successor != succession.entry.predecessor:
            known = last_edge.get(succession.entry.predecessor, date.min)
            last_edge[succession.entry.predecessor] = max(known, succession.entry.on)
    for located in drafts.authorities:
        end = located.entry.end
        if end and last_edge.get(located.entry.code, date.min) <= end:
            words = f"{located.entry.code} ended on {end} but nobody succeeds it on {end + ONE_DAY}; add the succession"
            yield located.fault(words, "end")


def _succession_faults(located: Located[SuccessionEntry], drafts: Drafts) -> Iterator[str]:
    entry = located.entry
    yield from unresolved(located, entry.predecessor, "authorities", drafts, "from")
    yield from unresolved(located, entry.successor, "authorities", drafts, "to")
    is_recode = entry.kind is SuccessionKind.RECODE
    if is_recode != (entry.predecessor == entry.successor):
        words = "a recode leads from an authority to itself and nothing else does; mend kind, from or to"
        yield located.fault(words, "kind")
    if is_recode and not (entry.from_area_code and entry.to_area_code):
        yield located.fault("a recode needs from_area_code and to_area_code; add both", "kind")
    bodies = {a.entry.code: a.entry for a in drafts.authorities}
    yield from _foreign_area_code(located, "from_area_code", entry.from_area_code, bodies.get(entry.predecessor))
    yield from _foreign_area_code(located, "to_area_code", entry.to_area_code, bodies.get(entry.successor))
    yield from _too_early(located, bodies)


def _foreign_area_code(
    located: Located[SuccessionEntry], key: str, code: str | None, body: AuthorityEntry | None
) -> Iterator[str]:
    if code and body and code not in {item.code for item in body.area_codes}:
        yield located.fault(f"{key} {quoted(code)} is not an area code of {body.code}; mend one of the two", key)


def _too_early(located: Located[SuccessionEntry], bodies: dict[str, AuthorityEntry]) -> Iterator[str]:
    predecessor, successor = (bodies.get(code) for code in (located.entry.predecessor, located.entry.successor))
    on = located.entry.on
    if successor and on < successor.start:
        yield located.fault(f"on {on} is before {successor.code} starts ({successor.start}); mend one of them", "on")
    gone_by = predecessor.end + ONE_DAY if predecessor and predecessor.end else None
    if gone_by and on > gone_by:
        yield located.fault(f"on {on} is not the day after {located.entry.predecessor} ended; mend one of them", "on")


def _responsibility_faults(located: Located[ResponsibilityEntry], drafts: Drafts) -> Iterator[str]:
    spans: list[tuple[str, int, RunByEntry | ExemptionEntry]] = [
        *(("run_by", index, rule) for index, rule in enumerate(located.entry.run_by)),
        *(("except", index, item) for index, item in enumerate(located.entry.exemptions)),
    ]
    for key, index, span in spans:
        yield from _backwards(located, span.start, span.end, "from", "to", key, index)
    for index, item in enumerate(located.entry.exemptions):
        yield from unresolved(located, item.authority, "authorities", drafts, "except", index, "authority")
