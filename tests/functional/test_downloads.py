"""What can be taken away from a page: the same figures as on it, with their limits, in files that programs can read."""

import csv
import io
import re
import struct
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from lxml import etree

from moothall.analytics.position import MINIMUM_FOR_BANDS
from moothall.presenters.downloads.csv_file import harmless
from moothall.presenters.downloads.fields import FIELDS, FIGURE_FIELDS, ORIGIN_FIELDS
from moothall.store import Store
from moothall.web import current
from moothall.web.download_table import DOWNLOADS
from moothall.web.urls import ROUTES, example_addresses
from tests.functional.conftest import make_example_store
from tests.support.steady import make_turning_store

METRIC = "/metrics/household-waste-recycling-rate"
FILES = [a for found in example_addresses(make_example_store(), is_page=False).values() for a in found]
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml",
    "png": "image/png",
}
OFFERS_NONE = {
    "a way to pages with figures": {
        "home", "search", "authorities", "metrics", "places", "who-runs", "sources", "names", "copies",
    },
    "its files are those of the pages it leads to": {"trail", "figure-words", "action", "source", "feeds"},
    "words about methods, no figures of councils": {
        "words", "methods", "method", "about", "components", "accessibility", "no-ranking", "early-warning", "signal",
        "model-card", "transparency-record",
    },
    "a report on methods, told in words and tables": {"similarity", "back-test", "back-test-lens", "back-test-example"},
    "what people said and what was decided, in words": {
        "consultations", "consultation", "consultation-answers", "replies", "reply", "practice", "note",
    },
    "all councils in a lens: side by side they would be read as a ranking": {"lens"},
}  # fmt: skip
"""The pages that offer no file, by why not."""

NEED_MANY_FIGURES = {
    ("authority", "stands-out"), ("authority", "learn-from"), ("metric", "turned-round"), ("flags", "flags"),
}  # fmt: skip
"""Files that the few figures of the example store are too few for; they are opened on the shipped figures."""


def rows_of(client: Client, address: str) -> list[dict[str, str]]:
    text = client.get(address).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def ending_of(address: str) -> str:
    return address.partition("?")[0].rpartition(".")[2]


def offered_by(html: str) -> list[str]:
    """The addresses of the files that a page offers."""
    return [found.replace("&amp;", "&") for found in re.findall(r'<a href="([^"]+)" download>', html)]


@cache
def page_addresses() -> dict[str, list[str]]:
    return example_addresses(make_example_store())


# ---------------------------------------------------------------- pages and their files


@pytest.mark.slow
def test_each_page_offers_the_files_of_the_table(client: Client) -> None:
    table = {(one.page, re.sub("<.*", "", one.name)) for one in DOWNLOADS}
    walked = {name: found for name, found in page_addresses().items() if name != "components"}
    found = set()
    for name, addresses in walked.items():
        for address in addresses:
            files = {
                file.partition("?")[0].rpartition("/")[2] for file in offered_by(client.get(address).content.decode())
            }
            stems = {file.partition(".")[0] for file in files}
            found |= {(name, re.sub(r"^(lines-|strip-).*", r"\1", stem)) for stem in stems}
    assert found == table - NEED_MANY_FIGURES


def test_each_page_route_is_in_the_table_or_says_why_it_offers_no_file() -> None:
    offering, silent = {one.page for one in DOWNLOADS}, {name for names in OFFERS_NONE.values() for name in names}
    pages = {route.name for route in ROUTES if route.is_page}
    assert pages - offering - silent == set(), "give the page its files in web/download_table.py, or a reason above"
    assert (offering | silent) - pages == set()
    assert offering & silent == set()


@pytest.mark.slow
def test_every_file_that_any_page_offers_opens_with_its_origin(client: Client) -> None:
    walked = (found for name, found in page_addresses().items() if name != "components")
    pages = [address for found in walked for address in found]
    files = {file for page in pages for file in offered_by(client.get(page).content.decode())}
    assert len(files) > 150
    assert [fault for file in sorted(files) for fault in faults_of(client, file)] == []


@pytest.mark.parametrize(
    "address", [a for a in FILES if ending_of(a) in ("csv", "xlsx", "svg") and a != "/actions.csv"][::9]
)
def test_a_file_opens_with_its_origin(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code in (200, 400, 404)
    assert response.status_code != 200 or list(faults_of(client, address)) == []


@pytest.mark.slow
def test_files_of_the_shipped_figures_open_with_their_origin(shipped: Path) -> None:
    """The pages that have much to say, with every file that they offer; and those that need many figures are there."""
    store, reader = Store.open(shipped), Client()
    current.current_store.serve_only(store)
    files = {file for page in SHIPPED_PAGES for file in offered_by(reader.get(page).content.decode())}
    faults = [fault for file in sorted(files) for fault in faults_of(reader, file)]
    current.current_store.serve_only(None)
    store.close()
    assert faults == []
    stems = {file.partition("?")[0].rpartition("/")[2].partition(".")[0] for file in files}
    assert stems >= {name for _, name in NEED_MANY_FIGURES}


SHIPPED_PAGES = (
    "/authorities/wakefield",
    f"{METRIC}?authority=leeds",
    f"{METRIC}/map",
    "/methods/how-good-our-flags-are",
    "/authorities/leeds/similar",
    "/authorities/leeds/early-warning",
    "/authorities/leeds/trails",
    "/authorities/kent/questions/finance",
    f"/compare?authority=leeds&authority=kent&metric={METRIC.rpartition('/')[2]}",
    "/actions",
    "/gaps",
    "/outcomes",
    "/quality",
    "/compare?authority=leeds&authority=bradford&metric=household-waste-recycling-rate&metric=residual-household-waste",
    "/authorities/leeds/outcomes/environment",
)


def faults_of(client: Client, address: str) -> Iterator[str]:
    """What is wrong with a file: not what it says it is, or without its vintage, licence, attribution."""
    response, ending = client.get(address), ending_of(address)
    if response.status_code != 200 or response.headers["Content-Type"] != KINDS[ending]:
        yield f"{address} answered {response.status_code} as {response.headers['Content-Type']}"
        return
    if not re.fullmatch(rf'attachment; filename="[a-z0-9-]+\.{ending}"', response.headers["Content-Disposition"]):
        yield f"{address} is saved as {response.headers['Content-Disposition']}"
    look = {"csv": _csv_faults, "xlsx": _workbook_faults, "svg": _svg_faults, "png": _png_faults}[ending]
    yield from (f"{address}: {fault}" for fault in look(response.content))


def _csv_faults(content: bytes) -> Iterator[str]:
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    last = [field.name for field in ORIGIN_FIELDS]
    if rows[0][-3:] != last or len(set(rows[0])) != len(rows[0]):
        yield f"its columns are {rows[0]}"
    for row in rows[1:]:
        if len(row) != len(rows[0]) or not row[-1].startswith("Build "):
            yield f"a row is {row}"
    has_origin = [row[-2] for row in rows[1:] if row[-3]]
    if not all(has_origin):
        yield "a row has a licence and no attribution"


def _workbook_faults(content: bytes) -> Iterator[str]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    if book.sheetnames != ["Cover", "Data", "Columns", "Notes", "Sources"]:
        yield f"its sheets are {book.sheetnames}"
        return
    cover = "\n".join(str(row[0].value) for row in book["Cover"])
    has_origin = any(row[-3] for row in book["Data"].iter_rows(min_row=2, values_only=True))
    for said in ("http://testserver/", "Build ", "Rows: ", "Licence: " if has_origin else ""):
        if said not in cover:
            yield f"its cover does not say {said!r}"
    heads = [cell.value for cell in book["Data"][1]]
    if heads != [row[0].value for row in book["Columns"].iter_rows(min_row=2)]:
        yield "its sheet of columns does not tell of every column, in order"
    yield from (f"{c.value!r} is a formula" for sheet in book for row in sheet for c in row if c.data_type == "f")


def _svg_faults(content: bytes) -> Iterator[str]:
    svg = etree.fromstring(content)
    lettering = " ".join("".join(element.itertext()) for element in svg.iter("{*}text"))
    for said in ("What it cannot say", "Build ", "Open Government Licence", "Source:"):
        if said not in " ".join(lettering.split()):
            yield f"it does not say {said!r}"
    if svg.findtext("{*}desc") in (None, "") or "var(" in (svg.findtext("{*}style") or ""):
        yield "it has no words, or colours that only a page knows"


def _png_faults(content: bytes) -> Iterator[str]:
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or b"iTXtDescription" not in content:
        yield "it is no PNG with a description"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"{METRIC}/figures.doc", 404),
        (f"{METRIC}/figures.svg", 404),
        (f"{METRIC}/spread.csv", 404),
        ("/metrics/fly-tipping/figures.csv", 404),
        ("/metrics/fly-tipping/every-period.csv", 404),
        ("/metrics/fly-tipping/spread.svg", 404),
        ("/metrics/fly-tipping/map/areas.csv", 404),
        ("/metrics/nothing/figures.csv", 404),
        (f"{METRIC}/figures.csv?group=moon", 400),
        (f"{METRIC}/figures.csv?period=1066", 400),
        ("/authorities/atlantis/figures.csv", 404),
        ("/authorities/leeds/themes/nothing/figures.csv", 404),
        ("/claims/claim.csv", 404),
        ("/compare/lines-nothing.svg?authority=leeds", 404),
        ("/compare/strip-1-nothing.svg?authority=leeds", 404),
        (f"/compare/strip-0-{METRIC.rpartition('/')[2]}.svg?authority=leeds&metric={METRIC.rpartition('/')[2]}", 404),
        (f"/compare/strip-9-{METRIC.rpartition('/')[2]}.svg?authority=leeds&metric={METRIC.rpartition('/')[2]}", 404),
        ("/early-warning/debt/signs.csv", 404),
        ("/early-warning/signs.csv", 404),
    ],
)
def test_a_file_that_does_not_exist_has_a_page_that_says_so(client: Client, address: str, status: int) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert "<h1" in response.content.decode()


def test_the_files_of_a_page_are_linked_with_its_choices(client: Client) -> None:
    files = offered_by(client.get(f"{METRIC}?authority=leeds&period=2020-21").content.decode())
    assert f"{METRIC}/figures.csv?authority=leeds&period=2020-21" in files
    assert {ending_of(file) for file in files} == set(KINDS)
    assert all(client.get(file).status_code == 200 for file in files)


def test_a_metric_that_awaits_its_figures_offers_no_file(client: Client) -> None:
    assert " download>" not in client.get("/metrics/fly-tipping").content.decode()


# ---------------------------------------------------------------- what is in them


def test_figures_are_those_of_the_page_by_name(client: Client) -> None:
    rows = rows_of(client, f"{METRIC}/figures.csv?authority=leeds")
    assert list(rows[0]) == [field.name for field in FIELDS]
    names = [row["authority_name"] for row in rows]
    assert names == sorted(names)
    assert len(names) == 12
    leeds = next(row for row in rows if row["authority"] == "LEEDS")
    assert (leeds["value"], leeds["period"], leeds["status"]) == ("38.2", "2021-22", "provisional")
    assert (leeds["group_n"], leeds["group_middle"], leeds["place_from"], leeds["place_to"]) == (
        "12",
        "43.95",
        "9",
        "9",
    )
    assert leeds["what_it_cannot_say"].startswith("It cannot say why.")
    assert leeds["trail"] == "http://testserver/trail/household-waste-recycling-rate/leeds/2021-22"
    assert (leeds["metric_state"], leeds["licence"]) == ("Live", "Open Government Licence v3.0")
    assert leeds["attribution"] == "Contains made-up information."


def test_the_range_of_a_place_travels_with_it(client: Client) -> None:
    leeds = next(row for row in rows_of(client, f"{METRIC}/figures.csv?authority=leeds") if row["authority"] == "LEEDS")
    assert (leeds["range_from"], leeds["range_to"]) == ("", ""), "a year before one council had no figure"
    assert (leeds["share_higher_from"], leeds["share_higher_to"]) == ("0.7272727272727273", "0.8")


@pytest.mark.slow
def test_every_place_in_any_file_has_its_range() -> None:
    """Over the period before, in groups that are large enough for a place to mean something."""
    client, store = Client(), make_turning_store()
    current.current_store.serve_only(store)
    files = [a for found in example_addresses(store, is_page=False).values() for a in found if ending_of(a) == "csv"]
    rows = [row for file in files if (answer := client.get(file)).status_code == 200 and b"place_from" in answer.content
            for row in rows_of(client, file)]  # fmt: skip
    current.current_store.serve_only(None)
    placed = [row for row in rows if row["place_from"] and int(row["group_n"]) >= MINIMUM_FOR_BANDS]
    assert len({row["group"] for row in placed}) > 1
    without = [row for row in placed if not row["share_higher_from"] and row["period"] != "2016-17"]
    assert not [(row["metric"], row["authority"], row["period"], row["group"]) for row in without]
    assert all(int(row["range_from"]) <= int(row["place_from"]) for row in placed if row["range_from"])


def test_a_missing_figure_stays_with_its_reason(client: Client) -> None:
    rows = rows_of(client, f"{METRIC}/figures.csv?group=type:metropolitan-district&period=2020-21")
    bradford = next(row for row in rows if row["authority"] == "BRADFO")
    assert bradford["value"] == bradford["place_from"] == bradford["beside_middle"] == ""
    assert bradford["why_missing"] == "Held back by the publisher because the numbers are small."


def test_a_figure_that_is_not_compared_says_why(client: Client) -> None:
    rows = rows_of(client, "/compare/figures.csv?authority=york&authority=leeds")
    york = next(row for row in rows if row["authority"] == "YORK")
    assert york["value"] == "43.9"
    assert york["why_not_compared"].startswith("We do not compare this figure")


def test_groups_without_a_council_give_middles_and_name_nobody(client: Client) -> None:
    rows = rows_of(client, f"/compare/figures.csv?group=england&metric={METRIC.rpartition('/')[2]}")
    assert "authority" not in rows[0]
    assert [(row["group_n"], row["group_middle"]) for row in rows] == [("15", "43.0")]


def test_published_limits_say_what_may_be_chance(client: Client) -> None:
    rows = rows_of(client, "/metrics/quality-of-life/figures.csv?group=england")
    assert {row["beside_middle_from"] for row in rows if row["value"]} == {"published"}
    assert {row["beside_middle"] for row in rows} >= {"higher", "similar", "lower"}


def test_every_period_has_every_period(client: Client) -> None:
    rows = rows_of(client, f"{METRIC}/every-period.csv")
    assert [row["period"] for row in rows] == sorted(row["period"] for row in rows)
    assert {row["period"] for row in rows} == {"2019-20", "2020-21", "2021-22"}


def test_the_choices_of_an_address_hold_for_its_file(client: Client) -> None:
    region = rows_of(client, "/authorities/leeds/figures.csv?group=region")
    assert {row["group"] for row in region} == {"councils in Yorkshire and The Humber"}
    assert {row["authority"] for row in region} == {"LEEDS"}


def test_who_changed_is_by_name_and_tells_of_everybody(client: Client) -> None:
    rows = rows_of(client, f"{METRIC}/changed.csv?authority=leeds")
    names = [row["authority_name"] for row in rows]
    assert names == sorted(names)
    assert len(names) == 12
    assert {row["change"] for row in rows} <= {"rising", "falling", "no-clear-change", "cannot-say"}
    assert all(row["change_reason"] for row in rows)


def test_a_map_says_of_each_council_how_it_is_drawn(client: Client) -> None:
    rows = rows_of(client, f"{METRIC}/map/areas.csv?group=type:metropolitan-district&period=2020-21")
    tones = {row["authority"]: row["tone"] for row in rows}
    assert tones["BRADFO"] == "missing"
    assert tones["KIRKLE"] == "lowest"
    assert [row["authority_name"] for row in rows] == sorted(row["authority_name"] for row in rows)


def test_a_claim_travels_with_its_answer_and_numbers(client: Client) -> None:
    metric = METRIC.rpartition("/")[2]
    (row,) = rows_of(client, f"/claims/claim.csv?authority=leeds&metric={metric}&claim=highest")
    assert (row["claim"], row["means"], row["answer"], row["tied"]) == ("highest", "highest", "false", "1")
    assert "Its place is 9th of 12" in row["why"]


def test_questions_say_which_stand_on_the_page(client: Client) -> None:
    (row,) = rows_of(client, "/authorities/leeds/questions/waste/questions.csv")
    assert row["is_on_the_page"] == "yes"
    assert row["question"].endswith("?")
    assert "38.2%" in row["says"]


def test_signs_are_of_one_council_and_carry_their_record(client: Client) -> None:
    rows = rows_of(client, "/authorities/leeds/early-warning/signs.csv")
    assert {row["lens"] for row in rows} <= {"debt-and-commercial", "resilience", "governance"}
    assert all(row["record"] and row["harmless"] for row in rows)
    assert not {"rank", "score", "place"} & set(rows[0])


def test_the_workbook_carries_limits_sources_and_citation(client: Client) -> None:
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{METRIC}/figures.xlsx?authority=leeds").content))
    cover = " ".join(str(row[0].value) for row in book["Cover"])
    for said in (
        "http://testserver/metrics/household-waste-recycling-rate?authority=leeds",
        "Build",
        "Rows: 12.",
        "Licence: Open Government Licence v3.0",
        "Attribution: Contains made-up information.",
    ):
        assert said in cover
    notes = " ".join(str(cell.value) for row in book["Notes"] for cell in row)
    assert "It cannot say why." in notes
    sources = [[cell.value for cell in row] for row in book["Sources"]]
    assert sources[1][0] == "Office for Examples"
    assert sources[1][-2:] == ["Open Government Licence v3.0", "Contains made-up information."]
    figures = list(book["Data"].iter_rows(values_only=True))
    as_csv = rows_of(client, f"{METRIC}/figures.csv?authority=leeds")
    assert [[told(value) for value in row] for row in figures[1:]] == [list(map(told, row.values())) for row in as_csv]


def told(value: object) -> object:
    """A cell as either kind of file has it: Excel writes 43.0 as 43, and a CSV knows only text."""
    text = "" if value is None else str(value)
    return round(float(text), 12) if re.fullmatch(r"-?\d+(\.\d+)?", text) else text


@pytest.mark.parametrize("text", ["=1+1", "+44", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_text_is_run_as_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_numbers_and_plain_words_stay() -> None:
    assert [harmless(value) for value in (-2.5, 3, None, "Leeds")] == [-2.5, 3, None, "Leeds"]


def test_each_column_has_a_name_of_its_own_and_a_meaning() -> None:
    names = [field.name for field in FIELDS]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9_]+", name) for name in names)
    assert all(len(field.meaning) > 6 for field in (*FIGURE_FIELDS, *ORIGIN_FIELDS))


def test_a_picture_says_in_words_what_it_shows(client: Client) -> None:
    svg = etree.fromstring(client.get(f"{METRIC}/spread.svg?authority=leeds").content)
    words = {element.tag.rpartition("}")[2]: element.text for element in svg if isinstance(element.tag, str)}
    assert words["title"].startswith("Household waste recycling rate, Leeds and metropolitan districts, 2021-22")
    assert words["desc"].startswith("Leeds, 2021-22: 38.2% among 12 metropolitan districts")
    assert "var(" not in words["style"]
    lettering = " ".join("".join(element.itertext()) for element in svg.iter("{*}text"))
    for told_ in ("What it cannot say", "Contains made-up information.", "Build", "http://testserver/metrics/"):
        assert told_ in lettering


def test_a_map_as_a_picture_has_its_key_and_whole_links(client: Client) -> None:
    svg = etree.fromstring(client.get(f"{METRIC}/map/hexagons.svg").content)
    lettering = " ".join("".join(element.itertext()) for element in svg.iter("{*}text"))
    assert "Lowest fifth: 28.0% to" in lettering
    links = [element.get("href") for element in svg.iter("{*}a")]
    assert all(link.startswith("http://testserver/") for link in links)
    patterns = {element.get("id") for element in svg.iter("{*}pattern")}
    fills = {element.get("fill")[5:-1] for element in svg.iter() if (element.get("fill") or "").startswith("url(#")}
    assert fills
    assert fills <= patterns


def test_a_picture_in_pixels_is_whole_and_described(client: Client) -> None:
    png = client.get(f"{METRIC}/history.png?authority=leeds").content
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, at = {}, 8
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + size]
        assert zlib.crc32(kind + body) == struct.unpack(">I", png[at + 8 + size : at + 12 + size])[0]
        chunks[kind], at = body, at + 12 + size
    assert struct.unpack(">II", chunks[b"IHDR"][:8])[0] == 2 * (640 + 32)
    assert b"the middle figure of metropolitan districts went from" in chunks[b"iTXt"]
