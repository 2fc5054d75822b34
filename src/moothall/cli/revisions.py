"""`moothall revisions`: what later releases of a source say otherwise than those before them, largest first."""

from typing import Annotated, Any

import typer

from moothall.catalogue.places import builds_folder
from moothall.catalogue.spelling import advise
from moothall.cli.output import Format, FormatOption, print_json, print_table
from moothall.errors import UnknownName
from moothall.presenters.provenance.revisions_page import LARGEST, report_of, revision_sentence, revisions_record
from moothall.store import Store

COLUMNS = ("metric", "authority", "period", "kind", "earlier", "later", "before", "after", "change", "relative")


SourceName = Annotated[str | None, typer.Argument(metavar="[SOURCE]", help="A source's id; all sources otherwise.")]


def revisions(
    source: SourceName = None,
    answer: FormatOption = Format.HUMAN,
) -> None:
    """Report what a later release changed: for each source how much of what kind, then the largest first."""
    store = Store.open(builds_folder())
    known = list(store.catalogue.sources)
    if source is not None and source not in known:
        raise UnknownName(f"There is no source {source!r}: {advise(source, known)}", known)
    records = [revisions_record(store, each) for each in ([source] if source else known)]
    records = [record for record in records if record["compared"] or source]
    if answer is Format.JSON:
        print_json({"sources": records})
        return
    if not records:
        typer.echo("No source has two releases that give the same figure.")
    for record in records:
        print_source(store, record)


def print_source(store: Store, record: dict[str, Any]) -> None:
    """Print a source's counts and its largest revisions."""
    typer.echo(f"\n{record['source']}: {revision_sentence(report_of(store, record['source']))}")
    counts = [f"{count:,} {kind}" for kind, count in record["counts"].items() if count]
    if not counts:
        return
    typer.echo(f"{', '.join(counts)}.")
    rows = [[_cell(revision[column]) for column in COLUMNS] for revision in record["revisions"][:LARGEST]]
    print_table(COLUMNS, rows)
    if len(record["revisions"]) > LARGEST:
        typer.echo(f"and {len(record['revisions']) - LARGEST:,} more: --format json lists them all.")


def _cell(value: Any) -> Any:
    return f"{value:,.10g}" if isinstance(value, float) else value
