"""Every text of every rule, filled in, can be read at 12 to 14: a school grade by Flesch and Kincaid of 9 at most."""

import re

import pytest

from moothall.domain.wording import Length, Rule
from moothall.presenters.metric.words_page import example_tokens
from tests.support.store_builder import real_words

OLDEST_GRADE = 9.0
"""The grade of those who are 14 to 15 when the school year ends; a paragraph of short texts lies well below."""

USUAL_GRADE = 7.0
RULES = [rule for rules in real_words().values() for rule in rules]
_VOWELS = re.compile(r"[aeiouy]+")
_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")


def syllables(word: str) -> int:
    """Groups of vowels, without a silent e at the end; one at least."""
    lower = word.lower()
    found = len(_VOWELS.findall(lower))
    is_silent = lower.endswith("e") and not lower.endswith(("le", "ee", "ye")) and found > 1
    is_silent_ed = lower.endswith("ed") and not lower.endswith(("ted", "ded")) and found > 1
    return max(1, found - is_silent - is_silent_ed)


def grade(text: str) -> float:
    """The Flesch-Kincaid grade: 0.39 words a sentence + 11.8 syllables a word - 15.59. Figures count as short words."""
    sentences = max(1, len(re.findall(r"[.?:;](?:\s|$)", text)))
    words = _WORD.findall(re.sub(r"[\d£%,.\u2212-]*\d[\d%]*", " ten ", text))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def texts_of(rule: Rule) -> list[str]:
    """The texts of a rule that are whole sentences, filled in."""
    tokens = example_tokens(rule.matter)
    return [text.format_map(tokens) for length, text in rule.texts.items() if length is not Length.CELL]


@pytest.mark.parametrize(
    ("word", "count"),
    [("council", 2), ("figure", 2), ("middle", 2), ("the", 1), ("area", 2), ("compared", 2), ("ten", 1)],
)
def test_syllables_are_counted(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_formula_tells_easy_from_hard() -> None:
    assert grade("The cat sat on the mat.") < 1
    hard = (
        "Notwithstanding considerable methodological heterogeneity, comparative evaluation necessitates circumspection."
    )
    assert grade(hard) > 20


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_every_text_can_be_read_at_fourteen(rule: Rule) -> None:
    hard = {text: round(grade(text), 1) for text in texts_of(rule) if grade(text) > OLDEST_GRADE}
    assert hard == {}


def test_the_usual_text_is_easier_still() -> None:
    grades = sorted(grade(text) for rule in RULES for text in texts_of(rule))
    assert grades[len(grades) // 2] < USUAL_GRADE
