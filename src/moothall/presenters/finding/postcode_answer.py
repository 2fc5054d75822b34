"""What the search page says to a postcode, whether a directory of postcodes has been read in or not."""

from dataclasses import dataclass
from datetime import date

from moothall.domain.authority import Authority
from moothall.presenters.addresses import who_runs_address
from moothall.presenters.blocks import SearchResult
from moothall.presenters.figures.reading import FigureStore, is_running
from moothall.presenters.wording.numbers import count_text
from moothall.store import PostcodeIndex, normal_postcode, postcode_beginning

HOW_TO_ADD = (
    "This site has no directory of postcodes yet. Whoever runs it can add one: download the ONS Postcode Directory "
    "from the Open Geography portal and run “moothall postcodes FILE”. Until then, find the place by its name."
)


@dataclass(frozen=True, slots=True)
class PostcodeAnswer:
    """A sentence about a postcode or the beginning of one, and the councils that it lies in."""

    sentence: str
    results: tuple[SearchResult, ...] = ()


def answer_postcode(store: FigureStore, text: str, today: date) -> PostcodeAnswer | None:
    """The answer to what is written like a postcode (``LS1 1UR``) or the beginning of one (``LS1``); else None."""
    whole, beginning = normal_postcode(text), postcode_beginning(text)
    if whole is None and beginning is None:
        return None
    index = store.postcodes
    if index is None:
        return PostcodeAnswer(HOW_TO_ADD) if whole else None
    return _whole(store, index, whole, today) if whole else _beginning(store, index, *(beginning or ("", "")), today)


def _whole(store: FigureStore, index: PostcodeIndex, postcode: str, today: date) -> PostcodeAnswer:
    area = index.find(postcode)
    if area is None:
        return PostcodeAnswer(f"{postcode} is no postcode of England in the directory that was read in here.")
    authority = _authority_of(store, area, today)
    return PostcodeAnswer(f"{postcode} lies in {authority.short_name}.", (_result(authority, postcode),))


def _beginning(
    store: FigureStore, index: PostcodeIndex, outward: str, inward: str, today: date
) -> PostcodeAnswer | None:
    counts = index.beginning(outward, inward)
    if not counts:
        return None
    text = f"{outward} {inward}".strip()
    found = sorted(((_authority_of(store, a, today), n) for a, n in counts.items()), key=lambda p: p[0].short_name)
    results = tuple(
        _result(a, f"{count_text(n, 'postcode')} that begin{'s' if n == 1 else ''} with {text}") for a, n in found
    )
    return PostcodeAnswer(f"Postcodes that begin with {text} lie in {count_text(len(results), 'council')}.", results)


def _authority_of(store: FigureStore, area: str, today: date) -> Authority:
    having = [a for a in store.catalogue.authorities.values() if any(c.code == area for c in a.area_codes)]
    return next((a for a in having if is_running(a, today)), having[0])


def _result(authority: Authority, detail: str) -> SearchResult:
    return SearchResult(f"Who runs {authority.short_name}?", who_runs_address(authority.slug), "Place", detail)
