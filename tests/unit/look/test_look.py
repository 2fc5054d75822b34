"""The look's promises, from its sources: contrast of every role, no address and no GOV.UK colour, one mark."""

import gzip
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
WEB = ROOT / "src/moothall/web"
TOKENS = (ROOT / "assets/scss/_tokens.scss").read_text()
ROLES = {name: (light, dark) for name, light, dark in re.findall(r'"([\w-]+)": \((#\w{6}), (#\w{6})\)', TOKENS)}
TEXT = ["ink", "muted", "accent", "accent-dark", "visited", "caution", "draft", "error"]
MARKS = ["edge", "chart-self", "chart-peers", "chart-second", "chart-third", "chart-rest"]
GOVUK_ONLY = ["GDS Transport", "#1d70b8", "#0f7a52"]
LARGEST_STYLESHEET = 20_000
"""Bytes of gzip: 25 kB is the budget for all styles of a page."""


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.2, definition of relative luminance)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_the_guideline_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("role", "ground", "least"),
    [(role, ground, 4.5) for role in TEXT for ground in ("paper", "quiet")] + [(role, "paper", 3) for role in MARKS],
)
def test_every_role_stands_out_on_its_ground(role: str, ground: str, least: float, scheme: int) -> None:
    assert contrast(ROLES[role][scheme], ROLES[ground][scheme]) >= least


def test_the_stylesheet_is_ours_and_small() -> None:
    css = (WEB / "static/built/moothall.css").read_text()
    assert "url(" not in css
    assert not [sign for sign in GOVUK_ONLY if sign in css]
    assert len(gzip.compress(css.encode())) < LARGEST_STYLESHEET


def test_the_mark_is_one_drawing_wherever_it_stands() -> None:
    files = ["static/logo.svg", "static/favicon.svg", "templates/components/mark.html"]
    found = [re.search(r' d="([^"]+)"', (WEB / file).read_text()) for file in files]
    assert all(found)
    assert len({match.group(1) for match in found if match}) == 1
