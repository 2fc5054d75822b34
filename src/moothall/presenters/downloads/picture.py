"""A chart as a file of its own, SVG or PNG: title above, caption, sources and citation below, its words inside."""

import re
import struct
import textwrap
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from markupsafe import Markup, escape

from moothall.presenters.blocks import Figure
from moothall.presenters.charts.drawing import text_at
from moothall.presenters.downloads.csv_file import Whole

MARGIN, LINE, KEY_LINE = 16, 18, 24
MAP_ON_PAPER = 640
"""How wide a map is drawn, in pixels: as wide as the charts."""

TITLE_CHARACTERS, TEXT_CHARACTERS = 62, 98
"""Characters to a line at the sizes of assets/scss/picture.scss on a drawing 640 pixels wide."""

PNG_SCALE = 2.0
"""Two pixels for each of the drawing's: sharp in a slide and on paper."""

_LINK = re.compile(r'<a href="(/[^"]*)"')
_SIZE = re.compile(r'width="(\d+)" height="(\d+)"')
_BOX = re.compile(r'viewBox="0 0 (\d+) (\d+)"')
_OPENING = re.compile(r'<svg class="([\w -]+)"[^>]*>')
_LABEL = re.compile(r'aria-label="([^"]*)"')
_ROOT = re.compile(r":root\{([^}]*)\}")
_NAMED = re.compile(r"var\((--[\w-]+)\)")


def plain_style(style: str) -> str:
    """A stylesheet with the colours of its ``:root`` in place of their names, for programs that know no names."""
    found = _ROOT.search(style)
    pairs = (part.split(":", 1) for part in (found[1] if found else "").split(";") if ":" in part)
    colours = {name.strip(): value.strip() for name, value in pairs}
    return _NAMED.sub(lambda at: colours[at[1]], _ROOT.sub("", style))


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A line of a key under a drawing: the swatch and what it means."""

    swatch: str
    words: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart of a page as a file of its own: ``stem`` is its name without ending, ``lines`` its limits and sources."""

    figure: Figure
    title: str
    stem: str
    lines: tuple[str, ...]
    key: tuple[KeyLine, ...] = ()


def picture_svg(drawing: Drawing, citation: str, whole: Whole, style: str) -> Markup:
    """The chart as a whole SVG file: title above; caption, key, limits, sources and citation below."""
    figure = drawing.figure
    width, height = _size(figure.svg)
    heads = textwrap.wrap(drawing.title, TITLE_CHARACTERS)
    texts = (figure.caption, *drawing.lines, citation)
    feet = [part for line in texts for part in textwrap.wrap(line, TEXT_CHARACTERS)]
    top = MARGIN + 24 * len(heads) + 8
    key_top = top + height + LINE
    below = key_top + KEY_LINE * len(drawing.key)
    sheet = (width + 2 * MARGIN, below + LINE * len(feet) + MARGIN)
    titles = [text_at("picture-title", MARGIN, MARGIN + 24 * n - 6, text) for n, text in enumerate(heads, start=1)]
    lettering = [text_at("picture-text", MARGIN, below + LINE * n, text) for n, text in enumerate(feet)]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{sheet[0]}" height="{sheet[1]}" role="img">'
    words = f"<title>{escape(drawing.title)}</title><desc>{escape(words_of(figure))}</desc>"
    ground = f'<rect class="picture-ground" width="{sheet[0]}" height="{sheet[1]}"/>'
    chart = _placed(figure.svg, MARGIN, top, whole)
    parts = (head, words, f"<style>{style}</style>", ground, *titles, chart, *_key(drawing, key_top), *lettering)
    return Markup("".join((*parts, "</svg>")))  # noqa: S704 - every word is escaped above, the style is ours


def _size(svg: str) -> tuple[int, int]:
    """How large a drawing is in the file; a map, which has no size of its own, as wide as the charts are."""
    size, box = _SIZE.search(svg), _BOX.search(svg)
    if size and _OPENING.match(svg) and size.start() < svg.index(">"):
        return int(size[1]), int(size[2])
    return (MAP_ON_PAPER, MAP_ON_PAPER * int(box[2]) // int(box[1])) if box else (0, 0)


def _placed(svg: str, x: int, y: int, whole: Whole) -> str:
    """A drawing inside another: its links whole, so that they can be followed from the file."""
    drawn, opening, box = str(svg), _OPENING.match(svg), _BOX.search(svg)
    inside = drawn[opening.end() :].removesuffix("</svg>") if opening else ""
    look = f'class="{opening[1]}"' if opening else ""
    if box is None or _SIZE.search(opening[0] if opening else ""):
        return f'<g {look} transform="translate({x} {y})">{inside}</g>'
    width, height = _size(svg)
    linked = _LINK.sub(lambda at: f'<a href="{escape(whole(unescape(at[1])))}"', inside)
    return f'<svg {look} x="{x}" y="{y}" width="{width}" height="{height}" viewBox="{box[0][9:-1]}">{linked}</svg>'


def _key(drawing: Drawing, top: int) -> Iterator[str]:
    """The lines of the key, each with its swatch before it."""
    for number, line in enumerate(drawing.key):
        y = top + KEY_LINE * number
        opening = _OPENING.match(line.swatch)
        inside = line.swatch[opening.end() :].removesuffix("</svg>") if opening else ""
        box = _BOX.search(line.swatch)
        frame = f'viewBox="{box[0][9:-1]}"' if box else ""
        yield f'<svg x="{MARGIN}" y="{y - 12}" width="27" height="18" {frame}>{inside}</svg>'
        yield text_at("picture-text", MARGIN + 36, y + 2, line.words)


def words_of(figure: Figure) -> str:
    """The one sentence that says what a drawing shows."""
    found = _LABEL.search(figure.svg)
    return Markup(found[1]).unescape() if found else figure.caption  # noqa: S704 - read back, not written


def picture_png(svg: str, words: str) -> bytes:
    """The SVG as PNG, with its words as the picture's description."""
    import vl_convert

    drawn: bytes = vl_convert.svg_to_png(svg, scale=PNG_SCALE)
    return _described(drawn, words)


def _described(png: bytes, words: str) -> bytes:
    """The picture with an iTXt chunk "Description", which stands before the picture's data (PNG, third edition)."""
    body = b"Description\0\0\0en-GB\0\0" + words.encode()
    chunk = struct.pack(">I", len(body)) + b"iTXt" + body + struct.pack(">I", zlib.crc32(b"iTXt" + body))
    end_of_header = 8 + 12 + struct.unpack(">I", png[8:12])[0]
    return png[:end_of_header] + chunk + png[end_of_header:]
