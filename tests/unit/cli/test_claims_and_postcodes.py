"""Claims and postcodes on the command line."""

import json
import re
from pathlib import Path

from tests.unit.cli.conftest import Run

RATE = "recycling-rate"
MADE_EXTRACT = "pcds,doterm,oslaua\nWB1 1AA,,E06000901\nWB1 1AB,202001,E06000901\nCF1 1AA,,W06000015\n"
"""Made by hand in the shape of the ONS Postcode Directory."""


def test_a_claim_is_answered_with_what_it_rests_on(run: Run) -> None:
    record = json.loads(run("claim", RATE, "westbay", "highest", "--group", "england", "--format", "json").out)
    assert (record["answer"], record["ground"]) == ("cannot-say", "refused"), "two councils make no middle"
    assert (record["metric"], record["claim"], record["means"]) == (RATE, "highest", "highest")
    assert record["value"] is not None
    done = run("claim", RATE, "westbay", "worst", "--group", "england")
    assert done.out.startswith("Claim: Westbay is the worst of councils in England on")
    assert "We cannot say." in done.out


def test_a_word_that_is_no_claim_is_one_sentence(run: Run) -> None:
    done = run("claim", RATE, "westbay", "shiny")
    assert done.code == 2
    assert done.err.startswith("'shiny' is no claim that can be checked. Choose one of: highest, lowest,")


def test_postcodes_are_read_and_counted(run: Run, home: Path) -> None:
    register = (home / "catalogue/authorities/unitary.yaml").read_text()
    code = re.findall(r"E06\d{6}", register)[0]
    file = home / "onspd.csv"
    file.write_text(MADE_EXTRACT.replace("E06000901", code))
    record = json.loads(run("postcodes", str(file), "--format", "json").out)
    assert (record["rows_read"], record["kept"]) == (3, 1)
    assert record["refused"] == {"no longer in use": 1, "an area of Wales": 1}
    assert "an area of Wales" in run("postcodes", str(file)).out


def test_a_file_that_is_no_directory_is_one_sentence(run: Run, home: Path) -> None:
    done = run("postcodes", str(home / "nowhere.csv"))
    assert done.code == 5
    assert "There is no file" in done.err
