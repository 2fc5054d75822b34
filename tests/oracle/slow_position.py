"""A second, slow and obvious reading of METHODS 2, in exact fractions. It shares no code with moothall.analytics."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from statistics import median

Figures = list[float | None]


def exact(figure: float) -> Fraction:
    """The decimal number as a publisher wrote it, not the nearest binary one."""
    return Fraction(repr(figure))


def published(figures: Figures) -> list[Fraction]:
    return sorted(exact(figure) for figure in figures if figure is not None)


def quantile(ordered: list[Fraction], share: Fraction) -> Fraction:
    """Walk along the figures, set at equal distances from 0 to 1, until the share is passed."""
    gaps = len(ordered) - 1
    for place in range(gaps):
        start, end = Fraction(place, gaps), Fraction(place + 1, gaps)
        if start <= share <= end:
            return ordered[place] + (ordered[place + 1] - ordered[place]) * (share - start) / (end - start)
    raise AssertionError("a share lies between 0 and 1")


def slow_summary(figures: Figures) -> dict[str, Fraction | int | str | None]:
    ordered = published(figures)
    names = ("median", "mad", "spread", "lower_quartile", "upper_quartile", "low", "high")
    if len(ordered) < 3:
        return {"n": len(ordered), **dict.fromkeys(names), "refused": "group-too-small"}
    middle = median(ordered)
    mad = median([abs(figure - middle) for figure in ordered])
    lower, upper = quantile(ordered, Fraction(1, 4)), quantile(ordered, Fraction(3, 4))
    spread = mad * Fraction("1.4826") if mad else (upper - lower) / Fraction("1.349")
    low, high = quantile(ordered, Fraction(2, 100)), quantile(ordered, Fraction(98, 100))
    found = (middle, mad, spread, lower, upper, low, high)
    return {"n": len(ordered), **dict(zip(names, found, strict=True)), "refused": None}


def as_shown(figure: Fraction, step: float) -> int:
    """The figure as a reader sees it, in steps: rounded on paper, halves away from zero."""
    steps = figure / exact(step)
    return int((Decimal(steps.numerator) / Decimal(steps.denominator)).quantize(Decimal(1), ROUND_HALF_UP))


def slow_too_coarse(figures: Figures, step: float) -> bool:
    spread = slow_summary(figures)["spread"]
    assert isinstance(spread, Fraction)
    return exact(step) > spread / Fraction("1.4826") / 2


def quarter(place: int, n: int) -> str:
    """The band of the council at this place from below (0 is the lowest), when nobody is tied."""
    share = Fraction(2 * place + 1, 2 * n)
    if share < Fraction(1, 4):
        return "lower-than-most"
    return "higher-than-most" if share > Fraction(3, 4) else "about-the-middle"


def slow_position(figures: Figures, own: float | None, step: float) -> dict[str, object]:
    """Line the councils up by what readers see, and look where those that show the same number stand."""
    line = sorted(as_shown(figure, step) for figure in published(figures))
    n = len(line)
    nothing = dict.fromkeys(("rank_low", "rank_high", "percentile", "robust_z", "band"))
    if own is None or n < 3:
        return {"n": n, **nothing, "tied": 0, "refused": "no-value" if own is None else "group-too-small"}
    places = [place for place, shown in enumerate(line) if shown == as_shown(exact(own), step)]
    bands = {quarter(place, n) for place in places}
    coarse = slow_too_coarse(figures, step)
    reasons = [
        ("too-few-for-bands", n < 10),
        ("too-coarse", coarse),
        ("tie-straddles-band", len(bands) > 1),
    ]
    refused = next((reason for reason, holds in reasons if holds), None)
    summary = slow_summary(figures)
    return {
        "n": n,
        "rank_low": n - places[-1],
        "rank_high": n - places[0],
        "tied": len(places),
        "percentile": (sum(places) / Fraction(len(places)) + Fraction(1, 2)) / n,
        "robust_z": None if coarse else (exact(own) - summary["median"]) / summary["spread"],  # type: ignore[operator]
        "band": None if refused else bands.pop(),
        "refused": refused,
    }


def slow_explorer_figure(figures: Figures, own: float | None) -> Fraction | None:
    summary = slow_summary(figures)
    if own is None or not summary["mad"]:
        return None
    return (exact(own) - summary["median"]) / summary["mad"]  # type: ignore[operator]
