"""Themes in what was written: words that stand in the same answers, drawn together; a person names them.

Nothing is summed up and nothing is left out. A theme is a set of words, and shows every answer that has one of them;
answers with none of the words stand at the end. The same answers always give the same themes: words are taken as they
are written, in small letters and without a plural's s, and two sets of words become one while the answers that have
them overlap by at least CLOSE (the mean, over pairs of words, of shared answers to all answers with either).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from statistics import mean

from moothall.engagement.consultations.results import Quotation
from moothall.engagement.models.decisions import Theme

WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
SHORTEST = 3
LEAST_RESPONDENTS = 2
"""A word that one respondent alone uses is no theme; their answer is still shown."""
MOST_TERMS = 80
CLOSE = 0.34
COMMON_WORDS = """
    about above after again all also although always and another any anything are around because been before being
    below between both but can cannot could did does doing done don't down each either enough even ever every few for
    from further get gets give given goes going had has have having here hers him his how however into its itself
    just less like likely made make makes making many may might more most much must need needs neither never nor not
    nothing now off often once one only onto other others ought our ours out over own per perhaps put quite rather
    really same say says see seem seems shall she should since some something still such take than that the their
    theirs them then there these they thing things this those though through thus too under until upon use used using
    very want was way well were what when where whether which while who whole whom whose why will with within without
    would yes yet you your yours
    """
COMMON = frozenset(COMMON_WORDS.split())


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a theme as it is mostly written, and how many respondents use it."""

    key: str
    text: str
    respondents: int


@dataclass(frozen=True, slots=True)
class FoundTheme:
    """Some words, the answers that have one of them, and how many respondents those are.

    ``name`` and ``pk`` are a person's; "" and None where nobody has named it yet.
    """

    terms: tuple[Term, ...]
    quotations: tuple[Quotation, ...]
    respondents: int
    name: str = ""
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class Themes:
    """Named themes, those that nobody has named yet, and the answers that are in neither."""

    named: tuple[FoundTheme, ...]
    unnamed: tuple[FoundTheme, ...]
    rest: tuple[Quotation, ...]


def term_key(word: str) -> str:
    """One key for the singular and the plural of a word: ``study`` for Studies, ``class`` for class."""
    small = word.lower().replace("\u2019", "'").removesuffix("'s").strip("'-")
    if small.endswith("ies") and len(small) > 4:
        return f"{small[:-3]}y"
    is_plural = len(small) > 3 and small.endswith("s") and not small.endswith(("ss", "us", "is"))
    return small[:-1] if is_plural else small


def keys_of(text: str) -> list[tuple[str, str]]:
    """(key, word as written) for every word that may say what a text is about."""
    pairs = [(term_key(word), word) for word in WORD.findall(text)]
    return [
        (key, word) for key, word in pairs if len(key) >= SHORTEST and key not in COMMON and word.lower() not in COMMON
    ]


def find_themes(quotations: Sequence[Quotation], named: Iterable[Theme]) -> Themes:
    """The themes in some answers: those that have been named first, then what the other words draw together."""
    words = _Words(quotations)
    own = [words.theme(each.terms, each.name, each.pk) for each in named]
    taken = {key for theme in own for key in (term.key for term in theme.terms)}
    free = [key for key in words.common_keys() if key not in taken]
    found = [words.theme(keys) for keys in _draw_together(free, words.answers)]
    unnamed = sorted(found, key=lambda theme: (-theme.respondents, theme.terms[0].key))
    covered = {id(quotation) for theme in (*own, *unnamed) for quotation in theme.quotations}
    return Themes(tuple(own), tuple(unnamed), tuple(each for each in quotations if id(each) not in covered))


class _Words:
    """Which answers have which words."""

    def __init__(self, quotations: Sequence[Quotation]) -> None:
        self._quotations = quotations
        self.answers: dict[str, set[int]] = defaultdict(set)
        self._spellings: dict[str, Counter[str]] = defaultdict(Counter)
        for number, quotation in enumerate(quotations):
            for key, word in keys_of(quotation.words):
                self.answers[key].add(number)
                self._spellings[key][word.lower()] += 1

    def _respondents(self, numbers: Iterable[int]) -> int:
        return len({self._quotations[number].ref for number in numbers})

    def common_keys(self) -> list[str]:
        """The words that several respondents use, those of most respondents first."""
        counted = {key: self._respondents(numbers) for key, numbers in self.answers.items()}
        several = [key for key, count in counted.items() if count >= LEAST_RESPONDENTS]
        return sorted(several, key=lambda key: (-counted[key], key))[:MOST_TERMS]

    def _term(self, key: str) -> Term:
        spellings = self._spellings.get(key, {key: 1})
        text = min(spellings, key=lambda word: (-spellings[word], word))
        return Term(key, text, self._respondents(self.answers.get(key, ())))

    def theme(self, keys: Iterable[str], name: str = "", pk: int | None = None) -> FoundTheme:
        """The theme of some words."""
        terms = sorted(map(self._term, keys), key=lambda term: (-term.respondents, term.key))
        numbers = sorted(set().union(*(self.answers.get(term.key, set()) for term in terms)))
        shown = tuple(self._quotations[number] for number in numbers)
        return FoundTheme(tuple(terms), shown, self._respondents(numbers), name, pk)


def _draw_together(keys: Sequence[str], answers: dict[str, set[int]]) -> list[tuple[str, ...]]:
    """Sets of words whose answers overlap; the closest two become one as long as they are CLOSE."""
    pairs = {
        frozenset(pair): len(answers[pair[0]] & answers[pair[1]]) / len(answers[pair[0]] | answers[pair[1]])
        for pair in combinations(keys, 2)
    }
    sets: list[tuple[str, ...]] = [(key,) for key in keys]
    near = {(a, b): pairs[frozenset((a[0], b[0]))] for a, b in combinations(sets, 2)}
    while near and max(near.values()) >= CLOSE:
        first, second = min(near, key=lambda pair: (-near[pair], pair))
        both = (*first, *second)
        sets = [each for each in sets if each not in (first, second)]
        near = {pair: value for pair, value in near.items() if first not in pair and second not in pair}
        near |= {(each, both): mean(pairs[frozenset(pair)] for pair in product(each, both)) for each in sets}
        sets.append(both)
    return sets
