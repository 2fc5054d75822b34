"""Faults of a definition as sentences: file, line, key, value and remedy, one sentence each."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from inspect import isclass
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from moothall.catalogue.fields import ID_PATTERN, OWN_WORDS, UNKNOWN_WORD
from moothall.catalogue.spelling import advise, list_words, nearest_word
from moothall.catalogue.yaml_nodes import Document, Keys, Plain

E = TypeVar("E", bound=BaseModel)

LONGEST_QUOTE = 60

KEY_ITSELF = "[key]"
"""How pydantic says that a key of a mapping is at fault and not its value."""

MISSING_REMEDIES = {"polarity": " (none is a decision)", "review": " with by, on and read"}
"""What else to say when a key is missing."""

PATTERN_WORDS = {
    ID_PATTERN: "write small letters, digits and single hyphens",
    r"^\d+\.\d+$": "write two numbers with a full stop between them, in quotes",
    r"^[A-Z0-9]+$": "write capital letters and digits only",
    r"^\d{4}-\d{2}$": "write the financial year as 2021-22",
    r"^\d{3}$": "write the three digits of the Department for Education's number, in quotes",
    r"^https?://\S+$": "write a whole web address that starts with https://",
    r"^/[\w./{}-]+$": "write the path of the page on www.gov.uk, which begins with /government/ or /guidance/",
    r"^[\w.-]+/[\w.-]+$": "write owner/name",
    r"^[a-z]+(-[a-z]+)*(:[a-z]+(-[a-z]+)*)?$": "write small letters with hyphens, and one colon at most",
    r"^[0-9a-f]{64}$": "write the 64 hexadecimal digits of the file's SHA-256",
}

SHAPE_WORDS = {
    "string_type": "must be text",
    "tuple_type": "must be a list; write it as [..] or as lines that start with a hyphen",
    "model_type": "must be a mapping of keys to values",
    "dict_type": "must be a mapping of keys to values",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "int_type": "must be a whole number",
    "float_parsing": "must be a number",
    "float_type": "must be a number",
    "finite_number": "must be a finite number",
    "day": "is not a day of the calendar; write it as 2023-08-15",
    "path": "must be a path inside the source's folder, with single slashes and without ..",
}
"""What a value of the wrong shape should be, by pydantic's type of error."""

LIMIT_WORDS = {
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "greater_than": "must be more than {gt}",
    "too_short": "must have at least {min_length}",
    "too_long": "must have at most {max_length}",
}


def quoted(value: Any) -> str:
    """The value as a sentence shows it: in double quotes, cut where it is long; lists and mappings by their kind."""
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    text = " ".join(str(value).split())
    return f'"{text}"' if len(text) <= LONGEST_QUOTE else f'"{text[: LONGEST_QUOTE - 3]}..."'


def key_words(keys: Keys) -> str:
    """The way to a value in words, without positions in lists: ``releases.tables.series.scale``."""
    names = [key or '""' for key in keys if isinstance(key, str)]
    return ".".join(names) if names else "the entry"


def empty_values(content: Plain, keys: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The ways to every key that stands without a value."""
    if content is None:
        yield keys
    elif isinstance(content, dict):
        for key, value in content.items():
            yield from empty_values(value, (*keys, key))
    elif isinstance(content, list):
        for index, value in enumerate(content):
            yield from empty_values(value, (*keys, index))


def validate(model: type[E], content: Plain, document: Document, keys: Keys) -> tuple[E | None, list[str]]:
    """The definition that ``keys`` lead to in ``document``, or None, with one sentence for each of its faults."""
    try:
        entry, details = model.model_validate(content), []
    except ValidationError as error:
        entry, details = None, error.errors(include_url=False)
    strangers = {detail["loc"] for detail in details if detail["type"] == "extra_forbidden"}
    empty = [document.sentence((*keys, *way), _empty(way)) for way in empty_values(content) if way not in strangers]
    return entry, [*empty, *(_fault(detail, model, document, keys) for detail in _worth_telling(details, model))]


def _empty(way: Keys) -> str:
    return f"{key_words(way)} is empty; write its value or take the key out"


def _worth_telling(details: list[ErrorDetails], model: type[BaseModel]) -> list[ErrorDetails]:
    """Without what another sentence says: keys told to be empty, a missing key with a misspelt one beside it, and lists
    that pydantic finds short only because their items are at fault."""
    meant = {(*detail["loc"][:-1], _meant(detail, model)) for detail in details}

    def is_told(detail: ErrorDetails) -> bool:
        kind, value = detail["type"], detail["input"]
        if kind == "missing":
            return detail["loc"] in meant
        if kind == "too_short":
            return bool(len(value) >= detail["ctx"]["min_length"])
        return value is None and kind != "extra_forbidden"

    return [detail for detail in details if not is_told(detail)]


def _meant(detail: ErrorDetails, model: type[BaseModel]) -> str | None:
    if detail["type"] != "extra_forbidden":
        return None
    return nearest_word(str(detail["loc"][-1]), _keys_of(_shape_at(model, detail["loc"][:-1])))


def _fault(detail: ErrorDetails, model: type[BaseModel], document: Document, keys: Keys) -> str:
    way = tuple(key for key in detail["loc"] if key != KEY_ITSELF)
    words = _WORDS.get(detail["type"], _shape_words)(detail, model)
    place = way[:-1] if detail["type"] == "missing" else way
    return document.sentence((*keys, *place), words)


def _extra_words(detail: ErrorDetails, model: type[BaseModel]) -> str:
    around = _shape_at(model, detail["loc"][:-1])
    allowed = _keys_of(around)
    near = nearest_word(str(detail["loc"][-1]), allowed)
    remedy = f'did you mean "{near}"?' if near else "take it out or use another;"
    return f'"{detail["loc"][-1]}" is not a key here; {remedy} (keys: {", ".join(allowed)})'.replace("; (", " (")


def _missing_words(detail: ErrorDetails, model: type[BaseModel]) -> str:
    key = str(detail["loc"][-1])
    members = _members(_shape_at(model, detail["loc"]))
    remedy = f"add one of {list_words(members)}" if members else "add it"
    return f"{key_words(detail['loc'])} is missing; {remedy}{MISSING_REMEDIES.get(key, '')}"


def _unknown_words(detail: ErrorDetails, model: type[BaseModel]) -> str:
    allowed: Sequence[str] = detail.get("ctx", {}).get("allowed") or _members(_shape_at(model, detail["loc"]))
    value, way = detail["input"], detail["loc"]
    name = key_words(way[:-2] if way[-1] == KEY_ITSELF else way)
    if not isinstance(value, str):
        return f"{name} is {quoted(value)} but must be one word; use one of {list_words(allowed)}"
    if not value.strip():
        return f"{name} is empty; use one of {list_words(allowed)}"
    return f"{name} {quoted(value)} is not known; {advise(value, allowed)}"


def _pattern_words(detail: ErrorDetails, _: type[BaseModel]) -> str:
    if detail["input"] == "":
        return _short_words(detail, _)
    remedy = PATTERN_WORDS.get(detail["ctx"]["pattern"], "write it as the schema says")
    return f"{key_words(detail['loc'])} {quoted(detail['input'])} is not well formed; {remedy}"


def _short_words(detail: ErrorDetails, _: type[BaseModel]) -> str:
    return _empty(detail["loc"])


def _own_words(detail: ErrorDetails, _: type[BaseModel]) -> str:
    return detail["msg"]


def _limit_words(detail: ErrorDetails, _: type[BaseModel]) -> str:
    value = detail["input"]
    if isinstance(value, list | dict) and not value:
        return f"{key_words(detail['loc'])} is an empty list; write at least one item"
    shown = f"has {len(value)} items" if isinstance(value, list) else f"is {quoted(value)}"
    shown = shown.replace(" 1 items", " 1 item")
    return f"{key_words(detail['loc'])} {shown} but {LIMIT_WORDS[detail['type']].format(**detail['ctx'])}"


def _shape_words(detail: ErrorDetails, _: type[BaseModel]) -> str:
    words = SHAPE_WORDS.get(detail["type"], f"does not fit ({detail['msg']})")
    joint = " " if words.startswith(("is ", "does ")) else " but "
    subject = key_words(detail["loc"])
    value = quoted(detail["input"])
    return f"{subject} {value}{joint}{words}" if joint == " " else f"{subject} is {value}{joint}{words}"


_WORDS: dict[str, Callable[[ErrorDetails, type[BaseModel]], str]] = {
    "extra_forbidden": _extra_words,
    "missing": _missing_words,
    "enum": _unknown_words,
    UNKNOWN_WORD: _unknown_words,
    "string_pattern_mismatch": _pattern_words,
    "string_too_short": _short_words,
    OWN_WORDS: _own_words,
    **dict.fromkeys(LIMIT_WORDS, _limit_words),
}


def _shape_at(model: type[BaseModel], way: Sequence[str | int]) -> Any:
    """The declared type of what ``way`` leads to: a model, an enumeration or an annotation around one."""
    shape: Any = model
    if way and way[-1] == KEY_ITSELF:
        return _key_of(_shape_at(model, way[:-2]))
    for key in way:
        inner = _only(shape, BaseModel)
        shape = _field(inner, str(key)) if inner and not _is_container(shape) else _item(shape)
    return shape


def _field(model: type[BaseModel], key: str) -> Any:
    for name, field in model.model_fields.items():
        if key == (field.alias or name):
            return field.annotation
    return None


def _is_container(shape: Any) -> bool:
    return any(origin in {tuple, dict} for origin in _origins(shape))


def _origins(shape: Any) -> list[Any]:
    return [getattr(part, "__origin__", None) for part in (shape, *get_args(shape))]


def _arguments(shape: Any) -> list[Any]:
    """What the list or mapping in an annotation is declared to hold; for a mapping, keys come first."""
    for part in (shape, *get_args(shape)):
        if getattr(part, "__origin__", None) in {tuple, dict}:
            return [argument for argument in get_args(part) if argument is not ...]
    return [None]


def _item(shape: Any) -> Any:
    return _arguments(shape)[-1]


def _key_of(shape: Any) -> Any:
    return _arguments(shape)[0]


def _only(shape: Any, kind: type) -> Any:
    """The class of ``kind`` that stands in an annotation, however wrapped; None where there is none."""
    if isclass(shape) and issubclass(shape, kind):
        return shape
    found = (_only(part, kind) for part in get_args(shape))
    return next((part for part in found if part), None)


def _keys_of(shape: Any) -> list[str]:
    model = _only(shape, BaseModel)
    return sorted(field.alias or name for name, field in model.model_fields.items()) if model else []


def _members(shape: Any) -> list[str]:
    words = _only(shape, StrEnum)
    return [str(word) for word in words] if words else []
