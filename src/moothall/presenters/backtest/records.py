"""A back-test as plain facts for programs: councils by name, shares as numbers, nothing rounded."""

from collections.abc import Iterable
from typing import Any

from moothall.domain.backtest import (
    BASELINES,
    BacktestResult,
    Evaluation,
    HazardReport,
    LensTest,
    Method,
    OriginTest,
    Seen,
    WorkedExample,
)
from moothall.presenters.backtest.freeze import freeze_of
from moothall.presenters.figures.reading import FigureStore


def backtest_record(store: FigureStore, result: BacktestResult) -> dict[str, Any]:
    """The whole result."""
    freeze = freeze_of(store)
    return {
        "rules": {
            "digest": result.rules,
            "status": freeze.status,
            "variant": freeze.variant.id if freeze.variant else None,
            "noted_on": freeze.variant.on if freeze.variant else None,
        },
        "inputs": result.inputs,
        "as_of_rule": "strict",
        "complete_to": result.complete_to,
        "tests": [lens_record(store, test) for test in result.tests],
        "by_origin": [_origin_record(store, test) for test in result.origins],
        "bands": [
            {"lens": b.lens, "band": b.band, "horizon": b.horizon, "n": b.n, "events": b.events} for b in result.bands
        ],
        "signals": [
            {
                "signal": s.signal,
                "horizon": s.horizon,
                "fired": s.fired,
                "events": s.events,
                "not_fired": s.not_fired,
                "events_not_fired": s.events_not_fired,
            }
            for s in result.signals
        ],
        "worked_example": _example_record(store, result.example) if result.example else None,
        "model": _model_record(result.hazard) if result.hazard else None,
    }


def lens_record(store: FigureStore, test: LensTest) -> dict[str, Any]:
    """One lens at one horizon: our band "look closer" first, the wider band and each baseline under their names."""
    return {
        "lens": test.lens,
        "event_kind": test.event,
        "is_main": test.is_main,
        "horizon": test.horizon,
        "subset": test.subset,
        "origins": [origin.isoformat() for origin in test.origins],
        "authorities_with_event": test.authorities,
        "left_out": test.left_out,
        **_evaluation_record(store, test.of(Method.LOOK_CLOSER)),
        "at_watch": _evaluation_record(store, test.of(Method.WATCH)),
        "baselines": {method.value: _evaluation_record(store, test.of(method)) for method in BASELINES},
    }


def _evaluation_record(store: FigureStore, found: Evaluation) -> dict[str, Any]:
    return {
        "n": found.n,
        "events": found.events,
        "flags": found.flags,
        "hits": found.hits,
        "misses": found.misses,
        "false_alarms": names_of(store, found.false_alarms),
        "precision": found.precision,
        "recall": found.recall,
        "auc": found.auc,
        "auc_low": found.auc_low,
        "auc_high": found.auc_high,
        "median_lead_months": found.median_lead_months,
        "precision_at_10": found.precision_at_10,
        "precision_at_20": found.precision_at_20,
        "precision_at_30": found.precision_at_30,
        "recall_at_tenth": found.recall_at_tenth,
        "assessed": found.assessed,
        "hit_names": names_of(store, found.hit_codes),
        "missed_names": names_of(store, found.missed),
    }


def names_of(store: FigureStore, codes: Iterable[str]) -> list[str]:
    """Councils by name, in the order of their names."""
    return sorted((store.catalogue.authorities[code].short_name for code in codes), key=str.casefold)


def _origin_record(store: FigureStore, test: OriginTest) -> dict[str, Any]:
    return {
        "lens": test.lens,
        "horizon": test.horizon,
        "origin": test.origin,
        "n": test.n,
        "left_out": test.left_out,
        "hits": names_of(store, test.hits),
        "misses": names_of(store, test.missed),
        "false_alarms": names_of(store, test.false_alarms),
    }


def _example_record(store: FigureStore, example: WorkedExample) -> dict[str, Any]:
    return {
        "origin": example.origin,
        "until": example.until,
        "flagged": [_seen_record(store, seen) for seen in example.flagged],
        "missed": [_seen_record(store, seen) for seen in example.missed],
    }


def _seen_record(store: FigureStore, seen: Seen) -> dict[str, Any]:
    return {
        "authority": store.catalogue.authorities[seen.authority].short_name,
        "lens": seen.lens,
        "band": seen.band,
        "signals": list(seen.signals),
        "actions": list(seen.actions),
        "already_on_record": seen.already,
        "ended": seen.ended,
    }


def _model_record(report: HazardReport) -> dict[str, Any]:
    return {
        "variables": list(report.variables),
        "runs": [
            {
                "origin": run.origin,
                "rows": run.rows,
                "events": run.events,
                "slopes": dict(zip(report.variables, run.slopes, strict=True)),
                "base_rate": run.base_rate,
                "base_low": run.base_low,
                "base_high": run.base_high,
                "told": run.told,
                "events_after": run.events_after,
            }
            for run in report.runs
        ],
        "calibration": [
            {"low": c.low, "high": c.high, "n": c.n, "stated": c.stated, "events": c.events} for c in report.classes
        ],
        "quality": [
            {
                "name": q.name,
                "log_loss": q.log_loss,
                "brier": q.brier,
                "auc": q.auc,
                "auc_low": q.auc_low,
                "auc_high": q.auc_high,
            }
            for q in report.qualities
        ],
    }
