"""The published files themselves, where the mirror is at hand: fetched, read, and spoilt."""

from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

import pytest

from moothall.catalogue.places import releases_folder
from moothall.errors import FetchError, ReadError
from moothall.pipeline.fetch import fetch_sources
from moothall.pipeline.read import open_table, read_sources
from moothall.pipeline.release import read_manifest
from tests.sources.reading import source
from tests.support.real import real_catalogue

SOURCES = ("oflog-waste", "oflog-adult-social-care", "defra-local-authority-collected-waste")


@dataclass(frozen=True)
class Account:
    """What reading a table must give, counted by hand from the published file."""

    rows_read: int
    observations: int


ACCOUNTS = {
    ("oflog-waste", "waste"): Account(7458, 7458),
    ("oflog-adult-social-care", "adult-social-care"): Account(6376, 6376),
    ("defra-local-authority-collected-waste", "rates"): Account(18528, 17640),
    ("defra-local-authority-collected-waste", "tonnages"): Account(12352, 12076),
}


@pytest.mark.parametrize("source_id", SOURCES)
def test_the_published_files_give_the_shipped_figures(mirror: Path, tmp_path: Path, source_id: str) -> None:
    fetched = fetch_sources(real_catalogue(), [source_id], mirror, tmp_path / "raw")
    assert all(file.is_new for file in fetched)
    (read,) = read_sources(real_catalogue(), [source_id], tmp_path / "raw", tmp_path / "releases")
    for table in read.tables:
        expected = ACCOUNTS[source_id, table.id]
        assert (table.rows_read, table.observations) == (expected.rows_read, expected.observations)
    made, ours = read_manifest(tmp_path / "releases"), read_manifest(releases_folder())
    for name, entry in made.items():
        assert entry["content_sha256"] == ours[name]["content_sha256"], f"{name} is not what the published file gives"


@pytest.mark.parametrize("source_id", SOURCES)
def test_a_byte_changed_in_the_mirror_is_noticed(mirror: Path, tmp_path: Path, source_id: str) -> None:
    definition = source(source_id)
    copytree(mirror / definition.folder, tmp_path / definition.folder)
    path = tmp_path / definition.folder / definition.releases[0].files[0].path
    path.chmod(0o644)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(ReadError, match="not the file that was described"):
        read_sources(real_catalogue(), [source_id], tmp_path, tmp_path / "releases")
    with pytest.raises(FetchError, match="was expected"):
        fetch_sources(real_catalogue(), [source_id], tmp_path, tmp_path / "raw")
    assert not list((tmp_path / "raw").rglob("*.*"))
    assert not (tmp_path / "releases").exists()


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
@pytest.mark.parametrize("source_id", ["oflog-waste", "defra-local-authority-collected-waste"])
def test_a_truncated_file_is_one_sentence_even_unpinned(
    mirror: Path, tmp_path: Path, source_id: str, share: float
) -> None:
    definition = source(source_id)
    table = definition.releases[0].tables[0]
    data = (mirror / definition.folder / table.file).read_bytes()
    path = tmp_path / table.file
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(ReadError, match=f"{table.file} is not") as caught:
        open_table(path, table)
    assert "\n" not in str(caught.value)
