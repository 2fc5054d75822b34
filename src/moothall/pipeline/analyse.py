"""The analytics step of a build: what changed, what is usual, who turned it round, what stands out (ARCHITECTURE).

Only what does not depend on a visitor's choice. Everything is worked out by the same functions that answer a visitor.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple
from datetime import date
from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.circumstances import Circumstances, circumstances, usual_model
from moothall.analytics.expected import expectation
from moothall.analytics.groups import Group, similar_group, type_group
from moothall.analytics.judging import why_not_judged
from moothall.analytics.metric_series import AllSeries, MetricSeries, PanelFigures
from moothall.analytics.sign_outcomes import JudgedSign, highest_figures, judged_sign
from moothall.analytics.similarity import distances, nearest
from moothall.analytics.standing_out import Standout, standing_out
from moothall.analytics.tested import TestedMetrics, what_is_tested
from moothall.analytics.trend import SIGNS
from moothall.catalogue import Catalogue
from moothall.domain.authority import Authority, AuthorityType
from moothall.domain.metric import Metric
from moothall.domain.observation import TwoVintages
from moothall.domain.signal import SignalStatus
from moothall.domain.similarity import SimilarityModel
from moothall.domain.words import MetricState
from moothall.pipeline.progress import Progress
from moothall.store import Panel
from moothall.store.findings import (
    ChangeFindings,
    ExpectedFindings,
    HighestFindings,
    SignFindings,
    StandingOutFindings,
    finding_row,
)

Values = NDArray[np.float64]
Rows = list[tuple[str, str, str]]


class Keeper(Protocol):
    """What gives the panels of a build that is being written, and keeps what is found."""

    @property
    def panel(self) -> Callable[[str], Panel]: ...  # noqa: D102

    def revisions(self, source: str) -> tuple[TwoVintages, ...]: ...  # noqa: D102

    def add_findings(self, rows: Sequence[tuple[str, str, str]]) -> None: ...  # noqa: D102

    def add_changes(self, rows: Sequence[tuple[str, str, str, str]]) -> None: ...  # noqa: D102


def analyse(writer: Keeper, catalogue: Catalogue, newest: date, progress: Progress) -> None:
    """Add all findings of a build whose panels can be read; ``newest`` is the day of its newest release."""
    every = AllSeries(writer.panel, catalogue)
    live = [metric for metric in catalogue.metrics.values() if metric.state is MetricState.LIVE and metric.value]
    usual = Usual(catalogue, every, writer)
    found, moved = Rows(), list[tuple[str, str, str, str]]()
    for done, metric in enumerate(live, start=1):
        progress("finding changes, and what is usual", done, len(live))
        series, changed = every.at(metric.id), change_findings(every.at(metric.id))
        found += [*([finding_row(metric.id, changed)] if changed else []), *usual.rows(metric)]
        moved += named_changes(series, changed) if changed else []
    writer.add_changes(moved)
    progress("finding what stands out", 0, None)
    running = [council for council in _councils(catalogue) if council.end is None or council.end >= newest]
    similar = similar_groups(catalogue, writer, running)
    asked = [(council, type_group(council.type)) for council in running]
    asked += [(council, similar[council.code]) for council in running if council.code in similar]
    progress("judging signs", 0, None)
    found += sign_rows(catalogue, every, writer)
    writer.add_findings([*found, *_outstanding(asked, what_is_tested(every, live, asked, newest))])


def _councils(catalogue: Catalogue) -> list[Authority]:
    return [authority for authority in catalogue.authorities.values() if authority.type.is_principal]


def named_changes(series: MetricSeries, found: ChangeFindings) -> list[tuple[str, str, str, str]]:
    """The metric, the period, and the codes of the authorities whose change a rule has named; nothing for nobody."""
    clear = {direction.value for direction in SIGNS}
    codes = [code for code, way in zip(series.authorities, found.directions, strict=True) if way in clear]
    period = series.periods[found.column]
    return [(series.metric.id, period.start.isoformat(), period.kind.value, " ".join(codes))] if codes else []


def change_findings(series: MetricSeries) -> ChangeFindings | None:
    """What changed in a metric by its newest full period; None where no period has figures of ten authorities."""
    column = series.newest()
    if column is None:
        return None
    changes = series.changes_of(np.arange(len(series.authorities)), column)
    newest = series.until(column)
    turned = newest.turned_round
    return ChangeFindings(
        column=column,
        rules=[one.rule.value if one else "" for one in changes],
        directions=[one.trend.direction.value if one else "" for one in changes],
        reasons=[one.trend.reason.value if one else "" for one in changes],
        since=[one.since if one else column for one in changes],
        noise=newest.noise.tolist(),
        turned=[(one.row, one.worse, one.flagged, one.better) for one in turned.members],
        eligible=turned.eligible,
        by_chance=turned.by_chance,
        reversals=list(astuple(series.reversals)),
    )


class Usual:
    """What is usual in the circumstances of councils: the variables of the usual model, as they were at each period."""

    def __init__(self, catalogue: Catalogue, every: AllSeries, writer: Keeper) -> None:
        self._catalogue, self._every, self._writer = catalogue, every, writer
        self._circle = cache(self._make_circle)
        models = catalogue.similarity_models.values()
        self._variables = {variable.metric for model in models for variable in model.variables}

    def rows(self, metric: Metric) -> Rows:
        """The row of a metric; none for circumstances and counts, and where too few councils have figures."""
        if why_not_judged(metric) or metric.is_total or metric.id in self._variables:
            return []
        found = self.expected(metric)
        return [finding_row(metric.id, found)] if found else []

    def expected(self, metric: Metric) -> ExpectedFindings | None:
        """What is usual at the newest full period of a metric."""
        series = self._every.at(metric.id)
        column, model = series.newest(), self._model(metric)
        if column is None or model is None:
            return None
        period = series.periods[column]
        context = self._context(series, model, min(model.on, period.end))
        found = expectation(series.values[:, column], context, series.authorities, series.types)
        if not found.n:
            return None
        lines = zip(found.expected.tolist(), found.lower.tolist(), found.upper.tolist(), strict=True)
        shown = zip(series.authorities, lines, strict=True) if found.explains else ()
        figures = {code: line for code, line in shown if not np.isnan(line).any()}
        numbers = (found.n, found.error, found.median_error, found.explains)
        return ExpectedFindings(period.slug, model.id, *numbers, figures)

    def _model(self, metric: Metric) -> SimilarityModel | None:
        found = (usual_model(self._catalogue, kind) for kind in AuthorityType if kind in metric.applies_to)
        return next((model for model in found if model), None)

    def _context(self, series: MetricSeries, model: SimilarityModel, day: date) -> Values:
        """The circumstances on a day, in spreads of the type: [authorities of the series, variables]."""
        found = np.full((len(series.authorities), len(model.variables)), np.nan)
        for kind in {kind for kind in model.types if kind.value in series.types}:
            circle = self._circle(model.id, kind, day)
            held = [(series.index[code], row) for code, row in circle.rows.items() if code in series.index]
            for own, row in held:
                found[own] = circle.standardised[row]
        return found

    def _make_circle(self, model_id: str, kind: AuthorityType, day: date) -> Circumstances:
        model, everyone = self._catalogue.similarity_models[model_id], self._catalogue.authorities.values()
        return circumstances(model, kind, everyone, day, self._panel)

    def _panel(self, metric: str) -> PanelFigures:
        return self._writer.panel(metric)


def sign_rows(catalogue: Catalogue, every: AllSeries, writer: Keeper) -> Rows:
    """What every live warning rule says of each of its metrics, and the figures that exceptions ask for."""
    live = [signal for signal in catalogue.signals.values() if signal.status is SignalStatus.LIVE]
    revisions = cache(writer.revisions)
    asked = {metric for signal in live if signal.unless for metric in signal.unless.metrics}
    rows = [finding_row(metric, HighestFindings(highest_figures(every.at(metric)))) for metric in sorted(asked)]
    for signal in live:
        for metric in signal.metrics:
            below = writer.panel(metric).denominators
            judged = judged_sign(signal, catalogue.metrics[metric], every, below, revisions)
            rows.append(finding_row(f"{signal.id} {metric}", sign_findings(judged)))
    return rows


def sign_findings(judged: JudgedSign) -> SignFindings:
    """What a rule says, as the build keeps it."""
    outcome = {name: array.tolist() for name, array in vars(judged.outcome).items()}
    return SignFindings(tuple(judged.index), [(p.start.isoformat(), p.kind.value) for p in judged.periods], **outcome)


def similar_groups(catalogue: Catalogue, writer: Keeper, councils: Sequence[Authority]) -> dict[str, Group]:
    """The similar councils of each one by its usual model, as a visitor meets them, by authority code."""

    def panel_of(metric: str) -> PanelFigures:
        return writer.panel(metric)

    groups: dict[str, Group] = {}
    by_code = {council.code: council for council in councils}
    for kind in {council.type for council in councils}:
        model = usual_model(catalogue, kind)
        if model is None:
            continue
        circle = circumstances(model, kind, catalogue.authorities.values(), model.on, panel_of)
        near = nearest(distances(circle.standardised, circle.weights), model.peers)
        for code, rows in zip(circle.codes, near, strict=True):
            peers = [circle.codes[row] for row in rows.tolist() if row >= 0]
            if peers and code in by_code:
                groups[code] = similar_group(model, by_code[code], peers, circle.day)
    return groups


def _outstanding(
    asked: Sequence[tuple[Authority, Group]], found: Sequence[TestedMetrics]
) -> Iterator[tuple[str, str, str]]:
    for (council, group), tested in zip(asked, found, strict=True):
        if tested.chosen:
            what = standing_out([one.distance for one in tested.chosen.values()])
            lists = (_lines(side) for side in (what.look_into, what.going_well, what.unusual))
            counts = (what.tested, what.flagged, what.cut_off, what.by_chance, tested.too_old, tested.twins)
            yield finding_row(f"{council.code} {group.id}", StandingOutFindings(group.codes, *counts, *lists))


def _lines(side: Sequence[Standout]) -> list[tuple[str, float, float, float, bool]]:
    return [(one.metric, one.z, one.before, one.p, one.is_lasting) for one in side]
