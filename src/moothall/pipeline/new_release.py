"""The lines of YAML that a newly fetched file needs in its source, for a person to read, complete and paste."""

import json

from moothall.catalogue.contents import SourceDefinition
from moothall.catalogue.reading import ReleaseDefinition
from moothall.pipeline.fetch import INCOMING, NewestFile

NO_DAY = "YYYY-MM-DD"
"""What stands where the publisher names no day; the catalogue refuses it until a person has written one."""


def known_release(definition: SourceDefinition, file: NewestFile) -> str | None:
    """The release that already has this file, byte for byte."""
    having = (release.id for release in definition.releases for known in release.files if known.sha256 == file.sha256)
    return next(having, None)


def release_lines(definition: SourceDefinition, file: NewestFile) -> str:
    """An entry for ``releases`` of the source's YAML: the facts of the file, and the last release's template."""
    day = file.newest.published_on.isoformat() if file.newest.published_on else NO_DAY
    said = f"said by {file.newest.page}" if file.newest.published_on else "WRITE how the day is known"
    path = f"{INCOMING}/{file.path.name}"
    lines = [
        f"  - id: {day}",
        f"    title: {_text(file.newest.title)}",
        f"    published_on: {day}",
        f"    published_precision: {'day' if file.newest.published_on else 'unknown'}",
        f"    published_note: {_text(said)}",
        "    files:",
        f"      - {{path: {_text(path)}, sha256: {file.sha256}, bytes: {file.bytes}}}",
        *_how_it_is_read(definition),
    ]
    return "\n".join(lines)


def _how_it_is_read(definition: SourceDefinition) -> list[str]:
    last = _last_with_template(definition)
    if last is None:
        return ["    # tables: as in the last release, with file: as above, or template: and with:"]
    words = ", ".join(f"{key}: {_text(value)}" for key, value in last.words.items())
    return [
        f"    template: {last.template}",
        *([f"    with: {{{words}}}  # as for {last.id}: change it"] if words else []),
    ]


def _last_with_template(definition: SourceDefinition) -> ReleaseDefinition | None:
    return next((release for release in reversed(definition.releases) if release.template), None)


def _text(text: str) -> str:
    """The text in double quotes, which YAML reads as JSON does."""
    return json.dumps(text, ensure_ascii=False)
