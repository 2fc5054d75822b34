"""What presenters ask of a store: the reader of a build, or a verified fake of it in tests."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Protocol, TypeVar

from moothall.catalogue import Catalogue
from moothall.domain.authority import Authority
from moothall.domain.backtest import BacktestResult
from moothall.domain.geography import Place
from moothall.domain.metric import Metric
from moothall.domain.observation import TwoVintages
from moothall.domain.published import Published
from moothall.domain.words import MetricState
from moothall.errors import UnknownName
from moothall.store import (
    Cell,
    ChangeFindings,
    ExpectedFindings,
    HighestFindings,
    Listing,
    Panel,
    PostcodeIndex,
    Quality,
    ReleaseNews,
    ReleaseRecord,
    Shapes,
    SignFindings,
    SimilarityReport,
    StandingOutFindings,
)

KEPT_STORES = 2
"""For how many open builds presenters keep what does not depend on a visitor: the one served, and the one before."""

KEPT_VIEWS = 4
"""The same for views of a build (as of a day, on today's boundaries), of which there may be any number."""

Kept = TypeVar("Kept")


class FigureStore(Protocol):
    """A build or a view of one, read only. ``moothall.store.Store`` is the real one; its docstrings say the meaning."""

    def __hash__(self) -> int: ...

    @property
    def whole(self) -> "FigureStore": ...  # noqa: D102

    @property
    def day(self) -> date | None: ...  # noqa: D102

    @property
    def boundaries(self) -> date | None: ...  # noqa: D102

    @property
    def undated(self) -> tuple[ReleaseRecord, ...]: ...  # noqa: D102

    @property
    def build_id(self) -> str: ...  # noqa: D102

    @property
    def catalogue(self) -> Catalogue: ...  # noqa: D102

    @property
    def counts(self) -> dict[str, int]: ...  # noqa: D102

    @property
    def figures_by_metric(self) -> dict[str, int]: ...  # noqa: D102

    @property
    def releases(self) -> dict[tuple[str, str], ReleaseRecord]: ...  # noqa: D102

    @property
    def quality(self) -> Quality: ...  # noqa: D102

    @property
    def lists(self) -> dict[str, Listing]: ...  # noqa: D102

    @property
    def shapes(self) -> Shapes: ...  # noqa: D102

    @property
    def places(self) -> tuple[Place, ...]: ...  # noqa: D102

    @property
    def postcodes(self) -> PostcodeIndex | None: ...  # noqa: D102

    @property
    def publications(self) -> Published: ...  # noqa: D102

    @property
    def similarity_report(self) -> SimilarityReport: ...  # noqa: D102

    @property
    def backtest(self) -> BacktestResult | None: ...  # noqa: D102

    def panel(self, metric: str) -> Panel: ...  # noqa: D102

    def changes(self, metric: str) -> ChangeFindings | None: ...  # noqa: D102

    def expected(self, metric: str) -> ExpectedFindings | None: ...  # noqa: D102

    def standing_out(self, authority: str, group: str) -> StandingOutFindings | None: ...  # noqa: D102

    def signs(self, signal: str, metric: str) -> SignFindings | None: ...  # noqa: D102

    def highest(self, metric: str) -> HighestFindings | None: ...  # noqa: D102

    def reasons(self, metric: str) -> dict[tuple[str, str], str]: ...  # noqa: D102

    def summary(self, metric: str, group: str, period: str) -> dict[str, Any] | None: ...  # noqa: D102

    def cell(self, metric: str, authority: str, period: str) -> Cell | None: ...  # noqa: D102

    def newest_cells(self, authority: str) -> tuple[Cell, ...]: ...  # noqa: D102

    def revisions(self, source: str) -> tuple[TwoVintages, ...]: ...  # noqa: D102

    def news(  # noqa: D102
        self, metrics: Sequence[str] = (), authority: str = "", most: int | None = None
    ) -> tuple[ReleaseNews, ...]: ...

    def as_of(self, day: date) -> "FigureStore": ...  # noqa: D102


def kept_by_store(make: Callable[[FigureStore], Kept]) -> Callable[[FigureStore], Kept]:
    """Keep what ``make`` gives for the newest builds, and apart from them for the views that were asked for last.

    So a reader who walks through many days never costs the others what was worked out for the build itself.
    """
    of_builds, of_views = lru_cache(maxsize=KEPT_STORES)(make), lru_cache(maxsize=KEPT_VIEWS)(make)
    return lambda store: of_builds(store) if store.whole is store else of_views(store)


def live_metrics(store: FigureStore) -> tuple[Metric, ...]:
    """The metrics that are compared, by title."""
    return _live_metrics(store.whole)


@kept_by_store
def _live_metrics(store: FigureStore) -> tuple[Metric, ...]:
    return tuple(metrics_in_state(store, MetricState.LIVE))


def draft_metrics(store: FigureStore) -> list[Metric]:
    """The metrics that are shown to be talked about, by title."""
    return sorted((m for m in store.catalogue.metrics.values() if m.state.is_draft), key=lambda m: m.title.casefold())


def metrics_in_state(store: FigureStore, state: MetricState) -> list[Metric]:
    """The metrics of one state, by title."""
    return sorted((m for m in store.catalogue.metrics.values() if m.state is state), key=lambda m: m.title.casefold())


def authority_with_slug(store: FigureStore, slug: str) -> Authority:
    """The authority whose address this is; UnknownName where there is none."""
    for authority in store.catalogue.authorities.values():
        if authority.slug == slug:
            return authority
    raise UnknownName(f"There is no council with the address name {slug!r}.")


def authorities_by_name(store: FigureStore) -> list[Authority]:
    """All authorities that ever acted, by short name."""
    return sorted(store.catalogue.authorities.values(), key=lambda a: (a.short_name.casefold(), a.start))


@kept_by_store
def newest_day(store: FigureStore) -> date:
    """The day of the newest release that is known: "today" for what is said of figures, so that no clock decides."""
    return max((release.published_on for release in store.releases.values()), default=date.max)


def is_running(authority: Authority, today: date) -> bool:
    """True for an authority that has not ended by ``today`` (it may still lie ahead)."""
    return authority.end is None or authority.end >= today
