"""Draft metrics and consultations compared with one another: where a metric stands, since when, and why."""

from collections.abc import Iterator
from itertools import pairwise

from moothall.catalogue.consultations import ConsultationEntry, own_faults
from moothall.catalogue.drafts import Drafts, Located
from moothall.catalogue.problems import quoted
from moothall.catalogue.references import misfiled, repeated, unresolved
from moothall.catalogue.schema import MetricEntry
from moothall.catalogue.spelling import list_words
from moothall.domain.words import NEXT_STATES, MetricState


def draft_faults(drafts: Drafts) -> Iterator[str]:
    """One sentence for each fault between draft metrics, their histories and the consultations about them."""
    yield from repeated(drafts.consultations, "id", lambda consultation: consultation.id)
    metrics = {located.entry.id: located.entry for located in drafts.metrics}
    for metric in drafts.metrics:
        yield from _history_faults(metric, drafts)
    for consultation in drafts.consultations:
        yield from misfiled(consultation, consultation.entry.id)
        yield from (consultation.fault(words, key) for key, words in own_faults(consultation.entry))
        for place, name in enumerate(consultation.entry.metrics):
            yield from unresolved(consultation, name, "metrics", drafts, "metrics", place)
        yield from _asked_faults(consultation, metrics)


def _history_faults(located: Located[MetricEntry], drafts: Drafts) -> Iterator[str]:
    entry = located.entry
    if entry.status.is_draft and entry.value is None:
        yield located.fault(f"status is {entry.status} but value is missing; a draft shows draft figures", "status")
    if not entry.history:
        if entry.status.is_draft:
            words = f"status is {entry.status} but there is no history; add when it became so, and why"
            yield located.fault(words, "status")
        return
    last = entry.history[-1]
    if last.state is not entry.status:
        words = f"status is {entry.status} but the history ends with {last.state}; mend one of the two"
        yield located.fault(words, "status")
    for number, step in enumerate(entry.history):
        yield from unresolved(located, step.consultation, "consultations", drafts, "history", number, "consultation")
    yield from _step_faults(located)


def _step_faults(located: Located[MetricEntry]) -> Iterator[str]:
    """The days go forward, and each state may follow the one before it."""
    for number, (earlier, later) in enumerate(pairwise(located.entry.history), start=1):
        if later.on < earlier.on:
            words = f"the history goes back from {earlier.on} to {later.on}; put the earliest first"
            yield located.fault(words, "history", number, "on")
        allowed = NEXT_STATES.get(earlier.state, ())
        if later.state not in allowed:
            told = list_words(list(allowed), "or") if allowed else "nothing"
            words = f"{earlier.state} is followed by {later.state}; {told} may follow it"
            yield located.fault(words, "history", number, "state")


def _asked_faults(located: Located[ConsultationEntry], metrics: dict[str, MetricEntry]) -> Iterator[str]:
    """A consultation asks about metrics whose history says so."""
    for place, name in enumerate(located.entry.metrics):
        metric = metrics.get(name)
        if metric and not any(_opens(step.state, step.consultation, located.entry.id) for step in metric.history):
            words = f"the history of the metric {quoted(name)} does not say that it is in this consultation"
            yield located.fault(f"{words}; add the step to it", "metrics", place)


def _opens(state: MetricState, consultation: str | None, name: str) -> bool:
    return state is MetricState.IN_CONSULTATION and consultation == name
