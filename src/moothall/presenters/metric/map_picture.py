"""The picture that both maps of a metric share: whose areas are drawn, how each is filled, and the key to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from moothall.analytics.groups import ENGLAND, Group, is_in_group
from moothall.analytics.map_classes import MapClass, class_ranges, classify
from moothall.domain.authority import Authority, AuthorityType
from moothall.domain.geography import AreaShape
from moothall.domain.metric import Metric
from moothall.domain.period import Period, day_text
from moothall.domain.words import MetricState
from moothall.presenters.addresses import authority_address, metric_address
from moothall.presenters.charts.map_drawing import TONE_OF, MapArea, Tone, draw_map, draw_sketch, draw_swatch
from moothall.presenters.figures.cohort import Cohort, cohorts_of, newest_period, standing_of
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.shared_by_councils.replies import replies_of
from moothall.presenters.wording.numbers import count_text, exact_value_text, limits_text, middle_text
from moothall.presenters.wording.words import STATUS_WORDS, joined

BOUNDARIES, HEXAGONS = "boundaries", "hexagons"


MOST_NAMED = 8


HAS_REPLIED = "; the council has replied"


class MapLayer(StrEnum):
    """Which councils a map draws where two cover the same land: the districts or the counties."""

    DISTRICTS = "districts"
    COUNTIES = "counties"


_SINGLE = frozenset({AuthorityType.UNITARY, AuthorityType.METROPOLITAN_DISTRICT, AuthorityType.LONDON_BOROUGH})


_TYPES = {
    MapLayer.DISTRICTS: _SINGLE | {AuthorityType.SHIRE_DISTRICT},
    MapLayer.COUNTIES: _SINGLE | {AuthorityType.COUNTY},
}


_OWN_TYPE = {MapLayer.DISTRICTS: AuthorityType.SHIRE_DISTRICT, MapLayer.COUNTIES: AuthorityType.COUNTY}


_FIFTHS = {
    MapClass.UNCLASSED: "Too few figures to tell apart",
    MapClass.LOWEST: "Lowest fifth",
    MapClass.LOWER: "Second lowest fifth",
    MapClass.MIDDLE: "Middle fifth",
    MapClass.HIGHER: "Second highest fifth",
    MapClass.HIGHEST: "Highest fifth",
}


_SIDES = _FIFTHS | {
    MapClass.LOWER: "Below the middle figure",
    MapClass.MIDDLE: "The middle figure",
    MapClass.HIGHER: "Above the middle figure",
}


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One line of the key: the pattern, what it means, the range of figures, how many areas."""

    swatch: Markup
    meaning: str
    figures: str
    count: str


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """One of the two maps, with its title and what it leaves out; ``after`` is the id that skipping it leads to."""

    id: str
    after: str
    title: str
    svg: Markup
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """What both maps share: the figures, the day whose areas are drawn, each area's fill and words."""

    store: FigureStore
    cohort: Cohort
    layer: MapLayer
    day: date
    drawn: tuple[Authority, ...]
    areas: dict[str, tuple[Tone, str, str]]

    @property
    def acting(self) -> Iterable[Authority]:
        """The authorities of the layer that acted on the day."""
        return (a for a in self.store.catalogue.authorities.values() if self.has(a) and a.is_active(self.day))

    def has(self, authority: Authority) -> bool:
        """True where the authority is of a type that the layer draws."""
        return authority.type in _TYPES[self.layer]


def layers_of(metric: Metric) -> list[MapLayer]:
    """The layers on which a metric can be drawn, the first being the default."""
    return [layer for layer, own in _OWN_TYPE.items() if own in metric.applies_to] or [MapLayer.DISTRICTS]


def usual_layer(metric: Metric, group: Group) -> MapLayer:
    """The layer on which a group is seen: counties for county councils, else the first that the metric allows."""
    own = next((layer for layer, kind in _OWN_TYPE.items() if group.id == f"type:{kind}"), None)
    return own if own in layers_of(metric) else layers_of(metric)[0]


def make_picture(
    store: FigureStore, metric: Metric, group: Group | None, period: Period | None, layer: MapLayer | None
) -> Picture:
    """What is drawn of a metric that has figures: left out, all councils, their newest period, the usual layer."""
    group = group or ENGLAND
    cohort = cohorts_of(store).at(metric.id, group, period or newest_period(store, metric, group))
    return _picture(store, cohort, layer or usual_layer(metric, group))


def has_map(store: FigureStore, metric: Metric) -> bool:
    """True for a metric that can be drawn."""
    return metric.state is MetricState.LIVE and bool(store.panel(metric.id).periods)


def _picture(store: FigureStore, cohort: Cohort, layer: MapLayer) -> Picture:
    drawn = tuple(member for member in cohort.members if member.type in _TYPES[layer])
    day = store.boundaries or cohort.period.end
    places = {member.code: place for place, member in enumerate(cohort.members)}
    values = np.array([cohort.values[places[member.code]] for member in drawn], dtype=np.float64)
    classes = classify(values, cohort.metric.reporting_step)
    named = _SIDES if MapClass.LOWEST not in classes and MapClass.HIGHEST not in classes else _FIFTHS
    picture, held = Picture(store, cohort, layer, day, drawn, {}), replies_of(store)
    for member, value, found in zip(drawn, values.tolist(), classes.tolist(), strict=True):
        tone, words, href = _filled(picture, member, value, MapClass(found), named)
        has_reply = held.beside(cohort.metric.id, member, cohort.period.slug)
        picture.areas[member.code] = (tone, f"{words}{HAS_REPLIED}" if has_reply else words, href)
    for authority in picture.acting:
        if authority.code not in places and is_in_group(cohort.group, authority):
            words = f"{authority.short_name}: does not run this service"
            picture.areas[authority.code] = (Tone.NOT_RUN, words, authority_address(authority.slug))
    return picture


def _filled(
    picture: Picture, member: Authority, value: float, found: MapClass, named: dict[MapClass, str]
) -> tuple[Tone, str, str]:
    cohort, href = picture.cohort, _own_address(picture.cohort, member)
    if np.isnan(value):
        standing = standing_of(picture.store, cohort.metric, member, cohort.period)
        why = STATUS_WORDS[standing.status] if standing.status else ""
        return Tone.MISSING, f"{member.short_name}: no figure{f', {why}' if why else ''}", href
    figure = exact_value_text(value, cohort.metric)
    return TONE_OF[found], f"{member.short_name}: {figure}, {named[found].lower()}", href


def _own_address(cohort: Cohort, member: Authority) -> str:
    return metric_address(cohort.metric.id, authority=member.slug, period=cohort.period.slug)


def boundary_map(picture: Picture, authority: Authority | None) -> DrawnMap:
    """The areas as they were on the day."""
    shapes = picture.store.shapes.get(BOUNDARIES, {})
    outlines = {a.code: _shape_on(shapes[a.code], a, picture.day) for a in picture.acting if a.code in shapes}
    ended = [a for a in picture.acting if a.end is not None]
    note = f"The boundaries are those of {day_text(picture.day)}."
    if ended:
        note += f" {count_text(len(ended), 'council')} on it {'has' if len(ended) == 1 else 'have'} ended since."
    return _drawn(picture, BOUNDARIES, f"map-{HEXAGONS}", "Boundaries", outlines, authority, (note,))


def hexagon_map(picture: Picture, authority: Authority | None) -> DrawnMap:
    """One hexagon for each district, whatever its size."""
    known, outlines = _hexagon_outlines(picture)
    without = [a.short_name for a in picture.drawn if a.code not in outlines]
    notes = ("Each hexagon is one district or single council of April 2023, whatever its size; a county council has "
             "the hexagons of its districts.", *_without(without))  # fmt: skip
    return _drawn(replace(picture, areas=known), HEXAGONS, "after-maps", "Hexagons", outlines, authority, notes)


def hexagon_sketch(picture: Picture, authority: Authority | None) -> Markup:
    """The same in one picture without links, in a few elements however many hexagons there are."""
    known, outlines = _hexagon_outlines(picture)
    by_tone: dict[Tone, str] = {}
    for code, outline in outlines.items():
        if code in known:
            tone = known[code][0]
            by_tone[tone] = by_tone.get(tone, "") + outline
    rest = "".join(outline for code, outline in outlines.items() if code not in known)
    own = outlines.get(authority.code, "") if authority else ""
    return draw_sketch(_label(picture, "Hexagons"), by_tone, rest, own)


def _hexagon_outlines(picture: Picture) -> tuple[dict[str, tuple[Tone, str, str]], dict[str, str]]:
    """How each hexagon is filled and where it lies, by authority code; councils of later have a tone of their own."""
    shapes = picture.store.shapes.get(HEXAGONS, {})
    outlines = {a.code: found for a in picture.acting if (found := _hexagons(picture, shapes, a))}
    known, every = dict(picture.areas), picture.store.catalogue.authorities
    for code in shapes:
        if picture.has(every[code]) and not every[code].is_active(picture.day):
            outlines[code] = shapes[code][0].path
            words = f"{every[code].short_name}: no council of that time has this hexagon"
            known[code] = (Tone.CHANGED, words, authority_address(every[code].slug))
    return known, outlines


def _without(names: Sequence[str]) -> tuple[str, ...]:
    if not names:
        return ()
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    named = ", ".join(names[:MOST_NAMED]) + more if more else joined(names)
    have = "has" if len(names) == 1 else "have"
    ended = f"{count_text(len(names), 'council')} {have} no hexagon, because the map is of later councils: {named}."
    return (f"{ended} The map of boundaries shows {'it' if len(names) == 1 else 'them'}.",)


def _hexagons(picture: Picture, shapes: Mapping[str, tuple[AreaShape, ...]], authority: Authority) -> str:
    """An authority's hexagon; those of its districts on the day for a county council."""
    if authority.type is not AuthorityType.COUNTY:
        return shapes[authority.code][0].path if authority.code in shapes else ""
    districts = (a for a in picture.store.catalogue.authorities.values() if a.county == authority.code)
    return "".join(shapes[a.code][0].path for a in districts if a.code in shapes and a.is_active(picture.day))


def _shape_on(shapes: tuple[AreaShape, ...], authority: Authority, day: date) -> str:
    """The outline under the area code in force on the day; the last one where the map has none for it."""
    code = authority.area_code_on(day)
    return next((shape.path for shape in shapes if shape.area_code == code), shapes[-1].path)


def _drawn(
    picture: Picture,
    map_id: str,
    after: str,
    title: str,
    outlines: dict[str, str],
    authority: Authority | None,
    notes: tuple[str, ...],
) -> DrawnMap:
    every = picture.store.catalogue.authorities
    by_name = sorted((code for code in outlines if code in picture.areas), key=lambda c: every[c].short_name)
    areas = [MapArea(outlines[code], *picture.areas[code]) for code in by_name]
    rest = "".join(outline for code, outline in outlines.items() if code not in picture.areas)
    own = outlines.get(authority.code, "") if authority else ""
    svg = draw_map(_label(picture, title), areas, rest, own, has_patterns=map_id == BOUNDARIES)
    return DrawnMap(map_id, after, title, svg, notes)


def _label(picture: Picture, title: str) -> str:
    return f"{title}: {picture.cohort.metric.title}, {picture.cohort.period.label}. {_message(picture)}"


def _message(picture: Picture) -> str:
    """What a map shows, in a sentence or two: between which figures the areas lie, and how many have none."""
    values, metric = _values(picture), picture.cohort.metric
    known, without = values[~np.isnan(values)], int(np.isnan(values).sum())
    none = f" {count_text(without, 'area')} {'has' if without == 1 else 'have'} no figure." if without else ""
    if not known.size:
        return f"Nothing can be drawn.{none}"
    ends = limits_text(float(known.min()), float(known.max()), metric)
    middle = middle_text(float(np.median(known)), metric)
    return f"{count_text(int(known.size), 'area')}, from {ends}; the middle figure is {middle}.{none}"


def _values(picture: Picture) -> NDArray[np.float64]:
    """The figures of the areas that are drawn."""
    cohort, drawn = picture.cohort, {member.code for member in picture.drawn}
    pairs = zip(cohort.members, cohort.values.tolist(), strict=True)
    return np.array([value for member, value in pairs if member.code in drawn], dtype=np.float64)


def map_key(picture: Picture) -> Iterable[KeyRow]:
    """What each pattern means, the range of its figures, how many areas have it: refusals last."""
    cohort, values = picture.cohort, _values(picture)
    ranges = class_ranges(values, classify(values, cohort.metric.reporting_step))
    named = _FIFTHS if any(r.map_class in (MapClass.LOWEST, MapClass.HIGHEST) for r in ranges) else _SIDES
    for each in ranges:
        figures = limits_text(each.lowest, each.highest, cohort.metric)
        if each.lowest == each.highest:
            figures = exact_value_text(each.lowest, cohort.metric)
        yield KeyRow(draw_swatch(TONE_OF[each.map_class]), named[each.map_class], figures,
                     count_text(each.count, "council"))  # fmt: skip
    for tone, meaning in _REFUSED.items():
        count = _count(picture, tone)
        if count:
            yield KeyRow(draw_swatch(tone), meaning, "", count_text(count, "council"))


_REFUSED = {
    Tone.MISSING: "No figure: the table gives the reason",
    Tone.NOT_RUN: "Does not run this service, so it is not compared",
    Tone.CHANGED: "Boundary changed: this council did not exist then (hexagons only)",
}


def _count(picture: Picture, tone: Tone) -> int:
    if tone is Tone.CHANGED:
        every, shapes = picture.store.catalogue.authorities, picture.store.shapes.get(HEXAGONS, {})
        return sum(picture.has(every[code]) and not every[code].is_active(picture.day) for code in shapes)
    return sum(found is tone for found, _, _ in picture.areas.values())
