"""`moothall show`, `compare` and `trace`: one figure, one group, one trail; now, or as it was known on a day."""

from pathlib import Path
from typing import Annotated

import typer

from moothall.analytics.groups import ENGLAND, Group, GroupKind
from moothall.catalogue.names import find_authority, find_metric
from moothall.catalogue.places import builds_folder
from moothall.cli.output import Format, FormatOption, print_facts, print_json, print_replies, print_table
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.period import Period
from moothall.domain.wording import Length
from moothall.errors import UnknownName, UsageError
from moothall.presenters.figures.cohort import Cohort, cohorts_of, latest_standing, standing_of
from moothall.presenters.figures.comparators import named_group, read_group_file, relative_words
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.figures.views import (
    Boundaries,
    boundaries_sentence,
    known_on,
    known_sentence,
    on_boundaries,
    read_day,
)
from moothall.presenters.metric.group_notes import group_notes
from moothall.presenters.metric.rank_choices import NO_PLACE, RankChoices, range_words, ranges_within, rank_choices
from moothall.presenters.provenance.trail_page import make_trail_page
from moothall.presenters.records import comparison_record, figure_record, trail_record
from moothall.presenters.shared_by_councils.replies import replies_of
from moothall.presenters.wording.figure_words import OwnFigure, missing_words, why_no_middle
from moothall.presenters.wording.numbers import exact_middle_text, exact_value_text
from moothall.presenters.wording.paragraph import paragraph
from moothall.presenters.wording.sentences import sentences_of
from moothall.presenters.wording.words import rank_text
from moothall.store import Store

MetricName = Annotated[str, typer.Argument(metavar="METRIC", help="Id or title of a metric.")]
AuthorityName = Annotated[
    str, typer.Argument(metavar="AUTHORITY", help="A council's code, GSS code, name or former name.")
]
PeriodName = Annotated[str | None, typer.Option("--period", help="Such as 2021-22 or 2023; the newest otherwise.")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="Answer as it was known on this day, such as 2024-06-30.")]
BoundariesOption = Annotated[
    Boundaries,
    typer.Option(help="The boundaries of past figures: those of their period, or today's (sums where they add up)."),
]
GROUP_HELP = (
    "same-type, region, england, similar, similar:MODEL, ons:global, adjacent, rural-urban, deprivation, type:county, "
    "region:E12000003, custom:LDS,BRD, or the path of a file with one code a line."
)


def show(
    metric: MetricName,
    authority: AuthorityName,
    period: PeriodName = None,
    group: Annotated[str, typer.Option(help=GROUP_HELP)] = GroupKind.SAME_TYPE.value,
    as_of: AsOf = None,
    boundaries: BoundariesOption = Boundaries.PERIOD,
    answer: FormatOption = Format.HUMAN,
) -> None:
    """Show one council's figure and where it stands in its group."""
    store = Store.open(builds_folder())
    wanted, council = named(store, metric, authority)
    seen = viewed(store, wanted, as_of, boundaries)
    when = chosen_period(seen, wanted, council, period)
    cohort = cohorts_of(seen).at(wanted.id, chosen_group(store, group, council), when)
    standing = standing_of(seen, wanted, council, when)
    if answer is Format.JSON:
        print_json(figure_record(seen, cohort, council, standing))
        return
    print_standing(seen, OwnFigure(cohort, council, standing))
    print_rank_choices(rank_choices(seen, cohort, council))
    print_view(seen, wanted)


def print_standing(store: FigureStore, own: OwnFigure) -> None:
    """Print a figure and its place in the group in a paragraph, or why there is no figure."""
    cohort, authority, standing = own.cohort, own.authority, own.standing
    metric, period = cohort.metric, cohort.period.label
    facts = {"metric": metric.title, "council": authority.name, "period": period, "status": standing.status}
    print_facts({**facts, "rank": rank_words(cohort, authority)})
    typer.echo("")
    for part in paragraph(store, own):
        typer.echo(part.text)
    print_replies(replies_of(store).beside(metric.id, authority, cohort.period.slug))


def print_rank_choices(found: RankChoices | None) -> None:
    """Print how the place moves over the choices that another reader could have made."""
    if found:
        typer.echo(f"\n{found.sentence}")
        print_table(("choice", "place"), [(one.words, rank_text(one.position) or NO_PLACE) for one in found.choices])


def compare(
    metric: MetricName,
    group: Annotated[str, typer.Option(help=GROUP_HELP)] = ENGLAND.id,
    period: PeriodName = None,
    authority: Annotated[str | None, typer.Option(help="The council whose type or region is meant.")] = None,
    as_of: AsOf = None,
    boundaries: BoundariesOption = Boundaries.PERIOD,
    answer: FormatOption = Format.HUMAN,
) -> None:
    """Compare a group's councils on one metric: middle, spread, and every council's figure by name."""
    store = Store.open(builds_folder())
    wanted = find_metric(metric, store.catalogue.metrics.values())
    council = find_authority(authority, store.catalogue.authorities.values()) if authority else None
    seen = viewed(store, wanted, as_of, boundaries)
    cohort = cohorts_of(seen).at(wanted.id, chosen_group(store, group, council), newest(seen, wanted, period))
    if answer is Format.JSON:
        print_json(comparison_record(seen, cohort))
        return
    print_cohort(seen, cohort)
    for note in group_notes(store, cohort.group):
        typer.echo(f"\n{note}")
    print_view(seen, wanted)


def viewed(store: Store, metric: Metric, as_of: str | None, boundaries: Boundaries) -> FigureStore:
    """The build as it was known on a day, on the boundaries wanted; UsageError where that has no figure."""
    newest(store, metric, None)
    known = known_on(store, read_day(as_of) if as_of else None, [metric])
    return on_boundaries(known, boundaries, metric)


def print_view(store: FigureStore, metric: Metric) -> None:
    """Say below an answer as of which day and on whose boundaries it is, where that was asked for."""
    for sentence in (known_sentence(store, [metric]), boundaries_sentence(store)):
        if sentence:
            typer.echo(f"\n{sentence}")


def print_cohort(store: FigureStore, cohort: Cohort) -> None:
    """Print a group's middle figure, then every member by name: never in the order of their figures."""
    summary, metric = cohort.summary, cohort.metric
    facts = {
        "metric": metric.title,
        "period": cohort.period.label,
        "group": cohort.group.title,
        "figures": summary.n,
        "middle figure": None if summary.median is None else exact_middle_text(summary.median, metric),
        "refused": why_no_middle(sentences_of(store), cohort).text if summary.refused else None,
    }
    print_facts(facts)
    typer.echo()
    ranges = {code: range_words(found) for code, found in ranges_within(store, cohort).items()}
    rows = [
        (m.short_name, figure_text(store, cohort, m), rank_words(cohort, m), ranges.get(m.code, ""))
        for m in cohort.members
    ]
    print_table(("council", "figure", "rank in this group", "over period and release"), rows)
    replies = replies_of(store)
    for member in cohort.members:
        print_replies(replies.beside(metric.id, member, cohort.period.slug))


def trace(
    metric: MetricName,
    authority: AuthorityName,
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="Such as 2021-22 or 2023.")],
    as_of: AsOf = None,
    answer: FormatOption = Format.HUMAN,
) -> None:
    """Trace one figure to the publisher's file, sheet, row and column."""
    store = Store.open(builds_folder())
    wanted, council = named(store, metric, authority)
    seen = viewed(store, wanted, as_of, Boundaries.PERIOD)
    when = newest(seen, wanted, period)
    page = make_trail_page(seen, wanted, council, when)
    if answer is Format.JSON:
        print_json(trail_record(seen, wanted, council, when))
        return
    typer.echo(page.title)
    for number, step in enumerate(page.steps, start=1):
        typer.echo(f"\n{number}. {step.title}")
        print_facts({f"   {row.key}": row.text for row in step.rows})
    print_view(seen, wanted)


def named(store: Store, metric: str, authority: str) -> tuple[Metric, Authority]:
    """The metric and the authority that these words mean; UnknownName with suggestions otherwise."""
    wanted = find_metric(metric, store.catalogue.metrics.values())
    return wanted, find_authority(authority, store.catalogue.authorities.values())


def chosen_period(store: FigureStore, metric: Metric, authority: Authority, period: str | None) -> Period:
    """The named period, or the newest in which the council has a row; UnknownName where there is none."""
    if period:
        return newest(store, metric, period)
    standing = latest_standing(store, metric, authority)
    return standing.period if standing else newest(store, metric, None)


def newest(store: FigureStore, metric: Metric, period: str | None) -> Period:
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
    """The group of that name, or that a file lists; words such as ``same-type`` and ``similar`` need a council.

    UsageError or UnknownName otherwise.
    """
    if Path(group).is_file():
        return read_group_file(store, read_text_file(Path(group)), group)
    if authority is None and group in relative_words(store):
        raise UsageError(
            f"--group {group} needs to know whose: add --authority, or name the group, such as type:county."
        )
    return named_group(store, group, authority)


def read_text_file(path: Path) -> str:
    """The text of a file that a user names; UsageError where it is not text."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read as text ({error}): save it as plain text, one code a line.") from None


def rank_words(cohort: Cohort, authority: Authority) -> str:
    """The rank as a range within the named group, the highest figure first; empty where there is none."""
    return rank_text(cohort.position_of(authority.code))


def figure_text(store: FigureStore, cohort: Cohort, authority: Authority) -> str:
    """A member's figure with its unit, or the reason there is none."""
    standing = standing_of(store, cohort.metric, authority, cohort.period)
    if standing.value is None:
        return missing_words(sentences_of(store), authority, standing, Length.PART).text
    return exact_value_text(standing.value, cohort.metric)
