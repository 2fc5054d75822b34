"""Feeds: valid Atom, the same names for ever, found by feed readers, and in the fixed copy too."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.test import Client

from moothall.domain.period import Period, PeriodKind
from moothall.domain.published import Published
from moothall.domain.workshop import WorkshopSession
from moothall.presenters.fixed_copy import file_of, fixed_page, make_resolver
from moothall.store import NewsKind, ReleaseNews
from moothall.web import current
from moothall.web.feed_routes import FEED_ROUTES
from tests.functional.conftest import make_example_store
from tests.support.store_builder import FakeStore

ATOM = "{http://www.w3.org/2005/Atom}"
RATE = "household-waste-recycling-rate"
YEARS = tuple(Period.starting(date(year, 4, 1), PeriodKind.FINANCIAL_YEAR) for year in (2019, 2021))
SESSION = WorkshopSession(
    id="SESSION",
    workshop="waste",
    title="Counting waste",
    about="What is waste & what is not?",
    metrics=(RATE,),
    starts_at=datetime(2027, 3, 29, 9, tzinfo=UTC),
    ends_at=datetime(2027, 3, 29, 11, tzinfo=UTC),
    place="Online",
    is_cancelled=False,
    has_notes=False,
    updated_at=datetime(2026, 11, 20, 12, 30, tzinfo=UTC),
)


def news(kind: NewsKind, *codes: str, metric: str = RATE) -> ReleaseNews:
    """What the made-up release brought."""
    first = YEARS[0] if kind is NewsKind.FIGURES else YEARS[1]
    count = 3 if kind is NewsKind.FIGURES else 1
    return ReleaseNews(metric, "made-up", "2022-12", kind, first, YEARS[1], count, 45, codes, date(2022, 12, 15))


@pytest.fixture
def store() -> Iterator[FakeStore]:
    """The example store with news of its one release."""
    found = (
        news(NewsKind.CHANGE, "LEEDS"),
        news(NewsKind.FIGURES, "BRADFO", "LEEDS"),
        news(NewsKind.REVISION, "BRADFO"),
    )
    made = replace(make_example_store(), news_found=found)
    made.publications = Published("mark", {WorkshopSession: (SESSION,)})
    current.current_store.serve_only(made)
    yield made
    current.current_store.serve_only(None)


def read(address: str) -> ElementTree.Element:
    """The feed of an address, with what the standard asks of every feed."""
    answer = Client().get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for needed in ("id", "title", "updated"):
            assert element.findtext(f"{ATOM}{needed}"), (address, needed)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", element.findtext(f"{ATOM}updated", ""))
        assert urlsplit(element.findtext(f"{ATOM}id", "")).scheme == "http"
        assert element.find(f"{ATOM}link") is not None
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    own = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own == [f"http://testserver{address}"]
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    return feed


def titles(feed: ElementTree.Element) -> list[str]:
    """The titles of a feed's entries."""
    return [entry.findtext(f"{ATOM}title", "") for entry in feed.findall(f"{ATOM}entry")]


def test_a_metric_has_its_news(store: FakeStore) -> None:
    feed = read(f"/metrics/{RATE}/news.atom")
    assert titles(feed) == [
        "Unusual change: Household waste recycling rate, 2021-22",
        "New figures: Household waste recycling rate, 2019-20 to 2021-22",
        "Revised figures: Household waste recycling rate, 2021-22",
    ]
    summaries = [entry.findtext(f"{ATOM}summary", "") for entry in feed.findall(f"{ATOM}entry")]
    assert "more than noise: Leeds. A sign that is worth asking about" in summaries[0]
    assert summaries[1].startswith("45 new, of 2 councils.")
    assert {entry.findtext(f"{ATOM}updated") for entry in feed.findall(f"{ATOM}entry")} == {"2022-12-15T00:00:00Z"}
    assert [entry.findtext(f"{ATOM}id", "").split("#")[1] for entry in feed.findall(f"{ATOM}entry")] == [
        f"change/{RATE}/2021-22",
        f"figures/{RATE}/made-up/2022-12",
        f"revision/{RATE}/made-up/2022-12",
    ]


def test_a_council_has_what_concerns_it(store: FakeStore) -> None:
    assert titles(read("/authorities/leeds/news.atom")) == [
        "Unusual change for Leeds: Household waste recycling rate, 2021-22",
        "New figures for Leeds: Household waste recycling rate, 2019-20 to 2021-22",
    ]
    assert titles(read("/authorities/york/news.atom")) == []
    entry = read("/authorities/bradford/news.atom").find(f"{ATOM}entry/{ATOM}link")
    assert entry is not None
    assert entry.get("href") == f"http://testserver/metrics/{RATE}?authority=bradford"


def test_a_theme_has_the_news_of_its_metrics(store: FakeStore) -> None:
    theme, other = store.catalogue.metrics[RATE].theme, store.catalogue.metrics["quality-of-life"].theme
    assert len(titles(read(f"/themes/{theme}/news.atom"))) == 3
    assert titles(read(f"/themes/{other}/news.atom")) == []


def test_a_draft_is_in_no_feed(store: FakeStore) -> None:
    from tests.engagement.conftest import with_consultation

    drafted = with_consultation(store)
    current.current_store.serve_only(drafted)
    theme = store.catalogue.metrics[RATE].theme
    for address in (f"/metrics/{RATE}/news.atom", f"/themes/{theme}/news.atom", "/authorities/leeds/news.atom"):
        assert titles(read(address)) == []


def test_consultations_are_told_from_the_day_they_open(store: FakeStore, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.engagement.conftest import ASKED, with_consultation

    current.current_store.serve_only(with_consultation(store))
    for day, told in ((date(2026, 11, 19), []), (ASKED.opens, [f"Consultation: {ASKED.title}"])):
        monkeypatch.setattr(current, "_day", lambda day=day: day)
        assert titles(read("/consultations.atom")) == told


def test_workshops_are_told_with_the_moment_of_their_last_change(store: FakeStore) -> None:
    feed = read("/workshops.atom")
    assert titles(feed) == ["Workshop: Counting waste, 29 March 2027"]
    assert feed.findtext(f"{ATOM}updated") == "2026-11-20T12:30:00Z"
    assert "10:00 to 12:00, Online. What is waste & what is not?" in feed.findtext(f"{ATOM}entry/{ATOM}summary", "")
    moved = replace(SESSION, is_cancelled=True)
    store.publications = Published("other", {WorkshopSession: (moved,)})
    again = read("/workshops.atom")
    assert titles(again) == ["Not held: Counting waste, 29 March 2027"]
    assert again.findtext(f"{ATOM}entry/{ATOM}id") == feed.findtext(f"{ATOM}entry/{ATOM}id")


@pytest.mark.parametrize(
    "address", ["/metrics/nothing/news.atom", "/authorities/atlantis/news.atom", "/themes/nothing/news.atom"]
)
def test_what_is_not_there_has_no_feed(store: FakeStore, address: str) -> None:
    assert Client(raise_request_exception=False).get(address).status_code == 404


LINK = re.compile(r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="(/[^"]+)">')


def test_pages_lead_feed_readers_to_their_feeds_and_the_copy_holds_them(store: FakeStore) -> None:
    theme = store.catalogue.metrics[RATE].theme
    pages = {
        f"/metrics/{RATE}": [f"/metrics/{RATE}/news.atom"],
        "/authorities/leeds": ["/authorities/leeds/news.atom"],
        f"/authorities/leeds/themes/{theme}": [f"/themes/{theme}/news.atom", "/authorities/leeds/news.atom"],
        "/consultations": ["/consultations.atom"],
    }
    resolve = make_resolver(store)
    for page, feeds in pages.items():
        html = Client().get(page).content.decode()
        assert LINK.findall(html) == feeds, page
        assert set(feeds) <= set(fixed_page(page, html, resolve).links), page
    html = Client().get("/authorities/leeds").content.decode()
    assert '<a href="/authorities/leeds/news.atom">as a feed</a>' in html
    assert '<a href="/take-part/news?authority=leeds">by e-mail</a>' in html
    assert file_of("/authorities/leeds/news.atom").as_posix() == "authorities/leeds/news.atom"
    listed = Client().get("/feeds").content.decode()
    others = [route.examples(store) for route in FEED_ROUTES if route.pattern.endswith("s.atom")]
    assert all(f'href="{address}"' in listed for found in others for address in found if "news" not in address)
