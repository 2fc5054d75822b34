"""Which figures a page shows, as a dataset: a group at a period or at every period, an authority, a comparison."""

from collections.abc import Iterable, Sequence

from moothall.analytics.groups import Group, GroupKind, is_in_group, type_group
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric, Theme
from moothall.domain.period import Period
from moothall.presenters.authority_page import chosen_group
from moothall.presenters.cohort import Cohort, Standing, cohorts_of, latest_standing, shown_metrics, standing_of
from moothall.presenters.comparison import Comparison, metrics_shown, shared_period
from moothall.presenters.downloads.dataset import Dataset, make_dataset
from moothall.presenters.metric_page import metric_title
from moothall.presenters.reading import FigureStore
from moothall.presenters.words import group_noun, joined

Figures = Iterable[tuple[Cohort, Authority, Standing]]


def group_dataset(
    store: FigureStore, address: str, metric: Metric, group: Group, period: Period, authority: Authority | None
) -> Dataset:
    """The table of a metric's page at this address: the group at one period, by name."""
    title = metric_title(metric, group, period, authority)
    stem = f"{metric.id}-{period.slug}"
    return make_dataset(store, title, stem, address, _members(store, metric, group, period))


def every_period_dataset(store: FigureStore, address: str, metric: Metric, group: Group) -> Dataset:
    """A metric's figures of every period for a group, oldest first, by name within each."""
    figures = (f for period in store.panel(metric.id).periods for f in _members(store, metric, group, period))
    title = f"{metric.title}, {group_noun(group)}, every period"
    return make_dataset(store, title, f"{metric.id}-every-period", address, figures)


def authority_dataset(
    store: FigureStore, address: str, authority: Authority, kind: GroupKind | None, theme: Theme | None = None
) -> Dataset:
    """An authority's newest figure of every metric, or of every metric of a theme, beside its group."""
    group = chosen_group(store.whole, authority, kind)
    metrics = [m for m in shown_metrics(store, authority) if theme is None or m.theme == theme.id]
    stem, about = (f"{authority.slug}-{theme.id}", f"{theme.title}, ") if theme else (authority.slug, "")
    title = f"{about}{authority.name}, beside {group_noun(group)}"
    return make_dataset(store, title, stem, address, _latest(store, authority, group, metrics))


def compare_dataset(store: FigureStore, address: str, chosen: Comparison) -> Dataset:
    """The table of the comparison: each metric in the newest period that the councils share.

    Each council stands beside the first of the groups that it is one of, else beside its type.
    """
    authorities = chosen.authorities
    title = f"Compare {joined([a.short_name for a in authorities])}" if authorities else "Compare councils"
    return make_dataset(store, title, "comparison", address, _side_by_side(store, chosen))


def _members(store: FigureStore, metric: Metric, group: Group, period: Period) -> Figures:
    cohort = cohorts_of(store).at(metric.id, group, period)
    return ((cohort, member, standing_of(store, metric, member, period)) for member in cohort.members)


def _latest(store: FigureStore, authority: Authority, group: Group, metrics: Sequence[Metric]) -> Figures:
    for metric in metrics:
        standing = latest_standing(store, metric, authority)
        if standing:
            yield cohorts_of(store).at(metric.id, group, standing.period), authority, standing


def _side_by_side(store: FigureStore, chosen: Comparison) -> Figures:
    for metric in metrics_shown(store, chosen):
        period = shared_period(store, metric, chosen.authorities)
        if period is None:
            continue
        for authority in chosen.authorities:
            group = next((g for g in chosen.groups if is_in_group(g, authority)), type_group(authority.type))
            cohort = cohorts_of(store).at(metric.id, group, period)
            yield cohort, authority, standing_of(store, metric, authority, period)
