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
    """England's row of a series, the authorities that must add up to it, and the tolerance as a share of it."""

    series: str
    area_code: str
    authorities: frozenset[str]
    tolerance: float
    explained: tuple[Explained, ...] = ()


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
        yield EnglandTotal(series, declared.area_code, codes, declared.tolerance, known)


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
    """England's own figures of a series beside the sums of its authorities that acted at each period."""
    sums: dict[tuple[date, date], float] = defaultdict(float)
    own: dict[tuple[date, date], tuple[Figure, float]] = {}
    for figure in checked:
        if figure.series != total.series or figure.value is None:
            continue
        key = (figure.period_start, figure.period_end)
        if figure.area_code == total.area_code:
            own[key] = figure, figure.value
        elif figure.authority in total.authorities and figure.in_lifetime:
            sums[key] += figure.value
    whys = {known.period: known.why for known in total.explained}
    differences = tuple(
        EnglandDifference(figure, value, sums[key], whys.get(period_slug(figure)))
        for key, (figure, value) in own.items()
        if abs(sums[key] - value) > total.tolerance * abs(value) + ROUNDING
    )
    shares = (abs(sums[key] - value) / abs(value) for key, (_, value) in own.items() if value)
    return EnglandResult(total, len(own), differences, max(shares, default=0.0))


def england_that_fails(total: EnglandTotal, checked: Sequence[Figure]) -> list[str]:
    """Problems where England's own figure is not the sum of its authorities that acted at the period."""
    found = compare_england(total, checked).differences
    return [_england_problem(total, difference) for difference in found if difference.why is None]


def _england_problem(total: EnglandTotal, difference: EnglandDifference) -> str:
    return (
        f"{total.series} of England in {period_slug(difference.figure)} is {difference.own:g} but its authorities add "
        f"up to {difference.added:g} ({difference.figure.place}): find out which are missing or counted twice, then "
        "widen tolerance or add the period to explained in the source's YAML."
    )
