"""`moothall backtest`: what the rules would have said on past days, and what came."""

from enum import StrEnum
from typing import Annotated

import typer

from moothall.catalogue.places import builds_folder, releases_folder
from moothall.cli.files import replace_file
from moothall.cli.output import Format, FormatOption, print_json, print_table, progress_bars, say
from moothall.domain.backtest import BacktestResult, LensTest, Method
from moothall.domain.signal import Lens
from moothall.errors import CheckError, UsageError
from moothall.presenters.backtest.freeze import freeze_of, freeze_sentence
from moothall.presenters.backtest.records import backtest_record
from moothall.presenters.backtest.run import run_backtest
from moothall.presenters.figures.reading import FigureStore
from moothall.store import Store
from moothall.store.backtest import backtest_file, dump_result

DECIMALS = 3
COLUMNS = (
    "lens", "months", "method", "n", "events", "flags", "hits", "precision", "recall", "at 20", "auc", "lead",
)  # fmt: skip


class AsOfRule(StrEnum):
    """How a day of publication that is not exactly known counts: ``strict`` takes the last day that it can be."""

    STRICT = "strict"


def backtest(
    lens: Annotated[Lens | None, typer.Option(help="Only this lens.")] = None,
    as_of_rule: Annotated[AsOfRule, typer.Option(help="How an imprecise day of publication counts.")] = AsOfRule.STRICT,
    write: Annotated[bool, typer.Option("--write", help="Keep the result, for the next build to show.")] = False,
    digest: Annotated[bool, typer.Option("--digest", help="Print only the digest of the rules; run nothing.")] = False,
    answer: FormatOption = Format.HUMAN,
) -> None:
    """Ask each 1 October from 2012 what the rules would have said, and compare it with what is on record since."""
    store = Store.open(builds_folder())
    if digest:
        typer.echo(freeze_of(store).rules)
        return
    if write:
        require_loggable(store, lens)
    with progress_bars() as report:
        result = run_backtest(store, [lens] if lens else tuple(Lens), report)
    if write:
        keep(result)
    if answer is Format.JSON:
        print_json(backtest_record(store, result) | {"as_of_rule": as_of_rule})
        return
    print_tests(result)
    typer.echo(f"\n{freeze_sentence(freeze_of(store))}")


def require_loggable(store: FigureStore, lens: Lens | None) -> None:
    """UsageError for a part of the back-test, CheckError for rules that the log does not know."""
    if lens:
        raise UsageError("Only the whole back-test can be kept: leave out --lens.")
    freeze = freeze_of(store)
    if freeze.variant is None:
        where = f"The rules have the digest {freeze.rules}, which is not in catalogue/backtest/variants.yaml"
        raise CheckError([f"{where}: they were changed after results were seen, so add them as a new variant first."])


def keep(result: BacktestResult) -> None:
    """Write the result beside the release files."""
    path = backtest_file(releases_folder())
    replace_file(path, dump_result(result).encode())
    say(f"Kept in {path.parent.name}/{path.name}: run `moothall build`, and the pages show it.")


def print_tests(result: BacktestResult) -> None:
    """Print the main tests, each method a line."""
    main = [test for test in result.tests if test.is_main]
    print_table(COLUMNS, [row for test in main for row in _rows(test)])


def _rows(test: LensTest) -> list[tuple[object, ...]]:
    return [
        (
            test.lens,
            test.horizon,
            found.method,
            found.n,
            found.events,
            found.flags,
            found.hits,
            _short(found.precision),
            _short(found.recall),
            _short(found.precision_at_20),
            _short(found.auc),
            found.median_lead_months,
        )
        for found in (test.of(method) for method in Method)
    ]


def _short(share: float | None) -> str | None:
    return None if share is None else f"{share:.{DECIMALS}f}"
