"""Fills a session and its waiting list, then lets many cancel at the same moment; prints what is left, as JSON.

    python -m tests.engagement.cancel_at_once        # the records that the variables name, which must be empty

Run in a process of its own, because a test's own process keeps its own database.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from moothall.cli.records import ensure_records

PLACES, WAITING, CANCELS, AT_ONCE = 20, 30, 35, 8


def main() -> None:
    """Fill, cancel, and count."""
    ensure_records()
    from django.db import connections
    from django.utils import timezone

    from moothall.engagement.models import Booking, Letter, Person, Session, Workshop
    from moothall.engagement.workshops.booking import Guest, book, cancel

    starts = timezone.now() + timedelta(days=3)
    workshop = Workshop.objects.create(slug="waste", title="Waste", about="Waste.")
    session = Session.objects.create(
        workshop=workshop, starts_at=starts, ends_at=starts + timedelta(hours=1), capacity=PLACES
    )
    people = [Person.objects.with_address(f"p{n}@example.org") for n in range(PLACES + WAITING)]

    def closing(act: object) -> object:
        try:
            return act()  # type: ignore[operator]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        made = list(
            pool.map(lambda p: closing(lambda: book(p, session, Guest("N", p.email), "https://x.example")), people)
        )
        turns = list(session.bookings.order_by("turn_at", "id").values_list("pk", flat=True))
        cancelled = {each.pk for each in made[::2][:20] + made[1::2][:15]}
        done = list(
            pool.map(lambda each: closing(lambda: cancel(None, each)), [e for e in made if e.pk in cancelled] * 2)
        )
    states = dict(Booking.objects.values_list("pk", "state"))
    left = [pk for pk in turns if pk not in cancelled]
    told = Letter.objects.filter(subject__startswith="Your place").values_list("address", flat=True)
    found = {
        "cancels": sum(map(bool, done)),
        "booked": [pk for pk in left if states[pk] == "booked"],
        "left": left,
        "told": sorted(told),
        "had_place": sorted(Booking.objects.exclude(place_at=None).values_list("email", flat=True)),
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
