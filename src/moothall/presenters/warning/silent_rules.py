"""Which rules of a lens can say nothing of any council today because their figures are too old, and what they need."""

from datetime import date, timedelta

from moothall.analytics.signals import CANNOT_ASSESS, NOT_ASKED, REASONS, oldest_by
from moothall.domain.period import day_text
from moothall.domain.signal import LensRule, WhyNot
from moothall.presenters.addresses import signal_address
from moothall.presenters.blocks import Column, Table, TableCell, TableRow
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.warning.lens_readings import DAYS_IN_A_MONTH, SignalColumn, kept_readings

ONE_DAY = timedelta(days=1)

COLUMNS = (
    Column("Rule", wraps=True),
    Column("Its newest figure"),
    Column("Too old since"),
    Column("What it needs", wraps=True),
)


def silent_rules(store: FigureStore, rule: LensRule, today: date) -> Table | None:
    """A row for each rule of the lens of which every figure is too old on the day; None where there is none."""
    found = kept_readings(store, today)
    columns = (found.columns[signal.id] for signal in found.signals_of(rule.lens))
    rows = tuple(_row(column, today) for column in columns if _is_silent(column))
    return (
        Table("silent", "Rules that can say nothing today: their figures are too old", COLUMNS, rows) if rows else None
    )


def _is_silent(column: SignalColumn) -> bool:
    asked = column.outcome.states != NOT_ASKED
    is_old = column.outcome.reasons == REASONS.index(WhyNot.TOO_OLD)
    return bool((column.outcome.states[asked] == CANNOT_ASSESS).all() and is_old[asked].any())


def _row(column: SignalColumn, today: date) -> TableRow:
    signal = column.signal
    newest = max((period for period in column.periods if period), key=lambda period: period.end)
    lasts = timedelta(days=int(oldest_by(signal.test, signal.oldest_months) * DAYS_IN_A_MONTH))
    return TableRow(
        (
            TableCell(signal.title, signal_address(signal.id)),
            TableCell(newest.label),
            TableCell(day_text(newest.end + lasts + ONE_DAY)),
            TableCell(f"Figures of a period that ended on {day_text(today - lasts)} or later."),
        )
    )
