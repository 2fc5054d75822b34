"""The catalogue that ships holds together and says enough for its reader."""

import re

import pytest

from moothall.catalogue import Catalogue
from moothall.domain.words import Cadence, Caveat, MetricState
from tests.support.real import real_catalogue

FEWEST_TOPICS, MOST_TOPICS = 2, 5


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The catalogue of this project."""
    return real_catalogue()


def test_the_sixteen_outcomes_are_numbered_in_order(catalogue: Catalogue) -> None:
    assert [outcome.number for outcome in catalogue.outcomes.values()] == list(range(1, 17))


def test_every_theme_has_a_handful_of_topics(catalogue: Catalogue) -> None:
    for theme in catalogue.themes.values():
        assert FEWEST_TOPICS <= len(theme.topics) <= MOST_TOPICS, theme.id


def test_every_caveat_is_one_sentence(catalogue: Catalogue) -> None:
    for caveat in Caveat:
        assert re.fullmatch(r"[A-Z][^.!]+\.", catalogue.caveats[caveat]), caveat


def test_a_metric_of_a_closed_source_says_so(catalogue: Catalogue) -> None:
    """A reader must not wait for figures that will never come."""
    for metric in catalogue.metrics.values():
        if metric.state is MetricState.LIVE:
            cadences = {catalogue.sources[source].source.cadence for source in metric.sources}
            assert (Cadence.CLOSED not in cadences) or metric.cadence is Cadence.CLOSED, metric.id
