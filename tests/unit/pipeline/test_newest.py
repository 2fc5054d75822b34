"""fetch --newest against a server on this machine: the newest file and what is said of it, or one sentence and nothing.

The answers are made by hand in the shape of those of www.gov.uk's content API, of Explore Local Statistics and of a
repository; their words and figures are made up.
"""

import hashlib
from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from moothall.catalogue import SourceDefinition, load_catalogue
from moothall.catalogue.live import LiveFile
from moothall.errors import FetchError, UsageError
from moothall.pipeline.fetch import NewestFile, Web, fetch_newest
from moothall.pipeline.new_release import known_release, release_lines
from moothall.pipeline.newest import rebased
from moothall.pipeline.polite import Pace
from tests.support import catalogue_builder as builder
from tests.support.web import Pages, serving_pages

CSV = b"Code,Rate\nE06000002,40.5\n"
ODS = b"PK\x03\x04 and the rest of a workbook"
CONTENT = "/api/content/government/statistics"


def attachment(title: str, name: str) -> dict[str, Any]:
    address = f"https://assets.publishing.service.gov.uk/media/66f0c0ffee/{name}"
    return {"title": title, "url": address, "content_type": "text/csv", "attachment_type": "file"}


def page(*attachments: dict[str, Any], updated: str = "2026-09-25T09:30:00+01:00") -> dict[str, Any]:
    details = {"attachments": list(attachments), "body": "<p>Made by hand</p>"}
    return {"title": "Revenue outturn", "public_updated_at": updated, "details": details, "links": {}}


def document(title: str, path: str, updated: str) -> dict[str, Any]:
    return {"title": title, "base_path": f"/government/statistics/{path}", "public_updated_at": updated}


PAGES: dict[str, Any] = {
    f"{CONTENT}/outturn": page(
        attachment("Time series data, CSV", "Time_series_v4.csv"), attachment("Time series metadata", "metadata.ods")
    ),
    f"{CONTENT}/outturn-2026-to-2027": page(attachment("Time series data", "year.csv")),
    f"{CONTENT}/tables": page(
        attachment("Tables: July to September 2025", "q3.ods"), attachment("Tables: April to June 2025", "q2.ods")
    ),
    "/api/content/government/collections/budgets": {
        "title": "Budgets",
        "links": {
            "documents": [
                document("Budget 2024 to 2025: individual data", "outturn", "2024-06-20T09:30:00Z"),
                document("Budget 2026 to 2027: individual data", "tables", "2026-06-25T09:30:00+01:00"),
                document("Budget 2026 to 2027: England", "england", "2026-07-01T09:30:00+01:00"),
            ]
        },
    },
    "/media/66f0c0ffee/Time_series_v4.csv": CSV,
    "/media/66f0c0ffee/year.csv": CSV,
    "/media/66f0c0ffee/q3.ods": ODS,
    "/media/66f0c0ffee/q2.ods": ODS + b" of spring",
    "/api/v1/metadata/indicators/pupil-absence": {
        "label": "Pupil absence",
        "slug": "pupil-absence",
        "updated": "2026-05-06",
    },
    "/api/v1/data.csv?indicator=pupil-absence&time=all": CSV,
    "/ons/data/HEAD/bins/bins.csv": CSV,
    "/ons/data/HEAD/bins/bins.json": {"ess-beta-metadata": {"label": "Bins", "sourceDate": "06/05/2026"}},
    "/files/plain.csv": CSV,
}

ATTACHED = {"rule": "govuk-content", "page": "/government/statistics/outturn", "attachment_title": "~data, CSV$"}
QUARTERS = {"rule": "govuk-content", "attachment_title": "~^Tables", "file_type": "ods"}
LISTED = {"page": "/government/collections/budgets", "document_title": "~individual data$"}
ONS = {"rule": "ons-api", "address": "https://www.ons.gov.uk/api/v1", "dataset": "{name}"}
BESIDE = {"repository": "ons/data", "path": "{name}/{name}.csv", "about": "{name}/{name}.json"}
AT_ADDRESS = {"rule": "direct", "address": "https://example.org/files/plain.csv", "what": "Plain"}

FOUND: list[tuple[str, dict[str, Any], dict[str, str], tuple[str, date | None, str, bytes]]] = [
    (
        "by title",
        ATTACHED,
        {},
        ("Time_series_v4.csv", date(2026, 9, 25), "Revenue outturn: Time series data, CSV", CSV),
    ),
    (
        "a page of the year",
        {**ATTACHED, "page": "/government/statistics/outturn-{year}", "attachment_title": "~data$"},
        {"year": "2026-to-2027"},
        ("year.csv", date(2026, 9, 25), "Revenue outturn: Time series data", CSV),
    ),
    (
        "the first of several",
        {**QUARTERS, "page": "/government/statistics/tables", "pick": "first"},
        {},
        ("q3.ods", date(2026, 9, 25), "Revenue outturn: Tables: July to September 2025", ODS),
    ),
    (
        "of a collection's newest page",
        {**QUARTERS, **LISTED, "pick": "last"},
        {},
        ("q2.ods", date(2026, 9, 25), "Revenue outturn: Tables: April to June 2025", ODS + b" of spring"),
    ),
    ("API", ONS, {"name": "pupil-absence"}, ("pupil-absence.csv", date(2026, 5, 6), "Pupil absence", CSV)),
    (
        "repository",
        {"rule": "github-csv", **BESIDE},
        {"name": "bins"},
        ("bins.csv", date(2026, 5, 6), "Bins", CSV),
    ),
    ("address", AT_ADDRESS, {}, ("plain.csv", None, "Plain", CSV)),
]


def definition(folder: Path, *live: dict[str, Any]) -> SourceDefinition:
    files = builder.tiny_catalogue()
    files[builder.SOURCE]["live"] = [{"file_type": "csv", **entry} for entry in live]
    return load_catalogue(builder.write_catalogue(folder, files)).sources["waste-returns"]


def fetch(folder: Path, pages: Pages, words: dict[str, str], *live: dict[str, Any]) -> tuple[NewestFile, ...]:
    with serving_pages(pages) as web:
        patient = Web(Pace(0.0, sleep=lambda _: None), base=web.base)
        return fetch_newest(definition(folder, *live), folder / "raw", words, web=patient)


def names_under(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.mark.parametrize(("live", "words", "expected"), [row[1:] for row in FOUND], ids=[row[0] for row in FOUND])
def test_the_newest_file_is_found_and_kept_aside(
    tmp_path: Path, live: dict[str, Any], words: dict[str, str], expected: tuple[str, date | None, str, bytes]
) -> None:
    name, day, title, content = expected
    (found,) = fetch(tmp_path, PAGES, words, live)
    assert (found.newest.published_on, found.newest.title, found.bytes) == (day, title, len(content))
    assert found.path == tmp_path / "raw" / "waste-returns" / "incoming" / name
    assert found.sha256 == hashlib.sha256(content).hexdigest()
    assert names_under(tmp_path / "raw") == [
        "waste-returns",
        "waste-returns/incoming",
        f"waste-returns/incoming/{name}",
    ]


def without_attachments() -> dict[str, Any]:
    return {f"{CONTENT}/outturn": {"title": "Moved", "details": {"body": ""}, "schema_name": "redirect"}}


SPOILT: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    ("a list", {f"{CONTENT}/outturn": [1]}, ATTACHED, "does not describe a page"),
    ("nothing", {f"{CONTENT}/outturn": None}, ATTACHED, "outturn came as something else than a json file"),
    ("no attachments", without_attachments(), ATTACHED, "has no list of attachments"),
    ("empty", {f"{CONTENT}/outturn": page()}, ATTACHED, "there is none at all"),
    (
        "renamed",
        {f"{CONTENT}/outturn": page(attachment("All lines", "x.csv"))},
        ATTACHED,
        "no csv attachment has the title ~data, CSV$; there are 'All lines'",
    ),
    (
        "another format",
        {f"{CONTENT}/outturn": page(attachment("Time series data, CSV", "x.zip"))},
        ATTACHED,
        "no csv attachment has the title",
    ),
    (
        "two fit",
        {f"{CONTENT}/outturn": page(attachment("a data, CSV", "a.csv"), attachment("b data, CSV", "b.csv"))},
        ATTACHED,
        "2 csv attachments have the title ~data, CSV$; there are 'a data, CSV' and 'b data, CSV'",
    ),
    ("web page", {f"{CONTENT}/outturn": b"<!doctype html><p>Sorry"}, ATTACHED, "came as a web page"),
    ("broken JSON", {f"{CONTENT}/outturn": b'{"title": '}, ATTACHED, "answers no JSON"),
    ("file is a web page", {"/media/66f0c0ffee/Time_series_v4.csv": b"<html>"}, ATTACHED, "came as a web page"),
    ("file is a workbook", {"/media/66f0c0ffee/Time_series_v4.csv": ODS}, ATTACHED, "something else than a csv file"),
    (
        "bad name",
        {f"{CONTENT}/outturn": page(attachment("data, CSV", ".csv"))},
        ATTACHED,
        "no csv attachment has the title",
    ),
    (
        "name that leaves the folder",
        {f"{CONTENT}/outturn": page(attachment("data, CSV", "..%5Cx%00.csv"))},
        ATTACHED,
        "cannot be the name of a file",
    ),
    (
        "no collection",
        {"/api/content/government/collections/budgets": page()},
        {**QUARTERS, **LISTED},
        "it is no collection",
    ),
    (
        "nothing of that title in it",
        {"/api/content/government/collections/budgets": {"links": {"documents": [document("x", "x", "soon")]}}},
        {**QUARTERS, **LISTED},
        "no dated page in it has the title ~individual data$; there are 'x'",
    ),
    (
        "another dataset",
        {"/api/v1/metadata/indicators/x": {"label": "Y", "slug": "y"}},
        {**ONS, "dataset": "x"},
        "does not describe the dataset x",
    ),
    (
        "no metadata beside",
        {"/ons/data/HEAD/x.json": {"label": "X"}},
        {"rule": "github-csv", "repository": "ons/data", "path": "x.csv", "about": "x.json"},
        "has no ess-beta-metadata",
    ),
    ("answers 404", {}, {**AT_ADDRESS, "address": "https://example.org/gone.csv"}, "answered 404 Not Found"),
]


@pytest.mark.parametrize(("pages", "live", "words"), [row[1:] for row in SPOILT], ids=[row[0] for row in SPOILT])
def test_an_unexpected_answer_is_one_sentence_and_changes_nothing(
    tmp_path: Path, pages: dict[str, Any], live: dict[str, Any], words: str
) -> None:
    kept = tmp_path / "raw" / "waste-returns" / "incoming" / "Time_series_v4.csv"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"what was there before")
    before = names_under(tmp_path / "raw")
    with pytest.raises(FetchError) as caught:
        fetch(tmp_path, {**deepcopy(PAGES), **pages}, {}, live)
    assert words in str(caught.value)
    assert str(caught.value).startswith("waste-returns: ")
    assert "\n" not in str(caught.value)
    assert names_under(tmp_path / "raw") == before
    assert kept.read_bytes() == b"what was there before"


def test_a_later_rule_that_fails_leaves_the_files_of_the_earlier_ones_out(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="answered 404"):
        fetch(tmp_path, PAGES, {}, ATTACHED, {**AT_ADDRESS, "address": "https://example.org/gone.csv"})
    assert names_under(tmp_path / "raw") == []


def test_two_rules_may_not_lead_to_one_name(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match=r"two live rules lead to a file named plain\.csv"):
        fetch(tmp_path, PAGES, {}, AT_ADDRESS, AT_ADDRESS)


def test_a_word_that_is_not_given_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"live needs \{name\}: give --with name="):
        fetch(tmp_path, PAGES, {}, ONS)


def test_a_source_without_a_rule_says_where_to_look(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match=r"has no live rule, so look at https://example.org/waste yourself"):
        fetch(tmp_path, PAGES, {})


def test_a_source_that_nobody_can_look_for_says_why(tmp_path: Path) -> None:
    drawn = replace(definition(tmp_path), not_live="It is drawn by hand.")
    with pytest.raises(FetchError, match=r"has no live rule \(It is drawn by hand\), so look at https://example.org"):
        fetch_newest(drawn, tmp_path, {})


def test_a_redirected_host_keeps_path_and_query() -> None:
    assert rebased("https://www.gov.uk/api/x?y=1", "http://127.0.0.1:80") == "http://127.0.0.1:80/api/x?y=1"
    assert rebased("https://www.gov.uk/api/x", None) == "https://www.gov.uk/api/x"


def test_the_lines_to_paste_hold_the_facts_and_the_file_can_be_recognised(tmp_path: Path) -> None:
    (found,) = fetch(tmp_path, PAGES, {}, ATTACHED)
    made = definition(tmp_path, ATTACHED)
    assert release_lines(made, found).splitlines() == [
        "  - id: 2026-09-25",
        '    title: "Revenue outturn: Time series data, CSV"',
        "    published_on: 2026-09-25",
        "    published_precision: day",
        '    published_note: "said by https://www.gov.uk/government/statistics/outturn"',
        "    files:",
        f'      - {{path: "incoming/Time_series_v4.csv", sha256: {found.sha256}, bytes: {len(CSV)}}}',
        "    # tables: as in the last release, with file: as above, or template: and with:",
    ]
    assert known_release(made, found) is None


DECLARED: list[tuple[dict[str, Any], str]] = [
    ({"rule": "direct"}, 'the rule "direct" needs address; add it'),
    ({**ATTACHED, "address": "https://x.org"}, 'address means nothing to the rule "govuk-content"; take it out'),
    ({**AT_ADDRESS, "pick": "first"}, 'pick means nothing to the rule "direct"; take it out'),
    ({**ATTACHED, "page": "https://www.gov.uk/x"}, "is not well formed; write the path of the page on www.gov.uk"),
    ({**AT_ADDRESS, "file_type": "pdf"}, 'live.file_type "pdf" is not known'),
    ({**AT_ADDRESS, "rule": "guess"}, 'live.rule "guess" is not known'),
    ({**AT_ADDRESS, "adress": "x"}, '"adress" is not a key here; did you mean "address"?'),
    ({**ATTACHED, "attachment_title": "~("}, "is not a regular expression"),
]


@pytest.mark.parametrize(("live", "words"), DECLARED)
def test_a_wrong_rule_is_refused_by_the_catalogue(tmp_path: Path, live: dict[str, Any], words: str) -> None:
    from moothall.errors import CatalogueError

    with pytest.raises(CatalogueError) as caught:
        definition(tmp_path, live)
    (problem,) = caught.value.problems
    assert problem.startswith("catalogue/sources/waste-returns.yaml, line ")
    assert words in problem


def test_a_rule_is_frozen() -> None:
    assert LiveFile.model_config["frozen"] is True
