"""The pipeline's verbs on the command line: fetch, read, build, check."""

from pathlib import Path
from typing import Annotated, Any

import typer

from moothall.catalogue import load_catalogue
from moothall.catalogue.places import builds_folder, catalogue_folder, raw_folder, releases_folder
from moothall.cli.output import Format, FormatOption, print_json, print_rows, progress_bars, say
from moothall.errors import CheckError, FetchError
from moothall.pipeline.agree import AgreementResult
from moothall.pipeline.build import build as build_figures
from moothall.pipeline.check_releases import SourceCheck, check_releases
from moothall.pipeline.fetch import fetch_sources
from moothall.pipeline.read import ReadRelease, read_sources

Sources = Annotated[list[str] | None, typer.Argument(help="Ids of sources; all of them where none is named.")]
Mirror = Annotated[Path | None, typer.Option(help="A folder that holds the publishers' files, instead of the web.")]

LISTED_DIFFERENCES = 10
"""How many differences between two sources are printed for people; JSON has all of them."""


def fetch(sources: Sources = None, mirror: Mirror = None) -> None:
    """Fetch publishers' files, whole and with the digest that the catalogue expects."""
    catalogue = load_catalogue(catalogue_folder())
    with progress_bars() as progress:
        fetched = fetch_sources(catalogue, sources, mirror, raw_folder(), progress)
    new = sum(file.is_new for file in fetched)
    say(f"{len(fetched)} files are in place, {new} of them new.")


def read(sources: Sources = None, mirror: Mirror = None, answer: FormatOption = Format.HUMAN) -> None:
    """Read fetched files (or those of a mirror) into release files, counting what becomes of every row."""
    if mirror is not None and not mirror.is_dir():
        raise FetchError(f"There is no mirror at {mirror}: give the folder that holds one folder for each source.")
    catalogue = load_catalogue(catalogue_folder())
    with progress_bars() as progress:
        done = read_sources(catalogue, sources, mirror or raw_folder(), releases_folder(), progress)
    rows = [release_row(release) for release in done]
    print_rows(rows, ("source", "release", "rows_read", "observations", "refused", "changed"), answer)


def release_row(release: ReadRelease) -> dict[str, Any]:
    """What became of a release's rows: rows_read = observations + refused."""
    return {
        "source": release.source,
        "release": release.release,
        "rows_read": sum(table.rows_read for table in release.tables),
        "observations": sum(table.observations for table in release.tables),
        "refused": sum(sum(table.refused.values()) for table in release.tables),
        "changed": release.is_changed,
    }


def build(answer: FormatOption = Format.HUMAN) -> None:
    """Build the database that pages and commands read; the last one serves until this one is whole."""
    with progress_bars() as progress:
        build_id = build_figures(catalogue_folder(), releases_folder(), builds_folder(), progress)
    if answer is Format.JSON:
        print_json({"build": build_id, "file": str(builds_folder() / f"{build_id}.duckdb")})
    else:
        say(f"Build {build_id} is ready.")


def check(
    catalogue_only: Annotated[bool, typer.Option("--catalogue", help="Check only the definitions.")] = False,
    answer: FormatOption = Format.HUMAN,
) -> None:
    """Check the definitions and the shipped figures; say what does not hold."""
    catalogue = load_catalogue(catalogue_folder())
    say(f"The catalogue holds: {len(catalogue.metrics)} metrics, {len(catalogue.authorities)} authorities.")
    if catalogue_only:
        return
    with progress_bars() as progress:
        report = check_releases(catalogue, releases_folder(), progress)
    rows = [source_row(source) for source in report.sources]
    if answer is Format.JSON:
        print_json({"sources": rows, "problems": report.problems})
    else:
        print_rows(rows, ("source", "rows_read", "observations", "refused"), answer)
        for source in report.sources:
            print_agreements(source)
    if report.problems:
        raise CheckError(report.problems)


def source_row(source: SourceCheck) -> dict[str, Any]:
    """What became of a source's rows, by reason, and how it agrees with others."""
    return {
        "source": source.source,
        "rows_read": source.rows_read,
        "observations": source.observations,
        "refused": sum(source.refused.values()),
        "reasons": source.refused,
        "agreements": [agreement_row(result) for result in source.agreements],
    }


def agreement_row(result: AgreementResult) -> dict[str, Any]:
    """One comparison of two sources with every difference and its explanation."""
    return {
        "series": result.agreement.series,
        "other_source": result.agreement.other_source,
        "other_series": result.agreement.other_series,
        "tolerance": result.agreement.tolerance,
        "compared": result.compared,
        "differences": [
            {"area_code": d.area_code, "period": d.period, "value": d.value, "other_value": d.other_value, "why": d.why}
            for d in result.differences
        ],
    }


def print_agreements(source: SourceCheck) -> None:
    """Say how a source agrees with others: how many figures, and the first of the differences with why."""
    for result in source.agreements:
        names = f"{source.source} {result.agreement.series} and {result.agreement.other_source}"
        typer.echo(f"\n{names}: {result.compared:,} figures compared, {len(result.differences)} differ.")
        for d in result.differences[:LISTED_DIFFERENCES]:
            typer.echo(
                f"  {d.area_code} {d.period}: {d.value} here, {d.other_value} there. {d.why or 'Not explained.'}"
            )
        if len(result.differences) > LISTED_DIFFERENCES:
            typer.echo(f"  and {len(result.differences) - LISTED_DIFFERENCES} more: --format json lists them all.")
