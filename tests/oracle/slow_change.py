"""A second, slow and obvious reading of METHODS 4, one authority and one period at a time. No code of ours."""

import math
from itertools import pairwise
from statistics import mean

from tests.oracle.slow_position import slow_summary

Series = list[float | None]


def line(points: list[tuple[float, float, float]]) -> tuple[float, float]:
    """Slope and its standard error of a line through (time, figure, weight), from the normal equations."""
    w, wt = math.fsum(p[2] for p in points), math.fsum(p[2] * p[0] for p in points)
    wtt, wy = math.fsum(p[2] * p[0] ** 2 for p in points), math.fsum(p[2] * p[1] for p in points)
    wty = math.fsum(p[2] * p[0] * p[1] for p in points)
    divisor = w * wtt - wt**2
    return (w * wty - wt * wy) / divisor, math.sqrt(w / divisor)


def slow_weighted(figures: Series, half_widths: list[float]) -> str:
    known = [
        (float(time), figure, (half * 2 / 3.92) ** -2 if half else math.inf)
        for time, (figure, half) in enumerate(zip(figures, half_widths, strict=True))
        if figure is not None
    ]
    if not figures or figures[-1] is None:
        return "no-value"
    if len(known) < 5:
        return "too-few-periods"
    if any(math.isinf(weight) for _, _, weight in known):
        return "no-width"
    slope, error = line(known)
    if (slope / error) ** 2 <= 9.5495:
        return "within-noise"
    others = [line([*known[:place], *known[place + 1 :]])[0] for place in range(len(known))]
    if any(other / slope <= 1e-9 for other in others):
        return "one-point-decides"
    return "weighted-slope up" if slope > 0 else "weighted-slope down"


Change = dict[str, float]


def slow_changes(panel: list[Series], groups: list[str], step: float, at: int) -> list[Change | str | None]:
    """The change of each authority from period ``at`` to the next: against its group, or why there is none."""
    raw = [
        None if row[at] is None or row[at + 1] is None else row[at + 1] - row[at]  # type: ignore[operator]
        for row in panel
    ]
    found: list[Change | str | None] = []
    for own, label in zip(raw, groups, strict=True):
        group = [change for change, other in zip(raw, groups, strict=True) if other == label]
        summary = slow_summary(group)
        spread, middle = summary["spread"], summary["median"]
        if summary["n"] < 10:  # type: ignore[operator]
            found.append("small")
        elif not spread or step > float(spread) / 1.4826 / 2 * (1 + 1e-6):  # type: ignore[arg-type]
            found.append("coarse")
        elif own is None:
            found.append(None)
        else:
            excess = own - float(middle)  # type: ignore[arg-type]
            width = float(spread)  # type: ignore[arg-type]
            found.append({"raw": own, "excess": excess, "spread": width, "z": excess / width})
    return found


def drawn_in(z: float) -> float:
    return max(-4.0, min(4.0, z))


def slow_lasting(history: list[list[Change | str | None]]) -> tuple[float, float] | None:
    """The lasting shares from all successive pairs in the history of changes [period][authority]."""
    return slow_pooled([history])


def slow_pooled(histories: list[list[list[Change | str | None]]]) -> tuple[float, float] | None:
    """The same from several histories, such as one for each quarter of the year."""
    pairs = [
        (drawn_in(a["z"]), drawn_in(b["z"]))
        for history in histories
        for before, after in pairwise(history)
        for a, b in zip(before, after, strict=True)
        if isinstance(a, dict) and isinstance(b, dict)
    ]
    squares = math.fsum((a * a + b * b) / 2 for a, b in pairs)
    if len(pairs) < 30 or not squares:
        return None
    r = min(0.0, max(-0.5, math.fsum(a * b for a, b in pairs) / squares))
    return 1 + 2 * r, (1 + 2 * r) / (1 + r)


def own_spread(history: list[list[Change | str | None]], row: int) -> float:
    squares = [drawn_in(one[row]["z"]) ** 2 for one in history if isinstance(one[row], dict)]  # type: ignore[index, call-overload]
    return max(1.0, math.sqrt((4 + math.fsum(squares)) / (4 + len(squares))))


def slow_annual(panel: list[Series], groups: list[str], step: float) -> list[str]:
    """What the annual rule says of each authority after the last period."""
    history = [slow_changes(panel, groups, step, at) for at in range(len(panel[0]) - 1)]
    lasting = slow_lasting(history)
    return [slow_verdict(history, lasting, panel[row], row) for row in range(len(panel))]


def slow_verdict(
    history: list[list[Change | str | None]], lasting: tuple[float, float] | None, figures: Series, row: int
) -> str:
    if figures[-1] is None or len(figures) < 3 or None in figures[-3:]:
        return "no-value" if figures[-1] is None else "too-few-periods"
    before, last = history[-2][row], history[-1][row]
    for word, reason in (("small", "too-few-in-group"), ("coarse", "too-coarse")):
        if word in (before, last):
            return reason
    assert isinstance(before, dict)
    assert isinstance(last, dict)
    if lasting is None or lasting[1] < 0.8:
        return "too-noisy"
    way = 1 if last["excess"] > 0 else -1
    both = (before["excess"] + last["excess"]) / math.sqrt((before["spread"] ** 2 + last["spread"] ** 2) / 2)
    agree = all(way * change[name] > 0 for change in (before, last) for name in ("raw", "excess"))
    word = "up" if way > 0 else "down"
    if agree and abs(both) * lasting[1] / own_spread(history[:-2], row) >= 2.5:
        return f"two-changes {word}"
    bounces = way * before["excess"] < 0 and abs(before["excess"]) >= abs(last["excess"]) / 2
    alone = abs(last["z"]) * lasting[0] / own_spread(history[:-1], row)
    if lasting[0] >= 0.8 and alone >= 3 and way * last["raw"] > 0 and not bounces:
        return f"one-large-change {word}"
    return "within-noise"


def slow_xmr(figures: list[float]) -> list[set[str]]:
    """The rules that each figure completes, read off figure by figure; limits from the first twelve."""
    base = figures[:12]
    middle = mean(base)
    reach = 2.66 * mean(abs(b - a) for a, b in pairwise(base))
    found = []
    for place, figure in enumerate(figures):
        rules = set()
        if abs(figure - middle) > reach:
            rules.add("beyond-limit")
        for way in (1, -1):
            away = [way * (one - middle) for one in figures[: place + 1]]
            if len(away) >= 8 and min(away[-8:]) > 0:
                rules.add("run-on-one-side")
            if away[-1] > reach * 2 / 3 and sum(one > reach * 2 / 3 for one in away[-3:]) >= 2:
                rules.add("near-limit")
            if len(away) >= 6 and all(b > a for a, b in zip(away[-6:], away[-5:], strict=False)):
                rules.add("steady-trend")
        found.append(rules)
    return found
