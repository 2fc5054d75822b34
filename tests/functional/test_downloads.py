"""What can be taken away from a page: the same figures as on it, with their limits, in files that programs can read."""

import csv
import io
import re
import struct
import zlib

import openpyxl
import pytest
from django.test import Client
from lxml import etree

from moothall.presenters.downloads.csv_file import harmless
from moothall.presenters.downloads.dataset import FIELDS
from moothall.web.urls import example_addresses
from tests.functional.conftest import make_example_store

METRIC = "/metrics/household-waste-recycling-rate"
FILES = [a for found in example_addresses(make_example_store(), is_page=False).values() for a in found]
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml",
    "png": "image/png",
}


def rows_of(client: Client, address: str) -> list[dict[str, str]]:
    text = client.get(address).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("address", [a for a in FILES if a.partition("?")[0].rpartition(".")[2] in KINDS])
def test_every_file_answers_as_what_it_is(client: Client, address: str) -> None:
    ending = address.partition("?")[0].rpartition(".")[2]
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == KINDS[ending]
    assert re.fullmatch(rf'attachment; filename="[a-z0-9-]+\.{ending}"', response.headers["Content-Disposition"])


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"{METRIC}/figures.doc", 404),
        (f"{METRIC}/figures.svg", 404),
        (f"{METRIC}/spread.csv", 404),
        ("/metrics/fly-tipping/figures.csv", 404),
        ("/metrics/fly-tipping/every-period.csv", 404),
        ("/metrics/fly-tipping/spread.svg", 404),
        ("/metrics/nothing/figures.csv", 404),
        (f"{METRIC}/figures.csv?group=moon", 400),
        (f"{METRIC}/figures.csv?period=1066", 400),
        ("/authorities/atlantis/figures.csv", 404),
        ("/authorities/leeds/themes/nothing/figures.csv", 404),
    ],
)
def test_a_file_that_does_not_exist_has_a_page_that_says_so(client: Client, address: str, status: int) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert "<h1" in response.content.decode()


def test_the_files_of_a_page_are_linked_with_its_choices(client: Client) -> None:
    html = client.get(f"{METRIC}?authority=leeds&period=2020-21").content.decode()
    files = re.findall(r'<a href="([^"]+)" download>', html)
    assert f"{METRIC}/figures.csv?authority=leeds&amp;period=2020-21" in files
    assert {file.partition("?")[0].rpartition(".")[2] for file in files} == set(KINDS)
    assert all(client.get(file.replace("&amp;", "&")).status_code == 200 for file in files)


def test_a_metric_that_awaits_its_figures_offers_no_file(client: Client) -> None:
    assert " download>" not in client.get("/metrics/fly-tipping").content.decode()


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


def test_a_missing_figure_stays_with_its_reason(client: Client) -> None:
    rows = rows_of(client, f"{METRIC}/figures.csv?group=type:metropolitan-district&period=2020-21")
    bradford = next(row for row in rows if row["authority"] == "BRADFO")
    assert bradford["value"] == bradford["place_from"] == ""
    assert bradford["why_missing"] == "Held back by the publisher because the numbers are small."


def test_a_figure_that_is_not_compared_says_why(client: Client) -> None:
    rows = rows_of(client, "/compare/figures.csv?authority=york&authority=leeds")
    york = next(row for row in rows if row["authority"] == "YORK")
    assert york["value"] == "43.9"
    assert york["why_not_compared"].startswith("We do not compare this figure")


def test_every_period_has_every_period(client: Client) -> None:
    rows = rows_of(client, f"{METRIC}/every-period.csv")
    assert [row["period"] for row in rows] == sorted(row["period"] for row in rows)
    assert {row["period"] for row in rows} == {"2019-20", "2020-21", "2021-22"}


def test_the_choices_of_an_address_hold_for_its_file(client: Client) -> None:
    region = rows_of(client, "/authorities/leeds/figures.csv?group=region")
    assert {row["group"] for row in region} == {"councils in Yorkshire and The Humber"}
    assert {row["authority"] for row in region} == {"LEEDS"}


def test_the_workbook_carries_limits_sources_and_citation(client: Client) -> None:
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{METRIC}/figures.xlsx?authority=leeds").content))
    assert book.sheetnames == ["Cover", "Figures", "Columns", "Notes", "Sources"]
    cover = " ".join(str(row[0].value) for row in book["Cover"])
    assert "http://testserver/metrics/household-waste-recycling-rate?authority=leeds" in cover
    assert "Build" in cover
    notes = " ".join(str(cell.value) for row in book["Notes"] for cell in row)
    assert "It cannot say why." in notes
    sources = [[cell.value for cell in row] for row in book["Sources"]]
    assert sources[1][0] == "Office for Examples"
    assert sources[1][-2:] == ["Open Government Licence v3.0", "Contains made-up information."]
    figures = list(book["Figures"].iter_rows(values_only=True))
    as_csv = rows_of(client, f"{METRIC}/figures.csv?authority=leeds")
    assert [[told(value) for value in row] for row in figures[1:]] == [list(map(told, row.values())) for row in as_csv]
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]


def told(value: object) -> object:
    """A cell as either kind of file has it: Excel writes 43.0 as 43, and a CSV knows only text."""
    text = "" if value is None else str(value)
    return float(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else text


@pytest.mark.parametrize("text", ["=1+1", "+44", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_text_is_run_as_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_numbers_and_plain_words_stay() -> None:
    assert [harmless(value) for value in (-2.5, 3, None, "Leeds")] == [-2.5, 3, None, "Leeds"]


def test_a_picture_says_in_words_what_it_shows(client: Client) -> None:
    svg = etree.fromstring(client.get(f"{METRIC}/spread.svg?authority=leeds").content)
    words = {element.tag.rpartition("}")[2]: element.text for element in svg if isinstance(element.tag, str)}
    assert words["title"].startswith("Household waste recycling rate, Leeds and metropolitan districts, 2021-22")
    assert words["desc"].startswith("Leeds, 2021-22: 38.2% among 12 metropolitan districts")
    assert "var(" not in words["style"]
    lettering = " ".join("".join(element.itertext()) for element in svg.iter("{*}text"))
    for told in ("What it cannot say", "Contains made-up information.", "Build", "http://testserver/metrics/"):
        assert told in lettering


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
