"""Things named in an address. A wrong path is a page that is not there; a wrong choice is an address we cannot read."""

from moothall.catalogue import SourceDefinition
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.words import MetricState
from moothall.errors import UnknownName
from moothall.presenters.reading import FigureStore, authority_with_slug

SHOWN = (MetricState.LIVE, MetricState.AWAITING_DATA)


class NotHere(UnknownName):
    """The path of an address names nothing that we have; the answer is 404 with suggestions for ``sought``."""

    def __init__(self, message: str, sought: str) -> None:
        super().__init__(message)
        self.sought = sought


def authority(store: FigureStore, slug: str) -> Authority:
    """The authority of a path such as ``/authorities/leeds``; NotHere where there is none."""
    try:
        return authority_with_slug(store, slug)
    except UnknownName as error:
        raise NotHere(str(error), slug) from None


def metric(store: FigureStore, metric_id: str) -> Metric:
    """The metric of a path, if it is shown at all; NotHere where there is none."""
    found = store.catalogue.metrics.get(metric_id)
    if found is None or found.state not in SHOWN:
        raise NotHere(f"There is no metric with the address name {metric_id!r}.", metric_id)
    return found


def source(store: FigureStore, source_id: str) -> SourceDefinition:
    """The source of a path; NotHere where there is none."""
    if source_id not in store.catalogue.sources:
        raise NotHere(f"There is no source with the address name {source_id!r}.", source_id)
    return store.catalogue.sources[source_id]


def chosen_authority(store: FigureStore, slug: str) -> Authority:
    """The authority of a choice such as ``authority=leeds``; UnknownName where there is none."""
    return authority_with_slug(store, slug)


def chosen_metric(store: FigureStore, metric_id: str) -> Metric:
    """The live metric of a choice; UnknownName where there is none."""
    found = store.catalogue.metrics.get(metric_id)
    if found is None or found.state is not MetricState.LIVE:
        raise UnknownName(f"There is no metric with figures and the address name {metric_id!r}.")
    return found
