"""The glossary lint finds nothing here, and finds each kind of refused word where it is planted."""

import shutil
from pathlib import Path

import pytest

from scripts.glossary_lint import find_faults, load_glossary, main

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty repository with our glossary."""
    shutil.copy(ROOT / "GLOSSARY.md", tmp_path)
    return tmp_path


def plant(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)


@pytest.mark.slow
def test_our_code_and_prose_use_our_words() -> None:
    faults = find_faults(ROOT)
    assert not faults, "\n".join(faults)


CODE = "src/moothall/planted.py"
CATALOGUE = "catalogue/metrics/planted.yaml"
TEMPLATE = "src/moothall/web/templates/planted.html"


@pytest.mark.parametrize(
    ("name", "text", "word", "line"),
    [
        ("src/moothall/utils.py", "", "utils", 1),
        ("scripts/x.py", "def date_helper(): ...", "helper", 1),
        ("tests/x.py", "class ReleaseManager: ...", "manager", 1),
        ("bench/x.py", "\ndata2 = 1", "data2", 2),
        (CODE, "def process_rows(): ...", "process_", 1),
        (CODE, "class C:\n    def get_median(self): ...", "get_", 2),
        (CODE, "def process_exceptions(): ...", "process_", 1),
        (CATALOGUE, "read: Its indicator.\nwhy: An indicator.", "indicator", 2),
        (CODE, "def f(kpi): ...", "kpi", 1),
        (CODE, "data_point = 1", "data point", 1),
        (CODE, "self.la_code = 1", "la", 1),
        (CODE, "import numpy as org", "org", 1),
        (CODE, "neighbours = 1", "neighbours", 1),
        (CODE, "def find_risk_score(): ...", "risk score", 1),
        (CATALOGUE, "id: x\ndefinition: >\n  The first line,\n  and a KPI.", "kpi", 4),
        (CATALOGUE, "caveats:\n  - one\n  - Many data points.", "data point", 3),
        (TEMPLATE, "<p>\n  See {{ value }} of this\n  measure. Of this measure.</p>", "this measure", 3),
    ],
)
def test_a_refused_word_is_found(folder: Path, name: str, text: str, word: str, line: int) -> None:
    plant(folder, name, text)
    (fault,) = find_faults(folder)
    assert fault.startswith(f"{name}:{line}: ")
    assert f'has the word "{word}"; write ' in fault


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (CODE, "from django.shortcuts import get_object_or_404\nfound = get_object_or_404(x).get_absolute_url()"),
        (CODE, "class C:\n    def process_exception(self): ..."),
        (CODE, "statistical_nearest_neighbours = flags = plan = organisation = measured = 1"),
        (CODE, 'name = "kpi"  # utils'),
        (CATALOGUE, "title: Each KPI of a publisher\nsynonyms: [KPI]\n# KPI"),
        (CATALOGUE, "id: [unclosed"),
        (TEMPLATE, '<p class="kpi">{# KPI #}{% set kpi = 1 %}{{ kpi }}</p><!-- KPI -->'),
    ],
)
def test_other_words_pass(folder: Path, name: str, text: str) -> None:
    plant(folder, name, text)
    assert find_faults(folder) == []


def test_the_lint_ends_with_one_when_it_finds_something(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder)]) == 0
    plant(folder, CODE, "kpi = 1")
    assert main([str(folder)]) == 1
    assert capsys.readouterr().out.endswith(
        f'{CODE}:1: "kpi" has the word "kpi"; write metric instead.\nGlossary: 1 refused words.\n'
    )


def test_a_glossary_without_its_table_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "GLOSSARY.md").write_text("# Glossary\n")
    with pytest.raises(ValueError, match="the lint would refuse nothing"):
        load_glossary(tmp_path / "GLOSSARY.md")
