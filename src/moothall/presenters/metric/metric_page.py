"""The page of one metric: what it is, what it cannot say, and one group at one period."""

import math
from dataclasses import dataclass, replace
from datetime import date

from moothall.analytics.groups import Group, GroupKind, group_of
from moothall.analytics.position import Summary, explorer_figure
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.period import Period
from moothall.domain.wording import Length
from moothall.domain.words import MetricState
from moothall.errors import UnknownName
from moothall.presenters.addresses import (
    authority_address,
    day_choice,
    metric_feed_address,
    metric_words_address,
    news_address,
    trail_address,
)
from moothall.presenters.authority.rows import peers_within, strip_label
from moothall.presenters.blocks import STRIP_WALK, ChooseForm, Figure, Link, PageHead, Table
from moothall.presenters.charts.history import Moment, make_history
from moothall.presenters.charts.strip import draw_large_strip, marks_text
from moothall.presenters.downloads.names import CHANGED, EVERY_PERIOD, FIGURES, HISTORY, SPREAD, TURNED
from moothall.presenters.figures.cohort import Cohort, Standing, cohorts_of, newest_period, standing_of
from moothall.presenters.figures.comparators import usual_group
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.figures.views import boundaries_sentence, has_cell, known_sentence, state_words
from moothall.presenters.metric.group_notes import group_notes
from moothall.presenters.metric.group_order import ORDER_WORDS, Order, order_links, places_in_order
from moothall.presenters.metric.group_table import make_group_table
from moothall.presenters.metric.map_view import MapView, make_map_view
from moothall.presenters.metric.metric_changes import WhoChanged, WhoTurned, who_changed, who_turned_round
from moothall.presenters.metric.metric_definition import MetricDefinition, describe_metric, is_from_explorer
from moothall.presenters.metric.metric_form import make_metric_form
from moothall.presenters.metric.predecessors import make_predecessors_table
from moothall.presenters.metric.rank_choices import RankChoices, make_rank_table, rank_choices
from moothall.presenters.shared_by_councils.practice import MetricNotes, make_metric_notes
from moothall.presenters.shared_by_councils.replies import ReplyView, replies_of
from moothall.presenters.wording.figure_words import OwnFigure, group_words, missing_words, strip_ends
from moothall.presenters.wording.numbers import metric_value_text, number_text
from moothall.presenters.wording.paragraph import paragraph
from moothall.presenters.wording.sentences import Said, sentences_of
from moothall.presenters.wording.words import capital_first, group_noun


@dataclass(frozen=True, slots=True)
class GroupView:
    """One group at one period: the choices, one authority in it, the strip, the table by name, the history."""

    form: ChooseForm
    title: str
    own_sentences: tuple[Said, ...]
    own_note: str
    own_links: tuple[Link, ...]
    replies: tuple[ReplyView, ...]
    rank: RankChoices | None
    rank_table: Table | None
    sentence: str
    strip: Figure | None
    table: Table
    similarity: Link | None
    history: Figure | None
    views: tuple[str, ...]
    map: MapView | None
    predecessors: Table | None
    changed: WhoChanged | None
    turned: WhoTurned | None


@dataclass(frozen=True, slots=True)
class MetricPage:
    """Everything that the page of a metric shows. ``group`` is None for a metric that awaits its figures."""

    head: PageHead
    about: MetricDefinition
    group: GroupView | None
    practice: MetricNotes


def make_metric_page(
    store: FigureStore,
    metric: Metric,
    group: Group | None = None,
    period: Period | None = None,
    authority: Authority | None = None,
    *,
    today: date,
    order: Order = Order.NAME,
) -> MetricPage:
    """The page of a metric. Left out: the group is the chosen authority's type, else the first type that the metric
    is for; the period is the newest in which the group has figures. ``today`` decides whether the next release is late.
    """
    about = describe_metric(store, metric, today)
    if not has_figures(store, metric):
        return MetricPage(_head(metric, metric.title), about, None, make_metric_notes(store, metric))
    group = group or default_group(store, metric, authority)
    period = period or newest_period(store, metric, group)
    view = _group_view(store, cohorts_of(store).at(metric.id, group, period), authority, order)
    said = "" if order is Order.NAME else f", {ORDER_WORDS[order]}"
    title = f"{metric_title(metric, group, period, authority)}{state_words(store)}{said}"
    return MetricPage(_head(metric, title, _files(view)), about, view, make_metric_notes(store, metric))


def _files(view: GroupView) -> tuple[tuple[str, str], ...]:
    pictures = (SPREAD if view.strip else ()) + (HISTORY if view.history else ())
    found = (CHANGED if view.changed else ()) + (TURNED if view.turned and view.turned.items else ())
    return FIGURES + EVERY_PERIOD + found + pictures


def has_figures(store: FigureStore, metric: Metric) -> bool:
    """True for a metric that can be shown beside a group: it is live or a draft, and a release has a row of it."""
    is_shown = metric.state is MetricState.LIVE or metric.state.is_draft
    return is_shown and bool(store.panel(metric.id).periods)


def _group_view(store: FigureStore, cohort: Cohort, authority: Authority | None, order: Order) -> GroupView:
    metric, group, period = cohort.metric, cohort.group, cohort.period
    standing = standing_of(store, metric, authority, period) if authority else None
    rank = rank_choices(store, cohort, authority) if authority else None
    return GroupView(
        form=make_metric_form(store, metric, group, period, authority),
        title=f"{capital_first(group.title)}, {period.label}",
        own_sentences=_own_sentences(store, cohort, standing, authority),
        own_note=_explorer_sentence(cohort, standing) if standing else "",
        own_links=_own_links(store, cohort, standing, authority) if authority and standing else (),
        replies=replies_of(store).beside(metric.id, authority, period.slug) if authority else (),
        rank=rank,
        rank_table=make_rank_table(rank) if rank else None,
        sentence=group_words(sentences_of(store), cohort).text,
        strip=_strip(store, cohort, standing, authority, order),
        table=make_group_table(store, cohort, authority, order),
        similarity=_similarity_link(store, cohort, authority, order),
        history=_history(store, metric, group, authority),
        views=tuple(_view_sentences(store, metric, group)),
        map=make_map_view(store, cohort, authority),
        predecessors=make_predecessors_table(store, metric, authority) if authority else None,
        changed=None if metric.state.is_draft else who_changed(store, cohort),
        turned=None if metric.state.is_draft else who_turned_round(store, metric, group, authority),
    )


def _view_sentences(store: FigureStore, metric: Metric, group: Group) -> list[str]:
    """As of which day and on whose boundaries a view is, and what to know of a group of one's own."""
    found = (known_sentence(store, [metric]), boundaries_sentence(store), *group_notes(store, group))
    return [sentence for sentence in found if sentence]


def _head(metric: Metric, title: str, files: tuple[tuple[str, str], ...] = ()) -> PageHead:
    crumbs = (("Home", "/"), ("Metrics", "/metrics"), (metric.title, None))
    feeds = ((f"News of {metric.title}", metric_feed_address(metric.id)),)
    return PageHead(
        title,
        "metrics",
        crumbs,
        metric.definition,
        files=files,
        scripts=(STRIP_WALK,),
        feeds=feeds,
        follow=news_address(metric=metric.id),
    )


def default_group(store: FigureStore, metric: Metric, authority: Authority | None) -> Group:
    """The chosen authority's own type; else the usual group of the metric."""
    if authority:
        return group_of(GroupKind.SAME_TYPE, authority, store.catalogue.regions)
    return usual_group(metric)


def period_with_slug(store: FigureStore, metric: Metric, slug: str) -> Period:
    """The period of a metric that an address names; UnknownName, with the periods there are, where it has none."""
    panel = store.panel(metric.id)
    if slug in panel.period_index:
        return panel.periods[panel.period_index[slug]]
    known = tuple(p.slug for p in reversed(panel.periods))
    raise UnknownName(f"{metric.title} has no period {slug!r}. It has: {', '.join(known[:12])}.", known)


def metric_title(metric: Metric, group: Group, period: Period, authority: Authority | None) -> str:
    """What a page of a metric shows: the metric, whose figures, the period."""
    who = f"{authority.short_name} and {group_noun(group)}" if authority else group_noun(group)
    return f"{metric.title}, {who}, {period.label}"


def _own_sentences(
    store: FigureStore, cohort: Cohort, standing: Standing | None, authority: Authority | None
) -> tuple[Said, ...]:
    """The paragraph on one council, without what the metric cannot say: that stands above any drawing."""
    if authority is None or standing is None:
        return ()
    return tuple(paragraph(store, OwnFigure(cohort, authority, standing), says_limits=False))


def _own_links(store: FigureStore, cohort: Cohort, standing: Standing, authority: Authority) -> tuple[Link, ...]:
    metric, period = cohort.metric, standing.period.slug
    choices = {"authority": authority.slug, "group": cohort.group.id, "period": period, **day_choice(store.day)}
    why = Link("Why these words: the rule and the numbers behind each", metric_words_address(metric.id, **choices))
    page = Link(f"All figures of {authority.name}", authority_address(authority.slug))
    if standing.status is None or not has_cell(store, metric, authority, standing.period):
        return (why, page)
    trail = trail_address(metric.id, authority.slug, period, store.day)
    return (why, Link("The file and cell that it comes from", trail), page)


def _explorer_sentence(cohort: Cohort, standing: Standing) -> str:
    if not is_from_explorer(cohort.metric) or cohort.group.kind is not GroupKind.ENGLAND:
        return ""
    figure = explorer_figure(cohort.values, math.nan if standing.value is None else standing.value)
    return "" if figure is None else f"Oflog's explorer would have shown {number_text(figure, 3)} here."


def _strip(
    store: FigureStore, cohort: Cohort, standing: Standing | None, authority: Authority | None, order: Order
) -> Figure | None:
    say = sentences_of(store)
    ground, s, metric = cohort.large_ground, cohort.summary, cohort.metric
    if ground is None or s.median is None or s.low is None or s.high is None:
        return None
    ends = strip_ends(cohort)
    own, own_text, label = None, "", group_words(say, cohort).text
    if authority and standing and standing.value is not None and cohort.is_placed(authority.code):
        own, label = standing.value, strip_label(say, OwnFigure(cohort, authority, standing))
        own_text = f"{authority.short_name} {metric_value_text(own, metric)}"
    mark = "DRAFT. " if metric.state.is_draft else ""
    peers = peers_within(store, cohort, authority) if authority else []
    svg = draw_large_strip(ground, mark + label, ends, own, own_text, peers)
    rows = places_in_order(store, cohort, authority, order)
    marks = marks_text(ground, cohort.values[rows].tolist())
    return Figure(svg, mark + _strip_caption(cohort, authority if peers else None), None, marks)


def _strip_caption(cohort: Cohort, subject: Authority | None) -> str:
    """What a mark of the strip is; ``subject`` is the authority whose similar councils are marked among others."""
    mark = "dot" if cohort.group.kind is GroupKind.SIMILAR else "line"
    caption = f"Each {mark} is one of {number_text(cohort.summary.n)} {group_noun(cohort.group)}, {cohort.period.label}"
    return f"{caption}; dots are councils like {subject.short_name}" if subject else caption


def _similarity_link(store: FigureStore, cohort: Cohort, authority: Authority | None, order: Order) -> Link | None:
    href = order_links(store, cohort, authority, order).get(Order.SIMILARITY)
    return Link(f"List those most like {authority.short_name} first", href) if authority and href else None


def history_of(store: FigureStore, metric: Metric, group: Group, authority: Authority | None) -> list[Moment]:
    """A group at each period of a metric, oldest first, with one authority's figure."""
    return [_moment(store, metric, group, period, authority) for period in store.panel(metric.id).periods]


def _moment(store: FigureStore, metric: Metric, group: Group, period: Period, authority: Authority | None) -> Moment:
    kept = store.summary(metric.id, group.id, period.slug)
    summary = Summary.from_fields(kept) if kept else cohorts_of(store).at(metric.id, group, period).summary
    own = standing_of(store, metric, authority, period) if authority else None
    figures = (summary.n, summary.median, summary.lower_quartile, summary.upper_quartile)
    return Moment(period, *figures, own.value if own and own.in_lifetime else None, _own_reason(store, authority, own))


def _own_reason(store: FigureStore, authority: Authority | None, own: Standing | None) -> str | None:
    if authority is None or own is None or own.value is not None:
        return None
    return missing_words(sentences_of(store), authority, own, Length.PART).text


def _history(store: FigureStore, metric: Metric, group: Group, authority: Authority | None) -> Figure | None:
    moments = [m for m in history_of(store, metric, group, authority) if m.n or m.own is not None]
    drawn = make_history(moments, metric, group_noun(group), authority.short_name if authority else None)
    replies = replies_of(store).marks(metric.id, authority) if authority else ()
    return replace(drawn, replies=replies) if drawn and replies else drawn
