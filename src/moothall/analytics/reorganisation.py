"""Figures of the past on the boundaries of a later day (METHODS 8).

Counts and amounts of councils that merged are summed, and what is derived from such parts is worked out anew.
Everything else is refused with its reason: what was split cannot be shared out, and rates, medians and survey results
cannot be added.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.derivation import (
    NO_COLUMN,
    NO_ROW,
    STATUSES,
    Columns,
    Operand,
    as_words,
    derive,
    make_axis,
    round_off,
    weakest,
)
from moothall.analytics.groups import is_eligible
from moothall.domain.authority import Authority, AuthorityType, Responsibility, Succession, SuccessionKind
from moothall.domain.derivation import Derivation
from moothall.domain.metric import Metric
from moothall.domain.period import Period
from moothall.domain.words import Cadence, Status

NOT_ADDITIVE = "it is not a count or an amount, so the figures of several councils cannot be joined into one"
DIVIDED = "{name} was divided among several councils, and what it reported cannot be shared out"
NO_PART = "{name} has no figure"


class Figures(Protocol):
    """A panel: every array is [authority, period]; ``statuses`` are codes, as in ``analytics.derivation``."""

    @property
    def authorities(self) -> tuple[str, ...]: ...  # noqa: D102

    @property
    def periods(self) -> tuple[Period, ...]: ...  # noqa: D102

    @property
    def values(self) -> NDArray[np.float64]: ...  # noqa: D102

    @property
    def statuses(self) -> NDArray[np.uint8]: ...  # noqa: D102

    @property
    def in_lifetime(self) -> NDArray[np.bool_]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Register:
    """The authorities by code, how they followed one another, and the day whose boundaries are meant."""

    authorities: Mapping[str, Authority]
    successions: tuple[Succession, ...]
    day: date

    def codes(self) -> tuple[str, ...]:
        """The authorities that act on the day."""
        return tuple(sorted(code for code, authority in self.authorities.items() if authority.is_active(self.day)))


@dataclass(frozen=True, slots=True)
class Predecessor:
    """A body that served part of an area; ``is_whole`` is False where only part of its own area went there."""

    code: str
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Join:
    """Whose figures make up an authority's figure of one period, or why they do not."""

    predecessors: tuple[str, ...]
    refused: str | None = None


Reasons = Mapping[tuple[str, str], str]
Joins = Mapping[tuple[str, str], Join]


@dataclass(frozen=True)
class Rebuilt:
    """Figures on the boundaries of one day: a panel with the reason of each gap and who was joined, by place.

    ``smallest`` is the least of the figures that were joined into one; ``numerators`` and ``denominators`` are those of
    rates that were worked out anew (NaN elsewhere).
    """

    authorities: tuple[str, ...]
    periods: tuple[Period, ...]
    values: NDArray[np.float64]
    statuses: NDArray[np.uint8]
    in_lifetime: NDArray[np.bool_]
    reasons: dict[tuple[str, str], str]
    joins: Mapping[tuple[str, str], Join]
    """By (authority code, period slug), as ``reasons``: only places before a change of boundaries."""
    smallest: NDArray[np.float64]
    numerators: NDArray[np.float64]
    denominators: NDArray[np.float64]


def predecessors_on(code: str, day: date, register: Register) -> tuple[Predecessor, ...]:
    """The bodies that served the area of ``code`` on an earlier ``day``; itself alone where nothing changed since."""
    return tuple(dict.fromkeys(_predecessors(code, day, register, is_whole=True)))


def _predecessors(code: str, day: date, register: Register, is_whole: bool) -> Iterator[Predecessor]:
    since = [edge for edge in register.successions if day < edge.on <= register.day and edge.kind is not _RECODE]
    if register.authorities[code].is_active(day):
        gave_away = any(edge.predecessor == code and edge.kind is SuccessionKind.TRANSFER for edge in since)
        yield Predecessor(code, is_whole and not gave_away)
    for edge in since:
        if edge.successor == code:
            yield from _predecessors(edge.predecessor, day, register, is_whole and edge.kind is SuccessionKind.MERGE)


_RECODE = SuccessionKind.RECODE


def find_joins(
    metric: Metric, responsibility: Responsibility, register: Register, periods: Iterable[Period]
) -> dict[tuple[str, str], Join]:
    """By (authority code, period slug): whose figures are joined, for every place where boundaries have changed.

    Only predecessors that ran the service count. A fact about a place is counted once: districts, not their county.
    """
    changed = {e.successor for e in register.successions} | {e.predecessor for e in register.successions}
    joins = {}
    for code in sorted(changed & set(register.codes())):
        for period in periods:
            behind = predecessors_on(code, period.end, register)
            if behind and behind != (Predecessor(code),):
                chosen = _responsible(behind, metric, responsibility, register, period.end)
                joins[code, period.slug] = _join(chosen, register)
    return joins


def _responsible(
    behind: Sequence[Predecessor], metric: Metric, responsibility: Responsibility, register: Register, day: date
) -> list[Predecessor]:
    bodies = [register.authorities[predecessor.code] for predecessor in behind]
    chosen = [p for p, body in zip(behind, bodies, strict=True) if is_eligible(body, metric, responsibility, day)]
    if not metric.is_context:
        return chosen
    counties = {register.authorities[p.code].county for p in chosen}
    return [p for p in chosen if p.code not in counties or not _is_county(p.code, register)]


def _is_county(code: str, register: Register) -> bool:
    return register.authorities[code].type is AuthorityType.COUNTY


def _join(chosen: Sequence[Predecessor], register: Register) -> Join:
    codes = tuple(sorted(predecessor.code for predecessor in chosen))
    divided = [register.authorities[p.code].short_name for p in chosen if not p.is_whole]
    return Join(codes, DIVIDED.format(name=divided[0]) if divided else None)


def rebuild(figures: Figures, reasons: Reasons, joins: Joins, register: Register, is_additive: bool) -> Rebuilt:
    """The figures on the boundaries of the register's day: sums where they may be summed, else a reason.

    Where no sum can be made, a figure that the publisher itself gives for the later boundaries (before the authority
    acted) stands. Where one body alone ran the service in the whole area, its figure is the area's, whatever its kind.
    """
    rebuilt = _laid_out(figures, reasons, joins, register)
    row_of = {code: row for row, code in enumerate(rebuilt.authorities)}
    column_of = {period.slug: column for column, period in enumerate(figures.periods)}
    held = {code: row for row, code in enumerate(figures.authorities)}
    for (code, slug), join in joins.items():
        column = column_of.get(slug)
        if column is None or not _has_any(figures, join, held, column):
            continue
        place = row_of[code], column
        rebuilt.smallest[place] = _smallest(figures, join, held, column)
        value, status, reason = _joined(figures, join, held, column, register, is_additive)
        is_published = not rebuilt.in_lifetime[place] and not np.isnan(rebuilt.values[place])
        if reason is None or not is_published:
            _write(rebuilt, place, (code, slug), (value, status, reason))
    return rebuilt


def _laid_out(figures: Figures, reasons: Reasons, joins: Joins, register: Register) -> Rebuilt:
    """The figures as they are, for the authorities of the day."""
    wanted = set(figures.authorities) | {code for code, _ in joins}
    codes = tuple(code for code in register.codes() if code in wanted)
    held = {code: row for row, code in enumerate(figures.authorities)}
    rows = np.array([held.get(code, NO_COLUMN) for code in codes], dtype=np.intp)
    is_there = rows != NO_COLUMN
    shape = len(codes), len(figures.periods)
    values, acting = np.full(shape, np.nan), np.zeros(shape, dtype=bool)
    statuses = np.full(shape, NO_ROW, dtype=np.uint8)
    values[is_there], acting[is_there] = figures.values[rows[is_there]], figures.in_lifetime[rows[is_there]]
    statuses[is_there] = figures.statuses[rows[is_there]]
    own = {place: reason for place, reason in reasons.items() if place[0] in set(codes)}
    bare = np.full(shape, np.nan)
    return Rebuilt(codes, figures.periods, values, statuses, acting, own, dict(joins), values.copy(), bare, bare.copy())


def _has_any(figures: Figures, join: Join, held: Mapping[str, int], column: int) -> bool:
    """True when the publisher has a row for at least one of those joined."""
    return any(code in held and figures.statuses[held[code], column] != NO_ROW for code in join.predecessors)


def _smallest(figures: Figures, join: Join, held: Mapping[str, int], column: int) -> float:
    """The least figure of those joined; NaN where none has one."""
    known = [figures.values[held[code], column] for code in join.predecessors if code in held]
    return float(min((figure for figure in known if not np.isnan(figure)), default=np.nan))


def _joined(
    figures: Figures, join: Join, held: Mapping[str, int], column: int, register: Register, is_additive: bool
) -> tuple[float, int, str | None]:
    """The value and status of the whole, or NaN with the status and reason of its absence."""
    if join.refused:
        return np.nan, STATUSES.index(Status.NOT_APPLICABLE), join.refused
    if not is_additive and len(join.predecessors) > 1:
        return np.nan, STATUSES.index(Status.NOT_APPLICABLE), NOT_ADDITIVE
    missing = [c for c in join.predecessors if c not in held or np.isnan(figures.values[held[c], column])]
    if missing:
        reason = NO_PART.format(name=register.authorities[missing[0]].short_name)
        return np.nan, STATUSES.index(Status.NOT_AVAILABLE), reason
    rows = [held[code] for code in join.predecessors]
    status = weakest([np.array([code], dtype=np.uint8) for code in figures.statuses[rows, column]])[0]
    return float(round_off(np.array(figures.values[rows, column].sum()))), int(status), None


def _write(
    rebuilt: Rebuilt, place: tuple[int, int], name: tuple[str, str], found: tuple[float, int, str | None]
) -> None:
    value, status, reason = found
    rebuilt.values[place], rebuilt.statuses[place], rebuilt.in_lifetime[place] = value, status, True
    rebuilt.reasons.pop(name, None)
    if reason is not None:
        rebuilt.reasons[name] = reason


def rebuild_derived(
    value: Derivation,
    cadence: Cadence,
    stored: Rebuilt,
    parts: Sequence[tuple[str, Rebuilt, bool]],
    elsewhere: Sequence[tuple[str, Rebuilt]] = (),
) -> Rebuilt:
    """A derived metric worked out anew from its rebuilt ``parts`` (name, figures, whether its day lies within).

    ``stored`` has the metric's own figures laid out (``rebuild``); they stand for every authority that was never
    joined. For the others each place is derived from the rebuilt parts, and has the reason where that fails. The
    figures ``elsewhere`` are those of other sources (by title) of what is divided by.
    """
    held = {period for _, part, is_within in parts if not is_within for period in part.periods}
    periods = tuple(sorted(held | set(stored.periods)))
    operands = [_as_operand(name, part, (stored.authorities, periods), is_within) for name, part, is_within in parts]
    negative = as_words([tuple(_negative_periods(code, elsewhere)) for code in stored.authorities])
    whole = derive(value, operands, make_axis(value, periods, cadence), negative)
    columns = columns_of(periods, stored.periods)
    outcome = Operand("", whole.values, whole.statuses, whole.reasons).shifted(columns, "")
    joined = {code for _, part, _ in parts for code, _ in part.joins}
    rows = [row for row, code in enumerate(stored.authorities) if code in joined]
    values, statuses, acting = stored.values.copy(), stored.statuses.copy(), stored.in_lifetime.copy()
    values[rows], statuses[rows] = outcome.values[rows], outcome.statuses[rows]
    acting[rows] = outcome.statuses[rows] != NO_ROW
    reasons = {place: reason for place, reason in stored.reasons.items() if place[0] not in joined}
    for row in rows:
        for column in np.flatnonzero(outcome.reasons[row] != np.array(None)).tolist():
            reasons[stored.authorities[row], stored.periods[column].slug] = outcome.reasons[row, column]
    top, below = np.full(values.shape, np.nan), np.full(values.shape, np.nan)
    top[rows], below[rows] = _moved(whole.numerators, columns)[rows], _moved(whole.denominators, columns)[rows]
    return Rebuilt(
        stored.authorities, stored.periods, values, statuses, acting, reasons, stored.joins, stored.smallest, top, below
    )


def _negative_periods(code: str, elsewhere: Sequence[tuple[str, Rebuilt]]) -> Iterator[str]:
    for title, figures in elsewhere:
        if code in figures.authorities:
            lowest = figures.smallest[figures.authorities.index(code)]
            yield from (f"{figures.periods[column].label} in {title}" for column in np.flatnonzero(lowest < 0).tolist())


def _moved(figures: NDArray[np.float64], columns: Columns) -> NDArray[np.float64]:
    """In each column the figures of the column that is named; NaN where it is ``NO_COLUMN``."""
    moved: NDArray[np.float64] = np.where(columns == NO_COLUMN, np.nan, figures[:, columns])
    return moved


def _as_operand(name: str, part: Rebuilt, frame: tuple[Sequence[str], Sequence[Period]], is_within: bool) -> Operand:
    """The part on the axes of ``frame``: authority codes and periods."""
    authorities, periods = frame
    shape = len(part.authorities), len(part.periods)
    words = np.full(shape, None, dtype=object)
    places = {(c, p.slug): (i, j) for i, c in enumerate(part.authorities) for j, p in enumerate(part.periods)}
    for place, reason in part.reasons.items():
        if place in places:
            words[places[place]] = reason
    columns = columns_within(part.periods, periods) if is_within else columns_of(part.periods, periods)
    operand = Operand(name, part.values, part.statuses, words, part.smallest)
    across = operand.shifted(columns, name) if shape[1] else Operand(name, *_empty(shape[0], len(columns)))
    down = {code: row for row, code in enumerate(part.authorities)}
    rows = np.array([down.get(code, NO_COLUMN) for code in authorities], dtype=np.intp)
    return _rows_of(across, rows)


def _rows_of(operand: Operand, rows: Columns) -> Operand:
    values, statuses, reasons = _empty(len(rows), operand.values.shape[1])
    lowest, is_there = values.copy(), rows != NO_COLUMN
    lowest[is_there] = operand.lowest[rows[is_there]]
    values[is_there], statuses[is_there] = operand.values[rows[is_there]], operand.statuses[rows[is_there]]
    reasons[is_there] = operand.reasons[rows[is_there]]
    return Operand(operand.name, values, statuses, reasons, lowest)


def _empty(height: int, width: int) -> tuple[NDArray[np.float64], NDArray[np.uint8], NDArray[np.object_]]:
    shape = height, width
    return np.full(shape, np.nan), np.full(shape, NO_ROW, dtype=np.uint8), np.full(shape, None, dtype=object)


def columns_of(held: Sequence[Period], wanted: Sequence[Period]) -> Columns:
    """For each wanted period its column among those held; ``NO_COLUMN`` where it is not."""
    across = {period: column for column, period in enumerate(held)}
    return np.array([across.get(period, NO_COLUMN) for period in wanted], dtype=np.intp)


def columns_within(held: Sequence[Period], wanted: Sequence[Period]) -> Columns:
    """For each wanted period the column of the last single day held that lies within it."""
    found = [max((c for c, day in enumerate(held) if p.start <= day.start <= p.end), default=NO_COLUMN) for p in wanted]
    return np.array(found, dtype=np.intp)
