"""The specification of the demonstration of issue and principle 1: what one order of unlike councils does."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.unlike_councils import (
    PLACES,
    Blanks,
    Scoring,
    is_on_top,
    newest_full_column,
    one_figure,
    points,
    theme_points,
)
from tests.spec.tables import Page, Row, Table

Figures = Sequence[float | None]


def as_array(rows: Sequence[Figures]) -> NDArray[np.float64]:
    return np.array([[np.nan if figure is None else figure for figure in row] for row in rows], dtype=np.float64)


def as_list(found: NDArray[np.float64]) -> list[float | None]:
    return [None if np.isnan(figure) else round(float(figure), 2) for figure in found]


def answer_points(given: Mapping[str, Any]) -> Mapping[str, Any]:
    column = as_array([[figure] for figure in given["figures"]])
    return {scoring.value: as_list(points(column, scoring)[:, 0]) for scoring in Scoring}


def answer_one_figure(given: Mapping[str, Any]) -> Mapping[str, Any]:
    themed = as_array(list(zip(*given["themes"], strict=True)))
    return {blanks.value.replace("-", "_"): as_list(one_figure(themed, blanks)) for blanks in Blanks}


def answer_themes(given: Mapping[str, Any]) -> Mapping[str, Any]:
    table = as_array(list(zip(*given["metrics"], strict=True)))
    return {"themes": [as_list(column) for column in theme_points(table, given["of_theme"]).T]}


def answer_top(given: Mapping[str, Any]) -> Mapping[str, Any]:
    found = is_on_top(as_array([[figure] for figure in given["figures"]])[:, 0], given["places"])
    return {"on_top": np.flatnonzero(found).tolist()}


def answer_newest(given: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"column": newest_full_column(as_array(given["figures"]))}


def scored(why: str, figures: Figures, *expected: list[float | None]) -> Row:
    return Row(why, {"figures": figures}, dict(zip((s.value for s in Scoring), expected, strict=True)))


def single(why: str, themes: Sequence[Figures], *expected: list[float | None]) -> Row:
    names = [blanks.value.replace("-", "_") for blanks in Blanks]
    return Row(why, {"themes": themes}, dict(zip(names, expected, strict=True)))


def top(why: str, figures: Figures, places: int, *rows: int) -> Row:
    return Row(why, {"figures": figures, "places": places}, {"on_top": list(rows)})


POINTS = Table(
    "Figures as points",
    """
Figures of many units become points, higher being better: *places* gives the share of the other councils that are
below, ties counting half; *spreads* the distance from the mean in standard deviations; *range* 0 for the lowest figure
and 100 for the highest. A council without a figure gets no points.
""",
    answer_points,
    [
        scored("Three in a row.", [1.0, 2.0, 3.0], [0.0, 50.0, 100.0], [-1.22, 0.0, 1.22], [0.0, 50.0, 100.0]),
        scored("One far out: the three no longer agree.", [1.0, 2.0, 9.0], [0.0, 50.0, 100.0], [-0.84, -0.56, 1.4],
               [0.0, 12.5, 100.0]),
        scored("A tie counts half.", [1.0, 1.0, 3.0], [25.0, 25.0, 100.0], [-0.71, -0.71, 1.41], [0.0, 0.0, 100.0]),
        scored("No figure, no points.", [1.0, None, 3.0], [0.0, None, 100.0], [-1.0, None, 1.0], [0.0, None, 100.0]),
        scored("All the same: no spread to score by.", [2.0, 2.0], [50.0, 50.0], [None, None], [None, None]),
    ],
)  # fmt: skip

THEMES = Table(
    "Points of a theme",
    "The mean over the metrics of a theme of which a council has a figure.",
    answer_themes,
    [
        Row("Two metrics of one theme, one of another.",
            {"metrics": [[10.0, 20.0], [30.0, None], [50.0, None]], "of_theme": ["waste", "waste", "care"]},
            {"themes": [[20.0, 20.0], [50.0, None]]}),
    ],
)  # fmt: skip

ONE_FIGURE = Table(
    "What becomes of a theme that a council does not run",
    """
Councils as columns, themes as lists. *Not placed*: only councils with points in every theme get a figure. *Average*:
the mean of those that have points stands in a blank. *Left out*: the mean over whatever a council has.
""",
    answer_one_figure,
    [
        single("The third runs no second theme and overtakes the first.", [[60.0, 40.0, 80.0], [70.0, 30.0, None]],
               [65.0, 35.0, None], [65.0, 35.0, 65.0], [65.0, 35.0, 80.0]),
        single("It falls behind where it is below the average.", [[60.0, 40.0, 20.0], [70.0, 30.0, None]],
               [65.0, 35.0, None], [65.0, 35.0, 35.0], [65.0, 35.0, 20.0]),
        single("A council without any figure is never placed.", [[60.0, None], [70.0, None]],
               [65.0, None], [65.0, None], [65.0, None]),
    ],
)  # fmt: skip

TOP = Table(
    "The first places",
    f"Those who stand in the first places ({PLACES} on our page), all that share the last of them included.",
    answer_top,
    [
        top("Two places of four.", [1.0, 4.0, 3.0, 2.0], 2, 1, 2),
        top("A tie for the second place: both.", [1.0, 4.0, 3.0, 3.0], 2, 1, 2, 3),
        top("Whoever has no figure has no place.", [None, 4.0, 3.0, 1.0], 2, 1, 2),
        top("With fewer figures than places nobody is on top.", [None, 4.0, 3.0, None], 3),
    ],
)

NEWEST = Table(
    "Which period is read",
    "The newest with at least 80% of the figures that the fullest period has.",
    answer_newest,
    [
        Row("The newest is full.", {"figures": [[1.0, 2.0], [1.0, 2.0]]}, {"column": 1}),
        Row("The newest has hardly begun.", {"figures": [[1.0, 2.0], [1.0, None]]}, {"column": 0}),
        Row("No figure at all.", {"figures": [[None, None]]}, {"column": None}),
    ],
)

PAGE = Page(
    "unlike-councils",
    "What one order of unlike councils does",
    """
We make no order of all councils. [Why there is no league table](why-no-league-table.md) shows what becomes of one, by
type of council; this page states the arithmetic of such tables, which is used for nothing else.
""",
    (POINTS, THEMES, ONE_FIGURE, TOP, NEWEST),
)
