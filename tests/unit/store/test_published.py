"""The published folder: what is written is read back whole, changes are noticed, and a spoilt file changes nothing."""

import json
import logging
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from moothall.catalogue.places import published_folder
from moothall.catalogue.published import KINDS, PublishedFolder, dump_kind, load_kind, published_now, write_published
from moothall.domain.published import NOTHING
from moothall.domain.reply import FigureMark, Reply, ReplyAbout, ReplySubject, ReplyVersion, Stance

MARK = FigureMark(value=0.1 + 0.2, since="made-up/2022-12")
VERSION = ReplyVersion(
    1, Stance.DISAGREES, "It is 39 – we “counted”.", "https://leeds.example/1", MARK, date(2026, 11, 20)
)
REPLY = Reply("AB2C", ReplySubject(ReplyAbout.FIGURE, "LEEDS", "recycling", "2021-22"), (VERSION,))
OTHER = replace(REPLY, id="AB2D", withdrawn_on=date(2026, 11, 22))


def write(folder: Path, *replies: Reply) -> Path:
    return write_published(folder, Reply, lambda: replies)


def test_what_is_written_is_read_back_exactly(tmp_path: Path) -> None:
    write(tmp_path, REPLY, OTHER)
    assert PublishedFolder(tmp_path)().of(Reply) == (REPLY, OTHER)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_file_names_its_kind_and_schema(kind: object, tmp_path: Path) -> None:
    held = json.loads(dump_kind(kind, ()))  # type: ignore[arg-type]
    assert held == {"kind": kind.name, "schema": kind.schema, "items": []}  # type: ignore[attr-defined]


def test_a_folder_that_is_not_there_means_nothing_is_published(tmp_path: Path) -> None:
    found = PublishedFolder(tmp_path / "nowhere")()
    assert found.of(Reply) == ()
    assert found.mark == NOTHING.mark == ""


def test_a_change_is_noticed_and_changes_the_mark(tmp_path: Path) -> None:
    read = PublishedFolder(tmp_path)
    write(tmp_path, REPLY)
    first = read()
    assert read() is first
    write(tmp_path, REPLY, OTHER)
    second = read()
    assert second.of(Reply) == (REPLY, OTHER)
    assert len({"", first.mark, second.mark}) == 3
    (tmp_path / "replies.json").unlink()
    assert read().of(Reply) == ()


def test_what_says_the_same_is_not_written_again(tmp_path: Path) -> None:
    path = write(tmp_path, REPLY)
    before = path.stat().st_mtime_ns, path.stat().st_ino
    write(tmp_path, REPLY)
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before
    assert {found.name for found in tmp_path.iterdir()} == {"replies.json", "replies.json.lock"}


SPOILT = {
    "cut short": b'{"kind": "replies", "schema": 1, "items": [',
    "no text": b"\xff\xfe\x00",
    "another schema": b'{"kind": "replies", "schema": 99, "items": []}',
    "another kind": b'{"kind": "notes", "schema": 1, "items": []}',
    "a field is missing": b'{"kind": "replies", "schema": 1, "items": [{"id": "A"}]}',
    "no object": b"[]",
    "no items": b'{"kind": "replies", "schema": 1}',
}


@pytest.mark.parametrize("spoilt", SPOILT.values(), ids=SPOILT)
def test_a_file_that_cannot_be_read_is_said_once_and_its_last_good_state_stays(
    spoilt: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    read = PublishedFolder(tmp_path)
    path = write(tmp_path, REPLY)
    mark = read().mark
    path.write_bytes(spoilt)
    with caplog.at_level(logging.ERROR):
        assert [read().of(Reply) for _ in range(3)] == [(REPLY,)] * 3
    assert read().mark == mark
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "replies.json cannot be read" in caplog.text
    with pytest.raises(ValueError):  # noqa: PT011 - whatever is wrong with it
        load_kind(KINDS[0], spoilt)


def test_writers_take_turns_so_that_the_newest_state_is_written_last(tmp_path: Path) -> None:
    kept: list[Reply] = []
    is_loading, may_go_on = threading.Event(), threading.Event()

    def slow() -> list[Reply]:
        found = list(kept)
        is_loading.set()
        may_go_on.wait(5)
        return found

    first = threading.Thread(target=write_published, args=(tmp_path, Reply, slow))
    first.start()
    is_loading.wait(5)
    kept.append(REPLY)
    second = threading.Thread(target=write_published, args=(tmp_path, Reply, lambda: list(kept)))
    second.start()
    may_go_on.set()
    first.join(5)
    second.join(5)
    assert PublishedFolder(tmp_path)().of(Reply) == (REPLY,)


def test_the_folder_lies_beside_the_figures_unless_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOOTHALL_HOME", str(tmp_path))
    monkeypatch.delenv("MOOTHALL_PUBLISHED", raising=False)
    assert published_folder() == tmp_path / "data" / "published"
    monkeypatch.setenv("MOOTHALL_PUBLISHED", str(tmp_path / "elsewhere"))
    assert published_folder() == tmp_path / "elsewhere"
    write(tmp_path / "elsewhere", REPLY)
    assert published_now().of(Reply) == (REPLY,)
    assert published_now() is published_now()
    monkeypatch.setenv("MOOTHALL_PUBLISHED", str(tmp_path / "nowhere"))
    assert published_now().of(Reply) == ()
