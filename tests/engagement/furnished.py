"""A room with people in every role: two councils, a body that speaks for one of them, staff, and the public."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.test import Client
from django.utils import timezone

from moothall.engagement.models import (
    Body,
    BodyMember,
    Booking,
    Letter,
    LetterState,
    Membership,
    Newsletter,
    Person,
    Response,
    Role,
    Session,
    State,
    Submission,
    Subscriber,
    Theme,
    Workshop,
)
from moothall.engagement.models.parties import PartyKind
from moothall.engagement.news.subscribing import confirm_link, own_token
from moothall.engagement.people.parties import Party, party_with_slug
from moothall.web.current import current_store
from tests.engagement.furnished_texts import furnish_texts

LEEDS, BRADFORD, NETWORK = "LEEDS", "BRADFO", "northern-network"
READER = "reader"
CONSULTATION = "first-drafts-2026"
PEOPLE = {
    "public": "carol@example.org",
    "officer": "olive@leeds.gov.uk",
    "lead": "lee@leeds.gov.uk",
    "asked": "anna@leeds.gov.uk",
    "own reader": "rita@leeds.gov.uk",
    "other officer": "omar@bradford.gov.uk",
    "other lead": "lia@bradford.gov.uk",
    "body officer": "bo@network.org.uk",
    "body lead": "bea@network.org.uk",
    "staff": "sam@moothall.example",
}
BELONGS = {
    "officer": ("leeds", Role.OFFICER, State.CONFIRMED),
    "lead": ("leeds", Role.LEAD, State.CONFIRMED),
    "asked": ("leeds", Role.OFFICER, State.ASKED),
    "own reader": ("leeds", Role.READER, State.CONFIRMED),
    "other officer": ("bradford", Role.OFFICER, State.CONFIRMED),
    "other lead": ("bradford", Role.LEAD, State.CONFIRMED),
    "body officer": (NETWORK, Role.OFFICER, State.CONFIRMED),
    "body lead": (NETWORK, Role.LEAD, State.CONFIRMED),
}


@dataclass(frozen=True)
class Room:
    """People by role, and the objects that addresses name. Whoever is asked for comes signed in, in one browser."""

    people: dict[str, Person]
    made: dict[str, object]
    browsers: dict[str, Client]

    def __getitem__(self, role: str) -> Client:
        if role not in self.browsers:
            self.browsers[role] = signed_in(self.people[role])
        return self.browsers[role]


def furnish(enter: Callable[[str], Client]) -> Room:
    """People in every role, each with a browser of their own."""
    people = {role: Person.objects.with_address(address) for role, address in PEOPLE.items()}
    Person.objects.update(confirmed_at=timezone.now())
    return Room(people, furnish_records(people), {READER: Client(raise_request_exception=False)})


def signed_in(person: Person) -> Client:
    """A browser with a session, without the letter and the link: what those do is tested by themselves."""
    browser = Client(raise_request_exception=False)
    browser.force_login(person, settings.AUTHENTICATION_BACKENDS[-1])
    return browser


def furnish_records(people: dict[str, Person]) -> dict[str, object]:
    """The records behind them; gives the objects that addresses name."""
    Person.objects.filter(pk=people["staff"].pk).update(is_staff=True)
    body = Body.objects.create(slug=NETWORK, title="Northern Network", mail_domain="network.org.uk")
    member = BodyMember.objects.create(body=body, authority=party_named("leeds").key, state=State.CONFIRMED)
    made: dict[str, object] = {"body_member": member.pk}
    for role, (slug, part, state) in BELONGS.items():
        party = party_named(slug)
        kept = Membership.objects.create(person=people[role], kind=party.kind, key=party.key, role=part, state=state)
        made["membership"] = kept.pk if role == "asked" else made.get("membership")
    lost = Letter.objects.create(address="gone@example.org", subject="Lost", state=LetterState.GIVEN_UP, attempts=8)
    return made | {"letter": lost.ref} | furnish_workshop(people) | furnish_news(people) | furnish_responses(people)


def furnish_news(people: dict[str, Person]) -> dict[str, object]:
    """Carol gets news and has asked for other news; a newsletter waits to be sent."""
    choices = {"kinds": ["figures", "newsletter"], "watches": ["authority:LEEDS"], "pace": "weekly"}
    kept = Subscriber.objects.create(
        email=people["public"].email,
        choices=choices,
        asked={**choices, "pace": "daily"},
        site="https://figures.example.org",
        confirmed_at=timezone.now(),
    )
    letter = Newsletter.objects.create(title="Spring", words="# Hello\n\nWords.", by=people["staff"])
    asked = confirm_link(kept).rpartition("/")[2]
    return {"own_news": own_token(kept), "asked_news": asked, "newsletter": letter.ref}


def furnish_workshop(people: dict[str, Person]) -> dict[str, object]:
    """A workshop with one session to come, in which Leeds' lead has booked a place for an officer."""
    kept = Workshop.objects.create(slug="counting-waste", title="Counting waste", about="What is waste?")
    starts = timezone.now() + timedelta(days=30)
    plan = {
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
        "capacity": 1,
        "link": "https://example.org/in",
    }
    session = Session.objects.create(workshop=kept, **plan)
    who = {"email": people["officer"].email, "name": "Olive", "booked_by": people["lead"], "needs": "Captions"}
    booked = Booking.objects.create(session=session, state="booked", site="https://figures.example.org", **who)
    return {"workshop": kept.slug, "session": session.ref, "booking": booked.ref}


def furnish_responses(people: dict[str, Person]) -> dict[str, object]:
    """A draft of Leeds, a draft of the body, and a response that somebody has sent for themselves."""
    leeds = party_named("leeds")
    drafts = {"response": (leeds.kind, leeds.key), "body_response": (PartyKind.BODY, NETWORK)}
    made: dict[str, object] = {
        name: Response.objects.create(consultation=CONSULTATION, kind=kind, key=key).ref
        for name, (kind, key) in drafts.items()
    }
    sent = Response.objects.create(
        consultation=CONSULTATION, kind="person", key=str(people["asked"].ref), state="submitted", version=1
    )
    lines = [
        {
            "metric": "",
            "metric_title": "",
            "question": "keep",
            "text": "?",
            "choices": [],
            "chosen": [],
            "words": "",
        }
    ]
    Submission.objects.create(response=sent, version=1, content=lines, consent="anonymous")
    theme = Theme.objects.create(consultation=CONSULTATION, metric="", name="Bags", terms=["bag"])
    about = {"metric": current_store().catalogue.consultations[CONSULTATION].metrics[0], "theme": theme.pk}
    return {**made, **about, **furnish_texts(leeds.key), "sent": sent.ref, "asked": CONSULTATION}


def party_named(slug: str) -> Party:
    """The council or the body of this address."""
    found = party_with_slug(PartyKind.BODY if slug == NETWORK else PartyKind.AUTHORITY, slug)
    assert found
    return found
