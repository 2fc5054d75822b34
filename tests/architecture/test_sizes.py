"""Functions fit in a glance and modules on a table, counted over src/.

A function's size is its lines of code: blank lines, comments and the docstring are free. A function inside a function
counts with the outer one.
"""

import ast
import math
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src"
LARGEST_MEDIAN = 8
LARGEST_NINETIETH_PERCENTILE = 25
LARGEST_FUNCTION = 60
LARGEST_MODULE = 400

Function = ast.FunctionDef | ast.AsyncFunctionDef


def find_functions(node: ast.AST) -> Iterator[Function]:
    """Functions and methods, without those inside another function."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function):
            yield child
        else:
            yield from find_functions(child)


def count_lines(function: Function, lines: list[str]) -> int:
    """Lines of code of a function, from `def` to its end."""
    numbers = set(range(function.lineno, (function.end_lineno or function.lineno) + 1))
    if ast.get_docstring(function, clean=False) is not None:
        numbers -= set(range(function.body[0].lineno, (function.body[0].end_lineno or 0) + 1))
    return sum(1 for number in numbers if lines[number - 1].strip() and not lines[number - 1].lstrip().startswith("#"))


def measured_functions(source: Path) -> list[tuple[int, str]]:
    """The size and the place of every function under a folder, smallest first."""
    found = []
    for path in sorted(source.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for function in find_functions(ast.parse(text)):
            place = f"{path.relative_to(source)}:{function.lineno} {function.name}"
            found.append((count_lines(function, text.splitlines()), place))
    return sorted(found)


def find_size_faults(source: Path) -> list[str]:
    """One sentence for each limit that a folder of code breaks."""
    functions = measured_functions(source)
    sizes = [size for size, _ in functions] or [0]
    ninetieth = sizes[math.ceil(0.9 * len(sizes)) - 1]
    faults = [
        f"{path.relative_to(source)} has {count} lines; split it by idea, at most {LARGEST_MODULE}."
        for path in sorted(source.rglob("*.py"))
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > LARGEST_MODULE
    ]
    faults += [
        f"{place} has {size} lines; at most {LARGEST_FUNCTION}." for size, place in functions if size > LARGEST_FUNCTION
    ]
    if median(sizes) > LARGEST_MEDIAN:
        faults.append(f"the median function has {median(sizes)} lines; at most {LARGEST_MEDIAN}.")
    if ninetieth > LARGEST_NINETIETH_PERCENTILE:
        largest = ", ".join(f"{place} ({size})" for size, place in functions[-5:])
        faults.append(
            f"the 90th percentile is {ninetieth}; at most {LARGEST_NINETIETH_PERCENTILE}. Largest: {largest}."
        )
    return faults


def test_source_keeps_to_the_sizes() -> None:
    faults = find_size_faults(SOURCE)
    assert not faults, "\n".join(faults)


def function_of(lines: int, name: str = "f") -> str:
    return f"def {name}():\n" + '    """Free.\n\n    Free too.\n    """\n' + "    x = 1\n\n    # free\n" * (lines - 1)


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        (function_of(8), None),
        (function_of(9), "the median function has 9 lines"),
        (function_of(3) * 8 + function_of(25), None),
        (function_of(3) * 8 + function_of(26), "the 90th percentile is 26"),
        (function_of(3) * 10 + function_of(60), None),
        (function_of(3) * 10 + function_of(61), "f has 61 lines"),
        ("x = 1\n" * 400, None),
        ("x = 1\n" * 401, "planted.py has 401 lines"),
    ],
)
def test_the_limits_bite(tmp_path: Path, planted: str, fault: str | None) -> None:
    (tmp_path / "planted.py").write_text(planted)
    faults = find_size_faults(tmp_path)
    assert len(faults) == (fault is not None)
    assert all(str(fault) in found for found in faults)
