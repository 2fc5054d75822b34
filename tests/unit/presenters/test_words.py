"""Nouns, labels and small words of sentences."""

from datetime import date

import numpy as np
import pytest

from moothall.analytics.groups import ENGLAND, Group, GroupKind, custom_group, type_group
from moothall.analytics.position import position
from moothall.domain.authority import AuthorityType
from moothall.domain.period import Period, PeriodKind
from moothall.domain.words import Polarity
from moothall.presenters.wording.words import (
    all_words,
    end_labels,
    group_noun,
    joined,
    lower_first,
    members_words,
    others_words,
    own_noun,
    rank_text,
    sentence_end,
    when_words,
)
from tests.support.store_builder import make_authority

DISTRICTS = type_group(AuthorityType.METROPOLITAN_DISTRICT)
LEEDS = make_authority("Leeds", AuthorityType.METROPOLITAN_DISTRICT)
BURY = make_authority("Bury", AuthorityType.METROPOLITAN_DISTRICT)
SIMILAR = Group("similar:all-purpose:LEEDS", GroupKind.SIMILAR, "councils like Leeds", ("LEEDS", "BURY"))
UPPER = Group("similar:upper-tier:LEEDS", GroupKind.SIMILAR, "councils like Leeds", ("LEEDS", "BURY"))
BORDER = Group("adjacent:LEEDS", GroupKind.LISTED, "councils that border Leeds", ("LEEDS", "BURY"))


@pytest.mark.parametrize(
    ("values", "own", "text"),
    [
        ([1.0, 2, 3, 4, 5], 5.0, "1st of 5"),
        ([1.0, 2, 3, 4, 5], 1.0, "5th of 5"),
        ([1.0, 2, 2, 2, 5], 2.0, "joint 2nd to 4th of 5"),
        ([3.0, 3, 3], 3.0, "joint 1st to 3rd of 3"),
        ([3.0, 4], 3.0, ""),
        ([2.0] * 58 + [1.0] * 74, 1.0, "joint 59th to 132nd of 132"),
    ],
)
def test_rank_is_a_range_over_ties(values: list[float], own: float, text: str) -> None:
    assert rank_text(position(np.array(values), own, 0.1)) == text


def test_group_nouns_can_follow_a_number() -> None:
    assert group_noun(ENGLAND) == "councils in England"
    assert group_noun(DISTRICTS) == "metropolitan districts"
    assert group_noun(custom_group(["LDS"])) == "councils you chose"


@pytest.mark.parametrize(
    ("group", "noun", "others", "some"),
    [
        (DISTRICTS, "metropolitan districts", "the other 4 metropolitan districts",
         "the other 4 metropolitan districts with a figure"),
        (SIMILAR, "similar councils", "its 4 similar councils", "the 4 similar councils with a figure"),
        (UPPER, "similar councils by the upper-tier model", "its 4 similar councils by the upper-tier model",
         "the 4 similar councils by the upper-tier model with a figure"),
        (BORDER, "councils that border it", "the 4 councils that border it",
         "the 4 with a figure among councils that border it"),
    ],
)  # fmt: skip
def test_a_group_is_named_to_the_council_it_is_about(group: Group, noun: str, others: str, some: str) -> None:
    assert own_noun(group, LEEDS) == noun
    assert others_words(group, LEEDS, 4, True) == others
    assert others_words(group, LEEDS, 4, False) == some


def test_a_group_made_for_another_council_is_told_from_outside() -> None:
    assert own_noun(SIMILAR, BURY) == "councils like Leeds"
    assert others_words(SIMILAR, BURY, 4, True) == "the other 4 councils in this group"
    assert members_words(SIMILAR, 5) == "5 councils in this group"
    assert members_words(DISTRICTS, 36) == "36 metropolitan districts"


def test_all_of_a_group_or_those_with_a_figure() -> None:
    assert all_words(36, True) == "all 36"
    assert all_words(1_203, False) == "the 1,203 with a figure"


@pytest.mark.parametrize(
    ("kind", "start", "words"),
    [
        (PeriodKind.FINANCIAL_YEAR, "2022-04-01", "in 2022-23"),
        (PeriodKind.CALENDAR_YEAR, "2022-01-01", "in 2022"),
        (PeriodKind.QUARTER, "2022-07-01", "from July to September 2022"),
        (PeriodKind.POINT_IN_TIME, "2022-03-31", "on 31 March 2022"),
        (PeriodKind.ROLLING_12_MONTHS, "2022-01-01", "in the year to 31 December 2022"),
    ],
)
def test_when_stands_in_a_sentence(kind: PeriodKind, start: str, words: str) -> None:
    assert when_words(Period.starting(date.fromisoformat(start), kind)) == words


def test_better_stands_only_at_a_declared_end() -> None:
    assert end_labels(Polarity.HIGHER_IS_BETTER) == ("", "better")
    assert end_labels(Polarity.LOWER_IS_BETTER) == ("better", "")
    assert end_labels(Polarity.NONE) == ("lower", "higher")


def test_lists_and_first_letters_in_sentences() -> None:
    assert [joined(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert (lower_first("Waste collection"), lower_first("SEND")) == ("waste collection", "SEND")
    assert [sentence_end(text) for text in ("no return ", "None.")] == ["No return.", "None."]
