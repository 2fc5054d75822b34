"""A journalist who looks for a ranking gets the reason why there is none, whatever they try."""

import csv
import io

import openpyxl
import pytest
from django.test import Client

from moothall.presenters.addresses import ATTEMPTED_PATHS, NO_RANKING
from moothall.presenters.downloads.fields import FIELDS
from moothall.presenters.downloads.lists import PEER_FIELDS, SIGN_FIELDS
from moothall.web.download_table import DOWNLOADS
from moothall.web.no_ranking import ATTEMPTED_CHOICES

METRIC = "household-waste-recycling-rate"
PAGES = (
    "/",
    "/authorities",
    f"/metrics/{METRIC}",
    f"/metrics/{METRIC}/map",
    f"/metrics/{METRIC}/figures.csv",
    f"/metrics/{METRIC}/figures.xlsx",
    "/compare",
    "/compare/figures.csv",
    "/authorities/leeds",
    "/authorities/leeds/early-warning",
    "/authorities/leeds/early-warning/signs.csv",
    "/early-warning/resilience",
)


@pytest.mark.parametrize("path", [f"/{path}" for path in ATTEMPTED_PATHS])
def test_an_address_of_a_ranking(client: Client, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers["Location"]) == (302, NO_RANKING)


@pytest.mark.parametrize("choice", sorted(ATTEMPTED_CHOICES))
@pytest.mark.parametrize("page", PAGES)
def test_an_order_asked_of_any_page(client: Client, page: str, choice: str) -> None:
    response = client.get(page, {choice: "value"})
    assert (response.status_code, response.headers["Location"]) == (302, NO_RANKING)


def test_the_page_that_explains(client: Client) -> None:
    html = client.get(NO_RANKING).content.decode()
    assert "Councils do not run the same services" in html
    assert 'href="/authorities"' in html


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("group", ["england", "type:metropolitan-district"])
def test_a_file_of_all_councils_is_of_one_metric_and_by_name(client: Client, ending: str, group: str) -> None:
    rows = rows_of(client.get(f"/metrics/{METRIC}/figures.{ending}?group={group}").content, ending)
    assert {row["metric"] for row in rows} == {METRIC}
    names = [row["authority_name"] for row in rows]
    assert names == sorted(names)


def test_a_comparison_of_everybody_names_nobody(client: Client) -> None:
    rows = rows_of(client.get("/compare/figures.csv?group=england&theme=waste").content, "csv")
    assert rows
    assert not {"authority", "authority_name", "place_from", "score", "rank"} & set(rows[0])


def test_a_comparison_of_too_many_is_refused_with_a_sentence(client: Client) -> None:
    many = "&".join(f"authority={slug}" for slug in ("leeds", "bradford", "kirklees", "calderdale", "wakefield", "york",
                                                     "bury", "bolton", "oldham"))  # fmt: skip
    for page in ("/compare", "/compare/figures.csv", "/compare/figures.xlsx"):
        response = client.get(f"{page}?{many}")
        assert response.status_code == 400
        assert "8 times is the most" in response.content.decode()


def test_no_file_holds_the_signs_of_several_councils_or_a_score() -> None:
    """By the table of downloads: files of all councils are of one metric; signs are of one council."""
    of_one_council = {"authority", "authority-theme", "questions", "similar", "trails", "authority-signs",
                      "authority-outcome", "conversation-pack", "compare", "claims"}  # fmt: skip
    of_one_metric = {"metric", "metric-map"}
    of_no_council = {"outcomes", "outcome", "gaps", "quality", "theme-quality", "revisions", "flags", "actions"}
    assert {one.page for one in DOWNLOADS} <= of_one_council | of_one_metric | of_no_council
    columns = {field.name for fields in (FIELDS, SIGN_FIELDS, PEER_FIELDS) for field in fields}
    assert not [name for name in columns if "score" in name or "index" in name or "composite" in name]


def rows_of(content: bytes, ending: str) -> list[dict[str, object]]:
    """The rows of a file by the names of its columns."""
    if ending == "csv":
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))  # type: ignore[arg-type]
    heads, *rows = openpyxl.load_workbook(io.BytesIO(content))["Data"].iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]
