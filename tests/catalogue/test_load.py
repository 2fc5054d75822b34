"""A valid catalogue arrives as types of the domain, whole."""

from datetime import date
from pathlib import Path

import pytest

from moothall.catalogue import Catalogue, load_catalogue
from moothall.catalogue.period_reading import PeriodFormat
from moothall.catalogue.reading import Reader, SourceState
from moothall.domain.authority import AreaCode, AuthorityType, SuccessionKind
from moothall.domain.derivation import SeriesRef
from moothall.domain.metric import Break
from moothall.domain.period import PeriodKind
from moothall.domain.unit import UNITS
from moothall.domain.words import Caveat, MetricState, Polarity, Status
from tests.support.catalogue_builder import CORRECTIONS, METRIC, correction, put, tiny_catalogue, write_catalogue


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The tiny catalogue, with one correction."""
    files = tiny_catalogue() | {CORRECTIONS: {"corrections": [correction()]}}
    return load_catalogue(write_catalogue(tmp_path_factory.mktemp("tiny"), files))


def test_every_definition_is_there_by_its_id(catalogue: Catalogue) -> None:
    assert list(catalogue.themes) == ["waste"]
    assert list(catalogue.outcomes) == ["environment"]
    assert list(catalogue.caveats) == list(Caveat)
    assert list(catalogue.metrics) == ["bin-colours", "recycling-rate"]
    assert list(catalogue.sources) == ["waste-returns"]
    assert list(catalogue.authorities) == ["ALD", "NNS", "NSH", "WBY"]
    assert list(catalogue.responsibilities) == ["recycling", "local-area"]
    assert catalogue.regions["E12000001"].kind == "region"


def test_a_live_metric(catalogue: Catalogue) -> None:
    metric = catalogue.metrics["recycling-rate"]
    assert (metric.state, metric.unit, metric.decimals) == (MetricState.LIVE, UNITS["percent"], 1)
    assert (metric.polarity, metric.period_kind) == (Polarity.HIGHER_IS_BETTER, PeriodKind.FINANCIAL_YEAR)
    assert metric.value == SeriesRef("waste-returns", "recycling-rate")
    assert (metric.lowest, metric.highest, metric.is_context) == (0, 100, False)
    assert metric.breaks[0] == Break(date(2015, 4, 1), "Leaf litter is counted")
    assert metric.review.on == date(2026, 11, 22)


def test_a_metric_that_awaits_data(catalogue: Catalogue) -> None:
    metric = catalogue.metrics["bin-colours"]
    assert (metric.state, metric.value) == (MetricState.AWAITING_DATA, None)
    assert metric.awaiting == "Nobody publishes it yet."


def test_an_authority_with_its_lifetime(catalogue: Catalogue) -> None:
    district = catalogue.authorities["ALD"]
    assert (district.type, district.county) == (AuthorityType.SHIRE_DISTRICT, "NSH")
    assert district.area_codes == (AreaCode("E07000001", date(2009, 4, 1), date(2021, 3, 31)),)
    assert district.is_active(date(2021, 3, 31))
    assert not district.is_active(date(2021, 4, 1))
    assert [s.kind for s in catalogue.successions if s.predecessor == "ALD"] == [SuccessionKind.MERGE]


@pytest.mark.parametrize(
    ("authority", "day", "runs"),
    [
        ("WBY", date(2010, 3, 31), True),
        ("WBY", date(2010, 4, 1), False),
        ("WBY", date(2012, 3, 31), False),
        ("WBY", date(2012, 4, 1), True),
        ("NSH", date(2012, 4, 1), False),
    ],
)
def test_a_responsibility_knows_its_days(catalogue: Catalogue, authority: str, day: date, runs: bool) -> None:
    assert catalogue.responsibilities["recycling"].is_run_by(catalogue.authorities[authority], day) is runs


def test_a_source_says_how_it_is_read(catalogue: Catalogue) -> None:
    definition = catalogue.sources["waste-returns"]
    (release,) = definition.releases
    (table,) = release.tables
    assert (definition.status, definition.source.licence.id) == (SourceState.WITH_FIGURES, "OGL-UK-3.0")
    assert (release.published_on, release.files[0].bytes) == (date(2024, 2, 29), 1000)
    assert (table.reader, table.header_row, table.period.format) == (Reader.CSV, 1, PeriodFormat.SPLIT_YEAR)
    assert table.missing[""].status is Status.NOT_AVAILABLE
    assert table.skip[0].where == {"Kind": ("Total", "Region")}
    assert (table.series[0].where, table.series[0].scale) == ({"Item": ("Recycling",)}, 100)


def test_a_correction_keeps_the_text_of_its_period_and_cell(catalogue: Catalogue) -> None:
    (patch,) = catalogue.corrections["waste-returns"]
    assert (patch.period, patch.expect, patch.value) == ("2021-22", "412", 41.2)


@pytest.mark.parametrize(
    ("written", "read"),
    [("2023", "2023"), ("no", "no"), ("2024-02-29", "2024-02-29"), ("1_000", "1_000"), ("'~'", "~"), ("0.10", "0.10")],
)
def test_text_stays_as_it_is_written(tmp_path: Path, written: str, read: str) -> None:
    files = tiny_catalogue()
    folder = write_catalogue(tmp_path, files)
    path = folder / METRIC
    path.write_text(path.read_text().replace("- NI192", f"- {written}"))
    assert load_catalogue(folder).metrics["recycling-rate"].synonyms == (read,)


def test_a_true_flag_makes_a_metric_context(tmp_path: Path) -> None:
    files = tiny_catalogue()
    put(METRIC, "context", value=True)(files)
    put(METRIC, "responsibility", value="local-area")(files)
    assert load_catalogue(write_catalogue(tmp_path, files)).metrics["recycling-rate"].is_context
