"""What a reader sees first can be painted before the stylesheet has come: its styles stand in the page, and are few."""

import base64
import gzip
import hashlib
import re

import pytest
from django.test import Client

from moothall.site.first_screen import FIRST_CLASSES, STYLESHEET, first_styles, pick_rules

LARGEST = 4_500
"""Bytes of gzip that every page carries so that it need not wait for the sheet."""

SHEET = (
    ":root{--ink: #000}a{color:red}a:hover{color:blue}.facts,.table{margin:0}.facts dt{margin:1px}.table{width:9px}"
    "@media(min-width: 40em){.facts{gap:1px}.table{gap:2px}}@media print{.facts{gap:0}}@font-face{src:none}"
    "@supports(margin: 0){@media screen{.facts a{top:0}}}.note.table{top:1px}.facts a:visited{top:2px}"
    ".note:not(:focus):not(.table){left:0}"
)

AUTHORITY = "/authorities/leeds"


def test_rules_are_picked_by_class_in_their_order() -> None:
    assert pick_rules(SHEET, frozenset({"facts", "note"})) == (
        ":root{--ink: #000}a{color:red}.facts{margin:0}.facts dt{margin:1px}"
        "@media(min-width: 40em){.facts{gap:1px}}@supports(margin: 0){@media screen{.facts a{top:0}}}"
        ".note:not(:focus):not(.table){left:0}"
    )


def test_what_is_picked_is_small_and_stands_in_the_sheet() -> None:
    assert 1_000 < len(gzip.compress(first_styles().encode())) <= LARGEST
    assert "</" not in first_styles()
    sheet = STYLESHEET.read_text(encoding="utf-8-sig")
    assert [
        rule for rule in (".site-header{", ".facts{", "prefers-color-scheme: dark") if rule not in first_styles()
    ] == []
    assert ".metric-row" in sheet
    assert ".metric-row" not in first_styles()


@pytest.mark.parametrize("address", ["/", AUTHORITY, "/metrics/household-waste-recycling-rate", "/nowhere"])
def test_the_policy_allows_exactly_these_styles(client: Client, address: str) -> None:
    response = client.get(address)
    styles = re.findall(r"<style>(.*?)</style>", response.content.decode(), re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in styles]
    assert len(digests) == 1
    assert f"style-src 'self' 'sha256-{digests[0]}'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "address", [AUTHORITY, "/authorities/allerdale", "/authorities/cumbria", "/metrics/fly-tipping"]
)
def test_only_known_classes_stand_above_the_link_to_the_sheet(client: Client, address: str) -> None:
    above, _, below = client.get(address).content.decode().partition('<link rel="stylesheet"')
    used = {name for names in re.findall(r'class="([^"]*)"', above) for name in names.split()}
    assert used <= FIRST_CLASSES
    assert "<h1" in above
    assert "<h2" in below
