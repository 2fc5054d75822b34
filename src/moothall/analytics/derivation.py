"""Derived metrics: what each operation gives, and when it gives nothing (METHODS 9: denominator traps).

Every array is [authority, period] and all parts of one operation share their axes. Nothing is filled in: a part
without a figure leaves the whole without one, with the part's reason.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.summary import SIGNIFICANT_DIGITS
from moothall.domain.derivation import (
    Change,
    ChangeForm,
    Derivation,
    Difference,
    Ratio,
    Share,
    Side,
    Spell,
    Sum,
    months_between,
    periods_earlier,
)
from moothall.domain.period import Period
from moothall.domain.words import Cadence, Status

Figures = NDArray[np.float64]
Codes = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Words = NDArray[np.object_]
Columns = NDArray[np.intp]
Refusals = Iterable[tuple[Mask, str | Words]]

STATUSES = tuple(Status)
"""What a status code stands for: its place here."""

NO_ROW = 255
"""The status code of a place for which nothing was published at all."""

NO_COLUMN = -1
"""Where a period has no earlier one on the axis."""

FIRMEST_FIRST = (Status.FINAL, Status.REVISED, Status.PROVISIONAL, Status.ESTIMATED)
"""A derived figure is no firmer than the least firm of its parts."""

REFUSED = STATUSES.index(Status.NOT_APPLICABLE)
"""The status of a figure that could be worked out but would mislead."""

MOST_LISTED = 3
"""How many periods a reason names before it says how many more there are."""

MOST_PLACES = 290.0
"""Decimals beyond which a float has no room; no published figure is that small."""

AT_LEAST = "at least: the figures do not reach further back"
NO_MEANING = "a share of it has no meaning"

NO_MEANING = "a share of it has no meaning"

REACHES_GAP = "the spell reaches back to a period without a figure, so its length is not known"


@dataclass(frozen=True)
class Operand:
    """One part, by ``name``: ``values`` is NaN where there is no figure, and ``reasons`` then says why.

    ``statuses`` are codes; ``NO_ROW`` where the publisher has no row. Where figures of several councils were joined
    into one, ``smallest`` is the least of theirs: a sum can hide that one of them is negative.
    """

    name: str
    values: Figures
    statuses: Codes
    reasons: Words
    smallest: Figures | None = None

    @property
    def has_row(self) -> Mask:
        """Where there is a figure or a published reason for its absence."""
        rows: Mask = self.statuses != NO_ROW
        return rows

    @property
    def lowest(self) -> Figures:
        """The least figure behind each figure: itself, unless several were joined."""
        return self.values if self.smallest is None else self.smallest

    def shifted(self, columns: Columns, name: str) -> "Operand":
        """The part with, in each column, what stands in the column that ``columns`` names (``NO_COLUMN``: no row)."""
        is_there = columns != NO_COLUMN
        values, lowest = self.values[:, columns], self.lowest[:, columns].copy()
        moved = Operand(name, values, self.statuses[:, columns], self.reasons[:, columns], lowest)
        moved.values[:, ~is_there], moved.statuses[:, ~is_there], moved.reasons[:, ~is_there] = np.nan, NO_ROW, None
        lowest[:, ~is_there] = np.nan
        return moved


@dataclass(frozen=True)
class Outcome:
    """What an operation gives: as an operand, with what stood above and below the line.

    ``statuses`` is ``NO_ROW`` where there is no place for a figure; ``notes`` qualifies a figure; ``has_all_rows`` is
    False where a part was not published at all.
    """

    values: Figures
    statuses: Codes
    reasons: Words
    numerators: Figures
    denominators: Figures
    notes: Words
    has_all_rows: Mask


@dataclass(frozen=True)
class Axis:
    """What operations know of time: the periods' labels, and for each the column of an earlier one.

    ``previous`` is one step back, ``earlier`` as many as a change looks back; ``NO_COLUMN`` where there is none.
    """

    labels: tuple[str, ...]
    previous: Columns
    earlier: Columns


def make_axis(value: Derivation, periods: Sequence[Period], cadence: Cadence) -> Axis:
    """The axis of an operation over ``periods`` (ascending, of one kind) of a metric with this cadence."""
    columns = {period: column for column, period in enumerate(periods)}

    def back(count: int) -> Columns:
        steps = [periods_earlier(period, count, months_between(period.kind, cadence)) for period in periods]
        return np.array([columns.get(step, NO_COLUMN) for step in steps], dtype=np.intp)

    return Axis(
        tuple(period.label for period in periods), back(1), back(value.over if isinstance(value, Change) else 1)
    )


def derive(value: Derivation, parts: Sequence[Operand], axis: Axis, negative_elsewhere: Words | None = None) -> Outcome:
    """What the operation gives for its parts, in the order of ``domain.derivation.parts_of``.

    ``negative_elsewhere`` has for each authority the periods (a tuple of labels) in which another source has what it
    is divided by as negative: such years count for the rule that a denominator must not change sign.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        match value:
            case Ratio():
                return ratio(parts[0], parts[1], axis, value.times, negative_elsewhere)
            case Sum():
                return total(parts)
            case Difference():
                return _whole(parts, parts[0].values - parts[1].values)
            case Change():
                return change(parts[0], axis, value.form, negative_elsewhere)
            case Share():
                return share(parts[0], parts[1:], axis)
            case Spell():
                return spell(parts[0], axis, value.side, value.limit)


def ratio(
    numerator: Operand, denominator: Operand, axis: Axis, times: float = 1.0, negative_elsewhere: Words | None = None
) -> Outcome:
    """numerator / denominator x times.

    Refused where the denominator is zero or negative, and in every period of an authority whose denominator changes
    sign: one negative year shows that it is a net figure, which can rank the worst case as the best (METHODS 9).
    """
    values = numerator.values / denominator.values * times
    refusals = bad_denominators(denominator, axis, denominator, negative_elsewhere)
    return _whole((numerator, denominator), values, refusals, (numerator.values, denominator.values))


def total(parts: Sequence[Operand]) -> Outcome:
    """The sum of all parts; there is a place for it wherever any of them has a row."""
    place = np.logical_or.reduce([part.has_row for part in parts])
    return _whole(parts, np.sum([part.values for part in parts], axis=0), place=place)


def change(
    of: Operand, axis: Axis, form: ChangeForm = ChangeForm.DIFFERENCE, negative_elsewhere: Words | None = None
) -> Outcome:
    """``of`` less its figure of the earlier period (``axis.earlier``); as a percentage, of that earlier figure.

    Where no council has the earlier period there is no place for a change.
    """
    before = of.shifted(axis.earlier, f"{of.name} in the earlier period")
    place = of.has_row & before.has_row.any(axis=0)
    moved = of.values - before.values
    if form is ChangeForm.DIFFERENCE:
        return _whole((of, before), moved, place=place)
    refusals = bad_denominators(before, axis, of, negative_elsewhere)
    return _whole((of, before), moved / before.values * 100, refusals, (moved, before.values), place)


def share(of: Operand, parts: Sequence[Operand], axis: Axis) -> Outcome:
    """``of`` as a percentage of the sum of ``parts``. Refused where a part is negative or the sum is not above zero."""
    together = total(parts)
    whole = Operand("sum of all parts", together.values, together.statuses, together.reasons)
    negative = [(part.lowest < 0, f"{part.name} was below zero, so {NO_MEANING}") for part in parts]
    refusals = [*negative, *bad_denominators(whole, axis, whole)]
    return _whole((of, *parts), of.values / whole.values * 100, refusals, (of.values, whole.values))


def spell(of: Operand, axis: Axis, side: Side, limit: float) -> Outcome:
    """How many periods in a row, up to each period, ``of`` has been strictly on one side of ``limit``; 0 where not.

    A spell that was under way when the figures begin is noted as "at least". Where it reaches back to a period
    without a figure its length is not known, and it is refused.
    """
    holds: Mask = (of.values < limit) if side is Side.BELOW else (of.values > limit)
    lengths = np.zeros(of.values.shape)
    is_open, has_gap = np.zeros_like(holds), np.zeros_like(holds)
    has_begun = np.zeros(holds.shape[0], dtype=bool)
    for column, before in enumerate(axis.previous.tolist()):
        is_known = ~np.isnan(of.values[:, before]) & (before != NO_COLUMN)
        now = holds[:, column]
        lengths[:, column] = np.where(now, np.where(is_known, lengths[:, before], 0) + 1, 0)
        is_open[:, column] = now & np.where(is_known, is_open[:, before], ~has_begun)
        has_gap[:, column] = now & np.where(is_known, has_gap[:, before], has_begun)
        has_begun |= ~np.isnan(of.values[:, column])
    notes = np.full(holds.shape, None, dtype=object)
    notes[is_open] = AT_LEAST
    return _whole((of,), lengths, [(has_gap, REACHES_GAP)], notes=notes)


def as_words(labels: Sequence[tuple[str, ...]]) -> Words:
    """Tuples of labels, one for each authority, as an array that holds them whole."""
    words = np.empty(len(labels), dtype=object)
    for row, its in enumerate(labels):
        words[row] = its
    return words


def bad_denominators(
    denominator: Operand, axis: Axis, years: Operand, negative_elsewhere: Words | None = None
) -> list[tuple[Mask, str | Words]]:
    """Where a denominator must not be divided by, with the reason.

    A change of sign is looked for over all of the authority's ``years``, and over those of other sources. Of councils
    that were joined, none may be negative; one may be zero (a district without loans) where the sum is not.
    """
    values, lowest, name = denominator.values, denominator.lowest, denominator.name
    elsewhere = [()] * len(values) if negative_elsewhere is None else negative_elsewhere.tolist()
    is_negative: Mask = np.less(years.lowest, 0)
    has_negative = is_negative.any(axis=1) | np.array([bool(labels) for labels in elsewhere], dtype=bool)
    turns: Mask = np.logical_and(has_negative, np.greater(years.values, 0).any(axis=1))
    turned = np.full(values.shape, None, dtype=object)
    for row in np.flatnonzero(turns):
        own = [axis.labels[column] for column in np.flatnonzero(is_negative[row])]
        turned[row, :] = f"{name} was below zero in {_listed([*own, *elsewhere[row]])}, so {NO_MEANING} in any year"
    return [
        (values == 0, f"{name} was zero, and nothing can be divided by zero"),
        (values < 0, f"{name} was below zero, so {NO_MEANING}"),
        (lowest < 0, f"{name} was below zero for one of the councils that were joined, so {NO_MEANING}"),
        (np.broadcast_to(turns[:, None], values.shape), turned),
    ]


def round_off(values: Figures) -> Figures:
    """The values to ``SIGNIFICANT_DIGITS``, which takes off the noise of binary arithmetic (0.1 + 0.2 is 0.3)."""
    is_plain = np.isfinite(values) & (values != 0)
    magnitude = np.floor(np.log10(np.abs(np.where(is_plain, values, 1.0))))
    places = np.minimum(SIGNIFICANT_DIGITS - 1 - magnitude, MOST_PLACES)
    up, down = 10.0 ** np.maximum(places, 0), 10.0 ** np.maximum(-places, 0)
    rounded: Figures = np.where(is_plain, np.round(values * up / down) * down / up, values)
    return rounded


def _whole(
    parts: Sequence[Operand],
    values: Figures,
    refusals: Refusals = (),
    beside: tuple[Figures, Figures] | None = None,
    place: Mask | None = None,
    notes: Words | None = None,
) -> Outcome:
    """The values where every part has one and nothing refuses them; elsewhere a reason, where there is a place."""
    place = parts[0].has_row if place is None else place
    statuses = weakest([part.statuses for part in parts])
    reasons = np.full(values.shape, None, dtype=object)
    is_open = place.copy()
    for part in parts:
        _set_missing(part, is_open, statuses, reasons)
    for where, words in refusals:
        hit = is_open & where
        statuses[hit], reasons[hit] = REFUSED, words[hit] if isinstance(words, np.ndarray) else words
        is_open &= ~hit
    statuses[~place] = NO_ROW
    notes = np.full(values.shape, None, dtype=object) if notes is None else notes
    notes[~is_open] = None
    above, below = beside or (np.full(values.shape, np.nan), np.full(values.shape, np.nan))
    figures = round_off(np.where(is_open, values, np.nan))
    has_all_rows = np.logical_and.reduce([part.has_row for part in parts])
    return Outcome(figures, statuses, reasons, above, below, notes, has_all_rows)


def _set_missing(part: Operand, is_open: Mask, statuses: Codes, reasons: Words) -> None:
    """Write why the part has no figure, with its status, wherever no earlier part has done so."""
    missing = is_open & np.isnan(part.values)
    is_told = missing & part.has_row
    reasons[missing] = f"{part.name}: no figure for this council and period"
    reasons[is_told] = [f"{part.name}: {reason}" for reason in part.reasons[is_told]]
    statuses[missing] = STATUSES.index(Status.NOT_AVAILABLE)
    statuses[is_told] = part.statuses[is_told]
    is_open &= ~missing


def weakest(statuses: Sequence[Codes]) -> Codes:
    """Of status codes of figures, given part by part: the least firm in each place."""
    order = np.zeros(NO_ROW + 1, dtype=np.uint8)
    codes = np.array([STATUSES.index(status) for status in FIRMEST_FIRST], dtype=np.uint8)
    order[codes] = np.arange(len(codes))
    least: Codes = codes[np.max([order[part] for part in statuses], axis=0)]
    return least


def _listed(labels: Sequence[Any]) -> str:
    shown = ", ".join(labels[:MOST_LISTED])
    return f"{shown} and {len(labels) - MOST_LISTED} more" if len(labels) > MOST_LISTED else shown
