"""Every public module, class and function of src/ says what it is, and every public function is annotated.

A method marked @override or @overload has its framework's or its own other docstring, a method of a Protocol (whose
body is `...`) needs none beside its class's; migrations are generated.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src"

Function = ast.FunctionDef | ast.AsyncFunctionDef


def is_public(node: ast.ClassDef | Function) -> bool:
    """Whether a name is meant for others, and its docstring is its own."""
    marks = {ast.unparse(decorator).split(".")[-1] for decorator in node.decorator_list}
    return not node.name.startswith("_") and not marks & {"override", "overload", "setter"}


def find_public(node: ast.Module | ast.ClassDef) -> Iterator[ast.ClassDef | Function]:
    """Public classes and functions of a module, and the methods of those classes; Django's Meta is none."""
    for child in node.body:
        if isinstance(child, ast.ClassDef) and is_public(child) and child.name != "Meta":
            yield child
            yield from find_public(child)
        elif isinstance(child, Function) and is_public(child):
            yield child


def is_outline(node: ast.ClassDef | Function) -> bool:
    """Whether a function only outlines a shape: its body is `...`."""
    return isinstance(node, Function) and ast.unparse(node.body[0]) == "..."


def find_missing_annotations(function: Function) -> list[str]:
    """The arguments, and "return", that have no annotation."""
    given = function.args
    every = [*given.posonlyargs, *given.args, *given.kwonlyargs, *filter(None, (given.vararg, given.kwarg))]
    missing = [
        argument.arg for argument in every if argument.annotation is None and argument.arg not in ("self", "cls")
    ]
    return missing + ["return"] * (function.returns is None)


def find_name_faults(source: Path) -> list[str]:
    """One sentence for each public name without a docstring or an annotation."""
    faults = []
    for path in sorted(source.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        place = str(path.relative_to(source))
        if tree.body and not ast.get_docstring(tree):
            faults.append(f"{place}:1 has no docstring.")
        for node in find_public(tree):
            if not ast.get_docstring(node) and not is_outline(node):
                faults.append(f"{place}:{node.lineno} {node.name} has no docstring.")
            if isinstance(node, Function) and (missing := find_missing_annotations(node)):
                faults.append(f"{place}:{node.lineno} {node.name} lacks the annotation of {', '.join(missing)}.")
    return faults


def test_every_public_name_says_what_it_is() -> None:
    faults = find_name_faults(SOURCE)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("planted", "faults"),
    [
        ("", []),
        ("x = 1", ["planted.py:1 has no docstring."]),
        ('"""M."""\ndef f() -> int:\n    return 1', ["planted.py:2 f has no docstring."]),
        ('"""M."""\ndef f():\n    """F."""', ["planted.py:2 f lacks the annotation of return."]),
        (
            '"""M."""\ndef f(a, *b, c, **d) -> int:\n    """F."""',
            ["planted.py:2 f lacks the annotation of a, c, b, d."],
        ),
        ('"""M."""\nclass C:\n    x = 1', ["planted.py:2 C has no docstring."]),
        (
            '"""M."""\nclass C:\n    """C."""\n    def m(self) -> int:\n        return 1',
            ["planted.py:4 m has no docstring."],
        ),
        ('"""M."""\nclass C:\n    """C."""\n    @override\n    def m(self) -> int:\n        return 1', []),
        ('"""M."""\nclass C(Protocol):\n    """C."""\n    def m(self) -> int: ...', []),
        ('"""M."""\ndef _f(a):\n    return a', []),
    ],
)
def test_a_bare_name_is_noticed(tmp_path: Path, planted: str, faults: list[str]) -> None:
    (tmp_path / "planted.py").write_text(planted)
    assert find_name_faults(tmp_path) == faults
