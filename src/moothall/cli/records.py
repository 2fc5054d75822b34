"""The records of taking part on the command line: kept in step with the program, and Django's own commands."""

import os

import typer

from moothall.catalogue.places import engagement_file
from moothall.catalogue.whole_files import one_at_a_time
from moothall.cli.output import say

SETTINGS = "moothall.site.settings"


def manage(context: typer.Context) -> None:
    """Run one of Django's commands on the records of taking part, such as `moothall manage make_staff ADDRESS`."""
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    execute_from_command_line(["moothall manage", *context.args])


def ensure_records() -> None:
    """Make or bring up to date the records of taking part, and write what is published of them where it was lost.

    Where that cannot be done the explorer serves all the same, and the pages of taking part say that they are closed.
    """
    import django
    from django.core.management import CommandError, call_command
    from django.db import DatabaseError, connections

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()
    try:
        with one_at_a_time(engagement_file()):
            _migrate()
            call_command("write_published", missing=True, verbosity=0)
    except CommandError as error:
        say(f"What is published of taking part could not be written: {error}")
    except (DatabaseError, OSError) as error:
        say(f"Taking part stays closed, because its records cannot be used ({error}). The explorer serves without it.")
    finally:
        connections.close_all()


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
