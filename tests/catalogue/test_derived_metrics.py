"""Derived metrics in the catalogue: what YAML may say, what it becomes, and the sentence of each fault."""

from pathlib import Path
from typing import Any

import pytest

from moothall.catalogue import Catalogue, bundle, load_catalogue
from moothall.catalogue.derivations import in_order
from moothall.domain.derivation import (
    Change,
    ChangeForm,
    Difference,
    MetricRef,
    Ratio,
    SeriesRef,
    Share,
    Side,
    Spell,
    Sum,
)
from moothall.errors import CatalogueError
from tests.support.catalogue_builder import METRIC, SOURCE, Files, metric, table, tiny_catalogue, write_catalogue

WASTE = SeriesRef("waste-returns", "recycling-rate")
SERIES = {"source": "waste-returns", "series": "recycling-rate"}
OTHER = {"source": "waste-returns", "series": "households"}
PEOPLE = {"source": "waste-returns", "series": "people"}
RATE = {"metric": "recycling-rate"}
DERIVED = "metrics/waste/derived.yaml"


def with_value(value: Any, /, **others: Any) -> Files:
    """The tiny catalogue with two more series and a metric derived so."""
    files = tiny_catalogue()
    series = files[SOURCE]["releases"][0]["tables"][0]["series"]
    series.append({"id": "households", "column": "Households"})
    day = {"fixed": "2021", "kind": "mid-year", "format": "year"}
    people = {**table(), "id": "people", "period": day, "series": [{"id": "people", "column": "People"}]}
    files[SOURCE]["releases"][0]["tables"].append(people)
    files[DERIVED] = metric("derived", value=value, **others)
    del files[DERIVED]["synonyms"]
    return files


def loaded(folder: Path, value: Any, /, **others: Any) -> Catalogue:
    return load_catalogue(write_catalogue(folder, with_value(value, **others)))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (SERIES, WASTE),
        ({"ratio": {"numerator": SERIES, "denominator": RATE}}, Ratio(WASTE, MetricRef("recycling-rate"))),
        (
            {"ratio": {"numerator": SERIES, "denominator": PEOPLE, "times": 1000, "denominator_within": "true"}},
            Ratio(WASTE, SeriesRef("waste-returns", "people"), 1000, denominator_within=True),
        ),
        ({"sum": {"of": [SERIES, OTHER]}}, Sum((WASTE, SeriesRef("waste-returns", "households")))),
        ({"difference": {"of": SERIES, "minus": RATE}}, Difference(WASTE, MetricRef("recycling-rate"))),
        ({"change": {"of": RATE, "over": 3}}, Change(MetricRef("recycling-rate"), 3)),
        ({"change": {"of": SERIES, "over": 1, "as": "percent"}}, Change(WASTE, 1, ChangeForm.PERCENT)),
        (
            {"share": {"of": SERIES, "in": [SERIES, OTHER]}},
            Share(WASTE, (WASTE, SeriesRef("waste-returns", "households"))),
        ),
        ({"spell": {"of": SERIES, "while": "below", "limit": 0}}, Spell(WASTE, Side.BELOW, 0.0)),
    ],
)
def test_each_operation_is_read_and_survives_the_build(tmp_path: Path, value: Any, expected: Any) -> None:
    catalogue = loaded(tmp_path, value)
    assert catalogue.metrics["derived"].value == expected
    assert bundle.load(bundle.dump(catalogue)) == catalogue


def test_a_derived_metric_knows_every_source_behind_it(tmp_path: Path) -> None:
    metrics = loaded(tmp_path, {"change": {"of": RATE, "over": 1}}).metrics
    assert metrics["derived"].sources == ("waste-returns",)
    assert metrics["derived"].series is None
    assert metrics["recycling-rate"].sources == ("waste-returns",)
    assert metrics["recycling-rate"].derivation is None
    assert metrics["bin-colours"].sources == ()


def test_operands_come_before_what_is_derived_from_them(tmp_path: Path) -> None:
    metrics = loaded(tmp_path, {"change": {"of": RATE, "over": 1}}).metrics
    assert [m.id for m in in_order(metrics.values())].index("recycling-rate") < [
        m.id for m in in_order(metrics.values())
    ].index("derived")


def test_additive_is_false_unless_said(tmp_path: Path) -> None:
    assert loaded(tmp_path, SERIES, additive="true").metrics["derived"].is_additive
    assert not load_catalogue(tmp_path / "catalogue").metrics["recycling-rate"].is_additive


TWO = {"ratio": {"numerator": SERIES, "denominator": OTHER}, "sum": {"of": [SERIES, OTHER]}}
FAULTS: list[tuple[Any, dict[str, Any], str]] = [
    (
        {"rato": {"numerator": SERIES, "denominator": OTHER}},
        {},
        '"rato" is not a key here; did you mean "ratio"? '
        "(keys: change, difference, ratio, series, share, source, spell, sum)",
    ),
    (TWO, {}, "value states ratio and sum; keep one"),
    ({**SERIES, "sum": {"of": [SERIES, OTHER]}}, {}, "value states sum and source and series; keep one"),
    ({"source": "waste-returns"}, {}, "source stands without series; add it"),
    ({"sum": {"of": [SERIES]}}, {}, "value.sum.of has 1 item but must have at least 2"),
    (
        {"ratio": {"numerator": SERIES, "denominator": OTHER, "times": 50}},
        {},
        'value.ratio.times "50" is not known; use one of 1, 100, 1000, 10000 or 100000',
    ),
    ({"change": {"of": SERIES, "over": 0}}, {}, 'value.change.over is "0" but must be at least 1'),
    ({"change": {"of": SERIES, "over": 21}}, {}, 'value.change.over is "21" but must be at most 20'),
    (
        {"spell": {"of": SERIES, "while": "under", "limit": 0}},
        {},
        'value.spell.while "under" is not known; use one of below or above',
    ),
    ({"spell": {"of": SERIES, "while": "below"}}, {}, "value.spell.limit is missing; add it"),
    (
        {"difference": {"of": {**SERIES, **RATE}, "minus": RATE}},
        {},
        "an operand is either a series (source and series) or another metric; write one of the two",
    ),
    (
        {"difference": {"of": SERIES, "minus": {"metric": "recycling-rat"}}},
        {},
        'value.difference.minus.metric "recycling-rat" is not one of the metrics of the catalogue; '
        'did you mean "recycling-rate"? (allowed: bin-colours, derived, recycling-rate)',
    ),
    (
        {"difference": {"of": SERIES, "minus": {"metric": "bin-colours"}}},
        {},
        "the metric bin-colours is awaiting-data, so it has no figures; name a live one",
    ),
    (
        {"sum": {"of": [SERIES, {"source": "waste", "series": "x"}]}},
        {},
        'value.sum.of.source "waste" is not one of the sources of the catalogue; did you mean "waste-returns"?',
    ),
    (
        {"sum": {"of": [SERIES, {"source": "waste-returns", "series": "household"}]}},
        {},
        'series "household" is not one of the source waste-returns; did you mean "households"? '
        "(allowed: households, people, recycling-rate)",
    ),
    (
        {"ratio": {"numerator": SERIES, "denominator": PEOPLE}},
        {},
        "period is financial-year but the operand waste-returns/people is mid-year; use one kind",
    ),
    (
        {"ratio": {"numerator": SERIES, "denominator": OTHER, "denominator_within": "true"}},
        {},
        "denominator_within needs a denominator of single days and a metric of longer periods, but "
        "waste-returns/households is financial-year and the metric financial-year; take it out",
    ),
    (
        {"change": {"of": {"metric": "derived"}, "over": 1}},
        {},
        "the metric is derived from itself (derived from derived); name another operand",
    ),
    ({"sum": {"of": [SERIES, SERIES]}}, {}, "of holds waste-returns/recycling-rate twice; keep one"),
    (
        {"share": {"of": SERIES, "in": [OTHER, RATE]}},
        {},
        "of (waste-returns/recycling-rate) is not one of the parts in the total; add it to in",
    ),
    (
        {"difference": {"of": SERIES, "minus": SERIES}},
        {},
        "of and minus are the same, so nothing is left; name another",
    ),
    (
        {"spell": {"of": RATE, "while": "above", "limit": 100.5}},
        {},
        "limit 100.5 lies outside the bounds of recycling-rate (0 to 100); choose one between them",
    ),
    (
        {"sum": {"of": [RATE, SERIES]}},
        {"unit": "tonnes"},
        "unit is tonnes but the operand recycling-rate is in percent; use one unit",
    ),
]


@pytest.mark.parametrize(("value", "others", "words"), FAULTS, ids=[words[:60] for *_, words in FAULTS])
def test_a_fault_gives_its_sentence(tmp_path: Path, value: Any, others: dict[str, Any], words: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        loaded(tmp_path, value, **others)
    assert len(caught.value.problems) == 1
    place, _, sentence = caught.value.problems[0].partition(": ")
    assert place.startswith(f"catalogue/{DERIVED}, line ")
    assert sentence == words


def test_a_longer_cycle_is_told_for_each_of_its_metrics(tmp_path: Path) -> None:
    files = with_value({"change": {"of": RATE, "over": 1}})
    files[METRIC]["value"] = {"change": {"of": {"metric": "derived"}, "over": 1}}
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(write_catalogue(tmp_path, files))
    told = [problem.partition(": ")[2] for problem in caught.value.problems]
    assert told == [
        "the metric is derived from itself (derived from recycling-rate from derived); name another operand",
        "the metric is derived from itself (recycling-rate from derived from recycling-rate); name another operand",
    ]
