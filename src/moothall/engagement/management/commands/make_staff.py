"""`moothall manage make_staff ADDRESS`: the first member of staff, named by whoever runs the site."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from moothall.engagement.models import Person
from moothall.engagement.models.events import record


class Command(BaseCommand):
    """Make somebody staff, or take it back."""

    help = "Make the person with an e-mail address a member of staff (or take it back with --no-longer)."

    def add_arguments(self, parser: CommandParser) -> None:
        """The address, and whether to take it back."""
        parser.add_argument("address")
        parser.add_argument("--no-longer", action="store_true", help="take it back")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Change the person's row and add a line to the history."""
        try:
            validate_email(options["address"])
        except ValidationError:
            raise CommandError("That is not an e-mail address: write it like name@example.gov.uk.") from None
        person = Person.objects.with_address(options["address"])
        person.is_staff = not options["no_longer"]
        person.save(update_fields=["is_staff"])
        record(None, "made staff" if person.is_staff else "no longer staff", f"person {person.pk}")
        self.stdout.write("Staff." if person.is_staff else "No longer staff.")
