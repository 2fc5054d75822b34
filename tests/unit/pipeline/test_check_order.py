"""Two releases order the same areas alike, and the second one has the periods of the first; else a sentence each."""

from collections.abc import Callable
from datetime import date

import pytest

from moothall.pipeline.check import Figure, beside_last_release, lost_periods
from moothall.pipeline.check_order import FEWEST_AREAS, LEAST_ALIKE, likeness, reordered_areas
from tests.unit.pipeline.making import figure

COUNCILS = 40

Value = Callable[[int], float | None]


def release(value: Value, year: int = 2021, series: str = "recycling-rate", councils: int = COUNCILS) -> list[Figure]:
    """A made release: one figure of each council for the financial year from ``year``."""
    return [
        figure(
            series=series,
            area_code=f"E{number:08}",
            authority=f"C{number}",
            period_start=date(year, 4, 1),
            period_end=date(year + 1, 3, 31),
            value=value(number),
        )
        for number in range(councils)
    ]


def rising(number: int) -> float:
    return 40.0 + number


def shuffled(number: int) -> float:
    """The same figures, each of another council: 17 and 40 have no factor in common."""
    return rising(number * 17 % COUNCILS)


def revised(number: int) -> float:
    return rising(number) * 1.03 + number % 3


ORDERS: list[tuple[str, list[Figure], str | None]] = [
    ("the same", release(rising), None),
    ("revised a little", release(revised), None),
    ("in another unit", release(lambda n: rising(n) * 1000), None),
    ("shuffled", release(shuffled), "recycling-rate for the period from 2021-04-01 puts its areas in another order"),
    ("turned round", release(lambda n: -rising(n)), "puts its areas in another order than the release 2023-02"),
    ("too few to tell", release(shuffled, councils=FEWEST_AREAS - 1), None),
    ("nearly all alike", release(lambda n: 1.0 if n < 30 else shuffled(n)), None),
    ("no figures", release(lambda _: None), None),
    ("a later year, alike", release(revised, year=2022), None),
    ("a later year, shuffled", release(shuffled, year=2022), "This release puts its areas in another order"),
    ("another series", release(shuffled, series="waste"), None),
]


@pytest.mark.parametrize(("now", "words"), [row[1:] for row in ORDERS], ids=[row[0] for row in ORDERS])
def test_areas_in_another_order_are_a_problem(now: list[Figure], words: str | None) -> None:
    problems = reordered_areas(now, release(rising), "2023-02")
    assert bool(problems) == (words is not None)
    if words:
        assert words in problems[0]


def test_one_wild_series_among_calm_ones_is_no_shifted_release() -> None:
    calm = [*release(rising, series="a"), *release(rising, series="b"), *release(rising, series="c")]
    later = [*release(rising, 2022, "a"), *release(revised, 2022, "b"), *release(shuffled, 2022, "c")]
    assert reordered_areas(later, calm, "2023-02") == []


def test_likeness_is_spearmans_rank_correlation() -> None:
    areas = [(f"C{number}", "") for number in range(FEWEST_AREAS)]
    first = {area: float(number) for number, area in enumerate(areas)}
    swapped = dict(zip(areas, [1.0, 0.0, *map(float, range(2, FEWEST_AREAS))], strict=True))
    n = FEWEST_AREAS
    assert likeness(first, swapped) == pytest.approx(1 - 6 * 2 / (n * (n * n - 1)))
    assert likeness(first, first) == pytest.approx(1)
    assert 0 < LEAST_ALIKE < 1


YEARS: list[tuple[str, list[int], list[int], str | None]] = [
    ("the same years", [2019, 2020], [2019, 2020], None),
    ("one more", [2019, 2020], [2019, 2020, 2021], None),
    ("the next year alone", [2020], [2021], None),
    ("a window that moves on", [2019, 2020], [2020, 2021], None),
    ("the oldest is lost", [2019, 2020], [2020], "2019-04-01"),
    ("the newest is lost", [2019, 2020], [2019], "2020-04-01"),
    ("one in the middle is lost", [2019, 2020, 2021], [2019, 2021, 2022], "2020-04-01"),
]


@pytest.mark.parametrize(("before", "now", "lost"), [row[1:] for row in YEARS], ids=[row[0] for row in YEARS])
def test_lost_periods_are_a_problem(before: list[int], now: list[int], lost: str | None) -> None:
    made = [[figure for year in years for figure in release(rising, year)] for years in (now, before)]
    problems = lost_periods(made[0], made[1], "2023-02")
    assert bool(problems) == (lost is not None)
    if lost:
        assert f"recycling-rate has no figures for the period from {lost}, which the release 2023-02 has" in problems[0]


def test_a_declared_change_allows_both() -> None:
    before = [*release(rising, 2020), *release(rising)]
    now = release(shuffled)
    assert len(beside_last_release(now, [("2023-02", before)])) == 2
    assert beside_last_release(now, [("2023-02", before)], ["recycling-rate"]) == []
