"""The catalogue as one text inside the build, so that serving pages reads no YAML."""

import json
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from moothall.catalogue.contents import Catalogue
from moothall.errors import CatalogueError


def dump(catalogue: Catalogue) -> str:
    """The whole catalogue as JSON. Equal catalogues give equal text, on every machine."""
    content = _adapter().dump_python(catalogue, by_alias=True)
    return json.dumps(content, default=_plain, ensure_ascii=False, separators=(",", ":"))


def load(text: str) -> Catalogue:
    """The catalogue that ``dump`` wrote; raise CatalogueError if the text is not one."""
    try:
        return _adapter().validate_json(text)
    except ValidationError as error:
        fault = f"the catalogue inside the build does not fit this version of Moothall ({error.error_count()} faults)"
        raise CatalogueError([f"{fault}; make the build again"]) from error


@cache
def _adapter() -> TypeAdapter[Catalogue]:
    return TypeAdapter(Catalogue)


def _plain(value: Any) -> Any:
    """Dates as ISO text; sets as sorted lists, because a set's own order differs between runs."""
    return sorted(value) if isinstance(value, frozenset) else value.isoformat()
