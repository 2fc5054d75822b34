"""The routes of workshops: what everybody reads, places, and what staff prepare."""

from moothall.engagement.pages.route import OPEN, SIGNED_IN, STAFF, RoomRoute
from moothall.engagement.views import staff_workshops, workshops

WORKSHOP_ROUTES: tuple[RoomRoute, ...] = (
    RoomRoute("workshops", workshops.workshops, "workshops", OPEN, "workshops"),
    RoomRoute("workshops/<slug:slug>", workshops.workshop, "workshop", OPEN, "workshops/{workshop}"),
    RoomRoute(
        "workshops/<slug:slug>/<slug:ref>/calendar",
        workshops.session_calendar,
        "session-calendar",
        OPEN,
        "workshops/{workshop}/{session}/calendar",
        is_page=False,
    ),
    RoomRoute("sessions/<slug:ref>/book", workshops.book_place, "book", SIGNED_IN, "sessions/{session}/book"),
    RoomRoute("bookings", workshops.bookings, "bookings", SIGNED_IN, "bookings"),
    RoomRoute("bookings/<slug:ref>", workshops.booking, "booking", SIGNED_IN, "bookings/{booking}"),
    RoomRoute(
        "bookings/<slug:ref>/cancel", workshops.cancel_booking, "cancel-booking", SIGNED_IN, "bookings/{booking}/cancel"
    ),
    RoomRoute(
        "bookings/<slug:ref>/calendar",
        workshops.booking_calendar,
        "booking-calendar",
        SIGNED_IN,
        "bookings/{booking}/calendar",
        is_page=False,
    ),
    RoomRoute("staff/workshops", staff_workshops.workshops, "staff-workshops", STAFF, "staff/workshops"),
    RoomRoute(
        "staff/workshops/<slug:slug>", staff_workshops.workshop, "staff-workshop", STAFF, "staff/workshops/{workshop}"
    ),
    RoomRoute(
        "staff/workshops/<slug:slug>/sessions",
        staff_workshops.new_session,
        "plan-session",
        STAFF,
        "staff/workshops/{workshop}/sessions",
    ),
    RoomRoute("staff/sessions/<slug:ref>", staff_workshops.session, "staff-session", STAFF, "staff/sessions/{session}"),
    *(
        RoomRoute(
            f"staff/sessions/<slug:ref>/{word}", view, name, STAFF, f"staff/sessions/{{session}}/{word}", is_page=False
        )
        for word, view, name in (
            ("cancel", staff_workshops.cancel, "cancel-session"),
            ("attendance", staff_workshops.attendance, "attendance"),
            ("notes", staff_workshops.notes, "session-notes"),
        )
    ),
)
