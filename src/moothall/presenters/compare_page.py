"""Up to four councils side by side: metrics down, councils across, the middle of each one's own type last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from moothall.analytics.groups import Group, is_eligible, type_group
from moothall.domain.authority import Authority, Responsibility
from moothall.domain.metric import Metric
from moothall.domain.period import Period
from moothall.domain.wording import Length
from moothall.presenters.addresses import authority_address, compare_address, metric_address, trail_address
from moothall.presenters.blocks import (
    ChooseForm,
    Column,
    Link,
    Option,
    OptionGroup,
    PageHead,
    SelectField,
    Table,
    TableCell,
    TableRow,
)
from moothall.presenters.cohort import Standing, cohorts_of, standing_of
from moothall.presenters.downloads.names import FIGURES
from moothall.presenters.figure_words import missing_words
from moothall.presenters.numbers import number_text, short_exact_text, short_middle_text
from moothall.presenters.reading import FigureStore, authorities_by_name, is_running, live_metrics
from moothall.presenters.sentences import sentences_of
from moothall.presenters.words import STATUS_WORDS, group_noun, joined

MOST_AUTHORITIES = 4
MOST_METRICS = 8
METRIC_FIELDS = (("Metric", "All metrics"), ("And metric", "No other"))
"""The label of each select of metrics, and what it says while nothing is chosen."""


@dataclass(frozen=True, slots=True)
class CompareTable:
    """The metrics of one theme side by side."""

    id: str
    title: str
    table: Table


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Everything that the comparison shows; without councils it is the empty form."""

    head: PageHead
    title: str
    form: ChooseForm
    tags: tuple[Link, ...]
    sentence: str
    tables: tuple[CompareTable, ...]


def make_compare_page(
    store: FigureStore, authorities: Sequence[Authority], metrics: Sequence[Metric], today: date
) -> ComparePage:
    """Chosen authorities on chosen metrics; without metrics, on all that are published for the type of one of them."""
    names = joined([a.short_name for a in authorities])
    title = f"Compare {names}" if authorities else "Compare councils"
    groups = list(dict.fromkeys(type_group(a.type) for a in authorities))
    shown = list(metrics) or [m for m in live_metrics(store) if any(a.type in m.applies_to for a in authorities)]
    head_title = f"{title}: {joined([m.title for m in metrics])}" if metrics else title
    return ComparePage(
        head=_head(head_title, FIGURES if authorities else ()),
        title=title,
        form=_form(store, authorities, metrics, today),
        tags=tuple(_tag(authority, authorities, metrics) for authority in authorities),
        sentence=_sentence(authorities, groups),
        tables=tuple(_tables(store, authorities, shown, groups)) if authorities else (),
    )


def _head(title: str, files: tuple[tuple[str, str], ...]) -> PageHead:
    return PageHead(title, "compare", (("Home", "/"), ("Compare", None)), "Councils side by side.", files=files)


def shared_period(store: FigureStore, metric: Metric, authorities: Sequence[Authority]) -> Period | None:
    """The newest period in which all of these that are eligible have a figure; else in which any has; else None."""
    service = store.catalogue.responsibilities[metric.responsibility]
    newest_of_any = None
    for period in reversed(store.panel(metric.id).periods):
        eligible = [a for a in authorities if is_eligible(a, metric, service, period.end)]
        has = [standing_of(store, metric, a, period).value is not None for a in eligible]
        if has and all(has):
            return period
        newest_of_any = newest_of_any or (period if any(has) else None)
    return newest_of_any


def _sentence(authorities: Sequence[Authority], groups: Sequence[Group]) -> str:
    if not authorities:
        return "Choose up to four councils. You can choose metrics too; without them you see all there are."
    nouns = joined([group_noun(group) for group in groups])
    middle = f"The last {'column gives' if len(groups) == 1 else 'columns give'} the middle figure of {nouns}."
    return f"Each row is the newest period in which all the councils that run the service have a figure. {middle}"


def _tables(
    store: FigureStore, authorities: Sequence[Authority], metrics: Sequence[Metric], groups: Sequence[Group]
) -> list[CompareTable]:
    columns = (
        Column("Metric and period"),
        *(Column(a.short_name, numeric=True) for a in authorities),
        *(Column(f"Middle of {group_noun(g)}", numeric=True) for g in groups),
    )
    found = []
    for theme in store.catalogue.themes.values():
        rows = [_row(store, m, authorities, groups) for m in metrics if m.theme == theme.id]
        if rows:
            table = Table(f"table-{theme.id}", f"{theme.title}, side by side", columns, tuple(rows), True)
            found.append(CompareTable(theme.id, theme.title, table))
    return found


def _row(store: FigureStore, metric: Metric, authorities: Sequence[Authority], groups: Sequence[Group]) -> TableRow:
    period = shared_period(store, metric, authorities)
    if period is None:
        blank = TableCell("no figure", is_missing=True)
        middles = tuple(TableCell("", is_missing=True) for _ in groups)
        return TableRow((TableCell(metric.title, metric_address(metric.id)), *(blank for _ in authorities), *middles))
    note = f"{metric.unit.words}, {period.label}" if metric.unit.words else period.label
    name = TableCell(metric.title, metric_address(metric.id, period=period.slug), note=note)
    cells = [_cell(store, metric, authority, period) for authority in authorities]
    return TableRow((name, *cells, *(_middle(store, metric, group, period) for group in groups)))


def _cell(store: FigureStore, metric: Metric, authority: Authority, period: Period) -> TableCell:
    service = store.catalogue.responsibilities[metric.responsibility]
    if not is_eligible(authority, metric, service, period.end):
        return TableCell(_why_not(authority, service, period), is_missing=True)
    standing = standing_of(store, metric, authority, period)
    if standing.value is None:
        return TableCell(missing_words(sentences_of(store), authority, standing, Length.PART).text, is_missing=True)
    href = trail_address(metric.id, authority.slug, period.slug)
    shown = short_exact_text(standing.value, metric)
    return TableCell(shown, href, _status_note(standing))


def _why_not(authority: Authority, service: Responsibility, period: Period) -> str:
    if not authority.is_active(period.end):
        return f"did not act on the last day of {period.label}"
    if service.is_run_by(authority, period.end):
        return "not published for its type"
    return f"does not run: {service.name.lower()}"


def _status_note(standing: Standing) -> str | None:
    return STATUS_WORDS[standing.status] or None if standing.status else None


def _middle(store: FigureStore, metric: Metric, group: Group, period: Period) -> TableCell:
    cohort = cohorts_of(store).at(metric.id, group, period)
    if not cohort.members:
        return TableCell("not for this type", is_missing=True)
    if cohort.summary.median is None:
        return TableCell("too few figures", is_missing=True)
    return TableCell(short_middle_text(cohort.summary.median, metric), note=f"of {number_text(cohort.summary.n)}")


def _tag(authority: Authority, authorities: Sequence[Authority], metrics: Sequence[Metric]) -> Link:
    others = [a.slug for a in authorities if a.code != authority.code]
    return Link(authority.name, authority_address(authority.slug), compare_address(others, [m.id for m in metrics]))


def _form(store: FigureStore, authorities: Sequence[Authority], metrics: Sequence[Metric], today: date) -> ChooseForm:
    slugs = [a.slug for a in authorities] + [""] * (MOST_AUTHORITIES - len(authorities))
    councils = tuple(
        SelectField(f"authority-{n}", "authority", f"Council {n}", options=_councils(store, slug, today))
        for n, slug in enumerate(slugs[:MOST_AUTHORITIES], start=1)
    )
    wanted = [m.id for m in metrics][:2] + [""] * (2 - len(metrics))
    chosen_metrics = tuple(
        SelectField(f"metric-{n}", "metric", label, groups=_metrics(store, metric, empty))
        for n, (metric, (label, empty)) in enumerate(zip(wanted, METRIC_FIELDS, strict=True), start=1)
    )
    hidden = tuple(("metric", m.id) for m in metrics[2:])
    return ChooseForm("/compare", "Councils and metrics to compare", councils + chosen_metrics, hidden, "Compare")


def _councils(store: FigureStore, selected: str, today: date) -> tuple[Option, ...]:
    found = [a for a in authorities_by_name(store) if is_running(a, today) or a.slug == selected]
    named = tuple(Option(a.slug, a.short_name, a.slug == selected) for a in found)
    return (Option("", "No council", not selected), *named)


def _metrics(store: FigureStore, selected: str, empty: str) -> tuple[OptionGroup, ...]:
    metrics = live_metrics(store)
    themes = [t for t in store.catalogue.themes.values() if any(m.theme == t.id for m in metrics)]
    named = tuple(
        OptionGroup(t.title, tuple(Option(m.id, m.title, m.id == selected) for m in metrics if m.theme == t.id))
        for t in themes
    )
    return (OptionGroup("No choice", (Option("", empty, not selected),)), *named)
