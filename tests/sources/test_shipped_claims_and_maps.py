"""Claims and maps over all shipped figures: each answer beside the plainest reading of the same figures."""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from moothall.analytics.claims import Answer, Claim, Ground
from moothall.analytics.groups import ENGLAND, type_group
from moothall.analytics.position import in_steps
from moothall.domain.authority import AuthorityType
from moothall.presenters.comparing.claims import check_claim
from moothall.presenters.figures.cohort import Cohort, cohorts_of, newest_period, standing_of
from moothall.presenters.figures.reading import live_metrics
from moothall.presenters.metric.map_page import make_map_page
from moothall.presenters.metric.map_picture import layers_of
from moothall.presenters.wording.figure_words import OwnFigure
from moothall.store import Store

PLAIN = {
    Claim.HIGHEST: lambda own, known: own >= known.max(),
    Claim.LOWEST: lambda own, known: own <= known.min(),
    Claim.ABOVE_MIDDLE: lambda own, known: own > np.median(known),
    Claim.BELOW_MIDDLE: lambda own, known: own < np.median(known),
}
SETTLED = (Ground.FIGURES, Ground.SHARED)


@pytest.fixture(scope="module")
def store(shipped: Path) -> Store:
    return Store.open(shipped)


def cohorts(store: Store) -> Iterator[Cohort]:
    """Every live metric beside each type that it is for, at the newest period of that type."""
    for metric in live_metrics(store):  # type: ignore[arg-type]
        for kind in AuthorityType:
            if kind in metric.applies_to and store.panel(metric.id).periods:
                group = type_group(kind)
                period = newest_period(store, metric, group)  # type: ignore[arg-type]
                yield cohorts_of(store).at(metric.id, group, period)  # type: ignore[arg-type]


def test_no_settled_answer_contradicts_the_figures(store: Store) -> None:
    settled = 0
    for cohort in cohorts(store):
        steps = in_steps(cohort.values, cohort.metric.reporting_step)
        known = steps[~np.isnan(steps)]
        for place in range(0, len(cohort.members), 7):
            member = cohort.members[place]
            own = OwnFigure(cohort, member, standing_of(store, cohort.metric, member, cohort.period))  # type: ignore[arg-type]
            for claim, plain in PLAIN.items():
                found = check_claim(store, own, claim).checked  # type: ignore[arg-type]
                if found.ground in SETTLED:
                    settled += 1
                    is_so = bool(plain(steps[place], known))
                    assert (found.answer is Answer.TRUE) == is_so, (cohort.metric.id, member.name, claim)
    assert settled > 10_000, "most claims can be answered"


def test_every_metric_has_a_map_on_which_each_member_is_drawn_once(store: Store) -> None:
    drawn = 0
    for metric in live_metrics(store):  # type: ignore[arg-type]
        if not store.panel(metric.id).periods:
            continue
        for layer in layers_of(metric):
            page = make_map_page(store, metric, ENGLAND, layer=layer)  # type: ignore[arg-type]
            boundaries = page.maps[0]
            names = re.findall(r"<title>([^:<]*):", boundaries.svg)
            assert len(names) == len(set(names)), f"{metric.id}: an area is drawn twice"
            figures = len(re.findall(r"fill=\"url\(#tone-(?!missing|not-run|changed)", boundaries.svg))
            counted = sum(int(row.count.split()[0].replace(",", "")) for row in page.key if row.figures)
            assert figures == counted, f"{metric.id}: the key does not count what is drawn"
            assert not re.search(r"\bnan\b", boundaries.svg)
            drawn += 1
    assert drawn > 250
