"""What a letter asks for is one click away: each has a link to the very page, and its reader may open that page."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import override_settings

from moothall.engagement.models import Introduction, Membership
from moothall.engagement.post.letters import WITHOUT_ADDRESS, send_letter
from moothall.engagement.post.wording import link
from tests.engagement.conftest import Enter, letters
from tests.engagement.furnished import NETWORK, PEOPLE, Room, furnish

SITE_LINK = re.compile(r"http://testserver(/take-part\S*)")
Act = Callable[[Room], object]


@pytest.fixture
def room(enter: Enter) -> Room:
    """Everybody in every role."""
    return furnish(enter)


def asks_to_join(room: Room) -> None:
    Membership.objects.filter(person__email=PEOPLE["asked"]).delete()
    room["asked"].post("/take-part/join", {"party": "authority:LEEDS", "role": "officer"})


def asks_to_lead_first(room: Room) -> None:
    Membership.objects.filter(key="LEEDS").delete()
    room["lead"].post("/take-part/join", {"party": "authority:LEEDS", "role": "lead"})


def decides(word: str) -> Act:
    return lambda room: room["lead"].post(f"/take-part/memberships/{room.made['membership']}/{word}")


def a_body_asks(room: Room) -> None:
    room["body lead"].post(f"/take-part/bodies/{NETWORK}/councils", {"council": "Bradford"})


def a_council_answers_a_body(room: Room) -> None:
    room["lead"].post(f"/take-part/body-members/{room.made['body_member']}/end")


def sends_a_reply(room: Room) -> None:
    review("back")(room)
    room["lead"].post(f"/take-part/replies/{room.made['reply']}/check")


def review(word: str) -> Act:
    given = {"act": word, "reason": "It names somebody."}
    return lambda room: room["staff"].post(f"/take-part/staff/review/reply/{room.made['reply']}", given)


def asks_to_talk(room: Room) -> None:
    given = {"own": "LEEDS", "council": "Bradford", "metric": "quality-of-life", "words": "How?"}
    Introduction.objects.all().delete()
    room["lead"].post("/take-part/introductions/new", given)


def answers_talk(room: Room) -> None:
    room["other lead"].post(f"/take-part/introductions/{room.made['introduction']}/accept")


def joins_a_set(room: Room) -> None:
    room["other lead"].post(f"/take-part/learning-sets/{room.made['learning_set']}/bradford/accept")


CASES: dict[str, tuple[Act, str, str]] = {
    "somebody asks to join": (asks_to_join, "lead", "/take-part/councils/leeds"),
    "a first lead asks to join": (asks_to_lead_first, "staff", "/take-part/staff"),
    "confirmed": (decides("confirm"), "asked", "/take-part/councils/leeds"),
    "refused": (decides("refuse"), "asked", "/take-part/join"),
    "a body asks a council": (a_body_asks, "other lead", "/take-part/councils/bradford"),
    "a council answers a body": (a_council_answers_a_body, "body lead", f"/take-part/bodies/{NETWORK}"),
    "a reply is sent": (sends_a_reply, "staff", "/take-part/staff/review"),
    "a reply is published": (review("publish"), "lead", "/take-part/replies/{reply}"),
    "a reply is sent back": (review("back"), "lead", "/take-part/replies/{reply}"),
    "a council asks to talk": (asks_to_talk, "other lead", "/take-part/introductions/"),
    "the other accepts": (answers_talk, "lead", "/take-part/introductions/{introduction}"),
    "a council joins a set": (joins_a_set, "lead", "/take-part/learning-sets/{learning_set}"),
}
"""What happens, whose letter is read, and where its link leads."""


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_letter_leads_its_reader_to_the_page_that_it_is_about(room: Room, case: str) -> None:
    act, role, path = CASES[case]
    letters()
    mail.outbox.clear()
    act(room)
    sent = [each for each in letters() if each.to == [PEOPLE[role]]]
    assert sent, f"no letter to the {role}"
    found = SITE_LINK.findall(str(sent[-1].body))
    assert found, sent[-1].body
    assert found[0].startswith(path.format(**room.made)), found
    assert room[role].get(found[0]).status_code == 200, found[0]
    assert found[0] in str(sent[-1].alternatives[0][0]), "the HTML has the link too"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("site", "words"),
    [("https://figures.example.org", "https://figures.example.org/take-part/x"), ("", WITHOUT_ADDRESS)],
)
def test_what_the_worker_writes_links_to_the_address_that_the_server_names(site: str, words: str) -> None:
    with override_settings(SITE_ADDRESS=site):
        send_letter("anna@leeds.gov.uk", "Hello", link("See it:", "/take-part/x"))
    assert words in str(letters()[-1].body)


@pytest.mark.django_db
def test_a_site_open_to_every_host_name_writes_no_link_that_somebody_else_chose(room: Room) -> None:
    with override_settings(ALLOWED_HOSTS=["*"]):
        room["lead"].post(f"/take-part/memberships/{room.made['membership']}/confirm", headers={"host": "evil.example"})
    body = str(letters()[-1].body)
    assert "evil.example" not in body
    assert WITHOUT_ADDRESS in body
