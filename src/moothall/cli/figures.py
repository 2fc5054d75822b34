"""`moothall show`, `compare` and `trace`: one figure, one group, one trail."""

from typing import Annotated

import typer

from moothall.analytics.groups import ENGLAND, Group, GroupKind, group_of, group_with_id
from moothall.catalogue.names import find_authority, find_metric
from moothall.catalogue.places import builds_folder
from moothall.cli.output import Format, FormatOption, print_facts, print_json, print_table
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.period import Period
from moothall.errors import UnknownName, UsageError
from moothall.presenters.cohort import Cohort, Standing, cohorts_of, latest_standing, standing_of
from moothall.presenters.numbers import metric_value_text, middle_text
from moothall.presenters.records import comparison_record, figure_record, trail_record
from moothall.presenters.trail_page import make_trail_page
from moothall.presenters.words import judgement_sentence, position_sentence, rank_text
from moothall.store import Store

MetricName = Annotated[str, typer.Argument(metavar="METRIC", help="Id or title of a metric.")]
AuthorityName = Annotated[
    str, typer.Argument(metavar="AUTHORITY", help="A council's code, GSS code, name or former name.")
]
PeriodName = Annotated[str | None, typer.Option("--period", help="Such as 2021-22 or 2023; the newest otherwise.")]
GROUP_HELP = "same-type, region, england, type:county, region:E12000003 or custom:LDS,BRD."


def show(
    metric: MetricName,
    authority: AuthorityName,
    period: PeriodName = None,
    group: Annotated[str, typer.Option(help=GROUP_HELP)] = GroupKind.SAME_TYPE.value,
    answer: FormatOption = Format.HUMAN,
) -> None:
    """Show one council's figure and where it stands in its group."""
    store = Store.open(builds_folder())
    wanted, council = named(store, metric, authority)
    when = chosen_period(store, wanted, council, period)
    cohort = cohorts_of(store).at(wanted.id, chosen_group(store, group, council), when)
    standing = standing_of(store, wanted, council, when)
    if answer is Format.JSON:
        print_json(figure_record(cohort, council, standing))
    else:
        print_standing(cohort, council, standing)


def print_standing(cohort: Cohort, authority: Authority, standing: Standing) -> None:
    """Print a figure and its place in the group in sentences, or why there is no figure."""
    metric, period = cohort.metric, cohort.period.label
    facts = {"metric": metric.title, "council": authority.name, "period": period, "status": standing.status}
    print_facts({**facts, "rank": rank_words(cohort, authority)})
    if standing.value is None:
        typer.echo(f"\nNo figure: {standing.reason}")
        return
    position, middle = cohort.position_of(authority.code), cohort.summary.median
    name, group = authority.short_name, cohort.group
    sentence = position_sentence(name, standing.value, period, metric, group, position, middle)
    certainty = judgement_sentence(cohort.judgement_of(standing), group)
    typer.echo(f"\n{sentence} {certainty}".rstrip())
    typer.echo(f"\nWhat it cannot say: {metric.cannot_say}")


def compare(
    metric: MetricName,
    group: Annotated[str, typer.Option(help=GROUP_HELP)] = ENGLAND.id,
    period: PeriodName = None,
    authority: Annotated[str | None, typer.Option(help="The council whose type or region is meant.")] = None,
    answer: FormatOption = Format.HUMAN,
) -> None:
    """Compare a group's councils on one metric: middle, spread, and every council's figure by name."""
    store = Store.open(builds_folder())
    wanted = find_metric(metric, store.catalogue.metrics.values())
    council = find_authority(authority, store.catalogue.authorities.values()) if authority else None
    cohort = cohorts_of(store).at(wanted.id, chosen_group(store, group, council), newest(store, wanted, period))
    if answer is Format.JSON:
        print_json(comparison_record(store, cohort))
    else:
        print_cohort(store, cohort)


def print_cohort(store: Store, cohort: Cohort) -> None:
    """Print a group's middle figure, then every member by name: never in the order of their figures."""
    summary, metric = cohort.summary, cohort.metric
    facts = {
        "metric": metric.title,
        "period": cohort.period.label,
        "group": cohort.group.title,
        "figures": summary.n,
        "middle figure": None if summary.median is None else middle_text(summary.median, metric),
        "refused": summary.refused.sentence if summary.refused else None,
    }
    print_facts(facts)
    typer.echo()
    rows = [(m.short_name, figure_text(store, cohort, m), rank_words(cohort, m)) for m in cohort.members]
    print_table(("council", "figure", "rank in this group"), rows)


def trace(
    metric: MetricName,
    authority: AuthorityName,
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="Such as 2021-22 or 2023.")],
    answer: FormatOption = Format.HUMAN,
) -> None:
    """Trace one figure to the publisher's file, sheet, row and column."""
    store = Store.open(builds_folder())
    wanted, council = named(store, metric, authority)
    when = newest(store, wanted, period)
    page = make_trail_page(store, wanted, council, when)
    if answer is Format.JSON:
        print_json(trail_record(store, wanted, council, when))
        return
    typer.echo(page.title)
    for number, step in enumerate(page.steps, start=1):
        typer.echo(f"\n{number}. {step.title}")
        print_facts({f"   {row.key}": row.text for row in step.rows})


def named(store: Store, metric: str, authority: str) -> tuple[Metric, Authority]:
    """The metric and the authority that these words mean; UnknownName with suggestions otherwise."""
    wanted = find_metric(metric, store.catalogue.metrics.values())
    return wanted, find_authority(authority, store.catalogue.authorities.values())


def chosen_period(store: Store, metric: Metric, authority: Authority, period: str | None) -> Period:
    """The named period, or the newest in which the council has a row; UnknownName where there is none."""
    if period:
        return newest(store, metric, period)
    standing = latest_standing(store, metric, authority)
    return standing.period if standing else newest(store, metric, None)


def newest(store: Store, metric: Metric, period: str | None) -> Period:
    """The named period of a metric, or its newest; UnknownName with the periods there are."""
    periods = store.panel(metric.id).periods
    if not periods:
        raise UsageError(f"{metric.title} has no figures yet: {metric.awaiting or 'its source has not been read'}")
    if period is None:
        return periods[-1]
    found = [
        p for p in periods if period.strip().casefold() in (p.slug.casefold(), p.label.casefold(), p.iso.casefold())
    ]
    if not found:
        raise UnknownName(f"{metric.title} has no period {period!r}.", tuple(p.slug for p in reversed(periods))[:8])
    return found[0]


def chosen_group(store: Store, group: str, authority: Authority | None) -> Group:
    """The group of that name; ``same-type`` and ``region`` need a council. UsageError or UnknownName otherwise."""
    regions, authorities = store.catalogue.regions, store.catalogue.authorities
    if group not in (GroupKind.SAME_TYPE, GroupKind.REGION):
        return group_with_id(group, regions, authorities)
    if authority is None:
        raise UsageError(
            f"--group {group} needs to know whose: add --authority, or name the group, such as type:county."
        )
    return group_of(GroupKind(group), authority, regions)


def rank_words(cohort: Cohort, authority: Authority) -> str:
    """The rank as a range within the named group, the highest figure first; empty where there is none."""
    position = cohort.position_of(authority.code)
    return rank_text(position) if position.rank_low is not None else ""


def figure_text(store: Store, cohort: Cohort, authority: Authority) -> str:
    """A member's figure with its unit, or the reason there is none."""
    standing = standing_of(store, cohort.metric, authority, cohort.period)
    if standing.value is None:
        return f"no figure: {standing.reason}"
    return metric_value_text(standing.value, cohort.metric)
