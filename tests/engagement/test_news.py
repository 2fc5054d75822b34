"""News by e-mail: nothing without a yes, nothing twice, nothing where nothing is new, and leaving at one click."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.utils import timezone

from moothall.domain.metric import StateChange
from moothall.domain.period import Period, PeriodKind
from moothall.domain.published import Published
from moothall.domain.words import MetricState
from moothall.domain.workshop import WorkshopSession
from moothall.engagement.models import Event, Letter, NewsEntry, Newsletter, Person, Subscriber, Told
from moothall.engagement.news import telling
from moothall.engagement.news.subscribing import DAYS_TO_CONFIRM, forget_unconfirmed, next_digest, own_token
from moothall.engagement.news.telling import blocks_of, note_news, send_digests
from moothall.engagement.people.held import everything_about, forget
from moothall.store import NewsKind, ReleaseNews
from moothall.web import current
from tests.engagement.conftest import Enter, letters, with_consultation
from tests.engagement.furnished import PEOPLE, Room, furnish
from tests.support.store_builder import RELEASE, FakeStore

NEWS = "/take-part/news"
CAROL = "carol@example.org"
OTHER = "other@example.org"
RATE = "household-waste-recycling-rate"
YEAR = Period.starting(date(2021, 4, 1), PeriodKind.FINANCIAL_YEAR)
TODAY = date(2026, 11, 22)
LINK = re.compile(r"http://testserver(/take-part/news/\S+)")
WANTED = {"email": CAROL, "kinds": ["figures", "revision", "change", "consultation"], "pace": "daily"}

pytestmark = pytest.mark.django_db


def brought(kind: NewsKind, *codes: str, release: str = "2022-12", on: date = date(2026, 11, 20)) -> ReleaseNews:
    """What a release brought for the recycling rate."""
    return ReleaseNews(RATE, "made-up", release, kind, YEAR, YEAR, 1, 7, codes, on)


@pytest.fixture
def store(store: FakeStore) -> FakeStore:
    """The store with one release that was there before anybody asked for news."""
    return serve(store, brought(NewsKind.FIGURES, "LEEDS", release="old"))


def serve(store: FakeStore, *found: ReleaseNews, build: str = "first") -> FakeStore:
    """Serve a build with these news."""
    releases = {("made-up", each.release): replace(RELEASE, id=each.release) for each in found}
    made = replace(store, news_found=found, build_id=build, releases={**store.releases, **releases})
    current.current_store.serve_only(made)
    return made


def subscribe(**more: object) -> Subscriber:
    """Ask for news and say yes, as people do."""
    client = Client()
    answer = client.post(NEWS, {**WANTED, **more})
    assert answer.status_code == 302, answer.content.decode()
    client.post(last_path())
    return Subscriber.objects.get(email=str(more.get("email", CAROL)))


def last_path(word: str = "") -> str:
    """The path of the last letter's first link that has this word in it."""
    return next(path for path in LINK.findall(letters()[-1].body) if word in path)


def tomorrow() -> list[EmailMultiAlternatives]:
    """The letters of the next morning."""
    letters().clear()
    Subscriber.objects.exclude(next_at=None).update(next_at=timezone.now() - timedelta(minutes=1))
    note_news()
    send_digests()
    return letters()


# ---------------------------------------------------------------- saying yes


def test_nothing_is_sent_without_a_yes(store: FakeStore) -> None:
    note_news()
    Client().post(NEWS, WANTED)
    asked = letters()[-1]
    assert asked.to == [CAROL]
    path = last_path()
    assert Client().get(path).status_code == 200
    serve(store, brought(NewsKind.FIGURES, "LEEDS"), build="second")
    assert tomorrow() == [], "a program that looks into letters has said nothing"
    assert Client().post(path).headers["Location"] == f"{NEWS}/confirmed"
    assert Client().post(path).status_code == 400, "once"
    serve(store, brought(NewsKind.FIGURES, "LEEDS", release="newer"), build="third")
    assert [letter.to for letter in tomorrow()] == [[CAROL]]


def test_what_was_confirmed_stays_until_other_news_are(store: FakeStore) -> None:
    kept = subscribe()
    Client().post(NEWS, {**WANTED, "kinds": ["workshop"], "pace": "weekly"})
    first = last_path()
    assert Subscriber.objects.get().choices == kept.choices
    Client().post(NEWS, {**WANTED, "kinds": ["newsletter"]})
    assert Client().post(first).status_code == 400, "a link is about what its letter said"
    Client().post(last_path())
    assert Subscriber.objects.get().choices["kinds"] == ["newsletter"]


def test_links_that_we_did_not_make_do_nothing(store: FakeStore) -> None:
    token = own_token(subscribe())
    for path in ("confirm/x", f"confirm/{token}", "choices/x", f"choices/{token}x", "leave/x", f"leave/{token[:-1]}"):
        for method in ("get", "post"):
            assert getattr(Client(), method)(f"{NEWS}/{path}").status_code in (400, 404), path
    assert Subscriber.objects.exists()


def test_a_question_is_answered_within_a_week_or_forgotten(store: FakeStore, monkeypatch: pytest.MonkeyPatch) -> None:
    Client().post(NEWS, WANTED)
    path = last_path()
    later = datetime.now(UTC).timestamp() + DAYS_TO_CONFIRM.total_seconds() + 60
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert Client().post(path).status_code == 400
    Subscriber.objects.update(asked_at=timezone.now() - DAYS_TO_CONFIRM - timedelta(minutes=1))
    forget_unconfirmed()
    assert not Subscriber.objects.exists()


def test_nobody_fills_a_letter_box_or_learns_who_subscribes(store: FakeStore) -> None:
    subscribe()
    pages = []
    for address in (CAROL, OTHER):
        client = Client()
        answer = client.post(NEWS, {**WANTED, "email": address}, follow=True)
        pages.append((answer.redirect_chain, answer.content))
    assert pages[0] == pages[1]
    for _ in range(10):
        Client().post(NEWS, WANTED)
    assert len([letter for letter in letters() if letter.to == [CAROL]]) == 5


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"email": "carol"}, "id_email"),
        ({"email": "a@b.uk\nBcc: all@example.org"}, "id_email"),
        ({"kinds": []}, "id_kinds"),
        ({"kinds": ["everything"]}, "id_kinds"),
        ({"pace": ""}, "id_pace"),
        ({"authorities": "Leeds\nAtlantis"}, "id_authorities"),
        ({"metrics": "no-such-metric"}, "id_metrics"),
        ({"themes": ["nothing"]}, "id_themes"),
    ],
)
def test_a_form_that_cannot_be_is_refused(store: FakeStore, changed: dict[str, object], field: str) -> None:
    page = Client().post(NEWS, {**WANTED, **changed}).content.decode()
    assert f'href="#{field}"' in page
    assert f'id="{field}"' in page
    assert letters() == []


def test_several_may_be_chosen_where_several_are_offered(store: FakeStore) -> None:
    page = Client().get(NEWS).content.decode()
    assert re.search(r'name="kinds" type="checkbox"', page)
    assert re.search(r'name="themes" type="checkbox"', page)
    assert re.search(r'name="pace" type="radio"', page)


def test_a_link_fills_in_what_its_page_is_about(store: FakeStore) -> None:
    page = Client().get(f"{NEWS}?authority=leeds&metric={RATE}").content.decode()
    assert ">\nLeeds</textarea>" in page
    assert "Household waste recycling rate</textarea>" in page


# ---------------------------------------------------------------- what is told


def test_what_is_new_is_told_once(store: FakeStore) -> None:
    note_news()
    subscribe()
    assert tomorrow() == [], "nothing is new: no letter"
    serve(store, *store.news_found, brought(NewsKind.FIGURES, "BRADFO", "LEEDS"), build="second")
    (letter,) = tomorrow()
    assert letter.subject == "Moothall: 1 thing that is new"
    assert "New figures: Household waste recycling rate, 2021-22" in letter.body
    assert f"http://testserver/metrics/{RATE}" in letter.body
    assert tomorrow() == [], "the same build"
    serve(store, *store.news_found, brought(NewsKind.FIGURES, "BRADFO", "LEEDS"), build="third")
    assert tomorrow() == [], "another build that says the same"
    assert Told.objects.count() == 1


def test_the_past_is_nobodys_news(store: FakeStore) -> None:
    subscribe()
    assert note_news() == 0, "what is there when we first look was there before"
    serve(store, *store.news_found, brought(NewsKind.FIGURES, "LEEDS", on=date(2025, 1, 1)), build="second")
    assert tomorrow() == [], "published long ago, read only now"
    serve(store, *store.news_found, brought(NewsKind.FIGURES, "LEEDS", release="new"), build="third")
    subscribe(email=OTHER)
    assert [letter.to for letter in tomorrow()] == [[CAROL], [OTHER]], "noted after both had said yes"
    third = subscribe(email="third@example.org")
    assert third
    assert tomorrow() == [], "and what was noted before somebody said yes is not told to them"


def test_a_change_is_news_only_with_the_figures_that_show_it(store: FakeStore) -> None:
    note_news()
    subscribe()
    serve(store, *store.news_found, brought(NewsKind.CHANGE, "LEEDS", release="old"), build="second")
    assert tomorrow() == [], "a rule of ours that speaks otherwise is no news of a council"
    year = Period.starting(date(2022, 4, 1), PeriodKind.FINANCIAL_YEAR)
    both = [replace(brought(kind, "LEEDS"), first=year, last=year) for kind in (NewsKind.FIGURES, NewsKind.CHANGE)]
    serve(store, *store.news_found, *both, build="third")
    (letter,) = tomorrow()
    assert letter.body.index("New figures\n") < letter.body.index("Unusual changes\n")
    assert "worth asking about" in letter.body


@pytest.mark.parametrize(
    ("watched", "is_told"),
    [
        ({}, True),
        ({"themes": ["waste"]}, True),
        ({"themes": ["care"]}, False),
        ({"metrics": "Household waste recycling rate"}, True),
        ({"metrics": "quality-of-life"}, False),
        ({"authorities": "leeds\nYork"}, True),
        ({"authorities": "York"}, False),
        ({"authorities": "York", "themes": ["waste"]}, True),
        ({"kinds": ["revision"]}, False),
    ],
)
def test_one_hears_of_what_one_follows(store: FakeStore, watched: dict[str, object], is_told: bool) -> None:
    note_news()
    subscribe(**watched)
    serve(store, *store.news_found, brought(NewsKind.FIGURES, "LEEDS"), build="second")
    told = tomorrow()
    assert bool(told) == is_told
    if "authorities" in watched and is_told and "themes" not in watched:
        assert "For Leeds." in told[0].body
        assert f"/metrics/{RATE}?authority=leeds" in told[0].body


def test_consultations_and_workshops_are_told_when_they_come(store: FakeStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current, "_day", lambda: date(2026, 11, 19))
    asked = with_consultation(store)
    current.current_store.serve_only(asked)
    note_news()
    subscribe(kinds=["consultation", "workshop"], authorities="York")
    assert tomorrow() == []
    monkeypatch.setattr(current, "_day", lambda: date(2026, 11, 20))
    (letter,) = tomorrow()
    assert "Consultation: Two drafts" in letter.body
    starts = timezone.now() + timedelta(days=9)
    kept = WorkshopSession("S", "waste", "Counting", "Why?", (), starts, starts, "Online", False, False, timezone.now())
    asked.publications = Published("mark", {WorkshopSession: (kept, replace(kept, id="T", is_cancelled=True))})
    (letter,) = tomorrow()
    assert letter.body.count("Workshop: Counting") == 1
    assert tomorrow() == []


LED_TO = "first-drafts-2026"


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (StateChange(date(2026, 11, 22), MetricState.LIVE, "Most would keep it.", LED_TO), "Live: "),
        (StateChange(date(2026, 11, 22), MetricState.REVISED, "It was unclear.", LED_TO), "Revised: "),
        (StateChange(date(2026, 11, 22), MetricState.WITHDRAWN, "Nobody can count it.", LED_TO), "Withdrawn: "),
        (StateChange(date(2026, 11, 23), MetricState.LIVE, "Not before tomorrow.", LED_TO), ""),
        (StateChange(date(2026, 11, 22), MetricState.LIVE, "Another one led to it.", "another"), ""),
        (StateChange(date(2026, 11, 22), MetricState.LIVE, "Nobody was asked.", None), ""),
        (StateChange(date(2026, 11, 20), MetricState.IN_CONSULTATION, "It opened.", LED_TO), ""),
    ],
)
def test_what_came_of_a_consultation_is_told_once(store: FakeStore, step: StateChange, told: str) -> None:
    asked = with_consultation(store)
    current.current_store.serve_only(asked)
    note_news()
    subscribe(kinds=["consultation"], authorities="York")
    decided = replace(asked.catalogue.metrics[RATE], history=(step,))
    metrics = {**asked.catalogue.metrics, RATE: decided}
    changed = replace(asked, catalogue=replace(asked.catalogue, metrics=metrics), build_id="second")
    current.current_store.serve_only(changed)
    found = [letter.body for letter in tomorrow()]
    assert len(found) == bool(told)
    for body in found:
        assert f"{told}{decided.title}" in body
        assert f"{step.reason} It is what came of the consultation Two drafts." in body
        assert f"http://testserver/metrics/{RATE}" in body
    assert tomorrow() == []


def test_two_workers_write_one_letter(store: FakeStore, monkeypatch: pytest.MonkeyPatch) -> None:
    note_news()
    kept = subscribe()
    serve(store, *store.news_found, brought(NewsKind.FIGURES, "LEEDS"), build="second")
    note_news()
    Subscriber.objects.update(next_at=timezone.now() - timedelta(minutes=1))
    both = [Subscriber.objects.get(pk=kept.pk) for _ in range(2)]
    assert [telling._send_digest(each) for each in both] == [True, False]


def test_a_letter_that_could_not_be_written_is_written_the_next_time(
    store: FakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    note_news()
    subscribe()
    serve(store, *store.news_found, brought(NewsKind.FIGURES, "LEEDS"), build="second")

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(telling, "send_letter", broken)
        with pytest.raises(RuntimeError, match="the disk is full"):
            tomorrow()
    assert not Told.objects.exists()
    assert len(tomorrow()) == 1


@pytest.mark.parametrize(
    ("pace", "now", "then"),
    [
        ("daily", datetime(2027, 3, 27, 12, tzinfo=UTC), datetime(2027, 3, 28, 6, tzinfo=UTC)),
        ("daily", datetime(2027, 10, 30, 12, tzinfo=UTC), datetime(2027, 10, 31, 7, tzinfo=UTC)),
        ("weekly", datetime(2026, 11, 22, 12, tzinfo=UTC), datetime(2026, 11, 23, 7, tzinfo=UTC)),
        ("weekly", datetime(2026, 11, 23, 12, tzinfo=UTC), datetime(2026, 11, 30, 7, tzinfo=UTC)),
    ],
)
def test_letters_come_in_the_morning_in_england(pace: str, now: datetime, then: datetime) -> None:
    assert next_digest(pace, now) == then


# ---------------------------------------------------------------- changing and leaving


@pytest.fixture
def digest(store: FakeStore) -> EmailMultiAlternatives:
    """A letter with news."""
    note_news()
    subscribe()
    serve(store, *store.news_found, brought(NewsKind.FIGURES, "LEEDS"), build="second")
    (letter,) = tomorrow()
    return letter


def test_a_mail_program_leaves_at_one_click(digest: EmailMultiAlternatives) -> None:
    """As RFC 8058 has it: a POST with that body, no cookie, no mark of our forms, no page in between."""
    message: EmailMessage = digest.message()  # type: ignore[assignment]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = re.fullmatch(r"<http://testserver(/\S+)>", "".join(str(message["List-Unsubscribe"]).split()))
    assert address
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(address[1]).status_code == 200
    assert Subscriber.objects.exists(), "looking is not leaving"
    body = "List-Unsubscribe=One-Click"
    answer = strict.post(address[1], body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200
    assert not Subscriber.objects.exists()
    assert strict.post(address[1], body, content_type="application/x-www-form-urlencoded").status_code == 200
    assert "You get no more news" in strict.get(address[1]).content.decode()


def test_links_say_nothing_of_whose_they_are(digest: EmailMultiAlternatives) -> None:
    for path in LINK.findall(digest.body):
        assert "carol" not in path.lower()
        assert "example" not in path.lower()
    assert "carol" not in digest.body.lower()


def test_choices_are_changed_by_the_link(digest: EmailMultiAlternatives) -> None:
    path = next(path for path in LINK.findall(digest.body) if "/choices/" in path)
    page = Client().get(path).content.decode()
    assert re.search(r'value="figures" checked', page)
    changed = {"kinds": ["newsletter"], "pace": "weekly", "authorities": "Leeds"}
    assert Client().post(path, changed).status_code == 302
    kept = Subscriber.objects.get().choices
    assert kept == {"kinds": ["newsletter"], "watches": ["authority:LEEDS"], "pace": "weekly"}
    assert ">\nLeeds</textarea>" in Client().get(path).content.decode()


def test_every_act_stands_in_the_history_and_names_nobody(digest: EmailMultiAlternatives) -> None:
    Client().post(next(path for path in LINK.findall(digest.body) if "/leave/" in path))
    assert [event.verb for event in Event.objects.order_by("pk")] == [
        "asked for news",
        "confirmed news",
        "left the news",
    ]
    assert not [event for event in Event.objects.all() if "carol" in str(event.__dict__)]


# ---------------------------------------------------------------- newsletters, people


@pytest.fixture
def room(enter: Enter) -> Room:
    """Everybody in every role; Carol gets the newsletter."""
    return furnish(enter)


def test_staff_write_a_newsletter_look_at_it_and_send_it_once(room: Room) -> None:
    Subscriber.objects.create(email=OTHER, choices={"kinds": ["figures"]}, site="x", confirmed_at=timezone.now())
    Subscriber.objects.create(email="never@example.org", asked={"kinds": ["newsletter"]}, site="x")
    staff = room["staff"]
    words = "# What we learned\n\n<b>Waste</b> is counted\nin two ways.\n\n- one\n- two\n\nhttps://example.org/read"
    place = staff.post("/take-part/staff/newsletters", {"title": "Autumn", "words": words}).headers["Location"]
    page = staff.get(place).content.decode()
    assert "Send it to 1 reader" in page
    assert "&lt;b&gt;Waste&lt;/b&gt;" in page
    letters().clear()
    for _ in range(2):
        staff.post(f"{place}/send")
    (letter,) = letters()
    assert (letter.to, letter.subject) == ([CAROL], "Autumn")
    assert "What we learned\n---------------\n\n<b>Waste</b> is counted" in letter.body
    assert "- one\n- two" in letter.body
    assert "List-Unsubscribe" in letter.message()
    staff.post(place, {"title": "Other", "words": "Other"})
    assert Newsletter.objects.get(title="Autumn").readers == 1, "what has gone is not changed"


def test_words_of_a_newsletter_become_blocks() -> None:
    assert [
        (block["kind"], block["text"]) for block in blocks_of("# A\r\n\r\nb\r\nc\n\n\n\n- d\n- e\n\nhttps://x.example")
    ] == [
        ("heading", "A"),
        ("paragraph", "b\nc"),
        ("item", "d"),
        ("item", "e"),
        ("link", "https://x.example"),
    ]
    assert blocks_of("https://x.example and more")[0]["kind"] == "paragraph"


def test_a_title_cannot_reach_into_the_head_of_a_letter(room: Room) -> None:
    form = {"title": "Autumn\nBcc: all@example.org", "words": "x"}
    page = room["staff"].post("/take-part/staff/newsletters", form).content.decode()
    assert 'href="#id_title"' in page


def test_subscriptions_are_given_back_and_go_with_their_person(room: Room) -> None:
    person = Person.objects.get(email=PEOPLE["public"])
    (held,) = everything_about(person)["news"]
    assert (held["watches"], held["told"]) == (["authority:LEEDS"], [])
    forget(person)
    assert not Subscriber.objects.exists()
    assert not Letter.objects.filter(address=CAROL).exists()
    assert not NewsEntry.objects.exists()
