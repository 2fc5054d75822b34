"""Why there is no league table: what one order of unlike councils does, on our own figures, by type and without a name.

The page to which every attempt at a ranking leads.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.groups import TYPE_TITLES
from moothall.analytics.learning import orientation
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
from moothall.domain.authority import AuthorityType
from moothall.domain.metric import Metric
from moothall.domain.period import Period
from moothall.domain.words import Polarity
from moothall.presenters.addresses import metric_address
from moothall.presenters.authority.leading_metrics import named_metrics
from moothall.presenters.blocks import Column, Link, PageHead, Table, TableCell, TableRow
from moothall.presenters.figures.changes import series_of
from moothall.presenters.figures.reading import FigureStore, kept_by_store, live_metrics
from moothall.presenters.wording.numbers import count_text, number_text
from moothall.presenters.wording.words import capital_first, joined, lower_first

USUAL_SCORING = Scoring.PLACES
"""The scoring by which the page shows the three ways with blanks: the plainest of those that newspapers use."""

SCORING_WORDS = {
    Scoring.PLACES: "Points by place: the share of the others that do worse",
    Scoring.SPREADS: "Points by distance from the average, in standard deviations",
    Scoring.RANGE: "Points from 0 for the lowest figure to 100 for the highest",
}
BLANK_WORDS = {
    Blanks.NOT_PLACED: "Only councils with figures in every theme",
    Blanks.AVERAGE: "A missing theme gets the average",
    Blanks.LEFT_OUT: "A missing theme is left out",
}


@dataclass(frozen=True)
class Attempt:
    """One order of unlike councils: the scoring, what was done with blanks, and who came out on top (by row)."""

    scoring: Scoring
    blanks: Blanks
    on_top: NDArray[np.bool_]


@dataclass(frozen=True)
class Demonstration:
    """Every attempt over the same figures: the types of the councils, the metrics with their period, the attempts."""

    types: tuple[AuthorityType, ...]
    metrics: tuple[tuple[Metric, Period], ...]
    attempts: tuple[Attempt, ...]

    @cached_property
    def sizes(self) -> Counter[AuthorityType]:
        """How many councils there are of each type."""
        return Counter(self.types)

    @property
    def themes(self) -> list[str]:
        """The themes of the metrics, each once."""
        return list(dict.fromkeys(metric.theme for metric, _ in self.metrics))

    def top_of(self, scoring: Scoring, blanks: Blanks) -> Counter[AuthorityType]:
        """How many of each type come out on top in one attempt."""
        one = next(a for a in self.attempts if (a.scoring, a.blanks) == (scoring, blanks))
        return Counter(self.types[row] for row in np.flatnonzero(one.on_top))

    @property
    def ever_and_always(self) -> tuple[int, int]:
        """How many councils come out on top in any attempt that places all of them, and how many in every one."""
        tops = [a.on_top for a in self.attempts if a.blanks is not Blanks.NOT_PLACED]
        return int(np.any(tops, axis=0).sum()), int(np.all(tops, axis=0).sum())


@dataclass(frozen=True, slots=True)
class NoRankingPage:
    """Everything that the page shows; the tables are None where there are too few figures to show anything."""

    head: PageHead
    title: str
    answer: tuple[str, ...]
    steps: tuple[str, ...]
    by_type: Table | None
    finding: str
    by_choice: Table | None
    choices: str
    instead: tuple[Link, ...]
    metrics: Table


def make_no_ranking_page(store: FigureStore, today: date) -> NoRankingPage:
    """The page, worked out from the newest figures of councils that act ``today``."""
    shown = demonstration_of(store)(today)
    enough = any(attempt.on_top.any() for attempt in shown.attempts)
    title = "Why there is no league table"
    crumbs = (("Home", "/"), ("Methods", "/methods"), (title, None))
    return NoRankingPage(
        head=PageHead(title, "about", crumbs, "What goes wrong when unlike councils are put in one order."),
        title=title,
        answer=_answer(shown),
        steps=_steps(store, shown),
        by_type=_by_type(shown) if enough else None,
        finding=_finding(shown),
        by_choice=_by_choice(shown) if enough else None,
        choices=_choices(shown),
        instead=INSTEAD,
        metrics=_metrics_table(store, shown),
    )


INSTEAD = (
    Link("Choose a council", "/authorities", "and see it beside councils like it, metric by metric"),
    Link("Choose a metric", "/metrics", "and see the spread of one group, by name"),
    Link("Compare up to eight councils", "/compare", "side by side, on the services that each runs"),
    Link("How we say where a figure stands", "/methods/position", "with ties, and with the reason where we cannot say"),
)


@kept_by_store
def demonstration_of(store: FigureStore) -> Callable[[date], Demonstration]:
    """What makes the demonstration for a day, kept for this open build: only councils that start or end change it."""
    return lru_cache(maxsize=1)(lambda today: demonstrate(store, today))


def demonstrate(store: FigureStore, today: date) -> Demonstration:
    """All attempts over the metrics that a public framework names and that have a better end."""
    register = store.catalogue.authorities.values()
    councils = [a for a in register if a.type.is_principal and a.is_active(today)]
    chosen, columns = [], []
    for metric in _metrics(store):
        series = series_of(store).at(metric.id)
        rows = np.array([series.index.get(council.code, -1) for council in councils], dtype=np.intp)
        values = np.where((rows >= 0)[:, None], series.values[rows], np.nan) if series.periods else np.empty((0, 0))
        newest = newest_full_column(values)
        if newest is not None:
            chosen.append((metric, series.periods[newest]))
            columns.append(values[:, newest] * orientation(metric.polarity))
    table = np.column_stack(columns) if columns else np.full((len(councils), 0), np.nan)
    themes = [metric.theme for metric, _ in chosen]
    return Demonstration(tuple(c.type for c in councils), tuple(chosen), tuple(_attempts(table, themes)))


def _metrics(store: FigureStore) -> list[Metric]:
    """Live metrics of a framework that have a better end and can be compared between places of any size."""
    named = named_metrics(store)
    live = (m for m in live_metrics(store) if m.id in named and m.polarity is not Polarity.NONE)
    return [metric for metric in live if not metric.is_total and not metric.is_context]


def _attempts(table: NDArray[np.float64], themes: Sequence[str]) -> list[Attempt]:
    if not themes:
        return []
    themed = {scoring: theme_points(points(table, scoring), themes) for scoring in Scoring}
    return [
        Attempt(s, blanks, is_on_top(one_figure(found, blanks))) for s, found in themed.items() for blanks in Blanks
    ]


def _answer(shown: Demonstration) -> tuple[str, ...]:
    districts = shown.sizes[AuthorityType.SHIRE_DISTRICT]
    unlike = (
        f"Of the {number_text(len(shown.types))} councils in England, {number_text(districts)} are shire districts. "
        "They run no social care, no schools and no roads: the county council does."
    )
    return (
        "Councils do not run the same services, so one order of all of them compares unlike with unlike.",
        unlike if districts else "",
        "Whoever makes such an order has to decide what to do with a service that a council does not run, and that "
        "decision, not the councils, settles who comes out on top. Here we show it on our own figures. We count types "
        "of council and name nobody, because the result says nothing about any of them.",
    )


def _steps(store: FigureStore, shown: Demonstration) -> tuple[str, ...]:
    titles = [lower_first(store.catalogue.themes[theme].title) for theme in shown.themes]
    return (
        f"Take {count_text(len(shown.metrics), 'metric')} that public frameworks name and that have a better end, "
        f"each at its newest period: {joined(titles)}.",
        "Turn each figure into points: the share of the other councils that do worse.",
        "Take the mean in each theme, then the mean of all themes, and look at the first ten.",
        "A council that runs no service of a theme has no points there. Decide what to put in its place.",
    )


def _by_type(shown: Demonstration) -> Table:
    columns = (
        Column("Type"),
        Column("Councils", numeric=True),
        Column(f"In {PLACES} drawn blindly", numeric=True),
        *(Column(words, numeric=True) for words in BLANK_WORDS.values()),
    )
    tops = [shown.top_of(USUAL_SCORING, blanks) for blanks in BLANK_WORDS]
    rows = tuple(_type_row(shown, kind, tops) for kind in shown.sizes)
    caption = "Who stands in the first ten, by type of council"
    return Table("first-ten-by-type", caption, columns, tuple(sorted(rows, key=lambda row: row.cells[0].text)))


def _type_row(shown: Demonstration, kind: AuthorityType, tops: Sequence[Mapping[AuthorityType, int]]) -> TableRow:
    blindly = number_text(PLACES * shown.sizes[kind] / len(shown.types), 1)
    figures = [number_text(shown.sizes[kind]), blindly, *(number_text(top.get(kind, 0)) for top in tops)]
    return TableRow((TableCell(capital_first(TYPE_TITLES[kind])), *map(TableCell, figures)))


def _finding(shown: Demonstration) -> str:
    district = AuthorityType.SHIRE_DISTRICT
    if not shown.sizes[district] or not shown.attempts:
        return "There are too few figures here to show it."
    whole, average, left = (shown.top_of(USUAL_SCORING, blanks)[district] for blanks in BLANK_WORDS)
    return (
        f"As long as only councils with figures in every theme are placed, {_districts(whole)} among the first ten. "
        f"Give the others the average for what they do not run, and {_districts(average)}. Leave those themes out, and "
        f"{_districts(left)}. No figure of any council has changed."
    )


def _districts(count: int) -> str:
    verb = "is" if count == 1 else "are"
    return f"{number_text(count) if count else 'no'} {'shire district' if count == 1 else 'shire districts'} {verb}"


def _by_choice(shown: Demonstration) -> Table:
    columns = (Column("How figures become points"), *(Column(words, numeric=True) for words in BLANK_WORDS.values()))
    district = AuthorityType.SHIRE_DISTRICT
    rows = tuple(
        TableRow((TableCell(words), *(TableCell(number_text(shown.top_of(scoring, b)[district])) for b in BLANK_WORDS)))
        for scoring, words in SCORING_WORDS.items()
    )
    return Table("first-ten-by-choice", "Shire districts among the first ten, by what was decided", columns, rows)


def _choices(shown: Demonstration) -> str:
    if not shown.attempts:
        return ""
    ever, always = shown.ever_and_always
    verb = "is" if always == 1 else "are"
    return (
        f"Over the six orders that place every council, {count_text(ever, 'council')} would be among the first ten at "
        f"least once, and {number_text(always) if always else 'none'} {verb} in all six. Each order could be defended; "
        "none says who is better run."
    )


def _metrics_table(store: FigureStore, shown: Demonstration) -> Table:
    columns = (Column("Metric"), Column("Theme"), Column("Period"))
    ordered = sorted(shown.metrics, key=lambda pair: (shown.themes.index(pair[0].theme), pair[0].title))
    rows = tuple(
        TableRow(
            (
                TableCell(metric.title, metric_address(metric.id)),
                TableCell(store.catalogue.themes[metric.theme].title),
                TableCell(period.label),
            )
        )
        for metric, period in ordered
    )
    return Table("figures-used", "The figures that the orders were made of", columns, rows)
