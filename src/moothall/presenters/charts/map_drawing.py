"""Maps as SVG: each area a link with its name, figure and class in words, told apart by colour and by pattern.

Outlines come ready from the build. Patterns stand once, in the first map of a page; both maps and the key use them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from markupsafe import Markup, escape

from moothall.analytics.map_classes import MapClass
from moothall.domain.geography import MAP_HEIGHT, MAP_WIDTH
from moothall.presenters.charts.drawing import path


class Tone(StrEnum):
    """How an area is filled: by the class of its figure, or by why it has none."""

    PLAIN = "plain"
    LOWEST = "lowest"
    LOWER = "lower"
    MIDDLE = "middle"
    HIGHER = "higher"
    HIGHEST = "highest"
    MISSING = "missing"
    NOT_RUN = "not-run"
    CHANGED = "changed"


TONE_OF = {
    MapClass.UNCLASSED: Tone.PLAIN,
    MapClass.LOWEST: Tone.LOWEST,
    MapClass.LOWER: Tone.LOWER,
    MapClass.MIDDLE: Tone.MIDDLE,
    MapClass.HIGHER: Tone.HIGHER,
    MapClass.HIGHEST: Tone.HIGHEST,
}

_TILE = 24
_MARKS = {
    Tone.PLAIN: "",
    Tone.LOWEST: "M0 4h24M0 12h24M0 20h24",
    Tone.LOWER: "M0 6h24M0 18h24",
    Tone.MIDDLE: "",
    Tone.HIGHER: "M6 6h.1M18 18h.1",
    Tone.HIGHEST: "M6 6h.1M18 6h.1M6 18h.1M18 18h.1",
    Tone.MISSING: "M-2 26L26-2M-2 14L14-2M10 26L26 10",
    Tone.NOT_RUN: "M12 9v6M9 12h6",
    Tone.CHANGED: "M-2-2L26 26M-2 26L26-2",
}
"""What is drawn on the ground of each pattern: lines for low, dots for high, hatching for none."""


@dataclass(frozen=True, slots=True)
class MapArea:
    """One area of a map: its outline, its fill, what a screen reader and a pointer are told, and where it leads."""

    outline: str
    tone: Tone
    words: str
    href: str


def draw_map(label: str, areas: Iterable[MapArea], rest: str, own: str, has_patterns: bool) -> Markup:
    """A map in its frame. ``rest`` are the outlines outside the group, ``own`` that of the reader's authority."""
    head = f'<svg class="map" viewBox="0 0 {MAP_WIDTH} {MAP_HEIGHT}" role="group" aria-label="{escape(label)}">'
    drawn = "".join(map(_area, areas))
    parts = (draw_patterns() if has_patterns else "", path("map-rest", rest), drawn, path("map-self", own))
    return Markup(f"{head}{''.join(parts)}</svg>")  # noqa: S704 - every word above is escaped


def draw_sketch(label: str, by_tone: Mapping[Tone, str], rest: str, own: str) -> Markup:
    """A map as one picture: the outlines of each tone together, without links; ``rest`` and ``own`` as in a map."""
    head = f'<svg class="map" viewBox="0 0 {MAP_WIDTH} {MAP_HEIGHT}" role="img" aria-label="{escape(label)}">'
    filled = [f'<path class="map-area" fill="url(#tone-{tone})" d="{outline}"/>' for tone, outline in by_tone.items()]
    parts = (draw_patterns(), path("map-rest", rest), *filled, path("map-self", own))
    return Markup(f"{head}{''.join(parts)}</svg>")  # noqa: S704 - the label is escaped


def draw_swatch(tone: Tone) -> Markup:
    """The small square of a tone for the key; the words beside it say what it is."""
    square = f'<rect class="map-area" fill="url(#tone-{tone})" x="2" y="2" width="68" height="44"/>'
    return Markup(f'<svg class="map-swatch" viewBox="0 0 72 48" aria-hidden="true">{square}</svg>')  # noqa: S704


def _area(area: MapArea) -> str:
    words, href = escape(area.words), escape(area.href)
    return (
        f'<a href="{href}"><title>{words}</title>'
        f'<path class="map-area" fill="url(#tone-{area.tone})" d="{area.outline}"/></a>'
    )


def draw_patterns() -> str:
    """The patterns of all tones, to which areas and swatches refer."""
    return f"<defs>{''.join(map(_pattern, Tone))}</defs>"


def _pattern(tone: Tone) -> str:
    size = f'width="{_TILE}" height="{_TILE}" patternUnits="userSpaceOnUse"'
    ground = f'<rect class="tone-{tone}-ground" width="{_TILE}" height="{_TILE}"/>'
    return f'<pattern id="tone-{tone}" {size}>{ground}{path(f"tone-{tone}-marks", _MARKS[tone])}</pattern>'
