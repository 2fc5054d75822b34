"""The order of a list of codes: of hundreds of arrays over the same councils it is worked out and held once."""

from functools import lru_cache
from sys import intern

KEPT_ORDERS = 512
"""How many different orders are kept: arrays of figures of one publication mostly have the same."""


@lru_cache(maxsize=KEPT_ORDERS)
def codes_in(text: str) -> tuple[str, ...]:
    """The codes of a text with spaces between them."""
    return tuple(map(intern, text.split()))


@lru_cache(maxsize=KEPT_ORDERS)
def row_of_each(codes: tuple[str, ...]) -> dict[str, int]:
    """The row of each code, from 0; not to be written to."""
    return {code: row for row, code in enumerate(codes)}
