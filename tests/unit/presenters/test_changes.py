"""What stands out, whom to learn from and how good flags are, over a small made-up store."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from moothall.analytics.groups import ENGLAND, Group, type_group
from moothall.domain.authority import AuthorityType
from moothall.domain.metric import Metric
from moothall.domain.words import Cadence, Caveat, Polarity
from moothall.errors import UsageError
from moothall.presenters.authority.learning_view import Certainty, Learning, learning_record, whom_to_learn_from
from moothall.presenters.authority.standing_out_view import (
    WhatStandsOut,
    standing_out_record,
    what_stands_out,
)
from moothall.presenters.figures.changes import series_of
from moothall.presenters.figures.reading import authority_with_slug
from moothall.presenters.provenance.reversal_view import SeriesKind, honest_sentences, reversal_lines, reversal_record
from tests.support.steady import steady_table
from tests.support.store_builder import MET_NAMES, FakeStore, make_metric, make_store

METS = type_group(AuthorityType.METROPOLITAN_DISTRICT)
LEVELS = (40.0, 41.0, 42.0, 43.0, 44.0, 45.0, 46.0, 47.0, 48.0, 49.0, 50.0, 51.0)
"""One steady level for each of the 12 metropolitan districts; Leeds is the sixth of them, near the middle."""

STEPS = (0.0, 0.1, -0.1, 0.2, 0.0, -0.2, 0.1)


def table(leeds: Sequence[float] = (), first: int = 2016, periods: int = 6, also: str = "") -> str:
    """Figures of all metropolitan districts, each steady within 0.2 of its level; Leeds has its own at the end."""
    years = [f"{year}-{(year + 1) % 100:02d}" for year in range(first, first + periods)]
    lines = ["              " + "   ".join(years)]
    for place, (name, level) in enumerate(zip(MET_NAMES, LEVELS, strict=True)):
        figures = [level + STEPS[(place + column) % len(STEPS)] for column in range(periods)]
        if name == "Leeds" and leeds:
            figures[-len(leeds) :] = leeds
        lines.append(f"{name}  " + "  ".join(f"{figure:.1f}" for figure in figures))
    return "\n".join([*lines, also]) if also else "\n".join(lines)


def metric(metric_id: str = "recycling", **fields: Any) -> Metric:
    return make_metric(metric_id, **fields)


def of_leeds(store: FakeStore, group: Group = METS) -> WhatStandsOut:
    return what_stands_out(store, authority_with_slug(store, "leeds"), group)


def learn_for(store: FakeStore, slug: str = "leeds", group: Group = METS, metric_id: str = "recycling") -> Learning:
    return whom_to_learn_from(store, store.catalogue.metrics[metric_id], authority_with_slug(store, slug), group)


@pytest.mark.parametrize(
    ("leeds", "polarity", "side"),
    [
        ((20.0, 20.0), Polarity.HIGHER_IS_BETTER, "look_into"),
        ((20.0, 20.0), Polarity.LOWER_IS_BETTER, "going_well"),
        ((20.0, 20.0), Polarity.NONE, "unusual"),
        ((80.0, 80.0), Polarity.HIGHER_IS_BETTER, "going_well"),
    ],
)
def test_the_side_follows_from_the_figure_and_its_polarity(
    leeds: Sequence[float], polarity: Polarity, side: str
) -> None:
    store = make_store({metric(polarity=polarity): table(leeds)})
    record = standing_out_record(store, of_leeds(store))
    sides = {name: [item["metric"] for item in record[name]] for name in ("look_into", "going_well", "unusual")}
    assert sides == {name: ["recycling"] if name == side else [] for name in sides}
    assert (record["tested"], record["flagged"], record["group"]) == (1, 1, "type:metropolitan-district")


def test_an_item_has_its_figures_and_a_sentence_that_agrees_with_them() -> None:
    store = make_store({metric(): table((20.0, 20.5))})
    what = of_leeds(store)
    (item,) = standing_out_record(store, what)["look_into"]
    assert (item["period"], item["value"], item["n"], item["period_before"]) == ("2021-22", 20.5, 12, "2020-21")
    assert item["persistence"] == "lasting"
    assert item["z"] < -2
    assert 0 < item["p"] < 0.05
    assert item["sentence"] == (
        "Recycling, Leeds, 2021-22: 20.5%, lower than all the other 11 metropolitan districts. The middle figure of "
        "all 12 is 44.95%. It stood out on the same side in 2020-21 too."
    )
    assert what.summary.startswith("Out of 1 figure that we tested, 1 stands out (1 to look into shown); chance alone")


def test_one_period_alone_is_flagged_only_far_out() -> None:
    (item,) = of_leeds(make_store({metric(): table((5.0,))})).look_into
    assert item.standout.is_lasting is False
    assert "It did not stand out in 2020-21" in item.sentence


def test_counts_circumstances_and_old_figures_are_not_tested() -> None:
    far = table((5.0, 5.0))
    store = make_store(
        {
            metric("share"): far,
            metric("cases", caveats=(Caveat.COUNT_NOT_RATE,)): far,
            metric("wages", is_context=True): far,
            metric("long-ago"): table((5.0, 5.0), first=2009),
            metric("care-only", applies_to=frozenset({AuthorityType.COUNTY})): far,
        }
    )
    what = of_leeds(store)
    assert [item.standout.metric for item in what.look_into] == ["share"]
    assert (what.found.tested, what.too_old) == (1, 1)
    assert what.summary.endswith("1 figure older than 5 years was left out.")


def test_a_modelled_series_says_so() -> None:
    (item,) = of_leeds(make_store({metric(caveats=(Caveat.MODELLED,)): table((5.0, 5.0))})).look_into
    assert item.is_modelled
    assert item.parts[-1].rule == "modelled-standing-out"


def test_nothing_that_stands_out_is_said() -> None:
    what = of_leeds(make_store({metric(): table()}))
    assert (what.look_into, what.going_well, what.unusual) == ((), (), ())
    assert what.summary == "Out of 1 figure that we tested, none stands out by more than chance would give."


@pytest.mark.parametrize(
    ("slug", "group", "sentence"),
    [
        ("leeds", type_group(AuthorityType.COUNTY), "is not one of the county councils"),
        ("york", type_group(AuthorityType.UNITARY), "None of the figures of York Council can be tested"),
        ("cumberland", ENGLAND, "None of the figures of Cumberland Council can be tested"),
    ],
)
def test_what_cannot_be_tested_is_refused_in_one_sentence(slug: str, group: Group, sentence: str) -> None:
    store = make_store({metric(): table()})
    with pytest.raises(UsageError, match=sentence):
        what_stands_out(store, authority_with_slug(store, slug), group)


def test_a_council_that_ended_points_to_the_one_that_followed() -> None:
    store = make_store({metric(): table()})
    store.releases = {key: replace(one, published_on=one.published_on.replace(year=2024)) for key, one in
                      store.releases.items()}  # fmt: skip
    with pytest.raises(UsageError, match="ended on 31 March 2023, so nothing of it stands out today: ask for Cumb"):
        what_stands_out(store, authority_with_slug(store, "allerdale"), ENGLAND)


def test_series_hold_only_what_can_be_compared_and_are_kept() -> None:
    cumbria = "Cumbria  60.0  60.0  60.0  60.0  60.0  60.0"
    store = make_store({metric(): table(also=cumbria)})
    series = series_of(store).at("recycling")
    assert np.isnan(series.values[series.index["CUMBRI"]]).all()
    assert series_of(store).at("recycling") is series
    assert series.until(2).values.shape[1] == series.until(2).is_linked.size + 1 == 3
    assert np.array_equal(series.until(2).changes.z, series.changes.z[:, :2], equal_nan=True)


def table_with_limits() -> str:
    """The steady levels with published 95% limits of 0.8 to either side."""
    lines = ["2020-21"]
    for name, level in zip(MET_NAMES, LEVELS, strict=True):
        lines.append(f"{name}  {level} [{level - 0.8:.1f}, {level + 0.8:.1f}]")
    return "\n".join(lines)


def test_who_does_better_is_named_by_name_with_reason_and_certainty() -> None:
    found = learn_for(make_store({metric(): table_with_limits()}))
    assert [(one.authority.short_name, one.certainty) for one in found.better] == [
        ("Bolton", Certainty.CLEAR),
        ("Bury", Certainty.CLEAR),
        ("Oldham", Certainty.CLEAR),
        ("Sheffield", Certainty.CLEAR),
        ("Wakefield", Certainty.CLEAR),
    ]
    assert found.better[0].sentence == (
        "Bolton, 2020-21: 49.0%, better than Leeds (45.0%) by clearly more than the noise in such figures."
    )
    assert (
        found.summary[0] == "5 of the 12 metropolitan districts with a figure for 2020-21 do better by more than noise."
    )


def test_lower_is_better_turns_the_list_round() -> None:
    found = learn_for(make_store({metric(polarity=Polarity.LOWER_IS_BETTER): table_with_limits()}))
    assert [one.authority.short_name for one in found.better] == [
        "Barnsley", "Bradford", "Calderdale", "Doncaster"
    ]  # fmt: skip


def test_who_turned_it_round_has_dates_and_what_chance_would_give() -> None:
    store = make_store({metric(): steady_table()})
    found = learn_for(store, slug="barnsley")
    (one,) = found.turned
    assert one.authority.short_name == "Leeds"
    wanted = {
        "worse": "2020-21",
        "flagged": "2022-23",
        "better": "2021-22",
        "periods_held": 3,
    }
    assert {name: one.facts[name] for name in wanted} == wanted
    assert "was in the worse half of metropolitan districts in 2020-21 (42.0%)" in one.sentence
    record = learning_record(store, found)
    assert record["turned_round_everywhere"] == 1
    assert 0 <= record["by_chance"] < record["could_have_turned"] <= 12
    assert record["ordered_by"] == "name"


def test_who_turned_it_round_is_said_of_yearly_figures_only() -> None:
    found = learn_for(make_store({metric(cadence=Cadence.QUARTERLY): steady_table()}), slug="barnsley")
    assert found.turned == ()
    assert found.summary[-1].startswith("Who turned it round is said of yearly figures only")


def test_the_council_that_asks_is_not_among_its_own_teachers() -> None:
    assert learn_for(make_store({metric(): steady_table()})).turned == ()


@pytest.mark.parametrize(
    ("fields", "slug", "group", "sentence"),
    [
        ({"polarity": Polarity.NONE}, "leeds", METS, "Nobody does better or worse on the metric Recycling: more of it"),
        ({"is_context": True}, "leeds", METS, "is a circumstance"),
        ({"caveats": (Caveat.COUNT_NOT_RATE,)}, "leeds", METS, "is a count"),
        ({}, "lancashire", ENGLAND, "is not compared for county councils"),
        ({}, "leeds", type_group(AuthorityType.UNITARY), "is not one of the unitary authorities"),
        ({}, "york", ENGLAND, "York Council has no figure of the metric Recycling"),
    ],
)
def test_nobody_to_learn_from_is_refused_in_one_sentence(
    fields: dict[str, Any], slug: str, group: Group, sentence: str
) -> None:
    with pytest.raises(UsageError, match=sentence):
        learn_for(make_store({metric(**fields): table()}), slug, group)


def test_the_reversal_report_keeps_kinds_apart_and_services_first() -> None:
    rise = table((30.0, 40.0, 50.0, 50.0))
    store = make_store(
        {
            metric("wages", is_context=True): rise,
            metric("modelled", caveats=(Caveat.MODELLED,)): rise,
            metric("share"): rise,
            metric("seldom", cadence=Cadence.OCCASIONAL): rise,
            metric("short"): table(periods=3),
        }
    )
    assert [(line.metric.id, line.kind) for line in reversal_lines(store)] == [
        ("share", SeriesKind.SERVICE), ("modelled", SeriesKind.SERVICE_MODELLED), ("wages", SeriesKind.CONTEXT)
    ]  # fmt: skip
    record = reversal_record(store)
    share = record["by_metric"]["share"]
    assert {name: share[name] for name in share if name not in ("kind", "rule")} == {
        name: record[name] for name in share if name not in ("kind", "rule")
    }
    assert all(record[name] is None or 0 <= record[name] <= 1 for name in record if name.endswith("_share"))
    assert record["by_kind"]["context-modelled"]["flagged_half_lost_share"] is None


def test_the_report_says_how_its_limits_were_chosen() -> None:
    first = honest_sentences()[0]
    for part in ("0.8", "2.5", "chosen on the same figures", "11.8%", "14.6%"):
        assert part in first
