"""`moothall standing-out`, `learn` and `reversal-report`: what differs, whom to ask, and how good our flags are."""

from typing import Annotated, Any

import typer

from moothall.analytics.groups import GroupKind
from moothall.catalogue.names import find_authority
from moothall.catalogue.places import builds_folder
from moothall.cli.figures import GROUP_HELP, AuthorityName, MetricName, chosen_group, named, newest
from moothall.cli.output import Format, FormatOption, print_json, print_marks, print_replies, print_table
from moothall.errors import UsageError
from moothall.presenters.authority.learning_view import Candidate, Learning, learning_record, whom_to_learn_from
from moothall.presenters.authority.standing_out_view import WhatStandsOut, standing_out_record, what_stands_out
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.provenance.reversal_view import KIND_WORDS, reversal_record
from moothall.presenters.shared_by_councils.practice import note_link, note_records, notes_on
from moothall.presenters.shared_by_councils.replies import replies_of
from moothall.presenters.wording.numbers import number_text
from moothall.store import Store

OwnGroup = Annotated[str, typer.Option(help=GROUP_HELP)]


def standing_out(
    authority: AuthorityName,
    group: OwnGroup = GroupKind.SAME_TYPE.value,
    answer: FormatOption = Format.HUMAN,
) -> None:
    """Say what stands out for one council: what to look into, what goes well, and how much of it may be chance."""
    store = Store.open(builds_folder())
    council = find_authority(authority, store.catalogue.authorities.values())
    what = what_stands_out(store, council, chosen_group(store, group, council))
    if answer is Format.JSON:
        print_json(standing_out_record(store, what))
    else:
        print_standing_out(store, what)


def print_standing_out(store: FigureStore, what: WhatStandsOut) -> None:
    """Print the three lists in sentences, each with what the council says to the figure, then how much was tested."""
    replies = replies_of(store)
    for title, items in (
        ("To look into", what.look_into),
        ("Going well", what.going_well),
        ("Unusual, neither better nor worse", what.unusual),
    ):
        typer.echo(f"{title}:")
        for item in items:
            typer.echo(f"  - {item.sentence}")
            print_replies(replies.beside(item.cohort.metric.id, what.authority, item.cohort.period.slug))
        typer.echo("" if items else "  nothing by more than chance would give\n")
    typer.echo(what.summary)


def learn(
    metric: MetricName,
    authority: AuthorityName,
    group: OwnGroup = GroupKind.SAME_TYPE.value,
    answer: FormatOption = Format.HUMAN,
) -> None:
    """Name the councils that one could learn from on a metric: who does better, and who turned it round."""
    store = Store.open(builds_folder())
    wanted, council = named(store, metric, authority)
    if wanted.state.is_draft:
        raise UsageError(f"{wanted.title} may change or go, so nobody is named to learn from: ask about a live metric.")
    newest(store, wanted, None)
    found = whom_to_learn_from(store, wanted, council, chosen_group(store, group, council))
    if answer is Format.JSON:
        print_json({**learning_record(store, found), "practice_notes": note_records(store, wanted.id)})
    else:
        print_learning(store, found)
        print_notes(store, wanted.id)


def print_learning(store: FigureStore, found: Learning) -> None:
    """Print both lists, each council with the reason why it is there."""
    order = "most similar council first" if found.is_by_similarity else "by name"
    for title, candidates in (("Does better", found.better), ("Turned it round", found.turned)):
        typer.echo(f"{title} ({order}):")
        for one in candidates:
            typer.echo(f"  - {candidate_text(one)}")
            print_marks(replies_of(store).marks(found.metric.id, one.authority, one.periods))
        typer.echo("" if candidates else "  nobody\n")
    typer.echo("\n".join(found.summary))


def print_notes(store: FigureStore, metric: str) -> None:
    """Print the practice notes on a metric: whose, what, and the page."""
    for note in notes_on(store, metric):
        link = note_link(store, note)
        typer.echo(f"Practice note of {link.note}: {link.text} ({link.href})")


def candidate_text(one: Candidate) -> str:
    """Why a council is named, with how sure that is and how close it is."""
    close = f"; how alike: {one.closeness.value}" if one.closeness else ""
    return f"{one.sentence} ({one.certainty.value}{close})"


def reversal_report(answer: FormatOption = Format.HUMAN) -> None:
    """Say what share of the changes that we flag is lost again a year later, beside all changes."""
    store = Store.open(builds_folder())
    record = reversal_record(store)
    if not record["by_metric"]:
        raise UsageError("This build has no metric of four periods or more, so no flag can be judged yet.")
    if answer is Format.JSON:
        print_json(record)
        return
    names = ("flags", "flagged_half_lost_share", "all_half_lost_share", "flagged_reversal_share", "all_reversal_share")
    columns = ("flags", "half lost", "half lost of all", "turned", "turned of all")
    kinds = [(KIND_WORDS[kind], counts["metrics"], counts) for kind, counts in record["by_kind"].items()]
    cells = ([words, metrics, *(shown(counts[name]) for name in names)] for words, metrics, counts in kinds)
    print_table(("series", "metrics", *columns), cells)
    typer.echo()
    each = ([metric, line["kind"], *(shown(line[name]) for name in names)] for metric, line in flagged(record))
    print_table(("metric", "kind", *columns), each)
    typer.echo("\n" + "\n".join(record["notes"]))


def flagged(record: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The metrics of the report that have a flag to judge."""
    return [(metric, line) for metric, line in record["by_metric"].items() if line["flags"]]


def shown(figure: int | float | None) -> str:
    """A count whole and a share as a percentage; nothing where there is none."""
    if figure is None:
        return ""
    return f"{number_text(100 * figure, 1)}%" if isinstance(figure, float) else number_text(figure)
