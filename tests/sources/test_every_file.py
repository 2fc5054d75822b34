"""Every file that the publishers gave us is read, or it is written why not; nothing is explained that is not there."""

import csv
from pathlib import Path

import pytest

from moothall.catalogue.check_unread import idle_explanations, unexplained_files
from moothall.pipeline.mirror import mirror_files, mirror_problems
from tests.support.real import real_catalogue

NOT_IN_THE_REGISTER = {"E61000001", "E12000007"}
"""The Greater London Authority, which is no council, under the codes of two registers."""

COUNCILS = ("E06", "E07", "E08", "E09", "E10", "E47", "E61")


def test_the_manifest_holds_nothing_that_is_neither_read_nor_explained(mirror: Path) -> None:
    with (mirror / "MANIFEST.csv").open(encoding="utf-8", newline="") as file:
        listed = [(folder, path) for row in csv.DictReader(file) for folder, _, path in [row["file"].partition("/")]]
    assert len(listed) > 200
    assert unexplained_files(real_catalogue(), listed) == []
    assert idle_explanations(real_catalogue(), listed) == []
    assert sorted(listed) == sorted(mirror_files(mirror)), "the manifest and the folder differ"


def test_a_file_that_nobody_described_is_named(mirror: Path, tmp_path: Path) -> None:
    for name in ("oflog-waste/testData.json", "oflog-waste/new.csv", "a-new-source/figures.ods"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("made for a test", encoding="utf-8")
    first, second = mirror_problems(real_catalogue(), tmp_path)
    assert first.startswith("a-new-source/figures.ods is neither read by a source nor explained")
    assert second.startswith("oflog-waste/new.csv is neither")


@pytest.mark.parametrize(
    ("path", "column"),
    [
        ("authority-register/uk_local_authorities_future.csv", "gss-code"),
        ("authority-organisations/local-authority.csv", "statistical-geography"),
        ("ons-code-history/la_all_codes.csv", "LADCD"),
        ("ons-code-history/utla_all_codes.csv", "UTLACD"),
    ],
)
def test_the_register_knows_every_council_of_other_registers(mirror: Path, path: str, column: str) -> None:
    with (mirror / path).open(encoding="utf-8-sig", newline="") as file:
        codes = {row[column] for row in csv.DictReader(file)} - NOT_IN_THE_REGISTER
    ours = {each.code for authority in real_catalogue().authorities.values() for each in authority.area_codes}
    wanted = {code for code in codes if code.startswith(COUNCILS)}
    assert len(wanted) > 100
    assert wanted <= ours, sorted(wanted - ours)


def test_each_source_says_where_its_newest_file_is_or_why_nobody_can_look() -> None:
    silent = [id_ for id_, each in real_catalogue().sources.items() if not each.live and not each.not_live]
    assert silent == []
