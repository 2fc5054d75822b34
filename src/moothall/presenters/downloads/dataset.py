"""The figures of one view as rows for a file: one figure a row, with place, limits, trail and origin."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from moothall.analytics.rank_range import RankRange
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.period import day_text
from moothall.presenters.addresses import trail_address
from moothall.presenters.downloads.fields import FIGURE_FIELDS, LIMIT_FIELDS, ORIGIN_FIELDS, Field, Value
from moothall.presenters.figures.cohort import Cohort, Standing
from moothall.presenters.figures.reading import FigureStore, kept_by_store
from moothall.presenters.figures.views import boundaries_sentence, has_cell, known_sentence
from moothall.presenters.metric.metric_definition import STATE_WORDS, caveat_sentences
from moothall.presenters.metric.rank_choices import near_range
from moothall.presenters.shared_by_councils.replies import Replies, replies_of, replies_text
from moothall.presenters.wording.figure_words import OwnFigure, not_compared, polarity_words
from moothall.presenters.wording.sentences import sentences_of
from moothall.presenters.wording.words import TYPE_WORDS
from moothall.store import ReleaseRecord

Row = tuple[Value, ...]
Note = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure, or the lack of it, in its group; ``more`` has a value for each of the view's own columns."""

    cohort: Cohort
    authority: Authority
    standing: Standing
    more: Row = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """What a file shows, before its origin is added: the view's own columns, and what to know of it."""

    title: str
    stem: str
    address: str
    more: tuple[Field, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dataset:
    """A view ready to be written: each row has a value for each field, ``address`` is the page it came from.

    ``stem`` is the file's name without its ending. ``notes`` are (about, what to know); ``releases`` each stand with
    the licence and the attribution of their source.
    """

    title: str
    stem: str
    address: str
    fields: tuple[Field, ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...]
    releases: tuple[tuple[ReleaseRecord, str, str], ...]
    build_id: str


def make_dataset(
    store: FigureStore,
    shown: Shown,
    entries: Iterable[Entry],
    ranges: Mapping[str, RankRange] | None = None,
) -> Dataset:
    """A view's figures in the order of the page; ``ranges`` are those of one cohort, by authority code.

    Without them each place has its range over this period and the one before.
    """
    listed, replies = list(entries), replies_of(store)
    metrics = list({one.cohort.metric.id: one.cohort.metric for one in listed}.values())
    origin = {metric.id: _origin(store, metric.sources) for metric in metrics}
    made = _dataset(
        store,
        shown,
        (*FIGURE_FIELDS, *shown.more, *LIMIT_FIELDS, *ORIGIN_FIELDS),
        (_figure_row(replies, one, _range_of(store, one, ranges), origin) for one in listed),
        metrics,
    )
    return replace(made, notes=(*made.notes, *_reply_notes(replies, listed)))


def make_list(store: FigureStore, shown: Shown, rows: Iterable[tuple[Row, Sequence[str]]]) -> Dataset:
    """A list that is not of figures: each row has the view's own columns, and the sources that it rests on."""
    listed, origin = list(rows), cache(lambda sources: _origin(store, sources))
    whole = ((*row, *origin(tuple(sources))) for row, sources in listed)
    used = [source for _, sources in listed for source in sources]
    return _dataset(store, shown, (*shown.more, *ORIGIN_FIELDS), whole, (), used)


def _dataset(
    store: FigureStore,
    shown: Shown,
    fields: tuple[Field, ...],
    rows: Iterable[Row],
    metrics: Sequence[Metric],
    sources: Sequence[str] = (),
) -> Dataset:
    used = dict.fromkeys([*sources, *(source for metric in metrics for source in metric.sources)])
    notes = (*(("This view", text) for text in shown.notes), *_notes(store, metrics))
    address, releases = shown.address, tuple(_releases(store, used))
    return Dataset(shown.title, shown.stem, address, fields, tuple(rows), notes, releases, store.build_id)


def _reply_notes(replies: Replies, listed: Iterable[Entry]) -> Iterable[Note]:
    """Every reply that stands beside one of the figures, under the figure's name."""
    for one in listed:
        metric, period = one.cohort.metric, one.cohort.period
        for reply in replies.beside(metric.id, one.authority, period.slug):
            yield f"{metric.title}, {one.authority.name}, {period.label}: the council's reply", reply.text


def _figure_row(replies: Replies, one: Entry, found: RankRange | None, origin: Mapping[str, Row]) -> Row:
    store, metric = replies.store, one.cohort.metric
    return (
        *_metric_values(metric),
        *_authority_values(one),
        *_value_values(store, one),
        *_group_values(one, found),
        _why_not_compared(store, one) if one.standing.value is not None else None,
        *one.more,
        " ".join(caveat_sentences(store, metric)),
        replies_text(replies.beside(metric.id, one.authority, one.cohort.period.slug)),
        _trail(store, one),
        *origin[metric.id],
    )


def _range_of(store: FigureStore, one: Entry, ranges: Mapping[str, RankRange] | None) -> RankRange | None:
    code = one.authority.code
    return near_range(store, one.cohort, code) if ranges is None else ranges.get(code)


def _metric_values(metric: Metric) -> Row:
    state = STATE_WORDS[metric.state]
    return (
        metric.id,
        metric.title,
        f"DRAFT: {state}" if metric.state.is_draft else state,
        metric.unit.name,
        metric.polarity.value,
    )


def _authority_values(one: Entry) -> Row:
    authority, period = one.authority, one.cohort.period
    return (
        authority.code,
        authority.area_code_on(min(period.end, authority.end) if authority.end else period.end),
        authority.name,
        TYPE_WORDS[authority.type],
        period.slug,
        period.start.isoformat(),
        period.end.isoformat(),
    )


def _value_values(store: FigureStore, one: Entry) -> Row:
    standing = one.standing
    return (
        standing.value,
        standing.lower,
        standing.upper,
        standing.status.value if standing.status else None,
        _why_not_compared(store, one) if standing.value is None else None,
    )


def _group_values(one: Entry, found: RankRange | None) -> Row:
    s, own = one.cohort.summary, OwnFigure(one.cohort, one.authority, one.standing)
    place, judged = own.position, own.judged
    has_figure = one.standing.value is not None
    return (
        one.cohort.group.title,
        s.n,
        s.median,
        s.lower_quartile,
        s.upper_quartile,
        place.rank_low,
        place.rank_high,
        *_range_values(found),
        judged.judgement.value if has_figure else None,
        judged.origin.value if has_figure else None,
    )


def _range_values(found: RankRange | None) -> Row:
    if found is None:
        return None, None, None, None
    places = (found.first, found.last) if found.is_one_size else (None, None)
    return *places, found.above_low, found.above_high


def _why_not_compared(store: FigureStore, one: Entry) -> str | None:
    said = not_compared(sentences_of(store), OwnFigure(one.cohort, one.authority, one.standing))
    return said.text if said else None


def _trail(store: FigureStore, one: Entry) -> str | None:
    metric, period = one.cohort.metric, one.cohort.period
    if one.standing.status is None or not has_cell(store, metric, one.authority, period):
        return None
    return trail_address(metric.id, one.authority.slug, period.slug, store.day)


def _origin(store: FigureStore, sources: Iterable[str]) -> Row:
    """Licence, attribution and vintage, as every row has them."""
    found = [store.catalogue.sources[name].source for name in sources if name in store.catalogue.sources]
    licences = "; ".join(dict.fromkeys(source.licence.title for source in found))
    return licences, " ".join(dict.fromkeys(source.attribution for source in found)), vintage_text(store)


@kept_by_store
def vintage_text(store: FigureStore) -> str:
    """Which build of which figures: ``Build 0b65fdc0fdd4, figures published up to 5 June 2026``."""
    newest = max((release.published_on for release in store.releases.values()), default=None)
    upto = f", figures published up to {day_text(newest)}" if newest else ""
    return f"Build {store.build_id}{upto}{f', as known on {day_text(store.day)}' if store.day else ''}"


def _notes(store: FigureStore, metrics: Sequence[Metric]) -> Iterable[Note]:
    """What the reader of the file must know, by metric; first what holds for the whole view."""
    views = filter(None, (known_sentence(store, metrics) if metrics else None, boundaries_sentence(store)))
    yield from (("This view", sentence) for sentence in views)
    for metric in metrics:
        yield metric.title, metric.definition
        if metric.state.is_draft:
            yield f"{metric.title}: DRAFT", "It is shown to be talked about. It may change or go."
        yield f"{metric.title}: which way is better", polarity_words(sentences_of(store), metric).text
        for sentence in caveat_sentences(store, metric):
            yield f"{metric.title}: what it cannot say", sentence


def _releases(store: FigureStore, sources: Iterable[str]) -> Iterable[tuple[ReleaseRecord, str, str]]:
    """Every release of these sources with its licence and attribution, newest first."""
    wanted = set(sources)
    found = [release for release in store.releases.values() if release.source in wanted]
    for release in sorted(found, key=lambda r: (r.published_on, r.source, r.id), reverse=True):
        source = store.catalogue.sources[release.source].source
        yield release, source.licence.title, source.attribution


def limits_of(metric: Metric) -> str:
    """What a picture of a metric must say for itself, since its page does not travel with it."""
    mark = "DRAFT. " if metric.state.is_draft else ""
    return f"{mark}What it cannot say: {metric.cannot_say}"


def attributions(store: FigureStore, metric: Metric) -> str:
    """The sources of a metric with the licence and the attribution that it asks for."""
    sources = [store.catalogue.sources[source].source for source in metric.sources]
    return " ".join(f"Source: {s.publisher}, {s.title}. {s.licence.title}. {s.attribution}" for s in sources)
