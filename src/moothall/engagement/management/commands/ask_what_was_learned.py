"""`moothall manage ask_what_was_learned`: both sides of an introduction are asked, once, a month after it."""

from typing import Any

from django.core.management.base import BaseCommand

from moothall.engagement.exchange.introducing import ask_what_was_learned


class Command(BaseCommand):
    """Ask both sides; the worker does it by itself."""

    help = "Ask both sides of introductions that were accepted a month ago what they learned."

    def handle(self, *args: Any, **options: Any) -> None:
        """Letters, each once."""
        self.stdout.write(f"Introductions followed up: {ask_what_was_learned()}.")
