"""Tables described once and used by many releases: ``{year}`` in a template is what the release's ``with`` says."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from moothall.catalogue.fields import own_words
from moothall.catalogue.spelling import advise, list_words

_MARK = re.compile(r"\{\{|\}\}|\{([a-z][a-z0-9_]*)\}")

_BRACES = {"{{": "{", "}}": "}"}


def with_tables(content: Any) -> Any:
    """A source's content in which each release that names a template has its tables, after the release's own.

    A placeholder is a word in braces; other braces (``\\d{4}``) stand as they are, and doubled ones become single.
    ``{release}`` is the release's id, and ``{file}`` the path of its only file. Content of another shape is given back
    as it is: the schema says what is wrong with it.
    """
    if not isinstance(content, Mapping) or not isinstance(content.get("releases"), list):
        return content
    templates = content.get("templates") or {}
    return {**content, "releases": [_with_tables(release, templates) for release in content["releases"]]}


def _with_tables(release: Any, templates: Any) -> Any:
    if not isinstance(release, Mapping) or not isinstance(release.get("template"), str):
        return release
    name, given = release["template"], release.get("with") or {}
    template = templates.get(name) if isinstance(templates, Mapping) else None
    if template is None:
        known = list(templates) if isinstance(templates, Mapping) else []
        remedy = advise(name, known) if known else "add it under templates"
        raise own_words(f'release {release.get("id")} names the template "{name}", which is not there; {remedy}')
    if not isinstance(template, Mapping) or not isinstance(given, Mapping):
        return release
    words = {**_known_words(release), **given}
    _refuse_strangers(name, template, release, words, given)
    own = release.get("tables")
    return {
        **release,
        "tables": [*(own if isinstance(own, list) else []), *filled(template.get("tables") or [], words)],
    }


def _known_words(release: Mapping[str, Any]) -> dict[str, Any]:
    words = {"release": release.get("id")}
    files = release.get("files")
    if isinstance(files, list) and len(files) == 1 and isinstance(files[0], Mapping):
        words["file"] = files[0].get("path")
    return words


def _refuse_strangers(
    name: str, template: Any, release: Mapping[str, Any], words: Mapping[str, Any], given: Mapping[str, Any]
) -> None:
    asked = set(placeholders(template))
    lacking = sorted(asked - words.keys())
    if lacking:
        listed = list_words([f"{{{word}}}" for word in lacking], "and")
        raise own_words(f"the template {name} needs {listed}, which with of release {release.get('id')} lacks; add it")
    unused = sorted(given.keys() - asked)
    if unused:
        raise own_words(
            f"with of release {release.get('id')} gives {list_words(unused, 'and')}, which the template {name} does "
            "not use; take it out"
        )


def placeholders(content: Any) -> Iterator[str]:
    """The words in braces in every text of ``content``."""
    if isinstance(content, str):
        yield from (match[1] for match in _MARK.finditer(content) if match[1])
    elif isinstance(content, Mapping):
        for key, value in content.items():
            yield from placeholders(key)
            yield from placeholders(value)
    elif isinstance(content, list):
        for item in content:
            yield from placeholders(item)


def filled(content: Any, words: Mapping[str, Any]) -> Any:
    """``content`` with every placeholder replaced by its word; KeyError where a word is not given."""
    if isinstance(content, str):
        return _MARK.sub(lambda match: str(words[match[1]]) if match[1] else _BRACES[match[0]], content)
    if isinstance(content, Mapping):
        return {filled(key, words): filled(value, words) for key, value in content.items()}
    if isinstance(content, list):
        return [filled(item, words) for item in content]
    return content
