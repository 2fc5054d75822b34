"""`moothall publish`: a copy that any web server can serve, whole in itself, that goes on where it was stopped."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from html import unescape
from pathlib import Path

import openpyxl
import pytest
from django.test import Client

from moothall.catalogue.published import write_published
from moothall.domain.practice import PracticeNote
from moothall.presenters.fixed_copy import Resolve, address_in_copy, file_of, fixed_page, make_resolver, subject_of
from moothall.store import Store
from moothall.web import current
from moothall.web.urls import example_addresses
from tests.functional.conftest import make_example_store
from tests.support.published import NOTE
from tests.support.tiny_home import build_home, make_home, read_home

ROOT = Path(__file__).resolve().parents[2]
RESOLVE = make_resolver(make_example_store())


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/metrics", "metrics/index.html"),
        ("/authorities/leeds/themes/waste", "authorities/leeds/themes/waste/index.html"),
        ("/authorities?type=county", "authorities/type-county/index.html"),
        ("/metrics/recycling?group=type:county", "metrics/recycling/type-county/index.html"),
        ("/metrics/recycling/figures.csv?group=type:county", "metrics/recycling/type-county/figures.csv"),
        ("/authorities/leeds/figures.csv", "authorities/leeds/figures.csv"),
        ("/static/built/moothall.css?v=0c81", "static/built/moothall.css"),
        ("/robots.txt", "robots.txt"),
    ],
)
def test_each_address_has_a_file(address: str, file: str) -> None:
    assert file_of(address).as_posix() == file


@pytest.mark.parametrize(
    ("address", "held"),
    [
        ("/sources#licences", "/sources#licences"),
        ("/metrics/recycling?authority=leeds", "/metrics/recycling?group=type:metropolitan-district"),
        ("/metrics/recycling?authority=atlantis", "/metrics/recycling"),
        ("/metrics/recycling?period=2020-21", "/metrics/recycling"),
        ("/metrics/recycling/figures.csv?group=type:county", "/metrics/recycling/figures.csv?group=type:county"),
        ("/authorities?type=county", "/authorities?type=county"),
        ("/authorities/leeds?group=region#waste", "/authorities/leeds#waste"),
        ("/trail/recycling/leeds/2021-22", "/authorities/leeds/trails"),
        ("/compare?authority=leeds", "/copies"),
        ("/search?q=x", "/copies"),
        ("/take-part", "/copies"),
        ("/c/abc123", "/copies"),
        ("/metrics/recycling/words?authority=leeds&period=2020-21", "/words"),
        ("/metrics/recycling/figures.xlsx?group=type:county", "/copies"),
        ("/metrics/recycling/changed.csv?group=type:county", "/copies"),
        ("/metrics/recycling/figures.xlsx?authority=leeds", "/metrics/recycling/figures.xlsx"),
        ("/metrics/recycling/map/areas.csv", "/copies"),
        ("/authorities/leeds/trails/trails.xlsx", "/copies"),
        ("/authorities/leeds/trails/trails.csv", "/authorities/leeds/trails/trails.csv"),
        ("/authorities/leeds/questions/waste", "/authorities/leeds/questions/waste"),
        ("/metrics/recycling/every-period.csv", "/copies"),
        ("/metrics/recycling/spread.png", "/copies"),
        ("/authorities/leeds/themes/waste/figures.csv", "/authorities/leeds/figures.csv"),
        ("/authorities/leeds/themes/waste/figures.xlsx", "/authorities/leeds/figures.xlsx"),
        ("/authorities/leeds/questions/waste/questions.csv", "/copies"),
    ],
)
def test_a_link_leads_to_what_stands_in_for_it(address: str, held: str) -> None:
    assert RESOLVE(address) == held


USUAL, OTHER = "unitary", "metropolitan-district"
RATE = "/metrics/household-waste-recycling-rate"


@pytest.mark.parametrize(
    ("address", "held"),
    [
        (f"{RATE}?group=type:{USUAL}#sources", f"{RATE}#sources"),
        (f"{RATE}/figures.csv?group=type:{USUAL}", f"{RATE}/figures.csv"),
        (f"{RATE}/figures.csv?group=type:{OTHER}", f"{RATE}/figures.csv?group=type:{OTHER}"),
        (f"{RATE}/figures.xlsx?group=type:{USUAL}", f"{RATE}/figures.xlsx"),
    ],
)
def test_what_a_metric_shows_of_its_usual_group_is_there_once(address: str, held: str) -> None:
    assert RESOLVE(address) == held


def test_links_have_the_slash_that_servers_want() -> None:
    assert address_in_copy("/") == "/"
    assert address_in_copy("/sources#licences") == "/sources/#licences"
    assert address_in_copy("/robots.txt") == "/robots.txt"


def test_forms_are_taken_out_and_the_search_leads_to_all_names() -> None:
    html = (
        '<form class="s" action="/search"><input name="q"></form><form action="/compare"><select></select></form>'
        '<a href="/metrics/recycling?authority=leeds&amp;period=2020-21">x</a></body>'
    )
    fixed = fixed_page("/", html, RESOLVE)
    copy = fixed.html
    assert copy.count("<form") == 1
    assert 'action="/names/"' in copy
    assert "choices need the live site" in copy
    assert 'href="/metrics/recycling/type-metropolitan-district/"' in copy
    assert "<script" not in copy
    assert "<script" in fixed_page("/names", html, RESOLVE).html
    assert fixed.links == ("/metrics/recycling?group=type:metropolitan-district",)


def test_files_that_only_the_live_site_makes_are_not_offered_and_said_to_be_there() -> None:
    files = ("/metrics/recycling/figures.xlsx", "/metrics/recycling/spread.png", "/metrics/recycling/every-period.csv")
    html = "".join(f'<li><a href="{file}" download>x</a></li>\n' for file in files)
    fixed = fixed_page("/metrics/recycling", html, RESOLVE)
    kept, said = fixed.html.splitlines()
    assert kept == f'<li><a href="{files[0]}" download>x</a></li>'
    assert said == '<li><a href="/copies/">Other files of this page: on the live site only</a></li>'
    assert fixed.links == (files[0], "/copies")


def test_the_styles_that_every_page_repeats_give_way_to_the_sheet_that_holds_them() -> None:
    sheet, rest = '<link rel="stylesheet" href="/static/a.css?v=1">', "<p>y</p><style>c{}</style>"
    html = f"<head><style>b{{}}</style></head><h1>x</h1>{sheet}{rest}"
    fixed = fixed_page("/", html, RESOLVE).html
    assert fixed == f'<head><link rel="stylesheet" href="/static/a.css"></head><h1>x</h1>{rest}'
    assert fixed_page("/", "<style>b{}</style>", RESOLVE).html == "<style>b{}</style>"


@pytest.mark.parametrize(
    ("address", "subject"),
    [
        ("/authorities/leeds/themes/waste", "/authorities/leeds"),
        ("/metrics/recycling?group=type:county", "/metrics/recycling"),
        ("/authorities", ""),
        ("/authorities?type=county", ""),
        ("/sources/defra", ""),
    ],
)
def test_pages_of_a_council_or_a_metric_are_made_in_one_go(address: str, subject: str) -> None:
    assert subject_of(address) == subject


# ---------------------------------------------------------------- the command


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = make_home(tmp_path_factory.mktemp("home"))
    read_home(made)
    build_home(made)
    shutil.copytree(ROOT / "docs" / "methodology", made / "docs" / "methodology")
    return made


def publish(home: Path, folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "moothall.cli.main", "publish", str(folder), *more]
    environment = {**os.environ, "MOOTHALL_HOME": str(home)}
    for elsewhere in ("MOOTHALL_BUILDS", "MOOTHALL_PUBLISHED"):
        environment.pop(elsewhere, None)
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def copy(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copies") / "copy"
    done = publish(home, folder, "--site", "https://figures.example.org")
    assert done.returncode == 0, done.stderr
    assert re.search(r"^[\d,]+ pages and files of build \w{12} are in ", done.stderr)
    return folder


@pytest.mark.slow
def test_every_link_of_the_copy_leads_to_a_file_of_it(copy: Path) -> None:
    pages = list(copy.rglob("*.html"))
    assert len(pages) > 40
    dead = set()
    for page in pages:
        for link in re.findall(r'\b(?:href|src|action)="(/[^"]*)"', page.read_text(encoding="utf-8")):
            path = unescape(link).partition("#")[0]
            file = copy / path.strip("/") / "index.html" if path.endswith("/") else copy / path.strip("/")
            if not file.is_file():
                dead.add(link)
    assert not dead
    assert "figures.example.org" in (copy / "sitemap.xml").read_text(encoding="utf-8")
    assert "Page not found" in (copy / "404.html").read_text(encoding="utf-8")
    assert not list(copy.rglob("*.part"))
    assert "Why there is no league table" in (copy / "league-table" / "index.html").read_text(encoding="utf-8")


SITE = "https://figures.example.org"


def addresses_in(file: Path) -> set[str]:
    """The addresses of the copy that a file writes out whole: in citations, tables, workbooks, feeds."""
    if file.suffix == ".xlsx":
        book = openpyxl.load_workbook(file)
        text = "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    else:
        text = unescape(file.read_text(encoding="utf-8")) if file.suffix not in (".png", ".ico", ".br", ".gz") else ""
    text = re.sub(r"<id>.*?</id>", "", text)  # names of entries, which lead nowhere and never change
    return {found.rstrip(".") for found in re.findall(rf"{SITE}(/[^\s\"'<>,;)|]*)", text)}


@pytest.mark.slow
def test_every_whole_address_in_a_file_of_the_copy_leads_to_one(copy: Path) -> None:
    """Servers lead an address without the last slash to the folder; the choices after a question mark they leave out,
    so none may stand there.
    """
    dead = set()
    for file in (path for path in copy.rglob("*") if path.is_file() and path.name != ".moothall-copy.jsonl"):
        for address in addresses_in(file):
            path = copy / address.partition("#")[0].strip("/")
            if not path.is_file() and not (path / "index.html").is_file():
                dead.add(f"{file.relative_to(copy)}: {address}")
    assert dead == set()


@pytest.mark.slow
def test_a_copy_that_was_stopped_goes_on_where_it_was(home: Path, copy: Path) -> None:
    state = copy / ".moothall-copy.jsonl"
    lines = state.read_text(encoding="utf-8").splitlines()
    kept = lines[: len(lines) // 2]
    state.write_text("\n".join([*kept, lines[len(kept)][:9]]), encoding="utf-8")
    before = {path: path.stat().st_mtime_ns for path in copy.rglob("*.html")}
    lost = copy / "metrics" / "index.html"
    lost.unlink()
    (copy / "stranger.html").write_text("left by an older build")
    done = publish(home, copy, "--site", "https://figures.example.org")
    assert done.returncode == 0, done.stderr
    assert "1 old one was removed." in done.stderr
    assert lost.is_file()
    same = [path for path, when in before.items() if path != lost and path.stat().st_mtime_ns == when]
    assert len(same) == len(before) - 1


@pytest.mark.slow
def test_a_copy_follows_what_is_published_beside_the_same_build(home: Path, tmp_path: Path) -> None:
    code = next(iter(Store.open(home / "data" / "build").catalogue.authorities))
    folder, page = home / "data" / "published", tmp_path / "copy" / "practice" / NOTE.id / "index.html"
    for notes, is_there in (((replace(NOTE, authority=code),), True), ((), False)):
        write_published(folder, PracticeNote, lambda notes=notes: notes)  # type: ignore[misc]
        done = publish(home, tmp_path / "copy", "--site", "https://figures.example.org")
        assert done.returncode == 0, done.stderr
        assert page.is_file() is is_there
        listed = (tmp_path / "copy" / "practice" / "index.html").read_text(encoding="utf-8")
        assert (NOTE.title in listed) is is_there


@pytest.mark.slow
@pytest.mark.parametrize("site", ["figures.example.org", "ftp://example.org", "https://example.org/under/here"])
def test_an_address_that_a_copy_cannot_have_is_refused(home: Path, tmp_path: Path, site: str) -> None:
    done = publish(home, tmp_path / "copy", "--site", site)
    assert done.returncode != 0
    assert done.stderr.startswith(f"--site is '{site}': give the address without a path")
    assert not (tmp_path / "copy").exists()


@pytest.mark.slow
def test_a_folder_with_other_files_is_left_alone(home: Path, tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    done = publish(home, tmp_path)
    assert done.returncode != 0
    assert "has other files in it" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]


# ---------------------------------------------------------------- the shipped figures


@pytest.mark.slow
def test_no_link_of_a_sample_of_the_shipped_copy_is_dead(shipped: Path) -> None:
    """Pages of every route as the copy would hold them, and one in so many of all that they lead to."""
    store, reader = Store.open(shipped), Client()
    current.current_store.serve_only(store)
    resolve = make_resolver(store)
    examples = (address for found in example_addresses(store).values() for address in list(found)[:6])
    pages = sorted({resolve(address).partition("#")[0] for address in examples})
    links = {link for page in pages for link in links_of(reader, page, resolve) if not link.startswith("/static/")}
    sample = sorted(links)[:: max(1, len(links) // MOST_LINKS)]
    dead = [link for link in sample if reader.get(link).status_code != 200]
    current.current_store.serve_only(None)
    store.close()
    assert len(sample) > MOST_LINKS // 2
    assert dead == []


MOST_LINKS = 500


def links_of(reader: Client, page: str, resolve: Resolve) -> tuple[str, ...]:
    return fixed_page(page, reader.get(page).content.decode(), resolve).links
