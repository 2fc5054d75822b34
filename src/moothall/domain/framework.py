"""What others have decided to count: a list of metrics, each with how near Moothall comes to it."""

from dataclasses import dataclass
from enum import StrEnum

from moothall.domain.words import Polarity


class Nearness(StrEnum):
    """``live``: a metric of ours says just this; ``nearest``: one comes near, and we say how it differs."""

    LIVE = "live"
    NEAREST = "nearest"
    AWAITING_DATA = "awaiting-data"


@dataclass(frozen=True, slots=True)
class FrameworkMetric:
    """One line of a list. ``id`` is ours: the outcome's number and the place in it, or the place in the theme.

    It stands under one of the sixteen outcomes or under a theme. ``metrics`` are ours that feed it, the leading one
    first; those of a line that awaits its figures have none yet. ``table`` is where the publisher has it. ``polarity``
    is the list's own, and ``polarity_note`` why ours is another.
    """

    id: str
    title: str
    unit: str
    publisher: str
    table: str
    state: Nearness
    outcome: str | None = None
    theme: str | None = None
    polarity: Polarity | None = None
    metrics: tuple[str, ...] = ()
    difference: str | None = None
    awaiting: str | None = None
    landing_page: str | None = None
    polarity_note: str | None = None

    @property
    def metric(self) -> str | None:
        """The leading metric of ours; None where there is none."""
        return self.metrics[0] if self.metrics else None


@dataclass(frozen=True, slots=True)
class Framework:
    """A list of metrics that somebody else drew up."""

    id: str
    title: str
    publisher: str
    landing_page: str
    description: str
    metrics: tuple[FrameworkMetric, ...]

    def in_state(self, state: Nearness) -> tuple[FrameworkMetric, ...]:
        """The lines in one state, in the order of the list."""
        return tuple(metric for metric in self.metrics if metric.state is state)
