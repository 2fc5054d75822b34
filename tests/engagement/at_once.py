"""Saves drafts and is killed; or asks the same council for the same talk many times at the same moment.

    python -m tests.engagement.at_once drafts    # prints how commits wait, saves, and kills itself
    python -m tests.engagement.at_once left      # prints the words that are left
    python -m tests.engagement.at_once talks     # prints what became of each request, and how many are kept

Run in a process of its own, on the records that the variables name, because a test's process keeps its own database.
"""

import json
import os
import signal
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from moothall.cli.records import ensure_records

SAVES, REQUESTS, AT_ONCE = 25, 24, 8


def _say(found: object) -> None:
    sys.stdout.write(json.dumps(found))
    sys.stdout.flush()


def drafts() -> None:
    """Save, say how commits wait inside and outside of a save, and end as nobody wants to."""
    from django.db import connection, transaction

    from moothall.engagement.drafts import draft_commit
    from moothall.engagement.models import Answer, AnswerVersion, Response

    def waits() -> str:
        asked = "PRAGMA synchronous" if connection.vendor == "sqlite" else "SHOW synchronous_commit"
        with connection.cursor() as cursor:
            cursor.execute(asked)
            return str(cursor.fetchone()[0])

    found = {"before": waits()}
    response = Response.objects.create(consultation="c", kind="authority", key="LEEDS")
    answer = Answer.objects.create(response=response, metric="m", question="q")
    for number in range(SAVES):
        with draft_commit():
            AnswerVersion.objects.create(answer=answer, revision=number, words=f"words {number}")
            found["inside"] = waits()
    found["after"] = waits()
    with transaction.atomic(), draft_commit():
        found["within another"] = waits()
    try:
        with draft_commit():
            AnswerVersion.objects.create(answer=answer, revision=99, words="undone")
            raise KeyError
    except KeyError:
        found["after a fault"] = waits()
    _say(found)
    os.kill(os.getpid(), signal.SIGKILL)


def left() -> None:
    """What a killed program has left."""
    from moothall.engagement.models import AnswerVersion

    _say(sorted(AnswerVersion.objects.values_list("words", flat=True)))


def talks() -> None:
    """Many officers of Leeds ask Bradford the same."""
    from django.db import connections

    from moothall.engagement.exchange import introducing
    from moothall.engagement.exchange.reviewing import NotNow
    from moothall.engagement.models import Introduction, Letter, Membership, Person, Role, State
    from moothall.engagement.models.parties import PartyKind
    from moothall.engagement.people.parties import party_with_slug

    own, other = (party_with_slug(PartyKind.AUTHORITY, slug) for slug in ("leeds", "bradford"))
    assert own, other
    lead = Person.objects.with_address("lead@bradford.gov.uk")
    place = {"kind": PartyKind.AUTHORITY, "key": other.key, "role": Role.LEAD, "state": State.CONFIRMED}
    Membership.objects.create(person=lead, **place)
    people = [Person.objects.with_address(f"officer-{n}@leeds.gov.uk") for n in range(REQUESTS)]

    def ask(person: Person) -> str:
        try:
            introducing.ask_to_talk(person, own, other, "household-waste-recycling-rate", "How?")
            return "asked"
        except NotNow as refusal:
            return str(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        told = Counter(pool.map(ask, people))
    _say({"told": told, "kept": Introduction.objects.count(), "letters": Letter.objects.count()})


if __name__ == "__main__":
    ensure_records()
    {"drafts": drafts, "left": left, "talks": talks}[sys.argv[1]]()
