"""`moothall manage furnish_demonstration`: made-up respondents, into records that hold nothing else."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from moothall.catalogue.places import engagement_file
from moothall.engagement.demonstration import STAFF_ADDRESS, consultation_to_show, furnish
from moothall.errors import MoothallError


class Command(BaseCommand):
    """Make the records of a demonstration, once."""

    help = "Fill the records of a demonstration (MOOTHALL_DEMO=1) with made-up respondents."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the records up to date, furnish them, and say how to sign in; one sentence where it cannot be done."""
        try:
            if settings.IS_DEMONSTRATION:
                engagement_file().parent.mkdir(parents=True, exist_ok=True)
                call_command("migrate", interactive=False, verbosity=0)
            sent = furnish(consultation_to_show())
        except MoothallError as error:
            raise CommandError(str(error)) from None
        made = f"{sent} made-up respondents have answered." if sent else "The demonstration is there already."
        self.stdout.write(made)
        self.stdout.write(f"Sign in as {STAFF_ADDRESS}; letters are in {settings.EMAIL_FILE_PATH}.")
