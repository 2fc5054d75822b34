"""`moothall manage open_consultation FILE`: a consultation joins the catalogue, and its metrics are in consultation."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from moothall.catalogue.places import catalogue_folder
from moothall.catalogue.steps import open_consultation
from moothall.errors import CatalogueError, MoothallError
from moothall.web.current import today


class Command(BaseCommand):
    """Put a consultation into the catalogue together with the steps of its metrics; all of it or nothing."""

    help = "Put a consultation's file into the catalogue and a step into the history of each metric that it asks about."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and why its metrics are asked about."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--reason", required=True, help="one sentence: why these metrics are asked about now")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the files; one sentence where that cannot be done."""
        day: date = today()
        try:
            changed = open_consultation(catalogue_folder(), options["file"], options["reason"], day)
        except (MoothallError, CatalogueError, OSError) as error:
            raise CommandError(str(error)) from None
        for path in changed:
            self.stdout.write(
                f"{path.name} is in the catalogue."
                if path.parent.name == "consultations"
                else f"{path.name} has its new step."
            )
        self.stdout.write("Run `moothall build`: the consultation is on the site then.")
