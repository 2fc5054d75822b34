"""The metric row: the most repeated thing on the site. One metric of one authority, on one line."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from moothall.analytics.groups import TYPE_TITLES, Group, is_eligible, is_in_group
from moothall.analytics.position import Refusal
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.words import Status
from moothall.presenters.addresses import day_choice, metric_address, trail_address
from moothall.presenters.cohort import Cohort, Standing, cohorts_of, standings_of
from moothall.presenters.numbers import metric_value_text, middle_text, number_text, short_value_text
from moothall.presenters.reading import FigureStore, kept_by_store
from moothall.presenters.spark import Point, draw_spark
from moothall.presenters.strip import draw_strip
from moothall.presenters.words import STATUS_WORDS, end_labels, group_noun, position_cell

WHERE_THE_TRAIL_LEADS = "file and cell"
"""What follows "Source:" in every row. Publishers' names are too long for it; the trail itself gives them in full."""


KEPT_ROWS = 16_384
"""Rows kept for each open build: about 200 pages, and at most 30 MB."""


@dataclass(frozen=True, slots=True)
class MetricRow:
    """One metric of one authority, in the shape that the metric_row component draws."""

    metric_title: str
    metric_href: str
    value_text: str
    value_is_missing: bool
    period_text: str
    status_text: str
    words: str
    strip_svg: Markup | None
    low_label: str
    high_label: str
    refusal: str | None
    spark_svg: Markup | None
    trail_href: str | None
    source_short: str


def make_row(store: FigureStore, metric: Metric, authority: Authority, group: Group) -> MetricRow:
    """The row of a metric at the newest period for which the authority has a row, beside its group."""
    return _rows_of(store)(metric.id, authority.code, group)


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
    href = metric_address(metric.id, authority=authority.slug, **day_choice(store.day))
    if not series:
        return _row_without_figures(metric, href, authority)
    standing = series[-1]
    cohort = cohorts_of(store).at(metric.id, group, standing.period)
    refusal = refusal_of(standing, cohort, authority)
    strip = None if refusal else draw_own_strip(cohort, standing, authority)
    low, high = end_labels(metric.polarity)
    return MetricRow(
        metric_title=metric.title,
        metric_href=href,
        value_text=_value_words(standing, metric),
        value_is_missing=standing.value is None,
        period_text=standing.period.label,
        status_text=", ".join(
            filter(None, (_status_words(standing), _later_words(store, metric, authority, standing)))
        ),
        words="" if refusal else _words(cohort, authority),
        strip_svg=strip,
        low_label=low,
        high_label=high,
        refusal=refusal,
        spark_svg=make_spark(metric, authority, series),
        trail_href=trail_address(metric.id, authority.slug, standing.period.slug, store.day),
        source_short=WHERE_THE_TRAIL_LEADS,
    )


def refusal_of(standing: Standing, cohort: Cohort, authority: Authority) -> str | None:
    """Why a figure is not drawn in its group, in one sentence; None where it is."""
    if standing.value is None:
        return standing.reason or Refusal.NO_VALUE.sentence
    position = cohort.position_of(authority.code)
    if position.refused is Refusal.NOT_IN_GROUP:
        return f"We do not compare this figure. {_why_outside(cohort, authority)}"
    if position.refused is Refusal.DENOMINATOR_TOO_SMALL:
        return f"We do not compare this figure. {Refusal.DENOMINATOR_TOO_SMALL.sentence}"
    return None if cohort.ground else _too_small(cohort)


def _why_outside(cohort: Cohort, authority: Authority) -> str:
    """Why an authority with a figure is not one of a cohort: its group, its type, or the service on that day."""
    if not is_in_group(cohort.group, authority):
        return Refusal.NOT_IN_GROUP.sentence
    if authority.type not in cohort.metric.applies_to:
        return f"The metric is not compared for {TYPE_TITLES[authority.type]}."
    return Refusal.NOT_ELIGIBLE.sentence


def draw_own_strip(cohort: Cohort, standing: Standing, authority: Authority) -> Markup | None:
    """The strip of a cohort with one authority's mark; None where the group is too small."""
    if cohort.ground is None or standing.value is None:
        return None
    own = short_value_text(standing.value, cohort.metric.unit, cohort.metric.decimals)
    return draw_strip(cohort.ground, strip_label(cohort, standing, authority), standing.value, own)


def strip_label(cohort: Cohort, standing: Standing, authority: Authority) -> str:
    """The strip in one sentence, for those who do not see it."""
    low, high = cohort.known[0], cohort.known[-1]
    ends = [short_value_text(f, cohort.metric.unit, cohort.metric.decimals) for f in (low, high)]
    return (
        f"{authority.short_name}, {cohort.period.label}: {metric_value_text(standing.value or 0.0, cohort.metric)} "
        f"among {number_text(cohort.summary.n)} {group_noun(cohort.group)}, "
        f"from {ends[0]} to {ends[1]}, middle figure {middle_text(cohort.summary.median or 0.0, cohort.metric)}."
    )


def make_spark(metric: Metric, authority: Authority, series: list[Standing]) -> Markup | None:
    """The sparkline of an authority's figures, oldest first."""
    known = [s for s in series if s.value is not None]
    if len(known) < 2:
        return None
    ends = [f"{metric_value_text(s.value or 0.0, metric)} ({s.period.label})" for s in (known[0], known[-1])]
    points = [Point(s.period, s.value, s.status is Status.PROVISIONAL) for s in series]
    return draw_spark(points, metric.breaks, f"{authority.short_name}: from {ends[0]} to {ends[1]}.")


def _value_words(standing: Standing, metric: Metric) -> str:
    if standing.value is not None:
        return metric_value_text(standing.value, metric)
    return "No figure"


def _status_words(standing: Standing) -> str:
    return STATUS_WORDS[standing.status] if standing.status else ""


def _later_words(store: FigureStore, metric: Metric, authority: Authority, standing: Standing) -> str:
    """Says so where the publisher has a newer period, but no row of this authority in it."""
    newest = store.panel(metric.id).periods[-1]
    service = store.catalogue.responsibilities[metric.responsibility]
    is_expected = newest > standing.period and is_eligible(authority, metric, service, newest.end)
    return f"not in the figures for {newest.label}" if is_expected else ""


def _words(cohort: Cohort, authority: Authority) -> str:
    return position_cell(cohort.position_of(authority.code), cohort.group, cohort.judged(authority.code).judgement)


def _too_small(cohort: Cohort) -> str:
    n, noun = number_text(cohort.summary.n), group_noun(cohort.group)
    return f"We do not compare this figure: only {n} {noun} have one ({cohort.period.label})."


def _row_without_figures(metric: Metric, href: str, authority: Authority) -> MetricRow:
    reason = f"The publisher has no row for {authority.short_name} in any period that we have read."
    return MetricRow(metric.title, href, "No figure", True, "", "", "", None, "", "", reason, None, None, "")
