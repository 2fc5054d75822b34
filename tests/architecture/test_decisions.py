"""Each decision in docs/adr has a number of its own, and its heading says the same one."""

import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "adr"


def test_decisions_are_numbered_without_gap_or_double() -> None:
    named = [int(path.name[:4]) for path in sorted(FOLDER.glob("*.md"))]
    assert named == list(range(1, len(named) + 1))


def test_a_heading_has_the_number_of_its_file() -> None:
    for path in FOLDER.glob("*.md"):
        heading = re.match(r"# (\d+)\. \S", path.read_text(encoding="utf-8"))
        assert heading, path.name
        assert int(heading[1]) == int(path.name[:4])
