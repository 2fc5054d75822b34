"""`moothall manage write_published`: the published folder written anew from the records, all of it."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from moothall.catalogue.places import published_folder
from moothall.catalogue.published import KINDS, file_of
from moothall.domain.decision import MetricDecision, PublishedAnswer
from moothall.domain.practice import PracticeNote
from moothall.domain.reply import Reply
from moothall.domain.workshop import WorkshopSession
from moothall.engagement.consultations.deciding import public_decisions
from moothall.engagement.consultations.publishing import public_answers
from moothall.engagement.exchange.noting import public_notes
from moothall.engagement.exchange.replying import public_replies
from moothall.engagement.folder import renew
from moothall.engagement.workshops.workshops import public_sessions

LOADERS: dict[type, Callable[[], Iterable[Any]]] = {
    Reply: public_replies,
    PracticeNote: public_notes,
    MetricDecision: public_decisions,
    PublishedAnswer: public_answers,
    WorkshopSession: public_sessions,
}
"""What gives all of each kind; a test holds it to ``catalogue.published.KINDS``."""


class Command(BaseCommand):
    """Write every file of the folder, or those that are not there."""

    help = "Write the published folder anew from the records: after restoring them, or if the folder was lost."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether only what is not there is written."""
        parser.add_argument("--missing", action="store_true", help="leave the files that are there as they are")

    def handle(self, *args: Any, **options: Any) -> None:
        """Each kind whole; CommandError where the disk refused."""
        kinds = [kind for kind in KINDS if not (options["missing"] and file_of(published_folder(), kind).exists())]
        refused = [kind.name for kind in kinds if not renew(kind.shape, LOADERS[kind.shape])]
        if refused:
            raise CommandError(f"The folder could not be written ({', '.join(refused)}): see the line above.")
        if options["verbosity"]:
            self.stdout.write(f"Kinds written: {len(kinds)}.")
