"""Replies: an authority's own words beside a figure, a sign or a sentence, for as long as it is the one replied to."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ReplyAbout(StrEnum):
    """What a reply is attached to."""

    FIGURE = "figure"
    SENTENCE = "sentence"
    SIGN = "sign"


class Stance(StrEnum):
    """Whether the authority agrees with what stands there. Who disagrees names evidence."""

    AGREES = "agrees"
    DISAGREES = "disagrees"


@dataclass(frozen=True, slots=True)
class ReplySubject:
    """What a reply is about: a figure of a metric, a sentence on one, or a sign.

    ``key`` is the metric's id, or the signal's; ``when`` the period's slug, or the day of the sign (2026-11-23).
    A sentence is named by the id of its rule and of the comparator group beside which it was said.
    """

    about: ReplyAbout
    authority: str
    key: str
    when: str
    rule: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class FigureMark:
    """By what a figure, a sign or a sentence is known again: a reply stands beside it only while this is the same.

    ``since`` is the release (``source/id``) from which on the figure has had this value; of a sign it is that of the
    figure behind it, with ``state``; ``words`` are those of a sentence.
    """

    value: float | None
    since: str
    metric: str = ""
    period: str = ""
    state: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class ReplyVersion:
    """A reply as staff published it on a day. ``evidence`` is an https address; never absent where it disagrees."""

    number: int
    stance: Stance
    words: str
    evidence: str | None
    mark: FigureMark
    published_on: date


@dataclass(frozen=True, slots=True)
class Reply:
    """An authority's reply with every version that was ever published, the newest first.

    ``withdrawn_on`` is the day on which the authority took it back: it then stands beside nothing.
    """

    id: str
    subject: ReplySubject
    versions: tuple[ReplyVersion, ...]
    withdrawn_on: date | None = None

    @property
    def newest(self) -> ReplyVersion:
        """The version that stands."""
        return self.versions[0]
