"""The checks on figures, each with what passes and what does not."""

from datetime import date
from typing import Any

import pytest

from moothall.pipeline.agree import Agreement, Explained, Total, compare_sources, sums_that_fail
from moothall.pipeline.check import (
    beside_last_release,
    broken_intervals,
    changed_magnitude,
    repeated_keys,
    shrunken_coverage,
)
from tests.unit.pipeline.making import figure


@pytest.mark.parametrize(
    ("second", "count"),
    [
        ({}, 1),
        ({"area_code": "E06000009"}, 1),
        ({"authority": "NNS"}, 0),
        ({"series": "other"}, 0),
        ({"breakdown": "garden"}, 0),
        ({"period_start": date(2020, 4, 1)}, 0),
    ],
)
def test_a_key_stands_once(second: dict[str, Any], count: int) -> None:
    assert len(repeated_keys([figure(), figure(**second)])) == count


@pytest.mark.parametrize(
    ("limits", "is_broken"),
    [
        ((None, None), False),
        ((39.0, 41.0), False),
        ((40.0, 40.0), False),
        ((40.1, 41.0), True),
        ((39.0, 39.9), True),
        ((None, 39.9), True),
    ],
)
def test_an_interval_holds_its_figure(limits: tuple[float | None, float | None], is_broken: bool) -> None:
    problems = broken_intervals([figure(lower_95=limits[0], upper_95=limits[1])])
    assert bool(problems) is is_broken
    assert all("returns.csv, row 2, D (Rate)" in problem for problem in problems)


BOTH = [figure(), figure(authority="NNS", area_code="E06000001")]


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (BOTH, []),
        ([*BOTH, figure(authority="ALD", area_code="E07000001")], []),
        (BOTH[:1], ["figures for 1 authorities", "the release 2023-02 has 2"]),
        ([BOTH[0], figure(authority="NNS", value=None)], ["figures for 1 authorities"]),
        ([BOTH[0], figure(authority="NNS", in_lifetime=False)], ["figures for 1 authorities"]),
        ([figure(period_start=date(2022, 4, 1))], []),
        ([figure(series="other")], ["series recycling-rate of the release 2023-02 is gone"]),
    ],
)
def test_coverage_does_not_shrink(now: list[Any], words: list[str]) -> None:
    problems = shrunken_coverage(now, BOTH, "2023-02")
    assert len(problems) == (1 if words else 0)
    for word in words:
        assert word in problems[0]


@pytest.mark.parametrize(
    ("before", "now", "is_far"),
    [(40.0, 41.0, False), (40.0, 119.0, False), (40.0, 121.0, True), (40.0, 0.4, True), (0.4, 40.0, True),
     (0.0, 0.0, False), (0.0, 5.0, True), (-40.0, -41.0, False)],
)  # fmt: skip
def test_a_series_keeps_its_magnitude(before: float, now: float, is_far: bool) -> None:
    assert bool(changed_magnitude([figure(value=now)], [figure(value=before)], "2023-02")) is is_far


@pytest.mark.parametrize(
    ("before", "now", "is_far"),
    [
        ({"WBY": 40, "NNS": 4}, {"WBY": 40}, False),
        ({"WBY": 40}, {"WBY": 40, "NNS": 4000, "ALD": 4000}, False),
        ({"WBY": 40, "NNS": 4}, {"WBY": 40000, "NNS": 4000}, True),
        ({"WBY": 40}, {"NNS": 41}, False),
        ({"WBY": 40}, {"NNS": 4000}, True),
        ({"WBY": 0, "NNS": 0, "ALD": 2}, {"WBY": 1, "NNS": 2, "ALD": 2}, False),
    ],
)
def test_areas_that_come_and_go_are_no_change_of_unit(
    before: dict[str, float], now: dict[str, float], is_far: bool
) -> None:
    then, since = ([figure(authority=code, value=value) for code, value in its.items()] for its in (before, now))
    assert bool(changed_magnitude(since, then, "2023-02")) is is_far


def test_a_release_is_held_beside_the_newest_one_that_shares_a_series() -> None:
    earlier = [
        ("2021", [figure(value=1.0)]),
        ("2022", [figure(value=39.0)]),
        ("2023", [figure(series="other", value=1.0)]),
    ]
    assert beside_last_release([figure()], earlier) == []
    assert "in the release 2021" in beside_last_release([figure()], earlier[:1])[0]
    assert beside_last_release([figure()], earlier[2:]) == []
    assert beside_last_release([figure()], []) == []


AGREEMENT = Agreement(series="recycling-rate", other_source="explorer", other_series="rate", tolerance=0.05)


@pytest.mark.parametrize(
    ("ours", "theirs", "differs"),
    [(40.0, 40.0, False), (40.0, 40.05, False), (36.7, 36.65, False), (40.0, 40.06, True), (40.0, 39.9, True)],
)
def test_sources_agree_to_the_tolerance(ours: float, theirs: float, differs: bool) -> None:
    there = [figure(series="rate", value=theirs, area_code="E06000009")]
    result = compare_sources(AGREEMENT, [figure(value=ours)], there)
    assert result.compared == 1
    assert bool(result.differences) is differs
    assert bool(result.problems) is differs
    if differs:
        assert f"differ for E06000002 in 2021-22: {ours:g} and {theirs:g}" in result.problems[0]


def test_an_explained_difference_is_listed_and_no_problem() -> None:
    agreement = Agreement(
        series="recycling-rate",
        other_source="explorer",
        other_series="rate",
        tolerance=0.05,
        explained=(Explained(area_code="E06000002", period="2021-22", why="Revised."),),
    )
    differing = compare_sources(agreement, [figure()], [figure(series="rate", value=41.0)])
    assert [difference.why for difference in differing.differences] == ["Revised."]
    assert differing.problems == ()
    equal = compare_sources(agreement, [figure()], [figure(series="rate")])
    assert "no longer differ for E06000002 in 2021-22" in equal.problems[0]


def test_what_only_one_source_has_is_counted() -> None:
    here = [figure(), figure(authority="NNS"), figure(authority=None, area_code="E92000001")]
    there = [
        figure(series="rate"),
        figure(series="rate", authority="ALD"),
        figure(series="rate", authority="X", value=None),
    ]
    result = compare_sources(AGREEMENT, here, there)
    assert (result.compared, result.only_here, result.only_there) == (1, 1, 1)


def test_sources_that_never_meet_are_a_problem() -> None:
    result = compare_sources(AGREEMENT, [figure()], [figure(series="rate", authority="NNS")])
    assert "have no authority and period in common" in result.problems[0]


@pytest.mark.parametrize(
    ("parts", "fails"),
    [((30.0, 10.0), False), ((30.0, 11.0), False), ((30.0, 8.0), True), ((30.0, None), False)],
)
def test_parts_add_up_to_their_total(parts: tuple[float, float | None], fails: bool) -> None:
    checked = [figure(), figure(series="burnt", value=parts[0]), figure(series="buried", value=parts[1])]
    problems = sums_that_fail(Total(series="recycling-rate", parts=("burnt", "buried"), tolerance=1.0), checked)
    assert bool(problems) is fails
    assert all("of E06000002 in 2021-22 is 40 but its parts (burnt, buried) add up to 38" in text for text in problems)
