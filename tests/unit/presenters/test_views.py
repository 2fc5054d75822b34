"""Views of a build: what they say of themselves, and whom they cost nothing."""

from dataclasses import replace
from datetime import date

import pytest

from moothall.errors import UsageError
from moothall.presenters.figures.reading import KEPT_VIEWS, FigureStore, kept_by_store
from moothall.presenters.figures.views import (
    Boundaries,
    boundaries_sentence,
    known_on,
    known_sentence,
    on_boundaries,
    read_day,
    state_words,
)
from moothall.presenters.metric.predecessors import make_predecessors_table
from moothall.presenters.provenance.revisions_page import ON_A_PAGE, make_revisions_page, make_revisions_section
from tests.support.store_builder import EARLIER, RELEASE, SOURCE, FakeStore, make_metric, make_store

TABLE = """
              2021-22   2022-23   2023-24
Leeds         38.0      39.0      40.0
Allerdale     11.0      12.0      -
Cumberland    -         -         13.0
"""
RATE = make_metric("recycling")
COUNT = make_metric("fly-tips", is_additive=True)
DAY = date(2024, 6, 30)


@pytest.fixture
def store() -> FakeStore:
    made = make_store({RATE: TABLE, COUNT: TABLE})
    made.releases[SOURCE.id, "2024-06"] = replace(RELEASE, id="2024-06", published_on=DAY)
    return made


def test_a_whole_build_says_nothing_of_itself(store: FakeStore) -> None:
    assert known_on(store, None, [RATE]) is store
    assert on_boundaries(store, Boundaries.PERIOD, RATE) is store
    assert (known_sentence(store, [RATE]), boundaries_sentence(store), state_words(store)) == (None, None, "")


def test_a_view_names_its_day_and_what_it_leaves_out(store: FakeStore) -> None:
    view = known_on(store, DAY, [RATE])
    assert known_sentence(view, [RATE]) == "As it was known on 30 June 2024."
    assert state_words(view) == ", as known on 30 June 2024"
    one = replace(store.as_of(DAY), undated=(EARLIER,))
    assert str(known_sentence(one, [RATE])).endswith(
        "Left out, because its day of publication is not known: Made-up figures 2021."
    )
    many = replace(store.as_of(DAY), undated=(EARLIER,) * 7)
    assert "their days of publication are not known: Made-up" in str(known_sentence(many, [RATE]))
    assert str(known_sentence(many, [RATE])).endswith("and 2 more.")
    elsewhere = replace(store.as_of(DAY), undated=(replace(EARLIER, source="another"),))
    assert known_sentence(elsewhere, [RATE]) == "As it was known on 30 June 2024."


def test_before_any_figure_there_is_one_sentence(store: FakeStore) -> None:
    with pytest.raises(UsageError, match="published by 1 January 1990: choose a later day, the first being 1 December"):
        known_on(store, date(1990, 1, 1), [RATE])


@pytest.mark.parametrize("text", ["soon", "2024-13-01", "30 June 2024", "2024-02-30", "0"])
def test_a_day_is_written_in_one_way(text: str) -> None:
    with pytest.raises(UsageError, match="is not a date: write it as year-month-day"):
        read_day(text)


def test_on_todays_boundaries_a_count_is_carried_over_and_the_rest_stands(store: FakeStore) -> None:
    view = on_boundaries(store, Boundaries.NOW, COUNT)
    panel = view.panel("fly-tips")
    assert panel.values[panel.index["CUMBER"]].tolist() == [11.0, 12.0, 13.0]
    assert panel.values[panel.index["LEEDS"]].tolist() == [38.0, 39.0, 40.0]
    assert "ALLERD" not in panel.index
    assert str(boundaries_sentence(view)).startswith("On the boundaries of 30 June 2024:")
    assert view.summary("fly-tips", "england", "2021-22") is None


def test_what_views_cost_is_kept_apart_from_the_build(store: FakeStore) -> None:
    made: list[FigureStore] = []

    @kept_by_store
    def costly(of: FigureStore) -> int:
        made.append(of)
        return len(made)

    assert costly(store) == 1
    for year in range(2025, 2026 + 3 * KEPT_VIEWS):
        costly(store.as_of(date(year, 1, 1)))
    assert costly(store) == 1


def test_a_successors_page_shows_those_before_it(store: FakeStore) -> None:
    cumberland = store.catalogue.authorities["CUMBER"]
    table = make_predecessors_table(store, COUNT, cumberland)
    assert table is not None
    assert [column.label for column in table.columns] == ["Period", "Allerdale", "Together"]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["2022-23", "12.0%", "12.0%"],
        ["2021-22", "11.0%", "11.0%"],
    ]
    assert make_predecessors_table(store, COUNT, store.catalogue.authorities["LEEDS"]) is None


def test_revisions_of_a_source_in_counts_and_by_figure(store: FakeStore) -> None:
    section = make_revisions_section(store, SOURCE)
    assert section is not None
    assert section.sentence.startswith("2 figures that we use stand in two successive releases; 2 of them")
    assert [(row.key, row.text) for row in section.counts][:2] == [("Changed", "2"), ("Withdrawn", "0")]
    assert section.table is not None
    assert [cell.text for cell in section.table.rows[0].cells] == [
        "Fly tips", "Leeds", "2021-22", "1.0%", "38.0%", "+3,700.0%",
    ]  # fmt: skip
    assert section.rest is None
    assert make_revisions_section(store, replace(SOURCE, id="awaited")) is None


@pytest.mark.parametrize("page", ["0", "2", "x", "-1", "\u00b2"])
def test_a_page_that_is_not_there_is_one_sentence(store: FakeStore, page: str) -> None:
    with pytest.raises(UsageError, match="there are pages 1 to 1"):
        make_revisions_page(store, SOURCE, page)


def test_many_revisions_stand_on_several_pages(store: FakeStore, monkeypatch: pytest.MonkeyPatch) -> None:
    single = store.revisions(SOURCE.id)[0]
    monkeypatch.setattr(FakeStore, "revisions", lambda self, source: (single,) * (2 * ON_A_PAGE + 1))
    page = make_revisions_page(store, SOURCE, "2")
    assert page.table is not None
    assert len(page.table.rows) == ON_A_PAGE
    assert [link.text for link in page.pages] == ["Page 1", "Page 3"]
    assert page.head.title.endswith("page 2")
