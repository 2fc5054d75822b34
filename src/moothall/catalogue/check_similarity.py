"""Models of similarity compared with the metrics, and published lists with one another.

Every variable of a model is a live metric of circumstances, named once; every list has a word of its own.
"""

from collections import Counter
from collections.abc import Iterator

from moothall.catalogue.drafts import Drafts, Located
from moothall.catalogue.problems import quoted
from moothall.catalogue.references import misfiled, repeated, unresolved
from moothall.catalogue.schema import MetricEntry
from moothall.catalogue.similarity import SimilarityModelEntry
from moothall.domain.words import MetricState


def list_faults(drafts: Drafts) -> Iterator[str]:
    """One sentence for each list whose id another list has: ids are words in addresses."""
    taken: dict[str, str] = {}
    for located in drafts.sources:
        for number, listed in enumerate(located.entry.lists):
            if listed.id in taken:
                words = f"the list {quoted(listed.id)} is already in {taken[listed.id]}; give each its own id"
                yield located.fault(words, "lists", number, "id")
            taken.setdefault(listed.id, located.place)


def similarity_faults(drafts: Drafts) -> Iterator[str]:
    """One sentence for each fault of a model, or between a model and the metrics."""
    yield from repeated(drafts.similarity_models, "id", lambda model: model.id)
    metrics = {located.entry.id: located.entry for located in drafts.metrics}
    for located in drafts.similarity_models:
        yield from misfiled(located, located.entry.id)
        for name, count in Counter(variable.metric for variable in located.entry.variables).items():
            if count > 1:
                words = f"the metric {quoted(name)} stands {count} times; keep one and give it the weight"
                yield located.fault(words, "variables")
        for number, variable in enumerate(located.entry.variables):
            keys = ("variables", number, "metric")
            yield from unresolved(located, variable.metric, "metrics", drafts, *keys)
            yield from _metric_faults(located, metrics.get(variable.metric), *keys)


def _metric_faults(
    located: Located[SimilarityModelEntry], metric: MetricEntry | None, *keys: str | int
) -> Iterator[str]:
    if metric is None:
        return
    if metric.status is not MetricState.LIVE:
        yield located.fault(f"the metric {metric.id} is {metric.status}, so it has no figures; take another", *keys)
    if not metric.context:
        words = f"the metric {metric.id} is no context: a council can choose it; take one that says context: true"
        yield located.fault(words, *keys)
    if not set(metric.applies_to) & set(located.entry.types):
        yield located.fault(f"the metric {metric.id} applies to none of the model's types; take another", *keys)
