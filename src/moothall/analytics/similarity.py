"""Which councils are alike: distance over circumstances that a council cannot choose, within one type (METHODS 5)."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.summary import summarise

MINIMUM_KNOWN = 2 / 3
"""The least part of the total weight that must be known of both councils for a distance between them."""

VERY_CLOSE, CLOSE, FAIRLY_CLOSE = 0.5, 0.8, 1.1
"""Distances up to these have the word. Two councils drawn blindly from a normal curve lie about 1.4 apart."""

MOST_SPREADS = 3.0
"""How far out a council counts in one variable. Where most of a type are alike to a hair's breadth (nearly everybody in
a metropolitan district lives in a town), a few lie 10 or 20 such spreads out: that variable would decide alone."""

MOST_REASONS = 3
"""How many variables are named that bring two councils together, and how many that part them."""


class Closeness(StrEnum):
    """A distance in words."""

    VERY_CLOSE = "very close"
    CLOSE = "close"
    FAIRLY_CLOSE = "fairly close"
    NOT_CLOSE = "not close"


@dataclass(frozen=True, slots=True)
class Reason:
    """One variable (its place in the model) and how far the other council lies above the own one, in spreads."""

    variable: int
    difference: float


@dataclass(frozen=True, slots=True)
class Peer:
    """A similar council: its ``row``, its distance, and the variables that bring together and part the two."""

    row: int
    distance: float
    closeness: Closeness
    together: tuple[Reason, ...]
    apart: tuple[Reason, ...]


def standardise(values: NDArray[np.float64], is_log: NDArray[np.bool_]) -> NDArray[np.float64]:
    """``values`` [authorities of one type, variables] as distances from the type's median in spreads.

    Where ``is_log`` [variables] holds the logarithm is taken first; a figure of zero or less then counts as none.
    What lies more than ``MOST_SPREADS`` out is drawn in to it.
    NaN is no figure and stays so. A variable of which fewer than 3 figures are known, or whose figures have no
    spread, cannot tell councils apart: it is NaN for all.
    """
    found = np.where(is_log, _logarithm(values), values)
    for column in range(found.shape[1]):
        summary = summarise(found[:, column])
        found[:, column] = (
            np.clip((found[:, column] - summary.median) / summary.spread, -MOST_SPREADS, MOST_SPREADS)
            if summary.median is not None and summary.spread
            else np.nan
        )
    return found


def _logarithm(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.log(values, where=values > 0, out=np.full_like(values, np.nan))


def distances(standardised: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """The distance between every two councils [authorities, authorities], in spreads of a typical variable.

    The root of the weighted mean square difference over the variables known of both; NaN where these carry less than
    ``MINIMUM_KNOWN`` of the weight of the variables that the type has, and from a council to itself.
    """
    found = _distances_between(standardised, standardised, weights)
    np.fill_diagonal(found, np.nan)
    return found


def distances_from(standardised: NDArray[np.float64], weights: NDArray[np.float64], own: int) -> NDArray[np.float64]:
    """The row of ``distances`` of one council [1, authorities]."""
    found = _distances_between(standardised[own : own + 1], standardised, weights)
    found[0, own] = np.nan
    return found


def _distances_between(
    some: NDArray[np.float64], every: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """From each of ``some`` to ``every`` council: [some, every], 0 from one to itself."""
    gaps = np.square(some[:, None, :] - every[None, :, :])
    known = np.where(np.isnan(gaps), 0.0, weights)
    weight = known.sum(axis=2)
    possible = weights[~np.isnan(every).all(axis=0)].sum()
    is_enough = (weight >= MINIMUM_KNOWN * possible - 1e-12) & (weight > 0)
    squares = (np.nan_to_num(gaps) * known).sum(axis=2)
    found: NDArray[np.float64] = np.sqrt(np.divide(squares, weight, where=is_enough, out=np.full_like(weight, np.nan)))
    return found


def nearest(distance: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    """The rows of the ``count`` nearest to each council [authorities, count], nearest first; -1 where there are fewer.

    Of councils at the same distance the one in the earlier row comes first.
    """
    order = np.argsort(np.where(np.isnan(distance), np.inf, distance), axis=1, kind="stable")[:, :count]
    is_known = ~np.isnan(np.take_along_axis(distance, order, axis=1))
    found = np.where(is_known, order, -1)
    missing = max(0, count - found.shape[1])
    return np.pad(found, ((0, 0), (0, missing)), constant_values=-1).astype(np.int64)


def peers_of(standardised: NDArray[np.float64], weights: NDArray[np.float64], own: int, count: int) -> tuple[Peer, ...]:
    """The ``count`` councils nearest to that of row ``own``, nearest first, each with its reasons; empty where too
    little is known of the council itself."""
    distance = distances_from(standardised, weights, own)
    rows = [row for row in nearest(distance, count)[0].tolist() if row >= 0]
    typical = _typical_squares(standardised, own) if rows else np.empty(0)
    return tuple(_peer(standardised, weights, own, row, float(distance[0, row]), typical) for row in rows)


def _typical_squares(standardised: NDArray[np.float64], own: int) -> NDArray[np.float64]:
    """The square difference between a council and a typical other one of its type: [variables]."""
    squares = np.square(np.delete(standardised, own, axis=0) - standardised[own])
    return np.array([_median(squares[:, variable]) for variable in range(squares.shape[1])])


def _median(squares: NDArray[np.float64]) -> float:
    return float("nan") if np.isnan(squares).all() else float(np.nanmedian(squares))


def closeness_of(distance: float) -> Closeness:
    """The word for a distance."""
    if distance <= VERY_CLOSE:
        return Closeness.VERY_CLOSE
    if distance <= CLOSE:
        return Closeness.CLOSE
    return Closeness.FAIRLY_CLOSE if distance <= FAIRLY_CLOSE else Closeness.NOT_CLOSE


def _peer(
    standardised: NDArray[np.float64],
    weights: NDArray[np.float64],
    own: int,
    row: int,
    distance: float,
    typical: NDArray[np.float64],
) -> Peer:
    differences = standardised[row] - standardised[own]
    together, apart = _reasons(weights, differences, typical)
    named = tuple(tuple(Reason(v, float(differences[v])) for v in chosen) for chosen in (together, apart))
    return Peer(row, distance, closeness_of(distance), named[0], named[1])


def _reasons(
    weights: NDArray[np.float64], differences: NDArray[np.float64], typical: NDArray[np.float64]
) -> tuple[list[int], list[int]]:
    """Which variables bring two councils together and which part them, the strongest first.

    A variable brings them together by as much as their difference is less than that between the own council and a
    typical one of its type; it parts them by as much as it adds to their distance. None does both.
    """
    known = np.flatnonzero(~np.isnan(differences) & (weights > 0))
    squares = np.square(differences[known])
    pull = weights[known] * (typical[known] - squares)
    together = [int(known[i]) for i in np.argsort(-pull, kind="stable") if pull[i] > 0][:MOST_REASONS]
    push = weights[known] * squares
    apart = [int(known[i]) for i in np.argsort(-push, kind="stable") if push[i] > 0 and int(known[i]) not in together]
    return together, apart[:MOST_REASONS]
