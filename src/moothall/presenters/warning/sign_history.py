"""How each lens would have read a council on each past 1 October that the back-test looked at, with the way to each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from moothall.domain.authority import Authority
from moothall.domain.period import day_text
from moothall.domain.signal import Lens, LensBand
from moothall.presenters.addresses import authority_signs_address
from moothall.presenters.blocks import Column, Table, TableCell, TableRow
from moothall.presenters.figures.reading import FigureStore, kept_by_store
from moothall.presenters.warning.lens_words import BAND_WORDS

Bands = Mapping[tuple[Lens, str], LensBand]
"""The band of each lens and authority code."""

NOTE = (
    "Read again as it was known on each day, by the rules of today, which were written in 2026 by people who knew what "
    "came. How often each reading was right stands on the page of its lens."
)


@dataclass(frozen=True, slots=True)
class SignHistory:
    """The history of a council's readings: a table with a row for each day, which leads to that day whole."""

    table: Table
    note: str


def make_history(store: FigureStore, authority: Authority) -> SignHistory | None:
    """The history of a council; None where the build has no back-test, or it never looked at the council."""
    lenses = tuple(store.catalogue.lenses.values())
    keys = [(rule.lens, authority.code) for rule in lenses]
    days = {day: bands for day, bands in _bands(store.whole).items() if any(key in bands for key in keys)}
    if not days:
        return None
    rows = (
        TableRow((
            TableCell(day_text(day), authority_signs_address(authority.slug, day)),
            *(_cell(bands.get(key)) for key in keys),
        ))
        for day, bands in days.items()
    )  # fmt: skip
    columns = (Column("As it was known on"), *(Column(rule.title, wraps=True) for rule in lenses))
    caption = "What each lens said on past days"
    return SignHistory(Table("past-readings", caption, columns, tuple(rows), caption_is_hidden=True), NOTE)


def _cell(band: LensBand | None) -> TableCell:
    is_missing = band in (None, LensBand.CANNOT_SAY)
    return TableCell(BAND_WORDS[band or LensBand.CANNOT_SAY], is_missing=is_missing)


@kept_by_store
def _bands(store: FigureStore) -> dict[date, Bands]:
    """Every day of the back-test, oldest first."""
    days: dict[date, dict[tuple[Lens, str], LensBand]] = {}
    for one in sorted(store.backtest.days, key=lambda one: one.origin) if store.backtest else ():
        read = days.setdefault(one.origin, {})
        read |= {(one.lens, code): band for band, codes in one.by_band.items() for code in codes}
    return dict(days)
