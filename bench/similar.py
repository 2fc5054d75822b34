"""How long it takes to judge all models of similarity, and to find the peers of a council by weights of one's own."""

import time
from pathlib import Path

import numpy as np

from moothall.analytics.circumstances import usual_model
from moothall.analytics.register import Register
from moothall.analytics.similarity import distances, nearest
from moothall.domain.authority import AuthorityType
from moothall.pipeline.peer_report import report_models
from moothall.presenters.similarity.similar import circles_of, similar_councils
from moothall.store import Store

ROUNDS = 20


def similar_rows(builds: Path) -> list[tuple[str, float, float | None, str]]:
    """Peers of all districts, and of one council with reasons, by custom weights; and the build's report."""
    store = Store.open(builds)
    model = usual_model(store.catalogue, AuthorityType.SHIRE_DISTRICT)
    if model is None:
        return []
    circle = circles_of(store).at(model.id, AuthorityType.SHIRE_DISTRICT, model.on)
    weights = np.arange(1.0, len(model.variables) + 1)
    started = time.perf_counter()
    for _ in range(ROUNDS):
        nearest(distances(circle.standardised, weights), model.peers)
    every = (time.perf_counter() - started) / ROUNDS * 1000
    council, given = store.catalogue.authorities[circle.codes[0]], {model.variables[0].metric: "3"}
    started = time.perf_counter()
    for _ in range(ROUNDS):
        similar_councils(store, council, model, given)
    one = (time.perf_counter() - started) / ROUNDS * 1000
    pairs = (
        (name, code, peer) for name, own in store.lists.items() for code, found in own.peers.items() for peer in found
    )
    listed = [(name, code, 0, peer, None) for name, code, peer in pairs]
    started = time.perf_counter()
    register = Register(store.catalogue.authorities, store.catalogue.responsibilities)
    report_models(store.catalogue, register, store.panel, listed)
    seconds = time.perf_counter() - started
    return [
        ("peers of all districts, own weights", every, 50, "ms"),
        ("peers of one council, with reasons", one, 50, "ms"),
        ("judging similarity, in the build", seconds, 60, "s"),
    ]
