"""Digests: of the rules that are tested, and of everything that a run is worked out from."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from moothall.analytics.backtest import DRAWS, FLAG_RATE, SEED
from moothall.analytics.baselines import AUDITORS_LIMIT, CIPFA_2018
from moothall.analytics.hazard import LOG_F_DEGREES
from moothall.analytics.risk_sets import FIRST_ORIGIN, HORIZONS
from moothall.catalogue import Catalogue
from moothall.domain.backtest import MAIN_EVENT
from moothall.domain.derivation import MetricRef, parts_of
from moothall.domain.metric import Metric
from moothall.domain.signal import Signal, SignalStatus
from moothall.presenters.backtest.plain_figures import OLDEST_MONTHS, USED, VARIABLES
from moothall.presenters.figures.reading import FigureStore

RULE_FIELDS = ("id", "lens", "family", "metrics", "group", "test", "oldest_months", "unless", "leaves_out")
"""What a rule does; its words may be mended without making it another rule."""


def rules_digest(catalogue: Catalogue) -> str:
    """The digest of all live rules, of the bands of the lenses and of how the back-test asks."""
    signals = sorted(catalogue.signals.values(), key=lambda signal: signal.id)
    lenses = [
        [lens.lens, [f.id for f in lens.families], lens.least_assessed, lens.watch_from, lens.look_closer_from]
        for lens in catalogue.lenses.values()
    ]
    return _digest({"signals": [_rule(s) for s in signals if _is_live(s)], "lenses": lenses, "method": _method()})


def _is_live(signal: Signal) -> bool:
    return signal.status is SignalStatus.LIVE


def _rule(signal: Signal) -> dict[str, Any]:
    whole = asdict(signal)
    return {name: whole[name] for name in RULE_FIELDS}


def _method() -> dict[str, Any]:
    """What is fixed beforehand besides the rules: origins, horizons, events, baselines and the fitted model."""
    return {
        "first_origin": FIRST_ORIGIN,
        "horizons": HORIZONS,
        "events": MAIN_EVENT,
        "flag_rate": FLAG_RATE,
        "bootstrap": [SEED, DRAWS],
        "composite": {name: asdict(part) for name, part in CIPFA_2018.items()},
        "auditors_limit": AUDITORS_LIMIT,
        "plain_metrics": [USED, OLDEST_MONTHS],
        "model": [VARIABLES, LOG_F_DEGREES],
    }


def inputs_digest(store: FigureStore) -> str:
    """The digest of everything that a run is worked out from: rules, register, councils, metrics and releases."""
    catalogue = store.catalogue
    used = sorted({*USED, *(m for s in catalogue.signals.values() if _is_live(s) for m in s.metrics)})
    metrics = [catalogue.metrics[name] for name in used if name in catalogue.metrics]
    sources = {source for metric in metrics for source in metric.sources}
    releases = [[r.source, r.id, r.sha256, r.known_on] for r in store.whole.releases.values() if r.source in sources]
    authorities = [[a.code, a.type, a.start, a.end] for a in catalogue.authorities.values()]
    actions = [
        [a.id, a.authority, a.counts_as, a.first_day, a.last_day, list(a.continues_with)]
        for a in catalogue.formal_actions.actions.values()
    ]
    about = [_about(metric) for metric in _with_operands(catalogue, metrics)]
    register = [catalogue.formal_actions.complete_to, actions]
    return _digest([rules_digest(catalogue), register, authorities, about, sorted(releases, key=str)])


def _with_operands(catalogue: Catalogue, metrics: Iterable[Metric]) -> list[Metric]:
    """The metrics and those that they are derived from, by id."""
    found: dict[str, Metric] = {}
    waiting = list(metrics)
    while waiting:
        metric = waiting.pop()
        if metric.id in found:
            continue
        found[metric.id] = metric
        operands = [part.operand for part in parts_of(metric.value)] if metric.value else []
        waiting += [catalogue.metrics[o.metric] for o in operands if isinstance(o, MetricRef)]
    return [found[name] for name in sorted(found)]


def _about(metric: Metric) -> list[Any]:
    return [
        metric.id, metric.value, metric.cadence, metric.responsibility, sorted(metric.applies_to),
        [b.start for b in metric.breaks], metric.decimals,
    ]  # fmt: skip


def _digest(content: Any) -> str:
    text = json.dumps(content, default=_plain, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset | set):
        return sorted(value)
    return asdict(value) if hasattr(value, "__dataclass_fields__") else str(value)
