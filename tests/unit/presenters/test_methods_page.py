"""Markdown of docs/methodology as a page in our look."""

from moothall.presenters.provenance.methods_page import make_method_page, make_methods_page

TEXT = """# Position

<!-- Made by a program. -->

See [groups](comparator-groups.md) and <b>this</b>.

## The middle

| Why | n |
| --- | --- |
| One | 1 |
"""


def test_the_first_heading_is_the_title_and_is_not_repeated() -> None:
    page = make_method_page("position", TEXT)
    assert page.title == "Position"
    assert "<h1" not in page.body
    assert "Made by a program" not in page.body


def test_links_between_pages_become_addresses_and_raw_html_is_only_shown() -> None:
    body = make_method_page("position", TEXT).body
    assert 'href="/methods/comparator-groups"' in body
    assert "&lt;b&gt;" in body


def test_tables_scroll_in_boxes_with_names_of_their_own() -> None:
    body = make_method_page("position", TEXT + TEXT).body
    assert body.count('aria-label="Table 1"') == 1
    assert body.count('aria-label="Table 2"') == 1


def test_the_overview_names_each_page_and_the_numbers_of_the_code() -> None:
    page = make_methods_page({"position": TEXT, "no-title": "text"})
    assert [link.text for link in page.pages] == ["Position", "No title"]
    rules = dict(page.rules)
    assert "fewer than 3 figures" in rules["The middle"]
    assert "fewer than 10 figures" in rules["Lower or higher than most"]
