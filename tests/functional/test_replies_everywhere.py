"""Wherever a council's figure stands, its reply stands or is led to: on every page, in every file, over made-up stores.

Every council replies to every figure. Then each page and file is read for figures that stand by the name of their
council without the reply: none may. Pictures as PNG are the same drawings as the SVG.
"""

import html
import io
import itertools
import re
from collections.abc import Callable, Iterable, Iterator

import openpyxl
import pytest
from django.http import HttpResponse
from django.test import Client

from moothall.analytics.groups import GroupKind, type_group
from moothall.domain.reply import Reply
from moothall.presenters.addresses import reply_address
from moothall.presenters.authority.lessons import lessons_for
from moothall.presenters.authority.questions_page import make_questions_page
from moothall.presenters.blocks import Link
from moothall.presenters.figures.cohort import cohorts_of
from moothall.presenters.figures.reading import authority_with_slug
from moothall.presenters.metric.metric_changes import who_changed, who_turned_round
from moothall.presenters.warning.conversation_pack import make_conversation_pack
from moothall.web import current
from moothall.web.urls import example_addresses
from tests.functional.conftest import make_example_store
from tests.support.published import DAY, figure_subject, make_reply, published
from tests.support.steady import CARE, RATE, make_turning_store
from tests.support.store_builder import FakeStore

BEFORE, AFTER = 60, 25
"""How many letters before and after a figure are looked at for its council's name."""

Shown = dict[tuple[str, str], list[str]]
"""The ids of the replies to a council's figure, by its name and the figure as it is shown."""

MADE_UP = ("words", "method")
"""Routes that show figures made up to explain a rule."""

SAID_IN_WORDS = re.compile(r"^[^:]*[a-z0-9]+; the council has replied|have replied to the figure drawn here")
CHOSEN = (
    f"/authorities/leeds?group=england#{RATE}",
    f"/compare?authority=leeds&authority=bradford&metric={RATE}&metric={CARE}&group=england",
    f"/compare/together.svg?authority=leeds&metric={RATE}&metric={CARE}&group=england",
    f"/compare/lines-{RATE}.svg?authority=leeds&authority=bradford&metric={RATE}",
    f"/metrics/{RATE}?authority=leeds&group=england&period=2020-21",
    f"/metrics/{RATE}/changed.csv?group=type:metropolitan-district",
    f"/metrics/{RATE}/turned-round.csv?group=type:metropolitan-district",
    f"/metrics/{RATE}/map?authority=leeds&group=england",
    "/authorities/leeds/similar",
    "/authorities/bradford?group=same-type",
    "/authorities/bradford/learn-from.csv?group=same-type",
    "/authorities/bradford/questions/waste?group=same-type",
    "/authorities/bradford/conversation-pack",
)


def with_all_replies(store: FakeStore) -> Shown:
    """Publish a reply to every figure."""
    figures = {
        f"R{metric[0].upper()}{code}{period.slug}": (metric, code, period.slug, entry.value)
        for metric, table in store.entries.items()
        for (code, period), entry in table.items()
        if entry.value is not None
    }
    words = {id_: f"Words {id_}." for id_ in figures}
    replies = [make_reply(store, id_, figure_subject(c, m, p), words[id_]) for id_, (m, c, p, _) in figures.items()]
    published(store, Reply, *replies)
    every, shown = store.catalogue.authorities, {}
    for id_, (_, code, _, value) in figures.items():
        shown.setdefault((every[code].short_name, f"{value:.1f}"), []).append(id_)
    return shown


def text_of(address: str, response: HttpResponse) -> str:
    """Everything that a file says, the addresses of links and the text alternatives of drawings included."""
    if ".xlsx" not in address:
        return response.content.decode()
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    return "\n".join(" ".join(str(cell.value) for cell in row) for sheet in book for row in sheet.iter_rows())


def seen(raw: str) -> str:
    """What a reader sees or hears of councils: no tags and no letters of an axis, but the words of labels."""
    raw = re.sub(r"<text\b.*?</text>|middle figure (is )?[\d.]+%", " ", raw)
    if "<" not in raw:
        return raw
    spoken = re.sub(r'<[^>]*aria-label="([^"]*)"[^>]*>', r" \1 ", raw)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", spoken, flags=re.DOTALL)))


def without_reply(raw: str, shown: Shown) -> Iterator[str]:
    """The figures that stand by the name of their council where neither a reply's words nor a link to it do."""
    text = seen(raw)
    for (name, figure), ids in shown.items():
        for at in re.finditer(rf"(?<![\d.]){re.escape(figure)}(?!\d)", "" if carries(raw, ids) else text):
            near, after = text[max(0, at.start() - BEFORE) : at.end() + AFTER], text[at.end() : at.end() + BEFORE]
            if name in near and not SAID_IN_WORDS.search(after):
                yield f"{name} {figure}: ...{near}..."
                break


def carries(raw: str, ids: Iterable[str]) -> bool:
    """Whether one of these replies stands there, or a link to it."""
    return any(f"Words {id_}." in raw or reply_address(id_) in raw for id_ in ids)


def addresses_of(store: FakeStore) -> Iterator[tuple[str, str]]:
    """(route, address) of every example, pages and files, and of choices that no example makes."""
    for is_page in (True, False):
        for route, found in example_addresses(store, is_page).items():
            yield from ((route, address) for address in found if ".png" not in address and route not in MADE_UP)
    yield from (("chosen", address) for address in CHOSEN)


@pytest.mark.slow
@pytest.mark.parametrize("make", [make_example_store, make_turning_store])
def test_no_figure_stands_without_the_councils_reply(client: Client, make: Callable[[], FakeStore]) -> None:
    store = make()
    current.current_store.serve_only(store)
    figures, faults, carrying = with_all_replies(store), [], 0
    for route, address in addresses_of(store):
        response = client.get(address)
        if response.status_code == 200 and "text/plain" not in response.headers["Content-Type"]:
            raw = text_of(address, response)
            carrying += carries(raw, itertools.chain(*figures.values()))
            faults += [f"{route} {address}: {one}" for one in without_reply(raw, figures)]
    assert not faults, "\n".join(faults)
    assert carrying > 80, "most pages and files of figures carry replies"


def test_a_page_that_left_a_reply_out_would_be_found() -> None:
    figures = {("Leeds", "38.2"): ["RID"]}
    assert list(without_reply("<td>Leeds</td><td>38.2%</td>", figures))
    assert not list(without_reply(f'<td>Leeds</td><td>38.2% <a href="{reply_address("RID")}">', figures))
    assert not list(without_reply('<a aria-label="Leeds: 38.2%, lowest fifth; the council has replied">', figures))


PERIODS = ("2020-21", "2022-23")
"""The first period that is named of Leeds where it turned round, and the one by which it had changed."""


def links_where(place: str, store: FakeStore) -> list[Link]:
    """The lines on Leeds in a list that another council's reader sees."""
    metric, asks = store.catalogue.metrics[RATE], authority_with_slug(store, "bradford")
    mets, panel = type_group(asks.type), store.panel(RATE)
    if place == "who changed":
        found = who_changed(store, cohorts_of(store).at(RATE, mets, panel.periods[panel.period_index[PERIODS[1]]]))
        return [item for one in (found.lists if found else ()) for item in one.items]
    if place == "who turned it round":
        turned = who_turned_round(store, metric, mets, None)
        return list(turned.items) if turned else []
    if place == "whom to learn from":
        lessons = lessons_for(store, asks, mets)
        return [Link(line.council.text, replies=line.replies) for line in (lessons.lines if lessons else ())]
    if place == "whom to ask, on the page of questions":
        page = make_questions_page(store, asks, store.catalogue.themes["waste"], GroupKind.SAME_TYPE)
        return list(page.whom)
    return list(make_conversation_pack(store, asks, DAY).learn_from)


@pytest.mark.parametrize(
    ("place", "period"),
    [
        ("who changed", PERIODS[1]),
        ("who turned it round", PERIODS[0]),
        ("whom to learn from", PERIODS[0]),
        ("whom to ask, on the page of questions", "2023-24"),
        ("pack", PERIODS[0]),
    ],
)
def test_a_line_on_another_council_leads_to_its_reply(place: str, period: str) -> None:
    store = make_turning_store()
    assert links_where(place, store), "a line that could carry it"
    assert not any(link.replies for link in links_where(place, store))
    every = [code for code, when in store.entries[RATE] if when.slug == period]
    replies = [make_reply(store, f"R{code}", figure_subject(code, RATE, period), "Ours.") for code in every]
    published(store, Reply, *replies)
    found = [link for line in links_where(place, store) for link in line.replies]
    assert found
    assert all(link.text.endswith(f" on {period}") and (link.href or "").startswith("/replies/R") for link in found)
