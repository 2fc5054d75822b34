"""A user's own thresholds for warning rules, such as limits that government fixes: a file beside the catalogue.

    debt-above-own-limit: {when: at-least, fired: 90, watched: 80}

Only the numbers may change. A rule keeps its metrics and the side on which a figure is unusual, or it would be another.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from moothall.catalogue.problems import quoted, validate
from moothall.catalogue.signals import BoundsEntry
from moothall.catalogue.spelling import nearest_word
from moothall.catalogue.yaml_nodes import Document, YamlFault, read_document
from moothall.domain.signal import ChangeOver, Place, Signal, SignalStatus
from moothall.errors import CatalogueError

HIGHEST_PLACE = 100


def load_thresholds(path: Path, signals: Mapping[str, Signal]) -> dict[str, Signal]:
    """All ``signals`` by id, those that the file names with its thresholds.

    CatalogueError with one sentence for each fault: an unknown signal, one without thresholds, a changed side, what is
    no number.
    """
    try:
        document = read_document(path, path.name)
    except YamlFault as fault:
        raise CatalogueError([f"{path.name}, line {fault.line}: {fault.words}"]) from None
    changed, faults = dict(signals), list[str]()
    for id_ in document.content:
        told = list(_name_faults(document, id_, signals))
        if not told:
            changed[id_], told = _changed(document, id_, signals[id_])
        faults += told
    if faults:
        raise CatalogueError(faults)
    return changed


def _name_faults(document: Document, id_: str, signals: Mapping[str, Signal]) -> Iterator[str]:
    if id_ not in signals:
        near = nearest_word(id_, [s.id for s in signals.values() if s.status is SignalStatus.LIVE])
        remedy = f"did you mean {quoted(near)}?" if near else "the page /early-warning leads to all of them"
        yield document.sentence((id_,), f"{quoted(id_)} is no signal of the catalogue; {remedy}")
    elif signals[id_].bounds is None:
        yield document.sentence((id_,), f"the signal {quoted(id_)} has no threshold that could be changed; take it out")


def _changed(document: Document, id_: str, signal: Signal) -> tuple[Signal, list[str]]:
    """The rule with the thresholds of the file, or as it was with what is wrong with them."""
    entry, faults = validate(BoundsEntry, document.content[id_], document, (id_,))
    if entry is None or signal.bounds is None:
        return signal, faults
    if entry.when is not signal.bounds.sign:
        words = f"when is {entry.when}, but the rule has {signal.bounds.sign}; a threshold may change, its side may not"
        return signal, [document.sentence((id_, "when"), words)]
    if isinstance(signal.test, Place | ChangeOver) and not 0 <= entry.fired <= HIGHEST_PLACE:
        words = f"fired is {entry.fired:g}, but this rule asks for a percentile; write a number from 0 to 100"
        return signal, [document.sentence((id_, "fired"), words)]
    return signal.with_bounds(entry.bounds), []
