"""Workshops: places, a waiting list that moves up by itself, letters with invitations, and what is kept private."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from icalendar import Calendar

from moothall.catalogue.published import PublishedFolder
from moothall.domain.workshop import WorkshopSession
from moothall.engagement.models import Booking, Event, Letter, Person, Session, Workshop
from moothall.engagement.people.held import everything_about, forget
from moothall.engagement.workshops.booking import MOST_BOOKED_BY_ONE, NEEDS_KEPT_FOR, forget_needs, remind
from tests.engagement.conftest import Enter, letters
from tests.engagement.furnished import PEOPLE, Room, furnish

STAFF_PAGE = "/take-part/staff/workshops"


@pytest.fixture
def room(enter: Enter) -> Room:
    """Everybody in every role, and a session with one place that Olive has."""
    return furnish(enter)


def session_of(room: Room) -> Session:
    """The one session."""
    return Session.objects.get(ref=room.made["session"])


def book(room: Room, role: str, email: str | None = None, **more: str) -> Booking | None:
    """Book as a role, for oneself where no address is given; None where that is refused."""
    email = email or PEOPLE[role]
    form = {"name": f"The {role}", "email": email, "needs": "", **more}
    answer = room[role].post(f"/take-part/sessions/{room.made['session']}/book", form)
    return Booking.objects.get(ref=answer.headers["Location"].split("/")[-1]) if answer.status_code == 302 else None


def states(room: Room) -> dict[str, str]:
    """The states of bookings by address."""
    return dict(session_of(room).bookings.order_by("id").values_list("email", "state"))


def invitation(letter: EmailMultiAlternatives) -> Calendar | None:
    """The calendar file that a letter brings."""
    found = [part for part in letter.message().walk() if part.get_content_type() == "text/calendar"]
    return Calendar.from_ical(found[0].get_payload(decode=True)) if found else None


# ---------------------------------------------------------------- places


def test_a_full_session_has_a_waiting_list_and_it_moves_up(room: Room) -> None:
    waiting = [book(room, role) for role in ("public", "other lead", "lead")]
    assert [each.state for each in waiting if each] == ["waiting"] * 3
    page = room["other lead"].get(f"/take-part/bookings/{waiting[1].ref}").content.decode()  # type: ignore[union-attr]
    assert "1 waits before you" in page
    assert "full, 3 on the waiting list" in room["reader"].get("/take-part/workshops").content.decode()
    letters().clear()
    place = room.made["booking"]
    assert room["officer"].post(f"/take-part/bookings/{place}/cancel").status_code == 302
    assert states(room) == {
        PEOPLE["officer"]: "cancelled",
        PEOPLE["public"]: "booked",
        PEOPLE["other lead"]: "waiting",
        PEOPLE["lead"]: "waiting",
    }
    over, moved = letters()
    assert (over.to, moved.to) == ([PEOPLE["officer"]], [PEOPLE["public"]])
    assert "A place has become free, and it is yours." in moved.body
    assert (invitation(over)["METHOD"], invitation(moved)["METHOD"]) == ("CANCEL", "REQUEST")  # type: ignore[index]
    assert room["officer"].post(f"/take-part/bookings/{place}/cancel").status_code == 302, "twice changes nothing"
    assert len(letters()) == 2
    assert set(Event.objects.values_list("verb", flat=True)) >= {
        "joined a waiting list",
        "moved up from a waiting list",
        "cancelled a booking",
    }


def test_more_places_move_the_list_up_and_fewer_take_none_away(room: Room) -> None:
    for role in ("public", "other lead", "lead"):
        book(room, role)
    change(room, capacity="3")
    assert list(states(room).values()) == ["booked"] * 3 + ["waiting"]
    change(room, capacity="1")
    assert list(states(room).values()) == ["booked"] * 3 + ["waiting"]
    letters().clear()
    room["public"].post(f"/take-part/bookings/{Booking.objects.get(email=PEOPLE['public']).ref}/cancel")
    assert list(states(room).values()) == ["booked", "cancelled", "booked", "waiting"], "no place is free yet"


def test_one_person_has_one_place(room: Room) -> None:
    assert book(room, "public")
    assert book(room, "public") is None
    refused = room["public"].post(
        f"/take-part/sessions/{room.made['session']}/book",
        {"name": "Carol", "email": PEOPLE["public"].upper(), "needs": ""},
    )
    page = refused.content.decode()
    assert "has a place in this session already, or is on its waiting list" in page
    assert 'href="#id_email"' in page
    ref = Booking.objects.get(email=PEOPLE["public"]).ref
    room["public"].post(f"/take-part/bookings/{ref}/cancel")
    again = book(room, "public")
    assert again, "whoever cancelled may book again"
    assert again.ref != ref, "and that is another event in their calendar"


@pytest.mark.parametrize(
    ("role", "email", "may"),
    [
        ("lead", "new@leeds.gov.uk", True),
        ("lead", "new@housing.leeds.gov.uk", True),
        ("lead", "new@bradford.gov.uk", False),
        ("lead", "new@notleeds.gov.uk", False),
        ("asked", "new@leeds.gov.uk", False),
        ("public", "somebody@example.org", False),
        ("body lead", "new@network.org.uk", True),
    ],
)
def test_one_books_for_oneself_and_for_colleagues(room: Room, role: str, email: str, may: bool) -> None:
    letters().clear()
    assert (book(room, role, email) is not None) == may
    assert [letter.to for letter in letters()] == ([[email]] if may else [])


def test_nobody_books_for_a_crowd(room: Room) -> None:
    made = [book(room, "other lead", f"n{n}@bradford.gov.uk") for n in range(MOST_BOOKED_BY_ONE + 1)]
    assert [each is not None for each in made] == [True] * MOST_BOOKED_BY_ONE + [False]


def test_what_has_begun_takes_no_bookings(room: Room) -> None:
    now = timezone.now()
    Session.objects.update(starts_at=now - timedelta(minutes=1), ends_at=now + timedelta(hours=1))
    assert book(room, "public") is None
    assert (
        "takes no bookings" in room["public"].get(f"/take-part/sessions/{room.made['session']}/book").content.decode()
    )


# ---------------------------------------------------------------- change, cancellation


def change(room: Room, **changed: str) -> None:
    """Change the session as staff do."""
    held = session_of(room)
    now = {
        name: timezone.localtime(getattr(held, name)).strftime("%Y-%m-%dT%H:%M") for name in ("starts_at", "ends_at")
    }
    form = {**now, "place": held.place, "link": held.link, "capacity": str(held.capacity), **changed}
    answer = room["staff"].post(f"/take-part/staff/sessions/{held.ref}", form)
    assert answer.status_code == 302, answer.content.decode()


def test_staff_see_the_time_of_england_as_they_would_type_it(room: Room) -> None:
    Session.objects.update(starts_at=datetime(2027, 7, 1, 9, tzinfo=UTC), ends_at=datetime(2027, 7, 1, 11, tzinfo=UTC))
    page = room["staff"].get(f"/take-part/staff/sessions/{room.made['session']}").content.decode()
    assert 'value="2027-07-01 10:00"' in page
    change(room)
    assert session_of(room).starts_at == datetime(2027, 7, 1, 9, tzinfo=UTC)
    assert session_of(room).sequence == 0, "what was saved as it stood has not moved"


def test_another_time_is_told_and_the_calendar_changes_what_it_has(room: Room) -> None:
    waiting = book(room, "public")
    assert waiting
    change(room)
    letters().clear()
    change(room, place="Town Hall")
    change(room, capacity="1")
    (letter,) = letters()
    assert letter.to == [PEOPLE["officer"]]
    assert "Town Hall" in letter.body
    first = invitation(letter).walk("VEVENT")[0]  # type: ignore[union-attr]
    change(room, starts_at="2026-12-30T10:00", ends_at="2026-12-30T12:00")
    second = invitation(letters()[-1]).walk("VEVENT")[0]  # type: ignore[union-attr]
    assert (first["UID"], first["SEQUENCE"] + 1) == (second["UID"], second["SEQUENCE"])
    assert session_of(room).sequence >= 2


def test_a_session_that_is_not_held_is_told_to_everybody(room: Room) -> None:
    book(room, "public")
    letters().clear()
    for _ in range(2):
        room["staff"].post(f"/take-part/staff/sessions/{room.made['session']}/cancel")
    found = {letter.to[0]: invitation(letter) for letter in letters()}
    assert set(found) == {PEOPLE["officer"], PEOPLE["public"]}
    assert len(letters()) == 2
    event = found[PEOPLE["officer"]]
    assert event
    assert (event["METHOD"], event.walk("VEVENT")[0]["STATUS"]) == ("CANCEL", "CANCELLED")
    assert found[PEOPLE["public"]] is None, "who waited has nothing in the calendar"
    assert (
        "STATUS:CANCELLED"
        in room["reader"].get(f"/take-part/workshops/counting-waste/{room.made['session']}/calendar").content.decode()
    )


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"starts_at": "2027-03-28T01:30"}, "id_starts_at"),
        ({"starts_at": "2027-10-31T01:30"}, "id_starts_at"),
        ({"starts_at": "soon"}, "id_starts_at"),
        ({"ends_at": "2020-01-01T10:00"}, "id_ends_at"),
        ({"capacity": "0"}, "id_capacity"),
        ({"link": "http://meet.example.org"}, "id_link"),
        ({"link": "javascript:alert(1)"}, "id_link"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(room: Room, changed: dict[str, str], field: str) -> None:
    plan = {"starts_at": "2026-12-30T10:00", "ends_at": "2027-12-30T12:00", "place": "", "link": "", "capacity": "5"}
    page = room["staff"].post(f"{STAFF_PAGE}/counting-waste/sessions", {**plan, **changed}).content.decode()
    assert f'href="#{field}"' in page
    assert Session.objects.count() == 1


# ---------------------------------------------------------------- reminders


def test_people_are_reminded_a_week_and_a_day_before_once_each(room: Room) -> None:
    book(room, "public")
    sent = []
    for minutes, days in enumerate((8, 6, 6, 0.9, 0.9, 0)):
        starts = timezone.now() + timedelta(days=days, minutes=-minutes)
        Booking.objects.update(place_at=timezone.now() - timedelta(days=30))
        Session.objects.update(starts_at=starts, ends_at=starts + timedelta(hours=2))
        sent.append(remind())
    assert sent == [0, 1, 1, 1, 1, 0], "a session that was moved is told of again"
    remind_again = remind()
    assert remind_again == 0


def test_a_reminder_goes_once_to_who_has_a_place_and_has_not_just_booked(room: Room) -> None:
    book(room, "public")
    starts = timezone.now() + timedelta(hours=20)
    Session.objects.update(starts_at=starts, ends_at=starts + timedelta(hours=2), capacity=2)
    assert (
        room["lead"]
        .post(f"/take-part/sessions/{room.made['session']}/book", {"name": "Lee", "email": PEOPLE["lead"], "needs": ""})
        .status_code
        == 302
    )
    assert (remind(), remind()) == (1, 0)
    assert Letter.objects.filter(occasion__startswith="reminder").get().address == PEOPLE["officer"]


# ---------------------------------------------------------------- private things


def test_needs_are_seen_by_staff_and_by_those_who_said_them(room: Room) -> None:
    places = [
        "/take-part/workshops",
        "/take-part/workshops/counting-waste",
        f"/take-part/bookings/{room.made['booking']}",
    ]
    places += [f"/take-part/staff/sessions/{room.made['session']}"]
    seen = {
        (role, place) for role in PEOPLE for place in places if "Captions" in room[role].get(place).content.decode()
    }
    assert seen == {("officer", places[2]), ("lead", places[2]), ("staff", places[3])}
    assert not [event for event in Event.objects.all() if "Captions" in str(event.__dict__)]
    book(room, "public", needs="A ramp")
    assert not [letter for letter in letters() if "ramp" in letter.message().as_string()], "no letter carries them"


def test_needs_are_forgotten_when_they_are_no_longer_needed(room: Room) -> None:
    waiting = book(room, "public", needs="A ramp")
    assert waiting
    room["public"].post(f"/take-part/bookings/{waiting.ref}/cancel")
    assert Booking.objects.get(pk=waiting.pk).needs == ""
    over = timezone.now() - NEEDS_KEPT_FOR + timedelta(minutes=1)
    for ends, left in ((over, "Captions"), (over - timedelta(minutes=2), "")):
        Session.objects.update(starts_at=ends - timedelta(hours=2), ends_at=ends)
        forget_needs()
        assert Booking.objects.get(ref=room.made["booking"]).needs == left


def test_the_way_in_is_for_those_who_have_a_place(room: Room) -> None:
    waiting = book(room, "public")
    assert waiting
    link = "https://example.org/in"
    assert link in room["officer"].get(f"/take-part/bookings/{room.made['booking']}").content.decode()
    assert link not in room["public"].get("/take-part/workshops/counting-waste").content.decode()
    assert not [letter for letter in letters() if letter.to == [PEOPLE["public"]] and link in letter.body]
    assert room["public"].get(f"/take-part/bookings/{waiting.ref}/calendar").status_code == 404


def test_bookings_are_given_back_and_go_with_their_person(room: Room) -> None:
    book(room, "public")
    officer = Person.objects.get(email=PEOPLE["officer"])
    (held,) = everything_about(officer)["bookings"]
    assert (held["workshop"], held["needs"]) == ("Counting waste", "Captions")
    forget(officer)
    assert states(room) == {PEOPLE["public"]: "booked"}, "and the next in turn has the place"
    assert [letter.to for letter in letters()][-1] == [PEOPLE["public"]]
    assert not Letter.objects.filter(address=PEOPLE["officer"]).exists()


# ---------------------------------------------------------------- afterwards


def test_attendance_notes_and_actions(room: Room) -> None:
    place = f"/take-part/staff/sessions/{room.made['session']}"
    assert room["staff"].post(f"{place}/attendance", {"came": [room.made["booking"]]}).status_code == 404, "not yet"
    past = timezone.now() - timedelta(days=1)
    Session.objects.update(starts_at=past, ends_at=past + timedelta(hours=2))
    room["staff"].post(f"{place}/attendance", {"came": [room.made["booking"]]})
    assert Booking.objects.get(ref=room.made["booking"]).has_attended
    room["staff"].post(f"{place}/attendance", {})
    assert Booking.objects.get(ref=room.made["booking"]).has_attended is False
    words = {"notes": "Waste <b>is</b> counted.", "actions": "Ask again."}
    room["staff"].post(f"{place}/notes", words)
    public = "/take-part/workshops/counting-waste"
    assert "counted" not in room["reader"].get(public).content.decode()
    room["staff"].post(f"{place}/notes", {**words, "publish": "yes"})
    page = room["reader"].get(public).content.decode()
    assert "Waste &lt;b&gt;is&lt;/b&gt; counted." in page
    assert "Ask again." in page
    room["staff"].post(f"{place}/notes", words)
    assert "counted" not in room["reader"].get(public).content.decode()


def test_the_explorer_knows_when_and_where_and_nothing_else(room: Room, published_to: Path) -> None:
    book(room, "public", needs="A ramp")
    change(room, place="Town Hall")
    (session,) = PublishedFolder(published_to)().of(WorkshopSession)
    assert (session.id, session.workshop, session.place) == (room.made["session"], "counting-waste", "Town Hall")
    text = (published_to / "workshops.json").read_text()
    assert not [word for word in ("example.org/in", "ramp", "Captions", "Olive", "@") if word in text]
    room["staff"].post(f"/take-part/staff/sessions/{room.made['session']}/cancel")
    (again,) = PublishedFolder(published_to)().of(WorkshopSession)
    assert again.is_cancelled
    assert again.updated_at > session.updated_at


def test_staff_open_a_workshop_about_metrics(room: Room) -> None:
    form = {"title": "Quality of life", "about": "Why?", "metrics": "quality-of-life\nno-such-metric"}
    page = room["staff"].post(STAFF_PAGE, form).content.decode()
    assert "We know no metric called \u201cno-such-metric\u201d" in page
    assert 'href="#id_metrics"' in page
    answers = [room["staff"].post(STAFF_PAGE, {**form, "metrics": "quality-of-life"}) for _ in range(2)]
    assert [a.headers["Location"] for a in answers] == [f"{STAFF_PAGE}/quality-of-life{n}" for n in ("", "-2")]
    assert "/metrics/quality-of-life" in room["reader"].get("/take-part/workshops/quality-of-life").content.decode()
    assert Workshop.objects.count() == 3


def test_notes_that_are_too_long_come_back_whole(room: Room) -> None:
    place = f"/take-part/staff/sessions/{room.made['session']}"
    words = "x" * 20_001
    page = room["staff"].post(f"{place}/notes", {"notes": words, "actions": "Do it."}).content.decode()
    assert "Write at most 20,000 characters" in page
    assert 'href="#id_notes"' in page
    assert words in page
    assert "Do it." in page
    assert Session.objects.get(ref=room.made["session"]).notes == ""
