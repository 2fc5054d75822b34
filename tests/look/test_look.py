"""Twelve pages at three widths look as they did when somebody last looked at them.

A page that was meant to change: `python -m tests.look.renew PAGE`, look at the new picture, commit it.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.look.pages import FOLDER, SHOTS, Shot, example_site, take
from tests.look.pictures import compare, draw_difference, read_png, write_png

MOST_BYTES = 1_500_000


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The made-up site."""
    with example_site() as address:
        yield address


def fault_of(browser: Browser, site: str, shot: Shot, aside: Path) -> str:
    """How a page differs from its picture, and where the two can be looked at; "" where it does not."""
    fresh, kept = take(browser, site, shot), read_png(shot.file.read_bytes())
    found = compare(kept, fresh)
    if not found.is_seen:
        return ""
    new, marked = aside / shot.file.name, aside / f"{shot.file.stem}-difference.png"
    new.write_bytes(write_png(fresh))
    marked.write_bytes(write_png(draw_difference(kept, fresh, found)))
    return f"{shot.name} at {shot.width} px: {found.share:.1%} of it looks otherwise; see {new} and {marked}"


@pytest.mark.browser
@pytest.mark.parametrize("name", sorted({shot.name for shot in SHOTS}))
def test_a_page_looks_as_it_did(
    browser: Browser, site: str, tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    aside = tmp_path_factory.mktemp("look")
    faults = [fault_of(browser, site, shot, aside) for shot in SHOTS if shot.name == name]
    assert not any(faults), "\n".join(filter(None, faults))


@pytest.mark.browser
def test_a_changed_page_is_noticed(browser: Browser, site: str, tmp_path: Path) -> None:
    """The picture of another page in place of its own: the test above can fail, and says where to look."""
    shot = SHOTS[0]
    other = Shot("metric", shot.width)
    fresh, kept = take(browser, site, shot), read_png(other.file.read_bytes())
    assert compare(kept, fresh).is_seen


def test_the_pictures_are_all_there_and_small() -> None:
    kept = sorted(FOLDER.glob("*.png"))
    assert kept == sorted(shot.file for shot in SHOTS)
    assert sum(file.stat().st_size for file in kept) < MOST_BYTES
