"""Names as people write them find the authority or metric that they mean, or say what is close."""

from dataclasses import replace
from datetime import date

import pytest

from moothall.catalogue import Catalogue, load_catalogue
from moothall.catalogue.names import (
    Hit,
    Kind,
    NameIndex,
    find_authority,
    find_metric,
    fold,
    fold_place,
)
from moothall.errors import UnknownName
from tests.support.catalogue_builder import (
    COUNTY,
    SUCCESSIONS,
    UNITARY,
    authority,
    merger,
    tiny_catalogue,
    write_catalogue,
)

PLACES = [
    authority("STH", "St Helens", "unitary", "E06000011", ecode="E4303"),
    authority("BNE", "Bath & North East", "unitary", "E06000012", slug="bath", former_names=["BANES"]),
    authority("LND", "City of London", "unitary", "E06000013", name="City of London Corporation"),
    authority("NWC", "Newcastle upon Tyne", "unitary", "E06000014", name="Newcastle City Council"),
    authority("NWL", "Newcastle-under-Lyme", "unitary", "E06000015", name="Newcastle-under-Lyme Borough Council"),
    authority("YOR", "York", "unitary", "E06000016", name="City of York Council"),
    authority("TW1", "Twin Hills", "unitary", "E06000017", slug="twin-hills-east", name="Twin Hills East Council"),
    authority("TW2", "Twin Hills", "unitary", "E06000018", slug="twin-hills-west", name="Twin Hills West Council"),
]
ENDED = authority(
    "YRC", "York", "county", "E10000011", slug="york-county", name="York County Council", end="2021-03-31"
)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The tiny catalogue with more places, one of which ended and shares its short name with one that did not."""
    files = tiny_catalogue()
    files[UNITARY]["authorities"] += PLACES
    files[COUNTY]["authorities"].append(ENDED)
    files[SUCCESSIONS]["successions"].append(merger("YRC"))
    return load_catalogue(write_catalogue(tmp_path_factory.mktemp("names"), files))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Bath & North East", "bath and north east"),
        ("St. Helens", "st helens"),
        ("King's  Lynn", "kings lynn"),
        ("Newcastle-under-Lyme", "newcastle under lyme"),
        ("Île-de-Wight", "ile de wight"),
        ("E08000016", "e08000016"),
        ("", ""),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Leeds City Council", "leeds"),
        ("City of York Council", "york"),
        ("London Borough of Barnet", "barnet"),
        ("Royal Borough of Kensington and Chelsea", "kensington and chelsea"),
        ("Council of the Isles of Scilly", "isles of scilly"),
        ("West Midlands Combined Authority", "west midlands"),
        ("City of Bradford Metropolitan District Council", "bradford"),
        ("City of London Corporation", "city of london corporation"),
        ("Council", "council"),
    ],
)
def test_what_makes_a_name_official_falls_away(text: str, short: str) -> None:
    assert fold_place(text) == short


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("STH", "STH"),
        ("sth", "STH"),
        ("E06000011", "STH"),
        ("E4303", "STH"),
        ("st-helens", "STH"),
        ("St. Helens", "STH"),
        ("St Helens Council", "STH"),
        ("the St Helens borough council", "STH"),
        ("bath and north-east", "BNE"),
        ("banes", "BNE"),
        ("newcastle city council", "NWC"),
        ("Newcastle under Lyme", "NWL"),
        ("York", "YOR"),
        ("york county council", "YRC"),
        ("E10000011", "YRC"),
        ("Saltby", "WBY"),
        ("Aldmouth", "ALD"),
        ("Twin Hills East", "TW1"),
    ],
)
def test_an_authority_is_found(catalogue: Catalogue, text: str, code: str) -> None:
    assert find_authority(text, catalogue.authorities.values()).code == code


@pytest.mark.parametrize(
    ("text", "sentence", "suggestions"),
    [
        (
            "Yrok",
            '"Yrok" is not an authority that we know; did you mean York?',
            ("York",),
        ),
        (
            "newcaslte",
            '"newcaslte" is not an authority that we know; did you mean Newcastle upon Tyne or Newcastle-under-Lyme?',
            ("Newcastle upon Tyne", "Newcastle-under-Lyme"),
        ),
        (
            "Twin Hills",
            '"Twin Hills" could be Twin Hills East Council or Twin Hills West Council; write one of these',
            ("Twin Hills East Council", "Twin Hills West Council"),
        ),
        (
            "London",
            '"London" is not an authority that we know; did you mean City of London?',
            ("City of London",),
        ),
        (
            "Qqq",
            '"Qqq" is not an authority that we know; look it up in the list (moothall authorities)',
            (),
        ),
        ("", '"" is not an authority that we know; look it up in the list (moothall authorities)', ()),
    ],
)
def test_an_unknown_authority_gets_a_sentence(
    catalogue: Catalogue, text: str, sentence: str, suggestions: tuple[str, ...]
) -> None:
    with pytest.raises(UnknownName) as caught:
        find_authority(text, catalogue.authorities.values())
    assert (str(caught.value), caught.value.suggestions) == (sentence, suggestions)


@pytest.mark.parametrize("text", ["recycling-rate", "Recycling rate", "ni192", "RECYCLING  RATE"])
def test_a_metric_is_found(catalogue: Catalogue, text: str) -> None:
    assert find_metric(text, catalogue.metrics.values()).id == "recycling-rate"


def test_an_unknown_metric_gets_a_sentence(catalogue: Catalogue) -> None:
    with pytest.raises(UnknownName, match=r"recyling rate. is not a metric that we know; did you mean Recycling rate"):
        find_metric("recyling rate", catalogue.metrics.values())


def test_an_ambiguous_metric_gets_a_sentence(catalogue: Catalogue) -> None:
    known = catalogue.metrics["recycling-rate"]
    with pytest.raises(UnknownName) as caught:
        find_metric("NI192", [known, replace(known, id="other")])
    assert str(caught.value) == '"NI192" could be recycling-rate or other; write one of these'


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("york", ["YOR", "YRC"]),
        ("newcastle", ["NWC", "NWL"]),
        ("newc ly", ["NWL"]),
        ("recycling", ["recycling-rate"]),
        ("recyling rate", ["recycling-rate"]),
        ("colour of bins", ["bin-colours"]),
        ("saltby", ["WBY"]),
        ("E10000011", ["YRC"]),
        ("E4303", ["STH"]),
        ("recyling", ["recycling-rate"]),
        ("qqq", []),
        ("!?", []),
        ("x" * 100_000, []),
        ("north " * 10_000, ["BNE", "NSH", "NNS"]),
    ],
)
def test_searching(catalogue: Catalogue, text: str, ids: list[str]) -> None:
    hits = NameIndex(catalogue.authorities.values(), catalogue.metrics.values()).search(text)
    assert [hit.id for hit in hits] == ids


def test_a_hit_says_which_name_matched_and_whether_it_ended(catalogue: Catalogue) -> None:
    index = NameIndex(catalogue.authorities.values(), catalogue.metrics.values())
    assert index.search("saltby") == [Hit(Kind.AUTHORITY, "WBY", "westbay", "Westbay", "Saltby", is_ended=False)]
    assert [hit.is_ended for hit in index.search("york")] == [False, True]
    assert len(index.search("council", limit=3)) == 3


def test_an_end_is_an_end_whenever_it_is_asked(catalogue: Catalogue) -> None:
    ended = catalogue.authorities["YRC"]
    assert ended.end == date(2021, 3, 31)
    assert find_authority("York", [ended]).code == "YRC"


def test_an_index_of_nothing_finds_nothing() -> None:
    assert NameIndex((), ()).search("leeds") == []
