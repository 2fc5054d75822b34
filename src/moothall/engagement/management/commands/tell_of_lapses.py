"""`moothall manage tell_of_lapses`: leads are told of replies that lapsed, once for each version; run it every day."""

from typing import Any

from django.core.management.base import BaseCommand

from moothall.engagement.exchange.replying import tell_of_lapses


class Command(BaseCommand):
    """Tell the leads of councils whose replies no longer stand."""

    help = "Tell the leads of councils whose replies have lapsed because the figure changed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Letters, each once."""
        self.stdout.write(f"Told of lapsed replies: {tell_of_lapses()}.")
