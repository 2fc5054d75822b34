"""Decisions: after the end only, every one kept, published by staff, and applied to the catalogue's file once."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from moothall.catalogue import load_catalogue
from moothall.catalogue.published import PublishedFolder
from moothall.catalogue.steps import metric_file
from moothall.domain.decision import MetricDecision
from moothall.domain.words import MetricState
from moothall.engagement.consultations.deciding import published_decisions, step_of
from moothall.engagement.models import Decision, Event
from moothall.web import current
from tests.catalogue.test_drafts import files_with_draft
from tests.engagement.conftest import ASKED, Enter
from tests.engagement.furnished import Room, furnish
from tests.support.catalogue_builder import write_catalogue

DECISIONS = f"/take-part/staff/results/{ASKED.id}/decisions"
METRIC = ASKED.metrics[0]
GIVEN = {"said": "Most would keep it.\nTwo would not.", "outcome": "live", "reason": "It says what\nit seems to say."}


@pytest.fixture
def room(enter: Enter, monkeypatch: pytest.MonkeyPatch) -> Room:
    """Everybody in every role, after the consultation has closed."""
    made = furnish(enter)
    monkeypatch.setattr(current, "_day", lambda: date(2027, 2, 27))
    return made


def decide(room: Room, role: str = "staff", **other: str) -> int:
    return int(room[role].post(f"{DECISIONS}/{METRIC}", {**GIVEN, **other}).status_code)


def test_a_decision_is_kept_with_its_day_and_its_reason(room: Room) -> None:
    assert decide(room) == 302
    held = Decision.objects.get()
    assert (held.metric, held.outcome, held.on, held.said) == (METRIC, "live", date(2027, 2, 27), GIVEN["said"])
    assert held.reason == "It says what it seems to say."
    assert held.published_at is None
    assert Event.objects.get(verb="decided about a metric").detail == {"metric": METRIC, "outcome": "live"}
    page = room["staff"].get(DECISIONS).content.decode()
    assert "Decided on 27 February 2027: It becomes live" in page


def test_a_later_decision_stands_beside_the_earlier_one(room: Room) -> None:
    decide(room)
    decide(room)
    assert Decision.objects.count() == 1, "the same words again add nothing"
    decide(room, outcome="withdrawn", reason="It cannot be counted alike.")
    assert [each.outcome for each in Decision.objects.all()] == ["withdrawn", "live"]
    page = room["staff"].get(f"{DECISIONS}/{METRIC}").content.decode()
    assert "It says what it seems to say." in page.partition("What was decided before")[2]


def test_nothing_is_decided_before_the_end(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current, "_day", lambda: ASKED.closes)
    page = room["staff"].post(f"{DECISIONS}/{METRIC}", GIVEN).content.decode()
    assert "Decide after its last day" in page
    assert GIVEN["said"] in page, "the words are still there"
    assert room["staff"].post(f"{DECISIONS}/publish").status_code == 404
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"said": ""}, "said"),
        ({"reason": "  "}, "reason"),
        ({"outcome": ""}, "outcome"),
        ({"outcome": "draft"}, "outcome"),
        ({"reason": "x" * 1001}, "reason"),
        ({"reason": "a\x00b"}, "reason"),
    ],
)
def test_what_is_missing_is_said_and_leads_to_its_field(room: Room, other: dict[str, str], field: str) -> None:
    page = room["staff"].post(f"{DECISIONS}/{METRIC}", {**GIVEN, **other}).content.decode()
    assert f'href="#id_{field}"' in page
    assert f'id="id_{field}"' in page
    assert not Decision.objects.exists()


@pytest.mark.parametrize("role", ["lead", "body lead", "public"])
def test_only_staff_decide(room: Room, role: str) -> None:
    assert decide(room, role) == 404
    assert room[role].post(f"{DECISIONS}/publish").status_code == 404
    assert not Decision.objects.exists()


def test_what_is_published_stays_until_the_next_one_is(room: Room, published_to: Path) -> None:
    decide(room)
    room["staff"].post(f"{DECISIONS}/publish")
    decide(room, outcome="withdrawn", reason="It cannot be counted alike.")
    (shown,) = published_decisions(ASKED.id)
    assert (shown.outcome, step_of(shown).state) == ("live", MetricState.LIVE)
    room["staff"].post(f"{DECISIONS}/publish")
    room["staff"].post(f"{DECISIONS}/publish")
    (shown,) = published_decisions(ASKED.id)
    assert shown.outcome == "withdrawn"
    (public,) = PublishedFolder(published_to)().of(MetricDecision)
    assert (public.metric, public.outcome, public.said) == (METRIC, MetricState.WITHDRAWN, GIVEN["said"])
    assert Event.objects.filter(verb="published decisions").count() == 2


# ---------------------------------------------------------------- into the catalogue


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a catalogue in which one metric is in consultation."""
    monkeypatch.setenv("MOOTHALL_HOME", str(tmp_path))
    return write_catalogue(tmp_path, files_with_draft())


def kept(outcome: str, *, is_published: bool = True) -> Decision:
    """A decision about the metric of that catalogue."""
    day = date(2027, 3, 1)
    more = {"published_at": "2027-03-01T12:00:00Z"} if is_published else {}
    words = {"said": "Keep it.", "reason": "It says what it seems to say.", "on": day}
    return Decision.objects.create(consultation="first", metric="idea", outcome=outcome, **words, **more)


@pytest.mark.parametrize("outcome", ["live", "revised", "withdrawn"])
def test_a_published_decision_becomes_a_step_once(db: None, folder: Path, outcome: str) -> None:
    made = kept(outcome)
    call_command("apply_decision", "first", verbosity=0)
    metric = load_catalogue(folder).metrics["idea"]
    assert metric.state == MetricState(outcome)
    assert metric.history[-1] == step_of(made)
    once = metric_file(folder, "idea").read_bytes()
    call_command("apply_decision", "first", verbosity=0)
    assert metric_file(folder, "idea").read_bytes() == once


def test_what_cannot_follow_is_refused_with_one_sentence(db: None, folder: Path) -> None:
    kept("withdrawn")
    call_command("apply_decision", "first", verbosity=0)
    kept("live")
    once = metric_file(folder, "idea").read_bytes()
    with pytest.raises(CommandError, match="is withdrawn and cannot become live: nothing may follow"):
        call_command("apply_decision", "first", verbosity=0)
    assert metric_file(folder, "idea").read_bytes() == once


def test_a_decision_that_is_not_published_changes_nothing(db: None, folder: Path) -> None:
    kept("live", is_published=False)
    with pytest.raises(CommandError, match="No decision of this consultation has been published"):
        call_command("apply_decision", "first", verbosity=0)
