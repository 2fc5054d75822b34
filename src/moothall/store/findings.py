"""What analytics found when the build was made and no visitor changes: plain records, kept as text by subject."""

import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from sys import intern
from typing import Any, TypeVar
from zlib import compress, decompress

import duckdb

from moothall.domain.period import Period
from moothall.store.panel import kept_period

QUICKEST = 1
"""The level at which findings are compressed when they are read."""

FINDING_TABLE = "CREATE TABLE finding (subject VARCHAR, name VARCHAR, content VARCHAR, PRIMARY KEY (subject, name));"


@dataclass(frozen=True, slots=True)
class ChangeFindings:
    """Of one metric, by the rows of its panel, after the period of ``column``: what changed, and how firm figures are.

    ``rules``, ``directions`` and ``reasons`` are words of ``analytics.change`` and ``analytics.trend``, "" where no
    rule speaks; ``since`` is the column from which a change is told. ``noise`` is a standard error where there is no
    interval, NaN where it is not known. ``turned`` has row, worse, flagged and better of those who turned it round,
    out of ``eligible``, of whom ``by_chance`` would. ``reversals`` counts what became of flags and of all changes.
    """

    column: int
    rules: Sequence[str]
    directions: Sequence[str]
    reasons: Sequence[str]
    since: Sequence[int]
    noise: Sequence[float]
    turned: Sequence[tuple[int, int, int, int]]
    eligible: int
    by_chance: float
    reversals: Sequence[int]


@dataclass(frozen=True, slots=True)
class ExpectedFindings:
    """What is usual in the circumstances of each authority at one period (its slug), by a ``model``'s variables.

    ``error`` and ``median_error`` are mean held-out errors over ``n`` authorities. ``figures`` has what is usual, and
    the lower and upper end of its interval, by authority code; it is empty where circumstances explain too little.
    """

    period: str
    model: str
    n: int
    error: float
    median_error: float
    explains: bool
    figures: Mapping[str, tuple[float, float, float]]


@dataclass(frozen=True, slots=True)
class StandingOutFindings:
    """What stands out for an authority in a group whose members are ``codes`` (none: a group that names nobody).

    The lists have metric, z, z before, p and whether it lasts; the rest as ``analytics.standing_out.StandingOut``.
    """

    codes: Sequence[str]
    tested: int
    flagged: int
    cut_off: float
    by_chance: float
    too_old: int
    twins: int
    look_into: Sequence[tuple[str, float, float, float, bool]]
    going_well: Sequence[tuple[str, float, float, float, bool]]
    unusual: Sequence[tuple[str, float, float, float, bool]]


@dataclass(frozen=True, slots=True)
class SignFindings:
    """What a warning rule says of one of its metrics, however old its figures: by authority code, in order.

    The lists from ``states`` on are those of ``analytics.signals.SignalOutcome``; ``columns`` are places in
    ``periods``, which are pairs of a first day and a kind.
    """

    authorities: Sequence[str]
    periods: Sequence[tuple[str, str]]
    states: Sequence[int]
    reasons: Sequence[int]
    figures: Sequence[float]
    tested: Sequence[float]
    middles: Sequence[float]
    counts: Sequence[int]
    columns: Sequence[int]

    @property
    def told_periods(self) -> tuple[Period, ...]:
        """The periods themselves."""
        return tuple(kept_period(start, kind) for start, kind in self.periods)


@dataclass(frozen=True, slots=True)
class HighestFindings:
    """The highest figure that each authority ever had of a metric, by code."""

    figures: Mapping[str, float]


Findings = ChangeFindings | ExpectedFindings | StandingOutFindings | SignFindings | HighestFindings
Kind = TypeVar("Kind", ChangeFindings, ExpectedFindings, StandingOutFindings, SignFindings, HighestFindings)


def finding_row(name: str, found: Findings) -> tuple[str, str, str]:
    """The row of what was found under a name; NaN is kept as such."""
    content = {field.name: getattr(found, field.name) for field in fields(found)}
    return type(found).__name__, name, json.dumps(content, separators=(",", ":"))


HeldFindings = dict[tuple[str, str], bytes]


def held_findings(connection: duckdb.DuckDBPyConnection) -> HeldFindings:
    """All that a build holds, as compressed text, by kind and name: a fifth of what the text would take."""
    rows = connection.execute("SELECT * FROM finding").fetchall()
    return {(subject, name): compress(content.encode(), QUICKEST) for subject, name, content in rows}


def read_finding(kind: type[Kind], held: HeldFindings, name: str) -> Kind | None:
    """What was found under a name; None where nothing was."""
    content = held.get((kind.__name__, name))
    if content is None:
        return None
    given: dict[str, Any] = json.loads(decompress(content))
    return kind(**{name: _shared(value) for name, value in given.items()})


def _shared(value: Any) -> Any:
    """A list as it takes up least: each word held once, for there are a dozen of them; figures side by side."""
    if not isinstance(value, list) or not value:
        return value
    if all(isinstance(word, str) for word in value):
        return [intern(word) for word in value]
    return array("d", value) if all(isinstance(figure, float) for figure in value) else value
