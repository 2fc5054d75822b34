"""A second, slow and obvious reading of METHODS 3, 6 and 10: prediction, many tests, turning round. No code of ours."""

import hashlib
import math

import numpy as np

Rows = list[int]


def slow_cut_off(p_values: list[float], rate: float) -> float:
    """Try every p as the limit, the largest first: it holds where at most a ``rate`` of those passing is expected."""
    for p in sorted(p_values, reverse=True):
        if p * len(p_values) <= rate * sum(other <= p for other in p_values) * (1 + 1e-12):
            return p
    return 0.0


def slow_fold(code: str) -> int:
    return int(hashlib.sha256(code.encode()).hexdigest()[:16], 16) % 10


def slow_prediction(y: list[float], x: list[list[float]], wanted: list[float], penalty: float) -> float:
    """Ridge as least squares with a row of sqrt(penalty) added for each variable; the constant is not penalised."""
    table = np.array(x)
    rows = np.column_stack([np.ones(len(y)), table])
    penalised = np.column_stack([np.zeros(table.shape[1]), math.sqrt(penalty) * np.eye(table.shape[1])])
    both = np.vstack([rows, penalised]), np.concatenate([y, np.zeros(table.shape[1])])
    return float(np.array([1.0, *wanted]) @ np.linalg.lstsq(*both, rcond=None)[0])


def slow_expected(y: list[float], x: list[list[float]], codes: list[str], kinds: list[str]) -> list[float]:
    """Each authority from others of its type and of other parts; the penalty by leaving each of those out in turn."""
    found = []
    for row, code in enumerate(codes):
        seen = [i for i, other in enumerate(codes) if kinds[i] == kinds[row] and slow_fold(other) != slow_fold(code)]
        if kinds.count(kinds[row]) < 11:
            found.append(math.nan)
            continue
        table = np.array([x[i] for i in seen])
        scaled = ((np.array(x) - table.mean(axis=0)) / table.std(axis=0)).tolist()
        scores = {}
        for penalty in (0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0):
            errors = []
            for i in seen:
                others = [j for j in seen if j != i]
                guess = slow_prediction([y[j] for j in others], [scaled[j] for j in others], scaled[i], penalty)
                errors.append(abs(y[i] - guess))
            scores[penalty] = math.fsum(errors)
        best = max(penalty for penalty, score in scores.items() if score <= min(scores.values()) * (1 + 1e-12))
        found.append(slow_prediction([y[i] for i in seen], [scaled[i] for i in seen], scaled[row], best))
    return found


def slow_half_widths(errors: list[float], kinds: list[str]) -> list[float | None]:
    found: list[float | None] = []
    for row, kind in enumerate(kinds):
        others = sorted(error for i, error in enumerate(errors) if i != row and kinds[i] == kind)
        found.append(others[math.ceil(0.9 * (len(others) + 1)) - 1] if len(others) >= 10 else None)
    return found


def slow_turned(away: list[float | None], flags: list[int]) -> tuple[int, int, int] | None:
    """Walk back through one authority's distances (above 0 is better) and flags (1 better, -1 worse, one a change)."""
    last = len(away) - 1
    if last < 3 or any(one is None or one <= 0 for one in away[-2:]):
        return None
    worse = [place for place in range(last - 2) if (here := away[place]) is not None and here < 0]
    if not worse:
        return None
    since = [(place + 1, flag) for place, flag in enumerate(flags) if place + 1 > worse[-1] and flag]
    if not since or since[-1][1] < 0:
        return None
    first = last
    while first > 0 and (here := away[first - 1]) is not None and here > 0:
        first -= 1
    return worse[-1], since[-1][0], first
