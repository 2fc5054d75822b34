"""check on lists of councils: every place is accounted for, and what was spoilt afterwards is a problem."""

from dataclasses import replace
from pathlib import Path

import pytest

from moothall.catalogue import Catalogue, SourceDefinition
from moothall.errors import ReleaseError
from moothall.pipeline.check_lists import check_beside, check_lists
from moothall.pipeline.gazetteer import read_places, write_places
from moothall.pipeline.lists import read_lists, write_lists
from moothall.pipeline.maps import read_maps, write_maps
from tests.support.store_builder import make_catalogue
from tests.unit.pipeline.test_lists import AREAS, CSV, make_list
from tests.unit.pipeline.test_maps import KINDS, PLACES, TOPO, TOPOLOGY, make_source


def declared(definition: SourceDefinition) -> Catalogue:
    return replace(make_catalogue([]), sources={definition.source.id: definition})


@pytest.fixture
def listed(tmp_path: Path) -> SourceDefinition:
    """A source whose one list has been read and written under ``lists``."""
    definition = make_list(tmp_path, CSV)
    write_lists(tmp_path / "lists", definition, read_lists(definition, tmp_path, AREAS))
    return definition


def test_every_place_is_accounted_for(listed: SourceDefinition, tmp_path: Path) -> None:
    (found,) = check_lists(declared(listed), tmp_path / "lists")
    count = found.count
    assert (found.source, count.id, found.problems) == ("made-up", "made-up", ())
    assert count.rows_read == count.observations + sum(count.refused.values()) > count.observations > 0


def test_a_list_that_was_not_made_is_a_problem(listed: SourceDefinition, tmp_path: Path) -> None:
    (found,) = check_lists(declared(listed), tmp_path / "nothing-here")
    assert found.problems == ("The file of lists made-up.parquet has not been made: run moothall read made-up.",)
    other = replace(listed, lists=(listed.lists[0].model_copy(update={"id": "another"}),))
    (found,) = check_lists(declared(other), tmp_path / "lists")
    assert found.problems == ("The list another has not been made: run moothall read made-up.",)


def test_a_list_of_another_file_is_a_problem(listed: SourceDefinition, tmp_path: Path) -> None:
    file = listed.lists[0].file.model_copy(update={"sha256": "0" * 64})
    other = replace(listed, lists=(listed.lists[0].model_copy(update={"file": file}),))
    (found,) = check_lists(declared(other), tmp_path / "lists")
    assert found.problems == ("The list made-up was made from another list.csv than is declared.",)


def test_maps_and_places_are_accounted_for_as_lists_are(tmp_path: Path) -> None:
    drawn, named = (tmp_path / name for name in ("drawn", "named"))
    drawn.mkdir()
    named.mkdir()
    one, other = make_source(drawn, TOPOLOGY, **TOPO), make_source(named, PLACES, **KINDS)
    catalogue = replace(make_catalogue([]), sources={"one": one, "other": other})
    problems = [problem for found in check_beside(catalogue, tmp_path / "releases") for problem in found.problems]
    assert problems == [
        "The file of maps made-up.parquet has not been made: run moothall read made-up.",
        "The file of places made-up.parquet has not been made: run moothall read made-up.",
    ]
    write_maps(tmp_path / "maps", one, read_maps(one, drawn, AREAS))
    write_places(tmp_path / "places", other, read_places(other, named, AREAS))
    checks = check_beside(catalogue, tmp_path / "releases")
    assert [(c.count.rows_read, c.count.observations, c.problems) for c in checks] == [(5, 3, ()), (6, 2, ())]


def test_an_altered_file_of_lists_stops_the_check(listed: SourceDefinition, tmp_path: Path) -> None:
    path = tmp_path / "lists" / "made-up.parquet"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(ReleaseError, match="was altered"):
        check_lists(declared(listed), tmp_path / "lists")


@pytest.mark.parametrize(("key", "problem"), [("places_read", "does not account for every place"), ("kept", "read it")])
def test_an_account_that_does_not_add_up_is_a_problem(
    listed: SourceDefinition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, problem: str
) -> None:
    from moothall.pipeline import check_lists as module

    told = module.lists_account(tmp_path / "lists", "made-up")
    told["lists"][0][key] += 1
    monkeypatch.setattr(module, "lists_account", lambda folder, source: told)
    (found,) = check_lists(declared(listed), tmp_path / "lists")
    assert any(problem in sentence for sentence in found.problems)
