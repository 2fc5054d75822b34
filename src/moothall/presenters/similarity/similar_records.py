"""Similar councils as plain records for programs."""

from typing import Any

import numpy as np

from moothall.analytics.similarity import Reason
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.similarity.peers import is_usual
from moothall.presenters.similarity.similar import SimilarCouncils


def similar_record(store: FigureStore, found: SimilarCouncils) -> dict[str, Any]:
    """A council's peers, nearest first, with distances, reasons, and the figures that were compared."""
    model, circle = found.model, found.circle
    return {
        "authority": found.authority.code,
        "name": found.authority.name,
        "type": found.authority.type,
        "model": model.id,
        "version": model.version,
        "on": circle.day,
        "own_weights": not is_usual(found),
        "refused": found.refused,
        "variables": [_variable(found, place) for place in range(len(model.variables))],
        "peers": [
            {
                "place": place,
                "code": circle.codes[peer.row],
                "name": store.catalogue.authorities[circle.codes[peer.row]].name,
                "distance": peer.distance,
                "closeness": peer.closeness,
                "together": [_reason(found, reason) for reason in peer.together],
                "apart": [_reason(found, reason) for reason in peer.apart],
            }
            for place, peer in enumerate(found.peers, start=1)
        ],
    }


def _variable(found: SimilarCouncils, place: int) -> dict[str, Any]:
    variable, period = found.model.variables[place], found.circle.periods[place]
    value = found.circle.values[found.own, place] if found.own is not None else np.nan
    return {
        "metric": variable.metric,
        "weight": float(found.weights[place]),
        "transform": variable.transform,
        "period": period.slug if period else None,
        "value": None if np.isnan(value) else float(value),
        "because": variable.because,
    }


def _reason(found: SimilarCouncils, reason: Reason) -> dict[str, Any]:
    return {"metric": found.model.variables[reason.variable].metric, "difference": reason.difference}
