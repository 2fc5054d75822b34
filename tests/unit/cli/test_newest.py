"""`moothall fetch --newest` and `moothall read --release`: what they print, and the sentences for wrong words."""

import json
from pathlib import Path

import pytest
import yaml

from tests.support.web import serving_pages
from tests.unit.cli.conftest import Run

FILE = b"Code,Rate\nE06000002,40.5\n"
SOURCE = "catalogue/sources/waste-returns.yaml"


def declare(home: Path, **live: str) -> None:
    path = home / SOURCE
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump({**content, "live": [{"file_type": "csv", **live}]}, sort_keys=False), "utf-8")


def test_the_newest_file_comes_with_the_lines_to_paste(run: Run, home: Path) -> None:
    declare(home, rule="direct", address="https://example.org/new/returns.csv", what="Waste returns")
    before = (home / SOURCE).read_bytes()
    with serving_pages({"/new/returns.csv": FILE}) as web:
        done = run("fetch", "waste-returns", "--newest", "--base", web.base)
    assert done.code == 0, done.err
    assert (home / "data" / "raw" / "waste-returns" / "incoming" / "returns.csv").read_bytes() == FILE
    assert "published  no day is named" in done.out
    assert f"Add this under releases in {SOURCE}, and read it over:" in done.out
    assert 'path: "incoming/returns.csv"' in done.out
    assert (home / SOURCE).read_bytes() == before


def test_a_file_that_is_declared_already_is_recognised(run: Run, home: Path) -> None:
    declare(home, rule="direct", address="https://example.org/returns.csv")
    known = (home / "mirror" / "waste-returns" / "returns-2024-02.csv").read_bytes()
    with serving_pages({"/returns.csv": known}) as web:
        done = run("fetch", "waste-returns", "--newest", "--base", web.base)
    assert "has this file already, as the release 2024-02" in done.out


WRONG = [
    (("fetch", "--newest"), 2, "--newest needs the id of a source"),
    (("fetch", "wast-returns", "--newest"), 2, "There is no source 'wast-returns'"),
    (("fetch", "waste-returns", "--newest", "--with", "year"), 2, "--with year gives no word"),
    (("fetch", "waste-returns", "--newest"), 4, "has no live rule, so look at https://example.org/waste yourself"),
    (("read", "--release", "2024-02"), 2, "--release needs the one source that it is of"),
    (("read", "waste-returns", "--release", "2024-03"), 2, "has no release '2024-03': did you mean \"2024-02\"?"),
]


@pytest.mark.parametrize(("arguments", "code", "words"), WRONG)
def test_a_wrong_word_is_one_sentence(run: Run, arguments: tuple[str, ...], code: int, words: str) -> None:
    done = run(*arguments)
    assert (done.code, words in done.err) == (code, True), done.err


def test_one_source_that_fails_does_not_stop_the_next(run: Run, home: Path) -> None:
    declare(home, rule="direct", address="https://example.org/returns.csv")
    with serving_pages({}) as web:
        done = run("fetch", "waste-returns", "waste-returns", "--newest", "--base", web.base)
    assert done.code == 4
    assert len(done.err.strip().splitlines()) == 2


def test_one_release_is_read_alone_beside_what_is_shipped(run: Run, home: Path) -> None:
    (home / "mirror" / "waste-returns" / "returns-2023-02.csv").unlink()
    shipped = {path.name: path.read_bytes() for path in (home / "data" / "releases" / "waste-returns").iterdir()}
    done = run(*("read", "waste-returns", "--release", "2024-02", "--mirror", str(home / "mirror"), "--format", "json"))
    assert done.code == 0, done.err
    assert [(row["release"], row["changed"]) for row in json.loads(done.out)] == [("2024-02", False)]
    assert {p.name: p.read_bytes() for p in (home / "data" / "releases" / "waste-returns").iterdir()} == shipped
