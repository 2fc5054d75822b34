"""Definitions that are sound alone and do not hold together give their own sentence."""

from pathlib import Path

import pytest

from moothall.catalogue import load_catalogue
from moothall.errors import CatalogueError
from tests.support.catalogue_builder import (
    AWAITING,
    CAVEATS,
    CORRECTIONS,
    DISTRICT,
    METRIC,
    OUTCOMES,
    RESPONSIBILITIES,
    SOURCE,
    SUCCESSIONS,
    THEMES,
    UNITARY,
    Edit,
    Files,
    correction,
    drop,
    each,
    metric,
    put,
    release,
    tiny_catalogue,
    write_catalogue,
)

FIRST = ("authorities", 0)
EDGE = ("successions", 0)
OTHER = "metrics/waste/other.yaml"
ROADS = "metrics/roads/potholes.yaml"
VALUE = {"source": "waste-returns", "series": "recycling-rate"}
TWO_CODES = [
    {"code": "E06000001", "from": "2021-04-01", "to": "2022-04-01"},
    {"code": "E06000003", "from": "2022-04-01"},
]


def add(file: str, content: object) -> Edit:
    return lambda files: files.update({file: content})


def await_figures(files: Files) -> None:
    files[SOURCE]["status"] = "awaiting-data"
    del files[SOURCE]["releases"]


def repeat_release(files: Files) -> None:
    files[SOURCE]["releases"].append(release("2024-02"))


def repeat_topic(files: Files) -> None:
    files[THEMES]["themes"][0]["topics"] *= 2


def repeat_outcome(files: Files) -> None:
    files[OUTCOMES]["outcomes"] *= 2
    files[OUTCOMES]["outcomes"][1] = {"id": "environment", "number": 14, "title": "Again"}


COUNTED = {"kind": "proportion", "rule": "interval", "because": "Each tonne counts once."}
COUNTED_WORDS = (put(METRIC, "numerator", value="Tonnes recycled"), put(METRIC, "denominator", value="All tonnes"))

FAULTS: list[tuple[Edit, str, int, str]] = [
    # Releases announced.
    (
        put(METRIC, "next_release", value={"month": "2024-01"}),
        METRIC,
        40,
        "next_release lies before the release of 2024-02-29, which has come out; write when the next is due",
    ),
    (
        put(METRIC, "next_release", value={"month": "2026-11", "day": "2026-11-05"}),
        METRIC,
        40,
        "next_release needs a month (2026-11) or a day (2026-11-05); write one of the two",
    ),
    # Names of things.
    (
        add(OTHER, metric("recycling-rate")),
        METRIC,
        1,
        'id "recycling-rate" is already taken in catalogue/metrics/waste/other.yaml, line 1; choose another',
    ),
    (
        add(OTHER, metric("rate")),
        OTHER,
        1,
        'id "rate" is not the name of its file; write "other" or rename the file',
    ),
    (
        add(ROADS, metric("potholes")),
        ROADS,
        4,
        'theme "waste" is not the file\'s folder; write "roads" or move it',
    ),
    (
        repeat_outcome,
        OUTCOMES,
        5,
        'id "environment" is already taken in catalogue/outcomes.yaml, line 2; choose another',
    ),
    (repeat_topic, THEMES, 4, 'the topic "recycling" stands 2 times in this theme; keep one'),
    (repeat_release, SOURCE, 12, 'the release "2024-02" stands 2 times; give each its own name'),
    (
        put(UNITARY, *FIRST, "slug", value="westbay"),
        UNITARY,
        13,
        'slug "westbay" is already taken in catalogue/authorities/unitary.yaml, line 2; choose another',
    ),
    (
        drop(CAVEATS, "caveats", "survey"),
        CAVEATS,
        1,
        'the caveat "survey" has no words; add the sentence a reader sees',
    ),
    # References.
    (
        put(METRIC, "theme", value="wast"),
        METRIC,
        4,
        'theme "wast" is not one of the themes of the catalogue; did you mean "waste"?',
    ),
    (
        put(METRIC, "topic", value="recyling"),
        METRIC,
        5,
        'topic "recyling" is not one of the theme waste; did you mean "recycling"?',
    ),
    (
        put(METRIC, "outcome", value="wealth"),
        METRIC,
        6,
        'outcome "wealth" is not one of the outcomes of the catalogue; use environment',
    ),
    (
        put(METRIC, "responsibility", value="recyclng"),
        METRIC,
        19,
        (
            'responsibility "recyclng" is not one of the responsibilities of the catalogue; did you mean "recycling"? '
            "(allowed: local-area, recycling)"
        ),
    ),
    (
        put(METRIC, "value", "source", value="waste-return"),
        METRIC,
        24,
        'value.source "waste-return" is not one of the sources of the catalogue; did you mean "waste-returns"?',
    ),
    (
        put(METRIC, "value", "series", value="recycling"),
        METRIC,
        25,
        'series "recycling" is not one of the source waste-returns; did you mean "recycling-rate"?',
    ),
    (
        put(UNITARY, *FIRST, "region", value="E12000002"),
        UNITARY,
        7,
        'region "E12000002" is not one of the regions of the catalogue; did you mean "E12000001"?',
    ),
    (
        put(DISTRICT, *FIRST, "county", value="NSX"),
        DISTRICT,
        14,
        (
            'county "NSX" is not one of the authorities of the catalogue; did you mean "NSH"? '
            "(allowed: ALD, NNS, NSH, WBY)"
        ),
    ),
    (
        put(DISTRICT, *FIRST, "county", value="WBY"),
        DISTRICT,
        14,
        'county "WBY" is of type unitary, not county; name another',
    ),
    (
        put(SUCCESSIONS, *EDGE, "to", value="ZZZ"),
        SUCCESSIONS,
        3,
        'to "ZZZ" is not one of the authorities of the catalogue; use one of ALD, NNS, NSH or WBY',
    ),
    (
        put(RESPONSIBILITIES, "responsibilities", 0, "except", 0, "authority", value="ZZZ"),
        RESPONSIBILITIES,
        10,
        'except.authority "ZZZ" is not one of the authorities of the catalogue; use one of ALD, NNS, NSH or WBY',
    ),
    (
        put(SOURCE, "releases", 0, "tables", 0, "file", value="return.csv"),
        SOURCE,
        24,
        'file "return.csv" is not among the files of release 2024-02; did you mean "returns.csv"?',
    ),
    (
        add(CORRECTIONS, {"corrections": [correction(release="2024-03")]}),
        CORRECTIONS,
        2,
        'release "2024-03" is not one of waste-returns; did you mean "2024-02"?',
    ),
    (
        add(CORRECTIONS, {"corrections": [correction(series="residual")]}),
        CORRECTIONS,
        3,
        'series "residual" is not one of waste-returns; use recycling-rate',
    ),
    (
        add(CORRECTIONS, {"corrections": [correction(status="suppressed")]}),
        CORRECTIONS,
        2,
        "a correction gives either a value or a status without a figure and its reason; keep one",
    ),
    (
        add("corrections/waste.yaml", {"corrections": [correction()]}),
        "corrections/waste.yaml",
        2,
        'the file is named after no source; did you mean "waste-returns"?',
    ),
    # What a metric's status asks for.
    (
        drop(METRIC, "value"),
        METRIC,
        3,
        "status is live but value is missing; add value with source and series, or write awaiting-data",
    ),
    (
        put(METRIC, "awaiting", value="Soon."),
        METRIC,
        40,
        "status is live, so nothing is awaited; take awaiting out",
    ),
    (
        put(AWAITING, "value", value=VALUE),
        AWAITING,
        37,
        "status is awaiting-data but there is a value; take it out or write live",
    ),
    (drop(AWAITING, "awaiting"), AWAITING, 3, "status is awaiting-data but awaiting is missing; add it"),
    (
        await_figures,
        METRIC,
        24,
        "the source waste-returns has no figures yet; write status awaiting-data and take value out",
    ),
    (
        put(SOURCE, "releases", value=[]),
        SOURCE,
        1,
        "status is with-figures but there is no release; add one or write awaiting-data",
    ),
    (
        put(SOURCE, "status", value="awaiting-data"),
        SOURCE,
        1,
        "status is awaiting-data but there are releases; write with-figures",
    ),
    # Values that contradict one another.
    (
        put(METRIC, "period", value="calendar-year"),
        METRIC,
        16,
        "period is calendar-year but the series recycling-rate is read as financial-year; use one kind",
    ),
    (
        put(METRIC, "context", value="true"),
        METRIC,
        40,
        "context must be true exactly where responsibility is local-area; mend one of the two",
    ),
    (
        put(METRIC, "responsibility", value="local-area"),
        METRIC,
        19,
        "context must be true exactly where responsibility is local-area; mend one of the two",
    ),
    (
        put(METRIC, "breaks", 0, "from", value="2021-01-01"),
        METRIC,
        31,
        "breaks are not in the order of their days; put the earliest first",
    ),
    (
        put(METRIC, "bounds", value=[100, 0]),
        METRIC,
        26,
        "bounds start at 100 but end at 0; write the lower first",
    ),
    (
        put(METRIC, "quantity", value="recycled-share"),
        METRIC,
        40,
        'quantity "recycled-share" is named by no other metric; name its twin, or take it out',
    ),
    (
        put(METRIC, "counted", value=COUNTED),
        METRIC,
        40,
        "counted needs numerator and denominator, the words for what is counted; add them or take it out",
    ),
    (
        each(put(METRIC, "counted", value=COUNTED), put(METRIC, "unit", value="gbp"), *COUNTED_WORDS),
        METRIC,
        40,
        "counted needs a unit in percent or for so many (per-1000-people), not gbp; take it out",
    ),
    (
        each(
            put(METRIC, "counted", value=COUNTED),
            put(METRIC, "context", value="true"),
            put(METRIC, "responsibility", value="local-area"),
            *COUNTED_WORDS,
        ),
        METRIC,
        40,
        "counted says who differs by more than chance, but context is true; take it out",
    ),
    (put(METRIC, "caveats", value=["survey", "survey"]), METRIC, 29, 'caveats holds "survey" twice; keep one'),
    # The register.
    (
        put(UNITARY, *FIRST, "type", value="county"),
        UNITARY,
        6,
        'type "county" does not belong in catalogue/authorities/unitary.yaml; move it to county.yaml',
    ),
    (
        put(DISTRICT, *FIRST, "end", value="2001-03-31"),
        DISTRICT,
        13,
        "end 2001-03-31 is before start 2009-04-01; mend one of them",
    ),
    (
        put(UNITARY, *FIRST, "area_codes", value=TWO_CODES),
        UNITARY,
        9,
        "area codes E06000001 and E06000003 are in force on the same days; mend from or to",
    ),
    (
        put(UNITARY, *FIRST, "area_codes", 0, "code", value="E06000002"),
        UNITARY,
        19,
        'area code "E06000002" is that of NNS on the same days; mend from or to',
    ),
    (
        drop(SUCCESSIONS, *EDGE),
        DISTRICT,
        13,
        "ALD ended on 2021-03-31 but nobody succeeds it on 2021-04-01; add the succession",
    ),
    (
        put(SUCCESSIONS, *EDGE, "on", value="2022-04-01"),
        SUCCESSIONS,
        4,
        "on 2022-04-01 is not the day after ALD ended; mend one of them",
    ),
    (
        put(SUCCESSIONS, *EDGE, "on", value="2020-04-01"),
        DISTRICT,
        13,
        "ALD ended on 2021-03-31 but nobody succeeds it on 2021-04-01; add the succession",
    ),
    (
        put(UNITARY, *FIRST, "start", value="2022-04-01"),
        SUCCESSIONS,
        4,
        "on 2021-04-01 is before NNS starts (2022-04-01); mend one of them",
    ),
    (
        put(SUCCESSIONS, *EDGE, "kind", value="recode"),
        SUCCESSIONS,
        5,
        "a recode leads from an authority to itself and nothing else does; mend kind, from or to",
    ),
    (
        put(SUCCESSIONS, *EDGE, "from_area_code", value="E07000009"),
        SUCCESSIONS,
        7,
        'from_area_code "E07000009" is not an area code of ALD; mend one of the two',
    ),
    (
        put(RESPONSIBILITIES, "responsibilities", 0, "except", 0, "to", value="2009-03-31"),
        RESPONSIBILITIES,
        13,
        "to 2009-03-31 is before from 2010-04-01; mend one of them",
    ),
]


@pytest.mark.parametrize(("edit", "file", "line", "words"), FAULTS, ids=[words[:60] for *_, words in FAULTS])
def test_a_fault_gives_its_sentence(tmp_path: Path, edit: Edit, file: str, line: int, words: str) -> None:
    files = tiny_catalogue()
    edit(files)
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(write_catalogue(tmp_path, files))
    assert caught.value.problems[0] == f"catalogue/{file}, line {line}: {words}"
