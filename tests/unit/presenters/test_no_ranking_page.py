"""The page that says why there is no league table: it counts by type and names no council."""

from datetime import date

import pytest

from moothall.analytics.unlike_councils import Blanks, Scoring
from moothall.domain.authority import AuthorityType
from moothall.domain.words import Polarity
from moothall.presenters.comparing.no_ranking_page import demonstrate, make_no_ranking_page
from tests.support.store_builder import COUNTY, UPPER, FakeStore, make_authority, make_metric, make_store

TODAY = date(2026, 11, 22)
DISTRICTS = [make_authority(f"Shire {letter}", AuthorityType.SHIRE_DISTRICT) for letter in "ABCDEFGHIJKL"]
CITIES = [make_authority(f"City {letter}", AuthorityType.METROPOLITAN_DISTRICT) for letter in "ABCDEFGHIJKL"]


def made_store(districts: float, polarity: Polarity = Polarity.HIGHER_IS_BETTER) -> FakeStore:
    """Districts with one theme, in which they have figures round ``districts``; cities with both, at 40 and 50."""
    recycling = make_metric("household-waste-recycling-rate", polarity=polarity)
    care = make_metric(
        "quality-of-life",
        theme="care",
        topic="quality",
        responsibility="adult-social-care",
        applies_to=UPPER | {COUNTY},
    )
    waste = [f"{a.short_name}  {districts + n}" for n, a in enumerate(DISTRICTS)]
    waste += [f"{a.short_name}  {40 + n / 10}" for n, a in enumerate(CITIES)]
    cared = [f"{a.short_name}  {50 + n / 10}" for n, a in enumerate(CITIES)]
    tables = {recycling: "\n".join(["  2021-22", *waste]), care: "\n".join(["  2021-22", *cared])}
    return make_store(tables, [*DISTRICTS, *CITIES])


@pytest.mark.parametrize(
    ("districts", "polarity", "blanks", "expected"),
    [
        (60.0, Polarity.HIGHER_IS_BETTER, Blanks.NOT_PLACED, 0),
        (60.0, Polarity.HIGHER_IS_BETTER, Blanks.LEFT_OUT, 8),
        (60.0, Polarity.LOWER_IS_BETTER, Blanks.LEFT_OUT, 0),
        (10.0, Polarity.HIGHER_IS_BETTER, Blanks.AVERAGE, 2),
    ],
)
def test_who_is_on_top_follows_from_what_is_done_with_blanks(
    districts: float, polarity: Polarity, blanks: Blanks, expected: int
) -> None:
    shown = demonstrate(made_store(districts, polarity), TODAY)
    assert shown.top_of(Scoring.PLACES, blanks)[AuthorityType.SHIRE_DISTRICT] == expected
    assert sum(shown.top_of(Scoring.PLACES, blanks).values()) == 10


def test_the_page_names_no_council() -> None:
    store = made_store(60.0)
    text = repr(make_no_ranking_page(store, TODAY))
    assert not [a.short_name for a in store.catalogue.authorities.values() if a.short_name in text]


def test_the_table_counts_what_the_sentence_says() -> None:
    page = make_no_ranking_page(made_store(60.0), TODAY)
    assert page.by_type is not None
    rows = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in page.by_type.rows}
    assert rows["Shire districts"][:3] == ["12", "5.0", "0"]
    assert rows["Shire districts"][4] == "8"
    assert "Leave those themes out, and 8 shire districts are." in page.finding
    assert "no shire districts are among the first ten" in page.finding


def test_too_few_figures_show_nothing() -> None:
    page = make_no_ranking_page(make_store({make_metric("recycling"): "   2021-22\nLeeds  40.0"}), TODAY)
    assert page.by_type is None
    assert page.finding == "There are too few figures here to show it."
