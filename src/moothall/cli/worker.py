"""`moothall worker`: what is due is done, once or for as long as it runs."""

import os
from typing import Annotated

import typer

from moothall.cli.records import SETTINGS, ensure_records


def worker(
    once: Annotated[bool, typer.Option("--once", help="Do what is due now, and end: for cron.")] = False,
    with_parent: Annotated[bool, typer.Option("--with-parent", hidden=True)] = False,
) -> None:
    """Send letters, remind, tell subscribers what is new. `moothall serve` runs this too, unless MOOTHALL_WORKER=0."""
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    ensure_records()
    call_command("work", once=once, with_parent=with_parent)
