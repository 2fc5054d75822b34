"""A metric's figures on today's boundaries, for pages and commands to show beside the figures as published."""

from collections.abc import Mapping

from moothall.analytics.reorganisation import Figures, Rebuilt, Register, find_joins, rebuild, rebuild_derived
from moothall.catalogue.quantities import published_elsewhere
from moothall.domain.derivation import Derivation, MetricRef, Operand, Ratio, SeriesRef, parts_of
from moothall.domain.metric import Metric
from moothall.presenters.figures.reading import FigureStore


def boundaries_now(store: FigureStore, metric: Metric) -> Rebuilt:
    """The figures of all periods on the boundaries of the newest release's day, as a panel (METHODS 8).

    ``joins`` of the answer names, by (authority code, period slug), the predecessors that stand behind a figure;
    ``reasons`` says why a past figure could not be rebuilt. Nothing is changed in the store.
    """
    return _rebuilt(store, metric, register_of(store))


def register_of(store: FigureStore) -> Register:
    """The authorities and successions of a build; its day is that of the newest release."""
    days = [release.known_on or release.published_on for release in store.releases.values()]
    return Register(store.catalogue.authorities, store.catalogue.successions, max(days))


def _rebuilt(store: FigureStore, metric: Metric, register: Register) -> Rebuilt:
    if metric.derivation is None:
        return _series(store, metric.id, metric, metric.is_additive, register)
    stored = _series(store, metric.id, metric, False, register)
    parts = _parts(store, metric, metric.derivation, register)
    return rebuild_derived(metric.derivation, metric.cadence, stored, parts, _elsewhere(store, metric, register))


def _series(store: FigureStore, key: str, rule: Metric, is_additive: bool, register: Register) -> Rebuilt:
    """Figures kept under ``key``; ``rule`` is the metric that says whose figures count."""
    panel: Figures = store.panel(key)
    joins = find_joins(rule, store.catalogue.responsibilities[rule.responsibility], register, panel.periods)
    return rebuild(panel, store.reasons(key), joins, register, is_additive)


def _parts(
    store: FigureStore, metric: Metric, value: Derivation, register: Register
) -> list[tuple[str, Rebuilt, bool]]:
    published = {other.series: other for other in store.catalogue.metrics.values() if other.series}
    made = []
    for part in parts_of(value):
        is_within = isinstance(value, Ratio) and value.denominator_within and part.role == "denominator"
        made.append((part.operand.words, _part(store, metric, part.operand, published, register), is_within))
    return made


def _elsewhere(store: FigureStore, metric: Metric, register: Register) -> list[tuple[str, Rebuilt]]:
    """Other sources of what the metric divides by, by title."""
    catalogue = store.catalogue
    others = published_elsewhere(metric, catalogue.metrics, catalogue.quantities.values())
    return [
        (catalogue.sources[other.source].source.title, _series(store, other.key, metric, True, register))
        for other in others
    ]


def _part(
    store: FigureStore,
    metric: Metric,
    operand: Operand,
    published: Mapping[SeriesRef, Metric],
    register: Register,
) -> Rebuilt:
    """A rebuilt part. A metric that publishes the same series says whose figures count and whether they add up; where
    none does, the derived metric says it of its parts."""
    if isinstance(operand, MetricRef):
        return _rebuilt(store, store.catalogue.metrics[operand.metric], register)
    rule = published.get(operand, metric)
    return _series(store, operand.key, rule, rule.is_additive or metric.is_additive, register)
