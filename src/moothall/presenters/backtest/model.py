"""The fitted model on a store's past days: who was at risk of a first fiscal event, and what was known of them."""

from collections.abc import Sequence

import numpy as np

from moothall.analytics.hazard_runs import STEP_MONTHS, complete_rows, rolling_hazard
from moothall.analytics.risk_sets import Fate, fates_at, first_onsets
from moothall.domain.backtest import EventKind, HazardReport
from moothall.presenters.backtest.plain_figures import VARIABLES, PlainFigures, model_variables
from moothall.presenters.figures.reading import FigureStore


def hazard_report(store: FigureStore, plain: Sequence[PlainFigures]) -> HazardReport | None:
    """The model over all origins; None where no closed year before an origin had an event."""
    catalogue = store.catalogue
    onsets = first_onsets(catalogue.formal_actions.actions.values(), EventKind.FISCAL.counted)
    rows = []
    for figures in plain:
        authorities = [catalogue.authorities[code] for code in figures.codes]
        fates = fates_at(authorities, onsets, figures.origin, STEP_MONTHS)
        at_risk = np.array([fate in (Fate.EVENT, Fate.NO_EVENT) for fate in fates], dtype=np.bool_)
        came = np.array([fate is Fate.EVENT for fate in fates], dtype=np.bool_)
        codes = [code for code, is_in in zip(figures.codes, at_risk, strict=True) if is_in]
        rows.append(complete_rows(figures.origin, codes, model_variables(figures)[at_risk], came[at_risk]))
    return rolling_hazard(VARIABLES, rows)
