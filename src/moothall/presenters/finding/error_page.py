"""Pages for addresses that lead nowhere and for faults: one clear sentence, and what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass

from moothall.presenters.blocks import Link, PageHead

TITLES = {
    400: "We cannot read this address",
    404: "Page not found",
    405: "This page can only be read",
    500: "Something went wrong on our side",
    503: "There are no figures yet",
}
SENTENCES = {
    404: "There is nothing at this address.",
    405: "The site answers GET and HEAD requests only.",
    500: "The page could not be made. Nothing is lost: figures are only ever read here. Please try again.",
}


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What a page for a fault shows."""

    head: PageHead
    code: int
    title: str
    sentence: str
    suggestions: tuple[Link, ...]


def make_error_page(code: int, sentence: str = "", suggestions: Sequence[Link] = ()) -> ErrorPage:
    """The page for an HTTP status, with the sentence that names the fault."""
    title = TITLES[code]
    return ErrorPage(PageHead(title), code, title, sentence or SENTENCES.get(code, ""), tuple(suggestions))
