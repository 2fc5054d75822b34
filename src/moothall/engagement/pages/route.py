"""What a route of this room says: its pattern, its view, who may open it, and an address by which tests walk it."""

from dataclasses import dataclass

from moothall.engagement.people.access import Access, RoomView
from moothall.presenters.addresses import TAKE_PART


@dataclass(frozen=True, slots=True)
class RoomRoute:
    """A pattern under the room's path, its view, its name and its rule.

    ``example`` is an address that shows it; words in braces name objects that a test has made ("{response}").
    ``is_page`` for whole HTML pages that a GET answers.
    """

    pattern: str
    view: RoomView
    name: str
    access: Access
    example: str
    is_page: bool = True

    def address(self, **made: object) -> str:
        """The example as a whole path, with the objects that a test has made."""
        return f"{TAKE_PART}/{self.example}".format(**made) if self.example else TAKE_PART


OPEN, SIGNED_IN, STAFF = Access.OPEN, Access.SIGNED_IN, Access.STAFF
