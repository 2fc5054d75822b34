"""The figures that ship with the project: whole, accounted for, and with the results that are known from elsewhere."""

from statistics import median

import pytest

from moothall.catalogue.places import releases_folder
from moothall.pipeline.agree import Agreement, Total, compare_sources, sums_that_fail
from moothall.pipeline.check_releases import check_releases
from moothall.pipeline.release import verify_releases
from moothall.pipeline.report import SourceReport, report_releases
from tests.sources.reading import shipped, values
from tests.support.real import real_catalogue

DEFRA = "defra-local-authority-collected-waste"
EXPLORER_WASTE = "oflog-waste"
EXPLORER_CARE = "oflog-adult-social-care"


@pytest.mark.parametrize(
    ("series", "count", "england_median"),
    [
        ("household-waste-recycling-rate", 304, 41.95),
        ("recycling-contamination-rate", 304, 5.45),
        ("residual-household-waste", 304, 492.95),
    ],
)
def test_the_medians_of_2021_22_are_those_of_the_explorer(series: str, count: int, england_median: float) -> None:
    found = values(EXPLORER_WASTE, series, 2021)
    assert len(found) == count
    assert median(found) == pytest.approx(england_median, abs=1e-9)


def test_quality_of_life_in_2022_23_is_that_of_the_explorer() -> None:
    found = values(EXPLORER_CARE, "asc2-quality-of-life-impact", 2022)
    middle = median(found)
    assert middle == 0.413
    assert median(abs(value - middle) for value in found) == pytest.approx(0.015, abs=1e-12)


@pytest.mark.parametrize(
    ("series", "other"),
    [
        ("household-waste-recycling-rate", "household-waste-recycling-rate"),
        ("residual-waste-per-household", "residual-household-waste"),
    ],
)
def test_defras_own_figures_equal_the_explorers(series: str, other: str) -> None:
    agreement = Agreement(series=series, other_source=EXPLORER_WASTE, other_series=other, tolerance=0.05)
    result = compare_sources(agreement, shipped(DEFRA), shipped(EXPLORER_WASTE))
    assert result.compared == 2472
    assert result.differences == ()
    assert result.problems == ()


def test_household_waste_is_what_was_recycled_and_what_was_not() -> None:
    parts = ("household-waste-recycled-tonnes", "household-waste-not-recycled-tonnes")
    assert sums_that_fail(Total(series="household-waste-tonnes", parts=parts, tolerance=1.0), shipped(DEFRA)) == []


RATE_AND_TONNAGE_DISAGREE = {("E09000006", 2016), ("E10000025", 2017)}
"""Bromley in 2016-17 and Oxfordshire in 2017-18: Defra's Table 3 and Table 1 tell apart by 1.7 and 0.3 points."""


def test_a_rate_is_its_own_tonnages_divided() -> None:
    """All but two of 3,001 rates are what the tonnages give; the small tonnages of Scilly round by up to 0.08."""
    by_key: dict[tuple[str, int], dict[str, float]] = {}
    for figure in shipped(DEFRA):
        if figure.value is not None:
            by_key.setdefault((figure.area_code, figure.period_start.year), {})[figure.series] = figure.value
    differences = {
        key: abs(row["household-waste-recycling-rate"] - 100 * row["household-waste-recycled-tonnes"] / whole)
        for key, row in by_key.items()
        if (whole := row.get("household-waste-tonnes")) and "household-waste-recycling-rate" in row
    }
    assert len(differences) == 3004
    assert {key for key, difference in differences.items() if difference > 0.08} == RATE_AND_TONNAGE_DISAGREE


def test_both_kinds_of_authority_have_rates_for_all_years() -> None:
    years = range(2010, 2023)
    held = {(figure.area_code[:3], figure.period_start.year) for figure in shipped(DEFRA) if figure.value is not None}
    assert {(kind, year) for kind in ("E06", "E07", "E08", "E09", "E10") for year in years} <= held


def test_scores_of_nobody_are_no_scores() -> None:
    """The Explorer's file prints 0 for five councils whom nobody answered; each is corrected, with its evidence."""
    found = [
        f for f in shipped(EXPLORER_CARE) if f.series == "asc2-quality-of-life-impact" and f.period_start.year == 2019
    ]
    without = {figure.authority for figure in found if figure.value is None}
    assert len(without) == 5
    assert min(figure.value for figure in found if figure.value is not None) == 0.296


def test_the_shipped_files_are_those_that_were_written_and_every_row_is_accounted_for() -> None:
    assert verify_releases(releases_folder()).keys() >= {
        f"{EXPLORER_WASTE}/2022-23.parquet",
        f"{DEFRA}/2024-03.parquet",
    }
    report = check_releases(real_catalogue(), releases_folder())
    assert report.problems == ()
    for source in report.sources:
        assert source.rows_read == source.observations + sum(source.refused.values())


def test_englands_printed_band_d_is_the_mean_of_the_areas() -> None:
    """No file prints a median. The mean stands in ten workbooks; the largest difference is three pence, in 2016-17."""
    (found,) = [c for c in report_of("mhclg-council-tax").comparisons if c.series == "area-band-d-council-tax"]
    assert (found.compared, found.differing) == (10, 0)
    assert found.largest * 1529.56 == pytest.approx(0.03, abs=0.005)


def report_of(source: str) -> SourceReport:
    (report,) = [r for r in report_releases(real_catalogue(), releases_folder()) if r.accounts.source == source]
    return report
