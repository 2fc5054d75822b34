"""A second, slow and obvious reading of METHODS 5: plain loops over councils. It shares no code with analytics."""

from math import log, sqrt
from statistics import median

from tests.oracle.slow_position import slow_summary

Table = list[list[float | None]]
"""Councils down, circumstances across."""


def slow_standardise(figures: Table, is_log: list[bool]) -> Table:
    columns = [[row[place] for row in figures] for place in range(len(is_log))]
    found = [slow_column(column, logged) for column, logged in zip(columns, is_log, strict=True)]
    return [[column[row] for column in found] for row in range(len(figures))]


def slow_column(column: list[float | None], logged: bool) -> list[float | None]:
    taken = [slow_log(figure) if logged else figure for figure in column]
    summary = slow_summary(taken)
    middle, spread = summary["median"], summary["spread"]
    if middle is None or not spread:
        return [None] * len(taken)
    found = [None if figure is None else float((figure - float(middle)) / float(spread)) for figure in taken]  # type: ignore[arg-type]
    return [None if far is None else max(-3.0, min(3.0, far)) for far in found]


def slow_log(figure: float | None) -> float | None:
    return log(figure) if figure is not None and figure > 0 else None


def slow_distance(table: Table, weights: list[float], one: int, other: int) -> float | None:
    if one == other:
        return None
    had = [place for place in range(len(weights)) if any(row[place] is not None for row in table)]
    total = squares = 0.0
    for place, weight in enumerate(weights):
        first, second = table[one][place], table[other][place]
        if first is not None and second is not None:
            total += weight
            squares += weight * (first - second) ** 2
    if not total or 3 * total < 2 * sum(weights[place] for place in had) - 1e-9:
        return None
    return sqrt(squares / total)


def slow_peers(table: Table, weights: list[float], own: int, count: int) -> list[int]:
    found = [(slow_distance(table, weights, own, row), row) for row in range(len(table))]
    return [row for _, row in sorted((d, row) for d, row in found if d is not None)][:count]


def slow_peer_median(values: list[float | None], peers: list[int]) -> float | None:
    known = [figure for figure in (values[peer] for peer in peers if peer >= 0) if figure is not None]
    return median(known) if len(known) >= 3 else None
