"""The record of a sign and the history of a council, from a made back-test."""

from datetime import date

from moothall.domain.backtest import BacktestResult, BandRecord, OriginTest, SignalRecord
from moothall.domain.signal import Lens, LensBand
from moothall.presenters.sign_history import make_history
from moothall.presenters.sign_records import NOT_TESTED, band_record, sign_record
from tests.support.signals import make_signal, with_signals
from tests.support.store_builder import FakeStore, make_metric, make_store

SIGNAL = make_signal()
ORIGINS = (date(2018, 10, 1), date(2019, 10, 1))


def store_with(*records: SignalRecord, bands: tuple[BandRecord, ...] = ()) -> FakeStore:
    """A store whose build carries a back-test with these records; Leeds was flagged on its second day."""
    store = with_signals(make_store({make_metric(): ""}))
    hits = {ORIGINS[1]: ("LEEDS",)}
    origins = tuple(OriginTest(Lens.RESILIENCE, 12, day, 9, 0, hits.get(day, ()), (), ("BURY",)) for day in ORIGINS)
    day = date(2024, 12, 31)
    store.backtest = BacktestResult("r", "i", day, (), origins, bands, records, None, None)
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


def test_a_history_names_the_years_and_leads_to_each_day() -> None:
    store = store_with()
    leeds = make_history(store, store.catalogue.authorities["LEEDS"])
    assert leeds is not None
    said = {lens.title: lens.sentence for lens in leeds.lenses}
    assert said["Resilience"] == "Read as \u201clook closer\u201d on 1 October of 2019."
    assert said["Governance"].endswith("on none of the days that the back-test looked at.")
    assert leeds.days[0].href == "/authorities/leeds/early-warning?as-of=2018-10-01"


def test_who_began_later_has_no_history() -> None:
    store = store_with()
    assert make_history(store, store.catalogue.authorities["CUMBER"]) is None
