"""What a metric is: its definition, limits, making, source and licence, in the words of the catalogue."""

from dataclasses import dataclass
from datetime import date

from moothall.analytics.groups import TYPE_TITLES
from moothall.domain.authority import AuthorityType
from moothall.domain.metric import Metric, StateChange
from moothall.domain.period import day_text
from moothall.domain.words import MetricState
from moothall.presenters.addresses import (
    TAKE_PART,
    consultation_page_address,
    host_text,
    revisions_address,
    source_address,
)
from moothall.presenters.blocks import Notice, SummaryRow
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.metric.next_release import next_release_text
from moothall.presenters.similarity.peer_skill import metric_model, skill_sentence
from moothall.presenters.wording.figure_words import polarity_words
from moothall.presenters.wording.sentences import sentences_of
from moothall.presenters.wording.words import capital_first, joined, lower_first

EXPLORER_SOURCES = ("oflog-",)
"""Sources that republish Oflog's explorer: for these we also give the figure that its pages showed."""

EXPLORER_NOTE = (
    "Its pages showed how many median absolute deviations a council lay from England's median, the council itself "
    "counted in. When you choose a council below we give that figure too."
)


@dataclass(frozen=True, slots=True)
class MetricDefinition:
    """The part of a metric's page that does not depend on figures."""

    title: str
    state: MetricState
    definition: str
    why: str
    cannot_say: tuple[str, ...]
    facts: tuple[SummaryRow, ...]
    questions: tuple[str, ...]
    awaiting: str | None
    notice: Notice | None
    history: tuple[SummaryRow, ...]


def describe_metric(store: FigureStore, metric: Metric, today: date) -> MetricDefinition:
    """The definition of a metric, ready for its page; ``today`` decides whether the next release is late."""
    return MetricDefinition(
        title=metric.title,
        state=metric.state,
        definition=metric.definition,
        why=metric.why,
        cannot_say=caveat_sentences(store, metric),
        facts=tuple(_facts(store, metric, today)),
        questions=metric.questions,
        awaiting=metric.awaiting,
        notice=state_notice(metric),
        history=tuple(map(_history_row, metric.history)),
    )


def _history_row(step: StateChange) -> SummaryRow:
    """A step in a metric's history; it leads to the consultation that it came with."""
    href = consultation_page_address(step.consultation) if step.consultation else None
    return SummaryRow(day_text(step.on), STATE_WORDS[step.state], href, step.reason)


STATE_WORDS = {
    MetricState.LIVE: "Live",
    MetricState.AWAITING_DATA: "Awaiting data",
    MetricState.DRAFT: "Draft",
    MetricState.IN_CONSULTATION: "In consultation",
    MetricState.REVISED: "Revised",
    MetricState.WITHDRAWN: "Withdrawn",
}
"""Where a metric stands, in words."""

DRAFT_WORDS = {
    MetricState.DRAFT: "It is shown so that its figures can be looked at before anybody is asked about it.",
    MetricState.IN_CONSULTATION: "Councils and others are asked whether it should stay, and how it should be counted.",
    MetricState.REVISED: "It was changed after a consultation, and what changed is said below.",
}
DRAFT_LIMITS = "It may change or go. It is in no list of what stands out, no signal and no count of metrics."


def state_notice(metric: Metric) -> Notice | None:
    """What to know first about a metric that is a draft or withdrawn; None for the others."""
    if metric.state is MetricState.WITHDRAWN:
        return Notice("Withdrawn", f"This metric is no longer shown. {metric.history[-1].reason}", kind="caution")
    if not metric.state.is_draft:
        return None
    return Notice(f"DRAFT. {DRAFT_WORDS[metric.state]}", DRAFT_LIMITS, _ways_to_answer(metric), "draft")


def _ways_to_answer(metric: Metric) -> tuple[tuple[str, str], ...]:
    """Where somebody says what they think of a draft: the consultation that asks, and nowhere before it does."""
    if metric.state is not MetricState.IN_CONSULTATION:
        return ()
    asked = metric.history[-1].consultation if metric.history else None
    return (("Say what you think of it", consultation_page_address(asked) if asked else TAKE_PART),)


def is_from_explorer(metric: Metric) -> bool:
    """True where the source republishes Oflog's explorer."""
    return any(source.startswith(EXPLORER_SOURCES) for source in metric.sources)


def caveat_sentences(store: FigureStore, metric: Metric) -> tuple[str, ...]:
    """What the metric cannot say: its own words, its caveats, and its declared breaks."""
    own = [store.catalogue.caveats[caveat] for caveat in metric.caveats]
    breaks = [f"From {day_text(b.start)}: {b.reason}" for b in metric.breaks]
    return (metric.cannot_say, *own, *breaks)


def _facts(store: FigureStore, metric: Metric, today: date) -> list[SummaryRow]:
    service = store.catalogue.responsibilities[metric.responsibility]
    rows = [
        SummaryRow("Counted in", metric.unit.name),
        SummaryRow("Which way is better", polarity_words(sentences_of(store), metric).text),
        SummaryRow(
            "Service",
            service.name,
            note="a fact about the place, not the council's work" if metric.is_context else None,
        ),
        SummaryRow("For", joined([TYPE_TITLES[t] for t in AuthorityType if t in metric.applies_to])),
    ]
    if metric.numerator and metric.denominator:
        rows.append(SummaryRow("Made from", f"{metric.numerator}, divided by {lower_first(metric.denominator)}"))
    rows += [SummaryRow("Kind of figure", capital_first(metric.designation.value)), *_source_rows(store, metric)]
    rows.append(SummaryRow("How often", capital_first(metric.cadence.value.replace("-", " "))))
    rows.append(SummaryRow("Next release", next_release_text(metric, today)))
    model = metric_model(store.catalogue, metric)
    if model and store.similarity_report.scores:
        rows.append(SummaryRow("Does it help to compare similar councils?", skill_sentence(store, metric, model)))
    if is_from_explorer(metric):
        rows.append(SummaryRow("Oflog's explorer", EXPLORER_NOTE))
    review = f"{metric.review.read}, by {metric.review.by}, {day_text(metric.review.on)}"
    return [*rows, SummaryRow("What we read before we published this", review)]


def _source_rows(store: FigureStore, metric: Metric) -> list[SummaryRow]:
    if not metric.value:
        return [
            SummaryRow(
                "Publisher's page",
                host_text(metric.landing_page or ""),
                metric.landing_page,
                "where the figures will come out",
            )
        ]
    sources = [store.catalogue.sources[id_].source for id_ in metric.sources]
    return [
        row
        for source in sources
        for row in (
            SummaryRow("Source", source.title, source_address(source.id), source.publisher),
            SummaryRow("Licence", source.licence.title, source.licence.url, source.attribution),
            SummaryRow("Revisions", f"What later releases of {source.title} changed", revisions_address(source.id)),
        )
    ]
