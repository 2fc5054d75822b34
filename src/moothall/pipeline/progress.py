"""How the pipeline says what it is doing: it calls a function, and whoever called the pipeline decides what to show."""

from collections.abc import Callable

Progress = Callable[[str, int, int | None], None]
"""Called with what is under way, how much is done and how much there is in all (None where that is not known)."""


def silent(_doing: str, _done: int, _total: int | None) -> None:
    """Show nothing."""
