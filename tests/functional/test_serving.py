"""`moothall serve`: prints its address once it answers, stops cleanly, and keeps serving the last good build."""

import os
import signal
import socket
import time
import urllib.request
from pathlib import Path

import pytest

from moothall.pipeline.build import build
from tests.support.serving import free_port, serving, start, until_announced
from tests.support.tiny_home import build_home, make_home, read_home

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = make_home(tmp_path / "home")
    read_home(made)
    return made


def text_of(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return str(answer.read().decode())


def variables(home: Path, port: int) -> dict[str, str]:
    return {"HOST": "127.0.0.1", "PORT": str(port), "MOOTHALL_HOME": str(home)}


def test_it_builds_prints_its_address_answers_and_stops_on_ctrl_c(home: Path) -> None:
    port = free_port()
    process = start(variables(home, port))
    said = until_announced(process)
    assert f"http://127.0.0.1:{port}/" in said
    assert "Recycling rate" in text_of(f"http://127.0.0.1:{port}/metrics")
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 0
    assert process.stderr is not None
    rest = process.stderr.read()
    process.stderr.close()
    assert "Traceback" not in rest


def test_a_new_build_is_served_without_a_restart(home: Path) -> None:
    build_home(home)
    with serving(home / "data" / "build", MOOTHALL_HOME=str(home), WEB_CONCURRENCY="1") as server:
        path = home / "catalogue/metrics/waste/recycling-rate.yaml"
        path.write_text(path.read_text().replace("title: Recycling rate", "title: Rate of recycling"))
        assert "Rate of recycling" not in text_of(server.address + "/metrics")
        build(home / "catalogue", home / "data" / "releases", home / "data" / "build")
        assert "Rate of recycling" in text_of(server.address + "/metrics")


def test_a_build_that_fails_leaves_the_last_one_serving(home: Path) -> None:
    build_home(home)
    release = home / "data/releases/waste-returns/2024-02.parquet"
    (home / "catalogue/themes.yaml").write_text("themes: [")
    release.write_bytes(release.read_bytes()[:-1])
    with serving(home / "data" / "build", MOOTHALL_HOME=str(home), WEB_CONCURRENCY="1") as server:
        assert "Serving the last good build instead" in server.said
        assert "Westbay" in text_of(server.address + "/authorities")


@pytest.mark.parametrize(("port", "sentence"), [("http", "PORT is 'http'"), ("0", "PORT is '0'"), ("70000", "70000")])
def test_a_port_that_cannot_be(home: Path, port: str, sentence: str) -> None:
    process = start({**variables(home, 1), "PORT": port})
    _, said = process.communicate(timeout=60)
    assert process.returncode == 2
    assert sentence in said
    assert len(said.strip().splitlines()) == 1


def test_a_port_that_is_taken(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = start(variables(home, taken.getsockname()[1]))
        _, said = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "choose another HOST or PORT" in said


def test_a_worker_that_is_killed_is_replaced(home: Path) -> None:
    build_home(home)
    with serving(home / "data" / "build", MOOTHALL_HOME=str(home), WEB_CONCURRENCY="1") as server:
        children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
        os.kill(int(children[0]), signal.SIGKILL)
        for _ in range(100):
            try:
                assert "Westbay" in text_of(server.address + "/authorities")
                break
            except OSError:
                time.sleep(0.1)
        else:
            pytest.fail("no worker came back")
