"""Which figures a page shows, as a dataset: a group at a period or at every period, an authority, a comparison."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from moothall.analytics.groups import Group, GroupKind, is_in_group, type_group
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric, Outcome, Theme
from moothall.domain.period import Period
from moothall.presenters.authority.authority_outcome_page import outcome_metrics
from moothall.presenters.authority.authority_page import chosen_group
from moothall.presenters.comparing.comparison import Comparison, metrics_shown, shared_period
from moothall.presenters.downloads.dataset import Dataset, Entry, Row, Shown, make_dataset, make_list
from moothall.presenters.downloads.fields import Field
from moothall.presenters.figures.cohort import cohorts_of, latest_standing, shown_metrics, standing_of
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.metric.metric_definition import caveat_sentences
from moothall.presenters.metric.metric_page import metric_title
from moothall.presenters.metric.rank_choices import ranges_within
from moothall.presenters.wording.words import group_noun, joined

MIDDLE_FIELDS = (
    Field("metric", "Our name for the metric; it does not change"),
    Field("metric_title", "The metric's title"),
    Field("unit", "What the figure is counted in"),
    Field("period", "The period that the figures are of"),
    Field("group", "Which councils"),
    Field("group_n", "How many of the group have a figure in this period"),
    Field("group_middle", "The middle figure of the group (median)"),
    Field("group_lower_quartile", "A quarter of the group lies below this"),
    Field("group_upper_quartile", "A quarter of the group lies above this"),
    Field("what_it_cannot_say", "What nobody should conclude from the figures"),
)
"""The columns of a file of groups without a council."""


def group_dataset(
    store: FigureStore, address: str, metric: Metric, group: Group, period: Period, authority: Authority | None
) -> Dataset:
    """The table of a metric's page at this address: the group at one period, by name."""
    shown = Shown(metric_title(metric, group, period, authority), f"{metric.id}-{period.slug}", address)
    ranges = ranges_within(store, cohorts_of(store).at(metric.id, group, period))
    return make_dataset(store, shown, members(store, metric, group, period), ranges)


def every_period_dataset(store: FigureStore, address: str, metric: Metric, group: Group) -> Dataset:
    """A metric's figures of every period for a group, oldest first, by name within each."""
    figures = (f for period in store.panel(metric.id).periods for f in members(store, metric, group, period))
    title = f"{metric.title}, {group_noun(group)}, every period"
    return make_dataset(store, Shown(title, f"{metric.id}-every-period", address), figures)


def authority_dataset(
    store: FigureStore, address: str, authority: Authority, kind: GroupKind | None, theme: Theme | None = None
) -> Dataset:
    """An authority's newest figure of every metric, or of every metric of a theme, beside its group."""
    group = chosen_group(store.whole, authority, kind)
    metrics = [m for m in shown_metrics(store, authority) if theme is None or m.theme == theme.id]
    stem, about = (f"{authority.slug}-{theme.id}", f"{theme.title}, ") if theme else (authority.slug, "")
    title = f"{about}{authority.name}, beside {group_noun(group)}"
    return make_dataset(store, Shown(title, stem, address), newest_entries(store, authority, group, metrics))


def outcome_dataset(
    store: FigureStore, address: str, authority: Authority, kind: GroupKind | None, outcome: Outcome
) -> Dataset:
    """An authority's newest figures for one of the sixteen outcomes, beside its group."""
    group = chosen_group(store.whole, authority, kind)
    asked, serving = outcome_metrics(store, authority, outcome)
    title = f"{outcome.title}, {authority.name}, beside {group_noun(group)}"
    shown = Shown(title, f"{authority.slug}-{outcome.id}", address)
    return make_dataset(store, shown, newest_entries(store, authority, group, [*asked, *serving]))


def compare_dataset(store: FigureStore, address: str, chosen: Comparison) -> Dataset:
    """The table of the comparison: each metric in the newest period that the councils share.

    Each council stands beside the first of the groups that it is one of, else beside its type. Of groups alone the
    middle figures are given, as on the page: a file of every council on many metrics would be read as a ranking.
    """
    names = [a.short_name for a in chosen.authorities] or [group_noun(group) for group in chosen.groups]
    title = f"Compare {joined(names)}" if names else "Compare councils"
    shown = Shown(title, "comparison", address)
    if chosen.authorities:
        return make_dataset(store, shown, _side_by_side(store, chosen))
    return _middles_dataset(store, replace(shown, more=MIDDLE_FIELDS), chosen)


def members(store: FigureStore, metric: Metric, group: Group, period: Period) -> Iterable[Entry]:
    """The figures of a group at a period, by name."""
    cohort = cohorts_of(store).at(metric.id, group, period)
    return (Entry(cohort, member, standing_of(store, metric, member, period)) for member in cohort.members)


def newest_entries(
    store: FigureStore, authority: Authority, group: Group, metrics: Sequence[Metric]
) -> Iterable[Entry]:
    """An authority's newest row of each of these metrics, beside the group at the same period."""
    for metric in metrics:
        standing = latest_standing(store, metric, authority)
        if standing:
            yield Entry(cohorts_of(store).at(metric.id, group, standing.period), authority, standing)


def _side_by_side(store: FigureStore, chosen: Comparison) -> Iterable[Entry]:
    for metric in metrics_shown(store, chosen):
        period = shared_period(store, metric, chosen.authorities, chosen.all_groups)
        if period is None:
            continue
        for authority in chosen.authorities:
            group = next((g for g in chosen.groups if is_in_group(g, authority)), type_group(authority.type))
            cohort = cohorts_of(store).at(metric.id, group, period)
            yield Entry(cohort, authority, standing_of(store, metric, authority, period))


def _middles_dataset(store: FigureStore, shown: Shown, chosen: Comparison) -> Dataset:
    found = ((metric, shared_period(store, metric, (), chosen.groups)) for metric in metrics_shown(store, chosen))
    rows = (
        (_middle_row(store, metric, group, period), metric.sources)
        for metric, period in found
        if period
        for group in chosen.groups
    )
    return make_list(store, shown, rows)


def _middle_row(store: FigureStore, metric: Metric, group: Group, period: Period) -> Row:
    s = cohorts_of(store).at(metric.id, group, period).summary
    figures = (group.title, s.n, s.median, s.lower_quartile, s.upper_quartile)
    limits = " ".join(caveat_sentences(store, metric))
    return (metric.id, metric.title, metric.unit.name, period.slug, *figures, limits)
