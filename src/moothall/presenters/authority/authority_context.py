"""The circumstances of a council beside its group and England: a few figures that nobody at the council can choose."""

from collections.abc import Iterator

from moothall.analytics.groups import ENGLAND, Group
from moothall.domain.authority import Authority
from moothall.presenters.addresses import metric_address
from moothall.presenters.blocks import Fact
from moothall.presenters.figures.cohort import cohorts_of, latest_standing
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.shared_by_councils.replies import replies_of
from moothall.presenters.wording.numbers import short_value_text

CONTEXT = (
    ("population", "People"),
    ("population-density", "People per square kilometre"),
    ("deprivation-average-score", "Deprivation score"),
    ("share-aged-65-and-over", "Aged 65 and over"),
)
"""The metrics by which a council is placed at a glance, each with a short label."""


def context_facts(store: FigureStore, authority: Authority, group: Group) -> Iterator[Fact]:
    """Each circumstance with its period and the middle figures of the group and of all councils in England.

    Those without a figure are left out. No group stands beside itself.
    """
    beside = [*([] if group == ENGLAND else [(group, "of the group")]), (ENGLAND, "of England's councils")]
    for metric_id, label in CONTEXT:
        metric = store.catalogue.metrics.get(metric_id)
        standing = latest_standing(store, metric, authority) if metric else None
        if metric and standing and standing.value is not None:
            middles = [
                f"{words} {short_value_text(median, metric.unit, metric.decimals)}"
                for each, words in beside
                if (median := cohorts_of(store).at(metric.id, each, standing.period).summary.median) is not None
            ]
            middle = f"; middle {', '.join(middles)}" if middles else ""
            value = short_value_text(standing.value, metric.unit, metric.decimals)
            page = metric_address(metric.id, authority=authority.slug, group=group.id)
            replies = replies_of(store).marks(metric.id, authority, [standing.period.slug])
            yield Fact(f"{label}, {standing.period.label}{middle}", value, page, replies)
