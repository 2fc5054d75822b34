"""One of the sixteen outcomes for one authority: figures that the national list asks for, and others that serve it."""

from collections.abc import Sequence

from moothall.analytics.groups import Group, GroupKind
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric, Outcome, Theme
from moothall.presenters.addresses import authority_address, authority_outcome_address, outcome_address
from moothall.presenters.authority.authority_page import BESIDE, chosen_group, group_form
from moothall.presenters.authority.theme_page import AuthorityThemePage
from moothall.presenters.authority.theme_sections import ThemeSection, make_section
from moothall.presenters.blocks import Link, Notice, PageHead
from moothall.presenters.downloads.names import FIGURES, Offered
from moothall.presenters.figures.cohort import shown_metrics
from moothall.presenters.figures.comparators import default_kind
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.finding.outcomes_page import outcome_lines, outcome_links
from moothall.presenters.wording.numbers import count_text
from moothall.presenters.wording.words import group_noun


def make_authority_outcome_page(
    store: FigureStore, authority: Authority, outcome: Outcome, kind: GroupKind | None = None
) -> AuthorityThemePage:
    """An authority's metrics for an outcome beside its group of this kind (None: its default)."""
    group, usual = chosen_group(store.whole, authority, kind), default_kind(store.whole, authority)
    kind = kind or usual
    beside = "" if kind is usual else BESIDE[kind]
    title = f"{outcome.title}: {authority.short_name}"
    sections = tuple(_sections(store, authority, group, outcome))
    href = outcome_address(outcome.id)
    about = Link(f"Outcome {outcome.number}: all metrics listed for it, and what is missing", href)
    return AuthorityThemePage(
        head=_head(authority, outcome, f"{title}{beside}, outcome {outcome.number}", FIGURES if sections else ()),
        title=title,
        form=group_form(store.whole, authority, kind, authority_outcome_address(authority.slug, outcome.id)),
        known=None,
        comparator=group_noun(group),
        count=count_text(sum(len(section.rows) for section in sections), "metric"),
        topics=sections,
        index=tuple(Link(section.title, f"#{section.id}") for section in sections),
        others_title="Other outcomes",
        others=outcome_links(store, authority, outcome),
        questions=about,
        empty=Notice(
            f"No figures for this outcome of {authority.short_name}",
            "None of the metrics listed for it has figures here for this council.",
            ((about.text, href), (authority.name, authority_address(authority.slug))),
        ),
    )


def outcome_metrics(store: FigureStore, authority: Authority, outcome: Outcome) -> tuple[list[Metric], list[Metric]]:
    """An authority's metrics that the national list names for an outcome, and its others that serve it."""
    listed = {metric for _, line in outcome_lines(store) if line.outcome == outcome.id for metric in line.metrics}
    shown = shown_metrics(store, authority)
    asked = [metric for metric in shown if metric.id in listed]
    serving = [metric for metric in shown if metric.outcome == outcome.id and metric.id not in listed]
    return asked, serving


def _sections(store: FigureStore, authority: Authority, group: Group, outcome: Outcome) -> list[ThemeSection]:
    asked, serving = outcome_metrics(store, authority, outcome)
    parts = (("listed", "On the national list for this outcome", asked), ("serving", "Others that serve it", serving))
    return [_section(store, authority, group, *part) for part in parts if part[2]]


def _section(
    store: FigureStore, authority: Authority, group: Group, part: str, title: str, metrics: Sequence[Metric]
) -> ThemeSection:
    return make_section(store, authority, group, Theme(part, title, ()), metrics)


def _head(authority: Authority, outcome: Outcome, title: str, files: Offered) -> PageHead:
    overview = (authority.short_name, authority_address(authority.slug))
    crumbs = (("Home", "/"), ("Councils", "/authorities"), overview, (outcome.title, None))
    description = f"Figures of {authority.name} for an outcome: {outcome.title}."
    return PageHead(title, "authorities", crumbs, description, files=files)
