"""The back-test and the fitted model: the fast computation, the slow one, and what must hold for all."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moothall.analytics.backtest import Sitting, auc, auc_interval, expected_hits, lead_months, recall_at_rate
from moothall.analytics.hazard import Hazard, fit_hazard, over_months, refit_intercept, sigmoid
from moothall.analytics.risk_sets import Onset, whole_months
from tests.oracle.drawn import REPEATABLE
from tests.oracle.slow_backtest import slow_auc, slow_hits, slow_lead, slow_logistic
from tests.spec.back_test import action

DAY = date(2018, 10, 1)
FEW = settings(REPEATABLE, max_examples=60)
SCORE = st.sampled_from([None, 0.0, 1.0, 1.0, 2.0, 3.0])
SITTINGS = st.lists(st.lists(st.tuples(SCORE, st.booleans()), min_size=1, max_size=12), min_size=1, max_size=4)


def sitting(pairs: list[tuple[float | None, bool]]) -> Sitting:
    scores = np.array([np.nan if score is None else score for score, _ in pairs], dtype=np.float64)
    names = tuple(f"A{n}" for n in range(len(pairs)))
    return Sitting(DAY, names, scores, np.zeros(len(pairs), dtype=bool), np.array([event for _, event in pairs]))


@FEW
@given(st.lists(st.tuples(SCORE, st.booleans()), min_size=1, max_size=6), st.integers(1, 6))
def test_expected_hits_are_the_mean_over_all_orders(pairs: list[tuple[float | None, bool]], count: int) -> None:
    count = min(count, len(pairs))
    held = sitting(pairs)
    slow = slow_hits([score for score, _ in pairs], [event for _, event in pairs], count)
    assert expected_hits(held.scores, held.has_event, count) == pytest.approx(slow)


@REPEATABLE
@given(SITTINGS)
def test_auc_counts_every_pair_of_an_origin(drawn: list[list[tuple[float | None, bool]]]) -> None:
    slow = slow_auc([([s for s, _ in pairs], [e for _, e in pairs]) for pairs in drawn])
    assert auc([sitting(pairs) for pairs in drawn]) == (None if slow is None else pytest.approx(slow))


@REPEATABLE
@given(SITTINGS)
def test_turning_the_scores_round_turns_the_auc_round(drawn: list[list[tuple[float | None, bool]]]) -> None:
    whole = [[(0.5 if s is None else s, e) for s, e in pairs] for pairs in drawn]
    turned = [[(-s, e) for s, e in pairs] for pairs in whole]
    one, other = auc([sitting(pairs) for pairs in whole]), auc([sitting(pairs) for pairs in turned])
    assert (one is None) == (other is None)
    assert one is None or other is None or one + other == pytest.approx(1.0)


@FEW
@given(SITTINGS)
def test_an_interval_holds_its_estimate_and_repeats(drawn: list[list[tuple[float | None, bool]]]) -> None:
    held = [sitting(pairs) for pairs in drawn]
    found = auc_interval(held, draws=50)
    assert found == auc_interval(held, draws=50)
    if found.value is not None and found.low is not None and found.high is not None:
        assert 0 <= found.low <= found.high <= 1
        assert found.low - 0.5 <= found.value <= found.high + 0.5


def test_an_interval_narrows_with_more_councils() -> None:
    random = np.random.default_rng(7)

    def width(size: int) -> float:
        events = random.random(size) < 0.2
        scores = random.normal(size=size) + events
        names = tuple(map(str, range(size)))
        found = auc_interval([Sitting(DAY, names, scores, np.zeros(size, dtype=bool), events)])
        assert found.low is not None
        assert found.high is not None
        return found.high - found.low

    assert width(2000) < width(100) / 2


@REPEATABLE
@given(SITTINGS, st.sampled_from([0.1, 0.2, 0.5, 1.0]))
def test_recall_never_passes_one_and_all_flagged_is_all_found(
    drawn: list[list[tuple[float | None, bool]]], rate: float
) -> None:
    held = [sitting(pairs) for pairs in drawn]
    recall = recall_at_rate(held, rate)
    assert (recall is None) == (not any(s.has_event.any() for s in held))
    assert recall is None or 0 <= recall <= 1 + 1e-12
    assert recall is None or rate < 1 or recall == pytest.approx(1.0)


@REPEATABLE
@given(st.lists(st.booleans(), min_size=1, max_size=10), st.integers(2013, 2026))
def test_lead_is_the_walk_back_from_the_onset(flags: list[bool], year: int) -> None:
    onset_action = action(f"{year}-11-11")
    onset = Onset(onset_action, onset_action.first_day, onset_action.last_day)
    origins = [date(2012 + n, 10, 1) for n in range(len(flags))]
    before = [(flag, whole_months(day, onset.first)) for flag, day in zip(flags, origins, strict=True)]
    early = [(flag, months) for flag, months in before if months > 0]
    slow = slow_lead([flag for flag, _ in early], [months for _, months in early])
    assert lead_months(dict(zip(origins, flags, strict=True)), onset) == slow


# ---------------------------------------------------------------- the fitted model


def drawn_rows(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Up to 60 rows of three variables in three years, with events that hang on the first."""
    random = np.random.default_rng(seed)
    size = int(random.integers(25, 60))
    variables = random.normal(size=(size, 3))
    years = random.integers(2015, 2018, size=size)
    chances = 1 / (1 + np.exp(-(-1.5 + 1.2 * variables[:, 0] + 0.5 * variables[:, 1])))
    return variables, years, random.random(size) < chances


@pytest.mark.parametrize("seed", range(5))
def test_the_slopes_are_those_of_the_pseudo_rows(seed: int) -> None:
    variables, years, events = drawn_rows(seed)
    model = fit_hazard(variables, years, events)
    if model is None:
        assert not events.any()
        return
    used = model.slopes > 0
    dummies = (years[:, None] == np.unique(years)[None, :]).astype(float)
    columns = np.column_stack([variables[:, used], dummies])
    slow = slow_logistic([(list(row), bool(event)) for row, event in zip(columns, events, strict=True)])
    assert model.slopes[used] == pytest.approx(slow[1 : 1 + used.sum()], abs=1e-5)
    assert model.years == pytest.approx(slow[1 + used.sum() :], abs=1e-5)


@pytest.mark.parametrize("seed", range(12))
def test_signs_hold_and_the_mean_chance_is_the_share_seen(seed: int) -> None:
    variables, years, events = drawn_rows(seed)
    model = fit_hazard(-variables, years, events)
    assert isinstance(model, Hazard)
    assert (model.slopes >= 0).all()
    stated = sigmoid(model.intercept + -variables @ model.slopes)
    assert float(stated.mean()) == pytest.approx(float(events.mean()), abs=1e-8)
    assert model.chances(-variables) == pytest.approx(stated)


def test_a_variable_that_parts_all_stays_finite() -> None:
    variables = np.array([[-1.0, 0.3], [-2.0, -0.2], [1.0, 0.1], [2.0, -0.4]] * 3)
    model = fit_hazard(variables, np.array([2015] * 12), variables[:, 0] > 0)
    assert model is not None
    assert 0 < model.slopes[0] < 10
    assert model.years.size == 0


def test_without_an_event_there_is_no_model() -> None:
    variables, years, _ = drawn_rows(1)
    assert fit_hazard(variables, years, np.zeros(len(years), dtype=bool)) is None
    assert fit_hazard(variables, years, np.ones(len(years), dtype=bool)) is None


@pytest.mark.parametrize("count", [1, 7])
def test_too_few_or_too_many_variables_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match=f"takes 2 to 6 variables, not {count}"):
        fit_hazard(np.zeros((5, count)), np.zeros(5, dtype=int), np.array([True, False] * 2 + [True]))


@REPEATABLE
@given(st.lists(st.floats(-5, 5), min_size=1, max_size=20), st.floats(0.01, 0.99))
def test_an_intercept_meets_its_mean(offset: list[float], mean: float) -> None:
    held = np.array(offset)
    assert float(sigmoid(refit_intercept(held, mean) + held).mean()) == pytest.approx(mean, abs=1e-8)


def test_a_chance_over_years_is_one_less_all_years_without() -> None:
    chance = np.array([0.1, 0.01])
    assert over_months(chance, 24) == pytest.approx(1 - (1 - chance) * (1 - chance))
    assert over_months(chance, 12) == pytest.approx(chance)
