"""Numbers as pages write them: declared decimals, commas for thousands, a real minus sign, unit in sight."""

from moothall.domain.metric import Metric
from moothall.domain.unit import Unit

MINUS = "\u2212"
"""The minus sign: screen readers say "minus" for it, and many skip a hyphen."""


def number_text(value: float, decimals: int = 0) -> str:
    """A number with ``decimals`` places and commas: ``1,234.5``, ``−3.0``; never a negative zero."""
    text = f"{abs(value):,.{decimals}f}"
    is_zero = not text.strip("0.,")
    return text if value >= 0 or is_zero else MINUS + text


def value_text(value: float, unit: Unit, decimals: int) -> str:
    """A figure with its unit: ``38.2%``, ``−£1,234``, ``492.9 kg per household``, ``£5.2 million``."""
    text = number_text(value, decimals)
    sign, size = (MINUS, text[1:]) if text.startswith(MINUS) else ("", text)
    words = f" {unit.words}" if unit.words else ""
    return f"{sign}{unit.prefix}{size}{unit.suffix}{words}"


def short_value_text(value: float, unit: Unit, decimals: int) -> str:
    """A figure with only the tight part of its unit, where the unit stands elsewhere: ``38.2%``, ``492.9``."""
    return value_text(value, Unit(unit.id, unit.name, unit.prefix, unit.suffix), decimals)


def metric_value_text(value: float, metric: Metric) -> str:
    """A published figure of a metric, to the decimals that the metric declares."""
    return value_text(value, metric.unit, metric.decimals)


def middle_decimals(value: float, decimals: int) -> int:
    """Decimals of a middle figure: one more where it lies halfway between two published figures, as 41.95 does."""
    is_halfway = abs(round(value, decimals) - value) > 1e-9 and abs(round(value, decimals + 1) - value) < 1e-9
    return decimals + 1 if is_halfway else decimals


def middle_text(value: float, metric: Metric) -> str:
    """A group's middle figure with its unit."""
    return value_text(value, metric.unit, middle_decimals(value, metric.decimals))


def limits_text(lower: float, upper: float, metric: Metric) -> str:
    """The two 95% limits: ``36.1% to 40.3%``; the words of the unit stand once, at the end."""
    low = short_value_text(lower, metric.unit, metric.decimals)
    return f"{low} to {metric_value_text(upper, metric)}"


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
