"""The hexagons of a group in small, as they stand on a metric's page, and where its maps stand whole."""

from dataclasses import dataclass

from markupsafe import Markup

from moothall.domain.authority import Authority
from moothall.presenters.addresses import metric_map_address
from moothall.presenters.blocks import Link
from moothall.presenters.figures.cohort import Cohort
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.metric.map_picture import KeyRow, has_map, hexagon_sketch, make_picture, map_key
from moothall.presenters.wording.words import group_noun


@dataclass(frozen=True, slots=True)
class MapView:
    """The hexagons as one picture with its key, and the page on which each area has its name and figure."""

    sketch: Markup
    caption: str
    key: tuple[KeyRow, ...]
    whole: Link


def make_map_view(store: FigureStore, cohort: Cohort, authority: Authority | None) -> MapView | None:
    """The hexagons of a cohort, an authority's own with a bold edge; None for a metric without maps: a draft."""
    metric, period, noun = cohort.metric, cohort.period, group_noun(cohort.group)
    if not has_map(store, metric):
        return None
    picture = make_picture(store, metric, cohort.group, period, None)
    address = metric_map_address(
        metric.id, authority=authority.slug if authority else "", group=cohort.group.id, period=period.slug
    )
    return MapView(
        sketch=hexagon_sketch(picture, authority),
        caption=f"One hexagon for each district or single council: {noun}, {period.label}",
        key=tuple(map_key(picture)),
        whole=Link(f"Maps of {noun}, by boundaries and by hexagons, with each name and figure", address),
    )
