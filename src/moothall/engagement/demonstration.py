"""A demonstration: made-up councils' officers, bodies and members of the public answer a consultation.

Everything goes through the same doors as real answers, so that what is shown is what would happen. It can only be done
where the program knows no other records (MOOTHALL_DEMO=1), and every name and every text says that it is made up. The
same catalogue always gives the same demonstration.
"""

import random

from django.conf import settings
from django.utils import timezone

from moothall.domain.consultation import Consultation, Question
from moothall.engagement.consultations.responding import Given, save_answer, send, start
from moothall.engagement.consultations.sharing import share
from moothall.engagement.models import Body, BodyMember, Membership, Person, Response, Role, State
from moothall.engagement.models.parties import PartyKind
from moothall.engagement.models.responses import Consent
from moothall.engagement.people.parties import Party, body_party, running_councils
from moothall.errors import UsageError
from moothall.web.current import current_store, today

DOMAIN = "demonstration.invalid"
"""A domain that can never exist: no letter could reach anybody there."""
STAFF_ADDRESS = f"staff@{DOMAIN}"
COUNCILS, STILL_WRITING, PUBLIC = 36, 6, 5
BODY = "network-of-examples"
ANSWERED_SHARE = 0.8
TEXTS = (
    "Crews log each bag as an incident of its own, so our count is high. (Made up.)",
    "Bags beside a bin are no incident here; a neighbouring crew logs every bag. (Made up.)",
    "Court costs are rarely recovered, so officers avoid court and write to people first. (Made up.)",
    "Costs of going to court are high. A warning often does more than a court case. (Made up.)",
    "Reserves are held for a school building that was agreed years ago. (Made up.)",
    "A named reserve can be renamed in an afternoon; the split says little about prudence. (Made up.)",
    "Families are placed far away because rents here rose. The figure says nothing of distance. (Made up.)",
    "Rents and the supply of homes decide this, and a council decides neither. (Made up.)",
    "Comparing ports and resorts with market towns will mislead readers. (Made up.)",
    "We would keep it, with a sentence on how incidents are logged. (Made up.)",
)


def furnish(consultation: Consultation) -> int:
    """Answer a consultation with made-up respondents; how many sent an answer. UsageError outside a demonstration."""
    if not settings.IS_DEMONSTRATION:
        raise UsageError("Made-up respondents go into a demonstration only: run `make demo-engagement`.")
    if not consultation.is_open(today()):
        raise UsageError(f"The consultation is not open on {today()}: choose a day with MOOTHALL_DAY=2026-12-15.")
    if Response.objects.exists():
        return 0
    drawn = random.Random(consultation.id)
    Person.objects.filter(pk=_person("staff", "Staff (made up)").pk).update(is_staff=True)
    body = Body.objects.create(slug=BODY, title="Network of Examples", mail_domain=DOMAIN)
    councils = running_councils()
    chosen = councils[:: max(1, len(councils) // COUNCILS)]
    sent = sum(_council(number, party, consultation, body, drawn) for number, party in enumerate(chosen))
    lead = _member("body-lead", body_party(body), Role.LEAD)
    sent += _answer(lead, body_party(body), consultation, drawn, Consent.NAMED)
    return sent + sum(_public(number, consultation, drawn) for number in range(PUBLIC))


def _person(name: str, shown: str) -> Person:
    person = Person.objects.with_address(f"{name}@{DOMAIN}")
    person.name, person.confirmed_at = shown, timezone.now()
    person.save(update_fields=["name", "confirmed_at"])
    return person


def _member(name: str, party: Party, role: Role) -> Person:
    person = _person(name, f"{role.label} of {party.title}")
    belongs = {"kind": party.kind, "key": party.key, "role": role, "state": State.CONFIRMED}
    Membership.objects.create(person=person, **belongs)
    return person


def _council(number: int, party: Party, consultation: Consultation, body: Body, drawn: random.Random) -> int:
    """An officer and a lead of a council answer together; a few councils are still writing."""
    officer = _member(f"officer-{number}", party, Role.OFFICER)
    lead = _member(f"lead-{number}", party, Role.LEAD)
    if number % 3 == 0:
        BodyMember.objects.create(body=body, authority=party.key, state=State.CONFIRMED)
    if number < STILL_WRITING:
        _write(officer, party, consultation, drawn)
        return 0
    consent = (Consent.NAMED, Consent.ANONYMOUS, Consent.NAMED, Consent.NO)[number % 4]
    _write(officer, party, consultation, drawn)
    sent = _answer(lead, party, consultation, drawn, consent)
    if number % 3 == 0:
        response = Response.objects.get(consultation=consultation.id, kind=party.kind, key=party.key)
        share(lead, response, consultation, body)
    return sent


def _public(number: int, consultation: Consultation, drawn: random.Random) -> int:
    """A member of the public answers alone, where the consultation asks them."""
    person = _person(f"public-{number}", f"Member of the public {number + 1} (made up)")
    party = Party(PartyKind.AUTHORITY, str(person.ref), "", "", "")
    return _answer(person, party, consultation, drawn, Consent.ANONYMOUS, kind="person")


def _answer(
    person: Person, party: Party, consultation: Consultation, drawn: random.Random, consent: Consent, kind: str = ""
) -> int:
    """Write what is missing, and send it; 0 where this kind of respondent is not asked."""
    response = _write(person, party, consultation, drawn, kind)
    if response is None:
        return 0
    send(person, response, consultation, f"https://{DOMAIN}/take-part/responses/{response.ref}", consent)
    return 1


def _write(
    person: Person, party: Party, consultation: Consultation, drawn: random.Random, kind: str = ""
) -> Response | None:
    """Answer most questions that nobody has answered yet."""
    response = start(person, consultation, kind or party.kind, party.key)
    if response is None:
        return None
    answered = set(response.answers.values_list("metric", "question"))
    for step in consultation.steps:
        if (step[0], step[1].id) not in answered and drawn.random() < ANSWERED_SHARE:
            save_answer(person, response, step, _given(step[1], drawn), 0)
    return response


def _given(question: Question, drawn: random.Random) -> Given:
    chosen = (drawn.choice(question.options).id,) if question.options else ()
    words = drawn.choice(TEXTS) if question.has_words and (not chosen or drawn.random() < 0.5) else ""
    return Given(chosen, words)


def consultation_to_show() -> Consultation:
    """The first consultation of the catalogue that is open today; UsageError where none is."""
    found = [each for each in current_store().catalogue.consultations.values() if each.is_open(today())]
    if not found:
        raise UsageError(f"No consultation of the catalogue is open on {today()}: choose a day with MOOTHALL_DAY.")
    return found[0]
