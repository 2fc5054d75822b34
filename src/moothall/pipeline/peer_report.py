"""How good each model of similarity is: worked out in the build, over every metric that it was not made of (METHODS 5).

No metric tunes the weights that judge it: every model counts its variables alike, and a variable judges no model.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from moothall.analytics import peer_skill
from moothall.analytics.circumstances import Figures, circumstances
from moothall.analytics.peer_skill import Rows, Skill, Values
from moothall.analytics.register import Register
from moothall.analytics.ridge import cross_fitted
from moothall.analytics.similarity import distances, nearest
from moothall.catalogue import Catalogue
from moothall.domain.authority import Authority, AuthorityType
from moothall.domain.metric import Metric
from moothall.domain.similarity import SimilarityModel
from moothall.domain.words import MetricState
from moothall.store import MetricSkill, ModelScore, Panel

RANDOM_PEERS, RANDOM_DRAWS = 15, 5
"""How many councils of the type are drawn blindly, and how often; the mean of the draws stands in the report."""

MINIMUM_COVERAGE = 0.8
"""Each metric is judged at its newest period with this part of the figures that its fullest period has."""

PanelOf = Callable[[str], Panel]


@dataclass(frozen=True)
class Judge:
    """A metric that judges the models, at one period: its figures, the median of the rest of each council's type, and
    the spread of that type; all [authorities]."""

    metric: Metric
    values: Values
    base: Values
    scale: Values

    @property
    def is_service(self) -> bool:
        """True for what councils do; False for outcomes and circumstances that are no variable of a model."""
        return not self.metric.is_context


@dataclass(frozen=True)
class Contender:
    """One line of the report: ways to predict [authorities] values, and the ``peers`` where it names any.

    Where there are several ways (several blind draws) their errors are averaged.
    """

    model: str
    title: str
    ways: tuple[Callable[[Values], Values], ...]
    peers: Rows | None = None
    stability: float | None = None


class PeerReport:
    """The councils of one day, the metrics that judge, and the contenders."""

    def __init__(
        self, catalogue: Catalogue, register: Register, panel_of: PanelOf, listings: dict[str, dict[str, list[str]]]
    ) -> None:
        self._catalogue, self._register, self._panel_of, self._listings = catalogue, register, panel_of, listings
        self.models = list(catalogue.similarity_models.values())
        self.day = max((model.on for model in self.models), default=date.min)
        councils = (a for a in catalogue.authorities.values() if a.type.is_principal and a.is_active(self.day))
        self.authorities: list[Authority] = sorted(councils, key=lambda authority: authority.code)
        self.rows = {authority.code: row for row, authority in enumerate(self.authorities)}
        kinds = list(AuthorityType)
        self.types: Rows = np.array([kinds.index(a.type) for a in self.authorities], dtype=np.int64)

    @cached_property
    def judges(self) -> list[Judge]:
        """Every live metric that is no variable of a model and no count, with enough figures."""
        variables = {variable.metric for model in self.models for variable in model.variables}
        others = peer_skill.same_type(self.types)
        found = []
        for metric in self._catalogue.metrics.values():
            if metric.state is MetricState.LIVE and metric.id not in variables and not metric.is_total:
                values = self._figures(metric)
                if values is not None:
                    base, scale = peer_skill.peer_medians(values, others), peer_skill.spreads(values, self.types)
                    found.append(Judge(metric, values, base, scale))
        return found

    def _figures(self, metric: Metric) -> Values | None:
        """What can be compared of a metric at the newest period that is nearly as full as its fullest."""
        panel = self._panel_of(metric.id)
        if not panel.periods or not self.authorities:
            return None
        places = np.array([panel.index.get(authority.code, -1) for authority in self.authorities], dtype=np.int64)
        codes, days = [authority.code for authority in self.authorities], [period.end for period in panel.periods]
        can = self._register.eligible(metric, codes, days) & panel.in_lifetime[places]
        values = np.where(can & (places >= 0)[:, None], panel.values[places], np.nan)
        counts = (~np.isnan(values)).sum(axis=0)
        if not counts.max():
            return None
        return np.asarray(values[:, np.flatnonzero(counts >= MINIMUM_COVERAGE * counts.max())[-1]], dtype=np.float64)

    def contenders(self) -> Iterator[Contender]:
        """Ours, the published lists uncut and cut to the same type, the same type, blind draws, and the ceiling."""
        for model in self.models:
            peers, _ = self.peers_of(model, self.day)
            before, _ = self.peers_of(model, self.day.replace(year=self.day.year - 1))
            yield _by_peers(model.id, model.title, peers, peer_skill.overlap(peers, before))
        for listed in self._catalogue.lists.values():
            if listed.members:
                peers = self._listed(listed.id)
                cut = peer_skill.within_type(peers, self.types)
                yield _by_peers(f"{listed.id}:same-type", f"{listed.title}, cut to the same type", cut, None)
                yield _by_peers(listed.id, listed.title, peers, None)
        yield _by_peers("same-type", "All councils of the same type", peer_skill.same_type(self.types), None)
        yield self._blind()
        for model in self.models:
            _, standardised = self.peers_of(model, self.day)
            yield Contender(
                f"ridge:{model.id}",
                f"Ridge regression on the variables of {model.id}: the ceiling",
                (partial(self._by_ridge, standardised=standardised),),
            )

    def _by_ridge(self, values: Values, standardised: Values) -> Values:
        kinds = [authority.type.value for authority in self.authorities]
        return cross_fitted(values, standardised, list(self.rows), kinds).predicted

    def peers_of(self, model: SimilarityModel, day: date) -> tuple[Rows, Values]:
        """The peers of every council by a model on a day, and the standardised circumstances behind them."""
        peers = np.full((len(self.authorities), model.peers), -1, dtype=np.int64)
        standardised = np.full((len(self.authorities), len(model.variables)), np.nan)
        for kind in sorted(model.types):
            found = circumstances(model, kind, self.authorities, day, self._panel)
            places = np.array([self.rows[code] for code in found.codes], dtype=np.int64)
            if len(places):
                near = nearest(distances(found.standardised, found.weights), model.peers)
                peers[places] = np.where(near >= 0, places[near], -1)
                standardised[places] = found.standardised
        return peers, standardised

    def _panel(self, metric: str) -> Figures:
        return self._panel_of(metric)

    def _listed(self, list_id: str) -> Rows:
        named = self._listings.get(list_id, {})
        chosen = [[self.rows[c] for c in named.get(a.code, ()) if c in self.rows] for a in self.authorities]
        return peer_skill.padded(chosen)

    def _blind(self) -> Contender:
        draws = [peer_skill.random_of_type(self.types, RANDOM_PEERS, seed) for seed in range(RANDOM_DRAWS)]
        ways = tuple(partial(peer_skill.peer_medians, peers=draw) for draw in draws)
        title = f"{RANDOM_PEERS} councils of the same type, drawn blindly"
        return Contender("random-of-type", title, ways, draws[0])

    def skills_of(self, contender: Contender) -> list[tuple[Judge, Skill]]:
        """The skill of a contender for every metric for which it can be had."""
        found = []
        for judge in self.judges:
            skill = self._skill(contender, judge)
            if skill:
                found.append((judge, skill))
        return found

    def _skill(self, contender: Contender, judge: Judge) -> Skill | None:
        guesses = (way(judge.values) for way in contender.ways)
        found = [peer_skill.skill(judge.values, guess, judge.base, judge.scale) for guess in guesses]
        known = [skill for skill in found if skill]
        return Skill(float(np.mean([skill.scaled_error for skill in known])), known[0].n) if known else None

    def score(self, contender: Contender, skills: Sequence[tuple[Judge, Skill]]) -> ModelScore | None:
        """The line of a contender; None where no metric can judge it."""
        service = [skill.scaled_error for judge, skill in skills if judge.is_service]
        every = [skill.scaled_error for _, skill in skills]
        if not service:
            return None
        peers = contender.peers
        return ModelScore(
            contender.model,
            contender.title,
            float(np.mean(service)),
            *peer_skill.mean_interval(service),
            len(service),
            float(np.mean(every)),
            *peer_skill.mean_interval(every),
            len(every),
            peer_skill.mutual_share(peers) if peers is not None else None,
            peer_skill.cross_type_share(peers, self.types) if peers is not None else None,
            contender.stability,
        )


def _by_peers(model: str, title: str, peers: NDArray[np.int64], stability: float | None) -> Contender:
    return Contender(model, title, (partial(peer_skill.peer_medians, peers=peers),), peers, stability)


def report_models(
    catalogue: Catalogue,
    register: Register,
    panel_of: PanelOf,
    listed: Sequence[tuple[str, str, int, str | None, str | None]],
) -> tuple[list[ModelScore], list[MetricSkill]]:
    """The scores and the skills of every contender; nothing where the catalogue has no model of similarity."""
    listings: dict[str, dict[str, list[str]]] = {}
    for name, authority, _, peer, _ in listed:
        if peer is not None:
            listings.setdefault(name, {}).setdefault(authority, []).append(peer)
    report = PeerReport(catalogue, register, panel_of, listings)
    scores, skills = [], []
    for contender in report.contenders() if report.models else ():
        found = report.skills_of(contender)
        score = report.score(contender, found)
        if score:
            scores.append(score)
            skills += [
                MetricSkill(contender.model, judge.metric.id, skill.scaled_error, skill.n, judge.is_service)
                for judge, skill in found
            ]
    return scores, skills
