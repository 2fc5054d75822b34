"""Consultations as everybody reads them: what was asked of whom, what came of it, and what was published."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from moothall.domain.consultation import Consultation, Respondent
from moothall.domain.decision import AnswerLine, MetricDecision, PublishedAnswer
from moothall.domain.period import day_text
from moothall.presenters.addresses import (
    CONSULTATIONS_FEED,
    TAKE_PART,
    consultation_answers_address,
    consultation_page_address,
    metric_address,
)
from moothall.presenters.blocks import Crumbs, Link, PageHead
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.metric.metric_definition import STATE_WORDS
from moothall.presenters.wording.numbers import count_text
from moothall.presenters.wording.words import joined

LIST_TITLE = "Consultations on draft metrics"
WHOLE_TITLE = "About all of it"
WHO_WORDS = {
    Respondent.AUTHORITY: "councils",
    Respondent.BODY: "bodies that represent councils",
    Respondent.PERSON: "anybody, for themselves",
}
"""Who may answer, in words."""


@dataclass(frozen=True, slots=True)
class DecidedMetric:
    """One metric that was asked about, where it stands now, and what was decided; ``decision`` is "" before that.

    ``is_applied`` where the metric's own history has the decision: the figures on the site follow it.
    """

    link: Link
    state: str
    decision: str
    said: str
    reason: str
    is_applied: bool


@dataclass(frozen=True, slots=True)
class ConsultationPage:
    """A consultation: its state, the metrics with what was said and done, and where to answer and read answers."""

    head: PageHead
    title: str
    state: str
    purpose: str
    facts: tuple[str, ...]
    metrics: tuple[DecidedMetric, ...]
    is_decided: bool
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ConsultationsPage:
    """All consultations, those that close last first, each with its state."""

    head: PageHead
    listed: tuple[tuple[Link, str], ...]


@dataclass(frozen=True, slots=True)
class AnswerSection:
    """The published answers of one respondent about one metric."""

    title: str
    lines: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class AnswersPage:
    """Every published answer, by respondent."""

    head: PageHead
    title: str
    about: Link
    respondents: tuple[tuple[str, tuple[AnswerSection, ...]], ...]


def consultation_state(consultation: Consultation, today: date) -> str:
    """Whether a consultation takes answers, and until when."""
    if today < consultation.opens:
        return f"opens on {day_text(consultation.opens)}"
    return f"{'open until' if consultation.is_open(today) else 'closed on'} {day_text(consultation.closes)}"


def make_consultations_page(store: FigureStore, today: date) -> ConsultationsPage:
    """The list."""
    found = sorted(store.catalogue.consultations.values(), key=lambda each: each.closes, reverse=True)
    listed = tuple((Link(c.title, consultation_page_address(c.id)), consultation_state(c, today)) for c in found)
    crumbs: Crumbs = (("Home", "/"), ("Metrics", "/metrics"), (LIST_TITLE, None))
    about = "What councils and others were asked about draft metrics, and what came of it."
    return ConsultationsPage(
        PageHead(LIST_TITLE, "metrics", crumbs, about, feeds=(("Consultations", CONSULTATIONS_FEED),)), listed
    )


def make_consultation_page(store: FigureStore, consultation: Consultation, today: date) -> ConsultationPage:
    """One consultation with everything that was decided after it and published."""
    decisions = {
        each.metric: each for each in store.publications.of(MetricDecision) if each.consultation == consultation.id
    }
    metrics = tuple(_decided(store, name, decisions.get(name)) for name in consultation.metrics)
    title = f"You said, we did: {consultation.title}" if decisions else consultation.title
    return ConsultationPage(
        head=PageHead(title, "metrics", _way(consultation.title), consultation.purpose),
        title=title,
        state=consultation_state(consultation, today),
        purpose=consultation.purpose,
        facts=_facts(consultation),
        metrics=metrics,
        is_decided=bool(decisions),
        links=_links(store, consultation, today),
    )


def _way(title: str, *more: tuple[str, str | None]) -> Crumbs:
    return (("Home", "/"), ("Metrics", "/metrics"), (LIST_TITLE, "/consultations"), *(more or ((title, None),)))


def _facts(consultation: Consultation) -> tuple[str, ...]:
    who = joined([WHO_WORDS[word] for word in Respondent if word in consultation.who])
    asked = count_text(len(consultation.steps), "question")
    return (
        f"Asked by {consultation.owner}, of {who}.",
        f"{asked} in all, about {count_text(len(consultation.metrics), 'metric')}.",
    )


def _decided(store: FigureStore, name: str, decision: MetricDecision | None) -> DecidedMetric:
    metric = store.catalogue.metrics[name]
    link, state = Link(metric.title, metric_address(name)), STATE_WORDS[metric.state]
    if decision is None:
        return DecidedMetric(link, state, "", "", "", is_applied=False)
    steps = {(step.state, step.on, step.consultation) for step in metric.history}
    is_applied = (decision.outcome, decision.on, decision.consultation) in steps
    words = f"{STATE_WORDS[decision.outcome]}, decided on {day_text(decision.on)}"
    return DecidedMetric(link, state, words, decision.said, decision.reason, is_applied)


def _links(store: FigureStore, consultation: Consultation, today: date) -> tuple[Link, ...]:
    count = len(_answers_to(store, consultation))
    answers = Link(f"Published answers ({count})", consultation_answers_address(consultation.id))
    room = Link("Answer it, or read every question", f"{TAKE_PART}/consultations/{consultation.id}")
    return (*((answers,) if count else ()), *((room,) if consultation.is_open(today) else ()))


def _answers_to(store: FigureStore, consultation: Consultation) -> list[PublishedAnswer]:
    return [each for each in store.publications.of(PublishedAnswer) if each.consultation == consultation.id]


def make_answers_page(store: FigureStore, consultation: Consultation) -> AnswersPage:
    """Every answer to a consultation that was published, whole."""
    found = [(each.respondent, _sections(store, each)) for each in _answers_to(store, consultation)]
    title = f"Published answers: {consultation.title}"
    address = consultation_page_address(consultation.id)
    crumbs = _way(title, (consultation.title, address), ("Published answers", None))
    return AnswersPage(PageHead(title, "metrics", crumbs), title, Link(consultation.title, address), tuple(found))


def _sections(store: FigureStore, answer: PublishedAnswer) -> tuple[AnswerSection, ...]:
    metrics = store.catalogue.metrics
    grouped = groupby(answer.lines, key=lambda line: line.metric)
    titles = {name: metrics[name].title for name in metrics}
    return tuple(AnswerSection(titles.get(name, WHOLE_TITLE), tuple(lines)) for name, lines in grouped)
