"""Similar councils of an open build: who they are, by which model and weights, or why nobody can be named."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.circumstances import Circumstances, Figures, circumstances, day_for, usual_model
from moothall.analytics.similarity import MINIMUM_KNOWN, Peer, peers_of
from moothall.analytics.weighting import weights_of
from moothall.catalogue import Catalogue
from moothall.domain.authority import Authority, AuthorityType
from moothall.domain.period import day_text
from moothall.domain.similarity import SimilarityModel
from moothall.errors import UnknownName
from moothall.presenters.figures.reading import FigureStore, kept_by_store

KEPT_CIRCLES, KEPT_PEERS = 64, 512


@dataclass(frozen=True)
class SimilarCouncils:
    """The peers of a council by a model, nearest first; ``refused`` says why there are none."""

    authority: Authority
    model: SimilarityModel
    weights: NDArray[np.float64]
    circle: Circumstances
    peers: tuple[Peer, ...] = ()
    refused: str | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The authority codes of the peers, nearest first."""
        return tuple(self.circle.codes[peer.row] for peer in self.peers)

    @property
    def own(self) -> int | None:
        """The council's own row in its circle; None where it is not in it."""
        return self.circle.rows.get(self.authority.code)


class Circles:
    """The circumstances of each type on each day that is asked for, worked out once for an open build."""

    def __init__(self, store: FigureStore) -> None:
        self.at = lru_cache(maxsize=KEPT_CIRCLES)(self._make)
        self.usual = lru_cache(maxsize=KEPT_PEERS)(self._usual)
        self.unweighted = lru_cache(maxsize=KEPT_PEERS)(self._unweighted)
        self._store = store

    def _make(self, model_id: str, kind: AuthorityType, day: date) -> Circumstances:
        catalogue = self._store.catalogue
        return circumstances(
            catalogue.similarity_models[model_id], kind, catalogue.authorities.values(), day, self._figures
        )

    def _usual(self, authority: Authority) -> SimilarCouncils | None:
        model = usual_model(self._store.catalogue, authority.type)
        found = similar_councils(self._store, authority, model) if model else None
        return found if found and found.peers else None

    def _unweighted(self, authority: Authority, model_id: str) -> SimilarCouncils:
        return _find_similar(self._store, authority, self._store.catalogue.similarity_models[model_id], {})

    def _figures(self, metric: str) -> Figures:
        return self._store.panel(metric)


@kept_by_store
def circles_of(store: FigureStore) -> Circles:
    """The circles kept for this open build."""
    return Circles(store)


def find_model(catalogue: Catalogue, text: str) -> SimilarityModel:
    """The model of that id; UnknownName with those there are."""
    if text not in catalogue.similarity_models:
        raise UnknownName(f"There is no model of similarity {text!r}.", tuple(catalogue.similarity_models))
    return catalogue.similarity_models[text]


def similar_councils(
    store: FigureStore, authority: Authority, model: SimilarityModel, given: Mapping[str, str] | None = None
) -> SimilarCouncils:
    """The councils most like one by a model, with the weights that are ``given`` as text in place of the model's.

    UsageError or UnknownName for weights that cannot be meant. A council that the model does not cover, or of which too
    little is known, is refused with its reason.
    """
    if not given and store.catalogue.similarity_models.get(model.id) is model:
        return circles_of(store).unweighted(authority, model.id)
    return _find_similar(store, authority, model, given or {})


def _find_similar(
    store: FigureStore, authority: Authority, model: SimilarityModel, given: Mapping[str, str]
) -> SimilarCouncils:
    weights = weights_of(model, given)
    circle = circles_of(store).at(model.id, authority.type, day_for(model, authority))
    found = SimilarCouncils(authority, model, weights, circle)
    if authority.type not in model.types:
        return SimilarCouncils(authority, model, weights, circle, refused=_not_covered(model))
    if found.own is None:
        reason = f"{authority.name} did not act on {day_text(circle.day)}, the day of the model."
        return SimilarCouncils(authority, model, weights, circle, refused=reason)
    peers = peers_of(circle.standardised, weights, found.own, model.peers)
    refused = None if peers else _too_little(store, found, found.own)
    return SimilarCouncils(authority, model, weights, circle, peers, refused)


def usual_peers(store: FigureStore, authority: Authority) -> SimilarCouncils | None:
    """The councils most like one by its usual model; None where no model covers it or nobody can be named."""
    return circles_of(store).usual(authority)


def _not_covered(model: SimilarityModel) -> str:
    return f"The model {model.id} does not cover councils of this type: choose another model."


def _too_little(store: FigureStore, found: SimilarCouncils, own: int) -> str:
    lacking = np.flatnonzero(np.isnan(found.circle.standardised[own]) & (found.weights > 0))
    titles = [store.catalogue.metrics[found.model.variables[place].metric].title for place in lacking]
    missing = f" There is no figure for: {', '.join(titles)}." if titles else ""
    return (
        f"Too little is known to say which councils are like {found.authority.short_name}: at least "
        f"{MINIMUM_KNOWN:.0%} of the weight must be known of both councils.{missing}"
    )
