"""Reading the choices in an address. What cannot be meant is refused with one sentence and the words allowed."""

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from typing import TypeVar

from django.http import HttpRequest

from moothall.errors import UsageError
from moothall.presenters.figures.views import read_day

LONGEST_QUERY = 2000
LONGEST_VALUE = 200
MOST_CHOICES = 30

Word = TypeVar("Word", bound=StrEnum)
Thing = TypeVar("Thing")


def refuse_absurd_address(request: HttpRequest) -> None:
    """UsageError for an address that no link or form of ours makes: too long, too many choices, control characters."""
    if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
        raise UsageError(f"The part of the address after the question mark may have {LONGEST_QUERY:,} characters.")
    pairs = [(name, value) for name in request.GET for value in request.GET.getlist(name)]
    if len(pairs) > MOST_CHOICES:
        raise UsageError(f"The address makes {len(pairs):,} choices; {MOST_CHOICES} are allowed.")
    for text in (request.path, *(text for pair in pairs for text in pair)):
        if any(ord(char) < 32 or ord(char) == 127 or 0xD800 <= ord(char) <= 0xDFFF for char in text):
            raise UsageError("The address has a control character in it. Only ordinary text is allowed.")
        if len(text) > LONGEST_VALUE:
            raise UsageError(f"A part of the address is {len(text):,} characters long; {LONGEST_VALUE} are allowed.")


def one_choice(request: HttpRequest, name: str) -> str:
    """The single value of a choice, "" where it was not made; UsageError where it was made twice."""
    values = [value.strip() for value in request.GET.getlist(name)]
    if len(values) > 1:
        raise UsageError(f"The address chooses {name!r} {len(values)} times; once is allowed.")
    return values[0] if values else ""


def day_choice(request: HttpRequest, name: str) -> date | None:
    """The day of a choice such as ``as-of=2024-06-30``; None where it was not made, UsageError where it is no day."""
    text = one_choice(request, name)
    return read_day(text) if text else None


def several_choices(request: HttpRequest, name: str, most: int) -> list[str]:
    """The values of a choice that may be made several times, each once, empty ones left out."""
    values = list(dict.fromkeys(value.strip() for value in request.GET.getlist(name) if value.strip()))
    if len(values) > most:
        raise UsageError(f"The address chooses {name!r} {len(values)} times; {most} times is the most.")
    return values


def word_choice(request: HttpRequest, name: str, words: Sequence[Word]) -> Word | None:
    """One of a closed list of words; None where the choice was not made."""
    text = one_choice(request, name)
    return known_choice(name, text, {word.value: word for word in words}.get, [word.value for word in words])


def known_choice(name: str, text: str, find: Callable[[str], Thing | None], allowed: Sequence[str]) -> Thing | None:
    """What ``find`` has for the text of a choice; None for no text, UsageError with the words allowed for another."""
    if not text:
        return None
    found = find(text)
    if found is None:
        raise UsageError(f"{text!r} is not a {name} that we know. Allowed: {', '.join(allowed)}.")
    return found
