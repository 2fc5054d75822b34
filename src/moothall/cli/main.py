"""The front door of the command line: commands, and how an error leaves the program."""

import os
import sys

import typer

from moothall import __version__
from moothall.cli.actions import actions
from moothall.cli.backtest import backtest
from moothall.cli.changes import learn, reversal_report, standing_out
from moothall.cli.claims import claim
from moothall.cli.figures import compare, show, trace
from moothall.cli.lists import authorities, metrics, outcomes
from moothall.cli.output import say
from moothall.cli.postcodes import postcodes
from moothall.cli.publish import publish
from moothall.cli.records import manage
from moothall.cli.revisions import revisions
from moothall.cli.serve import serve
from moothall.cli.signals import pack, signals
from moothall.cli.similar import neighbours_report, similar
from moothall.cli.verbs import build, check, fetch, read
from moothall.cli.worker import worker
from moothall.errors import MoothallError, UnknownName

app = typer.Typer(
    name="moothall",
    help="Moothall: compare English councils, and follow every figure to its cell.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

for command in (metrics, outcomes, authorities, show, compare, trace, revisions, fetch, read, build, check, serve):
    app.command()(command)
app.command()(publish)
app.command()(worker)
app.command()(similar)
app.command()(actions)
app.command()(backtest)
app.command()(signals)
app.command()(pack)
app.command("neighbours-report")(neighbours_report)
app.command("standing-out")(standing_out)
app.command()(learn)
app.command()(postcodes)
app.command()(claim)
app.command("reversal-report")(reversal_report)
app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []})(
    manage
)


def version(wanted: bool) -> None:
    """Print the version and leave."""
    if wanted:
        typer.echo(f"moothall {__version__}")
        raise typer.Exit


@app.callback()
def moothall(
    _version: bool = typer.Option(False, "--version", callback=version, is_eager=True, help="Print the version."),
) -> None:
    """Compare English councils, and follow every figure to its cell."""


def main() -> None:
    """Run a command; an error that a person can act on is one sentence on standard error and its exit code."""
    try:
        app()
    except UnknownName as error:
        is_said = any(suggestion in str(error) for suggestion in error.suggestions)
        hint = "" if is_said or not error.suggestions else f" There is: {', '.join(error.suggestions)}."
        say(f"{error}{hint}")
        sys.exit(error.exit_code)
    except MoothallError as error:
        say(str(error))
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    main()
