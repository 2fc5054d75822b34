"""Each fault of a catalogue file gives its own sentence: file, line, key, value and what to do."""

from pathlib import Path

import pytest

from moothall.catalogue import load_catalogue
from moothall.domain.unit import UNITS
from moothall.domain.words import Caveat
from moothall.errors import CatalogueError
from tests.support.catalogue_builder import (
    AWAITING,
    CAVEATS,
    COUNTY,
    METRIC,
    OUTCOMES,
    SOURCE,
    SUCCESSIONS,
    THEMES,
    UNITARY,
    Edit,
    Files,
    drop,
    each,
    put,
    rename,
    tiny_catalogue,
    write_catalogue,
    write_text,
)

TABLE = ("releases", 0, "tables", 0)
SERIES = (*TABLE, "series", 0)
METRIC_KEYS = (
    "additive, applies_to, awaiting, bounds, breaks, cadence, cannot_say, caveats, context, counted, decimals, "
    "definition, denominator, designation, history, id, landing_page, minimum_denominator, next_release, numerator, "
    "outcome, period, polarity, polarity_reason, quantity, questions, responsibility, review, status, synonyms, theme, "
    "title, topic, unit, value, why"
)
CAVEAT_WORDS = ", ".join(Caveat)
SERIES_KEYS = (
    "column, denominator, heading, id, lower, margin, numerator, period, scale, upper, value_format, values, where"
)
TYPES = "unitary, metropolitan-district, london-borough, shire-district, county, combined-authority"
NOT_YAML = "check the indent, the colons and the quotes here and in the line above"
DUPLICATE = "id: a\ntitle: b\nid: c\n"

FAULTS: list[tuple[Edit, str, int, str]] = [
    # Keys.
    (
        rename(METRIC, "polarity", to="polarty"),
        METRIC,
        14,
        f'"polarty" is not a key here; did you mean "polarity"? (keys: {METRIC_KEYS})',
    ),
    (
        put(METRIC, "xyzzy", value=1),
        METRIC,
        40,
        f'"xyzzy" is not a key here; take it out or use another (keys: {METRIC_KEYS})',
    ),
    (
        put(METRIC, "xyzzy", value=None),
        METRIC,
        40,
        f'"xyzzy" is not a key here; take it out or use another (keys: {METRIC_KEYS})',
    ),
    (
        rename(SOURCE, *SERIES, "column", to="colunm"),
        SOURCE,
        52,
        f'"colunm" is not a key here; did you mean "column"? (keys: {SERIES_KEYS})',
    ),
    (put(THEMES, "topics", value=[]), THEMES, 7, '"topics" is not a key here; use themes'),
    (drop(METRIC, "title"), METRIC, 1, "title is missing; add it"),
    (
        drop(METRIC, "polarity"),
        METRIC,
        1,
        "polarity is missing; add one of higher-is-better, lower-is-better or none (none is a decision)",
    ),
    (drop(METRIC, "review"), METRIC, 1, "review is missing; add it with by, on and read"),
    (drop(METRIC, "review", "on"), METRIC, 36, "review.on is missing; add it"),
    (drop(OUTCOMES, "outcomes", 0, "number"), OUTCOMES, 2, "number is missing; add it"),
    # Words of closed lists.
    (
        put(METRIC, "unit", value="percnt"),
        METRIC,
        12,
        'unit "percnt" is not known; did you mean "percent"?',
    ),
    (
        put(METRIC, "unit", value="furlongs"),
        METRIC,
        12,
        f'unit "furlongs" is not known; use one of {", ".join(list(UNITS)[:-1])} or {list(UNITS)[-1]}',
    ),
    (
        put(METRIC, "polarity", value="Higher"),
        METRIC,
        14,
        (
            'polarity "Higher" is not known; did you mean "higher-is-better"? '
            "(allowed: higher-is-better, lower-is-better, none)"
        ),
    ),
    (
        put(METRIC, "applies_to", value=["unitary", "shire"]),
        METRIC,
        22,
        f'applies_to "shire" is not known; did you mean "shire-district"? (allowed: {TYPES})',
    ),
    (
        put(METRIC, "caveats", value=["surveyed"]),
        METRIC,
        30,
        f'caveats "surveyed" is not known; did you mean "survey"? (allowed: {CAVEAT_WORDS})',
    ),
    (
        put(CAVEATS, "caveats", "srvey", value="x"),
        CAVEATS,
        22,
        f'caveats "srvey" is not known; did you mean "survey"? (allowed: {CAVEAT_WORDS})',
    ),
    (
        put(SOURCE, "licence", value="OGL"),
        SOURCE,
        5,
        'licence "OGL" is not known; did you mean "OGL-UK-3.0"? (allowed: OGL-UK-3.0, CC-BY-4.0, MIT)',
    ),
    (put(METRIC, "context", value="yes"), METRIC, 40, 'context "yes" is not known; use one of true or false'),
    (
        put(METRIC, "polarity", value=["none"]),
        METRIC,
        14,
        "polarity is a list but must be one word; use one of higher-is-better, lower-is-better or none",
    ),
    # Nothing where something should stand.
    (put(METRIC, "title", value=""), METRIC, 2, "title is empty; write its value or take the key out"),
    (put(METRIC, "title", value="  "), METRIC, 2, "title is empty; write its value or take the key out"),
    (put(METRIC, "title", value=None), METRIC, 2, "title is empty; write its value or take the key out"),
    (put(METRIC, "id", value=""), METRIC, 1, "id is empty; write its value or take the key out"),
    (put(METRIC, "outcome", value=None), METRIC, 6, "outcome is empty; write its value or take the key out"),
    (put(METRIC, "applies_to", value=[]), METRIC, 20, "applies_to is an empty list; write at least one item"),
    # Values of another shape.
    (put(METRIC, "title", value=["a"]), METRIC, 2, "title is a list but must be text"),
    (
        put(METRIC, "synonyms", value="NI192"),
        METRIC,
        7,
        'synonyms is "NI192" but must be a list; write it as [..] or as lines that start with a hyphen',
    ),
    (put(METRIC, "review", value="me"), METRIC, 36, 'review is "me" but must be a mapping of keys to values'),
    (put(METRIC, "decimals", value="one"), METRIC, 13, 'decimals is "one" but must be a whole number'),
    (put(METRIC, "decimals", value=9), METRIC, 13, 'decimals is "9" but must be at most 6'),
    (put(METRIC, "bounds", value=[0]), METRIC, 26, "bounds has 1 item but must have at least 2"),
    (put(METRIC, "bounds", value=[0, 1, 2]), METRIC, 26, "bounds has 3 items but must have at most 2"),
    (
        put(SOURCE, *SERIES, "scale", value="inf"),
        SOURCE,
        55,
        'releases.tables.series.scale is "inf" but must be a finite number',
    ),
    (
        put(METRIC, "review", "on", value="22 November 2026"),
        METRIC,
        38,
        'review.on "22 November 2026" is not a day of the calendar; write it as 2023-08-15',
    ),
    (
        put(METRIC, "review", "on", value="2026-02-30"),
        METRIC,
        38,
        'review.on "2026-02-30" is not a day of the calendar; write it as 2023-08-15',
    ),
    (
        put(METRIC, "id", value="Recycling Rate"),
        METRIC,
        1,
        'id "Recycling Rate" is not well formed; write small letters, digits and single hyphens',
    ),
    (
        put(UNITARY, "authorities", 0, "ecode", value="e 1"),
        UNITARY,
        12,
        'ecode "e 1" is not well formed; write capital letters and digits only',
    ),
    (
        put(AWAITING, "landing_page", value="www.example.org"),
        AWAITING,
        36,
        'landing_page "www.example.org" is not well formed; write a whole web address that starts with https://',
    ),
    (
        put(SOURCE, "folder", value="../x"),
        SOURCE,
        11,
        'folder is "../x" but must be a path inside the source\'s folder, with single slashes and without ..',
    ),
    # YAML itself.
    (
        write_text(METRIC, "id: a\ntitle: b: c\n"),
        METRIC,
        2,
        f"this is not YAML (mapping values are not allowed in this context); {NOT_YAML}",
    ),
    (
        write_text(METRIC, "id: a\n\ttitle: b\n"),
        METRIC,
        2,
        f"this is not YAML (found a tab character that violates indentation); {NOT_YAML}",
    ),
    (write_text(METRIC, "a: 1\n---\nb: 1\n"), METRIC, 2, f"this is not YAML (but found another document); {NOT_YAML}"),
    (
        write_text(METRIC, "a: [1, 2\nb: 3\n"),
        METRIC,
        2,
        f"this is not YAML (did not find expected ',' or ']'); {NOT_YAML}",
    ),
    (write_text(METRIC, "a: &x [*x]\n"), METRIC, 1, "an alias (*) stands inside what it repeats; write it out"),
    (
        write_text("theme.yaml", "themes: []\n"),
        "theme.yaml",
        1,
        'nothing reads a file of this name here; did you mean "themes"? '
        "(allowed: themes, outcomes, caveats, quantities, files-not-read, verbs)",
    ),
    (
        write_text("metrics/waste/other.yml", "id: other\n"),
        "metrics/waste/other.yml",
        1,
        "nothing reads a file that ends in .yml; end it in .yaml",
    ),
    (write_text(METRIC, DUPLICATE), METRIC, 3, 'the key "id" stands here and in line 1; keep one of them'),
    (write_text(METRIC, "[a, b]: 1\n"), METRIC, 1, "a key must be plain text; put it in quotes"),
    (write_text(METRIC, "# none\n"), METRIC, 1, "the file is empty; write its definition or delete it"),
    (
        write_text(METRIC, "a: \x07\n"),
        METRIC,
        1,
        "the file is not readable text; save it as UTF-8 without control characters",
    ),
    (
        write_text(METRIC, "- a\n"),
        METRIC,
        1,
        "the file must be a list of keys, each with its value; start it with a key and a colon",
    ),
    (
        write_text(SUCCESSIONS, "successions: none\n"),
        SUCCESSIONS,
        1,
        'the file needs the key "successions" with a list under it; add it',
    ),
    (
        lambda files: files.pop(OUTCOMES),
        OUTCOMES,
        1,
        "the file cannot be opened (No such file or directory); check its name and permissions",
    ),
    # Parts of a source that contradict each other.
    (
        put(SOURCE, *TABLE, "period", "fixed", value="2021-22"),
        SOURCE,
        27,
        "period must name a column, a fixed period or a heading; write one of the three keys",
    ),
    (
        put(SOURCE, *TABLE, "missing", "", value={"status": "final", "reason": "x"}),
        SOURCE,
        32,
        (
            'status "final" belongs to a figure, but this marks a missing one; use suppressed, not-available, '
            "not-applicable or not-yet-published"
        ),
    ),
    (
        put(SOURCE, *TABLE, "statuses", "codes", "p", value={"status": "provisional", "reason": "x"}),
        SOURCE,
        40,
        'status "provisional" comes with a figure, so it has no reason; leave the reason out',
    ),
    (
        put(SOURCE, *TABLE, "statuses", "codes", "p", value={"status": "suppressed"}),
        SOURCE,
        40,
        'status "suppressed" needs a reason; say why there is no figure',
    ),
    (
        put(SOURCE, *TABLE, "reader", value="json"),
        SOURCE,
        23,
        'records is missing from the json table "rates"; add it',
    ),
    (
        put(SOURCE, *TABLE, "sheet", value="x"),
        SOURCE,
        23,
        'sheet means nothing to the reader "csv"; take it out of table "rates"',
    ),
]


def faults_after(edit: Edit, folder: Path) -> tuple[str, ...]:
    files = tiny_catalogue()
    edit(files)
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(write_catalogue(folder, files))
    return caught.value.problems


@pytest.mark.parametrize(("edit", "file", "line", "words"), FAULTS, ids=[words[:60] for *_, words in FAULTS])
def test_a_fault_gives_its_sentence(tmp_path: Path, edit: Edit, file: str, line: int, words: str) -> None:
    assert faults_after(edit, tmp_path)[0] == f"catalogue/{file}, line {line}: {words}"


def test_a_source_cannot_be_looked_for_and_not(tmp_path: Path) -> None:
    def edit(files: Files) -> None:
        rule = {"rule": "direct", "address": "https://example.org/waste.csv", "file_type": "csv"}
        files[SOURCE] |= {"live": [rule], "not_live": "It is nowhere."}

    assert "not_live says why there is no live rule, but live has one" in faults_after(edit, tmp_path)[0]


def test_the_faults_of_all_files_come_together(tmp_path: Path) -> None:
    edit = each(
        put(METRIC, "unit", value="percnt"),
        drop(METRIC, "why"),
        write_text(AWAITING, DUPLICATE),
        drop(COUNTY, "authorities", 0, "name"),
    )
    files = [fault.split(",")[0] for fault in faults_after(edit, tmp_path)]
    assert sorted(files) == sorted(f"catalogue/{name}" for name in (COUNTY, AWAITING, METRIC, METRIC))


def test_a_definition_at_fault_still_answers_to_its_name(tmp_path: Path) -> None:
    """What refers to it is not told to be wrong as well."""
    assert len(faults_after(put(SOURCE, "cadence", value="now and then"), tmp_path)) == 1


def test_the_error_is_one_line_a_fault() -> None:
    error = CatalogueError(["one", "two"])
    assert (str(error), error.exit_code) == ("one\ntwo", 3)
