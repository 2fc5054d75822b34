"""Metrics compared with what they name: theme, topic, outcome, responsibility, source and series."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from moothall.catalogue.check_derivations import Definitions, Way, derivation_faults
from moothall.catalogue.check_sources import series_kinds
from moothall.catalogue.drafts import Drafts, Located
from moothall.catalogue.next_release import to_next_release
from moothall.catalogue.problems import quoted
from moothall.catalogue.reading import SourceEntry, SourceState
from moothall.catalogue.references import misfiled, repeated, unresolved
from moothall.catalogue.schema import MetricEntry
from moothall.catalogue.spelling import advise, list_words
from moothall.domain.unit import UNITS
from moothall.domain.words import MetricState

LOCAL_AREA = "local-area"
"""The responsibility of facts about a place that no council runs."""


def metric_faults(drafts: Drafts) -> Iterator[str]:
    """One sentence for each fault between a metric and the rest of the catalogue."""
    yield from repeated(drafts.metrics, "id", lambda metric: metric.id)
    sources = {located.entry.id: located.entry for located in drafts.sources}
    metrics = {located.entry.id: located.entry for located in drafts.metrics}
    kinds = {source.id: series_kinds(source) for source in sources.values()}
    known = Definitions(sources, metrics, kinds, drafts)
    quantities = Counter(metric.quantity for metric in metrics.values())
    for located in drafts.metrics:
        yield from _place_faults(located, drafts)
        yield from _state_faults(located)
        yield from _order_faults(located)
        yield from _value_faults(located, sources, drafts)
        yield from derivation_faults(located, known, series_faults)
        yield from _count_faults(located)
        quantity = located.entry.quantity
        if quantity and quantities[quantity] == 1:
            words = f"quantity {quoted(quantity)} is named by no other metric; name its twin, or take it out"
            yield located.fault(words, "quantity")


def _place_faults(located: Located[MetricEntry], drafts: Drafts) -> Iterator[str]:
    entry = located.entry
    yield from misfiled(located, entry.id)
    if entry.theme != located.document.folder and entry.theme in drafts.claims("themes"):
        words = f'theme {quoted(entry.theme)} is not the file\'s folder; write "{located.document.folder}" or move it'
        yield located.fault(words, "theme")
    yield from unresolved(located, entry.theme, "themes", drafts, "theme")
    yield from unresolved(located, entry.outcome, "outcomes", drafts, "outcome")
    yield from unresolved(located, entry.responsibility, "responsibilities", drafts, "responsibility")
    topics = {theme.entry.id: [topic.id for topic in theme.entry.topics] for theme in drafts.themes}
    if entry.theme in topics and entry.topic not in topics[entry.theme]:
        remedy = advise(entry.topic, topics[entry.theme])
        words = f"topic {quoted(entry.topic)} is not one of the theme {entry.theme}; {remedy}"
        yield located.fault(words, "topic")


def _state_faults(located: Located[MetricEntry]) -> Iterator[str]:
    entry = located.entry
    needed: list[str] = []
    if entry.status is MetricState.LIVE and entry.value is None:
        words = "status is live but value is missing; add value with source and series, or write awaiting-data"
        yield located.fault(words, "status")
    if entry.status is MetricState.AWAITING_DATA:
        needed = [key for key in ("awaiting", "landing_page") if getattr(entry, key) is None]
        if entry.value is not None:
            yield located.fault("status is awaiting-data but there is a value; take it out or write live", "value")
    if needed:
        yield located.fault(f"status is awaiting-data but {list_words(needed, 'and')} is missing; add it", "status")
    if entry.status is MetricState.LIVE and entry.awaiting is not None:
        yield located.fault("status is live, so nothing is awaited; take awaiting out", "awaiting")
    if entry.context != (entry.responsibility == LOCAL_AREA):
        words = f"context must be true exactly where responsibility is {LOCAL_AREA}; mend one of the two"
        yield located.fault(words, "context" if entry.context else "responsibility")


def _count_faults(located: Located[MetricEntry]) -> Iterator[str]:
    entry = located.entry
    if entry.counted is None:
        return
    missing = [key for key in ("numerator", "denominator") if getattr(entry, key) is None]
    if missing:
        words = f"counted needs {list_words(missing, 'and')}, the words for what is counted; add them or take it out"
        yield located.fault(words, "counted")
    if UNITS[entry.unit].times is None:
        words = f"counted needs a unit in percent or for so many (per-1000-people), not {entry.unit}; take it out"
        yield located.fault(words, "counted")
    if entry.context:
        yield located.fault("counted says who differs by more than chance, but context is true; take it out", "counted")


def _order_faults(located: Located[MetricEntry]) -> Iterator[str]:
    entry = located.entry
    if entry.bounds and entry.bounds[0] >= entry.bounds[1]:
        lowest, highest = entry.bounds
        yield located.fault(f"bounds start at {lowest:g} but end at {highest:g}; write the lower first", "bounds")
    days = [item.start for item in entry.breaks]
    if any(later <= earlier for earlier, later in pairwise(days)):
        yield located.fault("breaks are not in the order of their days; put the earliest first", "breaks")
    for key in ("applies_to", "caveats", "synonyms"):
        twice = [quoted(word) for word, count in Counter(getattr(entry, key)).items() if count > 1]
        if twice:
            yield located.fault(f"{key} holds {list_words(twice, 'and')} twice; keep one", key)


def _value_faults(located: Located[MetricEntry], sources: dict[str, SourceEntry], drafts: Drafts) -> Iterator[str]:
    value = located.entry.value
    if value is None or value.operation is not None:
        return
    yield from unresolved(located, value.source, "sources", drafts, "value", "source")
    source = sources.get(value.source or "")
    if source is not None:
        series = value.series or ""
        yield from series_faults(located, source, series, ("value",))
        yield from _period_faults(located, source, series)
        yield from _announcement_faults(located, source, series)


def _announcement_faults(located: Located[MetricEntry], source: SourceEntry, series: str) -> Iterator[str]:
    """An announced release that a newer one has overtaken says nothing true any more."""
    announced = located.entry.next_release
    held = [r.published_on for r in source.releases if any(s.id == series for t in r.tables for s in t.series)]
    if announced and held and to_next_release(announced).due < max(held):
        words = f"next_release lies before the release of {max(held)}, which has come out; write when the next is due"
        yield located.fault(words, "next_release")


def series_faults(located: Located[MetricEntry], source: SourceEntry, series: str, way: Way) -> Iterator[str]:
    """A sentence if the source has no figures, or no such series; ``way`` leads to the keys source and series."""
    if source.status is SourceState.AWAITING_DATA:
        words = f"the source {source.id} has no figures yet; write status awaiting-data and take value out"
        yield located.fault(words, *way, "source")
        return
    known = sorted(series_kinds(source))
    if series not in known:
        words = f"series {quoted(series)} is not one of the source {source.id}; {advise(series, known)}"
        yield located.fault(words, *way, "series")


def _period_faults(located: Located[MetricEntry], source: SourceEntry, series: str) -> Iterator[str]:
    wrong = sorted(kind for kind in series_kinds(source).get(series, ()) if kind is not located.entry.period)
    if wrong:
        read_as = list_words(wrong, "and")
        words = f"period is {located.entry.period} but the series {series} is read as {read_as}; use one kind"
        yield located.fault(words, "period")
