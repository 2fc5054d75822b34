"""Furnishes the records of a server that is about to start, and prints for each role the session that it may use.

    python -m tests.engagement.furnish_server        # MOOTHALL_ENGAGEMENT_DB and MOOTHALL_SECRET_KEY as the server has

Run in a process of its own, because a test's own process keeps its own database.
"""

import json
import sys
from importlib import import_module

from moothall.cli.records import ensure_records


def main() -> None:
    """Furnish, and print one JSON object: sessions by role, and the objects that addresses name."""
    ensure_records()
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.utils import timezone

    from moothall.engagement.models import Person
    from tests.engagement.furnished import PEOPLE, furnish_records

    people = {role: Person.objects.with_address(address) for role, address in PEOPLE.items()}
    Person.objects.update(confirmed_at=timezone.now())
    sessions = {}
    for role, person in people.items():
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.create()
        sessions[role] = session.session_key
    made = furnish_records(people)
    sys.stdout.write(json.dumps({"cookie": settings.SESSION_COOKIE_NAME, "sessions": sessions, "made": made}))


if __name__ == "__main__":
    main()
