"""Files that are not read, compared with those that are: no file is both, and none is neither."""

from collections.abc import Iterable, Iterator

from moothall.catalogue.contents import Catalogue, SourceDefinition
from moothall.catalogue.drafts import Drafts
from moothall.catalogue.problems import quoted
from moothall.catalogue.reading import SourceEntry


def unread_faults(drafts: Drafts) -> Iterator[str]:
    """One sentence for each file that is said not to be read although a source reads it."""
    for located in drafts.unread:
        for source in (draft.entry for draft in drafts.sources):
            for path in sorted(_paths(source)):
                if located.entry.names(source.folder, path):
                    words = f"{quoted(path)} is read by the source {source.id}; take it out here"
                    yield located.fault(words, "files")


def _paths(source: SourceEntry | SourceDefinition) -> set[str]:
    """The files that a source reads: those of its releases, lists, maps and places."""
    in_releases = {file.path for release in source.releases for file in release.files}
    beside = {listed.file.path for listed in source.lists} | {drawn.file.path for drawn in source.maps}
    return in_releases | beside | {named.file.path for named in source.places}


def unexplained_files(catalogue: Catalogue, files: Iterable[tuple[str, str]]) -> list[str]:
    """Of ``files`` (folder, path in it) those that no source reads and nothing explains, as folder/path, sorted."""
    read = {(definition.folder, path) for definition in catalogue.sources.values() for path in _paths(definition)}
    return sorted(
        f"{folder}/{path}"
        for folder, path in files
        if (folder, path) not in read and not any(entry.names(folder, path) for entry in catalogue.unread)
    )


def idle_explanations(catalogue: Catalogue, files: Iterable[tuple[str, str]]) -> list[str]:
    """What explains no file of ``files``: an explanation outlives its file only by mistake."""
    held = list(files)
    return [
        f"{entry.folder}: {entry.what}"
        for entry in catalogue.unread
        if not any(entry.names(folder, path) for folder, path in held)
    ]
