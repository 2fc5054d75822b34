"""What staff have cleared for everybody: the one way by which words of the room reach the pages of the explorer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True, eq=False)
class Published:
    """Everything published, by its kind (a frozen dataclass), as it stood when the folder was last looked at.

    ``mark`` changes with any of it, so that pages and copies know that they are old. Two of these are equal only where
    they are one, so that what is worked out from one can be kept for as long as it is served.
    """

    mark: str = ""
    items: Mapping[type, tuple[Any, ...]] = field(default_factory=dict)

    def of(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """What is published of a kind, in the order of its file; empty where nothing is."""
        return cast(tuple[Kind, ...], self.items.get(kind, ()))


NOTHING = Published()
"""Nothing is published."""
