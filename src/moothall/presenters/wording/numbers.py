"""Numbers as pages write them: declared decimals, commas for thousands, a real minus sign, unit in sight.

Sentences and drawings shorten large amounts of money (``£1,284 million``); tables, trails and JSON give every pound.
"""

from calendar import isleap, month_name
from datetime import date, timedelta

from moothall.domain.metric import Metric
from moothall.domain.unit import UNITS, Unit

MINUS = "\u2212"
"""The minus sign: screen readers say "minus" for it, and many skip a hyphen."""


MILLION = 1_000_000
THREE_DIGITS = ((10, 2), (100, 1))
"""Below so many millions, so many decimals: three digits are always told."""


def number_text(value: float, decimals: int = 0) -> str:
    """A number with ``decimals`` places and commas: ``1,234.5``, ``−3.0``; never a negative zero."""
    text = f"{abs(value):,.{decimals}f}"
    is_zero = not text.strip("0.,")
    return text if value >= 0 or is_zero else MINUS + text


def value_text(value: float, unit: Unit, decimals: int) -> str:
    """A figure with its unit, to the last declared decimal: ``38.2%``, ``−£1,234``, ``492.9 kg per household``.

    A date that is written as a year becomes its month, and yes (1) or no (0) the word.
    """
    if unit.id == "date-as-year":
        return month_text(value)
    if unit.id == "yes-or-no" and value in (0, 1):
        return "yes" if value else "no"
    text = number_text(value, decimals)
    sign, size = (MINUS, text[1:]) if text.startswith(MINUS) else ("", text)
    noun = unit.one if size == "1" and unit.one else unit.words
    words = f" {noun}" if noun else ""
    return f"{sign}{unit.prefix}{size}{unit.suffix}{words}"


def month_text(year: float) -> str:
    """The month of a date that is written as its year with the part gone by: 2019.79 is ``October 2019``."""
    whole = int(year)
    days = 366 if isleap(whole) else 365
    day = date(whole, 1, 1) + timedelta(days=min(round((year - whole) * days), days - 1))
    return f"{month_name[day.month]} {day.year}"


def brief_value_text(value: float, unit: Unit, decimals: int) -> str:
    """A figure as sentences say it: ``£1,284 million``, ``−£2.76 million`` from a million pounds on; others whole."""
    if unit.id != "gbp" or abs(value) < MILLION:
        return value_text(value, unit, decimals)
    millions = value / MILLION
    places = next((places for below, places in THREE_DIGITS if abs(millions) < below), 0)
    return value_text(millions, UNITS["gbp-million"], places)


def short_value_text(value: float, unit: Unit, decimals: int) -> str:
    """A figure with only the tight part of its unit, where the unit stands elsewhere: ``38.2%``, ``492.9``."""
    return brief_value_text(value, tight(unit), decimals)


def tight(unit: Unit) -> Unit:
    """The unit without the words that follow a figure."""
    return Unit(unit.id, unit.name, unit.prefix, unit.suffix)


def short_exact_text(value: float, metric: Metric) -> str:
    """A figure as a table gives it whose heading names the unit."""
    return value_text(value, tight(metric.unit), metric.decimals)


def short_middle_text(value: float, metric: Metric) -> str:
    """A group's middle figure as a table gives it whose heading names the unit."""
    return value_text(value, tight(metric.unit), middle_decimals(value, metric.decimals))


def metric_value_text(value: float, metric: Metric) -> str:
    """A published figure of a metric as sentences say it, to the decimals that the metric declares."""
    return brief_value_text(value, metric.unit, metric.decimals)


def exact_value_text(value: float, metric: Metric) -> str:
    """A published figure as tables and trails give it: no amount is shortened."""
    return value_text(value, metric.unit, metric.decimals)


def middle_decimals(value: float, decimals: int) -> int:
    """Decimals of a middle figure: one more where it lies halfway between two published figures, as 41.95 does."""
    is_halfway = abs(round(value, decimals) - value) > 1e-9 and abs(round(value, decimals + 1) - value) < 1e-9
    return decimals + 1 if is_halfway else decimals


def middle_text(value: float, metric: Metric) -> str:
    """A group's middle figure with its unit, as sentences say it."""
    return brief_value_text(value, metric.unit, middle_decimals(value, metric.decimals))


def exact_middle_text(value: float, metric: Metric) -> str:
    """A group's middle figure as tables give it."""
    return value_text(value, metric.unit, middle_decimals(value, metric.decimals))


def limits_text(lower: float, upper: float, metric: Metric) -> str:
    """Two ends of a range, such as 95% limits: ``36.1% to 40.3%``; the words of the unit stand once, at the end."""
    return f"{short_exact_text(lower, metric)} to {exact_value_text(upper, metric)}"


def ordinal_text(number: int) -> str:
    """``1st``, ``2nd``, ``3rd``, ``4th``, ``11th``, ``112th``, ``121st``."""
    if number % 100 in (11, 12, 13):
        return f"{number:,}th"
    return f"{number:,}{({1: 'st', 2: 'nd', 3: 'rd'}).get(number % 10, 'th')}"


def count_text(number: int, singular: str, plural: str | None = None) -> str:
    """A count with its noun: ``1 council``, ``1,204 councils``, ``2 authorities``."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def bytes_text(size: int) -> str:
    """The size of a file: ``812 bytes``, ``1.2 MB``."""
    if size < 1000:
        return count_text(size, "byte")
    return f"{size / 1000:,.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:,.1f} MB"
