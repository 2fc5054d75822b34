"""`moothall check --report`: what became of every row, source by source, and how sources agree."""

from dataclasses import asdict
from typing import Any

import typer

from moothall.catalogue import Catalogue
from moothall.catalogue.places import releases_folder
from moothall.cli.output import Format, print_json, print_rows
from moothall.pipeline.check_lists import ListCheck, check_beside
from moothall.pipeline.report import SourceReport, report_releases
from moothall.store import Comparison

LISTED_REASONS = 5
"""How many reasons of a source are printed for people; JSON has all of them."""


def print_report(catalogue: Catalogue, answer: Format) -> None:
    """Print the accounts of all sources: rows read = observations + refused."""
    reports = report_releases(catalogue, releases_folder())
    listed = check_beside(catalogue, releases_folder())
    rows = [report_row(report) for report in reports]
    if answer is Format.JSON:
        accounts = [list_row(each) for each in listed]
        print_json(
            {"sources": rows, "lists": accounts, "files_not_read": [entry.model_dump() for entry in catalogue.unread]}
        )
        return
    print_rows(rows, ("source", "rows_read", "observations", "refused"), answer)
    for row in rows:
        print_reasons(row)
    for comparison in (item for report in reports for item in report.comparisons):
        typer.echo(comparison_sentence(comparison))
    print_lists(listed)
    for entry in catalogue.unread:
        typer.echo(f"\nNot read: {entry.folder}: {entry.what}. {entry.why}")


def report_row(report: SourceReport) -> dict[str, Any]:
    """One source as plain facts; the first five keys are promised to programs."""
    accounts = report.accounts
    return {
        "source": accounts.source,
        "rows_read": accounts.rows_read,
        "observations": accounts.observations,
        "refused": sum(accounts.refused.values()),
        "reasons": accounts.refused,
        "releases": accounts.releases,
        "releases_not_made": report.missing,
        "comparisons": [asdict(comparison) for comparison in report.comparisons],
    }


def list_row(found: ListCheck) -> dict[str, Any]:
    """What became of every place of a list of councils: places_read = kept + refused."""
    return {
        "source": found.source,
        "list": found.count.id,
        "places_read": found.count.rows_read,
        "kept": found.count.observations,
        "refused": sum(found.count.refused.values()),
        "reasons": found.count.refused,
    }


def print_lists(listed: list[ListCheck]) -> None:
    """Print the accounts of the lists of councils, where there are any."""
    if listed:
        typer.echo("")
        rows = [list_row(each) for each in listed]
        print_rows(rows, ("source", "list", "places_read", "kept", "refused"), Format.HUMAN)


def print_reasons(row: dict[str, Any]) -> None:
    """Say why places of a source were left out, the commonest reason first."""
    if row["reasons"]:
        typer.echo(f"\n{row['source']}: {row['refused']:,} places left out.")
    for reason, count in list(row["reasons"].items())[:LISTED_REASONS]:
        typer.echo(f"  {count:>9,}  {reason}")
    if len(row["reasons"]) > LISTED_REASONS:
        typer.echo(f"  and {len(row['reasons']) - LISTED_REASONS} more reasons: --format json lists them all.")


def comparison_sentence(found: Comparison) -> str:
    """One comparison in a sentence."""
    pair = f"\n{found.source} {found.series} beside {found.kind}"
    other = f" ({found.other_source} {found.other_series})" if found.other_source != found.source else ""
    return f"{pair}{other}: {found.compared:,} compared, {found.differing:,} differ, {found.explained:,} explained."
