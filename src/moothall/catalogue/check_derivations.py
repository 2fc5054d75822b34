"""Derived metrics compared with what they are derived from: operands that exist, one kind of period, no cycle."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from moothall.catalogue.derivations import OperandEntry, ValueEntry, to_operand
from moothall.catalogue.drafts import Drafts, Located
from moothall.catalogue.reading import SourceEntry
from moothall.catalogue.references import unresolved
from moothall.catalogue.schema import MetricEntry
from moothall.catalogue.spelling import list_words
from moothall.domain.derivation import Operand
from moothall.domain.period import MONTHS_LONG, PeriodKind
from moothall.domain.words import MetricState

Way = tuple[str | int, ...]
SeriesCheck = Callable[[Located[MetricEntry], SourceEntry, str, Way], Iterator[str]]


@dataclass(frozen=True)
class Definitions:
    """What operands may name: sources and metrics by id, the kinds of period of each series, and all drafts."""

    sources: Mapping[str, SourceEntry]
    metrics: Mapping[str, MetricEntry]
    kinds: Mapping[str, Mapping[str, set[PeriodKind]]]
    drafts: Drafts


def operands_of(value: ValueEntry) -> Iterator[tuple[Way, OperandEntry]]:
    """Every operand with the keys that lead to it from the metric."""
    operation = value.operation
    stated = getattr(value, operation) if operation else None
    for name, field in type(stated).model_fields.items() if stated else ():
        key, held = field.alias or name, getattr(stated, name)
        if isinstance(held, OperandEntry):
            yield ("value", operation or "", key), held
        elif isinstance(held, tuple):
            yield from ((("value", operation or "", key, index), operand) for index, operand in enumerate(held))


def derivation_faults(located: Located[MetricEntry], known: Definitions, check_series: SeriesCheck) -> Iterator[str]:
    """One sentence for each fault of a derived metric; ``check_series`` tells whether a source has a series."""
    value = located.entry.value
    if value is None or value.operation is None:
        return
    for way, operand in operands_of(value):
        yield from _operand_faults(located, way, operand, known, check_series)
        yield from _kind_faults(located, way, operand, known)
    yield from _cycle_faults(located, known)
    yield from _repeat_faults(located, value)
    yield from _limit_faults(located, value, known)
    yield from _unit_faults(located, value, known)


def _operand_faults(
    located: Located[MetricEntry], way: Way, operand: OperandEntry, known: Definitions, check_series: SeriesCheck
) -> Iterator[str]:
    if operand.metric is not None:
        yield from unresolved(located, operand.metric, "metrics", known.drafts, *way, "metric")
        other = known.metrics.get(operand.metric)
        if other is not None and other.status is not MetricState.LIVE:
            words = f"the metric {operand.metric} is {other.status}, so it has no figures; name a live one"
            yield located.fault(words, *way, "metric")
        return
    yield from unresolved(located, operand.source, "sources", known.drafts, *way, "source")
    source = known.sources.get(operand.source or "")
    if source is not None:
        yield from check_series(located, source, operand.series or "", way)


def _kinds_of(operand: OperandEntry, known: Definitions) -> set[PeriodKind]:
    """The kinds of period that an operand has; none where it does not exist, which is another fault."""
    if operand.metric is not None:
        other = known.metrics.get(operand.metric)
        return {other.period} if other else set()
    return set(known.kinds.get(operand.source or "", {}).get(operand.series or "", ()))


def _kind_faults(located: Located[MetricEntry], way: Way, operand: OperandEntry, known: Definitions) -> Iterator[str]:
    entry, kinds = located.entry, _kinds_of(operand, known)
    name = to_operand(operand).key
    if _may_lie_within(entry, way):
        if not MONTHS_LONG[entry.period] or any(MONTHS_LONG[kind] for kind in kinds):
            words = f"denominator_within needs a denominator of single days and a metric of longer periods, but {name}"
            told = list_words(sorted(kinds), "and")
            yield located.fault(f"{words} is {told} and the metric {entry.period}; take it out", *way)
        return
    wrong = sorted(kind for kind in kinds if kind is not entry.period)
    if wrong:
        words = f"period is {entry.period} but the operand {name} is {list_words(wrong, 'and')}; use one kind"
        yield located.fault(words, *way)


def _may_lie_within(entry: MetricEntry, way: Way) -> bool:
    ratio = entry.value.ratio if entry.value else None
    return ratio is not None and ratio.denominator_within and way[-1] == "denominator"


def _cycle_faults(located: Located[MetricEntry], known: Definitions) -> Iterator[str]:
    cycle = _cycle_from((located.entry.id,), known)
    if cycle:
        words = f"the metric is derived from itself ({' from '.join(cycle)}); name another operand"
        yield located.fault(words, "value")


def _cycle_from(path: tuple[str, ...], known: Definitions) -> tuple[str, ...]:
    entry = known.metrics.get(path[-1])
    for _, operand in operands_of(entry.value) if entry and entry.value else ():
        if operand.metric == path[0]:
            return (*path, path[0])
        if operand.metric and operand.metric not in path:
            found = _cycle_from((*path, operand.metric), known)
            if found:
                return found
    return ()


def _repeat_faults(located: Located[MetricEntry], value: ValueEntry) -> Iterator[str]:
    for way, listed in _lists_of(value):
        twice = sorted({operand.key for operand in listed if listed.count(operand) > 1})
        if twice:
            yield located.fault(f"{way[-1]} holds {list_words(twice, 'and')} twice; keep one", *way)
    if value.share and to_operand(value.share.of) not in [to_operand(part) for part in value.share.total]:
        words = f"of ({to_operand(value.share.of).key}) is not one of the parts in the total; add it to in"
        yield located.fault(words, "value", "share", "of")
    if value.difference and value.difference.of == value.difference.minus:
        yield located.fault("of and minus are the same, so nothing is left; name another", "value", "difference")


def _lists_of(value: ValueEntry) -> Iterator[tuple[Way, Sequence[Operand]]]:
    if value.sum:
        yield ("value", "sum", "of"), [to_operand(operand) for operand in value.sum.of]
    if value.share:
        yield ("value", "share", "in"), [to_operand(operand) for operand in value.share.total]


def _limit_faults(located: Located[MetricEntry], value: ValueEntry, known: Definitions) -> Iterator[str]:
    """A limit that no figure can pass makes a spell that never begins or never ends."""
    other = known.metrics.get(value.spell.of.metric or "") if value.spell else None
    if value.spell is None or other is None or other.bounds is None:
        return
    lowest, highest = other.bounds
    if not lowest <= value.spell.limit <= highest:
        words = f"limit {value.spell.limit:g} lies outside the bounds of {other.id} ({lowest:g} to {highest:g})"
        yield located.fault(f"{words}; choose one between them", "value", "spell", "limit")


def _unit_faults(located: Located[MetricEntry], value: ValueEntry, known: Definitions) -> Iterator[str]:
    if not value.sum and not value.difference:
        return
    for way, operand in operands_of(value):
        other = known.metrics.get(operand.metric or "")
        if other is not None and other.unit != located.entry.unit:
            words = f"unit is {located.entry.unit} but the operand {other.id} is in {other.unit}; use one unit"
            yield located.fault(words, *way)
