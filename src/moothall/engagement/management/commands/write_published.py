"""`moothall manage write_published`: the published folder written anew from the records, all of it."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from moothall.domain.decision import MetricDecision, PublishedAnswer
from moothall.domain.practice import PracticeNote
from moothall.domain.reply import Reply
from moothall.domain.workshop import WorkshopSession
from moothall.engagement.deciding import public_decisions
from moothall.engagement.folder import renew
from moothall.engagement.noting import public_notes
from moothall.engagement.publishing import public_answers
from moothall.engagement.replying import public_replies
from moothall.engagement.workshops import public_sessions

LOADERS: dict[type, Callable[[], Iterable[Any]]] = {
    Reply: public_replies,
    PracticeNote: public_notes,
    MetricDecision: public_decisions,
    PublishedAnswer: public_answers,
    WorkshopSession: public_sessions,
}
"""What gives all of each kind; a test holds it to ``catalogue.published.KINDS``."""


class Command(BaseCommand):
    """Write every file of the folder."""

    help = "Write the published folder anew from the records: after restoring them, or if the folder was lost."

    def handle(self, *args: Any, **options: Any) -> None:
        """Each kind whole; CommandError where the disk refused."""
        refused = [shape.__name__ for shape, load in LOADERS.items() if not renew(shape, load)]
        if refused:
            raise CommandError(f"The folder could not be written ({', '.join(refused)}): see the line above.")
        self.stdout.write(f"{len(LOADERS)} kinds are written.")
