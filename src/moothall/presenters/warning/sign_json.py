"""Signs and conversation packs as plain records for programs. No record adds up lenses or puts councils in order."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from moothall.domain.authority import Authority
from moothall.domain.signal import Signal
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.shared_by_councils.replies import replies_of, reply_records
from moothall.presenters.warning.conversation_pack import ConversationPack
from moothall.presenters.warning.lens_readings import LensReading, SignalReading
from moothall.presenters.warning.lens_words import (
    NOT_A_FORECAST,
    chance_sentence,
    counts_sentence,
    evidence_sentence,
    why_not_words,
)
from moothall.presenters.warning.sign_records import band_record, sign_record


def signs_record(
    store: FigureStore, authority: Authority, day: date, readings: Iterable[LensReading], changed: Iterable[str] = ()
) -> dict[str, Any]:
    """What every lens says of a council on a day; ``changed`` are the signals with a user's own thresholds."""
    return {
        "authority": authority.code,
        "name": authority.name,
        "day": day,
        "chance": chance_sentence(),
        "limits": NOT_A_FORECAST,
        "own_thresholds": sorted(changed),
        "lenses": [_lens(store, reading) for reading in readings],
    }


def _lens(store: FigureStore, reading: LensReading) -> dict[str, Any]:
    return {
        "lens": reading.rule.lens,
        "band": reading.band,
        "families_fired": reading.fired,
        "families_assessed": reading.assessed,
        "families": reading.families,
        "counts": counts_sentence(reading),
        "record": band_record(store, reading.rule.lens, reading.band),
        "signals": [_signal(store, one) for one in reading.readings],
    }


def _signal(store: FigureStore, reading: SignalReading) -> dict[str, Any]:
    signal, bounds = reading.signal, reading.signal.bounds
    return {
        "signal": signal.id,
        "family": signal.family,
        "title": signal.title,
        "state": reading.state,
        "why_not": reading.why_not,
        "why_not_words": why_not_words(store, reading) or None,
        "metric": reading.metric.id if reading.metric else None,
        "period": reading.period.slug if reading.period else None,
        "months_old": None if reading.months_old is None else round(reading.months_old, 1),
        "figure": reading.figure,
        "tested": reading.tested,
        "middle_of_type": reading.middle,
        "councils_in_type": reading.count,
        "threshold": asdict(bounds) if bounds else None,
        "sentence": evidence_sentence(reading) or None,
        "record": sign_record(store, signal),
        "questions": [{"ask": question.ask, "text": question.text} for question in signal.questions],
        "harmless": list(signal.harmless),
        "replies": reply_records(replies_of(store).to_sign(reading)),
    }


def awaited_record(signals: Iterable[Signal]) -> list[dict[str, Any]]:
    """The rules that wait for a publisher."""
    return [
        {"signal": s.id, "lens": s.lens, "title": s.title, "awaiting": s.awaiting, "publisher": s.publisher}
        for s in signals
        if s.awaiting
    ]


def pack_record(pack: ConversationPack, authority: Authority) -> dict[str, Any]:
    """A conversation pack: everything that its page shows."""
    whole = asdict(pack)
    del whole["head"], whole["links"]
    return {"authority": authority.code, **whole}
