"""The maps of a metric as files: the areas as a table, each map as a picture with its key and its credits."""

from collections.abc import Iterator

from markupsafe import Markup

from moothall.domain.authority import Authority
from moothall.presenters.blocks import Figure
from moothall.presenters.charts.map_drawing import draw_patterns
from moothall.presenters.downloads.dataset import Dataset, Entry, Shown, attributions, limits_of, make_dataset
from moothall.presenters.downloads.fields import Field
from moothall.presenters.downloads.picture import Drawing, KeyLine
from moothall.presenters.figures.cohort import standing_of
from moothall.presenters.metric.map_page import NOT_A_RANKING, map_credits, map_title
from moothall.presenters.metric.map_picture import BOUNDARIES, Picture, boundary_map, hexagon_map, map_key
from moothall.presenters.metric.rank_choices import ranges_within
from moothall.presenters.shared_by_councils.replies import replies_of
from moothall.presenters.wording.words import joined

MAP_FIELDS = (
    Field("areas", "Which councils the map draws where two cover the same land: districts or counties"),
    Field("is_drawn", "yes for councils that the map draws"),
    Field("tone", "How the area is drawn: by the fifth of its figure, or by why it has none"),
)


def map_dataset(address: str, picture: Picture, authority: Authority | None) -> Dataset:
    """Every council of the group with how the map draws it, by name."""
    store, cohort = picture.store, picture.cohort
    stem = f"{cohort.metric.id}-{cohort.period.slug}-map"
    shown = Shown(map_title(picture, authority), stem, address, MAP_FIELDS, (NOT_A_RANKING,))
    return make_dataset(store, shown, _areas(picture), ranges_within(store, cohort))


def _areas(picture: Picture) -> Iterator[Entry]:
    cohort = picture.cohort
    for member in cohort.members:
        standing = standing_of(picture.store, cohort.metric, member, cohort.period)
        tone = picture.areas[member.code][0].value if member.code in picture.areas else None
        yield Entry(cohort, member, standing, (picture.layer.value, "yes" if tone else "no", tone))


def map_drawing(picture: Picture, authority: Authority | None, name: str) -> Drawing:
    """One of the two maps, ``boundaries`` or ``hexagons``, as a picture."""
    drawn = boundary_map(picture, authority) if name == BOUNDARIES else hexagon_map(picture, authority)
    metric, store = picture.cohort.metric, picture.store
    credits_ = " ".join(f"{link.text}: {link.note}" for link in map_credits(store))
    period = picture.cohort.period.slug
    replies = replies_of(store).beside(metric.id, authority, period) if authority else ()
    lines = (
        *drawn.notes,
        *(one.text for one in replies),
        *_others_replied(picture, authority),
        NOT_A_RANKING,
        limits_of(metric),
        attributions(store, metric),
        credits_,
    )
    key = tuple(
        KeyLine(row.swatch, f"{row.meaning}{f': {row.figures}' if row.figures else ''} ({row.count})")
        for row in map_key(picture)
    )
    figure = Figure(_with_patterns(drawn.svg), drawn.title, None)
    title = map_title(picture, authority)
    stem = f"{metric.id}-{picture.cohort.period.slug}-{name}"
    return Drawing(figure, title, stem, lines, key)


def _others_replied(picture: Picture, authority: Authority | None) -> Iterator[str]:
    """Who else of those drawn has replied: a picture has no room for the words of everybody."""
    held, cohort = replies_of(picture.store), picture.cohort
    names = [
        member.short_name
        for member in picture.drawn
        if member != authority and held.beside(cohort.metric.id, member, cohort.period.slug)
    ]
    if names:
        others = "Other councils" if authority else "Councils"
        yield f"{others} that have replied to the figure drawn here: {joined(names)}. The table has their words."


def _with_patterns(svg: Markup) -> Markup:
    """The map with the patterns of its tones: on the page they stand in the first map only."""
    if "<defs>" in svg:
        return svg
    head, _, rest = str(svg).partition(">")
    return Markup(f"{head}>{draw_patterns()}{rest}")  # noqa: S704 - both parts come from map_drawing
