"""The verb check over release files."""

from pathlib import Path

import pytest

from moothall.errors import ReleaseError
from moothall.pipeline import check_releases as verb
from moothall.pipeline.agree import Agreement
from moothall.pipeline.check_releases import check_releases
from tests.support import catalogue_builder as builder
from tests.unit.pipeline.making import GOOD_ROWS, HEADINGS, RELEASE_FILE, csv_table, csv_text, publish


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


@pytest.mark.parametrize(("tolerance", "problems"), [(0.05, 1), (0.2, 0)])
def test_sources_are_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tolerance: float, problems: int) -> None:
    series = [{"id": name, "column": column} for name, column in (("recycling-rate", "Rate"), ("again", "Again"))]
    text = csv_text("E06000002,Westbay,2021-22,40,40.2", headings=HEADINGS + ",Again")
    made = publish(tmp_path, text, table=csv_table(series=series))
    made.read()
    agreement = Agreement(
        series="recycling-rate", other_source="waste-returns", other_series="again", tolerance=tolerance
    )
    monkeypatch.setattr(verb, "declared_agreements", lambda _definition: (agreement,))
    report = check_releases(made.catalogue, made.releases)
    assert [result.compared for result in report.sources[0].agreements] == [1]
    assert len(report.problems) == problems
    assert all("differ for E06000002 in 2021-22: 40 and 40.2" in problem for problem in report.problems)
