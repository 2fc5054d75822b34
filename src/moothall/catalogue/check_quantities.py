"""Quantities compared with the sources: each series exists, stands in one quantity, and is of one kind of period."""

from collections.abc import Iterator

from moothall.catalogue.check_sources import series_kinds
from moothall.catalogue.drafts import Drafts, Located
from moothall.catalogue.problems import quoted
from moothall.catalogue.quantities import QuantityEntry
from moothall.catalogue.reading import SourceEntry
from moothall.catalogue.references import repeated, unresolved
from moothall.catalogue.spelling import advise


def quantity_faults(drafts: Drafts) -> Iterator[str]:
    """One sentence for each fault of a quantity."""
    yield from repeated(drafts.quantities, "id", lambda quantity: quantity.id)
    taken: dict[tuple[str, str], str] = {}
    for located in drafts.quantities:
        yield from _series_faults(located, drafts)
        for number, each in enumerate(located.entry.series):
            key = (each.source, each.series)
            if key in taken:
                words = f"the series {each.source}/{each.series} stands in the quantity {taken[key]} too; keep one"
                yield located.fault(words, "series", number)
            taken.setdefault(key, located.entry.id)


def _series_faults(located: Located[QuantityEntry], drafts: Drafts) -> Iterator[str]:
    sources = {source.entry.id: source.entry for source in drafts.sources}
    of_quantity: set[str] = set()
    for number, each in enumerate(located.entry.series):
        yield from unresolved(located, each.source, "sources", drafts, "series", number, "source")
        if each.source not in sources:
            continue
        kinds = series_kinds(sources[each.source])
        known = sorted({*kinds, *_in_templates(sources[each.source])})
        if each.series not in known:
            words = f"{quoted(each.series)} is no series of {each.source}; {advise(each.series, known)}"
            yield located.fault(words, "series", number, "series")
        of_quantity |= {str(kind) for kind in kinds.get(each.series, ())}
    if len(of_quantity) > 1:
        yield located.fault(f"its series have periods of several kinds: {', '.join(sorted(of_quantity))}", "series")


def _in_templates(source: SourceEntry) -> Iterator[str]:
    """The series of templates, which a source that awaits its first release has at the ready."""
    for template in source.templates.values():
        for table in template.tables:
            yield from (str(series.get("id")) for series in table.get("series", ()))
