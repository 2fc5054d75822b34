"""The warning rules on the shipped figures: what the design promises of named councils, and of every council's pack."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from moothall.analytics.signals import CANNOT_ASSESS, NOT_ASKED
from moothall.domain.signal import Lens, SignalState
from moothall.presenters.warning.conversation_pack import make_conversation_pack
from moothall.presenters.warning.lens_readings import LensReadings, lens_readings
from moothall.presenters.warning.lens_words import why_not_words
from moothall.presenters.warning.pack_questions import question_groups
from moothall.store import Store

TODAY = date(2026, 11, 23)
WORKED = date(2018, 10, 1)
ORIGINS = [date(year, 10, 1) for year in (2013, 2015, 2018, 2020, 2023, 2025)]
SPELTHORNE, STEVENAGE, DACORUM = "SPE", "STV", "DAC"
FEWEST_QUESTIONS, MOST_QUESTIONS = 10, 15


@pytest.fixture(scope="module")
def store(shipped: Path) -> Iterator[Store]:
    opened = Store.open(shipped)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def worked(store: Store) -> LensReadings:
    return lens_readings(store.as_of(WORKED), WORKED)


@pytest.fixture(scope="module")
def readings(store: Store, worked: LensReadings) -> dict[date, LensReadings]:
    others = {day: lens_readings(store.as_of(day), day) for day in ORIGINS if day != WORKED}
    return {**others, WORKED: worked}


def test_a_refused_ratio_is_itself_a_sign_of_governance(store: Store, worked: LensReadings) -> None:
    found = worked.reading("spending-below-zero", SPELTHORNE)
    assert found is not None
    assert (found.state, found.figure) == (SignalState.FIRED, -4_593_000)
    assert found.period is not None
    assert found.period.label == "2017-18"
    refused = worked.reading("reserves-low-for-type", SPELTHORNE)
    assert refused is not None
    assert refused.state is SignalState.CANNOT_ASSESS
    assert "below zero" in why_not_words(store.as_of(WORKED), refused)


@pytest.mark.parametrize("council", [STEVENAGE, DACORUM])
def test_debt_for_homes_is_no_sign(council: str, worked: LensReadings) -> None:
    found = worked.lens_reading(Lens.DEBT, council)
    assert found.in_state(SignalState.FIRED) == ()
    assert found.assessed >= found.rule.least_assessed, "the lens can say so"


def test_eighteen_rules_or_more_could_be_assessed(readings: dict[date, LensReadings]) -> None:
    assessed = {
        signal
        for found in readings.values()
        for signal, column in found.columns.items()
        if ((column.outcome.states != CANNOT_ASSESS) & (column.outcome.states != NOT_ASKED)).sum() >= 100
    }
    assert len(assessed) >= 18, sorted(assessed)
    for lens in Lens:
        of_lens = {signal.id for signal in readings[WORKED].signals_of(lens)} & assessed
        assert len(of_lens) >= 3, (lens, of_lens)


def test_no_figure_is_used_before_it_was_published(store: Store, readings: dict[date, LensReadings]) -> None:
    for day, found in readings.items():
        known = {(r.source, r.id) for r in store.releases.values() if (r.known_on or r.published_on) <= day}
        for column in found.columns.values():
            for code, metric, period in zip(found.authorities, column.metrics, column.periods, strict=True):
                if code in (SPELTHORNE, STEVENAGE, "LDS") and metric and period:
                    cell = store.as_of(day).cell(metric.id, code, period.slug)
                    assert cell is None or (cell.release.source, cell.release.id) in known


def test_a_predecessor_hands_nothing_on(readings: dict[date, LensReadings]) -> None:
    day = date(2023, 10, 1)
    found = readings[day]
    assert "ALL" not in found.index, "Allerdale ended in March 2023"
    for code in found.authorities:
        if found.register[code].start == date(2023, 4, 1):
            column = found.columns["reserves-low-for-type"]
            assert column.periods[found.index[code]] is None


def test_every_council_gets_ten_to_fifteen_questions(store: Store) -> None:
    found = lens_readings(store, TODAY)
    for code in found.authorities:
        groups = question_groups([found.lens_reading(lens, code) for lens in found.rules])
        count = sum(len(group.questions) for group in groups)
        assert FEWEST_QUESTIONS <= count <= MOST_QUESTIONS, (code, count)
        assert len(groups) == 4


@pytest.mark.parametrize("slug", ["leeds", "spelthorne", "surrey", "croydon", "stevenage", "county-durham"])
def test_a_pack_has_age_and_record_for_every_sign(store: Store, slug: str) -> None:
    council = next(a for a in store.catalogue.authorities.values() if a.slug == slug)
    pack = make_conversation_pack(store, council, TODAY)
    assert pack.chance
    assert [len(lens.counts) > 0 for lens in pack.lenses] == [True, True, True]
    assert all(sign.age and sign.record and sign.sentence for lens in pack.lenses for sign in lens.signs)
