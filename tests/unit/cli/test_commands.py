"""Each command answers people and programs, and each wrong word gets one sentence and an exit code."""

import json
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run

COMPARE_KEYS = ["metric", "period", "group", "n", "median", "mad", "unit", "polarity", "refused"]


def test_metrics_lists_what_there_is(run: Run) -> None:
    rows = json.loads(run("metrics", "--format", "json").out)
    assert [(row["id"], row["status"], row["observations"], row["latest"]) for row in rows] == [
        ("bin-colours", "awaiting-data", 0, None),
        ("recycling-rate", "live", 5, "2022-23"),
    ]
    assert "Recycling rate" in run("metrics", "--status", "live").out


@pytest.mark.parametrize(
    ("on", "codes"),
    [(None, ["ALD", "NNS", "NSH", "WBY"]), ("2021-03-31", ["ALD", "NSH", "WBY"]), ("2021-04-01", ["NNS", "WBY"])],
)
def test_authorities_of_a_day(run: Run, on: str | None, codes: list[str]) -> None:
    rows = json.loads(run("authorities", *(["--on", on] if on else []), "--format", "json").out)
    assert sorted(row["code"] for row in rows) == codes


@pytest.mark.parametrize("name", ["WBY", "westbay", "Westbay Council", "E06000002", "saltby"])
def test_an_authority_by_any_of_its_names(run: Run, name: str) -> None:
    record = json.loads(run("show", "recycling-rate", name, "--period", "2021-22", "--format", "json").out)
    assert (record["authority"]["code"], record["authority"]["value"]) == ("WBY", pytest.approx(42.4))


def test_show_says_where_a_figure_stands_or_why_it_is_not_compared(run: Run) -> None:
    done = run("show", "recycling-rate", "westbay")
    assert done.code == 0
    assert "Westbay, 2022-23: 43.2%" in done.out
    assert "We do not compare it" in done.out
    assert "What it cannot say: It does not say what became of it." in done.out


def test_show_says_why_there_is_no_figure(run: Run) -> None:
    assert "Aldmouth, 2020-21: no figure. No figure published." in run("show", "recycling-rate", "aldmouth").out


def test_compare_has_the_promised_keys_first(run: Run) -> None:
    record = json.loads(run("compare", "recycling-rate", "--period", "2021-22", "--format", "json").out)
    assert list(record)[: len(COMPARE_KEYS)] == COMPARE_KEYS
    assert (record["n"], record["median"], record["refused"]) == (2, None, "group-too-small")
    assert [member["code"] for member in record["authorities"]] == ["NNS", "WBY"]


def test_compare_lists_members_by_name_not_by_figure(run: Run) -> None:
    out = run("compare", "recycling-rate").out
    assert out.index("New Northshire") < out.index("Westbay")


def test_trace_leads_to_the_cell(run: Run) -> None:
    record = json.loads(run("trace", "recycling-rate", "westbay", "2021-22", "--format", "json").out)
    expected = {"file": "returns-2024-02.csv", "row": 5, "raw": "0.424", "release": "2024-02", "licence": "OGL-UK-3.0"}
    assert {key: record[key] for key in expected} == expected
    assert record["publisher"] == "Department of Bins"
    assert len(record["sha256"]) == len(record["release_sha256"]) == 64
    out = run("trace", "recycling-rate", "westbay", "2021-22").out
    for part in ("returns-2024-02.csv", record["sha256"], record["release_sha256"], "Department of Bins", "41.3%"):
        assert part in out or part == "41.3%"


def test_read_and_check_account_for_every_row(run: Run, home: Path) -> None:
    rows = json.loads(run("read", "--mirror", str(home / "mirror"), "--format", "json").out)
    assert [(r["release"], r["rows_read"], r["observations"], r["refused"], r["changed"]) for r in rows] == [
        ("2023-02", 5, 4, 1, False),
        ("2024-02", 7, 6, 1, False),
    ]
    report = json.loads(run("check", "--format", "json").out)
    assert report["sources"][0]["reasons"] == {"totals": 2}
    assert report["problems"] == []


def test_fetch_then_read_then_build(run: Run, home: Path) -> None:
    assert "2 files are in place, 2 of them new" in run("fetch", "--mirror", str(home / "mirror")).err
    assert "2 files are in place, 0 of them new" in run("fetch", "--mirror", str(home / "mirror")).err
    assert run("read").code == 0
    assert "is ready" in run("build").err
    assert run("build", "--if-changed").err == ""


def test_a_changed_byte_in_the_mirror_stops_the_read(run: Run, home: Path) -> None:
    path = home / "mirror/waste-returns/returns-2024-02.csv"
    path.write_bytes(path.read_bytes().replace(b"0.424", b"0.425"))
    done = run("read", "--mirror", str(home / "mirror"))
    assert done.code in (4, 5)
    assert "returns-2024-02.csv" in done.err
    assert "sha256" in done.err
    assert run("check").code == 0


WRONG = [
    (["show", "recycling-rate", "Westbury"], 2, "Westbay"),
    (["show", "recyling-rate", "westbay"], 2, "did you mean Recycling rate"),
    (["show", "recycling-rate", "westbay", "--period", "1066"], 2, "has no period '1066'"),
    (["show", "recycling-rate", "westbay", "--group", "friends"], 2, "There is no group 'friends'"),
    (["show", "bin-colours", "westbay"], 2, "has no figures yet"),
    (["compare", "recycling-rate", "--group", "same-type"], 2, "add --authority"),
    (["trace", "recycling-rate", "aldmouth", "2022-23"], 2, "No file that we have read has a row"),
    (["authorities", "--on", "yesterday"], 2, "'yesterday' is not a date"),
    (["metrics", "--theme", "wast"], 2, "There is no theme 'wast'"),
    (["similar", "westbay"], 2, "No model of similarity covers Westbay Council"),
    (["similar", "westbay", "--model", "best"], 2, "There is no model of similarity 'best'"),
    (["similar", "westbury"], 2, "Westbay"),
    (["neighbours-report"], 2, "has no models of similarity to judge"),
    (["show", "recycling-rate", "westbay", "--group", "similar"], 2, "No model of similarity covers Westbay Council"),
    (["read", "waste-return"], 2, "waste-returns"),
    (["read", "--mirror", "/nowhere/at/all"], 4, "There is no mirror at /nowhere/at/all"),
    (["fetch", "--mirror", "/nowhere/at/all"], 4, "There is no mirror at /nowhere/at/all"),
]


@pytest.mark.parametrize(("arguments", "code", "part"), WRONG, ids=[" ".join(row[0]) for row in WRONG])
def test_a_wrong_word_gets_one_sentence(run: Run, arguments: list[str], code: int, part: str) -> None:
    done = run(*arguments)
    assert done.code == code, done.err
    assert part in done.err
    assert "Traceback" not in done.err
    assert len(done.err.strip().splitlines()) == 1
    assert done.out == ""


def test_without_a_build_each_question_says_what_to_do(run: Run, home: Path) -> None:
    (home / "data/build/CURRENT").unlink()
    for question in (["metrics"], ["authorities"], ["show", "recycling-rate", "westbay"]):
        done = run(*question)
        assert (done.code, "run `moothall build`" in done.err) == (9, True)


def test_a_broken_definition_is_named_with_file_and_line(run: Run, home: Path) -> None:
    path = home / "catalogue/metrics/waste/recycling-rate.yaml"
    path.write_text(path.read_text().replace("polarity: higher-is-better", "polarity: higher"))
    done = run("check", "--catalogue")
    assert done.code == 3
    assert "recycling-rate.yaml, line" in done.err
    assert "higher-is-better" in done.err


def test_help_and_version(run: Run) -> None:
    assert run("--version").out.startswith("moothall 0.")
    for command in ("metrics", "authorities", "show", "compare", "trace", "fetch", "read", "build", "check", "serve"):
        assert command in run("--help").out
        assert run(command, "--help").code == 0
