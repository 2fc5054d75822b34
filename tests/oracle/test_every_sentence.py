"""The proof over all: every council, every metric compared for it, every group; three lengths, grammar, and figures.

Each part of the councils is a test of its own, so that two workers share the work.
"""

import math
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from moothall.analytics.groups import Group, GroupKind, group_of
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.period import Period
from moothall.domain.wording import Length
from moothall.errors import UsageError
from moothall.presenters.figures.cohort import Standing, cohorts_of, latest_standing, shown_metrics
from moothall.presenters.figures.comparators import own_groups
from moothall.presenters.figures.reading import live_metrics
from moothall.presenters.wording.figure_words import OwnFigure, missing_words, standing_cell
from moothall.presenters.wording.paragraph import Story, paragraph, story_of
from moothall.presenters.wording.sentences import Said, sentences_of
from moothall.store import Store
from tests.oracle.slow_words import (
    RawGroup,
    RawPanel,
    cell_claim_faults,
    claim_faults,
    rank_faults,
    verdict_faults,
)
from tests.support.grammar import cell_faults, end_faults, sentence_faults, shape_of

QUOTED = frozenset({"limit-of-the-metric", "question-own", "missing-with-reason", "broken-once", "broken-often"})
"""Rules that quote what a publisher or a metric's reviewer wrote: only the form is checked here."""

PARTS = 2
FEWEST_OF_A_PART = 400_000
MOST_SHOWN = 25


class Proof:
    """Walks a part of the councils and gathers what is wrong; grammar is checked once for each shape of a text."""

    def __init__(self, store: Store, authorities: list[Authority]) -> None:
        self.store, self.say, self.authorities = store, sentences_of(store), authorities
        self.groups = {a.code: [*standard_groups(store, a), *own_groups(store, a)] for a in authorities}
        self.metrics = {a.code: {m.id for m in shown_metrics(store, a)} for a in authorities}
        self.seen: set[str] = set()
        self.faults: list[str] = []
        self.count = 0

    def walk(self) -> None:
        """Metric by metric, so that the cohorts of types and regions are at hand."""
        for metric in live_metrics(self.store):
            self._keep(end_faults(metric.cannot_say.strip()), metric.id)
            panel = self.store.panel(metric.id)
            raw = cache(lambda period, m=metric, p=panel: RawPanel(self.store.catalogue, m, p, period))
            for authority in self.authorities:
                if metric.id in self.metrics[authority.code]:
                    self._walk_groups(metric, authority, raw)

    def _walk_groups(self, metric: Metric, authority: Authority, raw: Callable[[Period], RawPanel]) -> None:
        standing = latest_standing(self.store, metric, authority)
        if standing is None:
            said = missing_words(self.say, authority, None, Length.SENTENCE)
            self._hear(said.text, authority.short_name, f"{authority.code} {metric.id}", sentence_faults)
            return
        story = story_of(self.store, metric, authority, standing)
        for part in story.parts:
            self._hear_part(part, authority, f"{authority.code} {metric.id}")
        for group in self.groups[authority.code]:
            cohort = cohorts_of(self.store).at(metric.id, group, standing.period)
            self._check(OwnFigure(cohort, authority, standing), story, raw(standing.period), group)

    def _check(self, own: OwnFigure, story: Story, raw: RawPanel, group: Group) -> None:
        cell, parts = standing_cell(self.say, own).text, paragraph(self.store, own, story, says_limits=False)
        place = f"{own.authority.code} {own.cohort.metric.id} {group.id}"
        there = raw.group(group)
        self._hear(cell, own.authority.short_name, place, cell_faults)
        for part in parts:
            if all(part is not told for told in story.parts):
                self._hear_part(part, own.authority, place)
        faults = figure_faults(own.authority.code, own.standing, cell, [part.text for part in parts], raw, there)
        self._keep(faults, f"{place}: {cell} | {parts[0].text}")
        self.count += 1

    def _hear_part(self, part: Said, authority: Authority, place: str) -> None:
        self._hear(part.text, authority.short_name, place, end_faults if part.rule in QUOTED else sentence_faults)

    def _hear(self, text: str, name: str, place: str, rules: Callable[[str], Iterator[str]]) -> None:
        shape = shape_of(text, name)
        if shape not in self.seen:
            self.seen.add(shape)
            self._keep(rules(shape), f"{place}: {text}")

    def _keep(self, faults: Iterator[str], where: str) -> None:
        self.faults += [f"{fault}: {where}" for fault in faults]


def standard_groups(store: Store, authority: Authority) -> Iterator[Group]:
    """The groups of a council that follow from the register."""
    for kind in (GroupKind.SAME_TYPE, GroupKind.REGION, GroupKind.ENGLAND):
        try:
            yield group_of(kind, authority, store.catalogue.regions)
        except UsageError:
            assert kind is GroupKind.REGION


def figure_faults(
    code: str, standing: Standing, cell: str, texts: list[str], raw: RawPanel, there: RawGroup
) -> Iterator[str]:
    """What cell, sentence and rank say that the figures do not."""
    yield from claim_faults(texts[0], code, standing.period, raw, there)
    yield from cell_claim_faults(cell, code, there)
    limits = (math.nan if limit is None else limit for limit in (standing.lower, standing.upper))
    yield from verdict_faults(cell, code, tuple(limits), raw, there)  # type: ignore[arg-type]
    if texts[1].startswith("That is "):
        yield from rank_faults(texts[1], code, there)


@pytest.fixture(scope="module")
def store(shipped: Path) -> Store:
    """The build of the shipped figures."""
    return Store.open(shipped)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(PARTS))
def test_every_sentence_is_grammatical_and_true(
    store: Store, part: int, record_property: Callable[[str, object], None]
) -> None:
    started = time.process_time()
    proof = Proof(store, list(store.catalogue.authorities.values())[part::PARTS])
    proof.walk()
    record_property("sentences", proof.count)
    record_property("seconds", round(time.process_time() - started, 1))
    assert proof.faults[:MOST_SHOWN] == []
    assert proof.count > FEWEST_OF_A_PART
