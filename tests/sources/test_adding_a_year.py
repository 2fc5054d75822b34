"""docs/adding-a-year.md does what it says: its blocks are taken from the page and followed, step by step.

The home holds the register, the two sources of the page and their shipped release files. The workbook of the missing
year is made here, to the template's headings; where the mirror is at hand, a real year and a real dataset follow the
same steps.
"""

import hashlib
import json
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from moothall.catalogue.places import catalogue_folder, releases_folder
from moothall.cli.main import main
from moothall.pipeline.release import MANIFEST, read_manifest, read_release
from tests.support.real import real_catalogue
from tests.support.web import serving_pages
from tests.support.written import write_xls

PAGE = Path(__file__).parents[2] / "docs" / "adding-a-year.md"
ONS, CAPITAL = "ons-explore-local-statistics", "mhclg-capital-outturn"
DATASET = "library-use"
KEPT = ("authorities", "words", "themes.yaml", "outcomes.yaml", "caveats.yaml")
"""What of the catalogue names neither metrics nor sources; the rest would name some that the home does not have."""

COUNCILS = 60

Run = Callable[..., str]


def blocks(language: str) -> list[str]:
    """The blocks of the page in one language, in their order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with the register, the two sources and what is shipped of them."""
    catalogue, at_top = tmp_path / "catalogue", str(catalogue_folder())
    left_out = [path.name for path in catalogue_folder().iterdir() if path.name not in KEPT]
    shutil.copytree(catalogue_folder(), catalogue, ignore=lambda folder, _: left_out if folder == at_top else ())
    for folder in ("sources", "metrics", "corrections"):
        (catalogue / folder).mkdir()
    shutil.copy(catalogue_folder() / "corrections" / f"{CAPITAL}.yaml", catalogue / "corrections")
    shipped = {}
    for source in (ONS, CAPITAL):
        shutil.copy(catalogue_folder() / "sources" / f"{source}.yaml", catalogue / "sources")
        shutil.copytree(releases_folder() / source, tmp_path / "data" / "releases" / source)
    for name, entry in read_manifest(releases_folder()).items():
        if name.startswith((ONS, CAPITAL)):
            shipped[name] = entry
    (tmp_path / "data" / "releases" / MANIFEST).write_text(json.dumps(shipped), encoding="utf-8")
    monkeypatch.setenv("MOOTHALL_HOME", str(tmp_path))
    monkeypatch.delenv("MOOTHALL_BUILDS", raising=False)
    return tmp_path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command of the page; what it prints."""

    def run_command(command: str, *more: str) -> str:
        program, *arguments = command.split()
        assert program == "moothall"
        monkeypatch.setattr(sys, "argv", [program, *arguments, *more])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        assert not ended.value.code, said.err
        return said.out

    return run_command


def add_release(home: Path, source: str, block: str, after: str | None = None) -> None:
    """Paste a block at the end of ``releases``, or after a release."""
    path = home / "catalogue" / "sources" / f"{source}.yaml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    begins = next(number for number, line in enumerate(lines) if line.startswith("releases:"))
    if after:
        begins = next(number for number, line in enumerate(lines) if line.startswith(f"  - id: {after}\n"))
    ends = r"  - id: |[a-z#]" if after else r"[a-z]"
    rest = range(begins + 1, len(lines))
    at = next((number for number in rest if re.match(ends, lines[number])), len(lines))
    path.write_text("".join([*lines[:at], block, *lines[at:]]), encoding="utf-8")


def take_out(home: Path, source: str, release: str) -> str:
    """Take a release out of a source's YAML; its lines."""
    path = home / "catalogue" / "sources" / f"{source}.yaml"
    text = path.read_text(encoding="utf-8")
    found = re.search(rf"^  - id: {re.escape(release)}\n(?:(?!  - id: |\S).*\n)*", text, re.MULTILINE)
    assert found
    path.write_text(text.replace(found[0], ""), encoding="utf-8")
    return found[0]


def release_rows(home: Path, name: str) -> list[dict[str, Any]]:
    return read_release(home / "data" / "releases", name)[1].to_pylist()


# ---------------------------------------------------------------- a dataset


def test_a_dataset_that_is_not_declared_is_added_as_the_page_says(home: Path, run: Run) -> None:
    (file,), (release, metric, _) = blocks("csv"), blocks("yaml")
    fetch, read, look = blocks("sh")[:3]
    folder = f"/ONSdigital/explore-local-statistics-data/HEAD/{DATASET}/{DATASET}"
    about = {"ess-beta-metadata": {"label": "Library use", "sourceDate": "06/05/2026"}}
    with serving_pages({f"{folder}.csv": file.encode(), f"{folder}.json": about}) as web:
        printed = run(fetch, "--base", web.base)
    assert hashlib.sha256(file.encode()).hexdigest() in printed
    pasted = next(line for line in printed.splitlines() if "incoming/library-use.csv" in line and "{path" in line)
    assert pasted in release.splitlines()

    add_release(home, ONS, release)
    (row,) = json.loads(run(read, "--format", "json"))
    assert (row["rows_read"], row["observations"], row["refused"]) == (4, 3, 1)

    path = home / "catalogue" / "metrics" / "population-and-context" / "library-use.yaml"
    assert f"`{path.relative_to(home).as_posix()}`" in PAGE.read_text(encoding="utf-8")
    path.parent.mkdir()
    path.write_text(metric, encoding="utf-8")
    build, show, trace = look.splitlines()
    run(build)
    assert "Leeds, 2024-25: 31.2%" in run(show)
    assert "library-use.csv" in run(trace)
    assert "the council sent no figure" in run("moothall show library-use Bristol").lower()


def test_a_real_dataset_follows_the_same_steps(home: Path, run: Run, mirror: Path) -> None:
    dataset = "foreign-direct-investment"
    data = (mirror / ONS / dataset / f"{dataset}.csv").read_bytes()
    raw = home / "data" / "raw" / ONS / "incoming" / f"{dataset}.csv"
    raw.parent.mkdir(parents=True)
    raw.write_bytes(data)
    block = re.sub(
        r"sha256: \w+, bytes: \d+", f"sha256: {hashlib.sha256(data).hexdigest()}, bytes: {len(data)}", blocks("yaml")[0]
    )
    for old, new in {
        DATASET: dataset,
        "Library use": "Inward foreign direct investment",
        "financial-year": "calendar-year",
        "x: {": 'c: {status: suppressed, reason: "the publisher keeps it confidential"}\n            x: {',
        "        note: notes": "        skip:\n          - {where: {areacd: na}, reason: an area without a code}",
    }.items():
        block = block.replace(old, new)
    add_release(home, ONS, block)
    (row,) = json.loads(run(f"moothall read {ONS} --release {dataset}-2026-05-06 --format json"))
    assert row["rows_read"] == row["observations"] + row["refused"]
    manchester = [
        r["value"]
        for r in release_rows(home, f"{ONS}/{dataset}-2026-05-06.parquet")
        if (r["area_code"], r["period_start"].year) == ("E47000001", 2015)
    ]
    assert manchester == [28770.0]


# ---------------------------------------------------------------- a year

HEADINGS = {
    "capital-spending": "TOTAL RESOURCES USED TO FINANCE CAPITAL EXPENDITURE",
    "capital-receipts-used": "Use of capital receipts",
    "capital-financing-requirement-at-start": "Capital Financing Requirement as at 1 April",
    "capital-financing-requirement": "Capital Financing Requirement as at 31 March",
    "spending-financed-by-borrowing": "Capital expenditure to be resourced by means of credit",
    "minimum-revenue-provision": "Minimum Revenue Provision",
    "additional-revenue-contribution": "Additional contribution from revenue",
    "major-repairs-reserve-contribution": "Contribution from Major Repairs Reserve",
    "receipts-used-to-repay-borrowing": "Use of receipts to repay borrowing",
    "gross-borrowing-at-start": "Gross borrowing as at 1 April",
    "gross-borrowing": "Gross borrowing as at 31 March",
    "other-long-term-liabilities-at-start": "Other long-term liabilities as at 1 April",
    "other-long-term-liabilities": "Other long-term liabilities as at 31 March",
    "investments-at-start": "Investments as at 1 April",
    "investments": "Investments as at 31 March",
    "operational-boundary": "Operational boundary for external debt at 31 March",
    "authorised-limit": "Authorised limit for external debt at 31 March",
}
"""What stands over each series in a workbook that the template reads."""


def made_workbook(path: Path, home: Path) -> None:
    """The missing year, made up: every council has a tenth more than the year before, as shipped."""
    last: dict[str, dict[str, float]] = {}
    for row in release_rows(home, f"{CAPITAL}/2011-12.parquet"):
        if row["authority"] and row["value"] is not None and row["period_start"].year in (2011, 2012):
            last.setdefault(row["authority"], {})[row["series"]] = row["value"]
    register = real_catalogue().authorities
    rows: list[list[Any]] = [["Made up"], ["", "", *HEADINGS.values()]]
    for code, figures in sorted(last.items()):
        if register[code].ecode and set(figures) >= HEADINGS.keys():
            cells = [round(figures[series] * 1.1 / 1000) for series in HEADINGS]
            rows.append([register[code].ecode, register[code].short_name, *cells])
    assert len(rows) > COUNCILS
    path.parent.mkdir(parents=True)
    write_xls(path, {"Front page": [["Made up"]], "Financing & Memorandums ": rows})


def pinned(block: str, path: Path) -> str:
    """The block with the digest and the size of the file, as the page says."""
    return block.replace("DIGEST", hashlib.sha256(path.read_bytes()).hexdigest()).replace(
        "BYTES", str(path.stat().st_size)
    )


def test_a_missing_year_is_read_by_the_template(home: Path, run: Run) -> None:
    path = home / "data" / "raw" / CAPITAL / "COR4_2012-13.xls"
    made_workbook(path, home)
    read, build = blocks("sh")[3:]
    add_release(home, CAPITAL, pinned(blocks("yaml")[2], path), after="2011-12")
    (row,) = json.loads(run(read, "--format", "json"))
    assert row["observations"] >= COUNCILS * len(HEADINGS)
    assert row["rows_read"] == row["observations"] + row["refused"]
    before, after = (
        {(r["series"], r["authority"]): r["value"] for r in release_rows(home, f"{CAPITAL}/{year}.parquet")}
        for year in ("2011-12", "2012-13")
    )
    for key, value in after.items():
        assert value == pytest.approx(before[key] * 1.1, abs=501)
    run(build)


def test_a_real_year_is_read_by_the_template(home: Path, run: Run, mirror: Path) -> None:
    source = (home / "data" / "raw" / CAPITAL) / "COR4_2014-15.xls"
    source.parent.mkdir(parents=True)
    shutil.copy(mirror / CAPITAL / source.name, source)
    shipped = release_rows(home, f"{CAPITAL}/2014-15.parquet")
    take_out(home, CAPITAL, "2014-15")
    block = pinned(blocks("yaml")[2], source).replace("2012-13", "2014-15").replace("2013-09", "2015-09")
    add_release(home, CAPITAL, block, after="2013-14")
    run(f"moothall read {CAPITAL} --release 2014-15")
    assert release_rows(home, f"{CAPITAL}/2014-15.parquet") == shipped


def test_a_year_laid_out_otherwise_is_refused_in_words(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = home / "data" / "raw" / CAPITAL / "COR4_2012-13.xls"
    path.parent.mkdir(parents=True)
    write_xls(path, {"Financing": [["Made up"], ["", "", *HEADINGS.values()]]})
    add_release(home, CAPITAL, pinned(blocks("yaml")[2], path), after="2011-12")
    monkeypatch.setattr(sys, "argv", blocks("sh")[3].split())
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 5
    said = capsys.readouterr().err
    assert "COR4_2012-13.xls has no sheet that ~^Financing & Memorandums fits: it has Financing." in said
    assert not (home / "data" / "releases" / CAPITAL / "2012-13.parquet").exists()
