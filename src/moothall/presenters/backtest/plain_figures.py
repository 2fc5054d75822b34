"""The plain figures behind the baselines and the fitted model, as they were known on a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.baselines import auditors_rule, composite
from moothall.analytics.evaluations import Said
from moothall.analytics.within_types import percentiles
from moothall.domain.authority import AuthorityType
from moothall.domain.backtest import Method
from moothall.presenters.figures.changes import series_of
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.warning.lens_readings import age_in_months

Figures = NDArray[np.float64]

OLDEST_MONTHS = 36
"""How old a figure may be: as old as most of our own rules take, so that no side remembers longer."""

DEBT = ("borrowing-to-service-spending", "capital-financing-requirement-to-service-spending")
"""Debt beside spending: the first of these that most councils have a figure of that is not too old."""

RESERVES = ("reserves-share-of-service-spend",)
UNALLOCATED = ("unallocated-reserves-share-of-net-revenue-expenditure",)
CHANGE = ("change-in-reserves-share-of-net-revenue-expenditure",)
NET_RESERVES = ("reserves-share-of-net-revenue-expenditure",)
SOCIAL_CARE = ("social-care-share-of-net-revenue-expenditure",)
DEBT_COST = ("debt-servicing-share-of-net-revenue-expenditure",)
GRANTS = ("government-grants-share-of-net-current-expenditure",)

USED = (*DEBT, *RESERVES, *UNALLOCATED, *CHANGE, *NET_RESERVES, *SOCIAL_CARE, *DEBT_COST, *GRANTS)
"""Every metric that a baseline or the model looks at."""

VARIABLES = ("debt-ratio", "reserves-ratio", "fall-in-reserves")
"""What the fitted model knows, each as a place within type; higher should mean more events."""

MOST = 0.5


@dataclass(frozen=True)
class PlainFigures:
    """The newest plain figures of all who acted on a day: arrays are [authorities], NaN where none is known."""

    origin: date
    codes: tuple[str, ...]
    types: tuple[str, ...]
    debt: Figures
    reserves: Figures
    unallocated: Figures
    parts: Mapping[str, Figures]

    @property
    def change(self) -> Figures:
        """The change in reserves over three years."""
        return self.parts["change-in-reserves"]


def plain_figures(view: FigureStore, codes: Sequence[str], origin: date) -> PlainFigures:
    """The figures of ``codes`` in a store that was asked as of ``origin``."""
    types = tuple(view.catalogue.authorities[code].type.value for code in codes)

    def newest(metrics: Sequence[str]) -> Figures:
        return first_that_most_have([newest_figures(view, metric, codes, origin) for metric in metrics])

    parts = {
        "reserves": newest(NET_RESERVES),
        "change-in-reserves": newest(CHANGE),
        "grant-dependency": newest(GRANTS),
        "inflexible-spend": inflexible(newest(SOCIAL_CARE), newest(DEBT_COST), types),
    }
    return PlainFigures(origin, tuple(codes), types, newest(DEBT), newest(RESERVES), newest(UNALLOCATED), parts)


def first_that_most_have(choices: Sequence[Figures]) -> Figures:
    """The first array of which most are known; the last where none is. One quantity for all, never a mixture."""
    return next((each for each in choices if (~np.isnan(each)).sum() >= MOST * each.size), choices[-1])


def newest_figures(view: FigureStore, metric: str, codes: Sequence[str], day: date) -> Figures:
    """Each authority's newest figure whose period ended at most ``OLDEST_MONTHS`` before the day; NaN without one."""
    found = np.full(len(codes), np.nan)
    if metric not in view.catalogue.metrics:
        return found
    series = series_of(view).at(metric)
    young = [n for n, period in enumerate(series.periods) if 0 <= age_in_months(period, day) <= OLDEST_MONTHS]
    rows = [series.index.get(code) for code in codes]
    for column in young:
        values = np.array([np.nan if row is None else series.values[row, column] for row in rows])
        found = np.where(np.isnan(values), found, values)
    return found


def inflexible(social_care: Figures, debt_cost: Figures, types: Sequence[str]) -> Figures:
    """Social care and debt costs as a share of spending; a shire district runs no social care, so it has none."""
    runs_none = np.array([kind == AuthorityType.SHIRE_DISTRICT for kind in types])
    return np.where(runs_none & np.isnan(social_care), 0.0, social_care) + debt_cost


def baseline_saids(figures: PlainFigures) -> dict[Method, Said]:
    """What each plain rule said on the day: the higher the number, the more unusual."""
    nobody = np.zeros(len(figures.codes), dtype=np.bool_)
    auditors = auditors_rule(figures.unallocated)
    numbers = {
        Method.DEBT_RATIO: figures.debt,
        Method.RESERVES_RATIO: -figures.reserves,
        Method.COMPOSITE: composite(figures.parts, figures.types),
    }
    saids = {method: Said(figures.origin, figures.codes, scores) for method, scores in numbers.items()}
    saids[Method.BASE_RATE] = Said(figures.origin, figures.codes, np.zeros(len(figures.codes)), nobody)
    saids[Method.AUDITORS_RULE] = Said(figures.origin, figures.codes, auditors, auditors == 1.0)
    return saids


def model_variables(figures: PlainFigures) -> Figures:
    """[authorities, variables]: places within type from -0.5 to 0.5, higher where more events are expected."""
    oriented = (figures.debt, -figures.reserves, -figures.change)
    columns = [percentiles(each[:, None], figures.types, STEP)[:, 0] / 100 - 0.5 for each in oriented]
    return np.column_stack(columns)


STEP = 1e-9
"""Ratios are not rounded before their places are taken."""
