"""A method against what came, over all origins of a test: counts, names, precision, recall, AUC and lead time."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median
from typing import Final

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.backtest import (
    Interval,
    Mask,
    Scores,
    Sitting,
    auc,
    auc_interval,
    highest_share,
    lead_months,
    precision_at,
    recall_at_rate,
)
from moothall.analytics.risk_sets import Fate, Onset
from moothall.domain.backtest import BandRecord, Evaluation, Method, OriginTest, SignalRecord
from moothall.domain.signal import Lens, LensBand

KNOWN: Final = frozenset({Fate.EVENT, Fate.NO_EVENT})
"""Fates that count; the others are left out."""


@dataclass(frozen=True)
class Said:
    """What one method said at one origin of all who acted then: arrays are [authorities], ``scores`` NaN where unknown.

    ``flagged`` is None for a method without a threshold of its own, which flags the highest tenth of those at risk.
    """

    origin: date
    codes: tuple[str, ...]
    scores: Scores
    flagged: Mask | None = None


def sitting_of(said: Said, fates: Sequence[Fate], members: Collection[str] | None = None) -> Sitting:
    """What was said of those at risk of whom it is known what came; of ``members`` only, where given."""
    kept = np.array(
        [fate in KNOWN and (members is None or code in members) for code, fate in zip(said.codes, fates, strict=True)],
        dtype=np.bool_,
    )
    scores = said.scores[kept]
    return Sitting(
        origin=said.origin,
        codes=tuple(code for code, is_in in zip(said.codes, kept, strict=True) if is_in),
        scores=scores,
        flagged=highest_share(scores) if said.flagged is None else said.flagged[kept],
        has_event=np.array([fate is Fate.EVENT for fate, is_in in zip(fates, kept, strict=True) if is_in], dtype=bool),
    )


def evaluate_method(
    method: Method, sittings: Sequence[Sitting], onsets: Mapping[str, Onset], with_interval: bool = True
) -> Evaluation:
    """How a method did over these sittings, oldest first."""
    n, events, flags, hits = (sum(int(mask(s).sum()) for s in sittings) for mask in _MASKS)
    interval = auc_interval(sittings) if with_interval else Interval(auc(sittings), None, None)
    found = Evaluation(
        method=method,
        n=n,
        events=events,
        flags=flags,
        hits=hits,
        precision=hits / flags if flags else None,
        recall=hits / events if events else None,
        precision_at_10=precision_at(sittings, 10),
        precision_at_20=precision_at(sittings, 20),
        precision_at_30=precision_at(sittings, 30),
        recall_at_tenth=recall_at_rate(sittings),
        auc=interval.value,
        auc_low=interval.low,
        auc_high=interval.high,
        median_lead_months=None,
        assessed=sum(int((~np.isnan(s.scores)).sum()) for s in sittings),
        hit_codes=_named(sittings, lambda s: s.flagged & s.has_event),
        missed=_named(sittings, lambda s: ~s.flagged & s.has_event),
        false_alarms=_named(sittings, lambda s: s.flagged & ~s.has_event),
    )
    leads = [_lead(sittings, onsets[code], code) for code in found.hit_codes]
    known = [lead for lead in leads if lead is not None]
    return replace(found, median_lead_months=float(median(known)) if known else None)


def _everybody(sitting: Sitting) -> Mask:
    return np.ones(len(sitting.codes), dtype=np.bool_)


_MASKS: Final[tuple[Callable[[Sitting], Mask], ...]] = (
    _everybody,
    lambda s: s.has_event,
    lambda s: s.flagged,
    lambda s: s.flagged & s.has_event,
)
"""Who is counted as n, event, flag and hit."""


def _named(sittings: Sequence[Sitting], mask: Callable[[Sitting], Mask]) -> tuple[str, ...]:
    return tuple(sorted({code for s in sittings for code, is_in in zip(s.codes, mask(s), strict=True) if is_in}))


def _lead(sittings: Sequence[Sitting], onset: Onset, code: str) -> int | None:
    flagged = {s.origin: bool(s.flagged[s.codes.index(code)]) for s in sittings if code in s.codes}
    return lead_months(flagged, onset)


def origin_test(lens: Lens, horizon: int, sitting: Sitting, left_out: int) -> OriginTest:
    """Who was flagged at one origin and what came, as codes by name."""

    def named(mask: Mask) -> tuple[str, ...]:
        return tuple(sorted(code for code, is_in in zip(sitting.codes, mask, strict=True) if is_in))

    flagged, came = sitting.flagged, sitting.has_event
    n = len(sitting.codes)
    hits, missed, false_alarms = named(flagged & came), named(~flagged & came), named(flagged & ~came)
    return OriginTest(lens, horizon, sitting.origin, n, left_out, hits, missed, false_alarms)


def band_records(
    lens: Lens, horizon: int, bands: Sequence[Sequence[LensBand]], fates: Sequence[Sequence[Fate]]
) -> list[BandRecord]:
    """How many had each band over all origins, and how many of those met an event; both by origin and authority."""
    counts: dict[LensBand, list[int]] = {}
    for of_origin, what_came in zip(bands, fates, strict=True):
        for band, fate in zip(of_origin, what_came, strict=True):
            if fate in KNOWN:
                held = counts.setdefault(band, [0, 0])
                held[0] += 1
                held[1] += fate is Fate.EVENT
    return [BandRecord(lens, band, horizon, *counts[band]) for band in LensBand if band in counts]


def signal_record(
    signal: str,
    horizon: int,
    fired: Sequence[NDArray[np.bool_]],
    assessed: Sequence[NDArray[np.bool_]],
    fates: Sequence[Sequence[Fate]],
) -> SignalRecord:
    """Of those at which a signal fired and of the others that it could assess: how many there were, how many events."""
    cells = {True: [0, 0], False: [0, 0]}
    for is_fired, is_assessed, what_came in zip(fired, assessed, fates, strict=True):
        for row, fate in enumerate(what_came):
            if fate in KNOWN and is_assessed[row]:
                held = cells[bool(is_fired[row])]
                held[0] += 1
                held[1] += fate is Fate.EVENT
    return SignalRecord(signal, horizon, *cells[True], *cells[False])
