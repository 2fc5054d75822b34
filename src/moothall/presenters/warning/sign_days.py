"""The build as it was known on a day, for signs: a day before any figure of theirs is refused with the first day."""

from datetime import date

from moothall.catalogue import Catalogue
from moothall.domain.metric import Metric
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.figures.views import known_on


def known_signs_on(store: FigureStore, day: date | None) -> FigureStore:
    """The store as of a day (None: as it is); UsageError where no figure that a rule looks at was published by then."""
    return known_on(store, day, metrics_of_rules(store.catalogue)) if store.catalogue.signals else store


def metrics_of_rules(catalogue: Catalogue) -> list[Metric]:
    """Every metric that a rule looks at, each once."""
    named = dict.fromkeys(id_ for signal in catalogue.signals.values() for id_ in signal.metrics)
    return [catalogue.metrics[id_] for id_ in named]
