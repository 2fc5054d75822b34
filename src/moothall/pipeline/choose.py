"""Which sources a verb works on."""

from collections.abc import Sequence

from moothall.catalogue.contents import Catalogue, SourceDefinition
from moothall.catalogue.spelling import advise
from moothall.errors import UnknownName


def chosen_sources(catalogue: Catalogue, source_ids: Sequence[str] | None) -> list[SourceDefinition]:
    """The named sources, or all that have releases or lists where none is named.

    Raises UnknownName for a name that is no source.
    """
    wanted = named_sources(catalogue, source_ids or list(catalogue.sources))
    return [definition for definition in wanted if definition.releases or definition.has_lists]


def named_sources(catalogue: Catalogue, source_ids: Sequence[str]) -> list[SourceDefinition]:
    """The named sources, with or without releases. Raises UnknownName for a name that is no source."""
    known = list(catalogue.sources)
    for source_id in source_ids:
        if source_id not in catalogue.sources:
            raise UnknownName(f"There is no source {source_id!r}: {advise(source_id, known)}", known)
    return [catalogue.sources[source_id] for source_id in source_ids]
