"""What is new, in words: new and revised figures, changes that a rule has named, consultations and workshops.

Feeds and letters say the same, item for item. An item's key never changes, so that nothing is told twice.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from moothall.domain.authority import Authority
from moothall.domain.consultation import Consultation
from moothall.domain.metric import Metric, StateChange
from moothall.domain.period import day_text
from moothall.domain.words import MetricState
from moothall.domain.workshop import ENGLAND, WorkshopSession
from moothall.presenters.addresses import TAKE_PART, consultation_page_address, metric_address
from moothall.presenters.figures.reading import FigureStore, live_metrics
from moothall.presenters.metric.metric_definition import STATE_WORDS
from moothall.presenters.provenance.trail_page import published_text
from moothall.presenters.wording.numbers import count_text, number_text
from moothall.presenters.wording.words import joined
from moothall.store import NewsKind, ReleaseNews

NAMES_SHOWN = 10
"""How many councils an item names before it counts the rest."""


class ItemKind(StrEnum):
    """What an item is about. The first three are the kinds of news that releases bring."""

    FIGURES = "figures"
    REVISION = "revision"
    CHANGE = "change"
    CONSULTATION = "consultation"
    WORKSHOP = "workshop"


KIND_WORDS = {
    ItemKind.FIGURES: "New figures",
    ItemKind.REVISION: "Revised figures",
    ItemKind.CHANGE: "Unusual changes",
    ItemKind.CONSULTATION: "Consultations, and what came of them",
    ItemKind.WORKSHOP: "Workshops",
}


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One thing that is new. ``authorities`` are the codes of those it concerns; none where it concerns everybody.

    ``metrics`` and ``themes`` are what it is about.
    """

    key: str
    kind: ItemKind
    updated: date | datetime
    title: str
    summary: str
    address: str
    metrics: tuple[str, ...]
    themes: tuple[str, ...]
    authorities: tuple[str, ...] = ()


def release_items(
    store: FigureStore, metrics: list[Metric], authority: Authority | None = None, most: int | None = None
) -> list[NewsItem]:
    """What releases brought for live metrics (none named: all), newest first; for one authority in its own words.

    ``most`` is how many are wanted; None for all.
    """
    live = {metric.id: metric for metric in live_metrics(store)}
    named = [metric.id for metric in metrics if metric.id in live] if metrics else list(live)
    found = store.news(named, authority.code if authority else "", most) if named else ()
    return [release_item(store, live[each.metric], each, authority) for each in found]


def release_item(store: FigureStore, metric: Metric, news: ReleaseNews, authority: Authority | None) -> NewsItem:
    """One piece of news of a release; for an authority, as far as it concerns that one."""
    where = news.last.slug if news.kind is NewsKind.CHANGE else f"{news.source}/{news.release}"
    chosen = {"authority": authority.slug} if authority else {}
    return NewsItem(
        key=f"{news.kind}/{metric.id}/{where}",
        kind=ItemKind(news.kind.value),
        updated=news.published_on,
        title=_title(metric, news, authority),
        summary=_summary(store, news, authority),
        address=metric_address(metric.id, **chosen),
        metrics=(metric.id,),
        themes=(metric.theme,),
        authorities=news.authorities,
    )


WORDS = {NewsKind.FIGURES: "New figures", NewsKind.REVISION: "Revised figures", NewsKind.CHANGE: "Unusual change"}
WORTH_ASKING = "A sign that is worth asking about, and no judgement."


def _title(metric: Metric, news: ReleaseNews, authority: Authority | None) -> str:
    whose = f" for {authority.short_name}" if authority else ""
    span = news.last.label if news.periods == 1 else f"{news.first.label} to {news.last.label}"
    return f"{WORDS[news.kind]}{whose}: {metric.title}, {span}"


def _summary(store: FigureStore, news: ReleaseNews, authority: Authority | None) -> str:
    release = store.releases[news.source, news.release]
    out = f"Published by {release.publisher}: {published_text(release)}."
    councils = count_text(len(news.authorities), "council")
    if news.kind is NewsKind.CHANGE:
        who = "" if authority else f": {_names(store, news)}"
        return f"By the rule for this metric, figures changed by more than noise{who}. {WORTH_ASKING} {out}"
    if news.kind is NewsKind.REVISION:
        what = (
            "A later release gives another figure" if authority else f"A later release gives {councils} other figures"
        )
        return f"{what} than the one before, or none. {out}"
    return out if authority else f"{number_text(news.figures)} new, of {councils}. {out}"


def _names(store: FigureStore, news: ReleaseNews) -> str:
    """The councils by name; beyond some, how many more there are."""
    known = store.catalogue.authorities
    names = sorted((known[code].short_name for code in news.authorities if code in known), key=str.casefold)
    more = len(names) - NAMES_SHOWN
    return joined(names if more <= 0 else [*names[:NAMES_SHOWN], f"{number_text(more)} more"])


# ---------------------------------------------------------------- taking part


def consultation_items(store: FigureStore, today: date) -> list[NewsItem]:
    """The consultations that have opened by a day, and what became of each metric since, the latest first."""
    opened = [each for each in store.catalogue.consultations.values() if each.opens <= today]
    items = [_consultation(store, each) for each in opened]
    items += [item for each in opened for item in _decided(store, each, today)]
    return sorted(items, key=lambda item: (item.updated, item.key), reverse=True)


def _consultation(store: FigureStore, asked: Consultation) -> NewsItem:
    until = f"It takes answers from {day_text(asked.opens)} until {day_text(asked.closes)}."
    return NewsItem(
        key=f"consultation/{asked.id}",
        kind=ItemKind.CONSULTATION,
        updated=asked.opens,
        title=f"Consultation: {asked.title}",
        summary=f"{asked.purpose} {until}",
        address=consultation_page_address(asked.id),
        metrics=asked.metrics,
        themes=_themes(store, asked.metrics),
    )


def _decided(store: FigureStore, asked: Consultation, today: date) -> list[NewsItem]:
    """The steps of metrics to which a consultation led."""
    metrics = [store.catalogue.metrics[id_] for id_ in asked.metrics if id_ in store.catalogue.metrics]
    return [
        _step(metric, step, asked)
        for metric in metrics
        for step in metric.history
        if step.consultation == asked.id and step.on <= today and step.state is not MetricState.IN_CONSULTATION
    ]


def _step(metric: Metric, step: StateChange, asked: Consultation) -> NewsItem:
    return NewsItem(
        key=f"decision/{metric.id}/{step.on}",
        kind=ItemKind.CONSULTATION,
        updated=step.on,
        title=f"{STATE_WORDS[step.state]}: {metric.title}",
        summary=f"{step.reason} It is what came of the consultation {asked.title}.",
        address=metric_address(metric.id),
        metrics=(metric.id,),
        themes=(metric.theme,),
    )


def workshop_items(store: FigureStore) -> list[NewsItem]:
    """The sessions of workshops that were published, the latest changed first."""
    sessions = sorted(store.publications.of(WorkshopSession), key=lambda each: each.updated_at, reverse=True)
    return [_session(store, each) for each in sessions]


def _session(store: FigureStore, session: WorkshopSession) -> NewsItem:
    words = "Not held" if session.is_cancelled else "Notes published" if session.has_notes else "Workshop"
    starts, ends = session.starts_at.astimezone(ENGLAND), session.ends_at.astimezone(ENGLAND)
    when = f"{day_text(starts.date())}, {starts:%H:%M} to {ends:%H:%M}"
    return NewsItem(
        key=f"workshop/{session.id}",
        kind=ItemKind.WORKSHOP,
        updated=session.updated_at,
        title=f"{words}: {session.title}, {day_text(starts.date())}",
        summary=f"{when}, {session.place}. {session.about}",
        address=f"{TAKE_PART}/workshops/{session.workshop}",
        metrics=session.metrics,
        themes=_themes(store, session.metrics),
    )


def _themes(store: FigureStore, metrics: tuple[str, ...]) -> tuple[str, ...]:
    known = store.catalogue.metrics
    return tuple(dict.fromkeys(known[id_].theme for id_ in metrics if id_ in known))
