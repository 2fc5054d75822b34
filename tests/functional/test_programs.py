"""The small programs of pages: few bytes in all, from our own files only, and loaded only where a page names them."""

import gzip
import re
from pathlib import Path

import pytest
from django.test import Client

STATIC = Path(__file__).resolve().parents[2] / "src" / "moothall" / "web" / "static"
LARGEST = 15_000
"""Bytes of gzip of all programs together."""

HANDLER = re.compile(r"<[^>]+\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", re.IGNORECASE)


def test_all_programs_together_are_small() -> None:
    sizes = {path.name: len(gzip.compress(path.read_bytes())) for path in STATIC.glob("*.js")}
    assert {"filter-list.js", "strip-walk.js"} <= sizes.keys()
    assert sum(sizes.values()) <= LARGEST, sizes


@pytest.mark.parametrize(
    ("address", "programs"),
    [
        ("/authorities", ["filter-list.js"]),
        ("/metrics", ["filter-list.js"]),
        ("/about/components", ["filter-list.js", "strip-walk.js"]),
        ("/metrics/household-waste-recycling-rate", ["strip-walk.js"]),
        ("/", []),
        ("/authorities/leeds", []),
        ("/compare", []),
        ("/search?q=york", []),
        ("/nowhere", []),
    ],
)
def test_a_page_may_run_what_it_names_and_nothing_else(client: Client, address: str, programs: list[str]) -> None:
    response = client.get(address, follow=True)
    html, policy = response.content.decode(), response.headers["Content-Security-Policy"]
    assert re.findall(r'<script type="module" src="/static/([\w-]+\.js)\?v=\w{8}"></script>', html) == programs
    assert ("script-src 'self'" in policy) is bool(programs)
    assert "unsafe" not in policy
    assert not HANDLER.search(html)


def test_the_strip_says_where_each_row_of_its_table_stands(client: Client) -> None:
    html = client.get("/metrics/household-waste-recycling-rate?group=england").content.decode()
    marks = re.search(r'data-table="group-table" data-marks="([^"]+)"', html)
    assert marks
    table = html[html.index('id="group-table"') :]
    rows = re.findall(r'<tr class="govuk-table__row[^"]*">\s*<th scope="row"', table[: table.index("</table>")])
    assert len(marks[1].split()) == len(rows)
    assert all(place == "-" or 0 <= float(place) <= 640 for place in marks[1].split())
