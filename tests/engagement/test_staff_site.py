"""The site of records: staff only, to look at and to act by the room's own rules; no record can be written over."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.http import Http404
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from moothall.engagement.models import Decision, Event, Letter, Membership, Person, Publication, State, Submission
from moothall.engagement.staff.staff_records import site
from moothall.engagement.staff.staff_site import staff_site_patterns
from tests.engagement.conftest import Enter
from tests.engagement.furnished import PEOPLE, Room, furnish, signed_in

ADMIN = "/take-part/admin/"
MODELS = [model._meta.model_name for model in site._registry]
NOT_STAFF = sorted(set(PEOPLE) - {"staff"})


@pytest.fixture
def room(enter: Enter) -> Room:
    """Everybody in every role."""
    return furnish(enter)


def pages() -> list[str]:
    """The first page, and the list of each kind of record."""
    return [ADMIN, *(f"{ADMIN}engagement/{name}/" for name in MODELS)]


def act(room: Room, model: str, name: str, *pks: object, role: str = "staff") -> int:
    """Tick records and press an act's button."""
    given = {"action": name, "_selected_action": [str(pk) for pk in pks]}
    return int(room[role].post(f"{ADMIN}engagement/{model}/", given).status_code)


def test_staff_see_every_list_and_every_record(room: Room) -> None:
    for address in pages():
        page = room["staff"].get(address)
        assert page.status_code == 200, address
        for record in re.findall(r'href="([^"]+/change/[^"]*)"', page.content.decode())[:2]:
            answer = room["staff"].get(record)
            assert answer.status_code == 200, record
            assert b'<input type="text"' not in answer.content
            assert b"<textarea" not in answer.content
            assert b'name="_save"' not in answer.content


def test_its_pages_need_nothing_from_elsewhere_and_run_nothing_of_their_own(room: Room) -> None:
    for address in pages():
        answer = room["staff"].get(address)
        html = answer.content.decode()
        assert not re.findall(r"<script(?![^>]*\bsrc=)[^>]*>(?!\s*</script>)", html), address
        assert " style=" not in html
        assert not re.findall(r'(?:src|href)="(?:https?:)?//', html)
        for part in ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"):
            assert part in answer.headers["Content-Security-Policy"]
        assert {"private", "no-store"} <= set(answer.headers["Cache-Control"].split(", "))


def test_its_look_is_served_from_here(room: Room) -> None:
    html = room["staff"].get(f"{ADMIN}engagement/person/").content.decode()
    files = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', html))
    assert files
    for file in files:
        answer = Client().get(file)
        assert (answer.status_code, bool(b"".join(answer.streaming_content))) == (200, True), file
        answer.close()


@pytest.mark.parametrize("role", NOT_STAFF)
def test_for_everybody_else_there_is_no_such_page(room: Room, role: str) -> None:
    for address in (*pages(), f"{ADMIN}engagement/person/1/change/", f"{ADMIN}nothing/", f"{ADMIN}login/", ADMIN[:-1]):
        assert room[role].get(address).status_code == 404, address
        assert room[role].post(address).status_code == 404, address


def test_a_reader_is_asked_to_sign_in(room: Room) -> None:
    for address in pages():
        assert room["reader"].get(address).headers["Location"].startswith("/take-part/sign-in")


def test_every_route_of_the_site_is_behind_the_rule(room: Room) -> None:
    """Also those that no link leads to."""
    found = list(_patterns(staff_site_patterns()))
    assert len(found) > 30
    for pattern in found:
        wrapped = pattern.callback
        assert wrapped is not None
        made = dict.fromkeys(pattern.pattern.converters, "1") | {"app_label": "engagement", "url": "x"}
        names = {name: made[name] for name in (*pattern.pattern.converters, *_groups(pattern))}
        request = room["lead"].get("/take-part").wsgi_request
        with pytest.raises(Http404):
            wrapped(request, **names)


def _groups(pattern: URLPattern) -> list[str]:
    regex = getattr(pattern.pattern, "_regex", None)
    return list(re.compile(str(regex)).groupindex) if regex else []


def _patterns(found: list[URLPattern | URLResolver]) -> list[URLPattern]:
    flat: list[URLPattern] = []
    for each in found:
        flat += _patterns(each.url_patterns) if isinstance(each, URLResolver) else [each]
    return flat


@pytest.mark.parametrize("model", MODELS)
def test_nothing_is_added_changed_or_deleted(room: Room, model: str) -> None:
    kind = next(each for each in site._registry if each._meta.model_name == model)
    first = kind._default_manager.first()
    addresses = [f"{ADMIN}engagement/{model}/add/"]
    addresses += [f"{ADMIN}engagement/{model}/{first.pk}/{act}/" for act in ("change", "delete")] if first else []
    staff = room["staff"]
    before = list(kind._default_manager.values())
    for address in addresses:
        assert staff.post(address, {"post": "yes", "verb": "x", "is_staff": "on"}).status_code == 403, address
    act(room, model, "delete_selected", *([first.pk] if first else [1]))
    assert list(kind._default_manager.values()) == before


def test_forms_of_the_site_need_their_mark(room: Room) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = room["staff"].cookies
    assert strict.post(f"{ADMIN}engagement/membership/", {"action": "confirm"}).status_code == 403


# ---------------------------------------------------------------- acts


def waiting_lead(room: Room) -> Membership:
    Membership.objects.filter(person__email=PEOPLE["other lead"]).update(state=State.ASKED)
    return Membership.objects.get(person__email=PEOPLE["other lead"])


def test_leads_are_confirmed_and_officers_left_to_their_lead(room: Room) -> None:
    lead, officer = waiting_lead(room), Membership.objects.get(pk=room.made["membership"])
    assert act(room, "membership", "confirm", lead.pk, officer.pk) == 302
    lead.refresh_from_db()
    officer.refresh_from_db()
    assert (lead.state, officer.state) == (State.CONFIRMED, State.ASKED)
    assert Event.objects.filter(verb="membership confirmed").count() == 1
    assert "Left as they were" in room["staff"].get(f"{ADMIN}engagement/membership/").content.decode()
    act(room, "membership", "end", lead.pk)
    lead.refresh_from_db()
    assert lead.state == State.ENDED


def test_somebody_shut_out_is_out_at_once_and_gets_no_link(room: Room) -> None:
    person = Person.objects.get(email=PEOPLE["public"])
    assert room["public"].get("/take-part/account").status_code == 200
    act(room, "person", "shut_out", person.pk)
    assert room["public"].get("/take-part/account").status_code == 302
    assert Event.objects.filter(verb="shut somebody out", subject=f"person {person.pk}").count() == 1
    act(room, "person", "let_in", person.pk)
    assert Person.objects.get(pk=person.pk).is_active


def test_staff_shut_out_neither_themselves_nor_each_other(room: Room) -> None:
    Person.objects.filter(email=PEOPLE["lead"]).update(is_staff=True)
    assert room["staff"].get(ADMIN).status_code == 200
    sessions = Session.objects.count()
    act(room, "person", "shut_out", *Person.objects.filter(is_staff=True).values_list("pk", flat=True))
    assert Person.objects.filter(is_staff=True, is_active=True).count() == 2
    assert Session.objects.count() == sessions


def test_a_publication_is_taken_back(room: Room) -> None:
    sent = Submission.objects.get(response__ref=room.made["sent"])
    made = Publication.objects.create(submission=sent, content=[])
    page = room["staff"].get(f"{ADMIN}engagement/submission/").content.decode()
    assert f"/take-part/staff/results/{room.made['asked']}/publish/{room.made['sent']}" in page
    act(room, "publication", "take_back", made.pk)
    assert not Publication.objects.exists()
    assert Submission.objects.filter(pk=sent.pk).exists()
    assert Event.objects.filter(verb="took back a publication").exists()


def test_a_letter_that_was_given_up_is_sent_again_and_read_by_nobody(room: Room) -> None:
    lost = Letter.objects.get(ref=room.made["letter"])
    Letter.objects.filter(pk=lost.pk).update(blocks=[{"text": "A link that signs in"}], headers={"X": "A secret head"})
    shown = room["staff"].get(f"{ADMIN}engagement/letter/{lost.pk}/change/").content.decode()
    assert "Lost" in shown
    assert not [word for word in ("link that signs in", "secret head", lost.address) if word in shown]
    assert "Letters that were given up: 1" in room["staff"].get(ADMIN).content.decode()
    act(room, "letter", "send_again", lost.pk)
    lost.refresh_from_db()
    assert (lost.state, lost.attempts) == ("waiting", 0)
    assert Event.objects.filter(verb="sent a letter again").count() == 1


DRAFTS = ("response", "answer", "answerversion", "replytext", "notetext", "linkrequest", "booking")


@pytest.mark.parametrize("model", DRAFTS)
def test_what_staff_may_not_read_is_no_record_of_theirs(room: Room, model: str) -> None:
    """Drafts of councils, access needs, and marks of machines."""
    assert room["staff"].get(f"{ADMIN}engagement/{model}/").status_code == 404


def test_an_act_of_somebody_else_does_nothing(room: Room) -> None:
    lead = waiting_lead(room)
    assert act(room, "membership", "confirm", lead.pk, role="other officer") == 404
    lead.refresh_from_db()
    assert lead.state == State.ASKED


def test_words_of_people_are_only_words(room: Room) -> None:
    script = "<script>alert(1)</script>"
    Person.objects.filter(email=PEOPLE["public"]).update(name=script)
    Decision.objects.create(
        consultation="c", metric=script, outcome="live", said=script, reason=script, on="2027-03-01"
    )
    pk = Person.objects.get(name=script).pk
    for address in (*pages(), reverse("admin:engagement_person_change", args=[pk])):
        assert script not in room["staff"].get(address).content.decode(), address
    assert signed_in(Person.objects.get(pk=pk)).get(ADMIN).status_code == 404
