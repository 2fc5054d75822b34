"""Calendar files: read back by another reader of the standard's rules, over both days on which the clocks change."""

from datetime import UTC, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar

from moothall.engagement.models import Booking, Session, Workshop
from moothall.engagement.workshops.calendars import CANCEL, REQUEST, calendar_of_booking, calendar_of_session

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def planned(starts_at: datetime, **more: object) -> Session:
    """A session of two hours that is kept nowhere."""
    workshop = Workshop(slug="waste", title="Counting waste; and more, or less", about="Line one.\nLine two. " * 20)
    ends_at = starts_at + timedelta(hours=2)
    return Session(ref="SESSION", workshop=workshop, starts_at=starts_at, ends_at=ends_at, capacity=5, **more)


def utc_by_the_files_own_clock(text: str, name: str) -> datetime:
    """The moment of DTSTART or DTEND as the VTIMEZONE in the file itself says, worked out by hand from its rules."""
    calendar = Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    (zone,) = calendar.walk("VTIMEZONE")
    assert event[name].params["TZID"] == zone["TZID"] == "Europe/London"
    local = event[name].dt.replace(tzinfo=None)
    last_change = max(
        ((rule.before(local, inc=True), part["TZOFFSETTO"].td) for part, rule in rules(zone)), key=lambda pair: pair[0]
    )
    return (local - last_change[1]).replace(tzinfo=UTC)


def rules(zone: Calendar) -> list[tuple[Calendar, rrulestr]]:
    """The parts of a zone, each with the days on which it begins."""
    return [
        (part, rrulestr(part["RRULE"].to_ical().decode(), dtstart=part["DTSTART"].dt)) for part in zone.subcomponents
    ]


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2027, 3, 26, 10, tzinfo=UTC),
        datetime(2027, 3, 28, 0, 30, tzinfo=UTC),
        datetime(2027, 3, 28, 1, 0, tzinfo=UTC),
        datetime(2027, 3, 29, 9, tzinfo=UTC),
        datetime(2027, 10, 29, 9, tzinfo=UTC),
        datetime(2027, 10, 30, 21, 30, tzinfo=UTC),
        datetime(2027, 10, 31, 2, 0, tzinfo=UTC),
        datetime(2027, 11, 1, 10, tzinfo=UTC),
    ],
    ids=str,
)
def test_a_session_is_at_its_moment_before_and_after_the_clocks_change(moment: datetime) -> None:
    text = calendar_of_session(planned(moment), "https://figures.example.org", NOW)
    assert utc_by_the_files_own_clock(text, "DTSTART") == moment
    assert utc_by_the_files_own_clock(text, "DTEND") == moment + timedelta(hours=2)


def test_a_file_has_what_the_standard_asks() -> None:
    text = calendar_of_session(planned(NOW), "https://figures.example.org", NOW)
    lines = text.encode().split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in b"".join(lines)
    assert lines[-1] == b""
    calendar = Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    assert (calendar["VERSION"], calendar["METHOD"], event["SUMMARY"]) == (
        "2.0",
        "PUBLISH",
        "Counting waste; and more, or less",
    )
    assert event["DESCRIPTION"].count("\n") == 20
    assert event["URL"] == "https://figures.example.org/take-part/workshops/waste"
    assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS"} <= set(event)
    assert event["DTSTAMP"].dt == NOW
    assert not calendar.errors + event.errors


def booked(sequence: int, **more: object) -> Booking:
    """A place in a session that is kept nowhere."""
    session = planned(NOW, link="https://meet.example.org/room?x=1")
    who = {"name": 'Olive "O"; the: third', "email": "olive@leeds.gov.uk", "site": "https://figures.example.org"}
    return Booking(ref="BOOKING", session=session, sequence=sequence, **who, **more)


def test_an_update_and_a_cancellation_are_about_the_same_event() -> None:
    files = [calendar_of_booking(booked(n), method, NOW) for n, method in ((1, REQUEST), (2, REQUEST), (3, CANCEL))]
    events = [Calendar.from_ical(text).walk("VEVENT")[0] for text in files]
    assert len({event["UID"] for event in events}) == 1
    assert [event["SEQUENCE"] for event in events] == [1, 2, 3]
    assert [Calendar.from_ical(text)["METHOD"] for text in files] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [event["STATUS"] for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert {str(event["ATTENDEE"]) for event in events} == {"mailto:olive@leeds.gov.uk"}
    assert all(str(event["ORGANIZER"]).startswith("mailto:") for event in events)
    assert "meet.example.org" not in files[2]


def test_the_way_in_is_in_the_invitation_and_not_in_what_everybody_reads() -> None:
    assert "meet.example.org" in calendar_of_booking(booked(1), REQUEST, NOW).replace("\r\n ", "")
    public = calendar_of_session(booked(1).session, "https://figures.example.org", NOW)
    assert "meet.example.org" not in public.replace("\r\n ", "")
