"""The verb check over release files."""

from pathlib import Path

import pytest

from moothall.errors import CatalogueError, ReleaseError
from moothall.pipeline.check_releases import check_releases
from tests.support import catalogue_builder as builder
from tests.unit.pipeline.making import GOOD_ROWS, HEADINGS, RELEASE_FILE, Publication, csv_table, csv_text, publish


def test_a_report_accounts_for_every_row(tmp_path: Path) -> None:
    made = publish(tmp_path, csv_text(*GOOD_ROWS, "W06000001,Gwynedd,2021-22,1", "S12000001,Fife,2021-22,1"))
    made.read()
    report = check_releases(made.catalogue, made.releases)
    (source,) = report.sources
    assert (source.rows_read, source.observations) == (5, 3)
    assert source.refused == {"an area of Scotland": 1, "an area of Wales": 1}
    assert report.problems == ()


def test_a_release_that_has_not_been_read_is_a_problem(tmp_path: Path) -> None:
    publish(tmp_path, csv_text(*GOOD_ROWS)).read()
    second = builder.put(builder.SOURCE, "releases", 0, "id", value="2024-03")
    made = publish(tmp_path, csv_text(*GOOD_ROWS), second)
    (problem,) = check_releases(made.catalogue, made.releases).problems
    assert problem == (
        "waste-returns: The release file waste-returns/2024-03.parquet has not been made: "
        "run moothall read waste-returns."
    )


def test_a_changed_byte_in_a_release_file_stops_the_check(tmp_path: Path) -> None:
    made = publish(tmp_path, csv_text(*GOOD_ROWS))
    made.read()
    path = made.releases / RELEASE_FILE
    data = bytearray(path.read_bytes())
    data[-20] ^= 1
    path.write_bytes(data)
    with pytest.raises(ReleaseError, match=f"{RELEASE_FILE} was altered"):
        check_releases(made.catalogue, made.releases)


def test_bounds_that_were_tightened_after_the_reading_are_a_problem(tmp_path: Path) -> None:
    publish(tmp_path, csv_text(*GOOD_ROWS)).read()
    made = publish(tmp_path, csv_text(*GOOD_ROWS), builder.put(builder.METRIC, "bounds", value=[40, 100]))
    (problem,) = check_releases(made.catalogue, made.releases).problems
    assert "recycling-rate has 1 figures outside 40 to 100 percentage: 39.0 (E06000001" in problem


def published_twice(folder: Path, tolerance: float, other_series: str = "again") -> Publication:
    """One figure in two series of one source, which says that they agree."""
    agreement = {
        "series": "recycling-rate",
        "other_source": "waste-returns",
        "other_series": other_series,
        "tolerance": tolerance,
    }
    series = [{"id": name, "column": column} for name, column in (("recycling-rate", "Rate"), ("again", "Again"))]
    text = csv_text("E06000002,Westbay,2021-22,40,40.2", headings=HEADINGS + ",Again")
    edit = builder.put(builder.SOURCE, "agrees_with", value=[agreement])
    return publish(folder, text, edit, table=csv_table(series=series))


@pytest.mark.parametrize(("tolerance", "problems"), [(0.05, 1), (0.2, 0)])
def test_sources_are_compared(tmp_path: Path, tolerance: float, problems: int) -> None:
    made = published_twice(tmp_path, tolerance)
    made.read()
    report = check_releases(made.catalogue, made.releases)
    assert [result.compared for result in report.sources[0].agreements] == [1]
    assert len(report.problems) == problems
    assert all("differ for E06000002 in 2021-22: 40 and 40.2" in problem for problem in report.problems)


def test_a_comparison_with_an_unknown_series_is_a_fault_of_the_catalogue(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r'"agian" is not known; did you mean "again"'):
        published_twice(tmp_path, 0.1, "agian")
