"""In which order a group's table lists its councils: by name; a reader may choose similarity, or the figure.

The order by the figure exists only within a named group, where each place stands beside it as a range; over all of
England it would be a league table, so there is none.
"""

import math
from collections.abc import Callable
from enum import StrEnum

from moothall.analytics.groups import GroupKind
from moothall.domain.authority import Authority
from moothall.presenters.addresses import day_choice, metric_address
from moothall.presenters.figures.cohort import Cohort
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.similarity.similar import usual_peers


class Order(StrEnum):
    """The orders in which councils may be listed."""

    NAME = "name"
    SIMILARITY = "similarity"
    FIGURE = "figure"


ORDER_WORDS = {
    Order.NAME: "by name",
    Order.SIMILARITY: "most like it first, then by name",
    Order.FIGURE: "highest figure first, as you asked",
}


def is_ranking(cohort_kind: GroupKind, order: Order | None) -> bool:
    """True for an order that would make a league table of England."""
    return order is Order.FIGURE and cohort_kind is GroupKind.ENGLAND


def places_in_order(store: FigureStore, cohort: Cohort, authority: Authority | None, order: Order) -> list[int]:
    """The rows of a cohort's members in an order; equal figures, and those that have none, by name."""
    peers = usual_peers(store, authority) if authority and order is Order.SIMILARITY else None
    nearness = {code: place for place, code in enumerate((authority.code, *peers.codes))} if authority and peers else {}
    figures = cohort.values.tolist()
    keys: dict[Order, Callable[[int], float]] = {
        Order.NAME: lambda _row: 0,
        Order.SIMILARITY: lambda row: nearness.get(cohort.members[row].code, len(nearness)),
        Order.FIGURE: lambda row: math.inf if math.isnan(figures[row]) else -figures[row],
    }
    return sorted(range(len(figures)), key=keys[order])


def order_links(store: FigureStore, cohort: Cohort, authority: Authority | None, order: Order) -> dict[Order, str]:
    """The addresses of the same view in the other orders that there are for it."""
    choices = {
        "authority": authority.slug if authority else "",
        "group": cohort.group.id,
        "period": cohort.period.slug,
        "boundaries": "now" if store.boundaries else "",
        **day_choice(store.day),
    }
    there = [one for one in Order if one is not order and not is_ranking(cohort.group.kind, one)]
    has_peers = authority is not None and usual_peers(store.whole, authority) is not None
    return {
        one: metric_address(cohort.metric.id, **choices, by="" if one is Order.NAME else one)
        for one in there
        if one is not Order.SIMILARITY or has_peers
    }
