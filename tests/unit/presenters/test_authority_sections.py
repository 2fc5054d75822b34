"""What stands out, whom to learn from and the circumstances, as sections of a council's page."""

import re

import pytest

from moothall.analytics.groups import ENGLAND, type_group
from moothall.domain.authority import AuthorityType
from moothall.domain.words import Polarity
from moothall.presenters.authority.authority_context import context_facts
from moothall.presenters.authority.lessons import MOST_OF_ONE_COUNCIL, Lessons, chosen_lessons, lessons_for
from moothall.presenters.authority.standing_out_section import StandingOutSection, make_standing_out_section
from moothall.presenters.figures.reading import authority_with_slug
from tests.support.steady import steady_table
from tests.support.store_builder import FakeStore, make_metric, make_store
from tests.unit.presenters.test_changes import learn_for, table

METS = type_group(AuthorityType.METROPOLITAN_DISTRICT)
FAR_OUT = (95.0, 95.1)


def section_of(store: FakeStore, slug: str = "leeds") -> StandingOutSection:
    found = make_standing_out_section(store, authority_with_slug(store, slug), METS)
    assert found is not None
    return found


def lessons_of(store: FakeStore, slug: str) -> Lessons:
    found = lessons_for(store, authority_with_slug(store, slug), METS)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("polarity", "place"),
    [(Polarity.LOWER_IS_BETTER, 0), (Polarity.HIGHER_IS_BETTER, 1), (Polarity.NONE, 2)],
)
def test_each_side_has_its_list(polarity: Polarity, place: int) -> None:
    section = section_of(make_store({make_metric("recycling", polarity=polarity): table(FAR_OUT)}))
    assert [len(one.items) for one in section.lists] == [int(place == own) for own in range(3)]
    (item,) = section.lists[place].items
    assert "Leeds" in item.text
    assert item.href.startswith("/metrics/recycling?authority=leeds&group=type:metropolitan-district")
    assert "chance alone would flag" in section.summary
    assert "the period before too" in section.rule


def test_nothing_that_stands_out_is_one_sentence() -> None:
    section = section_of(make_store({make_metric("recycling"): table()}))
    assert (section.lists, section.rule) == ((), "")
    assert "none stands out" in section.summary


def test_nothing_to_test_is_told_with_the_reason() -> None:
    section = section_of(make_store({make_metric("recycling"): "  2021-22\nLeeds  40.0"}))
    assert section.lists == ()
    assert "at least 10" in section.summary


def test_a_council_that_has_ended_has_neither_section() -> None:
    store = make_store({make_metric("recycling"): table()})
    allerdale = authority_with_slug(store, "allerdale")
    assert make_standing_out_section(store, allerdale, METS) is None
    assert lessons_for(store, allerdale, METS) is None


def turned_store() -> FakeStore:
    """Two metrics that a framework names, on both of which Leeds turned it round."""
    names = ("household-waste-recycling-rate", "quality-of-life")
    return make_store({make_metric(name): steady_table() for name in names})


def test_lessons_are_asked_only_where_a_council_stands_in_the_worse_quarter() -> None:
    lowest, highest = (lessons_of(turned_store(), slug) for slug in ("barnsley", "oldham"))
    assert "We asked of 2 metrics" in lowest.summary
    assert [line.council.text for line in lowest.lines] == ["Leeds", "Leeds"]
    assert "better half since" in lowest.lines[0].sentence
    assert "2 of " in lowest.summary
    assert highest.lines == ()
    assert "no yearly figure in the worse quarter" in highest.summary


def test_no_council_is_named_more_than_twice() -> None:
    many = make_store({make_metric(f"metric-{n}"): steady_table() for n in range(4)})
    asked = [learn_for(many, "barnsley", METS, f"metric-{n}") for n in range(4)]
    assert [one.authority.short_name for _, one in chosen_lessons(asked)] == ["Leeds"] * MOST_OF_ONE_COUNCIL


def test_circumstances_stand_beside_the_middle_of_the_group_and_of_england() -> None:
    store = make_store({make_metric("population"): table(), make_metric("population-density"): ""})
    (fact,) = context_facts(store, authority_with_slug(store, "leeds"), METS)
    assert re.fullmatch(r"People, 2021-22; middle of the group [\d.]+%, of England's councils [\d.]+%", fact.label)
    assert fact.href == "/metrics/population?authority=leeds&group=type:metropolitan-district"
    (alone,) = context_facts(store, authority_with_slug(store, "leeds"), ENGLAND)
    assert re.fullmatch(r"People, 2021-22; middle of England's councils [\d.]+%", alone.label)
