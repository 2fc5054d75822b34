"""Every form of every page, found by reading the pages: refused with links to its fields, and safe with any text.

A form that somebody adds is walked without being named here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from lxml import html

from moothall.engagement.models import AnswerVersion
from moothall.engagement.urls import ROOM_ROUTES
from tests.engagement.conftest import Enter
from tests.engagement.furnished import Room, furnish
from tests.engagement.test_matrix import MAY_READ

MOST_TO_SEE = ("lead", "body lead", "staff", "asked", "public", "reader")
SCRIPT = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}"
RAW = ("<script>alert", "<img src=x")


@dataclass(frozen=True)
class Form:
    """A form as a browser has it: where it goes, what it holds, and which fields take text."""

    page: str
    role: str
    action: str
    values: dict[str, str]
    texts: tuple[str, ...] = field(default=())
    has_choices: bool = False


@pytest.fixture
def room(enter: Enter) -> Room:
    """Everybody in every role."""
    return furnish(enter)


def tree(answer: HttpResponse) -> html.HtmlElement:
    return html.document_fromstring(answer.content.decode())


def forms_of(room: Room) -> Iterator[Form]:
    """Every form of every page, as the role with the most to see has it."""
    for route in (route for route in ROOM_ROUTES if route.is_page):
        role = next(role for role in MOST_TO_SEE if role in MAY_READ[route.name])
        address = route.address(**room.made)
        for found in tree(room[role].get(address)).iterfind(".//main//form"):
            yield read_form(found, address, role)


def read_form(found: html.HtmlElement, address: str, role: str) -> Form:
    values, texts, has_choices = {}, [], False
    for control in found.iter("input", "textarea", "select"):
        kind, name = control.get("type", control.tag), control.get("name")
        if name == "csrfmiddlewaretoken":
            continue
        if kind in ("text", "textarea", "email", "search"):
            texts.append(name)
        elif kind in ("radio", "checkbox"):
            values.setdefault(name, control.get("value"))
            has_choices = True
        elif kind == "hidden":
            values[name] = control.get("value", "")
        elif kind == "select":
            values[name] = control.find("option").get("value")
    return Form(address, role, found.get("action") or address, values, tuple(texts), has_choices)


@pytest.mark.slow
def test_a_form_sent_empty_says_what_is_missing_and_leads_to_it(room: Room) -> None:
    """No form answers with a fault of ours; where it refuses, each line of the summary leads to a control."""
    refused: set[str] = set()
    for form in [form for form in forms_of(room) if form.texts or form.has_choices]:
        with transaction.atomic():
            answer = room[form.role].post(form.action, dict.fromkeys(form.texts, ""))
            transaction.set_rollback(True)
        assert answer.status_code in (200, 302, 400, 409), f"{form.action}: {answer.status_code}"
        assert "sign-in" not in answer.headers.get("Location", ""), form.action
        if answer.status_code in (200, 400, 409):
            checked_summary(answer, form)
            refused.add(form.action)
    assert len(refused) >= 14, refused


def checked_summary(answer: HttpResponse, form: Form) -> None:
    """The summary of errors of a refused form: it begins the title, and its links lead to controls or headings."""
    page = tree(answer)
    title = page.findtext(".//title")
    links = page.xpath("//div[contains(@class, 'govuk-error-summary')]//a/@href")
    assert title.startswith("Error: "), f"{form.action}: {title}"
    assert links, form.action
    for link in links:
        (target,) = page.xpath(f"//*[@id='{link.removeprefix('#')}']")
        assert target.tag in ("input", "textarea", "select") or target.get("tabindex") == "-1", f"{form.action} {link}"
        described = target.get("aria-describedby", "")
        for part in described.split():
            assert page.xpath(f"//*[@id='{part}']"), f"{form.action}: {link} is described by nothing"


@pytest.mark.slow
def test_a_script_in_any_text_field_is_only_text_wherever_it_is_shown(room: Room) -> None:
    """Each form filled with a script and sent; then every page that anybody may read is read."""
    stored = 0
    for form in [form for form in forms_of(room) if form.texts]:
        given = form.values | dict.fromkeys(form.texts, SCRIPT)
        assert_only_text(room[form.role].post(form.action, given), form.action)
        for name in form.texts:
            others = dict.fromkeys(form.texts, "Plain words of 2027") | {name: SCRIPT}
            answer = room[form.role].post(form.action, form.values | others)
            stored += answer.status_code == 302
            assert_only_text(answer, form.action)
            assert "sign-in?" not in answer.headers.get("Location", ""), form.action
    assert stored >= 6, "forms that took it"
    shown = 0
    for route in (route for route in ROOM_ROUTES if route.is_page):
        for role in MOST_TO_SEE:
            if role in MAY_READ[route.name]:
                answer = room[role].get(route.address(**room.made))
                assert_only_text(answer, route.name)
                shown += b"&lt;script&gt;alert" in answer.content
    assert shown >= 6, "pages that show it"


def assert_only_text(answer: HttpResponse, where: str) -> None:
    if answer.headers.get("Content-Type", "").startswith("text/html") and answer.status_code != 302:
        content = answer.content.decode()
        assert not [raw for raw in RAW if raw in content], where
        assert "onerror" not in {name for element in tree(answer).iter() for name in getattr(element, "attrib", {})}


def test_nothing_but_text_is_taken(room: Room, tmp_path: Path) -> None:
    """A file in place of a text is no text: it is neither kept nor read."""
    page = f"/take-part/responses/{room.made['response']}/questions/2"
    file = SimpleUploadedFile("words.txt", b"From a file.", content_type="text/plain")
    room["officer"].post(page, {"words": file, "revision": 0})
    assert not AnswerVersion.objects.filter(words__contains="From a file").exists()
    many = SimpleUploadedFile("big.bin", b"x" * 6_000_000)
    assert room["officer"].post(page, {"words": many, "revision": 0}).status_code < 500
    assert not AnswerVersion.objects.exclude(words="").exists()


def test_too_much_text_is_refused_and_not_a_fault(room: Room) -> None:
    page = f"/take-part/responses/{room.made['response']}/questions/2"
    for size in (25_000, 3_000_000):
        answer = room["officer"].post(page, {"words": "w" * size, "revision": 0})
        assert answer.status_code in (200, 400, 413), size
    assert not AnswerVersion.objects.exists()


def test_too_many_fields_are_refused(room: Room) -> None:
    answer = room["officer"].post("/take-part/account", {f"f{n}": "x" for n in range(1500)})
    assert answer.status_code == 400


def test_a_form_of_another_site_is_refused(room: Room) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = room["lead"].cookies
    assert room["lead"].get("/take-part/account").status_code == 200
    token = room["lead"].cookies.get("moothall-form")
    given = {"name": "Planted", "csrfmiddlewaretoken": token.value if token else ""}
    answer = strict.post("/take-part/account", given, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
