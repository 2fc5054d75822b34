"""How a rank moves over the choices that another reader could have made."""

from datetime import date

import pytest

from moothall.analytics.groups import custom_group, type_group
from moothall.analytics.rank_range import RankRange
from moothall.domain.authority import AuthorityType
from moothall.domain.metric import Break
from moothall.presenters.blocks import SelectField
from moothall.presenters.figures.cohort import Cohort, cohorts_of
from moothall.presenters.figures.reading import authority_with_slug
from moothall.presenters.metric.group_table import make_group_table
from moothall.presenters.metric.metric_form import make_metric_form
from moothall.presenters.metric.rank_choices import (
    make_rank_table,
    range_sentence,
    range_words,
    ranges_within,
    rank_choices,
    rank_choices_record,
)
from tests.support.similar import make_model, with_models
from tests.support.store_builder import MET_NAMES, FakeStore, make_metric, make_store

HIGHER = "the other councils have a higher figure"
METS = type_group(AuthorityType.METROPOLITAN_DISTRICT)


def made_store(leeds: tuple[float, float], **fields: object) -> FakeStore:
    """Twelve metropolitan districts at 31, 32, ... 42 in both years; Leeds, between them, has its own figures."""
    lines = [f"{name}  {31 + place}.0  {31 + place}.0" for place, name in enumerate(MET_NAMES) if name != "Leeds"]
    return make_store(
        {
            make_metric("recycling", **fields): "\n".join(
                ["  2020-21  2021-22", *lines, f"Leeds  {leeds[0]}  {leeds[1]}"]
            )
        }
    )


def cohort_of(store: FakeStore, group: object = METS, column: int = -1) -> Cohort:
    return cohorts_of(store).at("recycling", group, store.panel("recycling").periods[column])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("leeds", "sentence"),
    [
        ((36.5, 36.5), "The place stays 7th of 12"),
        ((36.5, 40.5), "The place lies between 3rd and 7th of 12"),
        ((36.5, 41.0), "The place lies between 2nd and 7th of 12"),
        ((36.5, 42.5), "The place lies between 1st and 7th of 12"),
    ],
)
def test_group_and_period_are_tried(leeds: tuple[float, float], sentence: str) -> None:
    store = made_store(leeds)
    found = rank_choices(store, cohort_of(store), authority_with_slug(store, "leeds"))
    assert found is not None
    assert found.choices[0].words == "Metropolitan districts, 2021-22"
    assert found.choices[-1].words == "Metropolitan districts, 2020-21"
    assert found.sentence.startswith(sentence), found.sentence
    assert [len(row.cells) for row in make_rank_table(found).rows] == [2] * len(found.choices)
    record = rank_choices_record(found)
    assert record is not None
    assert record["choices"] + record["refused"] == len(record["over"])


def test_each_choice_leads_to_a_page_of_its_own() -> None:
    store = made_store((36.5, 40.5))
    found = rank_choices(store, cohort_of(store), authority_with_slug(store, "leeds"))
    assert found is not None
    addresses = [one.href for one in found.choices]
    assert len(set(addresses)) == len(addresses)
    assert all("authority=leeds" in address for address in addresses)


def test_models_of_similarity_are_told_apart_by_name() -> None:
    models = [make_model(("recycling",), id=name) for name in ("a", "b")]
    store = with_models(made_store((36.5, 40.5)), *models)
    found = rank_choices(store, cohort_of(store), authority_with_slug(store, "leeds"))
    assert found is not None
    words = [one.words for one in found.choices if one.words.startswith("Councils like")]
    assert words == ["Councils like Leeds (a model), 2021-22", "Councils like Leeds (b model), 2021-22"]


def test_no_two_groups_of_the_form_read_alike() -> None:
    models = [make_model(("recycling",), id=name) for name in ("a", "b")]
    store = with_models(made_store((36.5, 40.5)), *models)
    cohort = cohort_of(store)
    leeds = authority_with_slug(store, "leeds")
    groups = make_metric_form(store, cohort.metric, cohort.group, cohort.period, leeds).fields[1]
    assert isinstance(groups, SelectField)
    words = [option.text for choices in groups.groups for option in choices.options]
    assert "Councils like Leeds (b model)" in words
    assert len(set(words)) == len(words)


def test_a_break_parts_the_period_before() -> None:
    store = made_store((36.5, 40.5), breaks=(Break(date(2021, 4, 1), "Counted in another way."),))
    found = rank_choices(store, cohort_of(store), authority_with_slug(store, "leeds"))
    assert found is None or not any("2020-21" in one.words for one in found.choices)


def test_no_rank_has_no_range() -> None:
    store = made_store((36.5, 40.5))
    leeds = authority_with_slug(store, "leeds")
    assert rank_choices(store, cohort_of(store, custom_group(["BARNSL", "BRADFO", "CALDER"])), leeds) is None
    assert rank_choices_record(None) is None


def test_a_table_of_a_group_says_how_each_place_moves() -> None:
    store = made_store((36.5, 40.5))
    cohort = cohort_of(store)
    ranges = ranges_within(store, cohort)
    assert range_words(ranges["LEEDS"]) == "3rd to 7th of 12"
    table = make_group_table(store, cohort, None)
    leeds = next(row for row in table.rows if row.cells[0].text == "Leeds")
    assert leeds.cells[2].text == "3rd of 12 (3rd to 7th)"
    assert "in brackets" in table.caption


def test_the_first_period_has_nothing_to_move_over() -> None:
    store = made_store((36.5, 40.5))
    cohort = cohort_of(store, column=0)
    assert ranges_within(store, cohort) == {}
    assert "in brackets" not in make_group_table(store, cohort, None).caption


@pytest.mark.parametrize(
    ("shares", "share", "words"),
    [
        (
            (0.12, 0.41),
            "between 12% and 41%",
            "12% to 41% of the others higher",
        ),
        ((0.12, 0.12), "12%", "12% of the others higher"),
    ],
)
def test_groups_of_other_sizes_are_told_in_shares(shares: tuple[float, float], share: str, words: str) -> None:
    found = RankRange(7, 0, 3, 9, 16, 36, *shares)
    assert range_sentence(found) == f"Over 7 reasonable choices of group, period and release, {share} of {HIGHER}."
    assert range_words(found) == words
