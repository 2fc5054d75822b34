"""The fitted model over rolling origins: at each it learns from years that had closed, and is held against the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.backtest import Sitting, auc_interval
from moothall.analytics.calibration import brier, calibration_bins, log_loss
from moothall.analytics.hazard import Hazard, fit_hazard
from moothall.analytics.proportions import wilson
from moothall.domain.backtest import ChanceClass, ChanceQuality, HazardReport, HazardRun
from moothall.domain.period import add_months

STEP_MONTHS: Final = 12
"""The model's time is counted in years."""

MODEL, BASE_RATE = "model", "base-rate"


@dataclass(frozen=True)
class HazardRows:
    """Those at risk at one origin whose variables are all known: ``variables`` [rows, slopes], higher for more events.

    ``has_event`` is a first event within a year.
    """

    origin: date
    codes: tuple[str, ...]
    variables: NDArray[np.float64]
    has_event: NDArray[np.bool_]


@dataclass(frozen=True)
class _Told:
    """What was told at one origin by a model that had seen closed years only."""

    rows: HazardRows
    run: HazardRun
    chances: NDArray[np.float64]


def complete_rows(
    origin: date, codes: Sequence[str], variables: NDArray[np.float64], has_event: NDArray[np.bool_]
) -> HazardRows:
    """The rows that have every variable."""
    whole: NDArray[np.bool_] = ~np.any(np.isnan(variables), axis=1)
    kept = tuple(code for code, is_in in zip(codes, whole, strict=True) if is_in)
    return HazardRows(origin, kept, variables[whole], has_event[whole])


def rolling_hazard(names: Sequence[str], rows: Sequence[HazardRows]) -> HazardReport | None:
    """The model at every origin that has closed years with an event before it; None where there is no such origin."""
    told = [found for each in rows if each.codes and (found := _tell(each, rows))]
    if not told:
        return None
    chances = np.concatenate([each.chances for each in told])
    base = np.concatenate([np.full(len(each.rows.codes), each.run.base_rate) for each in told])
    came = np.concatenate([each.rows.has_event for each in told])
    classes = tuple(ChanceClass(c.low, c.high, c.n, c.stated, c.events) for c in calibration_bins(chances, came))
    qualities = [
        _quality(MODEL, told, [each.chances for each in told], log_loss(chances, came), brier(chances, came)),
        _quality(BASE_RATE, told, [np.zeros(len(t.rows.codes)) for t in told], log_loss(base, came), brier(base, came)),
        *(
            _quality(name, told, [each.rows.variables[:, number] for each in told], None, None)
            for number, name in enumerate(names)
        ),
    ]
    return HazardReport(tuple(names), tuple(each.run for each in told), classes, tuple(qualities))


def _tell(now: HazardRows, rows: Sequence[HazardRows]) -> _Told | None:
    closed = [each for each in rows if each.codes and add_months(each.origin, STEP_MONTHS) <= now.origin]
    if not closed:
        return None
    came = np.concatenate([each.has_event for each in closed])
    years = np.concatenate([np.full(len(each.codes), each.origin.year) for each in closed])
    model = fit_hazard(np.concatenate([each.variables for each in closed]), years, came)
    return _told_by(model, now, came) if model else None


def _told_by(model: Hazard, now: HazardRows, came: NDArray[np.bool_]) -> _Told:
    low, high = (float(limit) for limit in wilson(np.array(came.sum()), np.array(came.size)))
    run = HazardRun(
        origin=now.origin,
        rows=came.size,
        events=int(came.sum()),
        slopes=tuple(float(slope) for slope in model.slopes),
        base_rate=model.mean,
        base_low=low,
        base_high=high,
        told=len(now.codes),
        events_after=int(now.has_event.sum()),
    )
    return _Told(now, run, model.chances(now.variables))


def _quality(
    name: str, told: Sequence[_Told], scores: Sequence[NDArray[np.float64]], loss: float | None, distance: float | None
) -> ChanceQuality:
    sittings = [
        Sitting(t.rows.origin, t.rows.codes, held, np.zeros(held.size, dtype=np.bool_), t.rows.has_event)
        for t, held in zip(told, scores, strict=True)
    ]
    found = auc_interval(sittings)
    return ChanceQuality(name, loss, distance, found.value, found.low, found.high)
