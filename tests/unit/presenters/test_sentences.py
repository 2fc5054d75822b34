"""Sentences by rules: two vocabularies, ties, refusals, changes, and never a judgement without an interval."""

from dataclasses import fields, replace
from typing import Any

import pytest

from moothall.analytics.groups import ENGLAND, Group, type_group
from moothall.analytics.trend import Direction, Trend, TrendReason
from moothall.domain.authority import AuthorityType
from moothall.domain.metric import Break, Metric
from moothall.domain.wording import Length, Matter
from moothall.domain.words import Cadence, Caveat, Polarity
from moothall.errors import CatalogueError
from moothall.presenters.figures.cohort import cohorts_of, standing_of
from moothall.presenters.figures.reading import authority_with_slug
from moothall.presenters.wording.change_words import Movement, age_words, change_words, movement_of
from moothall.presenters.wording.figure_words import (
    OwnFigure,
    certainty_words,
    figure_sentence,
    group_words,
    not_compared,
    standing_cell,
)
from moothall.presenters.wording.paragraph import paragraph
from moothall.presenters.wording.sentences import Sentences, sentences_of, text_of
from tests.support.store_builder import FakeStore, make_metric, make_store, real_words

METS = type_group(AuthorityType.METROPOLITAN_DISTRICT)
NAMES = ("Barnsley", "Bradford", "Calderdale", "Doncaster", "Kirklees", "Leeds", "Rotherham", "Sheffield", "Wakefield",
         "Bolton", "Bury")  # fmt: skip


def store_with(figures: str, **given: Any) -> FakeStore:
    """One metric in 2021-22 of the first councils of NAMES, in their order."""
    rows = "".join(f"{name}  {cell}\n" for name, cell in zip(NAMES, figures.split("  "), strict=False))
    return make_store({make_metric(**given): f"\n      2021-22\n{rows}"})


def own(store: FakeStore, slug: str = "barnsley", group: Group = METS, period: int = -1) -> OwnFigure:
    authority, metric = authority_with_slug(store, slug), store.catalogue.metrics["recycling"]
    when = store.panel("recycling").periods[period]
    cohort = cohorts_of(store).at("recycling", group, when)
    return OwnFigure(cohort, authority, standing_of(store, metric, authority, when))


def said(store: FakeStore, slug: str = "barnsley", group: Group = METS) -> tuple[str, str]:
    found = figure_sentence(sentences_of(store), own(store, slug, group))
    return found.text, found.rule


@pytest.mark.parametrize(
    ("figures", "text", "rule"),
    [
        ("30.0  20.0  40.0  50.0  60.0",
         "Barnsley, 2021-22: 30.0%, lower than 3 of the other 4 metropolitan districts. The middle figure of all 5 is "
         "40.0%.", "position-lower"),
        ("60.0  20.0  30.0  40.0  50.0",
         "Barnsley, 2021-22: 60.0%, higher than all the other 4 metropolitan districts. The middle figure of all 5 is "
         "40.0%.", "position-higher-than-all"),
        ("10.0  20.0  30.0  40.0  50.0",
         "Barnsley, 2021-22: 10.0%, lower than all the other 4 metropolitan districts. The middle figure of all 5 is "
         "30.0%.", "position-lower-than-all"),
        ("30.0  20.0  30.0  50.0  60.0",
         "Barnsley, 2021-22: 30.0%, lower than 2 of the other 4 metropolitan districts and the same as 1. The middle "
         "figure of all 5 is 30.0%.", "position-lower-tied"),
        ("30.0  20.0  40.0  10.0  50.0",
         "Barnsley, 2021-22: 30.0%, lower than 2 of the other 4 metropolitan districts and higher than 2. The middle "
         "figure of all 5 is 30.0%.", "position-level"),
        ("7.0  7.0  7.0",
         "Barnsley, 2021-22: 7.0%, the same as all the other 2 metropolitan districts. The middle figure of all 3 is "
         "7.0%.", "position-same-as-all"),
        ("40.0  20.0  30.0  missing",
         "Barnsley, 2021-22: 40.0%, higher than all the other 2 metropolitan districts with a figure. The middle "
         "figure of the 3 with a figure is 30.0%.", "position-higher-than-all"),
        ("7.0  missing  missing",
         "Barnsley, 2021-22: 7.0%. We do not compare it: only 1 of the 3 metropolitan districts has a figure "
         "(2021-22).", "refusal-one-known"),
        ("7.0  8.0",
         "Barnsley, 2021-22: 7.0%. We do not compare it: a group of 2 is too small for a middle figure (2021-22).",
         "refusal-all-known"),
        ("suppressed  8.0  9.0",
         "Barnsley, 2021-22: no figure. Held back by the publisher because the numbers are small.",
         "missing-with-reason"),
    ],
)  # fmt: skip
def test_the_sentence_names_value_period_comparator_n_and_middle(figures: str, text: str, rule: str) -> None:
    # The register of the fake store has more districts than the figures: those without a row are members too.
    store = store_with(figures)
    shown = replace_members(store, len(figures.split("  ")))
    found = figure_sentence(sentences_of(store), shown)
    assert (found.text, found.rule) == (text, rule)


def replace_members(store: FakeStore, count: int) -> OwnFigure:
    """Barnsley's figure in a cohort of the first ``count`` councils only."""
    whole = own(store)
    kept = [place for place, member in enumerate(whole.cohort.members) if member.short_name in NAMES[:count]]
    members = tuple(whole.cohort.members[place] for place in kept)
    evidence = whole.cohort.evidence
    rows = {field.name: getattr(evidence, field.name)[kept] for field in fields(evidence)}
    return replace(whole, cohort=replace(whole.cohort, members=members, evidence=replace(evidence, **rows)))


@pytest.mark.parametrize(
    ("cell", "polarity", "words"),
    [
        ("36.0", Polarity.HIGHER_IS_BETTER, "Lower than most metropolitan districts"),
        ("36.0 [35.0, 37.0]", Polarity.HIGHER_IS_BETTER, "Worse than the middle of metropolitan districts"),
        ("36.0 [35.0, 37.0]", Polarity.LOWER_IS_BETTER, "Better than the middle of metropolitan districts"),
        ("36.0 [35.0, 37.0]", Polarity.NONE, "Lower than the middle of metropolitan districts"),
        ("36.0 [20.0, 60.0]", Polarity.HIGHER_IS_BETTER, "Similar to the middle of metropolitan districts"),
    ],
)
def test_a_cell_judges_only_where_limits_and_polarity_allow(cell: str, polarity: Polarity, words: str) -> None:
    others = "  ".join(f"{figure}.0" for figure in range(40, 50))
    store = store_with(f"{cell}  {others}", polarity=polarity)
    assert standing_cell(sentences_of(store), own(store)).text == words


def test_certainty_says_where_the_limits_come_from() -> None:
    others = "  ".join(f"{figure}.0" for figure in range(40, 50))
    bare, published = store_with(f"36.0  {others}"), store_with(f"36.0 [35.0, 37.0]  {others}")
    survey = store_with(f"36.0  {others}", caveats=(Caveat.SURVEY,))
    rules = [certainty_words(sentences_of(store), own(store)).rule for store in (bare, published, survey)]
    assert rules == ["certainty-none", "certainty-worse-published", "certainty-survey"]


def test_a_council_outside_the_group_is_told_why() -> None:
    store = store_with("30.0  20.0  40.0")
    outside = own(store, group=type_group(AuthorityType.COUNTY))
    found = not_compared(sentences_of(store), outside)
    assert found is not None
    assert found.rule == "refusal-not-in-group"
    assert standing_cell(sentences_of(store), outside).text == "Not one of these councils"


def test_a_group_is_told_in_one_sentence_or_two() -> None:
    store = store_with("30.0  20.0  40.0")
    text = group_words(sentences_of(store), own(store).cohort).text
    assert text.startswith("2021-22: 3 of ")
    assert text.endswith("half of them lie between 25.0% and 35.0%.")


TREND = """
              2017-18  2018-19  2019-20  2020-21  2021-22
Barnsley      40.0     40.1     40.0     40.2     40.1
Bradford      38.0     38.1     38.0     38.1     38.0
Calderdale    44.0     44.1     44.2     44.1     44.2
Doncaster     45.0     45.1     45.0     45.1     45.0
Kirklees      30.0     30.0     30.1     30.0     30.1
Leeds         39.0     39.1     39.0     36.0     33.0
Rotherham     46.0     46.1     46.0     46.1     46.2
Sheffield     31.0     31.1     31.0     31.1     31.2
Wakefield     41.5     41.5     41.6     41.5     41.4
Bolton        48.0     48.1     48.0     48.1     48.0
Bury          50.0     50.1     50.2     50.1     50.0
"""


@pytest.mark.parametrize(
    ("polarity", "direction", "reason", "cell", "part"),
    [
        (Polarity.HIGHER_IS_BETTER, Direction.FALLING, TrendReason.TWO_CHANGES, "Falling, and getting worse",
         "Between 2019-20 and 2021-22 it fell from 39.0% to 33.0%. That is more than noise, and for the worse."),
        (Polarity.LOWER_IS_BETTER, Direction.FALLING, TrendReason.ONE_LARGE_CHANGE, "Falling, and getting better",
         "Between 2019-20 and 2021-22 it fell from 39.0% to 33.0%. That is more than noise, and for the better."),
        (Polarity.NONE, Direction.FALLING, TrendReason.TWO_CHANGES, "Falling",
         "Between 2019-20 and 2021-22 it fell from 39.0% to 33.0%. That is more than noise."),
        (Polarity.HIGHER_IS_BETTER, Direction.RISING, TrendReason.WEIGHTED_SLOPE, "Rising, and getting better",
         "From 2019-20 to 2021-22 the figures rise by more than their limits allow for. They are getting better."),
        (Polarity.HIGHER_IS_BETTER, Direction.NO_CLEAR_CHANGE, TrendReason.WITHIN_NOISE, "No clear change",
         "There is no clear change up to 2021-22. Its moves are no larger than noise."),
        (Polarity.HIGHER_IS_BETTER, Direction.CANNOT_SAY, TrendReason.TOO_NOISY, "Too unsteady to say how it changed",
         "We cannot say how it changed: in this metric, most changes do not last."),
    ],
)  # fmt: skip
def test_a_change_is_better_or_worse_only_by_polarity(
    polarity: Polarity, direction: Direction, reason: TrendReason, cell: str, part: str
) -> None:
    store = make_store({make_metric(polarity=polarity): TREND})
    since, until = store.panel("recycling").periods[2], store.panel("recycling").periods[4]
    metric, leeds = store.catalogue.metrics["recycling"], authority_with_slug(store, "leeds")
    moved = Movement(metric, leeds, Trend(direction, reason), since, until, 39.0, 33.0)
    assert change_words(sentences_of(store), moved, Length.CELL).text == cell
    assert change_words(sentences_of(store), moved, Length.PART).text == part


def test_the_rule_of_yearly_series_is_asked_for_the_period_of_the_figure() -> None:
    store = make_store({make_metric(): TREND})
    metric, leeds = store.catalogue.metrics["recycling"], authority_with_slug(store, "leeds")
    periods = store.panel("recycling").periods
    first, last = (movement_of(store, metric, leeds, when) for when in (periods[0], periods[-1]))
    assert first is not None
    assert last is not None
    assert first.trend.reason is TrendReason.TOO_FEW_PERIODS
    assert (last.trend.reason, last.until) == (TrendReason.TOO_COARSE, periods[-1])
    now_and_then = make_store({make_metric(cadence=Cadence.OCCASIONAL): TREND})
    assert movement_of(now_and_then, metric, leeds, periods[-1]) is None


def test_a_paragraph_has_each_part_once_with_rule_and_inputs() -> None:
    cut = Break(store_period(4), "Ash is counted")
    asks = ("Why?",)
    store = make_store({make_metric(breaks=(cut,), questions=asks): TREND})
    parts = paragraph(store, own(store, "leeds"))
    assert [part.rule for part in parts] == [
        "position-lower", "rank-alone", "certainty-none", "change-too-few-periods", "broken-once",
        "limit-of-the-metric", "question-own",
    ]  # fmt: skip
    assert parts[0].inputs["below"] == 2
    assert parts[0].inputs["figure"] == "Leeds, 2021-22: 33.0%"
    assert text_of(parts).endswith("Why?")
    assert parts[0].record["rule"] == "position-lower"


def store_period(column: int) -> Any:
    return make_store({make_metric(): TREND}).panel("recycling").periods[column].start


def test_the_age_of_a_figure_is_told_where_it_is_not_the_newest() -> None:
    store = make_store({make_metric(): "\n      2020-21  2021-22\nBarnsley  40.0  -\nBradford  41.0  42.0\n"})
    older = own(store, period=0)
    metric: Metric = store.catalogue.metrics["recycling"]
    found = age_words(store, metric, older.authority, older.standing, Length.CELL)
    assert (found.text, found.rule) == ("not in the figures for 2021-22", "age-newer-without")


def test_england_is_a_group_like_any_other() -> None:
    store = store_with("30.0  20.0  40.0")
    text, rule = said(store, group=ENGLAND)
    assert "of the other 2 councils in England with a figure" in text
    assert rule == "position-level"


def test_a_verb_of_the_metric_makes_the_sentence_read_like_one() -> None:
    found = replace_members(store_with("30.0  20.0  40.0  50.0  60.0"), 5)
    say = Sentences(real_words(), {"recycling": "recycled {value} of household waste"})
    assert figure_sentence(say, found).text.startswith(
        "Barnsley recycled 30.0% of household waste in 2021-22, lower than 3 of the other 4 metropolitan districts."
    )
    assert figure_sentence(say, found, names_metric=True).text.startswith("Recycling, Barnsley, 2021-22: 30.0%, lower")


def test_without_rules_nothing_is_made_up() -> None:
    with pytest.raises(CatalogueError, match="no rule says how to speak of rank here"):
        Sentences({}).say(Matter.RANK, Length.PART, {"tied": 1}, {})
