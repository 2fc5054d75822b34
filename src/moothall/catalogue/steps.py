"""Adding a step to a metric's history: the file gains one item and its status, and keeps every other byte.

The whole catalogue is checked with the step before the file is touched, so that a step that cannot stand leaves nothing
behind.
"""

import shutil
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from textwrap import wrap

import yaml

from moothall.catalogue.load import load_catalogue
from moothall.catalogue.spelling import list_words
from moothall.domain.metric import Metric, StateChange
from moothall.domain.words import NEXT_STATES, MetricState
from moothall.errors import UnknownName, UsageError

WIDTH = 120
CONSULTATIONS = "consultations"
KEY_AFTER_HISTORY = "review"
"""Where a file has no history yet, it goes before this key, else to the end."""


def follow(folder: Path, steps: Mapping[str, StateChange]) -> list[Path]:
    """Add a step to each metric's file in the catalogue at ``folder``; all of them or none. Returns the files.

    A metric whose history ends with that very step is left alone. UsageError with one sentence where a step cannot
    follow; CatalogueError where the catalogue would not hold with it.
    """
    metrics = load_catalogue(folder).metrics
    changed: dict[Path, str] = {}
    for metric_id, step in steps.items():
        metric = _find(metrics, metric_id)
        if metric.history and metric.history[-1] == step:
            continue
        refuse_step(metric, step)
        path = metric_file(folder, metric_id)
        changed[path] = with_step(_read(path), step)
    put_in(folder, changed)
    return list(changed)


def open_consultation(folder: Path, file: Path, reason: str, on: date) -> list[Path]:
    """Put a consultation's file into the catalogue, and a step into the history of each metric that it asks about.

    All of it or nothing; UsageError where a metric cannot be asked about, CatalogueError where the file does not hold.
    """
    metrics, text = load_catalogue(folder).metrics, _read(file)
    place = folder / CONSULTATIONS / file.name
    step = StateChange(on, MetricState.IN_CONSULTATION, reason, file.stem)
    changed = {place: text}
    for metric_id in _asked_about(text):
        metric = _find(metrics, metric_id)
        if not any((s.state, s.consultation) == (step.state, step.consultation) for s in metric.history):
            refuse_step(metric, step)
            path = metric_file(folder, metric_id)
            changed[path] = with_step(_read(path), step)
    put_in(folder, changed)
    return list(changed)


def _asked_about(text: str) -> list[str]:
    """The metrics that a consultation's file names; none where it is not readable, which the check says in words."""
    try:
        metrics = _values(text).get("metrics")
    except yaml.YAMLError:
        metrics = None
    return [str(node.value) for node in metrics.value] if isinstance(metrics, yaml.SequenceNode) else []


def put_in(folder: Path, files: Mapping[Path, str]) -> None:
    """Write files of a catalogue, after a copy of it that has them has been checked; CatalogueError leaves it as is."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / folder.name
        shutil.copytree(folder, copy)
        for path, text in files.items():
            _write(copy / path.relative_to(folder), text)
        load_catalogue(copy)
    for path, text in files.items():
        draft = path.with_name(f"{path.name}.new")
        _write(draft, text)
        draft.replace(path)


def refuse_step(metric: Metric, step: StateChange) -> None:
    """UsageError with one sentence where the step cannot follow what stands in the metric's history."""
    allowed = NEXT_STATES.get(metric.state, ())
    if step.state not in allowed:
        told = list_words(list(allowed), "or") if allowed else "nothing"
        raise UsageError(f"The metric {metric.id} is {metric.state} and cannot become {step.state}: {told} may follow.")
    last = metric.history[-1].on if metric.history else None
    if last and step.on < last:
        raise UsageError(f"The metric {metric.id} changed last on {last}; a step of {step.on} would go back in time.")


def metric_file(folder: Path, metric_id: str) -> Path:
    """The file that defines a metric."""
    return next((folder / "metrics").rglob(f"{metric_id}.yaml"))


def _find(metrics: Mapping[str, Metric], metric_id: str) -> Metric:
    if metric_id not in metrics:
        raise UnknownName(f"There is no metric {metric_id} in the catalogue: write its id as its file is named.")
    return metrics[metric_id]


# ---------------------------------------------------------------- the text


def with_step(text: str, step: StateChange) -> str:
    """The text of a metric's file with one step more and its state as the status; UsageError for a list in brackets.

    The file must be valid. Lines end as the file's own do.
    """
    nodes = _values(text)
    end = "\r\n" if "\r\n" in text else "\n"
    edits = [_status_edit(nodes["status"], step), _history_edit(text, nodes, step, end)]
    for start, stop, words in sorted(edits, reverse=True):
        text = text[:start] + words + text[stop:]
    return text


def _values(text: str) -> dict[str, yaml.Node]:
    """The value of each key at the top, and under the key's own name with a colon the key itself."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs: list[tuple[yaml.Node, yaml.Node]] = root.value if isinstance(root, yaml.MappingNode) else []
    return {str(key.value): value for key, value in pairs} | {f"{key.value}:": key for key, _ in pairs}


def _status_edit(status: yaml.Node, step: StateChange) -> tuple[int, int, str]:
    return status.start_mark.index, status.end_mark.index, step.state.value


def _history_edit(text: str, nodes: Mapping[str, yaml.Node], step: StateChange, end: str) -> tuple[int, int, str]:
    history = nodes.get("history")
    if history is None:
        after = nodes.get(f"{KEY_AFTER_HISTORY}:")
        place = after.start_mark.index if after else len(text)
        lead = "" if not text[:place] or text[:place].endswith("\n") else end
        return place, place, f"{lead}history:{end}{_item(step, 2, end)}"
    if not isinstance(history, yaml.SequenceNode) or history.flow_style or not history.value:
        raise UsageError(
            "The history in the metric's file is not a list of lines that begin with a hyphen: write it so."
        )
    place = _end_of_line(text, history.value[-1].end_mark.index)
    lead = "" if text[:place].endswith("\n") else end
    return place, place, lead + _item(step, history.start_mark.column, end)


def _end_of_line(text: str, index: int) -> int:
    """Behind the line on which a value ends; where the value's mark is already on a later line, the last with words."""
    index = len(text[:index].rstrip())
    newline = text.find("\n", index)
    return len(text) if newline < 0 else newline + 1


def _item(step: StateChange, indent: int, end: str) -> str:
    """A step as an item of a list. The reason is folded: words that are wrapped at blanks read back as they were."""
    reason = " ".join(step.reason.split())
    margin = " " * indent
    inside = f"{margin}    "
    lines = wrap(reason, WIDTH - len(inside), break_long_words=False, break_on_hyphens=False)
    keys = [f"on: {step.on.isoformat()}", f"state: {step.state.value}", "reason: >-", *(f"  {line}" for line in lines)]
    keys += [f"consultation: {step.consultation}"] if step.consultation else []
    return "".join(f"{margin}{'- ' if n == 0 else '  '}{key}{end}" for n, key in enumerate(keys))


def _read(path: Path) -> str:
    """The file's text with its line ends as they are."""
    return path.read_bytes().decode("utf-8")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))
