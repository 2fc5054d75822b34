"""When the next figures come out, or that a day announced for them has gone by."""

from calendar import month_name
from datetime import date

from moothall.domain.metric import Metric, NextRelease
from moothall.domain.period import day_text

NOT_KNOWN = "No date is known to us"


def next_release_text(metric: Metric, today: date) -> str:
    """``Due in November 2026``; once that month is over, that the figures were due and that we do not have them."""
    announced = metric.next_release
    if announced is None:
        return NOT_KNOWN
    what = f": {announced.brings}" if announced.brings else ""
    if today <= announced.due:
        return f"Due {_when(announced)}{what}"
    return f"Was due {_when(announced)}{what}; we have not got it"


def _when(announced: NextRelease) -> str:
    if announced.is_day:
        return f"on {day_text(announced.due)}"
    return f"in {month_name[announced.due.month]} {announced.due.year}"
