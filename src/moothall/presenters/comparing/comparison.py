"""What is set side by side: councils, metrics and groups, as an address of the page that compares names them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from moothall.analytics.groups import Group, is_eligible, type_group
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric, Theme
from moothall.domain.period import Period
from moothall.presenters.addresses import compare_address
from moothall.presenters.authority.leading_metrics import named_metrics
from moothall.presenters.figures.cohort import cohorts_of, standing_of
from moothall.presenters.figures.reading import FigureStore, live_metrics

MOST_AUTHORITIES, MOST_METRICS, MOST_GROUPS = 8, 8, 3


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was chosen; what is not is filled in: metrics of a theme or of frameworks, each council's own type."""

    authorities: tuple[Authority, ...] = ()
    metrics: tuple[Metric, ...] = ()
    groups: tuple[Group, ...] = ()
    theme: Theme | None = None

    @property
    def is_empty(self) -> bool:
        """True where there is nothing to compare yet."""
        return not self.authorities and not self.groups

    @property
    def address(self) -> str:
        """The address that holds these choices."""
        return compare_address(
            [authority.slug for authority in self.authorities],
            [metric.id for metric in self.metrics],
            [group.id for group in self.groups],
            self.theme.id if self.theme else "",
        )

    @property
    def all_groups(self) -> list[Group]:
        """The groups whose middle figures stand beside: those chosen, else the type of each council."""
        return list(self.groups) or list(dict.fromkeys(type_group(authority.type) for authority in self.authorities))

    def without(self, thing: Authority | Metric | Group) -> "Comparison":
        """The same choices without one of them."""
        return replace(
            self,
            authorities=tuple(one for one in self.authorities if one != thing),
            metrics=tuple(one for one in self.metrics if one != thing),
            groups=tuple(one for one in self.groups if one != thing),
        )


def metrics_shown(store: FigureStore, chosen: Comparison) -> list[Metric]:
    """The metrics chosen; else those of the theme, or those that public frameworks name, for one of the types."""
    if chosen.metrics:
        return list(chosen.metrics)
    named = named_metrics(store)
    return [
        metric
        for metric in live_metrics(store)
        if (metric.theme == chosen.theme.id if chosen.theme else metric.id in named) and _is_for(metric, chosen)
    ]


def _is_for(metric: Metric, chosen: Comparison) -> bool:
    return not chosen.authorities or any(a.type in metric.applies_to for a in chosen.authorities)


def shared_period(
    store: FigureStore, metric: Metric, authorities: Sequence[Authority], groups: Sequence[Group] = ()
) -> Period | None:
    """The newest period in which all of these that are eligible have a figure; else in which any has; else None.

    Without councils, the newest in which a member of the groups has one.
    """
    service = store.catalogue.responsibilities[metric.responsibility]
    newest_of_any = None
    for period in reversed(store.panel(metric.id).periods):
        eligible = [a for a in authorities if is_eligible(a, metric, service, period.end)]
        has = [standing_of(store, metric, a, period).value is not None for a in eligible]
        if not authorities:
            has = [bool(cohorts_of(store).at(metric.id, group, period).known) for group in groups]
        if has and all(has):
            return period
        newest_of_any = newest_of_any or (period if any(has) else None)
    return newest_of_any
