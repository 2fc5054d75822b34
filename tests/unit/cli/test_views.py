"""Answers as known on a day and on today's boundaries, what later releases changed, what a figure is made from."""

import json
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run

RATE = "recycling-rate"


def value(run: Run, *arguments: str) -> float | None:
    record = json.loads(run("show", *arguments, "--format", "json").out)
    figure: float | None = record["authority"]["value"]
    return figure


@pytest.mark.parametrize(
    ("day", "expected"), [("2023-03-01", 41.3), ("2024-02-28", 41.3), ("2024-02-29", 42.4), ("2030-01-01", 42.4)]
)
def test_show_answers_as_it_was_known(run: Run, day: str, expected: float) -> None:
    assert value(run, RATE, "westbay", "--period", "2021-22", "--as-of", day) == pytest.approx(expected)


def test_without_a_period_the_newest_is_the_one_known_then(run: Run) -> None:
    done = run("show", RATE, "westbay", "--as-of", "2023-06-30")
    assert "Westbay, 2021-22: 41.3%" in done.out
    assert "As it was known on 30 June 2023." in done.out


def test_compare_answers_as_it_was_known(run: Run) -> None:
    record = json.loads(run("compare", RATE, "--as-of", "2023-06-30", "--format", "json").out)
    assert (record["period"], record["as_of"], record["boundaries"]) == ("2021-22", "2023-06-30", "period")
    assert [member["value"] for member in record["authorities"]] == [pytest.approx(40.5), pytest.approx(41.3)]


def test_trace_leads_to_the_cell_that_was_known(run: Run) -> None:
    record = json.loads(run("trace", RATE, "westbay", "2021-22", "--as-of", "2023-06-30", "--format", "json").out)
    assert (record["file"], record["row"], record["raw"]) == ("returns-2023-02.csv", 4, "0.413")
    assert record["operands"] == []


def test_a_release_without_a_day_is_named(run: Run, home: Path) -> None:
    """The first release's day is taken away: then only the day of the newest release shows that it was there."""
    path = home / "catalogue/sources/waste-returns.yaml"
    path.write_text(path.read_text().replace("published_precision: month", "published_precision: unknown", 1))
    assert run("read", "--mirror", str(home / "mirror")).code == 0
    assert run("build").code == 0
    assert "the first being 29 February 2024" in run("show", RATE, "westbay", "--as-of", "2023-06-30").err
    second = run("show", RATE, "westbay", "--period", "2021-22", "--as-of", "2024-02-29").out
    assert "Westbay, 2021-22: 42.4%" in second


def test_a_release_left_out_for_want_of_a_day_is_named(run: Run, home: Path) -> None:
    """The second release's day is taken away, and a third one moves the newest day on."""
    path = home / "catalogue/sources/waste-returns.yaml"
    before, _, after = path.read_text().rpartition("published_precision: month")
    path.write_text(f"{before}published_precision: unknown{after}")
    assert run("read", "--mirror", str(home / "mirror")).code == 0
    assert run("build").code == 0
    out = run("show", RATE, "westbay", "--as-of", "2024-02-28").out
    assert "Westbay, 2021-22: 41.3%" in out
    assert "As it was known on 28 February 2024." in out


@pytest.fixture
def joined(joined_home: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    """The commands, on the home where Aldmouth has a figure of its own."""
    monkeypatch.setenv("MOOTHALL_HOME", str(joined_home))
    return run


def test_on_todays_boundaries_a_successor_has_what_was_before_it(joined: Run) -> None:
    assert value(joined, RATE, "new northshire", "--period", "2020-21") is None
    choice = ("--period", "2020-21", "--boundaries", "now")
    record = json.loads(joined("show", RATE, "new northshire", *choice, "--format", "json").out)
    assert (record["authority"]["value"], record["boundaries"]) == (pytest.approx(30.0), "now")
    compared = json.loads(joined("compare", RATE, *choice, "--format", "json").out)
    assert [(m["code"], m["value"]) for m in compared["authorities"]] == [
        ("NNS", pytest.approx(30.0)),
        ("WBY", pytest.approx(40.1)),
    ]
    assert "On the boundaries of 29 February 2024" in joined("compare", RATE, *choice).out


def test_both_views_have_the_keys_of_the_plain_answer(joined: Run) -> None:
    plain, now = (
        list(json.loads(joined("compare", RATE, *choice, "--format", "json").out))
        for choice in ((), ("--boundaries", "now"))
    )
    assert plain == now


def test_a_derived_figure_names_its_operands(joined: Run) -> None:
    record = json.loads(joined("trace", "rate-change", "westbay", "2022-23", "--format", "json").out)
    facts = [(o["role"], o["metric"], o["period"], o["row"], o["raw"], len(o["sha256"])) for o in record["operands"]]
    assert facts == [
        ("later figure", RATE, "2022-23", 6, "0.432", 64),
        ("earlier figure", RATE, "2021-22", 5, "0.424", 64),
    ]
    out = joined("trace", "rate-change", "westbay", "2022-23").out
    for words in ("This figure is made from", "Recycling rate, 2022-23: 43.2%", "returns-2024-02.csv"):
        assert words in out


def test_revisions_are_counted_and_listed_largest_first(run: Run) -> None:
    (record,) = json.loads(run("revisions", "--format", "json").out)["sources"]
    assert (record["source"], record["compared"], record["same"]) == ("waste-returns", 4, 3)
    assert record["counts"] == {"changed": 1, "withdrawn": 0, "appeared": 0, "firmed": 0}
    (change,) = record["revisions"]
    assert (change["authority"], change["period"], change["kind"]) == ("WBY", "2021-22", "changed")
    assert (change["earlier"], change["later"]) == ("2023-02", "2024-02")
    assert change["change"] == pytest.approx(1.1)
    assert "1 changed." in run("revisions", "waste-returns").out


WRONG = [
    (["show", RATE, "westbay", "--as-of", "2020-01-01"], "published by 1 January 2020: choose a later day"),
    (["compare", RATE, "--as-of", "2020-01-01"], "the first being 28 February 2023"),
    (["trace", RATE, "westbay", "2021-22", "--as-of", "soon"], "'soon' is not a date"),
    (["trace", RATE, "westbay", "2022-23", "--as-of", "2023-06-30"], "has no period '2022-23'"),
    (
        ["show", RATE, "westbay", "--boundaries", "now"],
        "cannot be rebuilt on today's boundaries: Aldmouth has no figure",
    ),
    (["show", RATE, "westbay", "--boundaries", "then"], "'then' is not one of 'period', 'now'"),
    (["revisions", "waste-return"], "waste-returns"),
]


@pytest.mark.parametrize(("arguments", "part"), WRONG, ids=[" ".join(row[0]) for row in WRONG])
def test_what_cannot_be_answered_gets_one_sentence(run: Run, arguments: list[str], part: str) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert part in done.err
    assert "Traceback" not in done.err
