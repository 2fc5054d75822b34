"""Who changed and who turned it round on a metric: by name or similarity, with the rule and its record."""

import pytest

from moothall.analytics.groups import type_group
from moothall.domain.authority import AuthorityType
from moothall.domain.words import Cadence, Polarity
from moothall.presenters.figures.cohort import cohorts_of
from moothall.presenters.figures.reading import authority_with_slug
from moothall.presenters.metric.metric_changes import WhoChanged, who_changed, who_turned_round
from tests.support.steady import steady_table
from tests.support.store_builder import FakeStore, make_metric, make_store
from tests.unit.presenters.test_changes import table

METS = type_group(AuthorityType.METROPOLITAN_DISTRICT)


def changed(store: FakeStore, period: str = "2022-23") -> WhoChanged | None:
    panel = store.panel("recycling")
    return who_changed(store, cohorts_of(store).at("recycling", METS, panel.periods[panel.period_index[period]]))


@pytest.mark.parametrize(
    ("polarity", "title"),
    [
        (Polarity.HIGHER_IS_BETTER, "For the better"),
        (Polarity.LOWER_IS_BETTER, "For the worse"),
        (Polarity.NONE, "Rising"),
    ],
)
def test_who_changed_is_named_on_its_side(polarity: Polarity, title: str) -> None:
    found = changed(make_store({make_metric("recycling", polarity=polarity): steady_table()}))
    assert found is not None
    assert [one.title for one in found.lists] == [title]
    (item,) = found.lists[0].items
    assert (item.text, item.note) == ("Leeds", "42.0% in 2020-21, 50.0% in 2022-23")
    assert "Of 12 councils of which it can be said up to 2022-23, 1 changed by more than noise." in found.sentence
    assert found.record.startswith("Of 2 earlier flags of this metric that can be judged, none lost")
    assert "authority=leeds" in (item.href or "")


def test_nobody_changed_where_all_keep_their_level() -> None:
    found = changed(make_store({make_metric("recycling"): steady_table()}), "2023-24")
    assert found is not None
    assert found.lists == ()
    assert "none changed by more than noise" in found.sentence


def test_too_few_periods_are_said() -> None:
    found = changed(make_store({make_metric("recycling"): table(periods=2)}), "2017-18")
    assert found is not None
    assert found.sentence.startswith("Up to 2017-18 it cannot be said of any of the metropolitan districts")


def test_series_of_quarters_have_a_chart_and_nobody_turns_round() -> None:
    store = make_store({make_metric("recycling", cadence=Cadence.QUARTERLY): table(periods=12)})
    found = changed(store, "2027-28")
    assert found is not None
    assert "control chart" in found.rule
    assert found.record == "", "twelve figures leave no flag to judge"
    assert who_turned_round(store, store.catalogue.metrics["recycling"], METS, None) is None


def test_who_turned_it_round_is_named_but_never_to_itself() -> None:
    store = make_store({make_metric("recycling"): steady_table()})
    metric, leeds = store.catalogue.metrics["recycling"], authority_with_slug(store, "leeds")
    everybody, itself = (who_turned_round(store, metric, METS, own) for own in (None, leeds))
    assert everybody is not None
    assert itself is not None
    assert [item.text for item in everybody.items] == ["Leeds"]
    assert everybody.order == "by name"
    assert everybody.summary.startswith("1 council of the metropolitan districts turned it round")
    assert itself.items == ()
    assert itself.summary.startswith("Nobody in the group turned it round")


def test_without_a_better_end_nobody_turns_anything_round() -> None:
    store = make_store({make_metric("recycling", polarity=Polarity.NONE): steady_table()})
    assert who_turned_round(store, store.catalogue.metrics["recycling"], METS, None) is None
