"""Figures in words: two vocabularies, ties, refusals, and never a judgement without an interval."""

import numpy as np
import pytest

from moothall.analytics.groups import ENGLAND, Group, custom_group, type_group
from moothall.analytics.interval import Judgement
from moothall.analytics.judging import NOT_JUDGED, Judged, Origin
from moothall.analytics.position import position, summarise
from moothall.domain.authority import AuthorityType
from moothall.domain.words import Polarity
from moothall.presenters.words import (
    end_labels,
    group_noun,
    joined,
    judgement_sentence,
    lower_first,
    position_cell,
    position_sentence,
    rank_text,
)
from tests.support.store_builder import make_metric

DISTRICTS = type_group(AuthorityType.METROPOLITAN_DISTRICT)
TWELVE = np.array([20.0, 22, 24, 26, 28, 30, 32, 34, 36, 38, 40, 42])


def sentence(values: list[float], own: float, group: Group = DISTRICTS) -> str:
    figures = np.array(values, dtype=np.float64)
    place = position(figures, own, 0.1)
    return position_sentence("Leeds", own, "2021-22", make_metric(), group, place, summarise(figures).median)


@pytest.mark.parametrize(
    ("own", "words"),
    [
        (20.0, "Lower than most metropolitan districts"),
        (30.0, "About the middle of metropolitan districts"),
        (42.0, "Higher than most metropolitan districts"),
    ],
)
def test_without_limits_the_cell_says_lower_or_higher(own: float, words: str) -> None:
    assert position_cell(position(TWELVE, own, 0.1), DISTRICTS) == words


@pytest.mark.parametrize(
    ("judgement", "words"),
    [
        (Judgement.BETTER, "Better than the middle of metropolitan districts"),
        (Judgement.WORSE, "Worse than the middle of metropolitan districts"),
        (Judgement.SIMILAR, "Similar to the middle of metropolitan districts"),
        (Judgement.HIGHER, "Higher than the middle of metropolitan districts"),
    ],
)
def test_with_limits_the_cell_says_what_they_allow(judgement: Judgement, words: str) -> None:
    assert position_cell(position(TWELVE, 20.0, 0.1), DISTRICTS, judgement) == words


def test_a_refusal_stands_where_the_words_would() -> None:
    few = np.array([20.0, 22, 24, 26])
    assert position_cell(position(few, 20.0, 0.1), DISTRICTS).startswith("Fewer than 10 councils in the group")


@pytest.mark.parametrize(
    ("values", "own", "text"),
    [
        ([1.0, 2, 3, 4, 5], 5.0, "1st of 5"),
        ([1.0, 2, 3, 4, 5], 1.0, "5th of 5"),
        ([1.0, 2, 2, 2, 5], 2.0, "joint 2nd to 4th of 5"),
        ([3.0, 3, 3], 3.0, "joint 1st to 3rd of 3"),
    ],
)
def test_rank_is_a_range_over_ties(values: list[float], own: float, text: str) -> None:
    assert rank_text(position(np.array(values), own, 0.1)) == text


def test_rank_of_a_long_tie() -> None:
    values = np.array([2.0] * 58 + [1.0] * 74)
    assert rank_text(position(values, 1.0, 0.1)) == "joint 59th to 132nd of 132"


@pytest.mark.parametrize(
    ("values", "own", "text"),
    [
        (
            [20.0, 30, 40, 50, 60],
            30.0,
            "Leeds, 2021-22: 30.0%, lower than 3 of the other 4 metropolitan districts. "
            "The middle figure of the 5 metropolitan districts is 40.0%.",
        ),
        (
            [20.0, 30, 40, 50, 60],
            60.0,
            "Leeds, 2021-22: 60.0%, higher than 4 of the other 4 metropolitan districts. "
            "The middle figure of the 5 metropolitan districts is 40.0%.",
        ),
        (
            [20.0, 30, 30, 50, 60],
            30.0,
            "Leeds, 2021-22: 30.0%, lower than 2 of the other 4 metropolitan districts, and the same as 1. "
            "The middle figure of the 5 metropolitan districts is 30.0%.",
        ),
        (
            [7.0, 7, 7],
            7.0,
            "Leeds, 2021-22: 7.0%, the same as all the other 2 metropolitan districts. "
            "The middle figure of the 3 metropolitan districts is 7.0%.",
        ),
        (
            [7.0, 8],
            7.0,
            "Leeds, 2021-22: 7.0%. We do not compare it with metropolitan districts. "
            "Fewer than 3 councils in the group have a figure: too few for a middle figure or a rank.",
        ),
    ],
)
def test_sentence_names_value_period_comparator_and_n(values: list[float], own: float, text: str) -> None:
    assert sentence(values, own) == text


@pytest.mark.parametrize("own", TWELVE.tolist())
def test_sentence_counts_agree_with_the_figures(own: float) -> None:
    text = sentence(TWELVE.tolist(), own)
    lower, higher = int((own > TWELVE).sum()), int((own < TWELVE).sum())
    expected = f"lower than {higher} of" if higher >= lower else f"higher than {lower} of"
    assert expected in text
    assert "of the other 11" in text


def test_group_nouns_can_follow_a_number() -> None:
    assert group_noun(ENGLAND) == "councils in England"
    assert group_noun(DISTRICTS) == "metropolitan districts"
    assert group_noun(custom_group(["LDS"])) == "councils you chose"


def test_better_stands_only_at_a_declared_end() -> None:
    assert end_labels(Polarity.HIGHER_IS_BETTER) == ("", "better")
    assert end_labels(Polarity.LOWER_IS_BETTER) == ("better", "")
    assert end_labels(Polarity.NONE) == ("lower", "higher")


@pytest.mark.parametrize(
    ("origin", "judgement", "begins", "holds"),
    [
        (Origin.PUBLISHED, Judgement.SIMILAR, "The publisher's 95% limits take in", "so the difference may be chance."),
        (
            Origin.PUBLISHED,
            Judgement.WORSE,
            "The publisher's 95% limits lie wholly",
            ": worse than the middle figure of",
        ),
        (Origin.COUNTS, Judgement.HIGHER, "The 95% limits that follow from the published counts", ": higher than the"),
        (Origin.FUNNEL, Judgement.SIMILAR, "It lies within what is usual among metropolitan districts", "be chance."),
        (Origin.FUNNEL, Judgement.BETTER, "It lies beyond what is usual", ": better than most of them, by more than"),
    ],
)
def test_judgement_sentences(origin: Origin, judgement: Judgement, begins: str, holds: str) -> None:
    sentence = judgement_sentence(Judged(judgement, origin), DISTRICTS)
    assert sentence.startswith(begins)
    assert holds in sentence


def test_without_limits_nothing_is_said() -> None:
    assert judgement_sentence(NOT_JUDGED, DISTRICTS) == ""


def test_lists_in_sentences() -> None:
    assert [joined(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert lower_first("Waste collection") == "waste collection"
    assert lower_first("SEND") == "SEND"
