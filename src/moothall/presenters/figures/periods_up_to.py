"""Figures up to a day: a view of a build whose series end with the last period that had ended by then.

It answers "how did this stand in 2021-22?" with all that is known today, corrected figures too. What was known on that
day is another question, and another view (``views.known_on``).
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from typing import Any

from moothall.domain.period import day_text
from moothall.presenters.blocks import Option, SelectField
from moothall.presenters.figures.reading import KEPT_VIEWS, FigureStore
from moothall.presenters.figures.underlying import Underlying
from moothall.store import ChangeFindings, Panel

YEARS_OFFERED = 10
YEAR_END = (3, 31)
"""Most figures are of financial years; a period counts where it ended by the end of one."""

ARRAYS = ("values", "lower", "upper", "statuses", "in_lifetime", "denominators", "numerators")
"""What a panel holds for each period."""

UP_TO = "up-to"
NEWEST = "The newest of each metric"
NOT_FOR_THE_PAST = (
    "What stands out and whom to learn from are worked out for the newest figures only, so they are not shown here."
)


class UpTo(Underlying):
    """A store whose panels have only the periods that ended by a day."""

    def __init__(self, store: FigureStore, last: date) -> None:
        super().__init__(store)
        self.last = last
        self.boundaries: date | None = store.boundaries
        # Nothing in it leads back to the view, so that a view nobody asks for any more goes at once.
        self.panel = lru_cache(maxsize=None)(partial(_cut_panel, store, last))

    def reasons(self, metric: str) -> dict[tuple[str, str], str]:
        """Why there is no figure."""
        return self.published.reasons(metric)

    def changes(self, metric: str) -> ChangeFindings | None:
        """What the build found, where the view has all periods of the metric; else None, and it is worked out anew."""
        is_whole = len(self.panel(metric).periods) == len(self.published.panel(metric).periods)
        return self.published.changes(metric) if is_whole else None

    def as_of(self, day: date) -> FigureStore:
        """The figures known on a day, up to the same period."""
        return UpTo(self.published.as_of(day), self.last)


def _cut_panel(store: FigureStore, last: date, metric: str) -> Panel:
    panel = store.panel(metric)
    # Periods ascend, so the ones that had ended come first; a slice takes no memory of its own.
    width = sum(period.end <= last for period in panel.periods)
    held = {name: getattr(panel, name) for name in ARRAYS}
    cut: dict[str, Any] = {name: None if array is None else array[:, :width] for name, array in held.items()}
    return replace(panel, periods=panel.periods[:width], **cut)


def with_later_periods(store: FigureStore) -> FigureStore:
    """The store that a view up to a day was cut from, for what rests on no later period; any other store itself."""
    return store.published if isinstance(store, UpTo) else store


_kept_view: Callable[[FigureStore, date], UpTo] = lru_cache(maxsize=KEPT_VIEWS)(UpTo)


def up_to(store: FigureStore, last: date | None) -> FigureStore:
    """The store, or its figures of periods that ended by a day."""
    return _kept_view(store, last) if last else store


def last_day(store: FigureStore) -> date | None:
    """The day by which the periods of a view had ended; None for a store that shows all of them."""
    return store.last if isinstance(store, UpTo) else None


def up_to_choice(store: FigureStore) -> dict[str, str]:
    """The choice that addresses of the view must keep: ``up-to=2023-03-31``."""
    last = last_day(store)
    return {UP_TO: last.isoformat()} if last else {}


def up_to_words(store: FigureStore) -> str:
    """What a title adds for the view: ``, figures up to 31 March 2023``."""
    last = last_day(store)
    return f", figures up to {day_text(last)}" if last else ""


def up_to_field(store: FigureStore, today: date) -> SelectField:
    """The select of the day: the newest figures, or one of the last ten ends of a financial year."""
    own, newest = last_day(store), date(today.year, *YEAR_END)
    ends = [newest.replace(year=newest.year - back) for back in range(YEARS_OFFERED)]
    days = sorted({*ends, *([own] if own else [])}, reverse=True)
    options = (Option("", NEWEST, own is None), *(Option(d.isoformat(), day_text(d), d == own) for d in days))
    return SelectField(UP_TO, UP_TO, "Figures up to", options)
