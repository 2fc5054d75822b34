"""`moothall metrics`, `moothall outcomes` and `moothall authorities`: what there is."""

from datetime import date
from typing import Annotated

import typer

from moothall.catalogue.places import builds_folder
from moothall.cli.output import Format, FormatOption, print_rows
from moothall.domain.authority import Authority, AuthorityType
from moothall.domain.framework import FrameworkMetric
from moothall.domain.metric import Metric
from moothall.domain.words import MetricState
from moothall.errors import UsageError
from moothall.presenters.figures.views import read_day
from moothall.presenters.finding.outcomes_page import outcome_lines
from moothall.store import Store


def metrics(
    theme: Annotated[str | None, typer.Option(help="Only this theme, such as waste.")] = None,
    status: Annotated[MetricState | None, typer.Option(help="Only metrics in this state.")] = None,
    answer: FormatOption = Format.HUMAN,
) -> None:
    """List the metrics with unit, polarity, state and how many observations each has."""
    store = Store.open(builds_folder())
    if theme and theme not in store.catalogue.themes:
        raise UsageError(f"There is no theme {theme!r}: choose one of {', '.join(store.catalogue.themes)}.")
    chosen = [m for m in store.catalogue.metrics.values() if theme in (None, m.theme) and status in (None, m.state)]
    rows = [metric_row(store, metric) for metric in sorted(chosen, key=lambda m: (m.theme, m.id))]
    print_rows(rows, ("id", "title", "theme", "unit", "polarity", "status", "observations", "latest"), answer)


def metric_row(store: Store, metric: Metric) -> dict[str, object]:
    """One metric as plain facts; ``observations`` counts figures in the build."""
    periods = store.panel(metric.id).periods
    return {
        "id": metric.id,
        "title": metric.title,
        "theme": metric.theme,
        "topic": metric.topic,
        "unit": metric.unit.id,
        "polarity": metric.polarity,
        "status": metric.state,
        "source": metric.sources[0] if metric.sources else None,
        "sources": metric.sources,
        "responsibility": metric.responsibility,
        "observations": store.figures_by_metric.get(metric.id, 0),
        "latest": periods[-1].label if periods else None,
    }


def outcomes(answer: FormatOption = Format.HUMAN) -> None:
    """List the metrics that the outcomes framework asks for, and which of ours feeds each."""
    store = Store.open(builds_folder())
    rows = [outcome_row(store, line) for _, line in outcome_lines(store)]
    print_rows(rows, ("id", "outcome_title", "title", "state", "metric", "publisher"), answer)


def outcome_row(store: Store, line: FrameworkMetric) -> dict[str, object]:
    """One line of a framework as plain facts; ``metric`` is ours that leads, None where there is none."""
    return {
        "id": line.id,
        "outcome": line.outcome,
        "outcome_title": store.catalogue.outcomes[line.outcome].title if line.outcome else None,
        "title": line.title,
        "state": line.state,
        "metric": line.metric,
        "difference": line.difference,
        "publisher": line.publisher,
        "also": line.metrics[1:],
        "polarity": line.polarity,
        "polarity_note": line.polarity_note,
        "awaiting": line.awaiting,
        "landing_page": line.landing_page,
    }


def authorities(
    on: Annotated[str | None, typer.Option(help="Only those that acted on this date, such as 2021-04-01.")] = None,
    kind: Annotated[AuthorityType | None, typer.Option("--type", help="Only this type of authority.")] = None,
    answer: FormatOption = Format.HUMAN,
) -> None:
    """List the authorities, all that ever were or those that acted on a date."""
    day = read_day(on) if on else None
    register = Store.open(builds_folder()).catalogue.authorities.values()
    chosen = [a for a in register if kind in (None, a.type) and (day is None or a.is_active(day))]
    rows = [authority_row(a, day) for a in sorted(chosen, key=lambda a: a.short_name)]
    print_rows(rows, ("code", "area_code", "name", "type", "start", "end"), answer)


def authority_row(authority: Authority, day: date | None) -> dict[str, object]:
    """One authority as plain facts; the area code is the one in force on ``day``, or the last one."""
    return {
        "code": authority.code,
        "area_code": authority.area_code_on(day) if day else authority.area_codes[-1].code,
        "slug": authority.slug,
        "name": authority.name,
        "short_name": authority.short_name,
        "former_names": list(authority.former_names),
        "type": authority.type,
        "region": authority.region,
        "county": authority.county,
        "ecode": authority.ecode,
        "website": authority.website,
        "start": authority.start,
        "end": authority.end,
    }
