"""What a build finds about its own figures, on the tiny home and on figures made for the purpose."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from moothall.catalogue import load_catalogue
from moothall.pipeline.agree import Agreement, compare_sources
from moothall.pipeline.check import Figure
from moothall.pipeline.check_releases import newest_figures
from moothall.pipeline.quality import ENGLAND_ROW, OTHER_SOURCE, compare_all
from moothall.pipeline.release import read_manifest
from moothall.pipeline.sums import EnglandTotal, Explained, compare_england, england_that_fails
from moothall.store import Store
from tests.support.catalogue_builder import METRIC, SOURCE, tiny_catalogue, yaml_text
from tests.support.tiny_home import build_home, make_home, read_home

FIGURE = Figure(
    series="homes",
    area_code="E06000001",
    authority="NNS",
    period_start=date(2021, 4, 1),
    period_end=date(2022, 3, 31),
    period_kind="financial-year",
    breakdown="",
    value=40.0,
    lower_95=None,
    upper_95=None,
    in_lifetime=True,
    file="homes.csv",
    sheet="",
    row=2,
    column="Homes",
)
"""Made for these tests."""


def figure(value: float, **others: object) -> Figure:
    return FIGURE._replace(value=value, **others)  # type: ignore[arg-type]


def england(value: float, **others: object) -> Figure:
    return figure(value, area_code="E92000001", authority=None, **others)


TOTAL = EnglandTotal("homes", "E92000001", frozenset({"NNS", "WBY"}), 0.02)
WEST = {"authority": "WBY", "area_code": "E06000002"}

# figures, how many compared, differing, largest share
SUMS = [
    ([england(100.0), figure(40.0), figure(60.0, **WEST)], 1, 0, 0.0),
    ([england(100.0), figure(40.0), figure(59.0, **WEST)], 1, 0, 0.01),
    ([england(100.0), figure(40.0)], 1, 1, 0.6),
    ([england(100.0), figure(40.0), figure(60.0, **WEST, in_lifetime=False)], 1, 1, 0.6),
    ([england(100.0), figure(40.0), figure(60.0, **WEST, series="tents")], 1, 1, 0.6),
    ([figure(40.0), figure(60.0, **WEST)], 0, 0, 0.0),
]


@pytest.mark.parametrize(("checked", "compared", "differing", "largest"), SUMS)
def test_england_beside_its_councils(checked: list[Figure], compared: int, differing: int, largest: float) -> None:
    result = compare_england(TOTAL, checked)
    assert (result.compared, len(result.differences)) == (compared, differing)
    assert result.largest == pytest.approx(largest)


RATE = replace(TOTAL, series="tax", weighted_by="homes", tolerance=0.001)
TAX = {"series": "tax"}

# figures, how many compared, differing, largest share: 100 in each of 40 homes and 200 in each of 60 are 160
MEANS = [
    ([england(160.0, **TAX), figure(100.0, **TAX), figure(200.0, **WEST, **TAX)], 1, 0, 0.0),
    ([england(150.0, **TAX), figure(100.0, **TAX), figure(200.0, **WEST, **TAX)], 1, 1, 10 / 150),
    ([england(100.0, **TAX), figure(100.0, **TAX)], 1, 0, 0.0),
    ([england(160.0, **TAX)], 1, 1, 1.0),
]


@pytest.mark.parametrize(("checked", "compared", "differing", "largest"), MEANS)
def test_a_printed_mean_beside_its_councils(
    checked: list[Figure], compared: int, differing: int, largest: float
) -> None:
    result = compare_england(RATE, [*checked, figure(40.0), figure(60.0, **WEST), england(100.0)])
    assert (result.compared, len(result.differences)) == (compared, differing)
    assert result.largest == pytest.approx(largest)
    problems = england_that_fails(RATE, [*checked, figure(40.0), figure(60.0, **WEST)])
    assert all("but its authorities have the mean" in problem for problem in problems)
    assert len(problems) == differing


def test_an_explained_total_says_why() -> None:
    total = replace(TOTAL, explained=(Explained("E92000001", "2021-22", "One council sent nothing"),))
    (difference,) = compare_england(total, [england(100.0), figure(40.0)]).differences
    assert (difference.own, difference.added, difference.why) == (100.0, 40.0, "One council sent nothing")


def test_the_newest_figure_of_each_period_counts() -> None:
    later = figure(50.0, period_start=date(2022, 4, 1), period_end=date(2023, 3, 31))
    newest = newest_figures([[figure(40.0)], [figure(41.0)], [later]])
    assert [found.value for found in newest] == [41.0, 50.0]


@pytest.mark.parametrize(("may_differ", "problems"), [(0, 2), (1, 2), (2, 0), (3, 0)])
def test_a_declared_number_of_differences_is_allowed(may_differ: int, problems: int) -> None:
    agreement = Agreement("homes", "other", "homes", 0.5, may_differ=may_differ)
    here, there = [figure(40.0), figure(60.0, **WEST)], [figure(41.0), figure(61.0, **WEST)]
    assert len(compare_sources(agreement, here, there).problems) == problems


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The tiny home, whose source says that its series agrees with itself and adds up to England's row."""
    content = tiny_catalogue()
    made = make_home(tmp_path, content)
    source = content[SOURCE]
    source["agrees_with"] = [
        {
            "series": "recycling-rate",
            "other_source": "waste-returns",
            "other_series": "recycling-rate",
            "tolerance": 0,
        }
    ]
    for release in source["releases"]:
        for table in release["tables"]:
            table["skip"] = [{"where": {"Kind": ["Region"]}, "reason": "totals"}]
            table["england"] = {"sum_of": ["unitary"], "series": ["recycling-rate"], "tolerance": 1.1}
    (made / "catalogue" / SOURCE).write_text(yaml_text(source), encoding="utf-8")
    read_home(made)
    return made


def test_a_build_keeps_what_it_found(home: Path) -> None:
    build_home(home)
    quality = Store.open(home / "data/build").quality
    rows = quality.coverage[Path(METRIC).stem]
    assert [(row.period, row.figures, row.members) for row in rows] == [
        ("2020-21", 1, 2),
        ("2021-22", 2, 2),
        ("2022-23", 2, 2),
    ]
    assert quality.jumps == ()
    kinds = {found.kind: found for found in quality.comparisons}
    assert kinds[OTHER_SOURCE].compared == 5
    assert kinds[OTHER_SOURCE].differing == 0
    assert (kinds[ENGLAND_ROW].compared, kinds[ENGLAND_ROW].differing) == (2, 0)
    assert kinds[ENGLAND_ROW].largest > 0.9


def test_without_release_files_there_is_nothing_to_compare(home: Path) -> None:
    catalogue = load_catalogue(home / "catalogue")
    releases = home / "data/releases"
    assert read_manifest(releases)
    assert [(found.compared, found.differing) for found in compare_all(catalogue, releases, ())] == [(0, 0), (0, 0)]
