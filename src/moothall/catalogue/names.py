"""Find authorities and metrics by the names that people write: whole, former, short, by code or misspelt."""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property
from heapq import nsmallest
from itertools import takewhile
from typing import TypeVar

from moothall.catalogue.problems import quoted
from moothall.catalogue.spelling import list_words
from moothall.domain.authority import Authority
from moothall.domain.geography import Place
from moothall.domain.metric import Metric
from moothall.errors import UnknownName

T = TypeVar("T", Authority, Metric)

MOST_SUGGESTIONS = 5
MOST_WORDS = 10
"""Further words of a search are not looked at."""
LONGEST_TEXT = 120
"""Nor are letters after this many."""

ENOUGH_ALIKE = 0.7
"""The lowest difflib ratio at which one word may be a misspelling of another."""
NEARLY_BEST = 0.85
"""What a misspelt search finds counts at least so much beside the best of it: "recyling" is not Ealing."""
SHORTLIST = 24
"""How many words with nearly the same letters are compared with a misspelt one in order."""
MOST_SCANNED = 5000
"""In an index of more words than this, a misspelt word is looked for only among those with its first letter."""
PREFIX_WEIGHT = 0.9
"""What the beginning of a word counts beside a whole word."""

EMPTY_WORDS = frozenset({"the", "of", "and", "in", "council"})
"""Words that say nothing about which authority or metric is meant, and are skipped beside others."""

_OFFICIAL = re.compile(
    r"^the |^(?:council of the |(?:royal |london |metropolitan )?borough of |(?:city|county) of )"
    r"|(?: (?:city|county|borough|district|metropolitan|mayoral|combined))* (?:council|corporation|authority)$"
)
_NEVER_SHORT = frozenset({"london"})
"""What is left of the City of London's name means the whole region to a reader."""


class Kind(StrEnum):
    """What a search found."""

    AUTHORITY = "authority"
    METRIC = "metric"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: its id (authority or area code), its part of an address, title and the name that matched."""

    kind: Kind
    id: str
    slug: str
    title: str
    matched_name: str
    is_ended: bool = False


def fold(text: str) -> str:
    """Small letters without accents and punctuation; ``&`` is ``and``, ``St.`` is ``St``, hyphens are spaces."""
    plain = unicodedata.normalize("NFKD", text[:LONGEST_TEXT].casefold().replace("&", " and "))
    kept = re.sub(r"[\u0300-\u036f'’.]", "", plain)
    return " ".join(re.sub(r"[^a-z0-9]+", " ", kept).split())


def fold_place(text: str) -> str:
    """The folded name without what makes it official: ``Leeds City Council`` and ``City of Leeds`` are ``leeds``."""
    folded = fold(text)
    short = _OFFICIAL.sub("", folded).strip()
    return folded if not short or short in _NEVER_SHORT else short


class NameIndex:
    """Every name of some authorities, metrics and places, folded once: make it once, ask it often (1 ms a search)."""

    def __init__(
        self, authorities: Iterable[Authority], metrics: Iterable[Metric], places: Iterable[Place] = ()
    ) -> None:
        self._authorities = list(authorities)
        self._metrics = list(metrics)
        self._places = list(places)

    def find_authority(self, text: str) -> Authority:
        """The one authority that ``text`` names; see the function of the same name."""
        for folding, lookups in self._authority_lookups:
            for lookup in lookups:
                found = _lasting(lookup.get(folding(text), []))
                if found:
                    return _only_one(text, found, [authority.name for authority in found])
        raise self._unknown(text, Kind.AUTHORITY)

    def find_metric(self, text: str) -> Metric:
        """The one metric that ``text`` names; see the function of the same name."""
        for lookup in self._metric_lookups:
            found = lookup.get(fold(text), [])
            if found:
                return _only_one(text, found, [metric.id for metric in found])
        raise self._unknown(text, Kind.METRIC)

    def search(self, text: str, limit: int = 20, can_be_misspelt: bool = True) -> list[Hit]:
        """Authorities, metrics and places with a name that holds every word of ``text``, best first.

        A word may be a beginning; where nothing fits, it may also be misspelt, unless the caller says otherwise.
        """
        wanted = _wanted_words(text)
        if not wanted:
            return []
        scores = self._score([self._beginnings(word) for word in wanted])
        if not scores and can_be_misspelt:
            scores = self._score([self._beginnings(word) | self._misspellings(word) for word in wanted])
            least = NEARLY_BEST * max(scores.values(), default=0.0)
            scores = {number: score for number, score in scores.items() if score >= least}
        return self._best(scores, (fold(text), " ".join(wanted)))[:limit]

    @cached_property
    def _authority_lookups(self) -> list[tuple[Callable[[str], str], list[dict[str, list[Authority]]]]]:
        return [
            (fold, [_lookup(self._authorities, names_of, fold) for names_of in AUTHORITY_NAMES]),
            (fold_place, [_lookup(self._authorities, names_of, fold_place) for names_of in AUTHORITY_NAMES[3:]]),
        ]

    @cached_property
    def _metric_lookups(self) -> list[dict[str, list[Metric]]]:
        return [_lookup(self._metrics, names_of, fold) for names_of in METRIC_NAMES]

    @cached_property
    def _names(self) -> list[tuple[str, str, Hit]]:
        """Each name as (folded, its title folded, what has it)."""
        hits = [*_authority_hits(self._authorities), *_metric_hits(self._metrics), *_place_hits(self._places)]
        return [(fold(hit.matched_name), fold(hit.title), hit) for hit in hits]

    @cached_property
    def _names_by_word(self) -> dict[str, set[int]]:
        places: dict[str, set[int]] = defaultdict(set)
        for number, (folded, _, _) in enumerate(self._names):
            for word in folded.split():
                places[word].add(number)
        return dict(places)

    @cached_property
    def _words(self) -> list[str]:
        return sorted(self._names_by_word)

    @cached_property
    def _letters(self) -> dict[str, list[tuple[str, int]]]:
        """The words with their letters, by first letter; all of them under "" where there are few enough to scan."""
        if len(self._words) <= MOST_SCANNED:
            return {"": [(word, _letters_of(word)) for word in self._words]}
        found: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for word in self._words:
            found[word[0]].append((word, _letters_of(word)))
        return dict(found)

    def _beginnings(self, word: str) -> dict[str, float]:
        first = bisect_left(self._words, word)
        found = takewhile(lambda known: known.startswith(word), self._words[first:])
        return {known: 1.0 if known == word else PREFIX_WEIGHT for known in found}

    def _misspellings(self, word: str) -> dict[str, float]:
        letters = _letters_of(word)
        among = self._letters.get("") or self._letters.get(word[0], [])
        same_length = ((known, mask) for known, mask in among if abs(len(known) - len(word)) <= 2)
        close = nsmallest(SHORTLIST, same_length, key=lambda pair: (pair[1] ^ letters).bit_count())
        matcher = SequenceMatcher(b=word, autojunk=False)
        alike = {}
        for known, _ in close:
            matcher.set_seq1(known)
            alike[known] = matcher.ratio()
        return {known: ratio * PREFIX_WEIGHT for known, ratio in alike.items() if ratio >= ENOUGH_ALIKE}

    def _score(self, choices: Sequence[dict[str, float]]) -> dict[int, float]:
        """For each name that has a choice for every wanted word: the sum of its best weights."""
        totals: dict[int, float] = {}
        for position, choice in enumerate(choices):
            best: dict[int, float] = {}
            for word, weight in choice.items():
                for number in self._names_by_word[word]:
                    best[number] = max(weight, best.get(number, 0))
            kept = best if position == 0 else best.keys() & totals.keys()
            totals = {number: best[number] + totals.get(number, 0) for number in kept}
        return totals

    def _best(self, scores: dict[int, float], wanted: tuple[str, str]) -> list[Hit]:
        """What was found, best first; ``wanted`` is the text as it was written, and without its empty words."""

        def order(number: int) -> tuple[float, bool, bool, bool, int, str]:
            folded, title, hit = self._names[number]
            starts = title.startswith(wanted)
            return -scores[number], folded not in wanted, not starts, hit.is_ended, len(folded), hit.title

        found: dict[tuple[Kind, str], Hit] = {}
        for number in sorted(scores, key=order):
            hit = self._names[number][2]
            found.setdefault((hit.kind, hit.id), hit)
        return list(found.values())

    def _unknown(self, text: str, kind: Kind) -> UnknownName:
        titles = dict.fromkeys(hit.title for hit in self.search(text) if hit.kind is kind)
        near = list(titles)[:MOST_SUGGESTIONS]
        remedy = f"did you mean {list_words(near)}?" if near else f"look it up in the list ({_LISTS[kind]})"
        return UnknownName(f"{quoted(text)} is not {_ARTICLES[kind]} {kind} that we know; {remedy}", near)


_ARTICLES = {Kind.AUTHORITY: "an", Kind.METRIC: "a"}
_LISTS = {Kind.AUTHORITY: "moothall authorities", Kind.METRIC: "moothall metrics"}


def find_authority(text: str, authorities: Iterable[Authority]) -> Authority:
    """The one authority that ``text`` names.

    In this order: authority code, GSS code (in force or former), E-code, part of an address, official name, short name,
    former name, and then the names without words such as "city council". A name of an ended authority and of one that
    carries on means the latter. Raise UnknownName, with suggestions, if there is none or more than one.
    """
    return NameIndex(authorities, ()).find_authority(text)


def find_metric(text: str, metrics: Iterable[Metric]) -> Metric:
    """The one metric that ``text`` names, by id, title or synonym; raise UnknownName, with suggestions, otherwise."""
    return NameIndex((), metrics).find_metric(text)


AUTHORITY_NAMES: list[Callable[[Authority], list[str]]] = [
    lambda authority: [authority.code],
    lambda authority: [area_code.code for area_code in authority.area_codes],
    lambda authority: [*([authority.ecode] if authority.ecode else []), *authority.former_ecodes],
    lambda authority: [authority.slug],
    lambda authority: [authority.name],
    lambda authority: [authority.short_name],
    lambda authority: list(authority.former_names),
]
"""Ways to an authority, the surest first; the first three are codes."""

METRIC_NAMES: list[Callable[[Metric], list[str]]] = [
    lambda metric: [metric.id],
    lambda metric: [metric.title],
    lambda metric: list(metric.synonyms),
]
"""Ways to a metric, the surest first."""


def _lookup(
    things: Iterable[T], names_of: Callable[[T], list[str]], folding: Callable[[str], str]
) -> dict[str, list[T]]:
    lookup: dict[str, list[T]] = defaultdict(list)
    for thing in things:
        for folded in dict.fromkeys(folding(name) for name in names_of(thing)):
            lookup[folded].append(thing)
    return dict(lookup)


def _lasting(found: list[Authority]) -> list[Authority]:
    return [authority for authority in found if authority.end is None] or found


def _only_one(text: str, found: Sequence[T], names: Sequence[str]) -> T:
    if len(found) == 1:
        return found[0]
    raise UnknownName(f"{quoted(text)} could be {list_words(names)}; write one of these", names)


def _authority_hits(authorities: Iterable[Authority]) -> Iterator[Hit]:
    for authority in authorities:
        names = [authority.short_name, authority.name, *authority.former_names, authority.code]
        codes = [code for codes_of in AUTHORITY_NAMES[1:3] for code in codes_of(authority)]
        for name in dict.fromkeys([*names, *codes]):
            is_ended = authority.end is not None
            yield Hit(Kind.AUTHORITY, authority.code, authority.slug, authority.short_name, name, is_ended)


def _metric_hits(metrics: Iterable[Metric]) -> Iterator[Hit]:
    for metric in metrics:
        for name in dict.fromkeys([metric.title, *metric.synonyms]):
            yield Hit(Kind.METRIC, metric.id, metric.id, metric.title, name)


def _place_hits(places: Iterable[Place]) -> Iterator[Hit]:
    for place in places:
        yield Hit(Kind.PLACE, place.area_code, place.area_code, place.name, place.name)


def _wanted_words(text: str) -> list[str]:
    words = list(dict.fromkeys(fold(text).split()))[:MOST_WORDS]
    return [word for word in words if word not in EMPTY_WORDS] or words


def _letters_of(word: str) -> int:
    """The set of a word's characters as bits, for a quick count of how many differ."""
    return sum(1 << (ord(char) & 63) for char in set(word))
