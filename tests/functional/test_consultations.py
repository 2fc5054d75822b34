"""Consultations on the explorer's side: what was asked, what was decided and why, and answers with consent."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from moothall.domain.decision import AnswerLine, MetricDecision, PublishedAnswer
from moothall.domain.metric import StateChange
from moothall.domain.published import Published
from moothall.domain.words import MetricState
from moothall.web import current
from tests.engagement.conftest import ASKED, with_consultation
from tests.functional.conftest import make_example_store
from tests.support.store_builder import FakeStore
from tests.support.whole_page import page_faults

PAGE = f"/consultations/{ASKED.id}"
METRIC, OTHER = ASKED.metrics
DECISION = MetricDecision(
    ASKED.id, METRIC, date(2027, 3, 1), MetricState.LIVE, "Most would keep it.\n<b>Two</b> would not.", "It is plain."
)
LINES = (
    AnswerLine(METRIC, "What of definition?", ("It is clear",), "Say who counts.\n<script>x</script>"),
    AnswerLine("", "What of keep?", (), "Both."),
)
ANSWERS = (PublishedAnswer(ASKED.id, "Leeds", LINES), PublishedAnswer("another", "Bradford", LINES))


def serve(*published: MetricDecision | PublishedAnswer, steps: tuple[StateChange, ...] = ()) -> FakeStore:
    """Serve the example store with a consultation and what was published."""
    store = with_consultation(make_example_store())
    metric = replace(store.catalogue.metrics[METRIC], history=steps)
    metrics = {**store.catalogue.metrics, METRIC: metric}
    kinds = {kind: tuple(p for p in published if isinstance(p, kind)) for kind in (MetricDecision, PublishedAnswer)}
    made = replace(
        store,
        catalogue=replace(store.catalogue, metrics=metrics),
        publications=Published("mark" * len(published), kinds),
    )
    current.current_store.serve_only(made)
    return made


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current, "_day", lambda: date(2026, 11, 22))


def html(client: Client, address: str = PAGE) -> str:
    answer = client.get(address)
    assert page_faults(answer) == []
    return str(answer.content.decode())


def test_before_a_decision_the_page_says_what_is_asked(client: Client) -> None:
    serve()
    page = html(client)
    assert "open until 26 February 2027" in page
    assert "Nothing has been decided yet." in page
    assert f'href="/take-part/consultations/{ASKED.id}"' in page
    assert "You said" not in page
    assert "Two drafts" in html(client, "/consultations")


def test_a_decision_stands_with_what_was_said_and_why(client: Client) -> None:
    serve(DECISION)
    page = html(client)
    assert "<title>You said, we did: Two drafts" in page
    assert "&lt;b&gt;Two&lt;/b&gt; would not." in page
    assert "We did: Live, decided on 1 March 2027" in page
    assert "It is plain." in page
    assert "follows with the next build" in page, "the catalogue has no such step yet"
    assert page.count("Nothing has been decided yet.") == 1, "about the other metric"


def test_after_the_step_has_been_built_nothing_is_said_of_a_next_build(client: Client) -> None:
    serve(DECISION, steps=(StateChange(DECISION.on, DECISION.outcome, DECISION.reason, ASKED.id),))
    assert "follows with the next build" not in html(client)


def test_a_metrics_history_leads_to_its_consultation(client: Client) -> None:
    serve(DECISION, steps=(StateChange(DECISION.on, DECISION.outcome, DECISION.reason, ASKED.id),))
    page = html(client, f"/metrics/{METRIC}")
    assert f'<a href="{PAGE}">Live</a>' in page


def test_published_answers_are_whole_and_only_those_of_this_consultation(client: Client) -> None:
    serve(*ANSWERS)
    page = html(client, f"{PAGE}/answers")
    for text in (
        "Leeds",
        "It is clear",
        "Say who counts.",
        "&lt;script&gt;x&lt;/script&gt;",
        "Both.",
        "About all of it",
    ):
        assert text in page
    assert "Bradford" not in page.partition("<main")[2]
    assert "Published answers (1)" in html(client)


def test_the_page_changes_with_what_is_published(client: Client) -> None:
    serve()
    tag = client.get(PAGE).headers["ETag"]
    assert client.get(PAGE, headers={"if-none-match": tag}).status_code == 304
    serve(DECISION)
    assert client.get(PAGE, headers={"if-none-match": tag}).status_code == 200


def test_an_unknown_consultation_is_no_page(client: Client) -> None:
    serve()
    for address in ("/consultations/other", "/consultations/other/answers"):
        assert client.get(address).status_code == 404
