"""One journey from end to end in a real browser, with JavaScript and without, on a home of its own.

Staff open a consultation on three drafts; officers and leads sign in by the links in their letters and answer; a body
gathers two councils; a workshop fills and its waiting list moves; the owner reads results, decides and publishes; and
after the next build one metric is live, one revised and one withdrawn, each with its history.
"""

import re
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from moothall.catalogue import load_catalogue
from moothall.domain.words import MetricState
from tests.support.journey_home import AFTER, CONSULTATION, DRAFTS, DURING, LINK, JourneyHome, make_journey_home
from tests.support.records import POSTGRESQL, SQLITE, Records

OWNER = "owner@moothall.example"
OFFICER, COLLEAGUE, LEAD = ("nora@newnorthshire.gov.uk", "noel@newnorthshire.gov.uk", "lee@newnorthshire.gov.uk")
OTHER_LEAD, BODY_LEAD = "wilma@westbay.gov.uk", "bea@network.org.uk"
SUBSCRIBER, READER = "rita@example.org", "reader"
CONFIRM, LEAVE = re.compile(r"(/take-part/news/confirm/\S+)"), re.compile(r"(/take-part/news/leave/[^\s>]+)")
COUNCIL, OTHER, BODY = "New Northshire Council", "Westbay Council", "Network of Bays"
ASKED, RESULTS = f"/take-part/consultations/{CONSULTATION}", f"/take-part/staff/results/{CONSULTATION}"

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.timeout(900)]


class Walk:
    """Everybody's browser on the server of the moment."""

    def __init__(self, home: JourneyHome, browser: Browser, has_program: bool) -> None:
        self.home, self.has_program, self.address = home, has_program, ""
        self._browser, self._contexts = browser, dict[str, BrowserContext]()
        self._links: dict[str, int] = {}

    @contextmanager
    def on(self, day: str) -> Iterator[None]:
        """The server on a day; sessions outlast it."""
        with self.home.serving(day) as server:
            self.address = server.address
            yield

    def page(self, who: str, path: str) -> Page:
        """A page as somebody sees it; whoever comes for the first time signs in by letter."""
        if who not in self._contexts:
            self._contexts[who] = self._browser.new_context(java_script_enabled=self.has_program)
            self._sign_in(who)
        pages = self._contexts[who].pages
        page = pages[0] if pages else self._contexts[who].new_page()
        answer = page.goto(self.address + path)
        assert answer
        assert answer.status == 200, path
        return page

    def reader(self, path: str) -> Page:
        """A page as somebody sees it who never signs in."""
        if READER not in self._contexts:
            self._contexts[READER] = self._browser.new_context(java_script_enabled=self.has_program)
        pages = self._contexts[READER].pages
        page = pages[0] if pages else self._contexts[READER].new_page()
        page.goto(self.address + path)
        return page

    def _sign_in(self, who: str) -> None:
        page = self._contexts[who].new_page()
        page.goto(f"{self.address}/take-part/sign-in")
        page.get_by_label("Your e-mail address").fill(who)
        page.get_by_role("button", name="Send me a link").click()
        self._links[who] = self._links.get(who, 0) + 1
        found = LINK.search(self.home.letter(who, "/take-part/sign-in/", self._links[who]))
        assert found
        page.goto(self.address + found[1])
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()

    def press(self, who: str, path: str, button: str) -> Page:
        """Go to a page, press a button there, and wait for the page that it leads to."""
        page = self.page(who, path)
        with page.expect_navigation():
            page.get_by_role("button", name=button).click()
        return page

    def close(self) -> None:
        """Close every browser."""
        for context in self._contexts.values():
            context.close()


@pytest.mark.parametrize(
    ("records", "has_program"), [(SQLITE, False), (SQLITE, True), (POSTGRESQL, False)], indirect=["records"]
)
def test_a_consultation_from_its_file_to_live_metrics(
    tmp_path: Path, browser: Browser, records: Records, has_program: bool
) -> None:
    home = make_journey_home(tmp_path / "home", records)
    home.run(
        "manage", "open_consultation", str(home.folder / f"{CONSULTATION}.yaml"), "--reason", "Councils are asked."
    )
    home.run("build")
    home.run("manage", "migrate", "-v", "0")
    home.run("manage", "make_staff", OWNER)
    walk = Walk(home, browser, has_program)
    with walk.on(DURING):
        a_subscriber_says_yes(walk)
        people_join(walk)
        officers_answer(walk)
        the_lead_signs_off(walk)
        a_body_gathers_two_councils(walk)
        a_workshop_fills_and_its_waiting_list_moves(walk)
    with walk.on(AFTER):
        the_owner_reads_and_names(walk)
        the_owner_publishes_an_answer(walk)
        the_owner_decides(walk)
        said = home.run("manage", "apply_decision", CONSULTATION, day=AFTER)
        assert said.count("has its new step") == len(DRAFTS)
        home.run("build", day=AFTER)
        everybody_sees_what_came_of_it(walk)
        the_subscriber_is_told_and_leaves_at_one_click(walk)
    walk.close()


def a_subscriber_says_yes(walk: Walk) -> None:
    """Somebody without an account asks for news and the newsletter, and says yes by the link in a letter."""
    page = walk.reader("/take-part/news")
    page.get_by_label("The newsletter").check()
    page.get_by_label("Consultations, and what came of them").check()
    page.get_by_label("Once a day").check()
    page.get_by_label("Your e-mail address").fill(SUBSCRIBER)
    page.get_by_role("button", name="Ask for this news").click()
    found = CONFIRM.search(walk.home.letter(SUBSCRIBER, "Do you want news"))
    assert found
    page.goto(walk.address + found[1])
    page.get_by_role("button", name="Yes, send me this news").click()


def the_subscriber_is_told_and_leaves_at_one_click(walk: Walk) -> None:
    """The worker tells that a metric is live, the owner writes too, and each letter's head has the way out."""
    walk.home.the_next_morning_comes()
    digest = walk.home.letter(SUBSCRIBER, "Live: First idea")
    assert "The reason for first-idea: bags can be counted." in digest
    assert f"/metrics/{DRAFTS[0]}" in digest
    assert "Consultation: Three ideas" not in digest, "it was there before they said yes"
    live_page = re.search(rf"/metrics/{DRAFTS[0]}\S*", digest)
    assert live_page
    assert "Live" in walk.reader(live_page[0]).content()
    page = walk.page(OWNER, "/take-part/staff/newsletters")
    page.get_by_label("Title").fill("The first idea is live")
    page.get_by_label("Words").fill("Councils would keep it.")
    page.get_by_role("button", name="Save and look at it").click()
    page.get_by_role("button", name="Send it to 1 reader").click()
    assert "Councils would keep it." in walk.home.letter(SUBSCRIBER, "The first idea is live")
    for letter in ("The first idea is live", "Live: First idea"):
        way_out = LEAVE.search(walk.home.head(SUBSCRIBER, letter, "List-Unsubscribe"))
        assert way_out
        assert walk.home.head(SUBSCRIBER, letter, "List-Unsubscribe-Post") == "List-Unsubscribe=One-Click"
    request = urllib.request.Request(walk.address + way_out[1], b"List-Unsubscribe=One-Click")
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert answer.status == 200
    page = walk.page(OWNER, "/take-part/staff/newsletters")
    page.get_by_label("Title").fill("Another")
    page.get_by_label("Words").fill("Nobody is left to read it.")
    page.get_by_role("button", name="Save and look at it").click()
    expect(page.get_by_role("button", name="Send it to 0 readers")).to_be_visible()


def people_join(walk: Walk) -> None:
    """Leads are confirmed by staff, officers by their lead; staff open a body, which asks two councils."""
    page = walk.page(OWNER, "/take-part/staff")
    page.get_by_label("Name of the body").fill(BODY)
    page.get_by_label("Its mail domain").fill("network.org.uk")
    page.get_by_role("button", name="Open the body").click()
    for who, whom in ((LEAD, COUNCIL), (OTHER_LEAD, OTHER), (BODY_LEAD, BODY)):
        join(walk, who, whom, "Draft, sign off, and confirm colleagues")
        walk.press(OWNER, "/take-part/staff", f"Confirm {who.partition('@')[0]}")
    for who in (OFFICER, COLLEAGUE):
        join(walk, who, COUNCIL, "Draft, with colleagues")
        walk.press(LEAD, "/take-part/councils/new-northshire", f"Confirm {who.partition('@')[0]}")
    for council, slug, lead in ((COUNCIL, "new-northshire", LEAD), (OTHER, "westbay", OTHER_LEAD)):
        page = walk.page(BODY_LEAD, "/take-part/bodies/network-of-bays")
        page.get_by_label("Ask a council").fill(council)
        page.get_by_role("button", name="Ask", exact=True).click()
        walk.press(lead, f"/take-part/councils/{slug}", f"Accept {BODY}")


def join(walk: Walk, who: str, whom: str, role: str) -> None:
    page = walk.page(who, "/take-part/join")
    page.get_by_label(whom).check()
    page.get_by_label(role).check()
    page.get_by_role("button", name="Ask to join").click()


def question(walk: Walk, who: str, title: str) -> Page:
    """The first question with a text, of the answer that somebody drafts."""
    page = walk.page(who, ASKED)
    page.get_by_role("link", name="Go on with the answer for").first.click()
    page.get_by_role("link", name=title).first.click()
    return page


def officers_answer(walk: Walk) -> None:
    """An officer begins, sees the council's own draft figure and answers; a colleague changes the words."""
    page = walk.press(OFFICER, ASKED, "Begin an answer for New Northshire")
    page.get_by_role("link", name="Is it clear what is counted?").first.click()
    expect(page.get_by_role("main"), "the council's own draft figure").to_contain_text("45.2%")
    assert "(DRAFT)" in page.content()
    page.get_by_label("It is not clear").check()
    page.get_by_label("What should it say?").fill("Say whether bags of leaves count.")
    if walk.has_program:
        expect(page.get_by_role("status")).to_contain_text("Saved at", timeout=15_000)
    else:
        page.get_by_role("button", name="Save and continue").click()
    page = question(walk, COLLEAGUE, "Is it clear what is counted?")
    words = page.get_by_label("What should it say?")
    assert words.input_value() == "Say whether bags of leaves count."
    words.fill("Say whether bags of leaves count, and cuttings. Ring Nora on 0113 496 0000.")
    page.get_by_role("button", name="Save and go to the list").click()
    page = question(walk, OFFICER, "What could go wrong with it?")
    page.get_by_label("What could go wrong with it?").fill("Bags could be hidden.")
    page.get_by_role("button", name="Save and go to the list").click()


def the_lead_signs_off(walk: Walk) -> None:
    """The lead checks and sends, and gets a receipt; then lets the body read it."""
    page = walk.page(LEAD, ASKED)
    page.get_by_role("link", name="Go on with the answer for").first.click()
    page.get_by_role("link", name="Check the answers and send").click()
    expect(page.get_by_role("main")).to_contain_text("and cuttings")
    page.get_by_label(f"I may sign this off for {COUNCIL}").check()
    page.get_by_label("With the name of the council or body").check()
    page.get_by_role("button", name="Sign off and send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Response sent")
    assert "and cuttings" not in walk.home.letter(LEAD, "has been received")
    share_with_body(walk, LEAD)


def share_with_body(walk: Walk, who: str) -> None:
    page = walk.page(who, ASKED)
    page.get_by_role("link", name="Go on with the answer for").first.click()
    page.get_by_role("button", name=f"Share with {BODY}").click()


def a_body_gathers_two_councils(walk: Walk) -> None:
    """Another council shares a draft; the body reads both, answers for them, both agree, and it sends."""
    page = walk.press(OTHER_LEAD, ASKED, "Begin an answer for Westbay")
    page.get_by_role("link", name="What could go wrong with it?").first.click()
    page.get_by_label("What could go wrong with it?").fill("Bags could be burnt.")
    page.get_by_role("button", name="Save and go to the list").click()
    share_with_body(walk, OTHER_LEAD)
    page = walk.press(BODY_LEAD, ASKED, f"Begin an answer for {BODY}")
    response = page.url.removeprefix(walk.address)
    page.goto(f"{walk.address}{response}/gathered")
    for words in ("and cuttings", "Bags could be burnt."):
        assert words in page.content()
    page.goto(f"{walk.address}{response}/questions/2")
    page.get_by_label("What could go wrong with it?").fill("Our councils fear for bags.")
    page.get_by_role("button", name="Save and go to the list").click()
    for lead in (LEAD, OTHER_LEAD):
        page = walk.page(lead, f"{response}/agree")
        page.get_by_role("button", name="Agree for").click()
    page = walk.page(BODY_LEAD, f"{response}/check")
    page.get_by_label(f"I may sign this off for {BODY}").check()
    page.get_by_label("Without a name").check()
    page.get_by_role("button", name="Sign off and send").click()
    page.goto(f"{walk.address}{response}/gathered")
    assert page.content().count(": agrees") == 2


def a_workshop_fills_and_its_waiting_list_moves(walk: Walk) -> None:
    """One place: the second who asks waits, and gets the place and a letter when the first cancels."""
    page = walk.page(OWNER, "/take-part/staff/workshops")
    page.get_by_label("Title").fill("Talking about bags")
    page.get_by_label("What it is about, and for whom").fill("For everybody who counts bags.")
    page.get_by_label("Metrics that it is about").fill(DRAFTS[0])
    page.get_by_role("button", name="Open the workshop").click()
    page.get_by_role("link", name="Plan a session").click()
    begins = (datetime.now(UTC) + timedelta(days=20)).replace(hour=10, minute=0)
    page.get_by_label("Begins").fill(f"{begins:%Y-%m-%dT%H:%M}")
    page.get_by_label("Ends").fill(f"{begins + timedelta(hours=1):%Y-%m-%dT%H:%M}")
    page.get_by_label("Places", exact=True).fill("1")
    page.locator("main form button").last.click()
    places = {who: book(walk, who, name) for who, name in ((OFFICER, "Nora"), (OTHER_LEAD, "Wilma"))}
    assert "waiting list" in walk.page(OTHER_LEAD, places[OTHER_LEAD]).get_by_role("heading", level=1).inner_text()
    walk.press(OFFICER, f"{places[OFFICER]}/cancel", "Cancel the booking")
    assert walk.page(OTHER_LEAD, places[OTHER_LEAD]).get_by_role("heading", level=1).inner_text() == "Place booked"
    walk.home.letter(OTHER_LEAD, "Talking about bags", 2)


def book(walk: Walk, who: str, name: str) -> str:
    """Ask for a place for oneself; the page of the booking."""
    page = walk.page(who, "/take-part/workshops/talking-about-bags")
    page.get_by_role("link", name=re.compile("Book a place|Join the waiting list")).click()
    page.get_by_label("Name of who comes").fill(name)
    page.get_by_label("Their e-mail address").fill(who)
    page.get_by_role("button", name=re.compile("Book the place|Join the waiting list")).click()
    return page.url.removeprefix(walk.address)


def the_owner_reads_and_names(walk: Walk) -> None:
    """Counts, every quotation, and a name for a theme."""
    page = walk.page(OWNER, RESULTS)
    assert "1 of 2" in page.content(), "one of two unitaries has sent"
    page.goto(f"{walk.address}{RESULTS}/themes/{DRAFTS[0]}")
    for words in ("and cuttings", "Bags could be hidden.", "Our councils fear for bags."):
        assert words in page.content()
    assert "Bags could be burnt." not in page.content(), "a draft that was never sent"
    page.get_by_role("link", name="Name it").first.click()
    assert "bag" in page.get_by_label("Words of the theme").input_value()
    page.get_by_label("Its name").fill("What counts as a bag")
    page.get_by_role("button", name="Save the name").click()
    expect(page.get_by_role("heading", name="What counts as a bag")).to_be_visible()


def the_owner_publishes_an_answer(walk: Walk) -> None:
    """A telephone number is taken out before everybody reads the rest."""
    page = walk.page(OWNER, f"{RESULTS}/publish")
    page.get_by_role("link", name=COUNCIL).click()
    words = page.get_by_label("Is it clear what is counted?").first
    words.fill(words.input_value().replace(" Ring Nora on 0113 496 0000.", ""))
    page.get_by_role("button", name="Publish").click()
    page.goto(f"{walk.address}/consultations/{CONSULTATION}/answers")
    assert "and cuttings." in page.content()
    assert "0113" not in page.content()


OUTCOMES = (("It becomes live", "Live"), ("It is revised", "Revised"), ("It is withdrawn", "Withdrawn"))


def the_owner_decides(walk: Walk) -> None:
    """A decision for each metric with its reason, all published."""
    for metric, (label, _) in zip(DRAFTS, OUTCOMES, strict=True):
        page = walk.page(OWNER, f"{RESULTS}/decisions/{metric}")
        page.get_by_label("You said").fill(f"Councils spoke of {metric}.")
        page.get_by_label(label).check()
        page.get_by_label("Why").fill(f"The reason for {metric}: bags can be counted.")
        page.get_by_role("button", name="Keep the decision").click()
    page.get_by_role("button", name="Publish 3 decisions").click()
    page.goto(f"{walk.address}/consultations/{CONSULTATION}")
    assert page.content().count("follows with the next build") == len(DRAFTS)


def everybody_sees_what_came_of_it(walk: Walk) -> None:
    """After the build: live without the mark, revised with it, withdrawn without figures; each with its history."""
    states = {metric: load_catalogue(walk.home.folder / "catalogue").metrics[metric].state for metric in DRAFTS}
    assert list(states.values()) == [MetricState.LIVE, MetricState.REVISED, MetricState.WITHDRAWN]
    page = walk.page(OWNER, f"/consultations/{CONSULTATION}")
    expect(page).to_have_title(re.compile("You said, we did"))
    assert "follows with the next build" not in page.content()
    for metric, (_, state) in zip(DRAFTS, OUTCOMES, strict=True):
        page.goto(f"{walk.address}/metrics/{metric}?authority=new-northshire")
        content = page.content()
        assert ("(DRAFT)" in content) == (state == "Revised"), metric
        assert ("45.2%" in content) == (state != "Withdrawn"), metric
        assert f"The reason for {metric}: bags can be counted." in content
        page.get_by_role("link", name=state, exact=True).click()
        assert page.url.endswith(f"/consultations/{CONSULTATION}")
    page.goto(f"{walk.address}/metrics")
    assert "1 draft to talk about" in page.content()
