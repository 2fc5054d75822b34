"""The circumstances of councils of one type on a day, as a model of similarity looks at them (METHODS 5)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.similarity import standardise
from moothall.catalogue import Catalogue
from moothall.domain.authority import Authority, AuthorityType
from moothall.domain.period import Period
from moothall.domain.similarity import SimilarityModel, Transform

USUAL_MODEL = "all-purpose"
"""The model that is meant where none is named, for the councils that it covers."""

MINIMUM_COVERAGE = 0.5
"""A period is looked at where at least this part of the councils of the type have a figure for it."""


class Figures(Protocol):
    """All the figures of one metric: ``values`` is [authorities, periods]; periods ascend, NaN is no figure."""

    @property
    def authorities(self) -> tuple[str, ...]: ...  # noqa: D102

    @property
    def periods(self) -> tuple[Period, ...]: ...  # noqa: D102

    @property
    def values(self) -> NDArray[np.float64]: ...  # noqa: D102


FiguresOf = Callable[[str], Figures]


@dataclass(frozen=True)
class Circumstances:
    """Every council of one type that acted on ``day``, with the figures of a model's variables.

    ``codes`` are in order, ``values`` [authorities, variables] in the units of the metrics, NaN where there is no
    figure; ``periods`` has the period of each variable, None where the type has too few figures for it.
    """

    model: SimilarityModel
    day: date
    codes: tuple[str, ...]
    values: NDArray[np.float64]
    periods: tuple[Period | None, ...]

    @cached_property
    def rows(self) -> dict[str, int]:
        """The row of each authority code."""
        return {code: row for row, code in enumerate(self.codes)}

    @cached_property
    def standardised(self) -> NDArray[np.float64]:
        """``values`` in spreads from the type's median."""
        is_log = np.array([variable.transform is Transform.LOG for variable in self.model.variables], dtype=np.bool_)
        return standardise(self.values, is_log)

    @property
    def weights(self) -> NDArray[np.float64]:
        """The model's own weights [variables]."""
        return np.array([variable.weight for variable in self.model.variables], dtype=np.float64)


def circumstances(
    model: SimilarityModel,
    authority_type: AuthorityType,
    authorities: Iterable[Authority],
    day: date,
    figures_of: FiguresOf,
) -> Circumstances:
    """The circumstances on ``day`` of the authorities of one type that acted on it.

    Of each variable the newest period that had ended by then, for which at least half of them have a figure. A figure
    that the publisher has worked out for an area before its council existed tells the circumstances of that area.
    """
    codes = tuple(sorted(a.code for a in authorities if a.type is authority_type and a.is_active(day)))
    columns = [_newest(figures_of(variable.metric), codes, day) for variable in model.variables]
    values = np.column_stack([column for _, column in columns]) if codes else np.empty((0, len(columns)))
    return Circumstances(model, day, codes, values, tuple(period for period, _ in columns))


def _newest(figures: Figures, codes: Sequence[str], day: date) -> tuple[Period | None, NDArray[np.float64]]:
    rows = {code: row for row, code in enumerate(figures.authorities)}
    places = np.array([rows.get(code, -1) for code in codes], dtype=np.int64)
    for column in range(len(figures.periods) - 1, -1, -1):
        if figures.periods[column].end > day:
            continue
        found = np.where(places >= 0, figures.values[places, column], np.nan) if figures.values.size else None
        if found is not None and (~np.isnan(found)).sum() >= MINIMUM_COVERAGE * max(1, len(codes)):
            return figures.periods[column], found
    return None, np.full(len(codes), np.nan)


def day_for(model: SimilarityModel, authority: Authority) -> date:
    """The day on which an authority is compared by a model: the model's own, or the last day on which it acted."""
    return min(model.on, authority.end) if authority.end else model.on


def usual_model(catalogue: Catalogue, kind: AuthorityType) -> SimilarityModel | None:
    """The model for councils of a type where none is named; None where no model covers them."""
    covering = [model for model in catalogue.similarity_models.values() if kind in model.types]
    return next((model for model in covering if model.id == USUAL_MODEL), covering[0] if covering else None)
