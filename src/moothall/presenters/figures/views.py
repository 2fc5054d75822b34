"""Views of a build: as it was known on a day, and on today's boundaries; who asks for them, and what they say."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.reorganisation import NOT_ADDITIVE, Rebuilt
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.period import Period, day_text
from moothall.errors import UsageError
from moothall.presenters.figures.boundaries import boundaries_now, register_of
from moothall.presenters.figures.cohort import standing_of
from moothall.presenters.figures.reading import KEPT_VIEWS, FigureStore, kept_by_store
from moothall.presenters.figures.underlying import Underlying
from moothall.presenters.wording.words import joined
from moothall.store import (
    Panel,
)

Place = tuple[int, int]

MOST_NAMED = 5
"""How many releases a sentence names; the rest are counted."""


class Boundaries(StrEnum):
    """Whose boundaries past figures have: those of each period, as published, or today's."""

    PERIOD = "period"
    NOW = "now"


def read_day(text: str) -> date:
    """A day from ``YYYY-MM-DD``; UsageError with an example otherwise."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is not a date: write it as year-month-day, such as 2021-04-01.") from None


@lru_cache(maxsize=KEPT_VIEWS)
def _kept_view(store: FigureStore, day: date) -> FigureStore:
    return store.as_of(day)


def known_on(store: FigureStore, day: date | None, metrics: Sequence[Metric]) -> FigureStore:
    """The build as it was known at the end of a day (None: as it is); UsageError where no metric had a figure yet."""
    if day is None:
        return store
    view = _kept_view(store.whole, day)
    had_some = any(store.panel(metric.id).periods for metric in metrics)
    if had_some and not any(view.panel(metric.id).periods for metric in metrics):
        raise UsageError(_nothing_known(store, day, metrics))
    return view


def _nothing_known(store: FigureStore, day: date, metrics: Sequence[Metric]) -> str:
    sources = {source for metric in metrics for source in metric.sources}
    held = [r.known_on or r.published_on for r in store.releases.values() if r.source in sources]
    what = metrics[0].title if len(metrics) == 1 else "these metrics"
    return (
        f"Nothing that we hold shows a figure of {what} published by {day_text(day)}: "
        f"choose a later day, the first being {day_text(min(held))}."
    )


def known_sentence(store: FigureStore, metrics: Sequence[Metric]) -> str | None:
    """As of which day a view answers, and which releases it leaves out for want of a day; None for a whole build."""
    if store.day is None:
        return None
    sources = {source for metric in metrics for source in metric.sources}
    left_out = [release.title for release in store.undated if release.source in sources]
    head = f"As it was known on {day_text(store.day)}."
    if not left_out:
        return head
    more = [f"{len(left_out) - MOST_NAMED} more"] if len(left_out) > MOST_NAMED else []
    named = joined([*left_out[:MOST_NAMED], *more])
    days = "its day of publication is" if len(left_out) == 1 else "their days of publication are"
    return f"{head} Left out, because {days} not known: {named}."


def state_words(store: FigureStore) -> str:
    """What a title adds for a view, so that each state of a page has a title of its own."""
    known = f", as known on {day_text(store.day)}" if store.day else ""
    return f"{known}, on today's boundaries" if store.boundaries else known


def on_boundaries(store: FigureStore, boundaries: Boundaries | None, metric: Metric) -> FigureStore:
    """The store, or its figures on today's boundaries; UsageError for a metric of which nothing can be rebuilt."""
    if boundaries is not Boundaries.NOW:
        return store
    view = _on_todays(store)
    _require_rebuilt(metric, view.rebuilt(metric.id))
    return view


def rebuilt_figures(store: FigureStore, metric: Metric) -> Rebuilt:
    """A metric's figures on today's boundaries, with who was joined and why not; worked out once for each build."""
    return (store if isinstance(store, OnTodaysBoundaries) else _on_todays(store)).rebuilt(metric.id)


def has_cell(store: FigureStore, metric: Metric, authority: Authority, period: Period) -> bool:
    """True where a release has a row for the figure itself: one that was joined has no cell of its own."""
    published = store.published if isinstance(store, OnTodaysBoundaries) else store
    return standing_of(published, metric, authority, period).status is not None


def _require_rebuilt(metric: Metric, rebuilt: Rebuilt) -> None:
    """A metric of which no place before a change of boundaries has a figure cannot be put on today's at all."""
    row_of = {code: row for row, code in enumerate(rebuilt.authorities)}
    column_of = {period.slug: column for column, period in enumerate(rebuilt.periods)}
    places = [(row_of[c], column_of[p]) for c, p in rebuilt.joins if c in row_of and p in column_of]
    if places and all(np.isnan(rebuilt.values[place]) for place in places):
        reason = next((reason for place, reason in rebuilt.reasons.items() if place in rebuilt.joins), NOT_ADDITIVE)
        raise UsageError(
            f"{metric.title} cannot be rebuilt on today's boundaries: {reason.rstrip('.')}; ask for it as published."
        )


def boundaries_sentence(store: FigureStore) -> str | None:
    """That figures are on today's boundaries, and what was done for it; None where they are as published."""
    if store.boundaries is None:
        return None
    on = day_text(store.boundaries)
    return f"On the boundaries of {on}: figures of councils that merged are joined into one where they may be."


class OnTodaysBoundaries(Underlying):
    """A store whose panels are rebuilt on the boundaries of its newest release's day; the rest is as it was."""

    def __init__(self, store: FigureStore) -> None:
        super().__init__(store)
        self.boundaries: date | None = register_of(store).day
        self.rebuilt = lru_cache(maxsize=None)(self._rebuilt)
        self.panel = lru_cache(maxsize=None)(self._panel)

    def reasons(self, metric: str) -> dict[tuple[str, str], str]:
        """Why there is no figure, on today's boundaries."""
        return self.rebuilt(metric).reasons

    def as_of(self, day: date) -> FigureStore:
        """The figures known on another day, on the boundaries of that view."""
        return OnTodaysBoundaries(self.published.as_of(day))

    def _rebuilt(self, metric: str) -> Rebuilt:
        return boundaries_now(self.published, self.catalogue.metrics[metric])

    def _panel(self, metric: str) -> Panel:
        rebuilt, published = self.rebuilt(metric), self.published.panel(metric)
        bare = np.full(rebuilt.values.shape, np.nan)
        panel = Panel(
            metric, rebuilt.authorities, rebuilt.periods, rebuilt.values, bare, bare.copy(), rebuilt.statuses,
            rebuilt.in_lifetime,
        )  # fmt: skip
        return _with_company(panel, published, rebuilt)


def _with_company(panel: Panel, published: Panel, rebuilt: Rebuilt) -> Panel:
    """The panel with the published limits and counts of what stands as published, and the counts of rates that were
    worked out anew."""
    joined_places = {(panel.index[c], panel.period_index[p]) for c, p in rebuilt.joins if p in panel.period_index}
    pairs = [
        ((panel.index[code], column), (published.index[code], published.period_index[period.slug]))
        for code in set(panel.authorities) & set(published.authorities)
        for column, period in enumerate(panel.periods)
        if period.slug in published.period_index and (panel.index[code], column) not in joined_places
    ]
    beside = (published.lower, published.upper, published.numerators, published.denominators)
    lower, upper, top, below = (_carried(held, pairs, panel.values.shape) for held in beside)
    was_derived = ~np.isnan(rebuilt.denominators)
    top[was_derived], below[was_derived] = rebuilt.numerators[was_derived], rebuilt.denominators[was_derived]
    return replace(panel, lower=lower, upper=upper, numerators=top, denominators=below)


def _carried(
    held: NDArray[np.float64] | None, pairs: Sequence[tuple[Place, Place]], shape: tuple[int, ...]
) -> NDArray[np.float64]:
    """What is held at the second place of each pair, put at the first; NaN elsewhere."""
    carried = np.full(shape, np.nan)
    if held is not None:
        for place, source in pairs:
            carried[place] = held[source]
    return carried


_on_todays: Callable[[FigureStore], OnTodaysBoundaries] = kept_by_store(OnTodaysBoundaries)
