"""A made-up group that goes its own steady ways, in which one council turned its figures round."""

import re
from collections.abc import Sequence

from tests.support.signals import with_signals
from tests.support.similar import make_model, with_models
from tests.support.store_builder import MET_NAMES, FakeStore, make_metric, make_store

RATE, CARE = "household-waste-recycling-rate", "quality-of-life"
RISE = (38.0, 38.0, 38.0, 38.0, 42.0, 46.0, 50.0, 50.0)


def steady_table(leeds: Sequence[float] = RISE) -> str:
    """Leeds among eleven others that go their own steady ways round 45, so that all their changes last."""
    years = [f"{year}-{(year + 1) % 100:02d}" for year in range(2016, 2016 + len(leeds))]
    others = [name for name in MET_NAMES if name != "Leeds"]
    lines = ["   ".join(years), "Leeds  " + "  ".join(f"{figure:.1f}" for figure in leeds)]
    for place, name in enumerate(others, start=-5):
        figures = [45 + place * (1 + 0.3 * column) for column in range(len(leeds))]
        lines.append(f"{name}  " + "  ".join(f"{figure:.1f}" for figure in figures))
    return "\n".join(lines)


def make_turning_store() -> FakeStore:
    """Leeds turned two metrics round; another council stands where it was, has signs, and could learn from it."""
    metrics = [make_metric(name, title=title) for name, title in ((RATE, "Recycling"), (CARE, "Quality of life"))]
    tables = [steady_table(), re.sub(r"\d+\.\d", lambda at: f"{float(at[0]) * 0.93:.1f}", steady_table())]
    return with_signals(with_models(make_store(dict(zip(metrics, tables, strict=True))), make_model()))
