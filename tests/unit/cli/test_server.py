"""What the server does around answers: a worker that holds more than its share of memory gives way to another."""

import resource
from pathlib import Path
from types import SimpleNamespace

import pytest

from moothall.cli import server


@pytest.mark.parametrize(
    ("megabytes", "stays"), [(server.MOST_MEGABYTES - 1, True), (server.MOST_MEGABYTES + 1, False)]
)
def test_a_full_worker_gives_way(
    megabytes: float, stays: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    held = tmp_path / "statm"
    held.write_text(f"999999 {int(megabytes * 1e6 / resource.getpagesize())} 1 1 0 1 0\n")
    monkeypatch.setattr(server, "MEMORY", held)
    worker = SimpleNamespace(alive=True)
    server.give_way_when_full(worker, None, None, None)
    assert worker.alive is stays


def test_where_the_system_does_not_say_nobody_gives_way(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(server, "MEMORY", tmp_path / "none")
    worker = SimpleNamespace(alive=True)
    server.give_way_when_full(worker, None, None, None)
    assert worker.alive is True


def test_a_running_program_knows_what_it_holds() -> None:
    assert server.resident_megabytes() == 0 or 10 < server.resident_megabytes() < 100_000


def test_gunicorn_takes_every_setting() -> None:
    made = server.Server(server.options("127.0.0.1", 8000, 2))
    assert made.cfg.post_request is server.give_way_when_full
    assert made.cfg.workers == 2
