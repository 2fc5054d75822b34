"""The page of components shows every component that there is, so that a new one cannot dodge it."""

import re
from pathlib import Path

import pytest
from django.test import Client

TEMPLATES = Path(__file__).resolve().parents[2] / "src" / "moothall" / "web" / "templates"
PAGE = (TEMPLATES / "pages" / "components.html").read_text(encoding="utf-8")
MACRO = re.compile(r"{% macro (\w+)\(")


def macros() -> list[tuple[str, str]]:
    """(file, macro) of every component."""
    files = (TEMPLATES / "components").glob("*.html")
    found = {path.name: MACRO.findall(path.read_text(encoding="utf-8")) for path in files}
    return [(file, name) for file, names in sorted(found.items()) for name in names]


def shown(name: str) -> bool:
    """True where the page calls it, or calls another component that does."""
    files = [PAGE, *(path.read_text(encoding="utf-8") for path in (TEMPLATES / "components").glob("*.html"))]
    called = {inner for text in files for inner in re.findall(r"\b(\w+)\(", text)}
    return name in called


@pytest.mark.parametrize(("file", "name"), macros())
def test_every_component_is_on_the_page(file: str, name: str) -> None:
    assert f'"components/{file}"' in PAGE
    assert shown(name)


def test_a_component_that_nothing_shows_is_noticed() -> None:
    assert not shown("a_component_that_nobody_wrote")


def test_each_state_of_a_metric_row_is_there(client: Client) -> None:
    html = client.get("/about/components").content.decode()
    for part in (
        "metric-row__refusal",
        "metric-row__value--missing",
        "provisional",
        "strip-peers",
        "spark-provisional",
    ):
        assert part in html
    assert html.count('class="metric-row"') == 7
