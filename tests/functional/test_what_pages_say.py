"""What single pages say, read off the made-up figures of conftest.py."""

import re

import pytest
from django.test import Client


def words_of(client: Client, address: str) -> str:
    """The text of a page's main part, with labels of drawings, on one line."""
    html = client.get(address).content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    labels = " ".join(re.findall(r'aria-label="([^"]*)"', main))
    text = re.sub(r"<[^>]+>", " ", main) + " " + labels
    return re.sub(r"\s+", " ", text.replace("&#39;", "'").replace("&quot;", '"'))


def group_table_of(html: str) -> str:
    """The table of a metric's page that lists its group."""
    start = html.index('id="group-table"')
    return html[start : html.index("</table>", start)]


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/authorities/bradford?group=same-type", "Lower than most metropolitan districts"),
        ("/authorities/leeds", "38.2% 2021-22 (provisional)"),
        (
            "/authorities/leeds?group=same-type",
            "among 12 metropolitan districts, from 28.5% to 52.0%, middle figure 43.95%.",
        ),
        ("/authorities/leeds", "Runs: waste collection and adult social care"),
        ("/authorities/leeds?group=region", "among 10 councils in Yorkshire and The Humber"),
        ("/authorities/leeds?group=england", "among 15 councils in England"),
        ("/authorities/bradford", "Bradford: from 38.0% (2019-20) to 36.0% (2021-22)."),
        ("/authorities/burnley", "Lancashire Council runs here: adult social care"),
        ("/authorities/burnley", "Adult social care: Lancashire Council runs it here: 1 metric"),
        ("/authorities/burnley", "a group of 2 is too small for a middle figure (2021-22)."),
        ("/authorities/leeds", "What stands out among"),
        ("/authorities/leeds", "Whom to learn from"),
        ("/authorities/leeds", "Too coarse to say how it changed"),
        ("/authorities/allerdale", "This council ended on 31 March 2023."),
        ("/authorities/allerdale", "Cumberland Council took over"),
        ("/authorities/cumberland", "Allerdale Council until 31 March 2023"),
        ("/authorities/cumbria", "Councils in its area: 1"),
        ("/metrics/quality-of-life?authority=leeds&group=england", "the highest figure first"),
        (
            "/metrics/quality-of-life?authority=bradford&group=england",
            "95% limits both lie below the middle figure. The gap is more than chance.",
        ),
        (
            "/metrics/household-waste-recycling-rate?authority=leeds",
            "2021-22: 12 of 12 metropolitan districts have a figure.",
        ),
        ("/metrics/household-waste-recycling-rate?authority=bradford&period=2020-21", "Held back by the publisher"),
        ("/metrics/household-waste-recycling-rate?authority=leeds&group=type:county", "not one of the group"),
        ("/metrics/fly-tipping", "The ministry has not published it."),
        ("/metrics", "Fly tipping awaiting data"),
        ("/compare?authority=leeds&authority=burnley", "does not run: adult social care"),
        ("/compare?authority=leeds&authority=burnley", "Middle of metropolitan districts"),
        ("/compare?authority=leeds&authority=cumberland", "did not act on the last day of 2021-22"),
        ("/trail/household-waste-recycling-rate/leeds/2021-22", "December 2022"),
        ("/trail/household-waste-recycling-rate/leeds/2021-22", "ab" * 32),
        ("/trail/household-waste-recycling-rate/leeds/2021-22", "Row 7"),
        ("/trail/household-waste-recycling-rate/leeds/2021-22", "Made-up figures 2021 1.0% published December 2021"),
        ("/trail/household-waste-recycling-rate/bradford/2020-21", "No figure: Held back by the publisher"),
        ("/sources/made-up", "2 rows: area is not a council"),
        ("/metrics/household-waste-recycling-rate?as-of=2024-06-30", "As it was known on 30 June 2024."),
        ("/metrics/household-waste-recycling-rate?as-of=", "As known on (optional)"),
        ("/metrics/quality-of-life?boundaries=now", "On the boundaries of"),
        ("/authorities/leeds/themes/waste?as-of=2024-06-30", "As it was known on 30 June 2024."),
        ("/trail/household-waste-recycling-rate/leeds/2021-22?as-of=2024-06-30", "As it was known on 30 June 2024."),
        ("/sources/made-up", "figures that we use stand in two successive releases"),
        ("/sources/made-up/revisions", "Revisions of A made-up publication"),
        ("/sources/awaited/revisions", "so there is nothing to compare."),
        ("/sources/awaited", "None so far."),
        ("/search?q=brunle", "Also known as Brunlea"),
        ("/search?q=allerdal", "Ended on 31 March 2023. Cumberland Council took over."),
        ("/search?q=qqqq zzzz", "Nothing here is called"),
        ("/methods", "With fewer than 10 figures we do not say."),
    ],
)
def test_a_page_says(client: Client, address: str, sentence: str) -> None:
    response = client.get(address, follow=True)
    assert sentence in words_of(client, response.request["PATH_INFO"] + "?" + response.request["QUERY_STRING"])


def test_nothing_is_better_or_worse_without_polarity_or_limits(client: Client) -> None:
    rows = words_of(client, "/authorities/leeds")
    assert "Better than" not in rows
    assert "Worse than" not in rows


def test_the_group_table_is_by_name_never_by_rank(client: Client) -> None:
    html = client.get("/metrics/household-waste-recycling-rate?group=type:metropolitan-district").content.decode()
    table = group_table_of(html)
    names = re.findall(r'<th scope="row"[^>]*><a [^>]*>([^<]+)', table)
    assert len(names) == 12
    assert names == sorted(names)
    assert re.findall(r'aria-sort="(\w+)">([^<]*)', table) == [("ascending", "Council")]


def test_types_are_never_mixed_unless_england_or_a_region_is_chosen(client: Client) -> None:
    html = client.get("/metrics/household-waste-recycling-rate?authority=leeds").content.decode()
    table = group_table_of(html)
    assert "Leeds" in table
    assert "York" not in table


def test_what_it_cannot_say_stands_above_any_drawing(client: Client) -> None:
    html = client.get("/metrics/household-waste-recycling-rate?group=england").content.decode()
    assert html.index("cannot say") < html.index("<svg", html.index("<main"))


def test_an_exact_name_leads_straight_to_its_page(client: Client) -> None:
    response = client.get("/search?q=Sheffield")
    assert (response.status_code, response.headers["Location"]) == (302, "/authorities/sheffield")


ORDER = (
    "Leeds Council",
    "What stands out among",
    "Waste",
    "Whom to learn from",
    "Questions worth asking",
    "What we cannot",
)


def test_a_council_is_told_in_the_order_in_which_readers_ask(client: Client) -> None:
    html = client.get("/authorities/leeds").content.decode()
    headings = re.findall(r"<h[12][^>]*>([^<]*)", html[html.index("<main") :])
    places = [next(n for n, heading in enumerate(headings) if heading.startswith(words)) for words in ORDER]
    assert places == sorted(places)
    assert [*headings[places[-1] + 1 :]] == ["Take these figures with you", "About this site"]


def test_a_metric_row_has_at_most_fifteen_nodes(client: Client) -> None:
    html = re.sub(
        r'<div class="reply">.*?</div>', "", client.get("/authorities/leeds").content.decode(), flags=re.DOTALL
    )
    for row in re.findall(r'<li class="metric-row".*?</li>', html, re.DOTALL):
        assert len(re.findall(r"<[a-z]", row)) <= 15


def test_figures_of_a_service_that_a_council_does_not_run_are_not_rows_of_its_page(client: Client) -> None:
    html = client.get("/authorities/burnley").content.decode()
    assert "Quality of life" not in html[: html.index('id="cannot-say"')].split("<main")[1]
