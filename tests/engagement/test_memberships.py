"""Belonging: the mail address proves it, a lead confirms it, and everybody else learns nothing."""

import pytest

from moothall.engagement.models import BodyMember, Membership, Person, Role, State
from moothall.engagement.people.parties import website_domain
from tests.engagement.conftest import Enter, letters
from tests.engagement.furnished import BRADFORD, LEEDS, NETWORK, PEOPLE, Room, furnish


@pytest.fixture
def room(enter: Enter) -> Room:
    """Everybody in every role."""
    return furnish(enter)


@pytest.mark.parametrize(
    ("website", "domain"),
    [
        ("https://www.leeds.gov.uk", "leeds.gov.uk"),
        ("https://yorknorthyorks-ca.gov.uk/about", "yorknorthyorks-ca.gov.uk"),
        ("https://www.gov.uk/leeds", ""),
        ("https://localhost", ""),
        (None, ""),
    ],
)
def test_the_mail_domain_of_a_website(website: str | None, domain: str) -> None:
    assert website_domain(website) == domain


@pytest.mark.parametrize(
    ("address", "is_offered"),
    [
        ("new@leeds.gov.uk", True),
        ("new@schools.leeds.gov.uk", True),
        ("new@evil-leeds.gov.uk", False),
        ("new@leeds.gov.uk.evil.example", False),
        ("new@gov.uk", False),
        ("new@bradford.gov.uk", False),
    ],
)
def test_only_the_councils_own_mail_lets_one_ask(enter: Enter, address: str, is_offered: bool) -> None:
    client = enter(address)
    assert ("authority:LEEDS" in client.get("/take-part/join").content.decode()) == is_offered
    client.post("/take-part/join", {"party": "authority:LEEDS", "role": "lead"})
    assert Membership.objects.filter(key=LEEDS).exists() == is_offered


def test_a_first_lead_is_confirmed_by_staff_and_an_officer_by_the_lead(room: Room) -> None:
    Membership.objects.filter(key=LEEDS).delete()
    lead, officer = room["lead"], room["officer"]
    lead.post("/take-part/join", {"party": "authority:LEEDS", "role": "lead"})
    assert letters()[-1].to == [PEOPLE["staff"]]
    assert lead.get("/take-part/councils/leeds").status_code == 404
    assert "lee@leeds.gov.uk" in room["staff"].get("/take-part/staff").content.decode()
    asked = Membership.objects.get(person__email=PEOPLE["lead"])
    assert room["staff"].post(f"/take-part/memberships/{asked.pk}/confirm").status_code == 302
    assert letters()[-1].to == [PEOPLE["lead"]]
    assert lead.get("/take-part/councils/leeds").status_code == 200

    officer.post("/take-part/join", {"party": "authority:LEEDS", "role": "officer"})
    assert letters()[-1].to == [PEOPLE["lead"]]
    asked = Membership.objects.get(person__email=PEOPLE["officer"])
    assert room["staff"].post(f"/take-part/memberships/{asked.pk}/confirm").status_code == 404
    assert officer.post(f"/take-part/memberships/{asked.pk}/confirm").status_code == 404, "nobody confirms themselves"
    assert lead.post(f"/take-part/memberships/{asked.pk}/confirm").status_code == 302
    page = officer.get("/take-part/councils/leeds").content.decode()
    assert "membership confirmed as officer" in page


@pytest.mark.parametrize("role", [role for role in PEOPLE if role not in ("lead", "asked")])
@pytest.mark.parametrize("decision", ["confirm", "refuse"])
def test_nobody_but_the_lead_decides(room: Room, role: str, decision: str) -> None:
    assert room[role].post(f"/take-part/memberships/{room.made['membership']}/{decision}").status_code == 404
    assert Membership.objects.get(pk=room.made["membership"]).state == State.ASKED


def test_a_lead_confirms_in_another_role_and_changes_it(room: Room) -> None:
    address = f"/take-part/memberships/{room.made['membership']}/role"
    for role in ("own reader", "officer", "asked", "other lead", "staff", "body lead"):
        assert room[role].post(address, {"role": "lead"}).status_code == 404, role
    assert 'href="#id_role"' in room["lead"].post(address, {"role": "owner"}).content.decode()
    room["lead"].post(address, {"role": "reader"})
    kept = Membership.objects.get(pk=room.made["membership"])
    assert (kept.role, kept.state) == (Role.READER, State.CONFIRMED)
    assert "You are confirmed as reader of Leeds" in str(letters()[-1].body)
    assert "Reader, confirmed" in room["asked"].get("/take-part/account").content.decode()
    room["lead"].post(address, {"role": "officer"})
    assert "You are now officer of Leeds" in str(letters()[-1].body)
    assert "membership goes on as officer" in room["asked"].get("/take-part/councils/leeds").content.decode()
    sent = len(letters())
    room["lead"].post(address, {"role": "officer"})
    assert len(letters()) == sent, "the same role again changes nothing"
    held = room["asked"].get("/take-part/account/export").json()
    assert [each["role"] for each in held["memberships"]] == ["officer"]


def test_a_reader_sees_the_draft_and_who_goes_to_workshops_and_books_for_nobody_else(room: Room) -> None:
    reader = room["own reader"]
    page = reader.get("/take-part/councils/leeds").content.decode()
    assert "Counting waste" in page
    assert "Olive" in page
    assert "Captions" not in page, "what is to be arranged stays with those whom it concerns"
    written = f"/take-part/responses/{room.made['response']}/questions/1"
    question = reader.get(written).content.decode()
    assert "You are a reader" in question
    assert "<textarea" not in question
    assert "Save" not in question
    assert "Nothing is answered." in question
    assert 'class="words"' not in question, "an empty box would look like an answer"
    room["officer"].post(written, {"words": "Made-up words.", "revision": "0"})
    question = reader.get(written).content.decode()
    assert '<div class="words">Made-up words.</div>' in question
    assert "Nothing is answered." not in question
    asked = reader.get(f"/take-part/consultations/{room.made['asked']}").content.decode()
    assert ">Read<" in asked
    place = f"/take-part/sessions/{room.made['session']}/book"
    refused = reader.post(place, {"name": "Olive", "email": "new@leeds.gov.uk"}).content.decode()
    assert "Enter your own address" in refused
    assert reader.post(place, {"name": "Rita", "email": PEOPLE["own reader"]}).status_code == 302


def test_a_decision_that_is_no_word_of_ours_is_nothing(room: Room) -> None:
    assert room["lead"].post(f"/take-part/memberships/{room.made['membership']}/promote").status_code == 404


def test_who_leaves_sees_nothing_more(room: Room) -> None:
    own = Membership.objects.get(person__email=PEOPLE["officer"])
    room["officer"].post(f"/take-part/memberships/{own.pk}/end")
    assert room["officer"].get("/take-part/councils/leeds").status_code == 404
    assert room["officer"].get("/take-part/account").status_code == 200


def test_a_refused_member_cannot_let_themselves_back_in(room: Room) -> None:
    pk = room.made["membership"]
    room["lead"].post(f"/take-part/memberships/{pk}/refuse")
    assert room["asked"].post(f"/take-part/memberships/{pk}/confirm").status_code == 404
    room["asked"].post("/take-part/join", {"party": "authority:LEEDS", "role": "lead"})
    kept = Membership.objects.get(pk=pk)
    assert (kept.state, kept.role) == (State.ASKED, Role.LEAD)


def test_asking_for_a_higher_role_waits_again(room: Room) -> None:
    room["officer"].post("/take-part/join", {"party": "authority:LEEDS", "role": "lead"})
    assert room["officer"].get("/take-part/councils/leeds").status_code == 404
    room["lead"].post("/take-part/join", {"party": "authority:LEEDS", "role": "lead"})
    assert room["lead"].get("/take-part/councils/leeds").status_code == 200, "asking for what one has changes nothing"


def test_a_body_asks_a_council_and_its_lead_answers(room: Room) -> None:
    address = f"/take-part/bodies/{NETWORK}/councils"
    assert room["body officer"].post(address, {"council": BRADFORD}).status_code == 404
    for wrong, said in (("", "Name the council"), ("Bradfort", "Did you mean")):
        refused = room["body lead"].post(address, {"council": wrong}).content.decode()
        assert said in refused
        assert 'href="#id_council"' in refused, "the summary leads to the field"
    assert not BodyMember.objects.filter(authority=BRADFORD).exists()
    assert room["body lead"].post(address, {"council": "Bradford"}).status_code == 302
    asked = BodyMember.objects.get(authority=BRADFORD)
    for role in ("body lead", "lead", "other officer", "staff", "public"):
        assert room[role].post(f"/take-part/body-members/{asked.pk}/confirm").status_code == 404, role
    assert "Northern Network" in room["other lead"].get("/take-part/councils/bradford").content.decode()
    assert room["other lead"].post(f"/take-part/body-members/{asked.pk}/confirm").status_code == 302
    asked.refresh_from_db()
    assert asked.state == State.CONFIRMED
    assert room["body lead"].post(f"/take-part/body-members/{asked.pk}/end").status_code == 302


def test_staff_open_a_body_once_and_never_for_everybodys_mail(room: Room) -> None:
    given = {"title": "Southern Network", "mail_domain": "south.org.uk"}
    assert room["staff"].post("/take-part/staff", given).status_code == 302
    assert "Another body has this name" in room["staff"].post("/take-part/staff", given).content.decode()
    shared = room["staff"].post("/take-part/staff", {"title": "All", "mail_domain": "gov.uk"}).content.decode()
    assert "own domain" in shared
    assert 'href="#id_mail_domain"' in shared


def test_somebody_who_leaves_for_good_leaves_the_history(room: Room) -> None:
    room["officer"].post("/take-part/join", {"party": "authority:LEEDS", "role": "lead"})
    room["officer"].post("/take-part/account/delete")
    assert not Person.objects.filter(email=PEOPLE["officer"]).exists()
    page = room["lead"].get("/take-part/councils/leeds").content.decode()
    assert "somebody: asked to join" in page
    assert "olive" not in page
