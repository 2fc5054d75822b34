"""Models of similarity and lists of councils: each fault is one sentence with file, line and remedy."""

from pathlib import Path
from typing import Any

import pytest

from moothall.catalogue import bundle, load_catalogue
from moothall.domain.authority import AuthorityType
from moothall.errors import CatalogueError
from tests.support.catalogue_builder import METRIC, SOURCE, Files, metric, tiny_catalogue, write_catalogue
from tests.support.real import real_catalogue

MODEL = "neighbours/plain.yaml"
NAMES = ("density", "age", "pay")
FILE = {"path": "list.csv", "sha256": "0" * 64, "bytes": 10}


def model(**others: Any) -> dict[str, Any]:
    """A sound model; ``others`` adds or replaces keys."""
    variables = [{"metric": name, "because": "It cannot be chosen."} for name in NAMES]
    given = {"id": "plain", "title": "Plain", "version": "1", "date": "2026-11-22", "types": ["unitary"], "peers": 15}
    return {**given, "variables": variables, **others}


def listing(**others: Any) -> dict[str, Any]:
    """A sound list; ``others`` adds or replaces keys."""
    words = {"title": "A list", "words": "councils put beside", "edition": "2023", "published_note": "No day is named."}
    place = {"file": FILE, "reader": "csv", "area": "Code", "members": ["1", "2"]}
    return {"id": "ons:global", "areas_on": "2023-04-01", **words, **place, **others}


def with_model(**others: Any) -> Files:
    """The tiny catalogue with three metrics of context and a model of them."""
    contexts = {
        f"metrics/waste/{n}.yaml": metric(n, context=True, responsibility="local-area", title=n, synonyms=[f"{n}s"])
        for n in NAMES
    }
    return tiny_catalogue() | contexts | {MODEL: model(**others)}


def faults_of(folder: Path, files: Files) -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(write_catalogue(folder, files))
    return list(caught.value.problems)


def variable(name: str, **others: Any) -> list[dict[str, Any]]:
    first = {"metric": name, "because": "It cannot be chosen.", **others}
    return [first, *({"metric": n, "because": "It cannot be chosen."} for n in NAMES[1:])]


FAULTS = [
    ({"id": "other"}, 'id "other" is not the name of its file; write "plain" or rename the file'),
    ({"types": []}, "types is an empty list; write at least one item"),
    ({"types": ["parish"]}, 'types "parish" is not known; use one of'),
    ({"peers": 2}, 'peers is "2" but must be at least 3'),
    ({"date": "soon"}, 'date "soon" is not a day of the calendar; write it as 2023-08-15'),
    (
        {"variables": variable("densty")},
        'variables.metric "densty" is not one of the metrics of the catalogue; did you mean',
    ),
    ({"variables": variable("recycling-rate")}, "the metric recycling-rate is no context: a council can choose it"),
    ({"variables": variable("bin-colours")}, "the metric bin-colours is awaiting-data, so it has no figures"),
    ({"variables": variable("age")}, 'the metric "age" stands 2 times; keep one and give it the weight'),
    ({"variables": variable("density", weight=0)}, 'variables.weight is "0" but must be more than 0'),
    ({"variables": variable("density", weight="much")}, 'variables.weight is "much" but must be a number'),
    (
        {"variables": variable("density", transform="root")},
        'variables.transform "root" is not known; use one of none or log',
    ),
    ({"variables": variable("density")[:2]}, "variables has 2 items but must have at least 3"),
    ({"types": ["county"]}, "the metric density applies to none of the model's types; take another"),
    ({"colour": "green"}, '"colour" is not a key here'),
]


@pytest.mark.parametrize(("others", "sentence"), FAULTS, ids=[fault[1] for fault in FAULTS])
def test_a_fault_of_a_model_gives_its_sentence(tmp_path: Path, others: dict[str, Any], sentence: str) -> None:
    faults = faults_of(tmp_path, with_model(**others))
    assert any(fault.startswith(f"catalogue/{MODEL}, line ") and sentence in fault for fault in faults), faults


LIST_FAULTS = [
    ({"id": "ONS"}, 'lists.id "ONS" is not well formed; write small letters with hyphens, and one colon at most'),
    ({"area": None}, "lists.area is empty; write its value or take the key out"),
    ({"label": "Class"}, 'list "ons:global" needs area, and either members or label; add what is missing'),
    ({"sheet": "One"}, 'list "ons:global": sheet goes with reader workbook, and only with it; mend one of the two'),
    ({"reader": "json-members"}, "area, members and label mean nothing to json-members; drop them"),
    ({"reader": "pdf"}, 'lists.reader "pdf" is not known; use one of csv, workbook or json-members'),
]


@pytest.mark.parametrize(("others", "sentence"), LIST_FAULTS, ids=[fault[1] for fault in LIST_FAULTS])
def test_a_fault_of_a_list_gives_its_sentence(tmp_path: Path, others: dict[str, Any], sentence: str) -> None:
    files = tiny_catalogue()
    files[SOURCE]["lists"] = [listing(**others)]
    faults = faults_of(tmp_path, files)
    assert any(fault.startswith(f"catalogue/{SOURCE}, line ") and sentence in fault for fault in faults), faults


def test_a_list_id_is_taken_once(tmp_path: Path) -> None:
    files = tiny_catalogue()
    files[SOURCE]["lists"] = [listing(), listing()]
    (fault,) = faults_of(tmp_path, files)
    assert 'the list "ons:global" is already in catalogue/sources/waste-returns.yaml, line 1' in fault


def test_a_sound_model_and_list_come_back_from_the_bundle(tmp_path: Path) -> None:
    files = with_model()
    files[SOURCE]["lists"] = [listing()]
    files[METRIC]["polarity"] = "none"
    catalogue = load_catalogue(write_catalogue(tmp_path, files))
    assert bundle.load(bundle.dump(catalogue)) == catalogue
    assert catalogue.similarity_models["plain"].weights == {"density": 1.0, "age": 1.0, "pay": 1.0}
    assert list(catalogue.lists) == ["ons:global"]


def test_the_real_models_cover_every_type_and_say_why_each_variable_cannot_be_chosen() -> None:
    catalogue = real_catalogue()
    models = catalogue.similarity_models
    principal = {kind for kind in AuthorityType if kind.is_principal}
    assert models["all-purpose"].types == principal
    assert AuthorityType.SHIRE_DISTRICT not in models["upper-tier"].types
    assert AuthorityType.COUNTY not in models["lower-tier"].types
    for found in models.values():
        assert found.peers == 15
        assert {v.weight for v in found.variables} == {1.0}, "no weight is fitted"
        assert all(len(v.because) > 20 for v in found.variables)
        themes = {catalogue.metrics[v.metric].theme for v in found.variables}
        assert "corporate-and-finance" not in themes, "spending never counts"
