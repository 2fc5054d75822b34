"""Calendar files: read back by another reader of the standard's rules, over both days on which the clocks change."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import SMTP

import pytest
from dateutil.rrule import rrulestr
from django.test import override_settings
from icalendar import Calendar

from moothall.domain.workshop import ENGLAND
from moothall.engagement.models import Booking, Letter, Session, Workshop
from moothall.engagement.post.delivery import message_of
from moothall.engagement.workshops.calendars import CANCEL, REQUEST, calendar_of_booking, calendar_of_session
from tests.support.calendar_text import Component, Line, moment, offset, read_calendar

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


@pytest.mark.parametrize(
    ("starts_at", "kind"),
    [
        (datetime(2027, 10, 30, 21, 59, tzinfo=UTC), "Europe/London"),
        (datetime(2027, 10, 30, 22, 0, tzinfo=UTC), ""),
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), ""),
        (datetime(2027, 10, 31, 1, 30, tzinfo=UTC), ""),
        (datetime(2027, 10, 31, 2, 0, tzinfo=UTC), "Europe/London"),
        (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), "Europe/London"),
    ],
    ids=str,
)
def test_a_time_that_the_clock_shows_twice_is_told_by_utc(starts_at: datetime, kind: str) -> None:
    calendar = read_calendar(calendar_of_session(planned(starts_at), SITE, NOW).encode())
    (event,) = calendar.within("VEVENT")
    ends = [event.one(name) for name in ("DTSTART", "DTEND")]
    assert [line.parameters.get("TZID", "") for line in ends] == [kind, kind]
    assert [moment(calendar, line) for line in ends] == [starts_at, starts_at + timedelta(hours=2)]


def test_what_is_cancelled_says_so_in_its_title() -> None:
    held = booked(3)
    texts = [calendar_of_booking(held, method, NOW) for method in (REQUEST, CANCEL)]
    texts += [calendar_of_session(session, SITE, NOW) for session in (held.session, cancelled(held.session))]
    titles = [read_calendar(text.encode()).within("VEVENT")[0].one("SUMMARY").text for text in texts]
    title = held.session.workshop.title
    assert titles == [title, f"Cancelled: {title}"] * 2


def test_a_name_needs_no_escape_that_programs_may_not_know() -> None:
    assert "^" not in calendar_of_booking(booked(1), REQUEST, NOW)


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


# ---------------------------------------------------------------- by a second reader


MANY = 99
TIMES: dict[str, dict[str, tuple[int, int]]] = {
    "PUBLISH": {"ATTENDEE": (0, 0), "SUMMARY": (1, 1), "DTSTART": (1, 1), "SEQUENCE": (0, 1)},
    "REQUEST": {"ATTENDEE": (1, MANY), "SUMMARY": (1, 1), "DTSTART": (1, 1), "SEQUENCE": (1, 1)},
    "CANCEL": {"ATTENDEE": (1, MANY), "SUMMARY": (0, 1), "DTSTART": (0, 1), "SEQUENCE": (1, 1)},
}
"""How often a property stands in the event of a method (RFC 5546, 3.2.1, 3.2.2, 3.2.5): at least, at most."""
ALWAYS = {"UID": (1, 1), "DTSTAMP": (1, 1), "ORGANIZER": (1, 1), "DTEND": (0, 1), "DESCRIPTION": (0, 1)} | {
    "LOCATION": (0, 1), "URL": (0, 1), "STATUS": (0, 1), "REQUEST-STATUS": (0, 0), "DURATION": (0, 0)
}  # fmt: skip
STATUSES = {"PUBLISH": {"CONFIRMED", "CANCELLED"}, "REQUEST": {"CONFIRMED"}, "CANCEL": {"CANCELLED"}}
SITE = "https://figures.example.org"


def every_file(starts_at: datetime = NOW) -> list[tuple[str, Component]]:
    """Each kind of file that we write, by its method, as the second reader has it."""
    session = planned(starts_at, place="Room 1; second floor, left")
    held = booked(3)
    held.session = session
    texts = {
        "PUBLISH": [calendar_of_session(session, SITE, NOW), calendar_of_session(cancelled(session), SITE, NOW)],
        "REQUEST": [calendar_of_booking(held, REQUEST, NOW)],
        "CANCEL": [calendar_of_booking(held, CANCEL, NOW)],
    }
    return [(method, read_calendar(text.encode())) for method, found in texts.items() for text in found]


def cancelled(session: Session) -> Session:
    """The session, not held."""
    return planned(session.starts_at, place=session.place, is_cancelled=True)


def test_each_method_has_what_it_must_have_and_nothing_that_it_must_not() -> None:
    for method, calendar in every_file():
        assert [calendar.one(name).value for name in ("VERSION", "METHOD")] == ["2.0", method]
        assert calendar.one("PRODID").text
        (event,) = calendar.within("VEVENT")
        for name, (least, most) in (ALWAYS | TIMES[method]).items():
            assert least <= len(event.all(name)) <= most, f"{method} {name}"
        assert {line.name for line in event.lines} <= set(ALWAYS | TIMES[method]), method
        assert event.one("STATUS").value in STATUSES[method]
        assert event.one("DTSTAMP").value == "20261122T090000Z"
        assert event.one("ORGANIZER").value == "mailto:moothall@localhost"
        for who in event.all("ATTENDEE"):
            assert who.value == "mailto:olive@leeds.gov.uk"
            assert who.parameters["PARTSTAT"] == "ACCEPTED"
            assert "third" in who.parameters["CN"], "a comma, a semicolon and quotes in a name end nothing"
        zones = {line.parameters["TZID"] for line in event.lines if "TZID" in line.parameters}
        assert zones == {zone.one("TZID").value for zone in calendar.within("VTIMEZONE")} == {"Europe/London"}


def test_the_files_own_clock_is_that_of_england_at_every_change() -> None:
    (zone,) = every_file()[0][1].within("VTIMEZONE")
    assert sorted(part.name for part in zone.parts) == ["DAYLIGHT", "STANDARD"]
    summer, winter = sorted(zone.parts, key=lambda part: part.name)
    assert offset(summer, "TZOFFSETFROM") == offset(winter, "TZOFFSETTO") == timedelta(0)
    assert offset(summer, "TZOFFSETTO") == offset(winter, "TZOFFSETFROM") == timedelta(hours=1)
    for year in range(1996, 2038):
        for month, hours in ((3, (-49, -1, 0, 1, 49)), (10, (-49, -2, 1, 49))):
            last = max(d for d in range(25, 32) if datetime(year, month, d, tzinfo=UTC).weekday() == 6)
            for hour in hours:
                at = datetime(year, month, last, 1, tzinfo=UTC) + timedelta(hours=hour)
                local = at.astimezone(ENGLAND)
                if local.fold or (local - timedelta(hours=1)).fold:
                    continue
                line = Line("DTSTART", {"TZID": "Europe/London"}, f"{local:%Y%m%dT%H%M%S}")
                assert moment(Component("", [], [zone]), line) == at, at


def test_an_event_keeps_its_name_whatever_its_owner_sets_and_its_number_rises() -> None:
    names = set()
    for sender in ("Moothall <moothall@localhost>", "Data <data@council.example.org>"):
        with override_settings(DEFAULT_FROM_EMAIL=sender):
            for sequence, method in ((1, REQUEST), (2, REQUEST), (3, CANCEL)):
                (event,) = read_calendar(calendar_of_booking(booked(sequence), method, NOW).encode()).within("VEVENT")
                names.add(event.one("UID").text)
                assert event.one("SEQUENCE").value == str(sequence)
                assert event.one("DTSTAMP").value.endswith("Z")
    assert names == {"BOOKING@taking-part.moothall"}


@pytest.mark.parametrize(
    "title",
    [
        "Plain",
        "Commas, semicolons; colons: and \\ back\\nslashes",
        "Two\nlines",
        "£" * 90,
        "x" * 74 + "é",
        "🗑️" * 40,
        '"Quoted" and ^careted^',
        "a" * 200,
        " begins and ends with a blank ",
        "END:VEVENT",
    ],
)
def test_any_words_come_back_as_they_were(title: str) -> None:
    session = planned(NOW)
    session.workshop.title, session.workshop.about, session.place = title, title * 2, title
    (event,) = read_calendar(calendar_of_session(session, SITE, NOW).encode()).within("VEVENT")
    assert [event.one(name).text for name in ("SUMMARY", "DESCRIPTION", "LOCATION")] == [title, title * 2, title]


@pytest.mark.parametrize("method", [REQUEST, CANCEL])
def test_a_letter_carries_the_file_as_mail_programs_look_for_it(method: str) -> None:
    text = calendar_of_booking(booked(2), method, NOW)
    letter = Letter(ref="L", address="olive@leeds.gov.uk", subject="S", calendar={"method": method, "text": text})
    sent = message_of(letter).message().as_bytes(linesep="\r\n")
    message = message_from_bytes(sent, policy=SMTP)
    alternatives = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    attached = [part for part in message.walk() if part.get_filename() == "moothall.ics"]
    assert [part.get_param("method") for part in alternatives] == [method], "RFC 6047, 2.4: as in the file"
    assert alternatives[0].get_content_charset() == "utf-8"
    for part in (*alternatives, *attached):
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        assert content == text.encode()
        assert read_calendar(content).one("METHOD").value == method
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds.index("text/plain") < kinds.index("text/html") < kinds.index("text/calendar"), "the last is preferred"


BROKEN = {
    b"BEGIN:VCALENDAR\nEND:VCALENDAR\n": "does not end",
    b"BEGIN:VCALENDAR\r\nX:" + b"x" * 80 + b"\r\nEND:VCALENDAR\r\n": "too long",
    b"BEGIN:VCALENDAR\r\nEND:VEVENT\r\n": "closes nothing",
    b"BEGIN:VCALENDAR\r\n": "not enough values|whole VCALENDAR",
    b"BEGIN:VCALENDAR\r\nNO COLON\r\nEND:VCALENDAR\r\n": "no content line",
    b'BEGIN:VCALENDAR\r\nA;CN=a"b:c\r\nEND:VCALENDAR\r\n': "no content line",
}


@pytest.mark.parametrize("content", list(BROKEN), ids=list(BROKEN.values()))
def test_the_second_reader_refuses_what_the_standard_does(content: bytes) -> None:
    with pytest.raises(ValueError, match=BROKEN[content]):
        read_calendar(content)
    with pytest.raises(ValueError, match="not escaped"):
        _ = Line("SUMMARY", {}, "a, b").text
