"""How a lens would have read a council on each past 1 October, as far as the back-test looked, with the way to each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from moothall.domain.authority import Authority
from moothall.domain.backtest import OriginTest
from moothall.domain.period import day_text
from moothall.domain.signal import Lens, LensBand, LensRule
from moothall.presenters.addresses import authority_signs_address
from moothall.presenters.blocks import Link
from moothall.presenters.lens_words import BAND_WORDS
from moothall.presenters.reading import FigureStore
from moothall.presenters.words import joined

SHORTEST = 12
"""Months: of the back-test's horizons the one that reaches the latest day."""


@dataclass(frozen=True, slots=True)
class LensHistory:
    """In which years a lens would have said "look closer", in a sentence."""

    title: str
    sentence: str


@dataclass(frozen=True, slots=True)
class SignHistory:
    """The history of a council's readings; ``days`` lead to each past day whole."""

    lenses: tuple[LensHistory, ...]
    days: tuple[Link, ...]
    note: str


def make_history(store: FigureStore, authority: Authority) -> SignHistory | None:
    """The history of a council; None where the build has no back-test, or it never looked at the council."""
    days = sorted({test.origin for test in _tests(store)})
    acted = [day for day in days if authority.is_active(day)]
    if not acted:
        return None
    lenses = tuple(
        LensHistory(rule.title, _sentence(store, authority, rule)) for rule in store.catalogue.lenses.values()
    )
    return SignHistory(
        lenses=lenses,
        days=tuple(Link(day_text(day), authority_signs_address(authority.slug, day)) for day in acted),
        note=(
            "Read again as it was known on each day, by the rules of today. After a council's first formal action "
            "the back-test leaves it out, so nothing is said here of the years that follow one."
        ),
    )


def _tests(store: FigureStore) -> Iterator[OriginTest]:
    if store.backtest:
        yield from (test for test in store.backtest.origins if test.horizon == SHORTEST)


def _sentence(store: FigureStore, authority: Authority, rule: LensRule) -> str:
    found = list(_flagged(store, authority, rule.lens))
    words = f"\u201c{BAND_WORDS[LensBand.LOOK_CLOSER].lower()}\u201d"
    if not found:
        return f"Read as {words} on none of the days that the back-test looked at."
    return f"Read as {words} on 1 October of {joined([str(day.year) for day in found])}."


def _flagged(store: FigureStore, authority: Authority, lens: Lens) -> Iterator[date]:
    for test in _tests(store):
        if test.lens is lens and authority.code in (*test.hits, *test.false_alarms):
            yield test.origin
