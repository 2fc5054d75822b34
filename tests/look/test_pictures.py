"""The comparison of pictures: blind to lettering drawn a little otherwise, awake to a block that moved."""

from collections.abc import Callable

import numpy as np
import pytest

from tests.look.pictures import BLOCK, Pixels, compare, draw_difference, read_png, write_png


def make_page(height: int = 240, width: int = 180) -> Pixels:
    """A page of grey lines of text, a heading and a coloured block, drawn by a seeded hand."""
    rng = np.random.default_rng(7)
    page = np.full((height, width, 3), 255, dtype=np.uint8)
    for top in range(20, height - 60, 6):
        page[top : top + 3, 10 : width - 20] = rng.integers(120, 250, (3, width - 30, 1), dtype=np.uint8)
    page[6:12, 10:90] = 40
    page[height - 50 : height - 20, 20:80] = (29, 112, 90)
    return page


def test_a_page_is_like_itself() -> None:
    assert compare(make_page(), make_page()).share == 0


@pytest.mark.parametrize("by", [(0, 1), (1, 0), (-1, 1)])
def test_a_hair_beside_its_place_is_not_seen(by: tuple[int, int]) -> None:
    moved = np.roll(make_page(), by, axis=(0, 1))
    assert not compare(make_page(), moved).is_seen


def test_lettering_drawn_otherwise_is_not_seen() -> None:
    noise = np.random.default_rng(8).integers(-18, 19, make_page().shape)
    drawn = np.clip(make_page().astype(int) + noise, 0, 255).astype(np.uint8)
    assert not compare(make_page(), drawn).is_seen


def test_a_moved_block_is_seen_and_shown() -> None:
    moved, page = make_page(), make_page()
    moved[190:220, 20:80] = 255
    moved[190:220, 40:100] = page[190:220, 20:80]
    found = compare(page, moved)
    assert found.is_seen
    shown = draw_difference(page, moved, found)
    rows, columns = np.nonzero(found.blocks)
    assert (rows * BLOCK >= 186).all()
    assert shown[rows[0] * BLOCK, columns[0] * BLOCK].tolist() != moved[rows[0] * BLOCK, columns[0] * BLOCK].tolist()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda page: page[:-24],
        lambda page: np.vstack([page[:40], np.full((16, page.shape[1], 3), 255, dtype=np.uint8), page[40:]]),
        lambda page: np.where(page == 40, np.uint8(200), page),
        lambda page: page[:, ::-1],
    ],
    ids=["a shorter page", "a gap of one line", "a heading gone grey", "mirrored"],
)
def test_what_a_reader_would_see_is_seen(spoil: Callable[[Pixels], Pixels]) -> None:
    assert compare(make_page(), spoil(make_page())).is_seen


def test_a_picture_is_kept_in_few_bytes_and_read_back_almost_as_it_was() -> None:
    kept = write_png(make_page())
    back = read_png(kept)
    assert back.shape == make_page().shape
    assert np.abs(back.astype(int) - make_page().astype(int)).max() <= 26
    assert not compare(back, make_page()).is_seen
    assert (read_png(write_png(back)) == back).all()


@pytest.mark.parametrize(
    "png", [b"GIF89a", write_png(make_page()).replace(b"\x08\x03\x00\x00\x00", b"\x04\x03\x00\x00\x00")]
)
def test_another_kind_of_picture_is_refused(png: bytes) -> None:
    with pytest.raises(ValueError, match="PNG"):
        read_png(png)
