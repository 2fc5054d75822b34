"""The nearest word to a misspelt one, and lists of words as sentences write them."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches


def nearest_word(word: str, allowed: Iterable[str]) -> str | None:
    """The allowed word that ``word`` begins or is most like, whatever its case; None where none is close."""
    by_lower = {candidate.casefold(): candidate for candidate in allowed}
    wanted = word.casefold()
    begun = [candidate for candidate in by_lower if len(wanted) > 2 and candidate.startswith(wanted)]
    found = begun or get_close_matches(wanted, list(by_lower), n=1, cutoff=0.6)
    return by_lower[found[0]] if found else None


def list_words(words: Sequence[str], last: str = "or") -> str:
    """``a``, ``a or b``, ``a, b or c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def advise(word: str, allowed: Sequence[str]) -> str:
    """What to write in place of ``word``: the nearest allowed word first, then all of them.

    A list too long to read (over 40 words), or of that word alone, is left out when there is a near word.
    """
    near = nearest_word(word, allowed)
    if near is None:
        return f"use one of {list_words(allowed)}" if len(allowed) > 1 else f"use {list_words(allowed)}"
    if len(allowed) == 1 or len(allowed) > LONGEST_LIST:
        return f'did you mean "{near}"?'
    return f'did you mean "{near}"? (allowed: {", ".join(allowed)})'


LONGEST_LIST = 40
