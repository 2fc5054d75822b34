"""Sources compared with their own parts, and corrections with the sources they patch."""

from collections import Counter
from collections.abc import Iterable, Iterator

from moothall.catalogue.convert import source_of_corrections
from moothall.catalogue.drafts import Drafts, Located
from moothall.catalogue.problems import quoted
from moothall.catalogue.reading import CorrectionEntry, ReleaseDefinition, SourceEntry, TableDefinition
from moothall.catalogue.references import misfiled, repeated
from moothall.catalogue.spelling import advise
from moothall.catalogue.sums import ENGLAND
from moothall.domain.period import PeriodKind


def source_faults(drafts: Drafts) -> Iterator[str]:
    """One sentence for each fault inside a source or a file of corrections."""
    yield from repeated(drafts.sources, "id", lambda source: source.id)
    for located in drafts.sources:
        yield from misfiled(located, located.entry.id)
        yield from _twice(located, "release", (release.id for release in located.entry.releases), "releases")
        for index, release in enumerate(located.entry.releases):
            yield from _release_faults(located, release, index)
        yield from _agreement_faults(located, drafts)
        yield from _area_faults(located, drafts)
        yield from _idle_templates(located)
    for correction in drafts.corrections:
        yield from _correction_faults(correction, drafts)


def series_kinds(source: SourceEntry) -> dict[str, set[PeriodKind]]:
    """Each series that a source declares, with the kinds of period that its tables are read with."""
    kinds: dict[str, set[PeriodKind]] = {}
    for release in source.releases:
        for table in release.tables:
            for series in table.series:
                kinds.setdefault(series.id, set()).add((series.period or table.period).kind)
    return kinds


def _twice(located: Located[SourceEntry], noun: str, ids: Iterable[str], *keys: str | int) -> Iterator[str]:
    for name, count in Counter(ids).items():
        if count > 1:
            yield located.fault(f"the {noun} {quoted(name)} stands {count} times; give each its own name", *keys)


def _agreement_faults(located: Located[SourceEntry], drafts: Drafts) -> Iterator[str]:
    """Faults of what a source's figures are said to agree with."""
    known = {other.entry.id: sorted(series_kinds(other.entry)) for other in drafts.sources}
    for index, agreement in enumerate(located.entry.agrees_with):
        keys = ("agrees_with", index)
        yield from _unknown(located, agreement.series, known[located.entry.id], *keys, "series")
        if agreement.other_source in drafts.claims("sources"):
            theirs = known.get(agreement.other_source, [agreement.other_series])
            yield from _unknown(located, agreement.other_series, theirs, *keys, "other_series")
        else:
            yield from _unknown(located, agreement.other_source, list(drafts.claims("sources")), *keys, "other_source")


def _unknown(located: Located[SourceEntry], name: str, known: list[str], *keys: str | int) -> Iterator[str]:
    if name not in known:
        yield located.fault(f"{quoted(name)} is not known; {advise(name, known)}", *keys)


def _release_faults(located: Located[SourceEntry], release: ReleaseDefinition, index: int) -> Iterator[str]:
    paths = [file.path for file in release.files]
    yield from _twice(located, "file", paths, "releases", index, "files")
    yield from _twice(located, "table", (table.id for table in release.tables), "releases", index, "tables")
    known = sorted({series.id for table in release.tables for series in table.series})
    for number, table in enumerate(release.tables):
        if table.file not in paths:
            remedy = advise(table.file, paths)
            words = f"file {quoted(table.file)} is not among the files of release {release.id}; {remedy}"
            yield located.fault(words, "releases", index, "tables", number, "file")
        for key, name in _summed(table):
            if name not in known:
                words = (
                    f"{key} names the series {quoted(name)}, which release {release.id} lacks; {advise(name, known)}"
                )
                yield located.fault(words, "releases", index, "tables", number, key)


def _summed(table: TableDefinition) -> Iterator[tuple[str, str]]:
    """The series that a table's checks of sums name, with the key that names them."""
    for check in table.parts:
        yield from (("parts", name) for name in (check.whole, *check.parts))
    if table.england:
        weights = [table.england.weighted_by] if table.england.weighted_by else []
        yield from (("england", name) for name in (*table.england.series, *weights))


def _area_faults(located: Located[SourceEntry], drafts: Drafts) -> Iterator[str]:
    allowed = [*drafts.claims("authorities"), *drafts.claims("regions"), ENGLAND]
    for name, code in located.entry.area_names.items():
        if code not in allowed:
            words = f"area_names leads {quoted(name)} to {quoted(code)}, which is no authority; {advise(code, allowed)}"
            yield located.fault(words, "area_names", name)


def _idle_templates(located: Located[SourceEntry]) -> Iterator[str]:
    """A source that awaits its first release may have templates at the ready."""
    if not located.entry.releases:
        return
    used = {release.template for release in located.entry.releases}
    for name in located.entry.templates:
        if name not in used:
            yield located.fault(
                f"no release names the template {quoted(name)}; use it or take it out", "templates", name
            )


def _correction_faults(located: Located[CorrectionEntry], drafts: Drafts) -> Iterator[str]:
    name = source_of_corrections(located)
    source = next((s.entry for s in drafts.sources if s.entry.id == name), None)
    if source is None:
        if name not in drafts.claims("sources"):
            yield located.fault(f"the file is named after no source; {advise(name, drafts.claims('sources'))}")
        return
    allowed = {"release": [release.id for release in source.releases], "series": sorted(series_kinds(source))}
    for key, words in allowed.items():
        value: str = getattr(located.entry, key)
        if value not in words:
            yield located.fault(f"{key} {quoted(value)} is not one of {name}; {advise(value, words)}", key)
