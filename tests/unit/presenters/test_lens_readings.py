"""Readings of made-up councils: on the boundaries of the day, with the newest figure, and whom a rule does not ask."""

from datetime import date

import pytest

from moothall.domain.authority import AuthorityType
from moothall.domain.derivation import ChangeForm
from moothall.domain.metric import Break
from moothall.domain.signal import (
    Bounds,
    ChangeOver,
    Lens,
    LensBand,
    Level,
    Role,
    Sign,
    SignalState,
    Unless,
    WhyNot,
)
from moothall.presenters.warning.lens_readings import LensReadings, lens_readings
from moothall.presenters.warning.pack_questions import question_groups
from moothall.presenters.warning.silent_rules import silent_rules
from tests.support.signals import RATE, make_signal, with_signals
from tests.support.store_builder import FakeStore, make_metric, make_store

DAY = date(2022, 10, 1)
FIGURES = """
              2019-20   2020-21      2021-22
Barnsley      41.0      42.0         43.0
Bradford      38.0      suppressed   36.0
Calderdale    44.0      45.0         45.5
Doncaster     45.0      46.0         47.0
Kirklees      30.0      29.0         28.5
Leeds         39.0      38.7         38.2
Rotherham     46.0      46.1         46.3
Sheffield     31.0      32.0         missing
Wakefield     41.5      41.2         41.9
Bolton        48.0      48.8         49.4
Bury          50.0      51.0         52.0
Oldham        missing   44.4         44.9
Allerdale     36.0      36.5         37.0
"""
HOMES = """
              2021-22
Kirklees      12.0
Leeds         0.0
"""
AT_LEAST_50 = Level(Bounds(Sign.AT_LEAST, 50, 45))


def reading_store(*signals: object, **fields: object) -> FakeStore:
    """A store with these rules on recycling, and homes that two councils own."""
    rate = make_metric(RATE, **fields)
    homes = make_metric("homes", applies_to=frozenset({AuthorityType.METROPOLITAN_DISTRICT}))
    return with_signals(make_store({rate: FIGURES, homes: HOMES}), *signals)  # type: ignore[arg-type]


def read(*signals: object, day: date = DAY, **fields: object) -> LensReadings:
    return lens_readings(reading_store(*signals, **fields), day)


@pytest.mark.parametrize(
    ("council", "state", "figure", "period"),
    [
        ("KIRKLE", SignalState.FIRED, 28.5, "2021-22"),
        ("BRADFO", SignalState.WATCHED, 36.0, "2021-22"),
        ("BURY", SignalState.NOT_FIRED, 52.0, "2021-22"),
        ("SHEFFI", SignalState.WATCHED, 32.0, "2020-21"),
    ],
)
def test_the_newest_figure_speaks(council: str, state: SignalState, figure: float, period: str) -> None:
    found = read(make_signal()).reading("recycling-low", council)
    assert found is not None
    assert (found.state, found.figure, found.period and found.period.label) == (state, figure, period)


def test_an_old_figure_is_told_and_not_used() -> None:
    found = read(make_signal(oldest_months=12)).reading("recycling-low", "SHEFFI")
    assert found is not None
    assert (found.state, found.why_not, found.figure) == (SignalState.CANNOT_ASSESS, WhyNot.TOO_OLD, 32.0)
    assert round(found.months_old or 0) == 18


def test_a_rule_is_not_asked_of_those_without_the_service() -> None:
    found = read(make_signal())
    assert found.reading("recycling-low", "LANCAS") is None
    assert found.lens_reading(Lens.RESILIENCE, "LANCAS").readings == ()
    assert found.band(Lens.RESILIENCE, "LANCAS") is LensBand.CANNOT_SAY


def test_only_those_who_act_on_the_day_are_read() -> None:
    assert "ALLERD" in read(make_signal()).index
    later = read(make_signal(), day=date(2023, 10, 1))
    assert "ALLERD" not in later.index
    assert "CUMBER" in later.index


def test_a_rule_does_not_speak_where_the_exception_holds_or_is_not_known() -> None:
    unless = Unless(("homes",), 0.0, "It owns homes.")
    found = read(make_signal(unless=unless))
    reasons = {code: found.reading("recycling-low", code) for code in ("KIRKLE", "LEEDS", "BURY")}
    assert [r and r.why_not for r in reasons.values()] == [WhyNot.EXCEPTED, None, WhyNot.EXCEPTION_UNKNOWN]


def test_no_change_is_taken_across_a_break() -> None:
    change = make_signal(test=ChangeOver(1, ChangeForm.DIFFERENCE, Bounds(Sign.AT_LEAST, 90, 80)))
    assert read(change).reading("recycling-low", "BARNSL").why_not is None  # type: ignore[union-attr]
    cut = read(change, breaks=(Break(date(2021, 4, 1), "Leaves count."),)).reading("recycling-low", "BARNSL")
    assert cut is not None
    assert cut.period is not None
    assert cut.period.label == "2020-21"


def test_families_and_not_signals_make_the_band() -> None:
    twice = (make_signal(), make_signal("twin", test=Level(Bounds(Sign.AT_MOST, 30))))
    assert read(*twice).band(Lens.RESILIENCE, "KIRKLE") is LensBand.WATCH
    other = make_signal("other", family="other", test=Level(Bounds(Sign.AT_MOST, 30)))
    assert read(*twice, other).band(Lens.RESILIENCE, "KIRKLE") is LensBand.LOOK_CLOSER


def test_figures_divided_by_too_little_are_not_used() -> None:
    store = reading_store(make_signal(test=AT_LEAST_50), minimum_denominator=10.0)
    assert lens_readings(store, DAY).reading("recycling-low", "BURY").state is SignalState.FIRED  # type: ignore[union-attr]


def test_before_anything_was_published_nothing_can_be_said() -> None:
    day = date(2012, 10, 1)
    store = reading_store(make_signal()).as_of(day)
    found = lens_readings(store, day).reading("recycling-low", "LEEDS")
    assert found is not None
    assert found.why_not is WhyNot.NEVER_PUBLISHED


def test_questions_of_present_signs_come_first_and_nobody_is_asked_twice() -> None:
    found = read(make_signal())
    readings = [found.lens_reading(lens, "KIRKLE") for lens in found.rules]
    groups = {group.title: group.questions for group in question_groups(readings)}
    assert groups["For the chief executive"][0].why == "because this sign is present: recycling low"
    assert len(groups) == len(Role)
    texts = [question.text for questions in groups.values() for question in questions]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize(
    ("day", "silent"),
    [
        (date(2022, 10, 1), []),
        (date(2025, 3, 30), []),
        (date(2025, 4, 1), ["Recycling low", "2021-22", "31 March 2025"]),
    ],
)
def test_a_lens_names_its_rules_whose_figures_are_all_too_old(day: date, silent: list[str]) -> None:
    store = reading_store(make_signal(oldest_months=36))
    table = silent_rules(store, store.catalogue.lenses[Lens.RESILIENCE], day)
    assert ([cell.text for cell in table.rows[0].cells[:3]] if table else []) == silent
    if table:
        assert table.rows[0].cells[3].text == "Figures of a period that ended on 2 April 2022 or later."
