"""`moothall worker`: the background worker, one turn a second until it is asked to end, or one turn only."""

import logging
import os
import signal
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

from moothall.engagement.post.where import MEND, NO_ADDRESS
from moothall.engagement.work import STOP, turn

LOG = logging.getLogger("moothall.engagement")
PAUSE = 1.0
PAUSE_AFTER_FAULT = 10.0


class Command(BaseCommand):
    """Do what is due: send letters, remind, tell subscribers, forget what is over."""

    help = "Run the background worker. --once does what is due now and ends."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to end after one turn, and whether to end with the program that started this one."""
        parser.add_argument("--once", action="store_true", help="do what is due now, and end")
        parser.add_argument("--with-parent", action="store_true", help="end when the program that started this ends")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until asked to end; say once where links of letters would lead nowhere."""
        if not settings.SITE_ADDRESS:
            LOG.warning("%s %s", NO_ADDRESS, MEND)
        if options["once"]:
            turn()
            return
        parent = os.getppid() if options["with_parent"] else None
        for asked in (signal.SIGTERM, signal.SIGINT):
            signal.signal(asked, STOP.ask)
        while not STOP.is_asked and parent in (None, os.getppid()):
            _sleep(self._turn())

    def _turn(self) -> float:
        """One turn; how long to wait after it. Records out of reach are tried again."""
        try:
            close_old_connections()
            turn()
        except DatabaseError as error:
            LOG.error("The worker cannot use the records: %s", type(error).__name__)
            return PAUSE_AFTER_FAULT
        return PAUSE


def _sleep(seconds: float) -> None:
    """Wait, in short steps, so that being asked to end is noticed."""
    for _ in range(int(seconds * 5)):
        if not STOP.is_asked:
            time.sleep(0.2)
