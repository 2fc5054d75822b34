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


def england_that_fails(total: EnglandTotal, checked: Sequence[Figure]) -> list[str]:
    """Problems where England's own figure is not the sum of its authorities that acted at the period."""
    sums: dict[tuple[date, date], float] = defaultdict(float)
    own: dict[tuple[date, date], Figure] = {}
    for figure in checked:
        if figure.series != total.series or figure.value is None:
            continue
        key = (figure.period_start, figure.period_end)
        if figure.area_code == total.area_code:
            own[key] = figure
        elif figure.authority in total.authorities and figure.in_lifetime:
            sums[key] += figure.value
    failing = (key for key, figure in own.items() if _differs(total, figure, sums[key]))
    return [_england_problem(total, own[key], sums[key]) for key in failing]


def _differs(total: EnglandTotal, figure: Figure, added: float) -> bool:
    assert figure.value is not None
    is_known = any(known.period == period_slug(figure) for known in total.explained)
    return not is_known and abs(added - figure.value) > total.tolerance * abs(figure.value) + ROUNDING


def _england_problem(total: EnglandTotal, figure: Figure, added: float) -> str:
    return (
        f"{total.series} of England in {period_slug(figure)} is {figure.value:g} but its authorities add up to "
        f"{added:g} ({figure.place}): find out which are missing or counted twice, then widen tolerance or add the "
        "period to explained in the source's YAML."
    )
