"""Folders follow the home that the environment names."""

from pathlib import Path

import pytest

from moothall.catalogue import places


def test_the_home_is_this_project_unless_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(places.HOME_VARIABLE, raising=False)
    assert places.home() == Path(__file__).resolve().parents[2]
    assert (places.catalogue_folder() / "themes.yaml").is_file()


def test_every_folder_lies_under_a_named_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(places.HOME_VARIABLE, str(tmp_path))
    monkeypatch.delenv(places.BUILDS_VARIABLE, raising=False)
    assert places.catalogue_folder() == tmp_path / "catalogue"
    assert places.releases_folder() == tmp_path / "data" / "releases"
    assert places.raw_folder() == tmp_path / "data" / "raw"
    assert places.builds_folder() == tmp_path / "data" / "build"


def test_builds_may_lie_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(places.BUILDS_VARIABLE, str(tmp_path / "builds"))
    assert places.builds_folder() == tmp_path / "builds"
