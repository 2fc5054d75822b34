"""The map page: every member drawn once on its map or named as missing from it, and nothing that ranks."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from moothall.analytics.groups import ENGLAND, group_with_id
from moothall.domain.words import MetricState
from moothall.presenters.figures.cohort import cohorts_of
from moothall.presenters.figures.reading import authority_with_slug
from moothall.presenters.metric.map_page import MapPage, make_map_page
from moothall.presenters.metric.map_picture import MapLayer, usual_layer
from moothall.presenters.metric.map_view import make_map_view
from moothall.presenters.metric.metric_page import period_with_slug
from moothall.presenters.provenance.source_page import make_source_page
from tests.functional.conftest import RUN_CARE, make_example_store
from tests.support.store_builder import FakeStore, make_metric, make_store
from tests.unit.pipeline.test_maps import TOPO, TOPOLOGY, make_source

STORE = make_example_store()
RATE = STORE.catalogue.metrics["household-waste-recycling-rate"]
CARE = STORE.catalogue.metrics["quality-of-life"]


def titles(page: MapPage, which: int) -> list[str]:
    return re.findall(r"<title>([^<]*)</title>", page.maps[which].svg)


def made(store: FakeStore, metric: str, period: str, group: str = "england", **choices: object) -> MapPage:
    subject = store.catalogue.metrics[metric]
    named = group_with_id(group, store.catalogue.regions, store.catalogue.authorities)
    return make_map_page(store, subject, named, period_with_slug(store, subject, period), **choices)  # type: ignore[arg-type]


def test_each_area_says_its_name_figure_and_class_by_name() -> None:
    page = made(STORE, RATE.id, "2020-21")
    found = titles(page, 0)
    assert found == sorted(found), "areas stand by name, never by figure"
    assert "Bury: 51.0%, highest fifth" in found
    assert "Burnley: 27.5%, lowest fifth" in found
    assert "Bradford: no figure, held back by the publisher" in found
    assert len(found) == 15


def test_the_key_counts_every_area_drawn() -> None:
    page = made(STORE, RATE.id, "2020-21")
    counts = {row.meaning: row.count for row in page.key}
    assert sum(int(count.split()[0]) for meaning, count in counts.items() if "fifth" in meaning) == 14
    assert counts["No figure: the table gives the reason"] == "1 council"
    assert len(page.key) <= 8


def test_the_hexagons_in_small_are_those_of_the_map_in_one_picture_without_links() -> None:
    leeds = authority_with_slug(STORE, "leeds")
    cohort = cohorts_of(STORE).at(RATE.id, ENGLAND, period_with_slug(STORE, RATE, "2020-21"))
    small, whole = make_map_view(STORE, cohort, leeds), made(STORE, RATE.id, "2020-21").maps[1].svg
    assert small is not None

    def hexagons_by_tone(svg: str) -> dict[str, int]:
        drawn = re.findall(r'fill="url\(#(tone-[\w-]+)\)" d="([^"]*)"', svg)
        return {tone: sum(d.lower().count("m") for t, d in drawn if t == tone) for tone, _ in drawn}

    assert hexagons_by_tone(small.sketch) == hexagons_by_tone(whole)
    assert "<a " not in small.sketch
    assert 'class="map-self"' in small.sketch
    assert len(re.findall('aria-label="Hexagons: .*; the middle figure is', small.sketch)) == 1
    assert small.whole.href == f"/metrics/{RATE.id}/map?authority=leeds&group=england&period=2020-21"


def test_a_draft_has_no_map_in_small() -> None:
    store = make_store({make_metric("recycling", state=MetricState.DRAFT): "  2021-22\nLeeds  38.0"})
    metric = store.catalogue.metrics["recycling"]
    cohort = cohorts_of(store).at(metric.id, ENGLAND, store.panel(metric.id).periods[0])
    assert make_map_view(store, cohort, None) is None


def test_ended_councils_are_on_their_boundaries_and_named_as_without_a_hexagon() -> None:
    page = made(STORE, RATE.id, "2021-22")
    assert any(words.startswith("Allerdale: 37.0%") for words in titles(page, 0))
    assert not any(words.startswith("Allerdale") for words in titles(page, 1))
    assert "1 council has no hexagon, because the map is of later councils: Allerdale." in page.maps[1].notes[1]
    assert "Cumberland: no council of that time has this hexagon" in titles(page, 1)
    assert not any(words.startswith("Cumberland") for words in titles(page, 0))


def test_counties_are_drawn_from_their_districts_hexagons() -> None:
    page = made(STORE, CARE.id, "2021-22")
    assert "Lancashire: 60.0%" in " ".join(titles(page, 1))
    assert not any(words.startswith("Burnley") for words in titles(page, 0)), "districts do not run the service"
    (outline,) = re.findall(r"<title>Lancashire[^<]*</title><path[^>]*d=\"([^\"]*)\"", page.maps[1].svg)
    assert outline == STORE.shapes["hexagons"]["BURNLE"][0].path


def test_a_council_that_does_not_run_the_service_is_hatched_with_the_reason() -> None:
    services = STORE.catalogue.responsibilities
    nobody = replace(services["waste-collection"], run_by=services["adult-social-care"].run_by)
    catalogue = replace(STORE.catalogue, responsibilities={**services, "waste-collection": nobody})
    page = made(replace(STORE, catalogue=catalogue), RATE.id, "2021-22")
    assert "Burnley: does not run this service" in titles(page, 0)
    assert any(row.meaning.startswith("Does not run this service") for row in page.key)


def test_outside_the_group_nothing_is_told() -> None:
    page = made(STORE, RATE.id, "2021-22", "region:E12000002")
    assert not any(words.startswith("Leeds") for words in titles(page, 0))
    assert {words.split(",")[-1].strip() for words in titles(page, 0) if "%" in words} <= {
        "below the middle figure",
        "the middle figure",
        "above the middle figure",
    }


def test_where_two_cover_the_same_land_one_layer_is_drawn() -> None:
    both = make_metric("both", responsibility="adult-social-care", applies_to=RUN_CARE | RATE.applies_to)
    table = "       2021-22\nLeeds  1.0\nLancashire  2.0\nBurnley  3.0\n"
    store = make_store({both: table})
    service = store.catalogue.responsibilities["waste-collection"]
    run = {*service.run_by[0].types, *RUN_CARE}
    everyone = replace(service, id="adult-social-care", run_by=(replace(service.run_by[0], types=frozenset(run)),))
    store.catalogue = replace(store.catalogue, responsibilities={"adult-social-care": everyone})
    districts, counties = made(store, "both", "2021-22"), made(store, "both", "2021-22", layer=MapLayer.COUNTIES)
    assert any(words.startswith("Burnley") for words in titles(districts, 0))
    assert not any(words.startswith("Lancashire") for words in titles(districts, 0))
    assert any(words.startswith("Lancashire") for words in titles(counties, 0))
    assert any("Choose counties to see the others" in sentence for sentence in districts.sentences)


@pytest.mark.parametrize(("group", "layer"), [("type:county", "counties"), ("type:shire-district", "districts")])
def test_a_type_is_drawn_on_its_own_layer(group: str, layer: str) -> None:
    metric = make_metric("both", applies_to=RUN_CARE | RATE.applies_to)
    named = group_with_id(group, STORE.catalogue.regions, STORE.catalogue.authorities)
    assert usual_layer(metric, named) == layer
    assert usual_layer(CARE, ENGLAND) is MapLayer.COUNTIES


def test_colours_never_carry_the_meaning_alone() -> None:
    page = made(STORE, RATE.id, "2021-22")
    patterns = re.findall(r"<pattern id=\"tone-([a-z-]+)\"[^>]*>(.*?)</pattern>", page.maps[0].svg)
    marks = {name: re.sub(r"class=\"[^\"]*\"", "", drawn) for name, drawn in patterns}
    told_apart = {name: drawn for name, drawn in marks.items() if name not in ("plain", "middle")}
    assert len(set(told_apart.values())) == len(told_apart)
    assert "<pattern" not in page.maps[1].svg, "patterns stand once on a page"


def test_a_metric_without_figures_has_no_map() -> None:
    awaited = make_map_page(STORE, STORE.catalogue.metrics["fly-tipping"])
    assert awaited.maps == ()
    assert STORE.catalogue.metrics["fly-tipping"].state is MetricState.AWAITING_DATA
    empty = make_map_page(make_store({"recycling": ""}), make_metric())
    assert empty.sentences == ("There are no figures to draw yet.",)


def test_whose_map_it_is_stands_below_it_and_on_the_page_of_its_source(tmp_path: Path) -> None:
    drawn = make_source(tmp_path, TOPOLOGY, **{**TOPO, "id": "boundaries", "title": "Made-up boundaries"})
    catalogue = replace(STORE.catalogue, sources={**STORE.catalogue.sources, "made-up": drawn})
    store = replace(STORE, catalogue=catalogue)
    (credit,) = made(store, RATE.id, "2021-22").credits
    assert (credit.text, credit.href) == ("Made-up lists", "/sources/made-up")
    assert credit.note == "Open Government Licence v3.0. Contains made-up information."
    (row,) = make_source_page(store, drawn).lists
    assert (row.key, row.text) == ("Made-up boundaries", "18 councils, 2023. Made up.")
