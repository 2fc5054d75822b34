"""Right of reply: a lead writes, staff look, everybody reads, a new version follows, and what changed lapses."""

import html
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from moothall.catalogue.published import KINDS, PublishedFolder
from moothall.domain.reply import Reply, Stance
from moothall.engagement.management.commands.write_published import LOADERS
from moothall.engagement.models import CouncilReply, Event, Person, ReplyText
from moothall.web import current
from tests.engagement.conftest import Enter, letters, person
from tests.engagement.furnished import PEOPLE, Room, furnish
from tests.engagement.furnished_texts import serve_published
from tests.functional.test_replies import with_another_figure
from tests.support.store_builder import FakeStore

RATE = "household-waste-recycling-rate"
FIGURE = f"/take-part/reply/leeds/{RATE}/2020-21"
SIGN = "/take-part/reply/leeds/recycling-low/2026-11-22?sign=1"
EVIDENCE = "https://www.leeds.gov.uk/return"
GIVEN = {"stance": "disagrees", "words": "It was 39.5%.\r\nWe counted.", "evidence": EVIDENCE}


@pytest.fixture
def room(enter: Enter) -> Room:
    made = furnish(enter)
    letters().clear()
    return made


def published(folder: Path) -> dict[tuple[str, str], Reply]:
    """What lies in the folder: by what it is about."""
    serve_published()
    return {(reply.subject.key, reply.subject.when): reply for reply in PublishedFolder(folder)().of(Reply)}


def write(room: Room, address: str = FIGURE, role: str = "lead", **other: str) -> str:
    """Write a reply as far as the check page; gives its address without the last step."""
    answer = room[role].post(address, {**GIVEN, **other})
    assert answer.status_code == 302, text_of(answer.content)
    return answer.headers["Location"].removesuffix("/check")


def send(room: Room, base: str) -> str:
    """Send it; gives its address for staff."""
    answer = room["lead"].post(f"{base}/check")
    assert answer.headers["Location"] == f"{base}/sent"
    return f"/take-part/staff/review/reply/{base.rpartition('/')[2]}"


def publish(room: Room, address: str = FIGURE, **other: str) -> str:
    base = write(room, address, **other)
    review = send(room, base)
    assert room["staff"].post(review, {"act": "publish"}).status_code == 302
    return base


def text_of(content: bytes) -> str:
    return html.unescape(content.decode())


def test_from_the_figure_to_the_public_page(room: Room, published_to: Path, client: Client) -> None:
    assert "2020-21" in text_of(room["lead"].get(FIGURE).content)
    base = write(room)
    assert "It was 39.5%." in text_of(room["lead"].get(f"{base}/check").content)
    assert (RATE, "2020-21") not in published(published_to), "nothing is published unseen"
    review = send(room, base)
    assert EVIDENCE in text_of(room["staff"].get(review).content)
    room["staff"].post(review, {"act": "publish"})
    reply = published(published_to)[RATE, "2020-21"]
    assert (reply.newest.stance, reply.newest.words) == (Stance.DISAGREES, "It was 39.5%.\nWe counted.")
    assert (reply.newest.evidence, reply.newest.mark.value) == (EVIDENCE, 38.7)
    assert "disagrees with this figure" in text_of(client.get(f"/trail/{RATE}/leeds/2020-21").content)
    verbs = list(Event.objects.filter(party="authority:LEEDS").order_by("id").values_list("verb", flat=True))
    assert verbs == ["wrote a reply", "sent a reply for review", "published a reply"]
    assert [(m.to, m.subject) for m in letters()] == [
        ([PEOPLE["staff"]], "A reply waits on Moothall"),
        ([PEOPLE["lead"]], "Your reply on Moothall is published"),
    ]


def test_nothing_personal_is_published(room: Room, published_to: Path) -> None:
    publish(room)
    text = (published_to / "replies.json").read_text()
    for each in Person.objects.all():
        for secret in (each.email, str(each.ref)):
            assert secret not in text


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"stance": ""}, "stance", "Choose whether you agree"),
        ({"stance": "perhaps"}, "stance", "Choose one of the two"),
        ({"words": ""}, "words", "Write your reply"),
        ({"words": "x" * 1501}, "words", "Write at most 1,500 characters"),
        ({"words": "It was\x1b[2J 39"}, "words", "Write this in ordinary text."),
        ({"evidence": ""}, "evidence", "who disagrees names evidence"),
        ({"evidence": "http://www.leeds.gov.uk/return"}, "evidence", "beginning with https://"),
        ({"evidence": "javascript:alert(1)"}, "evidence", "beginning with https://"),
        ({"evidence": "https://olive:secret@leeds.gov.uk/"}, "evidence", "names and passwords"),
        ({"evidence": "https://leeds.gov.uk/\nx"}, "evidence", "beginning with https://"),
        ({"evidence": f"https://leeds.gov.uk/{'x' * 500}"}, "evidence", "beginning with https://"),
    ],
)
def test_a_reply_that_cannot_be_taken_says_why_and_leads_to_the_field(
    room: Room, given: dict[str, str], field: str, sentence: str
) -> None:
    answer = room["lead"].post(FIGURE, {**GIVEN, **given})
    page = text_of(answer.content)
    assert answer.status_code == 200
    assert sentence in page
    assert f'href="#id_{field}"' in page
    assert f'id="id_{field}"' in page
    assert "<title>Error: " in page
    assert not ReplyText.objects.filter(reply__when="2020-21").exists()


def test_who_agrees_needs_no_evidence(room: Room, published_to: Path) -> None:
    publish(room, stance="agrees", evidence="")
    assert published(published_to)[RATE, "2020-21"].newest.evidence is None


@pytest.mark.parametrize("role", ["officer", "asked", "other lead", "other officer", "public", "staff", "body lead"])
def test_only_a_lead_of_the_council_writes(room: Room, role: str) -> None:
    answer = room[role].post(FIGURE, GIVEN)
    assert "Only a confirmed lead of Leeds Council" in text_of(answer.content)
    assert not CouncilReply.objects.filter(when="2020-21").exists()


@pytest.mark.parametrize(
    "address",
    [
        "/take-part/reply/atlantis/household-waste-recycling-rate/2020-21",
        "/take-part/reply/leeds/no-metric/2020-21",
        "/take-part/reply/leeds/household-waste-recycling-rate/1066",
        "/take-part/reply/leeds/household-waste-recycling-rate/2020-21?rule=no-rule&group=england",
        "/take-part/reply/leeds/household-waste-recycling-rate/2020-21?rule=no-rule&group=moon",
        "/take-part/reply/leeds/no-sign/2026-11-22?sign=1",
        "/take-part/reply/leeds/recycling-low/tomorrow?sign=1",
        "/take-part/reply/leeds/recycling-low/2026-11-23?sign=1",
        "/take-part/reply/burnley/quality-of-life/2020-21",
    ],
)
def test_what_is_not_there_cannot_be_replied_to(room: Room, address: str) -> None:
    assert room["lead"].get(address).status_code == 404
    assert room["lead"].post(address, GIVEN).status_code == 404


def test_staff_send_back_with_a_reason_and_the_lead_writes_on(room: Room, published_to: Path) -> None:
    base = write(room)
    review = send(room, base)
    refused = text_of(room["staff"].post(review, {"act": "back", "reason": " "}).content)
    assert "Give the reason" in refused
    assert 'href="#id_reason"' in refused
    room["staff"].post(review, {"act": "back", "reason": "It names a clerk."})
    assert "It names a clerk." in str(letters()[-1].body)
    page = text_of(room["lead"].get(FIGURE).content)
    assert "It names a clerk." in page
    assert "It was 39.5%." in page, "the words are there to be written on"
    assert room["staff"].post(review, {"act": "publish"}).status_code == 404, "it waits no more"
    assert write(room, words="Without the name.") == base
    room["staff"].post(send(room, base), {"act": "publish"})
    reply = published(published_to)[RATE, "2020-21"]
    assert [version.words for version in reply.versions] == ["Without the name."]


def test_while_one_waits_no_other_is_written_or_sent(room: Room) -> None:
    base = write(room)
    send(room, base)
    assert "waits for staff" in text_of(room["lead"].post(FIGURE, GIVEN).content)
    assert "has been sent already" in text_of(room["lead"].post(f"{base}/check").content)
    assert ReplyText.objects.get(reply__when="2020-21").number == 1


def test_a_new_version_takes_the_place_of_the_old_after_review(room: Room, published_to: Path, client: Client) -> None:
    publish(room)
    base = write(room, words="It was 39.6% after all.")
    assert [each.words for each in published(published_to)[RATE, "2020-21"].versions] == ["It was 39.5%.\nWe counted."]
    room["staff"].post(send(room, base), {"act": "publish"})
    reply = published(published_to)[RATE, "2020-21"]
    assert [(each.number, each.words[:12]) for each in reply.versions] == [(2, "It was 39.6%"), (1, "It was 39.5%")]
    assert "It was 39.5%" in text_of(client.get(f"/replies/{reply.id}").content)
    assert "It was 39.5%" not in text_of(client.get(f"/trail/{RATE}/leeds/2020-21").content)


def test_a_reply_is_taken_back_and_can_be_given_again(room: Room, published_to: Path, client: Client) -> None:
    base = publish(room)
    assert room["officer"].post(f"{base}/withdraw").status_code == 404
    assert published(published_to)[RATE, "2020-21"].withdrawn_on is None
    room["lead"].post(f"{base}/withdraw")
    assert published(published_to)[RATE, "2020-21"].withdrawn_on is not None
    assert "It was 39.5%" not in text_of(client.get(f"/trail/{RATE}/leeds/2020-21").content)
    publish(room, words="We say it again.")
    assert published(published_to)[RATE, "2020-21"].withdrawn_on is None


def test_a_sentence_and_a_sign_can_be_replied_to(room: Room, published_to: Path, client: Client) -> None:
    words = text_of(client.get(f"/metrics/{RATE}/words?authority=leeds&period=2020-21").content)
    address = words.partition('href="/take-part/reply/')[2].partition('"')[0]
    publish(room, f"/take-part/reply/{address}", words="These words mislead.")
    publish(room, SIGN, words="It was planned.")
    found = published(published_to)
    assert found["recycling-low", "2026-11-22"].newest.mark.state == "not-fired"
    assert "These words mislead." in text_of(client.get(f"/metrics/{RATE}?authority=leeds&period=2020-21").content)
    assert "It was planned." in text_of(client.get("/authorities/leeds/early-warning").content)


def test_a_changed_figure_lets_a_reply_lapse_and_the_lead_is_told_once(
    room: Room, store: FakeStore, published_to: Path, client: Client
) -> None:
    base = f"/take-part/replies/{room.made['reply']}"
    room["staff"].post(f"/take-part/staff/review/reply/{room.made['reply']}", {"act": "publish"})
    call_command("tell_of_lapses")
    letters().clear()
    serve_published()
    assert "Words 2." in text_of(client.get(f"/metrics/{RATE}?authority=leeds").content)
    other = with_another_figure(current.current_store(), "LEEDS")  # type: ignore[arg-type]
    current.current_store.serve_only(other)
    serve_published()
    assert "Words 2." not in text_of(client.get(f"/metrics/{RATE}?authority=leeds").content)
    assert "Lapsed" in text_of(room["officer"].get(base).content)
    assert "Lapsed: what it is about has changed" in text_of(
        room["officer"].get("/take-part/councils/leeds/replies").content
    )
    for _ in range(2):
        call_command("tell_of_lapses")
    assert [(m.to, m.subject) for m in letters()] == [([PEOPLE["lead"]], "A reply of yours on Moothall has lapsed")]
    assert Event.objects.filter(verb="reply lapsed").count() == 1


def test_a_figure_that_changes_before_staff_look_is_not_replied_to_by_mistake(room: Room) -> None:
    base = write(room, f"/take-part/reply/leeds/{RATE}/2019-20")
    review = send(room, base)
    ReplyText.objects.filter(reply__when="2019-20").update(
        mark={"value": 1.0, "since": "made-up/2022-12", "metric": "", "period": "", "state": "", "words": ""}
    )
    assert "The figure has changed since this was written" in text_of(
        room["staff"].post(review, {"act": "publish"}).content
    )
    assert ReplyText.objects.get(reply__when="2019-20").state == "sent"


def test_what_was_written_is_given_back_and_stays_the_councils(room: Room, published_to: Path) -> None:
    publish(room)
    held = room["lead"].get("/take-part/account/export").json()
    assert [each["words"] for each in held["replies"]] == ["It was 39.5%.\nWe counted."]
    room["lead"].post("/take-part/account/delete")
    assert not Person.objects.filter(email=PEOPLE["lead"]).exists()
    assert ReplyText.objects.get(reply__when="2020-21").by is None
    assert (RATE, "2020-21") in published(published_to)


def test_the_folder_can_be_lost_and_is_written_again(room: Room, published_to: Path) -> None:
    publish(room)
    before = (published_to / "replies.json").read_bytes()
    (published_to / "replies.json").unlink()
    assert published(published_to) == {}
    call_command("write_published")
    assert (published_to / "replies.json").read_bytes() == before
    (published_to / "replies.json").write_text("another server's")
    call_command("write_published", missing=True)
    assert (published_to / "replies.json").read_text() == "another server's", "what is there stays"
    assert set(LOADERS) == {kind.shape for kind in KINDS}


def test_a_disk_that_refuses_is_said_and_undoes_nothing(room: Room, published_to: Path) -> None:
    (published_to / "replies.json").unlink()
    for path in published_to.iterdir():
        path.unlink()
    published_to.rmdir()
    published_to.write_text("in the way")
    publish(room)
    assert ReplyText.objects.get(reply__when="2020-21").state == "published"
    assert person(PEOPLE["staff"]).is_staff


def test_days_are_those_of_england(room: Room, published_to: Path) -> None:
    publish(room)
    ReplyText.objects.filter(reply__when="2020-21").update(decided_at="2026-07-01T23:30:00Z")
    call_command("write_published")
    assert published(published_to)[RATE, "2020-21"].newest.published_on == date(2026, 7, 2)
