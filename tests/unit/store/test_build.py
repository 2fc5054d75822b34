"""A build is named by its inputs and replaces the last one whole, or not at all."""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path

import duckdb
import pytest

from moothall.catalogue import load_catalogue
from moothall.errors import BuildError, NoBuild, ReleaseError
from moothall.pipeline.build import hash_of, is_current
from moothall.store import Store, builds_in, current_build, has_build
from moothall.store.writer import BuildWriter
from tests.support.tiny_home import build_home, make_home, read_home


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    """A copy of the tiny home that a test may break."""
    return Path(shutil.copytree(built, tmp_path / "home"))


def builds(home: Path) -> Path:
    return home / "data" / "build"


def releases(home: Path) -> Path:
    return home / "data" / "releases"


def change_definition(home: Path) -> None:
    path = home / "catalogue/metrics/waste/recycling-rate.yaml"
    path.write_text(path.read_text().replace("Recycling saves material.", "It saves material and money."))


def test_the_same_inputs_have_the_same_name_wherever_they_lie(built: Path, tmp_path: Path) -> None:
    elsewhere = make_home(tmp_path / "elsewhere")
    read_home(elsewhere)
    assert build_home(elsewhere) == current_build(builds(built)).stem


def test_the_name_changes_with_a_definition_and_with_a_figure(home: Path) -> None:
    before = hash_of(load_catalogue(home / "catalogue"), releases(home))
    change_definition(home)
    after = hash_of(load_catalogue(home / "catalogue"), releases(home))
    manifest = releases(home) / "MANIFEST.json"
    manifest.write_text(manifest.read_text().replace('"rows": 6', '"rows": 7'))
    assert len({before, after, hash_of(load_catalogue(home / "catalogue"), releases(home))}) == 3


def test_a_build_is_current_until_an_input_changes(home: Path) -> None:
    inputs = home / "catalogue", releases(home), builds(home)
    assert is_current(*inputs)
    change_definition(home)
    assert not is_current(*inputs)


def test_the_pointer_moves_and_two_builds_are_kept(home: Path) -> None:
    first = current_build(builds(home))
    change_definition(home)
    assert build_home(home) == current_build(builds(home)).stem != first.stem
    path = home / "catalogue/metrics/waste/recycling-rate.yaml"
    path.write_text(path.read_text() + "\nnext_release: {month: 2027-02}\n")
    build_home(home)
    kept = builds_in(builds(home))
    assert len(kept) == 2
    assert current_build(builds(home)) in kept


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (lambda file: file.write_bytes(file.read_bytes()[:-1] + b"\x00"), "was altered|has .* bytes|cannot be read"),
        (lambda file: file.write_bytes(file.read_bytes()[:100]), "has 100 bytes"),
        (lambda file: file.unlink(), "is missing"),
        (lambda file: shutil.copy(file, file.with_name("2025-02.parquet")), "is not in MANIFEST.json"),
        (lambda file: (file.parents[1] / "MANIFEST.json").write_text("{"), "is not whole"),
    ],
    ids=["one byte changed", "cut short", "missing", "unlisted", "manifest cut short"],
)
def test_a_damaged_release_file_stops_the_build_and_the_last_one_serves(
    home: Path, fault: Callable[[Path], object], sentence: str
) -> None:
    before = current_build(builds(home)).read_bytes()
    fault(releases(home) / "waste-returns" / "2024-02.parquet")
    with pytest.raises(ReleaseError, match=sentence):
        build_home(home)
    assert current_build(builds(home)).read_bytes() == before
    assert Store.open(builds(home)).cell("recycling-rate", "WBY", "2021-22") is not None


def test_a_build_that_fails_midway_leaves_nothing_behind(home: Path) -> None:
    before = sorted(path.name for path in builds(home).iterdir())
    with pytest.raises(ZeroDivisionError):
        give_up(home)
    assert sorted(path.name for path in builds(home).iterdir()) == before


def give_up(home: Path) -> None:
    """Begin a build and fail in the middle of it."""
    with BuildWriter.begin(builds(home), "0" * 12) as writer:
        writer.add_facts({"build_id": "0" * 12})
        raise ZeroDivisionError


def test_two_builds_at_once_are_refused(home: Path) -> None:
    with BuildWriter.begin(builds(home), "0" * 12) as writer:
        writer.add_facts({"build_id": "0" * 12})
        with pytest.raises(BuildError, match="Another build is being written"):
            build_home(home)


def test_without_a_build_the_reader_says_what_to_do(tmp_path: Path) -> None:
    assert not has_build(tmp_path)
    with pytest.raises(NoBuild, match="run `moothall build`"):
        Store.open(tmp_path)


def test_a_build_that_is_no_database_is_refused_in_a_sentence(home: Path) -> None:
    current_build(builds(home)).write_bytes(b"not a database")
    with pytest.raises(NoBuild, match="cannot be read: run `moothall build`"):
        Store.open(builds(home))


def test_a_build_of_another_layout_is_refused_in_a_sentence(home: Path) -> None:
    with duckdb.connect(str(current_build(builds(home)))) as connection:
        connection.execute("UPDATE fact SET value = '1' WHERE key = 'schema'")
    with pytest.raises(NoBuild, match="made by another version of Moothall: run `moothall build`"):
        Store.open(builds(home))


SLOW_BUILD = """
import sys, time
from pathlib import Path
from moothall.store.writer import BuildWriter
with BuildWriter.begin(Path(sys.argv[1]), "f" * 12) as writer:
    writer.add_facts({"build_id": "f" * 12, "filler": "x" * 1_000_000})
    print("writing", flush=True)
    time.sleep(60)
"""


@pytest.mark.slow
def test_a_build_killed_at_its_work_leaves_the_last_one_serving_and_the_next_one_free(home: Path) -> None:
    before = current_build(builds(home))
    child = subprocess.Popen([sys.executable, "-c", SLOW_BUILD, str(builds(home))], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "writing\n"
    os.kill(child.pid, signal.SIGKILL)
    child.wait(timeout=10)
    child.stdout.close()
    assert list(builds(home).glob(".*unfinished*"))
    assert current_build(builds(home)) == before
    change_definition(home)
    assert build_home(home) == current_build(builds(home)).stem
    assert not list(builds(home).glob(".*unfinished*"))


CAN_MOUNT = os.geteuid() == 0
"""Root tries a disk that is really full; everybody tries a limit on the size of files, which fails the same way."""


@pytest.mark.parametrize("shortage", ["file-limit", *(["small-disk"] if CAN_MOUNT else [])])
@pytest.mark.slow
def test_a_full_disk_is_one_sentence_and_the_last_build_serves(home: Path, tmp_path: Path, shortage: str) -> None:
    size = current_build(builds(home)).stat().st_size
    disk = tmp_path / "disk"
    disk.mkdir()
    with small_disk(disk, size * 3 // 2) if shortage == "small-disk" else nullcontext():
        shutil.copytree(builds(home), disk, dirs_exist_ok=True)
        change_definition(home)
        message = build_on(home, disk, size // 2 if shortage == "file-limit" else None)
        assert "could not be written" in message
        assert "the last build still serves" in message
        assert len(message.splitlines()) == 1
        with closing(Store.open(disk)) as store:
            assert store.cell("recycling-rate", "WBY", "2021-22") is not None
        assert not list(disk.glob(".*unfinished*"))


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[None]:
    """A disk in memory of so many bytes, mounted on ``folder``."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def build_on(home: Path, disk: Path, largest_file: int | None) -> str:
    """Run the command with its builds on another disk; returns what it says on standard error."""

    def limit() -> None:
        if largest_file:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

    environment = {**os.environ, "MOOTHALL_HOME": str(home), "MOOTHALL_BUILDS": str(disk)}
    command = [sys.executable, "-m", "moothall.cli.main", "build"]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=60, preexec_fn=limit
    )
    assert done.returncode == BuildError.exit_code, done.stderr
    return done.stderr.strip()


def test_the_manifest_says_how_many_rows_each_file_has(built: Path) -> None:
    manifest = json.loads((releases(built) / "MANIFEST.json").read_text())
    assert {name: entry["rows"] for name, entry in manifest.items()} == {
        "waste-returns/2023-02.parquet": 4,
        "waste-returns/2024-02.parquet": 6,
    }
