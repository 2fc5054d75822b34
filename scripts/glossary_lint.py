"""Refuse the words that GLOSSARY.md refuses, in the names we define and in the prose we write.

    .venv/bin/python scripts/glossary_lint.py [FOLDER]

Prints one sentence a fault (file, line, word, what to write instead) and ends with exit code 1 when there is one. The
table "Refused words" of GLOSSARY.md is the only list.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from yaml import MappingNode, Node, ScalarNode, SequenceNode

CODE_FOLDERS = ("src", "tests", "bench", "scripts")
TEMPLATE_FOLDERS = ("src/moothall/web/templates", "src/moothall/engagement/templates")
TEMPLATE_CODE = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->|<[^>]*>", re.DOTALL)
WORDS_OF_A_NAME = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+\d*|\d+")


@dataclass(frozen=True, slots=True)
class Refused:
    """One refused word: how it is written in the table, where it is refused, and what to write instead."""

    word: str
    places: tuple[str, ...]
    instead: str

    def is_in_name(self, name: str, *, is_function: bool) -> bool:
        """Whether a name that we define holds the word."""
        bare = name.strip("_").lower()
        if self.word.startswith("="):
            return bare == self.word[1:]
        if self.word.endswith("_"):
            return is_function and bare.startswith(self.word)
        parts = "_".join(part.lower() for part in WORDS_OF_A_NAME.findall(name))
        return f"_{self.word.replace(' ', '_')}_" in f"_{parts}_"

    def is_in_prose(self, line: str) -> bool:
        """Whether a line of prose holds the word, or its plural."""
        return re.search(rf"\b{re.escape(self.word)}s?\b", line, re.IGNORECASE) is not None


@dataclass(frozen=True, slots=True)
class Glossary:
    """What GLOSSARY.md says to the lint: the refused words, and what others have named.

    ``foreign_keys`` of the catalogue hold other people's words; Django looks for ``foreign_names`` in code.
    """

    refused: tuple[Refused, ...]
    foreign_keys: frozenset[str]
    foreign_names: frozenset[str]

    def refused_in(self, place: str) -> tuple[Refused, ...]:
        """The words refused in a place: "code" or "prose"."""
        return tuple(refused for refused in self.refused if place in refused.places)


@dataclass(frozen=True, slots=True)
class Name:
    """A name that our code defines, and where."""

    text: str
    line: int
    is_function: bool = False


def load_glossary(path: Path) -> Glossary:
    """Read the last section of GLOSSARY.md.

    Raises:
        ValueError: the section is missing or its table is empty.
    """
    section = path.read_text(encoding="utf-8").partition("## Refused words")[2]
    table = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("| `")]
    refused = tuple(
        Refused(word, tuple(place.strip() for place in places.split(",")), instead.strip())
        for words, places, instead in table
        for word in re.findall(r"`([^`]+)`", words)
    )
    if not refused:
        raise ValueError(f'{path.name} has no table under "## Refused words": the lint would refuse nothing.')
    return Glossary(
        refused, find_listed(section, "Some keys of the catalogue"), find_listed(section, "Some names of code")
    )


def find_listed(section: str, opening: str) -> frozenset[str]:
    """The words in backticks of the paragraph that opens so."""
    paragraph = section.partition(f"\n\n{opening}")[2].partition("\n\n")[0]
    return frozenset(re.findall(r"`([^`]+)`", paragraph))


# ---------------------------------------------------------------- names in code


def find_names(tree: ast.AST) -> Iterator[Name]:
    """Every name that a module defines: functions, arguments, classes, variables, attributes, aliases."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield Name(node.name, node.lineno, is_function=True)
            case ast.ClassDef():
                yield Name(node.name, node.lineno)
            case ast.arg():
                yield Name(node.arg, node.lineno)
            case ast.Name(ctx=ast.Store()):
                yield Name(node.id, node.lineno)
            case ast.Attribute(ctx=ast.Store()):
                yield Name(node.attr, node.lineno)
            case ast.alias(asname=str()):
                yield Name(str(node.asname), node.lineno)


def find_module_names(path: Path) -> Iterator[Name]:
    """The module's own name, and then the names inside it."""
    yield Name(path.stem, 1)
    yield from find_names(ast.parse(path.read_text(encoding="utf-8"), str(path)))


# ---------------------------------------------------------------- lines of prose


def find_catalogue_lines(path: Path, foreign_keys: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Each line of each value of a YAML file, comments and other people's words left out.

    A file that is not YAML gives nothing: the catalogue's own check names what is wrong with it.
    """
    text = path.read_text(encoding="utf-8")
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return
    lines = text.splitlines()
    for scalar in find_scalars(root, foreign_keys):
        first, last = scalar.start_mark.line, scalar.end_mark.line
        for number in range(first, min(last, len(lines) - 1) + 1):
            start = scalar.start_mark.column if number == first else 0
            end = scalar.end_mark.column if number == last else None
            yield number + 1, lines[number][start:end]


def find_scalars(node: Node | None, foreign_keys: frozenset[str]) -> Iterator[ScalarNode]:
    """The values under a node of YAML, except those of the keys that hold other people's words."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value not in foreign_keys:
                yield from find_scalars(value, foreign_keys)
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from find_scalars(item, foreign_keys)
    elif isinstance(node, ScalarNode):
        yield node


def find_template_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Each line of a template with its code, tags and comments blanked."""
    text = TEMPLATE_CODE.sub(
        lambda found: "\n" * found[0].count("\n") or " ",
        path.read_text(encoding="utf-8"),
    )
    yield from enumerate(text.splitlines(), start=1)


# ---------------------------------------------------------------- the lint


def find_faults(root: Path) -> list[str]:
    """One sentence for each refused word in the code and the prose under a repository's root."""
    glossary = load_glossary(root / "GLOSSARY.md")
    return [*find_code_faults(root, glossary), *find_prose_faults(root, glossary)]


def find_code_faults(root: Path, glossary: Glossary) -> Iterator[str]:
    """One sentence for each name that holds a refused word."""
    words = glossary.refused_in("code")

    @cache
    def found_in(text: str, is_function: bool) -> list[Refused]:
        """Names come again and again: each is compared once."""
        return [refused for refused in words if refused.is_in_name(text, is_function=is_function)]

    for folder in CODE_FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            ours = (name for name in find_module_names(path) if name.text not in glossary.foreign_names)
            for name in ours:
                for refused in found_in(name.text, name.is_function):
                    yield describe_fault(path.relative_to(root), name.line, name.text, refused)


def find_prose_faults(root: Path, glossary: Glossary) -> Iterator[str]:
    """One sentence for each line of prose that holds a refused word."""
    words = glossary.refused_in("prose")
    for path, lines in find_prose(root, glossary.foreign_keys):
        for number, line in lines:
            for refused in words:
                if refused.is_in_prose(line):
                    yield describe_fault(path.relative_to(root), number, line.strip(), refused)


def find_prose(root: Path, foreign_keys: frozenset[str]) -> Iterator[tuple[Path, Iterator[tuple[int, str]]]]:
    """Every file that holds our prose, with its numbered lines."""
    for path in sorted((root / "catalogue").rglob("*.yaml")):
        yield path, find_catalogue_lines(path, foreign_keys)
    for folder in TEMPLATE_FOLDERS:
        for path in sorted((root / folder).rglob("*.html")):
            yield path, find_template_lines(path)


def describe_fault(path: Path, line: int, found: str, refused: Refused) -> str:
    """The sentence that says where a refused word stands and what to write instead."""
    shown = found if len(found) <= 60 else found[:57] + "..."
    return f'{path}:{line}: "{shown}" has the word "{refused.word.lstrip("=")}"; write {refused.instead} instead.'


def main(arguments: list[str]) -> int:
    """Lint the repository, or the folder named, and print each fault; 1 when there is one."""
    root = Path(arguments[0]) if arguments else Path(__file__).resolve().parents[1]
    faults = find_faults(root)
    for fault in faults:
        print(fault)
    print(f"Glossary: {len(faults)} refused words." if faults else "Glossary: no refused word.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
