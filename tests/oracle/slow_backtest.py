"""A second, slow and obvious reading of METHODS 9: all orders of ties tried, all pairs counted, slopes by search.

No code of ours. The fitted model is checked through pseudo-rows: a log-F(2, 2) prior on a slope is the same as one row
that succeeds and one that fails with that variable alone at one and no intercept.
"""

import math
from itertools import pairwise, permutations

Row = tuple[list[float], bool]


def slow_hits(scores: list[float | None], events: list[bool], count: int) -> float:
    """The mean number of events among the first ``count`` over all orders in which higher scores come first."""
    total, orders = 0, 0
    for order in permutations(range(len(scores))):
        held = [scores[i] if scores[i] is not None else -math.inf for i in order]
        if all(a >= b for a, b in pairwise(held)):  # type: ignore[operator]
            orders += 1
            total += sum(events[i] for i in order[:count])
    return total / orders


def slow_auc(sittings: list[tuple[list[float | None], list[bool]]]) -> float | None:
    """Every pair of one with and one without an event in each sitting, one after the other."""
    won, pairs = 0.0, 0
    for scores, events in sittings:
        held = [-math.inf if score is None else score for score in scores]
        for own, has_event in zip(held, events, strict=True):
            for other, has_too in zip(held, events, strict=True):
                if has_event and not has_too:
                    pairs += 1
                    won += 1.0 if own > other else 0.5 if own == other else 0.0
    return won / pairs if pairs else None


def slow_lead(flags: list[bool], months_before: list[int]) -> int | None:
    """Walk back from the last origin before the onset while flagged; ``months_before`` of each origin, above zero."""
    best = None
    for flagged, months in sorted(zip(flags, months_before, strict=True), key=lambda pair: pair[1]):
        if not flagged:
            return best
        best = months
    return best


def with_pseudo_rows(rows: list[Row]) -> list[tuple[list[float], bool]]:
    """Each row with a 1 for its intercept, and for each other column one success and one failure of its own."""
    width = len(rows[0][0])
    plain = [([1.0, *values], event) for values, event in rows]
    alone = [[0.0] + [float(n == column) for n in range(width)] for column in range(width)]
    return plain + [(values, event) for values in alone for event in (True, False)]


def slow_logistic(rows: list[Row]) -> list[float]:
    """Intercept and slopes at the top of the penalised likelihood: one at a time, by halving, in many rounds."""
    design = with_pseudo_rows(rows)
    found = [0.0] * len(design[0][0])
    for _ in range(200):
        before = list(found)
        for number in range(len(found)):
            found[number] = _best(design, found, number)
        if max(abs(a - b) for a, b in zip(before, found, strict=True)) < 1e-7:
            break
    return found


def _best(design: list[tuple[list[float], bool]], found: list[float], number: int) -> float:
    """Where the slope of the likelihood along one coefficient is nought, the others held."""
    others = [sum(a * b for a, b in zip(v, found, strict=True)) - v[number] * found[number] for v, _ in design]
    low, high = -30.0, 30.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        rising = sum(
            values[number] * (event - 1 / (1 + math.exp(-(rest + values[number] * middle))))
            for (values, event), rest in zip(design, others, strict=True)
        )
        low, high = (middle, high) if rising > 0 else (low, middle)
    return (low + high) / 2
