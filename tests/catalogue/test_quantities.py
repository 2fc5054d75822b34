"""Quantities that several sources publish: what YAML may say, what it leads to, and the sentence of each fault."""

from pathlib import Path
from typing import Any

import pytest

from moothall.catalogue import load_catalogue
from moothall.catalogue.quantities import published_elsewhere
from moothall.domain.derivation import SeriesRef
from moothall.errors import CatalogueError
from tests.catalogue.test_derived_metrics import OTHER, SERIES, with_value
from tests.support.catalogue_builder import Files, write_catalogue
from tests.support.real import real_catalogue

FILE = "quantities.yaml"
RATIO = {"ratio": {"numerator": OTHER, "denominator": {"metric": "recycling-rate"}}}


def with_quantity(value: Any = RATIO, **fields: Any) -> Files:
    files = with_value(value)
    entry = {"id": "waste", "title": "Waste", "why": "Both are made up.", "series": [SERIES, OTHER], **fields}
    return files | {FILE: {"quantities": [entry]}}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (RATIO, [SeriesRef("waste-returns", "households")]),
        ({"ratio": {"numerator": SERIES, "denominator": OTHER}}, [SeriesRef("waste-returns", "recycling-rate")]),
        ({"change": {"of": OTHER, "over": 1, "as": "percent"}}, [SeriesRef("waste-returns", "recycling-rate")]),
        ({"change": {"of": OTHER, "over": 1}}, []),
        ({"sum": {"of": [SERIES, OTHER]}}, []),
    ],
)
def test_what_is_divided_by_leads_to_its_other_series(tmp_path: Path, value: Any, expected: list[SeriesRef]) -> None:
    catalogue = load_catalogue(write_catalogue(tmp_path, with_quantity(value)))
    found = published_elsewhere(catalogue.metrics["derived"], catalogue.metrics, catalogue.quantities.values())
    assert list(found) == expected


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"series": [SERIES]}, "series"),
        ({"series": [SERIES, {**OTHER, "series": "househods"}]}, '"househods" is no series of waste-returns'),
        ({"series": [SERIES, SERIES]}, "stands in the quantity waste too; keep one"),
        ({"series": [SERIES, {**OTHER, "source": "none"}]}, 'source "none" is not one of the sources'),
        (
            {"series": [SERIES, {**OTHER, "series": "people"}]},
            "its series have periods of several kinds: financial-year, mid-year",
        ),
    ],
)
def test_a_fault_gives_its_sentence(tmp_path: Path, fields: dict[str, Any], words: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(write_catalogue(tmp_path, with_quantity(**fields)))
    assert words in str(caught.value)
    assert "catalogue/quantities.yaml, line" in str(caught.value)


def test_every_quantity_of_ours_is_divided_by() -> None:
    """A quantity over which no metric divides would do nothing."""
    catalogue = real_catalogue()
    reached = {
        other
        for metric in catalogue.metrics.values()
        for other in published_elsewhere(metric, catalogue.metrics, catalogue.quantities.values())
    }
    for quantity in catalogue.quantities.values():
        assert reached & set(quantity.series), quantity.id
