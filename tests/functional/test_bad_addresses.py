"""Absurd and mistaken addresses: the right status, one clear sentence, and a way on."""

import pytest
from django.test import Client

from moothall.errors import NoBuild
from moothall.web import current

RATE_ID = "household-waste-recycling-rate"
RATE = f"/metrics/{RATE_ID}"


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/nowhere", 404, "There is nothing at this address."),
        ("/authorities/leds", 404, "There is no council with the address name &#39;leds&#39;."),
        ("/authorities/leeds/", 404, "There is nothing at this address."),
        ("/metrics/recycling-rat", 404, "There is no metric with the address name"),
        ("/sources/none", 404, "There is no source with the address name"),
        ("/methods/none", 404, "There is nothing at this address."),
        ("/trail/household-waste-recycling-rate/leeds/1999-00", 400, "has no period"),
        ("/trail/quality-of-life/york/2021-22", 404, "No file that we have read has a row for"),
        (f"{RATE}?period=banana", 400, "It has: 2021-22, 2020-21, 2019-20."),
        (f"{RATE}?group=banana", 400, "There is no group &#39;banana&#39;."),
        (f"{RATE}?group=custom:LEEDS,NOPE", 400, "which is no council&#39;s code"),
        (f"{RATE}?group=england&group=england", 400, "once is allowed"),
        (f"{RATE}?as-of=soon", 400, "&#39;soon&#39; is not a date"),
        (f"{RATE}?as-of=1990-01-01", 400, "published by 1 January 1990: choose a later day"),
        (f"{RATE}?boundaries=then", 400, "Allowed: period, now."),
        ("/authorities/leeds/themes/waste?as-of=1990-01-01", 400, "published by 1 January 1990"),
        ("/authorities/leeds/themes/waste?as-of=2024-02-30", 400, "is not a date"),
        ("/trail/household-waste-recycling-rate/leeds/2021-22?as-of=x", 400, "is not a date"),
        ("/sources/made-up/revisions?page=9", 400, "there are pages 1 to 1"),
        ("/sources/none/revisions", 404, "There is no source with the address name"),
        (f"{RATE}?authority=leds", 400, "There is no council with the address name"),
        ("/authorities/leeds?group=custom", 400, "Allowed: same-type, region, england, similar."),
        ("/authorities/leeds/similar?model=none", 400, "There is no model of similarity &#39;none&#39;."),
        (f"/authorities/leeds/similar?{RATE_ID}=-1", 400, "a weight cannot be below 0"),
        (f"/authorities/leeds/similar?{RATE_ID}=0", 400, "All weights are 0"),
        (f"/authorities/leeds/similar?{RATE_ID}=much", 400, "is not a number"),
        (f"/authorities/leeds/similar?{RATE_ID}=nan", 400, "is not a number"),
        ("/authorities/york/similar", 400, "No model of similarity covers York Council"),
        ("/authorities/york?group=similar", 400, "No model of similarity covers York Council"),
        (f"{RATE}?group=similar", 400, "needs to know whose"),
        ("/authorities?type=parish", 400, "Allowed: unitary, metropolitan-district"),
        ("/authorities?region=E99", 400, "is not a region that we know"),
        ("/compare?" + "&".join(f"authority={n}" for n in "abcdefghi"), 400, "8 times is the most"),
        ("/compare?" + "&".join(f"group=type:{n}" for n in "abcd"), 400, "3 times is the most"),
        ("/compare?group=similar", 400, "needs to know whose"),
        ("/compare?group=custom:NOBODY", 400, "which is no council&#39;s code"),
        ("/compare?theme=nothing", 400, "is not a theme that we know"),
        ("/compare?metric=fly-tipping", 400, "There is no metric with figures"),
        ("/c/LEEDS.YORK~~england~~abcd", 404, "This short link is not whole"),
        ("/c/LEEDS", 404, "Ask for it again, or choose anew."),
        ("/search?q=a%00b", 400, "control character"),
        ("/search?q=%0d%0aSet-Cookie:x", 400, "control character"),
        ("/search?q=" + "x" * 201, 400, "201 characters long; 200 are allowed"),
        ("/search?q=" + "x" * 3000, 400, "may have 2,000 characters"),
        ("/search?" + "&".join(f"a{n}=1" for n in range(31)), 400, "31 choices; 30 are allowed"),
        ("/authorities/%00", 400, "control character"),
        ("/authorities/" + "x" * 300, 400, "313 characters long"),
    ],
)
def test_one_clear_sentence(client: Client, address: str, status: int, sentence: str) -> None:
    response = client.get(address)
    html = response.content.decode()
    assert response.status_code == status, html
    assert sentence in html
    assert html.count("<h1") == 1
    assert 'href="/authorities"' in html


@pytest.mark.parametrize(
    "address",
    [
        "/?utm_source=x",
        "/search?q=",
        "/search?q=%C3%A9%E2%80%8B",
        f"{RATE}?group=&period=&authority=",
        "/compare?authority=&authority=",
    ],
)
def test_empty_and_foreign_choices_do_no_harm(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/authorities/brad-ford", "/authorities/bradford/no-such-page", "/bradford"])
def test_a_mistaken_address_gets_suggestions(client: Client, address: str) -> None:
    html = client.get(address).content.decode()
    assert 'href="/authorities/bradford"' in html


def test_markup_in_an_address_is_shown_as_text(client: Client) -> None:
    html = client.get("/search?q=<script>alert(1)</script>").content.decode()
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_unknown_hosts_are_refused_with_a_page(client: Client) -> None:
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400


def test_without_a_build_every_page_says_how_to_make_one(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(folder: object) -> None:
        raise NoBuild("There is no build yet.")

    current.current_store.serve_only(None)
    monkeypatch.setattr(current.current_store, "_open", nothing)
    monkeypatch.setattr(current.current_store, "_store", None)
    for address in ("/", "/authorities/leeds", "/metrics", "/sources"):
        response = client.get(address)
        assert response.status_code == 503
        assert "make build" in response.content.decode()
    assert client.get("/nowhere").status_code == 404
    assert client.get("/about").status_code == 200


def test_a_fault_of_ours_is_a_page_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("moothall.web.views.make_home_page", lambda store: 1 / 0)
    response = client.get("/")
    assert response.status_code == 500
    html = response.content.decode()
    assert "Something went wrong on our side" in html
    assert "ZeroDivision" not in html
