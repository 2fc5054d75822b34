"""The room's side of the published folder: what staff have cleared is written there, and nothing else leaves the room.

Each kind has one function that gives all of it from the records. It is written anew whenever staff publish or withdraw,
and by `moothall manage write_published`; the server writes at its start what is not there, so the folder may be lost.
"""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from moothall.catalogue.places import published_folder
from moothall.catalogue.published import write_published

LOG = logging.getLogger("moothall.engagement")


def renew(shape: type, load: Callable[[], Iterable[Any]]) -> bool:
    """Write a kind anew from the records, after the transaction that changed them; False where the disk refused.

    What was published stays published in the records: the next start of the server writes it.
    """
    try:
        write_published(published_folder(), shape, load)
    except OSError as error:
        LOG.error("The published folder could not be written: %s", error)
        return False
    return True
