"""Rules of grammar that every sentence must keep, written without any of the code that makes the sentences."""

import re
from collections.abc import Iterator
from itertools import pairwise

FORBIDDEN = re.compile(
    r"\b(fail(s|ed|ing|ure|ures)?|worst|best[- ]performing|best councils?|bankrupt(cy)?|league tables?|disgrace\w*|"
    r"shocking|terrible|excellent|poor performance|top performer\w*|None of None|nan|None|null|inf)\b"
)
_ALLOWED = re.compile(r"\bNone (of|does|stands)\b")
"""``None`` as a word of English, and not as the empty value of a program."""

PLURALS = (
    "councils|districts|authorities|boroughs|figures|metrics|periods|years|homes|households|businesses|nights|minutes|"
    "points|weaknesses|times|tonnes|choices|cases|journeys|people|children|vehicles|actions"
)
SINGULARS = "council|district|authority|borough|figure|metric|period|home|household|business|person|child|weakness"
_ONE_OF_MANY = re.compile(rf"(?<![\d.,/-])1 (?:[A-Za-z]+ )?({PLURALS})\b")
_MANY_OF_ONE = re.compile(rf"(?<![\d.,/-])(?!1 )\d+(?:,\d{{3}})* (?:[a-z]+ )?({SINGULARS})\b")
_ONE_WITH_PLURAL_VERB = re.compile(
    r"\bonly 1 of [^.()]* have\b|\b1 of [^.()]* with a figure for \S+ do\b|\b1 stand out"
)
_MANY_WITH_SINGULAR_VERB = re.compile(r"\bonly (?!1 of)\d+ of [^.()]* has\b|\b(?!1 )\d+ stands out")
_ARTICLE_A = re.compile(r"\b[Aa] (?=[aeiou])(?!(one|once|uni|use|usu|euro|ewe|u[a-z]?\b))(\w+)")
_ARTICLE_AN = re.compile(r"\b[Aa]n (?![aeiouAEIOU8])(?!(hour|honest|heir|[FHLMNRSX][A-Z]))(\w+)")
_BROKEN = (
    (re.compile(r"[{}]"), "a brace is left over"),
    (re.compile(r"\s\s|\s$|^\s|\n"), "a space too many"),
    (re.compile(r" [.,;:?)]"), "a space before a stop"),
    (re.compile(r"\( |\(\)|[,;:] ?[.,;:?]|\.\.(?!\.)"), "an empty token"),
    (
        re.compile(r"\b(of|than|in|for|is|the|and|to) [.,;:)]|\b(of|from|between|the|its) (of|than|is|and|from)\b"),
        "an empty token",
    ),
)
DOUBLES = frozenset({"had had", "that that"})
"""Words that English may say twice."""


_SEVENS = str.maketrans("0123456789", "7777777777")


def shape_of(text: str, name: str) -> str:
    """The text with one name for all councils and one number for all but 1: what grammar can tell apart."""
    return text.replace(name, "Leeds").replace(" 1 ", " one ").translate(_SEVENS).replace(" one ", " 1 ")


def faults_of(text: str) -> Iterator[str]:
    """Every rule of grammar that a text of any length breaks, each in a few words."""
    yield from (words for pattern, words in _BROKEN if pattern.search(text))
    words = text.lower().split()
    yield from (f"doubled word {a!r}" for a, b in pairwise(words) if _is_doubled(a, b))
    if _ONE_OF_MANY.search(text) or _ONE_WITH_PLURAL_VERB.search(text):
        yield "one with a plural"
    if _MANY_WITH_SINGULAR_VERB.search(text) or _MANY_OF_ONE.search(text):
        yield "many with a singular"
    if _ARTICLE_A.search(text) or _ARTICLE_AN.search(text):
        yield "the wrong article"
    found = FORBIDDEN.search(_ALLOWED.sub("", text))
    if found:
        yield f"forbidden word {found[0]!r}"


def _is_doubled(a: str, b: str) -> bool:
    return a == b and a.isalpha() and f"{a} {b}" not in DOUBLES


def sentence_faults(text: str) -> Iterator[str]:
    """The rules of a text and of a whole sentence: it begins like one and ends with one stop."""
    yield from faults_of(text)
    yield from end_faults(text)


def end_faults(text: str) -> Iterator[str]:
    """The rules of a whole sentence alone, for words of others that we quote."""
    if not text[:1].isupper() and not text[:1].isdigit():
        yield "no capital at the beginning"
    if not text.endswith((".", "?")):
        yield "no stop at the end"


def cell_faults(text: str) -> Iterator[str]:
    """The rules of a text and of a cell: it has words, a capital, and no stop."""
    yield from faults_of(text)
    if not text[:1].isupper() or text.endswith("."):
        yield "not the form of a cell"
