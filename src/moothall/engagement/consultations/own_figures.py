"""The draft figure of the council that answers: beside each question about it, and on paper."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

from moothall.engagement.consultations.responding import council_of
from moothall.engagement.models.responses import Response
from moothall.presenters.blocks import Figure
from moothall.presenters.figures.reading import FigureStore, kept_by_store
from moothall.presenters.metric.metric_page import make_metric_page
from moothall.presenters.wording.sentences import Said
from moothall.web.current import current_store, today


@dataclass(frozen=True, slots=True)
class DraftFigure:
    """What stands beside a question: sentences on the council's own draft figure, and the spread of its type."""

    sentences: tuple[Said, ...]
    strip: Figure | None


KEPT_FIGURES = 500
"""Of one build: colleagues of a council see the same figure beside every question about a metric."""


def own_figure(response: Response, metric: str) -> DraftFigure | None:
    """A council's own draft figure with the spread of councils of its type; None for whoever has no figure of it."""
    council = council_of(response)
    if council is None or metric not in current_store().catalogue.metrics:
        return None
    return _own_figures(current_store())(metric, council.key, today())


@kept_by_store
def _own_figures(store: FigureStore) -> Callable[[str, str, date], DraftFigure | None]:
    return lru_cache(maxsize=KEPT_FIGURES)(partial(_make_own_figure, store))


def _make_own_figure(store: FigureStore, metric: str, authority: str, day: date) -> DraftFigure | None:
    found = store.catalogue.metrics[metric], store.catalogue.authorities[authority]
    group = make_metric_page(store, found[0], None, None, found[1], today=day).group
    return DraftFigure(group.own_sentences, group.strip) if group else None
