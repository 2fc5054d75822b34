"""The pages of a council as its figures stood at the end of an earlier year, in an address that says so."""

import csv
import io
import re

import pytest
from django.test import Client

UP_TO = "up-to=2021-03-31"


def row_of(html: str, title: str) -> str:
    start = html.index(f">{title}</a>")
    return html[start : html.index("</li>", start)]


@pytest.mark.parametrize(
    ("page", "said"),
    [("/authorities/leeds", True), ("/authorities/leeds/themes/waste", False)],
)
def test_rows_end_with_the_last_period_that_had_ended(client: Client, page: str, said: bool) -> None:
    newest, then = (client.get(f"{page}{query}").content.decode() for query in ("", f"?{UP_TO}"))
    rows = [row_of(html, "Household waste recycling rate") for html in (newest, then)]
    assert ["2021-22" in row for row in rows] == [True, False]
    assert "<span>2020-21</span>" in rows[1]
    assert "period=2020-21" in then
    assert "figures up to 31 March 2021 - Moothall</title>" in then
    assert '<option value="2021-03-31" selected>31 March 2021</option>' in then
    assert ("Figures up to 31 March 2021." in then) is said


def test_what_rests_on_the_newest_figures_is_left_out_and_says_so(client: Client) -> None:
    html = client.get(f"/authorities/leeds?{UP_TO}").content.decode()
    assert 'id="standing-out"' not in html
    assert "What stands out and whom to learn from are worked out for the newest figures only" in html
    assert 'id="standing-out"' in client.get("/authorities/leeds").content.decode()


def test_its_file_has_the_same_periods(client: Client) -> None:
    text = client.get(f"/authorities/leeds/figures.csv?{UP_TO}").content.decode("utf-8-sig")
    periods = {row["period"] for row in csv.DictReader(io.StringIO(text))}
    assert periods
    assert not [period for period in periods if period >= "2021-22"]


def test_the_group_is_kept_beside_it_and_a_wrong_day_is_refused(client: Client) -> None:
    html = client.get(f"/authorities/leeds?group=england&{UP_TO}").content.decode()
    assert re.search(r"<title>Leeds[^<]*, beside all of England, figures up to 31 March 2021 - ", html)
    assert client.get("/authorities/leeds?up-to=soon").status_code == 400


def test_before_all_figures_there_is_nothing_to_compare(client: Client) -> None:
    response = client.get("/authorities/leeds?up-to=1990-03-31")
    assert response.status_code == 200
    assert "Nothing to compare yet" in response.content.decode()
