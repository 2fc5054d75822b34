"""What a view of a build takes over from the store underneath: everything but the figures that it shows otherwise."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from moothall.catalogue import Catalogue
from moothall.domain import geography
from moothall.domain.backtest import BacktestResult
from moothall.domain.observation import TwoVintages
from moothall.domain.published import Published
from moothall.presenters.figures.reading import FigureStore
from moothall.store import (
    Cell,
    ChangeFindings,
    ExpectedFindings,
    HighestFindings,
    Listing,
    PostcodeIndex,
    Quality,
    ReleaseNews,
    ReleaseRecord,
    Shapes,
    SignFindings,
    SimilarityReport,
    StandingOutFindings,
)


class Underlying:
    """The part of a store that does not depend on which of its figures a view shows."""

    def __init__(self, store: FigureStore) -> None:
        self.published = store

    @property
    def whole(self) -> FigureStore:
        """The build of which this is a view."""
        return self.published.whole

    @property
    def day(self) -> date | None:
        """The day as of which the figures were known."""
        return self.published.day

    @property
    def undated(self) -> tuple[ReleaseRecord, ...]:
        """Releases left out for want of a day."""
        return self.published.undated

    @property
    def build_id(self) -> str:
        """The build's name."""
        return self.published.build_id

    @property
    def catalogue(self) -> Catalogue:
        """The build's definitions."""
        return self.published.catalogue

    @property
    def counts(self) -> dict[str, int]:
        """How much the store underneath has."""
        return self.published.counts

    @property
    def figures_by_metric(self) -> dict[str, int]:
        """How many figures the store underneath has of each metric."""
        return self.published.figures_by_metric

    @property
    def releases(self) -> dict[tuple[str, str], ReleaseRecord]:
        """The releases of the store underneath."""
        return self.published.releases

    @property
    def quality(self) -> Quality:
        """What the build found about its figures as published."""
        return self.published.quality

    @property
    def lists(self) -> dict[str, Listing]:
        """The build's published lists."""
        return self.published.lists

    @property
    def shapes(self) -> Shapes:
        """The build's own: a map picks those of its day."""
        return self.published.shapes

    @property
    def places(self) -> tuple[geography.Place, ...]:
        """The build's own."""
        return self.published.places

    @property
    def postcodes(self) -> PostcodeIndex | None:
        """Those that have been read in."""
        return self.published.postcodes

    @property
    def publications(self) -> Published:
        """What is published of taking part."""
        return self.published.publications

    @property
    def similarity_report(self) -> SimilarityReport:
        """The build's own."""
        return self.published.similarity_report

    @property
    def backtest(self) -> BacktestResult | None:
        """The build's own."""
        return self.published.backtest

    def changes(self, metric: str) -> ChangeFindings | None:  # noqa: ARG002
        """None: what the build found rests on figures as published."""
        return None

    def expected(self, metric: str) -> ExpectedFindings | None:  # noqa: ARG002
        """None, likewise."""
        return None

    def news(
        self, metrics: Sequence[str] = (), authority: str = "", most: int | None = None
    ) -> tuple[ReleaseNews, ...]:
        """What releases brought: the same whatever the boundaries."""
        return self.published.news(metrics, authority, most)

    def standing_out(self, authority: str, group: str) -> StandingOutFindings | None:  # noqa: ARG002
        """None, likewise."""
        return None

    def signs(self, signal: str, metric: str) -> SignFindings | None:  # noqa: ARG002
        """None, likewise."""
        return None

    def highest(self, metric: str) -> HighestFindings | None:  # noqa: ARG002
        """None, likewise."""
        return None

    def summary(self, metric: str, group: str, period: str) -> dict[str, Any] | None:  # noqa: ARG002
        """None: summaries are kept for figures as published."""
        return None

    def cell(self, metric: str, authority: str, period: str) -> Cell | None:
        """The published cell: a rebuilt figure has none of its own."""
        return self.published.cell(metric, authority, period)

    def newest_cells(self, authority: str) -> tuple[Cell, ...]:
        """The published cells."""
        return self.published.newest_cells(authority)

    def revisions(self, source: str) -> tuple[TwoVintages, ...]:
        """As published."""
        return self.published.revisions(source)
