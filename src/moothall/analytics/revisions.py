"""Revisions: what a later release of a source says otherwise than the one before it, largest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from moothall.domain.observation import TwoVintages


class RevisionKind(StrEnum):
    """What became of a figure in the later of two releases."""

    SAME = "same"
    CHANGED = "changed"
    APPEARED = "appeared"
    WITHDRAWN = "withdrawn"
    FIRMED = "firmed"


@dataclass(frozen=True, slots=True)
class Revision:
    """One figure that two releases give. ``change`` is in the figure's unit; ``relative`` is of the earlier figure.

    ``relative`` is None where the earlier figure is zero or there is none, and ``change`` where either is missing.
    """

    figure: TwoVintages
    kind: RevisionKind
    change: float | None
    relative: float | None


@dataclass(frozen=True, slots=True)
class RevisionReport:
    """How many figures two successive releases share, how many of them stand, and the rest, largest first."""

    compared: int
    same: int
    revisions: tuple[Revision, ...]

    def count(self, kind: RevisionKind) -> int:
        """How many revisions are of one kind."""
        return sum(revision.kind is kind for revision in self.revisions)


def make_revision(figure: TwoVintages) -> Revision:
    """What became of one figure. A figure whose value stands while its status changes is ``firmed``."""
    before, after = figure.before, figure.after
    if before is None or after is None:
        return Revision(figure, _kind_of_missing(figure), None, None)
    if before == after:
        kind = RevisionKind.SAME if figure.status_before is figure.status_after else RevisionKind.FIRMED
        return Revision(figure, kind, 0.0, 0.0 if before else None)
    return Revision(figure, RevisionKind.CHANGED, after - before, (after - before) / abs(before) if before else None)


def _kind_of_missing(figure: TwoVintages) -> RevisionKind:
    if figure.before is None and figure.after is None:
        return RevisionKind.SAME if figure.status_before is figure.status_after else RevisionKind.FIRMED
    return RevisionKind.APPEARED if figure.before is None else RevisionKind.WITHDRAWN


_ORDER = (RevisionKind.WITHDRAWN, RevisionKind.CHANGED, RevisionKind.APPEARED, RevisionKind.FIRMED)


def make_report(figures: Iterable[TwoVintages]) -> RevisionReport:
    """The report over figures in two releases.

    Withdrawn figures come first, then changed ones by the size of the relative change (one from zero is the largest
    of all, then by the change itself), then those that appeared, then those of which only the status changed.
    """
    made = [make_revision(figure) for figure in figures]
    moved = [revision for revision in made if revision.kind is not RevisionKind.SAME]
    return RevisionReport(len(made), len(made) - len(moved), tuple(sorted(moved, key=_size)))


def _size(revision: Revision) -> tuple[object, ...]:
    change, figure = abs(revision.change or 0.0), revision.figure
    relative = abs(revision.relative) if revision.relative is not None else float("inf") if change else 0.0
    order = _ORDER.index(revision.kind)
    return (order, -relative, -change, figure.metric, figure.area_code, figure.period, figure.later)
