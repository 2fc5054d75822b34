"""The specification of maps: which tone an area has; made-up figures."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from moothall.analytics.map_classes import class_ranges, classify
from tests.spec.tables import Page, Row, Table


def answer_classes(given: Mapping[str, Any]) -> Mapping[str, Any]:
    values = np.array([np.nan if f is None else f for f in given["figures"]], dtype=np.float64)
    classes = classify(values, given["step"])
    ranges = [f"{r.map_class.name.lower()} {r.lowest:g} to {r.highest:g} ({r.count})"
              for r in class_ranges(values, classes)]  # fmt: skip
    return {"classes": classes.tolist(), "key": "; ".join(ranges)}


def make_row(why: str, figures: list[float | None], step: float, classes: list[int], key: str) -> Row:
    return Row(why, {"figures": figures, "step": step}, {"classes": classes, "key": key})


CLASSES = Table(
    "Fifths of what is drawn",
    "0 is no class. With ten figures or more the classes are fifths, 1 the lowest. With three to nine they are 2 "
    "(below the middle figure), 3 (the middle figure) and 4 (above it). Equal figures, as published, "
    "always share a class.",
    answer_classes,
    (
        make_row(
            "Ten figures make five classes of two.",
            [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0],
            1.0,
            [1, 1, 2, 2, 3, 3, 4, 4, 5, 5],
            "lowest 1 to 2 (2); lower 3 to 4 (2); middle 5 to 6 (2); higher 7 to 8 (2); highest 9 to 10 (2)",
        ),
        make_row(
            "A missing figure has no class and counts for nothing.",
            [3.0, None, 1.0, 2.0],
            1.0,
            [4, 0, 2, 3],
            "lower 1 to 1 (1); middle 2 to 2 (1); higher 3 to 3 (1)",
        ),
        make_row("Two figures are too few to tell apart.", [1.0, 9.0], 1.0, [0, 0], "unclassed 1 to 9 (2)"),
        make_row(
            "Figures that a page shows as equal share a class, even the middle one's.",
            [1.01, 1.04, 5.0],
            0.1,
            [3, 3, 4],
            "middle 1.01 to 1.04 (2); higher 5 to 5 (1)",
        ),
        make_row(
            "Half of ten figures are tied: they share the class of the middle of their places.",
            [0.0, 0.0, 0.0, 0.0, 0.0, 6.0, 7.0, 8.0, 9.0, 10.0],
            1.0,
            [2, 2, 2, 2, 2, 3, 4, 4, 5, 5],
            "lower 0 to 0 (5); middle 6 to 6 (1); higher 7 to 8 (2); highest 9 to 10 (2)",
        ),
        make_row(
            "All alike: nobody is high or low.",
            [4.0] * 10,
            1.0,
            [3] * 10,
            "middle 4 to 4 (10)",
        ),
    ),
)

PAGE = Page(
    "maps",
    "Tones on a map",
    "A map shows where figures lie, not who is best. An area has the tone of its class among the areas that are drawn: "
    "lines for low, dots for high, hatching where there is no figure. No tone says good or bad.",
    (CLASSES,),
)
