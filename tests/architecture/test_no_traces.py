"""No tracked file names a package registry, a private host, or a folder of somebody's machine."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NEWLINE = b"\n"
UNTRACKED = {".git", ".venv", "node_modules", "built", "build", "staticfiles", "__pycache__", ".hypothesis"}

# Written in pieces, so that this file passes its own test.
REGISTRIES = [
    ".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"))
]
HOME_FOLDERS = ["/".join(("", *parts, "")) for parts in (("home",), ("root",), ("Users",), ("work",), ("tmp", "job"))]
TRACES = re.compile(
    "|".join(
        [
            *map(re.escape, REGISTRIES),
            rf"(?<![\w.~)}}-])(?:{'|'.join(HOME_FOLDERS)})[\w.]",
            r"https?://(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d",
            r"https?://[\w.-]+\.(?:internal|corp|lan)\b",
        ]
    ).encode()
)


def find_tracked(root: Path) -> Iterator[Path]:
    """The files that git tracks or would track; without git, every file outside the folders that tools make."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    answer = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if answer.returncode == 0:
        yield from (path for name in answer.stdout.split("\0") if name and (path := root / name).is_file())
        return
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in UNTRACKED and not name.endswith("_cache")]
        yield from (Path(folder, name) for name in names)


def find_traces(root: Path) -> list[str]:
    """One sentence for each trace of a machine or a registry in a tracked file."""
    return [
        f"{path.relative_to(root)}:{content[: at.start()].count(NEWLINE) + 1} names {at[0].decode()!r}"
        for path in sorted(find_tracked(root))
        for content in [path.read_bytes()]
        for at in TRACES.finditer(content)
    ]


def test_no_file_names_a_machine_or_a_registry() -> None:
    faults = find_traces(ROOT)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "text", [*REGISTRIES, *(f"x = {folder}me" for folder in HOME_FOLDERS), "http://" + "10.0.0.1:80"]
)
def test_a_trace_is_noticed(tmp_path: Path, text: str) -> None:
    (tmp_path / "planted.txt").write_text(f"first\n{text}\n")
    (trace,) = find_traces(tmp_path)
    assert trace.startswith("planted.txt:2 names ")


@pytest.mark.parametrize("text", ["http://127.0.0.1:8000", "https://www.gov.uk/work/x", "../shared/sources", "/tmp/x"])
def test_an_ordinary_address_passes(tmp_path: Path, text: str) -> None:
    (tmp_path / "fine.txt").write_text(text)
    assert find_traces(tmp_path) == []
