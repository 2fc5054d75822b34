"""The metric row: the most repeated thing on the site. One metric of one authority, on one line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from markupsafe import Markup

from moothall.analytics.groups import Group, GroupKind, type_group
from moothall.analytics.interval import Judgement
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.wording import Length, Matter
from moothall.domain.words import Status
from moothall.presenters.addresses import day_choice, metric_address, trail_address
from moothall.presenters.blocks import Link
from moothall.presenters.charts.spark import Point, draw_spark
from moothall.presenters.charts.strip import draw_strip
from moothall.presenters.figures.cohort import Cohort, Standing, cohorts_of, standings_of
from moothall.presenters.figures.periods_up_to import last_day
from moothall.presenters.figures.reading import FigureStore, kept_by_store
from moothall.presenters.shared_by_councils.replies import Replies, ReplyView
from moothall.presenters.similarity.similar import usual_peers
from moothall.presenters.wording.change_words import age_words, change_words, movement_of
from moothall.presenters.wording.figure_words import (
    OwnFigure,
    certainty_words,
    gap_words,
    missing_words,
    not_compared,
    standing_cell,
)
from moothall.presenters.wording.numbers import metric_value_text, middle_text, short_value_text
from moothall.presenters.wording.sentences import Sentences, sentences_of
from moothall.presenters.wording.words import STATUS_WORDS, end_labels, members_words

WHERE_THE_TRAIL_LEADS = "file and cell"
"""What follows "Source:" in every row. Publishers' names are too long for it; the trail itself gives them in full."""


KEPT_ROWS = 2048
"""Rows kept for each open build: those of about 13 councils, each of about 5 kB with what is drawn of it."""


@dataclass(frozen=True, slots=True)
class MetricRow:
    """One metric of one authority, in the shape that the metric_row component draws.

    ``gap`` says why there is no figure or no place; ``is_judged`` is true where more than the place can be told.
    """

    metric_title: str
    metric_href: str
    value_text: str
    value_is_missing: bool
    period_text: str
    status_text: str
    words: str
    change: str
    strip_svg: Markup | None
    low_label: str
    high_label: str
    refusal: str | None
    spark_svg: Markup | None
    trail_href: str | None
    source_short: str
    replies: tuple[ReplyView, ...] = ()
    earlier: tuple[Link, ...] = ()
    gap: str = ""
    is_judged: bool = False


def make_row(store: FigureStore, metric: Metric, authority: Authority, group: Group) -> MetricRow:
    """The row of a metric at the newest period for which the authority has a row, beside its group.

    Those of a build are kept; of its views there may be any number.
    """
    if store.whole is not store:
        return _new_row(store, metric, authority, group)
    return _rows_of(store)(metric.id, authority.code, group)


def with_replies(replies: Replies, row: MetricRow, metric: Metric, authority: Authority) -> MetricRow:
    """The row with the council's replies to its figure, and links to those to the earlier ones of its sparkline.

    Never kept, because they change while the build stays.
    """
    series = standings_of(replies.store, metric, authority)
    found = replies.beside(metric.id, authority, series[-1].period.slug) if series else ()
    earlier = replies.marks(metric.id, authority, [standing.period.slug for standing in series[:-1]])
    return replace(row, replies=found, earlier=earlier)


@kept_by_store
def _rows_of(store: FigureStore) -> Callable[[str, str, Group], MetricRow]:
    """What makes the rows of one open build, keeping those made last: no row depends on who reads it."""
    metrics, authorities = store.catalogue.metrics, store.catalogue.authorities

    @lru_cache(maxsize=KEPT_ROWS)
    def kept_row(metric_id: str, code: str, group: Group) -> MetricRow:
        return _new_row(store, metrics[metric_id], authorities[code], group)

    return kept_row


def _new_row(store: FigureStore, metric: Metric, authority: Authority, group: Group) -> MetricRow:
    series = standings_of(store, metric, authority)
    beside = {} if group == type_group(authority.type) else {"group": group.id}
    choices = {"authority": authority.slug, **beside, **day_choice(store.day)}
    href = metric_address(metric.id, **choices)
    if not series:
        return _row_without_figures(sentences_of(store), metric, href, authority)
    standing = series[-1]
    if last_day(store):
        href = metric_address(metric.id, **choices, period=standing.period.slug)
    cohort = cohorts_of(store).at(metric.id, group, standing.period)
    say, own = sentences_of(store), OwnFigure(cohort, authority, standing)
    refusal, gap = not_compared(say, own), gap_words(say, own)
    strip = None if refusal else draw_own_strip(say, own, peers_within(store, cohort, authority))
    low, high = end_labels(metric.polarity)
    return MetricRow(
        metric_title=metric.title,
        metric_href=href,
        value_text=_value_words(say, own),
        value_is_missing=standing.value is None,
        period_text=standing.period.label,
        status_text=", ".join(
            filter(None, (_status_words(standing), _later_words(store, metric, authority, standing)))
        ),
        words="" if refusal else _position_and_certainty(say, own),
        change="" if refusal else _change(store, own),
        strip_svg=strip,
        low_label=low,
        high_label=high,
        refusal=refusal.text if refusal else None,
        spark_svg=make_spark(say, metric, authority, series),
        trail_href=trail_address(metric.id, authority.slug, standing.period.slug, store.day),
        source_short=WHERE_THE_TRAIL_LEADS,
        gap=gap.text if gap else "",
        is_judged=own.judged.judgement is not Judgement.CANNOT_SAY,
    )


def _position_and_certainty(say: Sentences, own: OwnFigure) -> str:
    """Where it stands, and by what that is known: ``Lower than most similar councils (position only)``."""
    standing = standing_cell(say, own).text
    if own.position.refused:
        return standing
    return f"{standing} ({certainty_words(say, own, Length.CELL).text})"


def _change(store: FigureStore, own: OwnFigure) -> str:
    """Which way it goes, in a few words; "" where no rule of change speaks to the series."""
    moved = movement_of(store, own.cohort.metric, own.authority, own.standing.period)
    return change_words(sentences_of(store), moved, Length.CELL).text if moved else ""


def peers_within(store: FigureStore, cohort: Cohort, authority: Authority) -> list[float]:
    """The figures of an authority's similar councils in a group that has others too; none where they are all of it."""
    peers = None if cohort.group.kind is GroupKind.SIMILAR else usual_peers(store.whole, authority)
    return cohort.figures_of(peers.codes) if peers else []


def draw_own_strip(say: Sentences, owned: OwnFigure, peers: Sequence[float] = ()) -> Markup | None:
    """The strip of a cohort with one authority's mark over its peers; None where the group is too small."""
    cohort, standing = owned.cohort, owned.standing
    if cohort.ground is None or standing.value is None:
        return None
    own = short_value_text(standing.value, cohort.metric.unit, cohort.metric.decimals)
    return draw_strip(cohort.ground, strip_label(say, owned), standing.value, own, peers)


def strip_label(say: Sentences, own: OwnFigure) -> str:
    """The strip in one sentence, for those who do not see it."""
    cohort, standing = own.cohort, own.standing
    low, high = cohort.known[0], cohort.known[-1]
    ends = [short_value_text(f, cohort.metric.unit, cohort.metric.decimals) for f in (low, high)]
    tokens = {
        "name": own.authority.short_name,
        "period": cohort.period.label,
        "value": metric_value_text(standing.value or 0.0, cohort.metric),
        "all": members_words(cohort.group, cohort.summary.n),
        "low": ends[0],
        "high": ends[1],
        "middle": middle_text(cohort.summary.median or 0.0, cohort.metric),
    }
    return say.say(Matter.DRAWING, Length.SENTENCE, {"drawing": "strip"}, tokens).text


def make_spark(say: Sentences, metric: Metric, authority: Authority, series: list[Standing]) -> Markup | None:
    """The sparkline of an authority's figures, oldest first."""
    known = [s for s in series if s.value is not None]
    if len(known) < 2:
        return None
    ends = [f"{metric_value_text(s.value or 0.0, metric)} ({s.period.label})" for s in (known[0], known[-1])]
    points = [Point(s.period, s.value, s.status is Status.PROVISIONAL) for s in series]
    tokens = {"name": authority.short_name, "first": ends[0], "last": ends[1]}
    label = say.say(Matter.DRAWING, Length.SENTENCE, {"drawing": "spark"}, tokens)
    return draw_spark(points, metric.breaks, label.text)


def _value_words(say: Sentences, own: OwnFigure) -> str:
    if own.standing.value is not None:
        return metric_value_text(own.standing.value, own.cohort.metric)
    return missing_words(say, own.authority, own.standing, Length.CELL).text


def _status_words(standing: Standing) -> str:
    return STATUS_WORDS[standing.status] if standing.status else ""


def _later_words(store: FigureStore, metric: Metric, authority: Authority, standing: Standing) -> str:
    """Says so where the publisher has a newer period, but no row of this authority in it."""
    said = age_words(store, metric, authority, standing, Length.CELL)
    return said.text if said.facts["state"] == "newer-without" else ""


def _row_without_figures(say: Sentences, metric: Metric, href: str, authority: Authority) -> MetricRow:
    cell, reason = (missing_words(say, authority, None, length).text for length in (Length.CELL, Length.PART))
    return MetricRow(metric.title, href, cell, True, "", "", "", "", None, "", "", reason, None, None, "", gap=reason)
