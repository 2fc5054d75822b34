"""The pipeline's verbs on the command line: fetch, read, build, check."""

from pathlib import Path
from typing import Annotated, Any

import typer

from moothall.catalogue import Catalogue, SourceDefinition, load_catalogue
from moothall.catalogue.places import builds_folder, catalogue_folder, raw_folder, releases_folder
from moothall.cli.output import Format, FormatOption, print_facts, print_json, print_rows, progress_bars, say
from moothall.cli.report import list_row, print_lists, print_report
from moothall.errors import CheckError, FetchError, UsageError
from moothall.pipeline.agree import AgreementResult
from moothall.pipeline.build import build as build_figures
from moothall.pipeline.build import is_current
from moothall.pipeline.check_lists import check_beside
from moothall.pipeline.check_releases import SourceCheck, check_releases
from moothall.pipeline.choose import named_sources
from moothall.pipeline.fetch import NewestFile, Web, fetch_newest, fetch_sources
from moothall.pipeline.mirror import mirror_files, mirror_problems, require_mirror
from moothall.pipeline.new_release import known_release, release_lines
from moothall.pipeline.read import ReadRelease, read_sources

Sources = Annotated[list[str] | None, typer.Argument(help="Ids of sources; all of them where none is named.")]
Mirror = Annotated[Path | None, typer.Option(help="A folder that holds the publishers' files, instead of the web.")]

LISTED_DIFFERENCES = 10
"""How many differences between two sources are printed for people; JSON has all of them."""


def fetch(
    sources: Sources = None,
    mirror: Mirror = None,
    newest: Annotated[
        bool, typer.Option("--newest", help="Look for the newest files of the named sources, by their live rules.")
    ] = False,
    base: Annotated[
        str | None, typer.Option(help="With --newest: a server that stands for the whole web (for trying out).")
    ] = None,
    given: Annotated[
        list[str] | None,
        typer.Option("--with", help="With --newest: a word of a live rule, such as year=2026."),
    ] = None,
) -> None:
    """Fetch publishers' files into data/raw, whole and with the digest that the catalogue expects.

    Without a mirror, files come from the addresses that the catalogue names; what is already in place is left alone.

    With --newest, find the newest file of each named source instead, put it into data/raw/FOLDER/incoming and print
    its digest and the lines to add to the source's YAML. Nothing enters the catalogue by itself.
    """
    catalogue = load_catalogue(catalogue_folder())
    if newest:
        print_newest(catalogue, sources or [], base, read_words(given or []))
        return
    with progress_bars() as progress:
        fetched = fetch_sources(catalogue, sources, mirror, raw_folder(), progress)
    new = sum(file.is_new for file in fetched)
    say(f"{len(fetched)} files are in place, {new} of them new.")


def read_words(given: list[str]) -> dict[str, str]:
    """Words given as ``name=text``; UsageError otherwise."""
    pairs = [text.partition("=") for text in given]
    for name, sign, text in pairs:
        if not (name and sign and text):
            raise UsageError(f"--with {name}{sign}{text} gives no word: write it as --with year=2026-to-2027.")
    return {name: text for name, _, text in pairs}


def print_newest(catalogue: Catalogue, names: list[str], base: str | None, words: dict[str, str]) -> None:
    """Fetch and print the newest files of each named source; a source that fails does not stop the others."""
    if not names:
        raise UsageError("--newest needs the id of a source: moothall fetch SOURCE --newest.")
    faults = []
    for definition in named_sources(catalogue, names):
        try:
            with progress_bars() as progress:
                found = fetch_newest(definition, raw_folder(), words, progress, Web(base=base))
        except FetchError as fault:
            faults.append(str(fault))
            continue
        for file in found:
            print_newest_file(definition, file)
    if faults:
        raise FetchError("\n".join(faults))


def print_newest_file(definition: SourceDefinition, file: NewestFile) -> None:
    """Print what is known about a fetched file, and the lines that the source's YAML needs for it."""
    newest, known = file.newest, known_release(definition, file)
    facts = {"source": file.source, "title": newest.title, "published": newest.published_on or "no day is named"}
    print_facts({**facts, "page": newest.page, "file": file.path, "bytes": file.bytes, "sha256": file.sha256})
    if known:
        typer.echo(f"\nThe catalogue has this file already, as the release {known}: there is nothing to add.\n")
        return
    typer.echo(f"\nAdd this under releases in catalogue/sources/{file.source}.yaml, and read it over:\n")
    typer.echo(release_lines(definition, file) + "\n")


def read(
    sources: Sources = None,
    mirror: Mirror = None,
    release: Annotated[str | None, typer.Option(help="Only this release of the one source that is named.")] = None,
    answer: FormatOption = Format.HUMAN,
) -> None:
    """Read fetched files (or those of a mirror) into release files, counting what becomes of every row.

    Each table is read as its source's YAML describes it. A file that is not byte for byte the one described, or that
    does not fit its description, stops the read with one sentence, and the release files stay as they were.
    """
    if release and len(sources or []) != 1:
        raise UsageError("--release needs the one source that it is of: moothall read SOURCE --release ID.")
    if mirror is not None:
        require_mirror(mirror)
    catalogue = load_catalogue(catalogue_folder())
    with progress_bars() as progress:
        done = read_sources(catalogue, sources, mirror or raw_folder(), releases_folder(), progress, release)
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


def build(
    if_changed: Annotated[bool, typer.Option("--if-changed", help="Do nothing where no input has changed.")] = False,
    answer: FormatOption = Format.HUMAN,
) -> None:
    """Build the database that pages and commands read; the last one serves until this one is whole."""
    places = catalogue_folder(), releases_folder(), builds_folder()
    if if_changed and is_current(*places):
        return
    with progress_bars() as progress:
        build_id = build_figures(*places, progress)
    if answer is Format.JSON:
        print_json({"build": build_id, "file": str(builds_folder() / f"{build_id}.duckdb")})
    else:
        say(f"Build {build_id} is ready.")


def check(
    catalogue_only: Annotated[bool, typer.Option("--catalogue", help="Check only the definitions.")] = False,
    report_only: Annotated[bool, typer.Option("--report", help="Only say what became of every row.")] = False,
    mirror: Annotated[
        Path | None, typer.Option(help="Only say which files of this folder are neither read nor explained.")
    ] = None,
    answer: FormatOption = Format.HUMAN,
) -> None:
    """Check the definitions and the shipped figures; say what does not hold."""
    catalogue = load_catalogue(catalogue_folder())
    say(f"The catalogue holds: {len(catalogue.metrics)} metrics, {len(catalogue.authorities)} authorities.")
    if catalogue_only:
        return
    if report_only:
        print_report(catalogue, answer)
        return
    if mirror is not None:
        check_mirror(catalogue, mirror)
        return
    with progress_bars() as progress:
        report = check_releases(catalogue, releases_folder(), progress)
    listed = check_beside(catalogue, releases_folder())
    problems = (*report.problems, *(f"{each.source}: {problem}" for each in listed for problem in each.problems))
    rows = [source_row(source) for source in report.sources]
    if answer is Format.JSON:
        print_json({"sources": rows, "lists": [list_row(each) for each in listed], "problems": problems})
    else:
        print_rows(rows, ("source", "rows_read", "observations", "refused"), answer)
        for source in report.sources:
            print_agreements(source)
        print_lists(listed)
    if problems:
        raise CheckError(problems)


def check_mirror(catalogue: Catalogue, mirror: Path) -> None:
    """Say that every file of the mirror is read or explained; CheckError with one sentence for each that is not."""
    problems = mirror_problems(catalogue, mirror)
    if problems:
        raise CheckError(problems)
    say(f"All {sum(1 for _ in mirror_files(mirror))} files of {mirror} are read, or it is said why not.")


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
