"""Finding: places, postcodes and councils in one box; and who runs what, also after a council has ended."""

from collections import Counter
from datetime import date

import pytest

from moothall.presenters.authority.who_runs_page import current_bodies, find_place, make_places_page, make_who_runs_page
from moothall.presenters.finding.search_page import make_search_page
from tests.functional.conftest import make_example_store

STORE = make_example_store()
TODAY = date(2026, 11, 22)


class MadePostcodes:
    """Two postcodes, answered as the real index answers."""

    id = "made-up"
    areas = {"LS1 1UR": "E08-LEEDS", "LS1 9ZZ": "E08-BRADFO"}  # noqa: RUF012

    def find(self, postcode: str) -> str | None:
        return self.areas.get(postcode)

    def beginning(self, outward: str, inward: str = "") -> Counter[str]:
        return Counter(area for code, area in self.areas.items() if code.startswith(f"{outward} {inward}"))


FOUND = [
    ("leeds", ["Leeds Council"], []),
    ("brunlea", ["Burnley Council"], []),
    ("padiham", [], ["Who runs Padiham?"]),
    ("hedingley", [], ["Who runs Headingley?"]),
    ("cleator", [], ["Who runs Cleator Moor?"]),
    ("p", [], []),
]


@pytest.mark.parametrize(("text", "councils", "places"), FOUND)
def test_what_the_box_finds(text: str, councils: list[str], places: list[str]) -> None:
    page = make_search_page(STORE, text, TODAY)
    assert [result.title for result in page.councils] == councils
    assert [result.title for result in page.places] == places


def test_a_place_spelt_right_goes_before_a_council_spelt_wrong() -> None:
    page = make_search_page(STORE, "headingley", TODAY)
    assert page.councils == ()
    assert page.only_href is not None or page.places[0].href == "/who-runs/E05000001"


def test_without_a_directory_the_box_says_what_to_do() -> None:
    page = make_search_page(STORE, "ls1 1ur", TODAY)
    assert page.postcode is not None
    assert "moothall postcodes FILE" in page.postcode.sentence
    assert make_search_page(STORE, "LS1", TODAY).postcode is None, "it may be a name: nothing is promised"


def test_with_a_directory_a_postcode_leads_to_its_council() -> None:
    store = make_example_store()
    store.postcodes = MadePostcodes()  # type: ignore[assignment]
    whole = make_search_page(store, "ls11ur", TODAY).postcode
    assert whole is not None
    assert (whole.sentence, whole.results[0].href) == ("LS1 1UR lies in Leeds.", "/who-runs/leeds")
    part = make_search_page(store, "LS1", TODAY).postcode
    assert part is not None
    assert [result.title for result in part.results] == ["Who runs Bradford?", "Who runs Leeds?"]
    missing = make_search_page(store, "LS1 1ZZ", TODAY).postcode
    assert missing is not None
    assert "is no postcode of England in the directory" in missing.sentence


def test_a_district_has_its_county_above_it_with_the_services_of_each() -> None:
    page = make_who_runs_page(STORE, find_place(STORE, "burnley"), TODAY)
    assert [(body.link.text, body.kind) for body in page.bodies] == [
        ("Burnley Council", "Shire district"),
        ("Lancashire Council", "County council"),
    ]
    assert "waste collection" in page.bodies[0].services
    assert "adult social care" in page.bodies[1].services
    assert page.places == "1 parish: Padiham."


def test_a_county_names_its_districts() -> None:
    page = make_who_runs_page(STORE, find_place(STORE, "lancashire"), TODAY)
    assert [link.text for link in page.within] == ["Burnley"]


def test_an_ended_council_leads_to_those_that_followed_with_the_date() -> None:
    page = make_who_runs_page(STORE, find_place(STORE, "allerdale"), TODAY)
    assert page.sentences == (
        "Allerdale Council ended on 31 March 2023.",
        "Cumberland Council took over on 1 April 2023.",
    )
    assert [body.link.href for body in page.bodies] == ["/authorities/cumberland"]
    before = make_who_runs_page(STORE, find_place(STORE, "allerdale"), date(2022, 1, 1))
    assert [body.link.text for body in before.bodies] == ["Allerdale Council", "Cumbria Council"]


def test_a_place_lies_in_its_council() -> None:
    page = make_who_runs_page(STORE, find_place(STORE, "E04000001"), TODAY)
    assert page.sentences == ("Cleator Moor is a parish in the area of Cumberland Council.",)
    assert page.head.title == "Who runs Cleator Moor, parish in Cumberland?"


def test_the_list_of_places_has_every_district_that_acts() -> None:
    page = make_places_page(STORE, TODAY)
    names = [link.text for group in page.groups for link in group.items]
    assert "Burnley" in names
    assert not {"Lancashire", "Allerdale"} & set(names)
    assert names == sorted(names)


def test_every_authority_of_the_register_has_somebody_who_runs_its_area_today() -> None:
    for authority in STORE.catalogue.authorities.values():
        assert current_bodies(STORE, authority, TODAY), authority.name
