"""What other sources say of a quantity that a derived metric divides by: where it was negative, and in which years."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.derivation import Words, as_words
from moothall.domain.period import Period, PeriodKind
from moothall.store.ledger import Ledger, numbered_day


@dataclass(frozen=True)
class Elsewhere:
    """Another source of a quantity, by its title, with every vintage of its figures."""

    title: str
    ledger: Ledger


def negative_on(day: int, others: Sequence[Elsewhere], owners: Sequence[str], kind: PeriodKind) -> Words:
    """For each owner the periods (with the source) whose newest figure on ``day`` is negative, as a tuple of labels."""
    found: dict[str, list[str]] = {owner: [] for owner in owners}
    for other in others:
        for owner, start in _negative(other.ledger, day):
            label = Period.starting(numbered_day(start), kind).label
            found.get(owner, []).append(f"{label} in {other.title}")
    return as_words([tuple(found[owner]) for owner in owners])


def known_days(others: Sequence[Elsewhere]) -> NDArray[np.int64]:
    """The days on which their figures came out."""
    return np.unique(np.concatenate([np.empty(0, dtype=np.int64), *(other.ledger.known for other in others)]))


def _negative(ledger: Ledger, day: int) -> list[tuple[str, int]]:
    """Owner and first day of each negative figure, as it was known on ``day``."""
    suspects = set(ledger.owners[ledger.values < 0].tolist())
    rows = [row for row, owner in enumerate(ledger.owners.tolist()) if owner in suspects and ledger.known[row] <= day]
    newest = {(ledger.owners[row], int(ledger.starts[row])): float(ledger.values[row]) for row in rows}
    return sorted(place for place, value in newest.items() if value < 0)
