"""A step is added to a metric's file and nothing else changes; what cannot follow is refused and leaves no trace."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from moothall.catalogue import load_catalogue
from moothall.catalogue.places import catalogue_folder
from moothall.catalogue.steps import follow, metric_file, open_consultation, with_step
from moothall.domain.metric import StateChange
from moothall.domain.words import MetricState
from moothall.errors import CatalogueError, UnknownName, UsageError
from tests.catalogue.test_drafts import files_with_draft
from tests.support.catalogue_builder import write_catalogue

LIVE = StateChange(date(2027, 3, 1), MetricState.LIVE, "Councils asked for it: they would keep it.", "first")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalogue with one metric in consultation."""
    return write_catalogue(tmp_path, files_with_draft())


def test_a_step_is_added_and_the_metric_becomes_what_it_says(folder: Path) -> None:
    follow(folder, {"idea": LIVE})
    metric = load_catalogue(folder).metrics["idea"]
    assert (metric.state, metric.title, metric.history[-1]) == (MetricState.LIVE, "An idea", LIVE)
    assert len(metric.history) == 3


def test_adding_it_twice_adds_it_once(folder: Path) -> None:
    assert len(follow(folder, {"idea": LIVE})) == 1
    once = metric_file(folder, "idea").read_bytes()
    assert follow(folder, {"idea": LIVE}) == []
    assert metric_file(folder, "idea").read_bytes() == once


REFUSED = [
    (
        StateChange(date(2027, 3, 1), MetricState.DRAFT, "Back.", None),
        UsageError,
        "is in-consultation and cannot become",
    ),
    (StateChange(date(2026, 11, 1), MetricState.LIVE, "Early.", "first"), UsageError, "would go back in time"),
    (StateChange(date(2027, 3, 1), MetricState.LIVE, "Kept.", "second"), CatalogueError, "second"),
]


@pytest.mark.parametrize(("step", "error", "words"), REFUSED, ids=["state", "day", "consultation"])
def test_a_step_that_cannot_follow_is_refused_and_nothing_changes(
    folder: Path, step: StateChange, error: type[Exception], words: str
) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(error, match=words):
        follow(folder, {"idea": step})
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_all_steps_are_added_or_none(folder: Path) -> None:
    before = metric_file(folder, "idea").read_bytes()
    with pytest.raises(UnknownName, match="no metric idea-two"):
        follow(folder, {"idea": LIVE, "idea-two": LIVE})
    assert metric_file(folder, "idea").read_bytes() == before


def a_file(folder: Path, text: str) -> Path:
    made = folder.parent / "second.yaml"
    made.write_text(text)
    return made


def test_a_consultation_is_opened_with_the_steps_of_its_metrics(folder: Path) -> None:
    asked = (folder / "consultations" / "first.yaml").read_text().replace("first", "second")
    live = StateChange(date(2026, 12, 5), MetricState.LIVE, "Kept.", "first")
    follow(folder, {"idea": live})
    changed = open_consultation(folder, a_file(folder, asked), "Asked once more.", date(2027, 1, 1))
    assert [path.name for path in changed] == ["second.yaml", "idea.yaml"]
    catalogue = load_catalogue(folder)
    assert "second" in catalogue.consultations
    step = StateChange(date(2027, 1, 1), MetricState.IN_CONSULTATION, "Asked once more.", "second")
    assert catalogue.metrics["idea"].history[-1] == step


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        (("idea", "idea-two"), UnknownName, "no metric idea-two"),
        (("metrics:", "metrics: ["), CatalogueError, "second.yaml"),
        (("closes", "closed"), CatalogueError, "closed"),
    ],
)
def test_a_consultation_that_does_not_hold_changes_nothing(
    folder: Path, change: tuple[str, str], error: type[Exception], words: str
) -> None:
    asked = (folder / "consultations" / "first.yaml").read_text().replace("first", "second").replace(*change)
    follow(folder, {"idea": StateChange(date(2026, 12, 5), MetricState.LIVE, "Kept.", "first")})
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(error, match=words):
        open_consultation(folder, a_file(folder, asked), "Asked once more.", date(2027, 1, 1))
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_nothing_follows_a_withdrawal(folder: Path) -> None:
    follow(folder, {"idea": StateChange(date(2027, 3, 1), MetricState.WITHDRAWN, "No.", "first")})
    with pytest.raises(UsageError, match="nothing may follow"):
        follow(folder, {"idea": LIVE})


SHIPPED = sorted(path for path in (catalogue_folder() / "metrics").rglob("*.yaml") if "\nhistory:" in path.read_text())


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.stem))
def test_every_other_byte_of_a_shipped_file_stays(path: Path) -> None:
    before = path.read_text(encoding="utf-8")
    after = with_step(before, LIVE)
    lines = after.splitlines(keepends=True)
    start = next(n for n, line in enumerate(lines) if line.startswith("  - on: 2027-03-01"))
    added = next(n for n in range(start + 1, len(lines)) if not lines[n].startswith("    "))
    rest = "".join(lines[:start] + lines[added:])
    status = re.search(r"^status: (\S+)$", before, re.MULTILINE)
    assert status
    assert rest.replace("status: live\n", f"{status[0]}\n", 1) == before


FORMS = {
    "a comment behind": "status: draft # not yet\nhistory:\n  - on: 2026-01-01\n    state: draft\n    reason: A. # so",
    "no line end": "status: draft\nhistory:\n- on: 2026-01-01\n  state: draft\n  reason: A.",
    "blank lines and comments": "status: draft\nhistory:\n  - {on: 2026-01-01, state: draft}\n\n# about it\nreview: x",
    "folded": "status: 'draft'\nhistory:\n  - on: 2026-01-01\n    reason: >-\n      A\n      b.\n\nreview: x\n",
    "windows": "status: draft\r\nhistory:\r\n  - on: 2026-01-01\r\n    reason: A.\r\nreview: x\r\n",
    "no history": "status: live\ntitle: A\nreview: x\n",
    "nothing behind": "status: live\ntitle: A",
}


def read(text: str) -> dict[str, Any]:
    """A file with every value as the text that stands there."""
    found: dict[str, Any] = yaml.load(text, yaml.BaseLoader)
    return found


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_files_in_other_forms_gain_the_same_step(text: str) -> None:
    before, after = read(text), read(with_step(text, LIVE))
    assert after["status"] == "live"
    *earlier, last = after["history"]
    assert earlier == before.get("history", [])
    assert last == {"on": "2027-03-01", "state": "live", "reason": LIVE.reason, "consultation": "first"}
    assert {key: after[key] for key in after if key not in ("status", "history")} == {
        key: before[key] for key in before if key not in ("status", "history")
    }
    comments = re.findall(r"#.*", text)
    assert [comment for comment in comments if comment not in with_step(text, LIVE)] == []


def test_a_list_in_brackets_is_refused_with_one_sentence() -> None:
    with pytest.raises(UsageError, match="begin with a hyphen"):
        with_step("status: draft\nhistory: []\n", LIVE)


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co")), min_size=1).filter(str.strip))
@pytest.mark.slow
def test_any_reason_reads_back_as_it_was_written(reason: str) -> None:
    if reason.count("\ufeff"):
        return
    step = StateChange(LIVE.on, LIVE.state, reason, "first")
    kept = read(with_step(FORMS["folded"], step))["history"][-1]["reason"]
    assert kept == " ".join(reason.split())
