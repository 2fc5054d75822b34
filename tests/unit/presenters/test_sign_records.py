"""The record of a sign and the history of a council, from a made back-test."""

from datetime import date

from moothall.domain.backtest import BacktestResult, BandRecord, DayBands, SignalRecord
from moothall.domain.signal import Lens, LensBand
from moothall.presenters.warning.sign_history import make_history
from moothall.presenters.warning.sign_records import NOT_TESTED, band_record, sign_record
from tests.support.signals import make_signal, with_signals
from tests.support.store_builder import FakeStore, make_metric, make_store

SIGNAL = make_signal()
ORIGINS = (date(2018, 10, 1), date(2019, 10, 1))


def store_with(*records: SignalRecord, bands: tuple[BandRecord, ...] = ()) -> FakeStore:
    """A store whose build carries a back-test with these records; Leeds was flagged on its second day."""
    store = with_signals(make_store({make_metric(): ""}))
    days = (
        DayBands(Lens.RESILIENCE, ORIGINS[1], ("LEEDS",), (), ("BURY",), ()),
        DayBands(Lens.RESILIENCE, ORIGINS[0], (), ("LEEDS",), ("BURY",), ()),
        DayBands(Lens.GOVERNANCE, ORIGINS[1], (), (), (), ("LEEDS", "BURY")),
    )
    day = date(2024, 12, 31)
    store.backtest = BacktestResult("r", "i", day, (), (), days, bands, records, None, None)
    return store


def test_a_record_says_how_often_and_how_often_not() -> None:
    store = store_with(SignalRecord(SIGNAL.id, 60, 20, 5, 100, 1))
    assert sign_record(store, SIGNAL) == (
        "Of the 20 times that this sign was present on a past 1 October, 5 were followed by a first formal action "
        "about the council's money within five years and 15 were not. Of the 100 times that it was not present, 1 was "
        "followed by one."
    )


def test_a_sign_that_was_never_present_has_no_record() -> None:
    assert sign_record(store_with(SignalRecord(SIGNAL.id, 60, 0, 0, 100, 1)), SIGNAL) == NOT_TESTED
    assert sign_record(store_with(), SIGNAL) == NOT_TESTED


def test_the_record_of_a_band() -> None:
    store = store_with(bands=(BandRecord(Lens.GOVERNANCE, LensBand.WATCH, 60, 14, 1),))
    said = band_record(store, Lens.GOVERNANCE, LensBand.WATCH)
    assert said.startswith("Of the 14 times that a council was read as \u201cwatch\u201d on a past 1 October, 1 was")
    assert "about how the council is run within five years and 13 were not." in said
    assert band_record(store, Lens.GOVERNANCE, LensBand.LOOK_CLOSER) == NOT_TESTED


def test_a_history_has_every_day_with_what_each_lens_said_and_leads_to_it() -> None:
    store = store_with()
    leeds = make_history(store, store.catalogue.authorities["LEEDS"])
    assert leeds is not None
    titles = [column.label for column in leeds.table.columns]
    rows = [dict(zip(titles, (cell.text for cell in row.cells), strict=True)) for row in leeds.table.rows]
    assert [row["As it was known on"] for row in rows] == ["1 October 2018", "1 October 2019"]
    assert [row["Resilience"] for row in rows] == ["Watch", "Look closer"]
    assert [row["Governance"] for row in rows] == ["Cannot say", "Cannot say"]
    assert leeds.table.rows[0].cells[0].href == "/authorities/leeds/early-warning?as-of=2018-10-01"


def test_who_began_later_has_no_history() -> None:
    store = store_with()
    assert make_history(store, store.catalogue.authorities["CUMBER"]) is None
