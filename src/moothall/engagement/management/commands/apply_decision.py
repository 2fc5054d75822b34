"""`moothall manage apply_decision CONSULTATION`: published decisions become steps in the histories of their metrics."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from moothall.catalogue.places import catalogue_folder
from moothall.catalogue.steps import follow
from moothall.engagement.consultations.deciding import published_decisions, step_of
from moothall.errors import CatalogueError, UsageError


class Command(BaseCommand):
    """Write decisions into the catalogue's files; after the next build each metric is what was decided."""

    help = "Add the published decisions of a consultation to the histories of their metrics in the catalogue's files."

    def add_arguments(self, parser: CommandParser) -> None:
        """The consultation, and the metric where it is only one."""
        parser.add_argument("consultation")
        parser.add_argument("--metric", help="only this metric's")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the steps; one sentence where that cannot be done."""
        found = published_decisions(options["consultation"])
        steps = {each.metric: step_of(each) for each in found if options["metric"] in (None, each.metric)}
        if not steps:
            raise CommandError(
                "No decision of this consultation has been published: publish it under Take part, Staff."
            )
        try:
            changed = follow(catalogue_folder(), steps)
        except (UsageError, CatalogueError) as error:
            raise CommandError(str(error)) from None
        for path in changed:
            self.stdout.write(f"{path.name} has its new step.")
        told = (
            "Run `moothall build`: the pages say it then." if changed else "Every decision stands in its file already."
        )
        self.stdout.write(told)
