"""A chart as a file of its own, SVG or PNG: title above, caption, sources and citation below, its words inside."""

import re
import struct
import textwrap
import zlib
from collections.abc import Sequence

from markupsafe import Markup, escape

from moothall.presenters.blocks import Figure
from moothall.presenters.drawing import text_at

MARGIN, LINE = 16, 18
TITLE_CHARACTERS, TEXT_CHARACTERS = 62, 98
"""Characters to a line at the sizes of assets/scss/picture.scss on a drawing 640 pixels wide."""

PNG_SCALE = 2.0
"""Two pixels for each of the drawing's: sharp in a slide and on paper."""

_SIZE = re.compile(r'width="(\d+)" height="(\d+)"')
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


def picture_svg(figure: Figure, title: str, lines: Sequence[str], style: str) -> Markup:
    """The chart of a page as a whole SVG file; ``lines`` (sources, citation) stand under the caption."""
    size = _SIZE.search(figure.svg)
    width, height = (int(size[1]), int(size[2])) if size else (0, 0)
    heads = textwrap.wrap(title, TITLE_CHARACTERS)
    feet = [part for line in (figure.caption, *lines) for part in textwrap.wrap(line, TEXT_CHARACTERS)]
    top = MARGIN + 24 * len(heads) + 8
    below = top + height + LINE
    whole = (width + 2 * MARGIN, below + LINE * len(feet) + MARGIN)
    opening = _OPENING.match(figure.svg)
    inside = figure.svg[opening.end() :].removesuffix("</svg>") if opening else ""
    chart = f'<g class="{opening[1] if opening else ""}" transform="translate({MARGIN} {top})">{inside}</g>'
    titles = [text_at("picture-title", MARGIN, MARGIN + 24 * n - 6, text) for n, text in enumerate(heads, start=1)]
    texts = [text_at("picture-text", MARGIN, below + LINE * n, text) for n, text in enumerate(feet)]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole[0]}" height="{whole[1]}" role="img">'
    words = f"<title>{escape(title)}</title><desc>{escape(words_of(figure))}</desc>"
    ground = f'<rect class="picture-ground" width="{whole[0]}" height="{whole[1]}"/>'
    drawn = "".join((head, words, f"<style>{style}</style>", ground, *titles, chart, *texts, "</svg>"))
    return Markup(drawn)  # noqa: S704 - every word is escaped above, the style is ours


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
