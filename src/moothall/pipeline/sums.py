"""Sums that a release declares: parts against their whole, and England's authorities against England's own row."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from moothall.catalogue.reading import ReleaseDefinition
from moothall.catalogue.sums import EnglandCheck, ExplainedEntry
from moothall.domain.authority import Authority
from moothall.pipeline.agree import ROUNDING, Explained, Total, period_slug, sums_that_fail
from moothall.pipeline.check import Figure


@dataclass(frozen=True, slots=True)
class EnglandTotal:
    """England's row of a series, the authorities that must add up to it, and the tolerance as a share of it.

    With ``weighted_by`` they must give it as their mean, weighted by that series.
    """

    series: str
    area_code: str
    authorities: frozenset[str]
    tolerance: float
    explained: tuple[Explained, ...] = ()
    weighted_by: str | None = None


def failing_sums(
    release: ReleaseDefinition, authorities: Mapping[str, Authority], checked: Sequence[Figure]
) -> list[str]:
    """Problems of every sum that the tables of a release declare."""
    parts = [problem for total in declared_totals(release) for problem in sums_that_fail(total, checked)]
    england = [
        problem for total in declared_england(release, authorities) for problem in england_that_fails(total, checked)
    ]
    return parts + england


def declared_totals(release: ReleaseDefinition) -> Iterator[Total]:
    """The wholes and parts that the tables of a release declare."""
    for table in release.tables:
        for declared in table.parts:
            yield Total(declared.whole, declared.parts, declared.tolerance, explained(declared.explained))


def declared_england(release: ReleaseDefinition, authorities: Mapping[str, Authority]) -> Iterator[EnglandTotal]:
    """The series whose England row the tables of a release declare to be a sum."""
    for table in release.tables:
        if table.england:
            yield from _england_totals(table.england, authorities)


def _england_totals(declared: EnglandCheck, authorities: Mapping[str, Authority]) -> Iterator[EnglandTotal]:
    codes = frozenset(code for code, authority in authorities.items() if authority.type in declared.sum_of)
    known = explained(declared.explained)
    for series in declared.series:
        yield EnglandTotal(series, declared.area_code, codes, declared.tolerance, known, declared.weighted_by)


def explained(entries: Iterable[ExplainedEntry]) -> tuple[Explained, ...]:
    """Known differences as the comparisons take them."""
    return tuple(Explained(entry.area_code, entry.period, entry.why) for entry in entries)


@dataclass(frozen=True, slots=True)
class EnglandDifference:
    """One period of England whose ``own`` figure is not the sum ``added``; ``why`` is None if unexplained."""

    figure: Figure
    own: float
    added: float
    why: str | None


@dataclass(frozen=True, slots=True)
class EnglandResult:
    """England's own figures beside the sums of its authorities: how many, and those further apart than allowed.

    ``largest`` is the largest difference of all, as a share of England's figure.
    """

    total: EnglandTotal
    compared: int
    differences: tuple[EnglandDifference, ...]
    largest: float


def compare_england(total: EnglandTotal, checked: Sequence[Figure]) -> EnglandResult:
    """England's own figures of a series beside the sums (or means) of its authorities that acted at each period."""
    own = {
        _span(figure): (figure, figure.value)
        for figure in checked
        if figure.series == total.series and figure.area_code == total.area_code and figure.value is not None
    }
    its = _values_of(total, total.series, checked)
    sums = _added(its) if total.weighted_by is None else _means(its, _values_of(total, total.weighted_by, checked))
    whys = {known.period: known.why for known in total.explained}
    differences = tuple(
        EnglandDifference(figure, value, sums[key], whys.get(period_slug(figure)))
        for key, (figure, value) in own.items()
        if abs(sums[key] - value) > total.tolerance * abs(value) + ROUNDING
    )
    shares = (abs(sums[key] - value) / abs(value) for key, (_, value) in own.items() if value)
    return EnglandResult(total, len(own), differences, max(shares, default=0.0))


Span = tuple[date, date]
Values = dict[tuple[Span, str], float]
"""Figures by period and authority."""


def _span(figure: Figure) -> Span:
    return figure.period_start, figure.period_end


def _values_of(total: EnglandTotal, series: str, checked: Sequence[Figure]) -> Values:
    """The figures of a series of the authorities that count, where they acted."""
    return {
        (_span(figure), figure.authority): figure.value
        for figure in checked
        if figure.series == series
        and figure.value is not None
        and figure.authority is not None
        and figure.authority in total.authorities
        and figure.in_lifetime
    }


def _added(values: Values) -> dict[Span, float]:
    sums: dict[Span, float] = defaultdict(float)
    for (span, _), value in values.items():
        sums[span] += value
    return sums


def _means(values: Values, weights: Values) -> dict[Span, float]:
    """The weighted means by period, of the authorities that have both a figure and a weight."""
    known = {key: value for key, value in values.items() if key in weights}
    above = _added({key: value * weights[key] for key, value in known.items()})
    below = _added({key: weights[key] for key in known})
    return defaultdict(float, {span: above[span] / below[span] for span in above if below[span]})


def england_that_fails(total: EnglandTotal, checked: Sequence[Figure]) -> list[str]:
    """Problems where England's own figure is not the sum of its authorities that acted at the period."""
    found = compare_england(total, checked).differences
    return [_england_problem(total, difference) for difference in found if difference.why is None]


def _england_problem(total: EnglandTotal, difference: EnglandDifference) -> str:
    joined = f"have the mean {difference.added:g}" if total.weighted_by else f"add up to {difference.added:g}"
    return (
        f"{total.series} of England in {period_slug(difference.figure)} is {difference.own:g} but its authorities "
        f"{joined} ({difference.figure.place}): find out which are missing or counted twice, then "
        "widen tolerance or add the period to explained in the source's YAML."
    )
