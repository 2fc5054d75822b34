"""Judgements from limits, counts and funnels: a second, slow reading of METHODS 3; what must hold for all groups."""

import math
from dataclasses import replace
from statistics import median as middle_of
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.analytics.interval import Judgement
from moothall.analytics.judging import Evidence, Judged, Origin, judge_member, judge_members
from moothall.domain.metric import Counted, Metric
from moothall.domain.words import CountKind, CountRule, Polarity
from tests.oracle.drawn import REPEATABLE
from tests.oracle.slow_intervals import slow_funnel, slow_wilson
from tests.spec.comparator_groups import METRIC

MINIMUM = 20.0
Member = dict[str, float]
NONE = math.nan


def proportion(rule: CountRule, polarity: Polarity = Polarity.HIGHER_IS_BETTER) -> Metric:
    counted = Counted(CountKind.PROPORTION, rule, "Each counts once.")
    return replace(METRIC, polarity=polarity, counted=counted, minimum_denominator=MINIMUM)


def drawn(seed: int) -> list[Member]:
    """Up to 25 members: some without a figure, some with published limits, some with few, wrong or no counts."""
    random = np.random.default_rng(seed)
    members = []
    for _ in range(int(random.integers(0, 26))):
        whole = float(random.choice([5, 19, 20, 60, 300, 4000]))
        part = float(random.binomial(int(whole), min(0.99, max(0.01, random.normal(0.4, 0.12)))))
        value = round(100 * part / whole, 1)
        member = {"value": value, "lower": NONE, "upper": NONE, "top": part, "below": whole}
        match int(random.integers(0, 8)):
            case 0:
                member |= {"value": NONE}
            case 1:
                member |= {"lower": value - 3, "upper": value + 3}
            case 2:
                member |= {"top": NONE, "below": NONE}
            case 3:
                member |= {"value": 99.9}
            case 4:
                member |= {"top": whole + 1}
        members.append(member)
    return members


GROUPS = st.integers(0, 2**32 - 1).map(drawn)


def evidence_of(members: list[Member]) -> Evidence:
    return Evidence(*(np.array([m[name] for m in members]) for name in ("value", "lower", "upper", "top", "below")))


def median_of(members: list[Member]) -> float | None:
    known = [m["value"] for m in members if not math.isnan(m["value"])]
    return middle_of(known) if len(known) >= 3 else None


def judged(members: list[Member], metric: Metric) -> tuple[Judged, ...]:
    return judge_members(metric, evidence_of(members), median_of(members))


def has_counts(member: Member) -> bool:
    """Counts that can be used: whole, no fewer than the minimum, and giving the published figure."""
    if math.isnan(member["value"]) or math.isnan(member["top"]) or not MINIMUM <= member["below"] >= member["top"]:
        return False
    lower, upper = slow_wilson(int(member["top"]), int(member["below"]))
    return 100 * lower - 0.1 <= member["value"] <= 100 * upper + 0.1


def slow_side(low: float, high: float, middle: float) -> Judgement:
    if high < middle and not math.isclose(high, middle, rel_tol=1e-9):
        return Judgement.WORSE
    return Judgement.BETTER if low > middle and not math.isclose(low, middle, rel_tol=1e-9) else Judgement.SIMILAR


def slow_judged(members: list[Member], rule: CountRule) -> list[tuple[Judgement, Origin]]:
    middle, usable = median_of(members), [m for m in members if has_counts(m)]
    found = slow_funnel([m["top"] for m in usable], [m["below"] for m in usable], "proportion") if usable else None
    answers = []
    for member in members:
        answer = Judgement.CANNOT_SAY, Origin.NONE
        if not math.isnan(member["lower"]):
            side = Judgement.CANNOT_SAY if middle is None else slow_side(member["lower"], member["upper"], middle)
            answer = side, Origin.PUBLISHED
        elif middle is not None and has_counts(member) and rule is CountRule.INTERVAL:
            low, high = slow_wilson(int(member["top"]), int(member["below"]))
            answer = slow_side(100 * low, 100 * high, middle), Origin.COUNTS
        elif middle is not None and has_counts(member) and found:
            z = found[2][next(place for place, other in enumerate(usable) if other is member)]
            answer = (
                (Judgement.SIMILAR, Judgement.BETTER, Judgement.WORSE)[(abs(z) > 1.96) * (1 if z > 0 else 2)],
                (Origin.FUNNEL),
            )
        answers.append(answer)
    return answers


@REPEATABLE
@given(GROUPS, st.sampled_from(CountRule))
def test_every_member_is_judged_as_the_slow_reading_does(members: list[Member], rule: CountRule) -> None:
    found = judged(members, proportion(rule))
    assert [(one.judgement, one.origin) for one in found] == slow_judged(members, rule)


@REPEATABLE
@given(GROUPS, st.sampled_from(CountRule), st.randoms(use_true_random=False))
def test_order_and_members_without_anything_change_nothing(members: list[Member], rule: CountRule, random: Any) -> None:
    metric, before = proportion(rule), judged(members, proportion(rule))
    order = random.sample(range(len(members)), len(members))
    assert judged([members[place] for place in order], metric) == tuple(before[place] for place in order)
    nobody = dict.fromkeys(("value", "lower", "upper", "top", "below"), NONE)
    assert judged([*members, nobody], metric)[:-1] == before


@REPEATABLE
@given(GROUPS, st.sampled_from(CountRule))
def test_counting_the_others_with_the_other_polarity_gives_the_same_judgement(
    members: list[Member], rule: CountRule
) -> None:
    """The share without something, of which less is better, says what the share with it says."""
    others = [
        {
            "value": round(100 - m["value"], 1),
            "lower": 100 - m["upper"],
            "upper": 100 - m["lower"],
            "top": m["below"] - m["top"],
            "below": m["below"],
        }
        for m in members
    ]
    found = judged(others, proportion(rule, Polarity.LOWER_IS_BETTER))
    expected = judged(members, proportion(rule))
    assert [(one.judgement, one.origin) for one in found] == [(one.judgement, one.origin) for one in expected]


@REPEATABLE
@given(GROUPS, st.sampled_from(CountRule))
def test_equal_members_are_judged_alike(members: list[Member], rule: CountRule) -> None:
    if members:
        twice = judged([*members, dict(members[0])], proportion(rule))
        assert twice[0] == twice[-1]


@REPEATABLE
@given(GROUPS, st.sampled_from([*CountRule, None]))
def test_one_member_alone_is_judged_as_among_all(members: list[Member], rule: CountRule | None) -> None:
    metric = proportion(rule) if rule else replace(METRIC, counted=None)
    evidence, median = evidence_of(members), median_of(members)
    alone = tuple(judge_member(metric, evidence, row, median) for row in range(len(members)))
    assert alone == judge_members(metric, evidence, median)


def test_without_a_declaration_counts_say_nothing() -> None:
    members = [{"value": 40.0, "lower": NONE, "upper": NONE, "top": 40.0, "below": 100.0}] * 12
    assert {one.origin for one in judged(members, replace(METRIC, counted=None))} == {Origin.NONE}
    assert {one.origin for one in judged(members, proportion(CountRule.INTERVAL))} == {Origin.COUNTS}


@pytest.mark.parametrize("rule", CountRule)
def test_no_polarity_keeps_lower_and_higher(rule: CountRule) -> None:
    members = [{"value": 40.0, "lower": NONE, "upper": NONE, "top": 40.0, "below": 100.0} for _ in range(11)]
    members.append({"value": 80.0, "lower": NONE, "upper": NONE, "top": 80.0, "below": 100.0})
    assert judged(members, proportion(rule, Polarity.NONE))[-1].judgement is Judgement.HIGHER
