"""A second, slow and obvious reading of METHODS 3: intervals by search, funnels by hand. No code of ours."""

import math
from collections.abc import Callable
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.975)


def search(is_beyond: Callable[[float], bool], low: float, high: float) -> float:
    """Halve the gap two hundred times; ``is_beyond`` is False at the low end and True at the high end."""
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (low, middle) if is_beyond(middle) else (middle, high)
    return high


def slow_wilson(part: int, whole: int) -> tuple[float, float]:
    """The true shares under which the share seen would lie just 1.96 standard errors away."""
    seen = part / whole

    def is_plausible(share: float) -> bool:
        return (seen - share) ** 2 * whole <= Z**2 * share * (1 - share)

    lower = 0.0 if part == 0 else search(is_plausible, 0.0, seen)
    upper = 1.0 if part == whole else search(lambda share: not is_plausible(share), seen, 1.0)
    return lower, upper


def chance_of_at_most(events: int, mean: float) -> float:
    terms = (math.exp(count * math.log(mean) - mean - math.lgamma(count + 1)) for count in range(events + 1))
    return math.fsum(terms)


def exact_poisson(events: int) -> tuple[float, float]:
    """The means under which so many events or more, and so few or fewer, would have a chance of 1 in 40."""
    lower = 0.0
    if events:
        lower = search(lambda mean: 1 - chance_of_at_most(events - 1, mean) > 0.025, 1e-12, float(events))
    upper = search(lambda mean: chance_of_at_most(events, mean) < 0.025, events + 1e-12, 10.0 * events + 20)
    return lower, upper


def slow_quantile(figures: list[float], share: float) -> float:
    ordered, at = sorted(figures), share * (len(figures) - 1)
    below = math.floor(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (at - below)


def slow_funnel(parts: list[float], wholes: list[float], kind: str) -> tuple[float, float, list[float]] | None:
    """Target, tau and z, member by member; None where there is no funnel."""
    if len(parts) < 10 or not sum(parts):
        return None
    target = math.fsum(parts) / math.fsum(wholes)
    unit = target * (1 - target) if kind == "proportion" else target
    if unit <= 0:
        return None
    errors = [math.sqrt(unit / whole) for whole in wholes]
    plain = [(part / whole - target) / error for part, whole, error in zip(parts, wholes, errors, strict=True)]
    low, high = slow_quantile(plain, 0.1), slow_quantile(plain, 0.9)
    drawn_in = [min(max(z, low), high) for z in plain]
    weights = [1 / error**2 for error in errors]
    divisor = math.fsum(weights) - math.fsum(w * w for w in weights) / math.fsum(weights)
    tau2 = max(0.0, (math.fsum(z * z for z in drawn_in) - (len(plain) - 1)) / divisor)
    return target, math.sqrt(tau2), [z * e / math.sqrt(e * e + tau2) for z, e in zip(plain, errors, strict=True)]
