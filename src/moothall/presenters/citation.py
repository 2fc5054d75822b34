"""How to cite a page: what it shows, which build of which figures, and its address."""

from dataclasses import dataclass

from moothall.domain.period import day_text
from moothall.presenters.figures.reading import FigureStore


@dataclass(frozen=True, slots=True)
class Citation:
    """One sentence that can stand in a footnote, and the address in it."""

    text: str
    address: str


def cite(store: FigureStore, title: str, address: str) -> Citation:
    """The citation of a page at a whole ``address``; the build's name and newest release fix what it showed.

    It names no day of reading: the build does not change, and an archive of it can be asked again.
    """
    newest = max((release.published_on for release in store.releases.values()), default=None)
    upto = f", figures published up to {day_text(newest)}" if newest else ""
    known = f", as it was known on {day_text(store.day)}" if store.day else ""
    text = f"Moothall, the open Local Authority Data Explorer: {title}{known}. Build {store.build_id}{upto}. {address}"
    return Citation(text, address)
