"""All metrics of one theme for one authority: what the overview has no room for."""

from dataclasses import dataclass, replace
from datetime import date

from moothall.analytics.groups import GroupKind
from moothall.domain.authority import Authority
from moothall.domain.metric import Theme
from moothall.presenters.addresses import (
    authority_address,
    authority_feed_address,
    authority_questions_address,
    authority_theme_address,
    day_choice,
    theme_feed_address,
)
from moothall.presenters.authority.authority_page import BESIDE, chosen_group, group_form
from moothall.presenters.authority.theme_sections import ThemeSection, make_section
from moothall.presenters.blocks import ChooseForm, Link, Notice, PageHead
from moothall.presenters.downloads.names import FIGURES
from moothall.presenters.figures.cohort import shown_metrics
from moothall.presenters.figures.comparators import default_kind
from moothall.presenters.figures.periods_up_to import up_to_choice, up_to_field, up_to_words
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.figures.view_fields import day_field
from moothall.presenters.figures.views import known_sentence, state_words
from moothall.presenters.wording.numbers import count_text
from moothall.presenters.wording.words import group_noun


@dataclass(frozen=True, slots=True)
class AuthorityThemePage:
    """Everything that the page of a theme of an authority shows."""

    head: PageHead
    title: str
    form: ChooseForm
    known: str | None
    comparator: str
    count: str
    topics: tuple[ThemeSection, ...]
    index: tuple[Link, ...]
    others_title: str
    others: tuple[Link, ...]
    questions: Link
    empty: Notice


def make_theme_page(
    store: FigureStore, authority: Authority, theme: Theme, kind: GroupKind | None = None, *, today: date
) -> AuthorityThemePage:
    """All of an authority's metrics of a theme, by topic, beside its group of this kind (None: its default)."""
    group, usual = chosen_group(store.whole, authority, kind), default_kind(store.whole, authority)
    kind = kind or usual
    shown = shown_metrics(store, authority)
    mine = [metric for metric in shown if metric.theme == theme.id]
    title = f"{theme.title}: {authority.short_name}"
    choices = day_choice(store.day) | up_to_choice(store)
    topics = tuple(
        make_section(store, authority, group, Theme(topic.id, topic.title, (topic,)), chosen)
        for topic in theme.topics
        if (chosen := [metric for metric in mine if metric.topic == topic.id])
    )
    return AuthorityThemePage(
        head=_head(
            authority,
            theme,
            f"{title}{'' if kind is usual else BESIDE[kind]}{state_words(store)}{up_to_words(store)}",
            FIGURES if mine else (),
        ),
        title=title,
        form=_form(store, authority, theme, kind, today),
        known=known_sentence(store, mine),
        comparator=group_noun(group),
        count=count_text(len(mine), "metric"),
        topics=topics,
        index=tuple(Link(section.title, f"#{section.id}") for section in topics),
        others_title="Other themes",
        others=tuple(
            Link(other.title, authority_theme_address(authority.slug, other.id, **choices))
            for other in store.catalogue.themes.values()
            if other.id != theme.id and any(metric.theme == other.id for metric in shown)
        ),
        questions=Link(
            f"Questions to ask on {theme.title}, to print", authority_questions_address(authority.slug, theme.id)
        ),
        empty=Notice(
            f"No figures on {theme.title} for this council",
            "None of the metrics of this theme that we have figures for covers it.",
            ((authority.name, authority_address(authority.slug)),),
        ),
    )


def _form(store: FigureStore, authority: Authority, theme: Theme, kind: GroupKind, today: date) -> ChooseForm:
    form = group_form(store.whole, authority, kind, authority_theme_address(authority.slug, theme.id))
    return replace(
        form,
        label="Who to compare with, and on which day",
        fields=(*form.fields, up_to_field(store, today), day_field(store)),
    )


def _head(authority: Authority, theme: Theme, title: str, files: tuple[tuple[str, str], ...]) -> PageHead:
    overview = (authority.short_name, authority_address(authority.slug))
    crumbs = (("Home", "/"), ("Councils", "/authorities"), overview, (theme.title, None))
    description = f"All figures on {theme.title} of {authority.name} beside those of councils like it."
    feeds = (
        (f"News of {theme.title}", theme_feed_address(theme.id)),
        (f"News of {authority.name}", authority_feed_address(authority.slug)),
    )
    return PageHead(title, "authorities", crumbs, description, files=files, feeds=feeds)
