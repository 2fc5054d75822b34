"""Warning rules and lenses compared with the metrics and with one another.

Every rule stands in its lens's folder and in one of its lens's families, looks at metrics that it can look at, says why
its thresholds are what they are, and speaks in words that promise nothing.
"""

import re
from collections.abc import Iterator
from string import Formatter

from moothall.catalogue.drafts import Drafts, Located
from moothall.catalogue.problems import quoted
from moothall.catalogue.references import misfiled, repeated, unresolved
from moothall.catalogue.schema import MetricEntry
from moothall.catalogue.signals import LensEntry, SignalEntry
from moothall.catalogue.spelling import advise
from moothall.domain.period import PeriodKind
from moothall.domain.signal import SENTENCE_TOKENS, SignalStatus
from moothall.domain.words import MetricState

REFUSED_WORDS = ("failing", "failure", "fails", "worst", "bankrupt", "bankruptcy", "insolvent", "league table", "score")
"""Words that no rule and no page about rules may say of a council."""

_REFUSED = re.compile(rf"\b({'|'.join(REFUSED_WORDS)})\b", re.IGNORECASE)

NEEDED_TOKENS = ("authority", "period")
"""What an evidence sentence must name: whose figure, and of when."""

REASONS = ("sign_reason", "threshold_reason", "threshold_source")


def lens_faults(drafts: Drafts) -> Iterator[str]:
    """One sentence for each fault of a lens."""
    yield from repeated(drafts.lenses, "id", lambda lens: lens.id)
    used = {(located.entry.lens, located.entry.family) for located in drafts.signals}
    for located in drafts.lenses:
        lens = located.entry
        if lens.watch_from > lens.look_closer_from:
            yield located.fault("watch_from is above look_closer_from; let watching begin no later", "watch_from")
        if lens.least_assessed > len(lens.families):
            words = f"least_assessed asks for {lens.least_assessed} of {len(lens.families)} families; lower it"
            yield located.fault(words, "least_assessed")
        for number, family in enumerate(lens.families):
            if (lens.id, family.id) not in used:
                words = f"no signal is of the family {quoted(family.id)}; take it out or write one"
                yield located.fault(words, "families", number, "id")


def signal_faults(drafts: Drafts) -> Iterator[str]:
    """One sentence for each fault of a rule, or between a rule and the lenses and metrics."""
    yield from repeated(drafts.signals, "id", lambda signal: signal.id)
    lenses = {located.entry.id: located.entry for located in drafts.lenses}
    metrics = {located.entry.id: located.entry for located in drafts.metrics}
    for located in drafts.signals:
        yield from misfiled(located, located.entry.id)
        yield from _lens_faults(located, lenses.get(located.entry.lens))
        yield from _status_faults(located)
        yield from _word_faults(located)
        yield from _metric_faults(located, drafts, metrics)


def _lens_faults(located: Located[SignalEntry], lens: LensEntry | None) -> Iterator[str]:
    signal = located.entry
    folder = located.document.name.rsplit("/", 2)[-2]
    if folder != signal.lens:
        yield located.fault(f"lens {quoted(signal.lens)} is not the name of its folder; move the file", "lens")
    if lens is None:
        yield located.fault(f"lens {quoted(signal.lens)} is not in catalogue/signals/lenses.yaml; define it", "lens")
        return
    families = [family.id for family in lens.families]
    if signal.family not in families:
        words = f"family {quoted(signal.family)} is none of the lens's; {advise(signal.family, families)}"
        yield located.fault(words, "family")


def _status_faults(located: Located[SignalEntry]) -> Iterator[str]:
    """A live rule has metrics, a test and reasons; one that waits says for what and whom."""
    signal = located.entry
    is_live = signal.status is SignalStatus.LIVE
    needed = ("metrics", "test", *REASONS) if is_live else ("awaiting", "publisher")
    refused = ("awaiting", "publisher") if is_live else ("metrics", "test")
    for name in needed:
        if not getattr(signal, name):
            yield located.fault(f"{name} is missing, and the status is {signal.status}; add it", "status")
    for name in refused:
        if getattr(signal, name):
            yield located.fault(f"{name} does not go with the status {signal.status}; take it out", name)


def _word_faults(located: Located[SignalEntry]) -> Iterator[str]:
    signal = located.entry
    named = [name for _, name, _, _ in Formatter().parse(signal.sentence) if name is not None]
    for name in named:
        if name not in SENTENCE_TOKENS:
            words = f"sentence names {quoted(name)}, which is no token; {advise(name, SENTENCE_TOKENS)}"
            yield located.fault(words, "sentence")
    if signal.status is SignalStatus.LIVE:
        for name in NEEDED_TOKENS:
            if name not in named:
                yield located.fault(f"sentence does not name {{{name}}}; add it", "sentence")
    for key, text in _prose_of(signal):
        if found := _REFUSED.search(text):
            words = f"{key} says {quoted(found.group())}, which no signal may; say what is unusual instead"
            yield located.fault(words, key)


def _prose_of(signal: SignalEntry) -> Iterator[tuple[str, str]]:
    for key in ("title", "why", "sentence", *REASONS):
        yield key, getattr(signal, key) or ""
    yield from (("questions", question.text) for question in signal.questions)
    yield from (("harmless", text) for text in signal.harmless)


def _metric_faults(located: Located[SignalEntry], drafts: Drafts, metrics: dict[str, MetricEntry]) -> Iterator[str]:
    signal = located.entry
    named: list[tuple[tuple[str | int, ...], str]]
    named = [(("metrics", number), id_) for number, id_ in enumerate(signal.metrics)]
    if signal.unless:
        named += [(("unless", "metrics", number), id_) for number, id_ in enumerate(signal.unless.metrics)]
    if signal.test and signal.test.change and signal.test.change.per:
        named.append((("test", "change", "per"), signal.test.change.per))
    for keys, id_ in named:
        yield from unresolved(located, id_, "metrics", drafts, *keys)
        metric = metrics.get(id_)
        if metric and metric.status is not MetricState.LIVE:
            yield located.fault(f"the metric {id_} is {metric.status}, so it has no figures; take another", *keys)
    for number, id_ in enumerate(signal.metrics):
        if id_ in metrics:
            yield from _fit_faults(located, metrics[id_], "metrics", number)


def _fit_faults(located: Located[SignalEntry], metric: MetricEntry, *keys: str | int) -> Iterator[str]:
    """A metric must be of the kind that the test looks at."""
    test = located.entry.test
    if test is None:
        return
    is_dated = metric.period is PeriodKind.POINT_IN_TIME
    if (test.kind == "dated_fact") != is_dated:
        words = (
            "is no finding of a day" if test.kind == "dated_fact" else "is a finding of a day, so it needs dated_fact"
        )
        yield located.fault(f"the metric {metric.id} {words}; take another", *keys)
    if test.kind == "refused_denominator" and (metric.value is None or metric.value.ratio is None):
        yield located.fault(f"the metric {metric.id} is no ratio, so it has no denominator; take another", *keys)
