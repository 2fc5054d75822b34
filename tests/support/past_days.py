"""A home with a past: twelve made-up towns, one warning rule, a register of formal actions, and dated releases.

A town whose figure is 20 or less is flagged. Releases are given as id, day of publication, its precision and figures by
town; a figure stands for the financial year 2016-17 unless its key says another.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from moothall.store import Store
from tests.catalogue.test_signals import LENSES, RULE, lens, rule
from tests.support.actions import ACTIONS, LEDGER, action, ledger
from tests.support.catalogue_builder import METRIC, SOURCE, UNITARY, authority, metric, tiny_catalogue, write_catalogue
from tests.support.tiny_home import build_home, published, read_home

TOWNS = "ABCDEFGHIJKL"
YEAR = "2016-17"
VARIANTS = "backtest/variants.yaml"
LEVEL = {"level": {"when": "at-most", "fired": 20}}

FIGURES = {town: 30 + n for n, town in enumerate(TOWNS)} | {"A": 10, "B": 15}
"""At first towns A and B are at or below 20."""

EVENTS = {"A": "2019-03-01", "C": "2019-11-01"}
"""Town A meets its event within a year of 1 October 2018, town C within two."""


def code(town: str) -> str:
    """The authority code of a town."""
    return f"T{town}"


def rows_of(figures: Mapping[str, float]) -> str:
    """The publisher's rows; a key is a town, or a town and a year as ``A 2017-18``."""
    lines = []
    for key, figure in figures.items():
        town, _, year = key.partition(" ")
        lines.append(f"E06{TOWNS.index(town) + 100:06d},{year or YEAR},Recycling,Council,,{figure / 100}")
    return "\n".join(lines)


def events(on: Mapping[str, str] = EVENTS) -> list[dict[str, Any]]:
    """A governance event for each town, on its day."""
    kind = {"kind": "best-value-notice", "counts_as": "governance-event"}
    return [
        action(f"town-{town.lower()}-notice", authority=code(town), decided_on=day, **kind) for town, day in on.items()
    ]


def make_past(
    folder: Path,
    releases: Sequence[tuple[str, str, str, Mapping[str, float]]],
    actions: Sequence[dict[str, Any]] | None = None,
    variants: Sequence[dict[str, Any]] = (),
) -> Path:
    """Write the home, read its releases and build it; returns ``folder``."""
    held = events() if actions is None else list(actions)
    content = tiny_catalogue()
    towns = [authority(code(t), f"Town {t}", "unitary", f"E06{n + 100:06d}") for n, t in enumerate(TOWNS)]
    content[UNITARY] = {"authorities": [*content[UNITARY]["authorities"], *towns]}
    content[METRIC] = metric("recycling-rate", breaks=[])
    content[LENSES] = {"lenses": [lens(look_closer_from=1)]}
    content[RULE] = rule(test=LEVEL)
    content[ACTIONS] = {"actions": held}
    content[LEDGER] = ledger(*(each["id"] for each in held), complete_to="2020-12-31")
    if variants:
        content[VARIANTS] = {"variants": list(variants)}
    content[SOURCE]["releases"] = [
        {**published(folder, id_, on, rows_of(figures)), "published_precision": precision}
        for id_, on, precision, figures in releases
    ]
    write_catalogue(folder, content)
    read_home(folder)
    build_home(folder)
    return folder


def open_past(folder: Path) -> Store:
    """The store of a home."""
    return Store.open(folder / "data" / "build")
