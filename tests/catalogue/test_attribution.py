"""Whoever's figures we ship is named with the licence, on the page for people who reuse them."""

from pathlib import Path

import pytest

from tests.support.real import real_catalogue

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_every_source_stands_under_its_licence() -> None:
    text = (ROOT / "ATTRIBUTION.md").read_text()
    crown, others = text.split("## Creative Commons Attribution 4.0 International")
    commons, plain = others.split("## MIT licence")
    part = {"OGL-UK-3.0": crown, "CC-BY-4.0": commons, "MIT": plain}
    for definition in real_catalogue().sources.values():
        source = definition.source
        row = [line for line in part[source.licence.id].splitlines() if line.startswith(f"| {source.publisher} |")]
        assert any(source.title in line for line in row), f"{source.id} is missing from ATTRIBUTION.md"
