"""A draft metric has a page like a live one, says that it is a draft wherever it stands, and is counted nowhere."""

import io
import re
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from django.test import Client

from moothall.domain.metric import StateChange
from moothall.domain.words import MetricState
from moothall.presenters.figures.reading import live_metrics
from moothall.presenters.metric.metric_page import make_metric_page
from moothall.web import current
from tests.functional.conftest import RECYCLING, make_example_store
from tests.support.store_builder import FakeStore, make_metric, make_store
from tests.support.whole_page import page_faults

PAGE = "/metrics/idea"
STEPS = (
    StateChange(date(2026, 11, 1), MetricState.DRAFT, "Nobody counts it yet."),
    StateChange(date(2026, 11, 20), MetricState.IN_CONSULTATION, "Councils are asked.", "first"),
)


def store_with(state: MetricState) -> FakeStore:
    """The example store, with a metric in this state that has the same figures as the recycling rate."""
    example = make_example_store()
    title = "An idea" if state in (MetricState.LIVE, MetricState.WITHDRAWN) else "An idea (DRAFT)"
    steps = (*STEPS, StateChange(date(2026, 11, 21), state, "Decided.")) if state is not STEPS[-1].state else STEPS
    idea = make_metric("idea", title=title, state=state, history=steps)
    own = make_store({idea: RECYCLING})
    metrics = {**example.catalogue.metrics, "idea": idea}
    catalogue = replace(example.catalogue, metrics=metrics)
    return replace(example, catalogue=catalogue, entries={**example.entries, **own.entries})


@pytest.fixture
def drafts() -> FakeStore:
    """A store with a metric in consultation."""
    return store_with(MetricState.IN_CONSULTATION)


@pytest.fixture
def visitor(client: Client, drafts: FakeStore) -> Client:
    """A reader of it."""
    current.current_store.serve_only(drafts)
    return client


def test_its_page_is_like_a_live_one_and_says_draft(visitor: Client) -> None:
    answer = visitor.get(f"{PAGE}?authority=leeds")
    assert page_faults(answer) == []
    html = answer.content.decode()
    assert "<title>An idea (DRAFT), Leeds and" in html
    assert "DRAFT. Councils and others are asked" in html
    assert "38.2%" in html, "the council's own value"
    assert "middle" in html, "and the spread"
    assert "Nobody counts it yet." in html
    assert 'href="/take-part"' in html


def test_its_chart_its_table_and_its_files_say_draft(visitor: Client) -> None:
    html = visitor.get(f"{PAGE}?authority=leeds").content.decode()
    captions = re.findall(r"<caption[^>]*>(.*?)</caption>", html, re.DOTALL)
    assert any(caption.startswith("An idea (DRAFT)") for caption in captions), captions
    assert "DRAFT. Each line is one of" in html
    file = visitor.get(f"{PAGE}/figures.csv?group=england").content.decode()
    assert file.count("An idea (DRAFT)") == len(file.splitlines()) - 1


def test_it_is_in_no_summary_and_no_count(visitor: Client, drafts: FakeStore) -> None:
    assert "idea" not in {metric.id for metric in live_metrics(drafts)}
    for address in ("/", "/authorities/leeds", "/authorities/leeds/themes/waste", "/quality/waste"):
        assert "An idea" not in visitor.get(address).content.decode(), address
    refused = visitor.get("/compare?authority=leeds&metric=idea")
    assert refused.status_code == 400
    assert "is a draft: it stays on its own page, and is compared once it is agreed." in refused.content.decode()
    listed = visitor.get("/metrics").content.decode()
    assert "An idea (DRAFT)" in listed
    assert "2 metrics with figures" in listed
    assert "1 draft to talk about" in listed


def test_it_is_found_by_its_own_name(visitor: Client) -> None:
    assert "An idea (DRAFT)" in visitor.get("/search?q=an+idea", follow=True).content.decode()


@pytest.mark.parametrize(
    ("state", "words", "has_figures"),
    [
        (MetricState.REVISED, "It was changed after a consultation", True),
        (MetricState.LIVE, "Decided.", True),
        (MetricState.WITHDRAWN, "This metric is no longer shown. Decided.", False),
    ],
)
def test_each_state_says_so(client: Client, state: MetricState, words: str, has_figures: bool) -> None:
    current.current_store.serve_only(store_with(state))
    html = client.get(f"{PAGE}?authority=leeds").content.decode()
    assert words in html
    assert ("38.2%" in html) == has_figures
    assert ("DRAFT" in html) == state.is_draft


FILES = ("figures.csv?group=england", "every-period.csv?group=england", "spread.svg?group=england")


@pytest.mark.parametrize("file", FILES)
def test_each_text_that_can_be_taken_away_says_draft(visitor: Client, file: str) -> None:
    answer = visitor.get(f"{PAGE}/{file}")
    assert answer.status_code == 200
    assert "An idea (DRAFT)" in answer.content.decode("utf-8-sig")


def test_the_workbook_says_draft_on_each_sheet_of_figures(visitor: Client) -> None:
    book = openpyxl.load_workbook(io.BytesIO(visitor.get(f"{PAGE}/figures.xlsx?group=england").content))
    texts = [[str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value] for sheet in book]
    assert any("An idea (DRAFT)" in text for text in texts[0])
    assert any("DRAFT" in text for sheet in texts[1:] for text in sheet), "the sheet about the metric says it too"


@pytest.mark.slow
def test_the_picture_is_drawn_from_the_marked_drawing(visitor: Client) -> None:
    answer = visitor.get(f"{PAGE}/spread.png?group=england")
    assert answer.content.startswith(b"\x89PNG")
    assert "DRAFT" in answer.headers.get("Content-Disposition", "") + _svg(visitor)


def _svg(visitor: Client) -> str:
    return visitor.get(f"{PAGE}/spread.svg?group=england").content.decode()


def test_nobody_is_named_on_it_to_learn_from(drafts: FakeStore) -> None:
    """Neither who changed nor who turned it round; the same figures of a live metric say both or one of them."""
    live, idea = (drafts.catalogue.metrics[id_] for id_ in ("household-waste-recycling-rate", "idea"))
    pages = [make_metric_page(drafts, metric, None, None, None, today=date(2026, 11, 22)) for metric in (live, idea)]
    found = [(page.group.changed, page.group.turned) for page in pages if page.group]
    assert found[0] != (None, None)
    assert found[1] == (None, None)


@pytest.mark.parametrize(
    "address",
    [
        "/compare?authority=leeds&metric=idea",
        "/early-warning",
        "/methods/how-good-our-flags-are",
        "/outcomes",
        "/gaps",
        "/authorities/leeds/questions/waste",
        "/authorities/leeds/early-warning",
        "/names",
        "/claims",
    ],
)
def test_no_summary_knows_it(visitor: Client, address: str) -> None:
    answer = visitor.get(address, follow=True)
    assert "An idea" not in answer.content.decode().partition("<main")[2] or answer.status_code == 400
