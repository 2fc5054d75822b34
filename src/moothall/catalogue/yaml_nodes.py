"""YAML files in which every value knows its line.

Every scalar arrives as the text that stands in the file, so that ``on:`` is a key and not a truth value, ``2021-22`` is
not a number and ``NO`` is not false; the schema turns text into dates, numbers and flags where it declares them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import yaml

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"
"""What a file holds: text, nothing, lists and mappings."""

Keys: TypeAlias = Sequence[str | int]
"""The way to a value: keys of mappings and positions in lists (0 is the first)."""


class YamlFault(Exception):
    """A file that is not usable YAML; carries the line (1 is the first) and the words that follow it."""

    def __init__(self, line: int, words: str) -> None:
        super().__init__(words)
        self.line = line
        self.words = words


@dataclass(frozen=True)
class Document:
    """One file: its name as messages show it, its content as plain values, and the nodes that know the lines."""

    name: str
    stem: str
    folder: str
    content: dict[str, Plain]
    root: yaml.MappingNode

    def line(self, keys: Keys = ()) -> int:
        """The line of the value that ``keys`` lead to, or of the nearest thing around it that exists."""
        line = 1
        node: yaml.Node = self.root
        for key in keys:
            step = _step(node, key)
            if step is None:
                break
            line, node = step
        return line

    def sentence(self, keys: Keys, words: str) -> str:
        """One problem, with where it stands: ``catalogue/themes.yaml, line 3: ...``."""
        return f"{self.name}, line {self.line(keys)}: {words}"


def _step(node: yaml.Node, key: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key_node, value_node in node.value:
            if key_node.value == key:
                return key_node.start_mark.line + 1, value_node
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key].start_mark.line + 1, node.value[key]
    return None


def read_document(path: Path, name: str) -> Document:
    """Read one YAML file whose top is a mapping; ``name`` is how messages call it. Raise YamlFault."""
    root = _compose(path)
    try:
        content = _plain(root)
    except RecursionError as error:
        raise YamlFault(1, "an alias (*) stands inside what it repeats; write it out") from error
    if not isinstance(root, yaml.MappingNode) or not isinstance(content, dict):
        raise YamlFault(1, "the file must be a list of keys, each with its value; start it with a key and a colon")
    return Document(name, path.stem, path.parent.name, content, root)


def _compose(path: Path) -> yaml.Node:
    try:
        root: yaml.Node | None = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlFault(mark.line + 1 if mark else 1, _yaml_words(error.problem)) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise YamlFault(1, "the file is not readable text; save it as UTF-8 without control characters") from error
    except OSError as error:
        words = f"the file cannot be opened ({error.strerror}); check its name and permissions"
        raise YamlFault(1, words) from error
    if root is None:
        raise YamlFault(1, "the file is empty; write its definition or delete it")
    return root


def _yaml_words(problem: str | None) -> str:
    return f"this is not YAML ({problem}); check the indent, the colons and the quotes here and in the line above"


def _plain(node: yaml.Node) -> Plain:
    if isinstance(node, yaml.ScalarNode):
        return _text(node)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child) for child in node.value]
    return _mapping(node)


def _text(node: yaml.ScalarNode) -> str | None:
    is_bare = not node.style
    return None if is_bare and node.value in {"", "~", "null"} else str(node.value)


def _mapping(node: yaml.Node) -> dict[str, Plain]:
    content: dict[str, Plain] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise YamlFault(key_node.start_mark.line + 1, "a key must be plain text; put it in quotes")
        if key_node.value in content:
            raise _twice(node, key_node)
        content[key_node.value] = _plain(value_node)
    return content


def _twice(node: yaml.Node, key_node: yaml.ScalarNode) -> YamlFault:
    first = next(key.start_mark.line + 1 for key, _ in node.value if key.value == key_node.value)
    words = f'the key "{key_node.value}" stands here and in line {first}; keep one of them'
    return YamlFault(key_node.start_mark.line + 1, words)
