"""Four visitors, each with something to find out, on the shipped figures and without a script: by links and forms only.

A journey begins at the front page and ends with what the visitor came for, in at most four page views. A redirect is
part of the view that it leads to; a file that is taken away is the end of a view, not one of its own.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urljoin

import pytest
from django.test import Client
from lxml import html as markup

from moothall.store import Store
from moothall.web import current

pytestmark = pytest.mark.slow

MOST_VIEWS = 4


@dataclass
class Visitor:
    """Somebody with a browser: reads a page, follows a link by its words, fills in a form by its labels."""

    client: Client
    address: str = "/"
    views: list[str] = field(default_factory=list)
    page: markup.HtmlElement = field(init=False)

    def __post_init__(self) -> None:
        self.open(self.address)

    def open(self, address: str) -> None:
        """Look at a page."""
        response = self.client.get(address, follow=True)
        assert response.status_code == 200, f"{address} answered {response.status_code}"
        self.address = response.request["PATH_INFO"]
        self.views.append(self.address)
        self.page = markup.fromstring(response.content.decode())

    def follow(self, words: str) -> None:
        """Follow the first link whose words begin so."""
        self.open(urljoin(self.address, self.link(words)))

    def link(self, words: str) -> str:
        """Where the first link whose words begin so leads."""
        links = [(a.text_content().strip(), a.get("href")) for a in self.page.iter("a")]
        found = [href for text, href in links if text.startswith(words)]
        assert found, f"{self.address} has no link {words!r}; it has {[text for text, _ in links][:60]}"
        return str(found[0])

    def fill_in(self, label: str, **answers: str) -> None:
        """Send the form with this name (its aria-label), as it stands but for these answers."""
        form = next(f for f in self.page.iter("form") if f.get("aria-label") == label)
        sent = {name: value for name, value in form.form_values() if name not in answers}
        self.open(f"{form.get('action')}?{urlencode({**sent, **answers})}")

    def reads(self, *words: str) -> None:
        """The page says so, somewhere."""
        text = " ".join(self.page.text_content().split())
        missing = [said for said in words if said not in text]
        assert not missing, f"{self.address} does not say {missing}"

    def headings(self) -> list[str]:
        """What the page is about, as somebody hears it who walks from heading to heading."""
        return [" ".join(h.text_content().split()) for h in self.page.iter("h1", "h2")]

    def arrives(self) -> None:
        """The journey is over: it was short enough."""
        assert len(self.views) <= MOST_VIEWS, self.views


@pytest.fixture(scope="module")
def shipped_site(shipped: Path) -> Iterator[Client]:
    """The site with the shipped figures."""
    store = Store.open(shipped)
    current.current_store.serve_only(store)
    yield Client()
    current.current_store.serve_only(None)
    store.close()


def test_a_chief_executive_sees_what_differs_and_whom_to_ring(shipped_site: Client) -> None:
    reader = Visitor(shipped_site)
    reader.fill_in("Whole site", q="Wakefield")
    assert reader.address == "/authorities/wakefield"
    reader.reads("What stands out", "figures that we tested", "chance", "Whom to learn from", "Councils like Wakefield")
    reader.follow("Weigh these circumstances")
    reader.reads("How close", "Most alike in", "Most unlike in", "Distance")
    reader.arrives()


def test_a_scrutiny_councillor_leaves_with_questions_on_paper(shipped_site: Client) -> None:
    reader = Visitor(shipped_site)
    reader.fill_in("Whole site", q="Kent")
    reader.follow("All")
    reader.follow("Questions")
    assert "/questions/" in reader.address
    reader.reads("Kent", "cannot say")
    assert len(reader.headings()) > 2
    reader.arrives()


def test_a_citizen_learns_who_runs_it_here_and_how_it_compares(shipped_site: Client) -> None:
    reader = Visitor(shipped_site)
    reader.fill_in("Whole site", q="Otley")
    reader.follow("Who runs Otley?")
    reader.reads("Leeds City Council")
    reader.follow("Leeds")
    reader.reads("Household waste recycling rate", "similar councils")
    reader.arrives()


def test_a_journalist_who_looks_for_a_ranking_leaves_with_figures_and_their_limits(shipped_site: Client) -> None:
    reader = Visitor(shipped_site)
    reader.open("/league-table")
    assert reader.headings()[0] == "Why there is no league table"
    reader.follow("Choose a metric")
    reader.follow("Household waste recycling rate")
    file = shipped_site.get(reader.link("Figures as CSV")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(file)))
    assert len(rows) > 30
    assert [row["authority_name"] for row in rows] != [
        row["authority_name"] for row in sorted(rows, key=lambda row: float(row["value"] or 0))
    ]
    assert all(row["what_it_cannot_say"] for row in rows)
    reader.arrives()
