"""Figures that must agree: one source with another, and totals with their parts. Every difference is listed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from moothall.domain.period import Period, PeriodKind
from moothall.pipeline.check import Figure

ROUNDING = 1e-9
"""Allowed on top of a declared tolerance, because decimal digits do not fit binary numbers exactly."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A difference that is known, and why it stands."""

    area_code: str
    period: str
    why: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """A series that must equal another source's on every authority and period that both have, to a tolerance."""

    series: str
    other_source: str
    other_series: str
    tolerance: float
    explained: tuple[Explained, ...] = ()
    may_differ: int = 0
    """How many figures may differ without a reason of their own."""


@dataclass(frozen=True, slots=True)
class Difference:
    """An authority and period on which two series differ by more than the tolerance; ``why`` is None if unexplained."""

    area_code: str
    period: str
    value: float
    other_value: float
    why: str | None


@dataclass(frozen=True, slots=True)
class AgreementResult:
    """What a comparison found: how many figures both sources have, how many only one has, and every difference."""

    agreement: Agreement
    compared: int
    only_here: int
    only_there: int
    differences: tuple[Difference, ...]
    problems: tuple[str, ...]


def compare_sources(agreement: Agreement, here: Sequence[Figure], there: Sequence[Figure]) -> AgreementResult:
    """Compare a series with another source's. Figures meet by authority and period, whatever their area codes are."""
    ours, theirs = _by_authority(here, agreement.series), _by_authority(there, agreement.other_series)
    both = sorted(ours.keys() & theirs.keys())
    explained = {(known.area_code, known.period): known.why for known in agreement.explained}
    differences = []
    for key in both:
        mine, other = ours[key], theirs[key]
        if abs(_value(mine) - _value(other)) > agreement.tolerance + ROUNDING:
            period = period_slug(mine)
            why = explained.pop((mine.area_code, period), None)
            differences.append(Difference(mine.area_code, period, _value(mine), _value(other), why))
    return AgreementResult(
        agreement=agreement,
        compared=len(both),
        only_here=len(ours) - len(both),
        only_there=len(theirs) - len(both),
        differences=tuple(differences),
        problems=tuple(_problems(agreement, len(both), differences, explained)),
    )


def _problems(
    agreement: Agreement, compared: int, differences: Sequence[Difference], unused: Mapping[tuple[str, str], str]
) -> list[str]:
    pair = f"{agreement.series} and {agreement.other_source} {agreement.other_series}"
    bare = [found for found in differences if found.why is None]
    problems = [
        f"{pair} differ for {found.area_code} in {found.period}: {found.value:g} and {found.other_value:g}; "
        "find out why and add it to explained in the source's YAML."
        for found in (bare if len(bare) > agreement.may_differ else ())
    ]
    problems += [
        f"{pair} no longer differ for {area_code} in {period}: take it out of explained in the source's YAML."
        for area_code, period in unused
    ]
    if not compared:
        problems.append(f"{pair} have no authority and period in common: correct agrees_with in the source's YAML.")
    return problems


def _by_authority(checked: Sequence[Figure], series: str) -> dict[tuple[str, str, str], Figure]:
    return {
        (figure.authority, figure.period_start.isoformat(), figure.period_end.isoformat()): figure
        for figure in checked
        if figure.series == series and figure.authority is not None and figure.value is not None
    }


def _value(figure: Figure) -> float:
    assert figure.value is not None
    return figure.value


def period_slug(figure: Figure) -> str:
    """The figure's period as commands and addresses write it."""
    return Period(figure.period_start, figure.period_end, PeriodKind(figure.period_kind)).slug


@dataclass(frozen=True, slots=True)
class Total:
    """A series that its parts must add up to, to a tolerance in the series' own unit (rounding of the parts)."""

    series: str
    parts: tuple[str, ...]
    tolerance: float
    explained: tuple[Explained, ...] = ()


def sums_that_fail(total: Total, checked: Sequence[Figure]) -> list[str]:
    """Problems where parts do not add up to their total; areas and periods without all of the figures are left out.

    A difference that is explained is none, and an explanation without a difference is a problem.
    """
    known = {(item.area_code, item.period) for item in total.explained}
    by_series = {name: _by_area(checked, name) for name in (total.series, *total.parts)}
    problems = []
    for key, figure in by_series[total.series].items():
        parts = [by_series[name].get(key) for name in total.parts]
        values = [_value(part) for part in parts if part is not None]
        if len(values) < len(parts) or abs(sum(values) - _value(figure)) <= total.tolerance + ROUNDING:
            continue
        place = (figure.area_code, period_slug(figure))
        if place in known:
            known.remove(place)
        else:
            problems.append(
                f"{total.series} of {figure.area_code} in {period_slug(figure)} is {_value(figure):g} but its parts "
                f"({', '.join(total.parts)}) add up to {sum(values):g} ({figure.place}): ask the publisher."
            )
    return problems + [
        f"{total.series} of {area_code} in {period} is the sum of its parts: take it out of explained in the YAML."
        for area_code, period in sorted(known)
    ]


def _by_area(checked: Sequence[Figure], series: str) -> dict[tuple[str, str], Figure]:
    return {
        (figure.area_code, figure.period_start.isoformat()): figure
        for figure in checked
        if figure.series == series and figure.value is not None
    }
