"""Small pictures: read and written as PNG with a palette, shrunk to blocks, and held against each other."""

import struct
import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""[rows, columns, 3]: red, green, blue."""

LEVELS = 6
"""How many steps of each colour a kept picture has: 6 * 6 * 6 = 216 colours fit in a palette."""

BLOCK = 4
"""Pixels to a side of a block: at a quarter of the size that is 16 pixels of the page, a line of text."""

MOST_APART = 26
"""By how much of 255 the mean colour of a block may differ: lettering drawn a little otherwise stays below it."""

MOST_BLOCKS = 0.002
"""The share of blocks that may lie further apart before a page counts as changed."""

_SIGNATURE = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Difference:
    """Two pictures held against each other: which blocks lie apart [rows, columns], and how large a share."""

    blocks: NDArray[np.bool_]

    @property
    def share(self) -> float:
        """The share of blocks that lie apart."""
        return float(self.blocks.mean()) if self.blocks.size else 0.0

    @property
    def is_seen(self) -> bool:
        """True where the page looks changed."""
        return self.share > MOST_BLOCKS


def compare(kept: Pixels, fresh: Pixels) -> Difference:
    """Which blocks of two pictures lie apart; what only one of them has counts as apart.

    A block is as near as the nearest of the other picture within one pixel: lettering may sit a hair beside its place.
    """
    shape = np.maximum(_block_shape(kept), _block_shape(fresh))
    apart = np.ones((shape[0], shape[1]), dtype=np.bool_)
    rows, columns = np.minimum(_block_shape(kept), _block_shape(fresh))
    moved = [_blocks(np.roll(fresh, (down, right), axis=(0, 1)), rows, columns) for down, right in _NUDGES]
    base = _blocks(kept, rows, columns)
    gaps = np.min([np.abs(base - other).max(axis=2) for other in moved], axis=0)
    apart[:rows, :columns] = gaps > MOST_APART
    return Difference(apart)


_NUDGES = [(down, right) for down in (-1, 0, 1) for right in (-1, 0, 1)]


def _block_shape(pixels: Pixels) -> NDArray[np.intp]:
    return np.array([-(-size // BLOCK) for size in pixels.shape[:2]], dtype=np.intp)


def _blocks(pixels: Pixels, rows: int, columns: int) -> NDArray[np.float64]:
    """The mean colour of each block: [rows, columns, 3]; what lies beyond the picture is its own edge."""
    down, right = rows * BLOCK - pixels.shape[0], columns * BLOCK - pixels.shape[1]
    padded = np.pad(pixels, ((0, max(down, 0)), (0, max(right, 0)), (0, 0)), mode="edge")
    whole = padded[: rows * BLOCK, : columns * BLOCK].astype(np.float64)
    means: NDArray[np.float64] = whole.reshape(rows, BLOCK, columns, BLOCK, 3).mean(axis=(1, 3))
    return means


def draw_difference(kept: Pixels, fresh: Pixels, found: Difference) -> Pixels:
    """The new picture with the blocks that lie apart in red, for a person to look at."""
    rows, columns = found.blocks.shape
    drawn = np.full((rows * BLOCK, columns * BLOCK, 3), 255, dtype=np.uint8)
    drawn[: fresh.shape[0], : fresh.shape[1]] = fresh
    mask = np.kron(found.blocks, np.ones((BLOCK, BLOCK), dtype=np.bool_))
    drawn[mask] = (0.4 * drawn[mask] + 0.6 * np.array([220, 0, 40])).astype(np.uint8)
    return drawn


# ---------------------------------------------------------------- PNG


def write_png(pixels: Pixels) -> bytes:
    """The picture with 216 colours, as small as PNG makes it."""
    steps = np.rint(pixels.astype(np.float64) / 255 * (LEVELS - 1)).astype(np.uint8)
    index = (steps[..., 0] * LEVELS + steps[..., 1]) * LEVELS + steps[..., 2]
    height, width = index.shape
    rows = np.hstack([np.zeros((height, 1), dtype=np.uint8), index.astype(np.uint8)])
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    data = zlib.compress(rows.tobytes(), 9)
    return _SIGNATURE + b"".join(
        _chunk(*part) for part in ((b"IHDR", head), (b"PLTE", _palette()), (b"IDAT", data), (b"IEND", b""))
    )


def _palette() -> bytes:
    levels = [round(255 * step / (LEVELS - 1)) for step in range(LEVELS)]
    return bytes(part for red in levels for green in levels for blue in levels for part in (red, green, blue))


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def read_png(png: bytes) -> Pixels:
    """A PNG of 8 bits a channel, as the browser and we write them; ValueError for another kind."""
    chunks = _chunks(png)
    width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    channels = {2: 3, 3: 1, 6: 4}.get(kind)
    if depth != 8 or channels is None or interlaced:
        raise ValueError(f"a PNG of depth {depth}, colour type {kind}: only plain ones of 8 bits are read")
    lines = _unfiltered(zlib.decompress(chunks[b"IDAT"]), width * channels, height, channels)
    if kind == 3:
        palette = np.frombuffer(chunks[b"PLTE"], dtype=np.uint8).reshape(-1, 3)
        return palette[lines]
    return lines.reshape(height, width, channels)[..., :3]


def _chunks(png: bytes) -> dict[bytes, bytes]:
    """The parts of a PNG by kind, those of one kind joined."""
    if not png.startswith(_SIGNATURE):
        raise ValueError("this is no PNG")
    found: dict[bytes, bytes] = {}
    at = len(_SIGNATURE)
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        found[kind] = found.get(kind, b"") + png[at + 8 : at + 8 + size]
        at += 12 + size
    return found


def _unfiltered(data: bytes, width: int, height: int, step: int) -> Pixels:
    """The lines of a PNG without their filters (PNG, third edition, 9): [rows, bytes]."""
    lines = np.frombuffer(data, dtype=np.uint8).reshape(height, width + 1)
    out = np.zeros((height + 1, width), dtype=np.uint8)
    for row in range(height):
        out[row + 1] = _line(int(lines[row, 0]), lines[row, 1:], out[row], step)
    return out[1:]


def _line(kind: int, line: Pixels, above: Pixels, step: int) -> Any:
    if kind == 0:
        return line
    if kind == 2:
        return line + above
    own = bytearray(line.tobytes())
    over = above.tolist()
    for at in range(len(own)):
        left = own[at - step] if at >= step else 0
        corner = over[at - step] if at >= step else 0
        own[at] = (own[at] + _foretold(kind, left, over[at], corner)) & 255
    return np.frombuffer(bytes(own), dtype=np.uint8)


def _foretold(kind: int, left: int, above: int, corner: int) -> int:
    if kind == 1:
        return left
    if kind == 3:
        return (left + above) // 2
    guess = left + above - corner
    gaps = (abs(guess - left), abs(guess - above), abs(guess - corner))
    return (left, above, corner)[gaps.index(min(gaps))]
