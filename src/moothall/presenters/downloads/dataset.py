"""The figures of one view as rows for a file: one figure a row, with its place, its limits and its trail."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.presenters.addresses import trail_address
from moothall.presenters.cohort import Cohort, Standing
from moothall.presenters.figure_words import OwnFigure, not_compared, polarity_words
from moothall.presenters.metric_definition import caveat_sentences
from moothall.presenters.reading import FigureStore
from moothall.presenters.sentences import sentences_of
from moothall.presenters.views import boundaries_sentence, has_cell, known_sentence
from moothall.presenters.words import TYPE_WORDS
from moothall.store import ReleaseRecord

Value = str | float | int | None


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name, one word for programs, and what stands in it."""

    name: str
    meaning: str


FIELDS = (
    Field("metric", "Our name for the metric; it does not change"),
    Field("metric_title", "The metric's title"),
    Field("unit", "What the figure is counted in"),
    Field("better", "Which way is better, or none"),
    Field("authority", "Our code of the council; it does not change"),
    Field("area_code", "The official code of its area on the last day of the period"),
    Field("authority_name", "The council"),
    Field("authority_type", "Its type"),
    Field("period", "The period that the figure is of"),
    Field("period_start", "First day of the period"),
    Field("period_end", "Last day of the period"),
    Field("value", "The figure as it was published, not rounded; blank where there is none"),
    Field("lower_95", "Lower end of the publisher's 95% limits, where there are any"),
    Field("upper_95", "Upper end of the publisher's 95% limits, where there are any"),
    Field("status", "How firm the figure is, in the publisher's words"),
    Field("why_missing", "Why there is no figure"),
    Field("group", "Whom it is compared with"),
    Field("group_n", "How many of the group have a figure in this period"),
    Field("group_middle", "The middle figure of the group (median)"),
    Field("group_lower_quartile", "A quarter of the group lies below this"),
    Field("group_upper_quartile", "A quarter of the group lies above this"),
    Field("place_from", "Place in the group, the highest figure first"),
    Field("place_to", "The same; more than place_from where figures are tied"),
    Field("why_not_compared", "Why it has no place in the group"),
    Field("what_it_cannot_say", "What nobody should conclude from the figure"),
    Field("trail", "Where the figure's way back to the publisher's cell is shown"),
)
"""The columns of every file of figures, in order."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A view ready to be written: ``rows`` have one value for each of FIELDS, ``address`` is the page it came from."""

    title: str
    stem: str
    address: str
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[tuple[str, str], ...]
    releases: tuple[tuple[ReleaseRecord, str, str], ...]
    build_id: str


def make_dataset(
    store: FigureStore, title: str, stem: str, address: str, figures: Iterable[tuple[Cohort, Authority, Standing]]
) -> Dataset:
    """A view's figures in the order of the page. ``stem`` is the file's name without its ending."""
    listed = list(figures)
    metrics = list({cohort.metric.id: cohort.metric for cohort, _, _ in listed}.values())
    return Dataset(
        title=title,
        stem=stem,
        address=address,
        rows=tuple(_row(store, *figure) for figure in listed),
        notes=tuple(_notes(store, metrics)),
        releases=tuple(_releases(store, metrics)),
        build_id=store.build_id,
    )


def _row(store: FigureStore, cohort: Cohort, authority: Authority, standing: Standing) -> tuple[Value, ...]:
    metric, period = cohort.metric, cohort.period
    said = not_compared(sentences_of(store), OwnFigure(cohort, authority, standing))
    why = said.text if said else None
    return (
        metric.id,
        metric.title,
        metric.unit.name,
        metric.polarity.value,
        authority.code,
        authority.area_code_on(min(period.end, authority.end) if authority.end else period.end),
        authority.name,
        TYPE_WORDS[authority.type],
        period.slug,
        period.start.isoformat(),
        period.end.isoformat(),
        standing.value,
        standing.lower,
        standing.upper,
        standing.status.value if standing.status else None,
        why if standing.value is None else None,
        *_group_values(cohort, authority),
        why if standing.value is not None else None,
        " ".join(caveat_sentences(store, metric)),
        _trail(store, cohort, authority, standing),
    )


def _group_values(cohort: Cohort, authority: Authority) -> tuple[Value, ...]:
    s, place = cohort.summary, cohort.position_of(authority.code)
    return (
        cohort.group.title,
        s.n,
        s.median,
        s.lower_quartile,
        s.upper_quartile,
        place.rank_low,
        place.rank_high,
    )


def _trail(store: FigureStore, cohort: Cohort, authority: Authority, standing: Standing) -> str | None:
    if standing.status is None or not has_cell(store, cohort.metric, authority, cohort.period):
        return None
    return trail_address(cohort.metric.id, authority.slug, cohort.period.slug, store.day)


def _notes(store: FigureStore, metrics: Sequence[Metric]) -> Iterable[tuple[str, str]]:
    """What the reader of the file must know, by metric; first what holds for the whole view."""
    views = filter(None, (known_sentence(store, metrics), boundaries_sentence(store)))
    yield from (("This view", sentence) for sentence in views)
    for metric in metrics:
        yield metric.title, metric.definition
        yield f"{metric.title}: which way is better", polarity_words(sentences_of(store), metric).text
        for sentence in caveat_sentences(store, metric):
            yield f"{metric.title}: what it cannot say", sentence


def _releases(store: FigureStore, metrics: Sequence[Metric]) -> Iterable[tuple[ReleaseRecord, str, str]]:
    """Every release of the sources of these metrics with its licence and attribution, newest first."""
    sources = dict.fromkeys(source for metric in metrics for source in metric.sources)
    found = [release for release in store.releases.values() if release.source in sources]
    for release in sorted(found, key=lambda r: (r.published_on, r.source, r.id), reverse=True):
        source = store.catalogue.sources[release.source].source
        yield release, source.licence.title, source.attribution


def limits_of(metric: Metric) -> str:
    """What a picture of a metric must say for itself, since its page does not travel with it."""
    return f"What it cannot say: {metric.cannot_say}"


def attributions(store: FigureStore, metric: Metric) -> str:
    """The sources of a metric with the attribution that their licences ask for."""
    sources = [store.catalogue.sources[source].source for source in metric.sources]
    return " ".join(f"Source: {source.publisher}, {source.title}. {source.attribution}" for source in sources)
