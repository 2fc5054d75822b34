"""The styles of what a reader sees first, so that a page can be painted before its stylesheet has come.

They stand in the page itself and are a part of the stylesheet, picked by class when the program starts: nothing is
written twice, and once the whole sheet is there they change nothing. The rest of the sheet is linked below them in the
page, where it holds up only what follows. The policy of the site allows this one text by its sha256.
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from markupsafe import Markup

STYLESHEET = Path(__file__).resolve().parents[1] / "web" / "static" / "built" / "moothall.css"

# fmt: off
FIRST_CLASSES = frozenset({
    "govuk-template", "govuk-template__body", "govuk-skip-link", "govuk-visually-hidden", "govuk-width-container",
    "govuk-main-wrapper", "site-header", "site-header__bar", "site-header__home", "site-mark", "site-search",
    "site-search__input", "site-nav", "site-nav__list", "site-nav__link", "govuk-input", "govuk-button",
    "govuk-breadcrumbs", "govuk-breadcrumbs__list", "govuk-breadcrumbs__list-item", "govuk-breadcrumbs__link",
    "govuk-heading-xl", "govuk-heading-l", "govuk-body", "govuk-body-l", "notice", "notice__title",
    "notice--caution", "notice--draft", "govuk-list", "facts", "note",
})
# fmt: on
"""The classes that may stand above the link to the stylesheet; a rule with any other is left to the sheet."""

CONDITIONS = ("@media", "@supports")
_NOT = re.compile(r":not\([^()]*\)")
_LATER = re.compile(r":hover|:active|:visited|\[(?!aria-current)")
"""States that nobody can bring about before the sheet is there."""


@cache
def first_styles() -> str:
    """The rules for what comes first; "" where the stylesheet has not been compiled."""
    if not STYLESHEET.is_file():
        return ""
    return pick_rules(STYLESHEET.read_text(encoding="utf-8-sig"), FIRST_CLASSES)


def first_style_tag() -> Markup:
    """The rules as an element of a page's head."""
    return Markup(f"<style>{first_styles()}</style>")  # noqa: S704 - from our own stylesheet


def first_styles_source() -> str:
    """What a content security policy must name, so that browsers apply the rules: ``'sha256-...'``."""
    digest = hashlib.sha256(first_styles().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def pick_rules(css: str, classes: frozenset[str]) -> str:
    """The rules of a compressed stylesheet for elements and these classes, in their order, without print."""
    return "".join(_picked(head, body, classes) for head, body in _blocks(css))


def _picked(head: str, body: str, classes: frozenset[str]) -> str:
    if head.startswith("@"):
        kept = pick_rules(body, classes) if head.startswith(CONDITIONS) and "print" not in head else ""
        return f"{head}{{{kept}}}" if kept else ""
    selectors = ",".join(selector for selector in head.split(",") if _is_for(selector, classes))
    return f"{selectors}{{{body}}}" if selectors else ""


def _is_for(selector: str, classes: frozenset[str]) -> bool:
    bare = _NOT.sub("", selector)
    return not _LATER.search(bare) and set(re.findall(r"\.([\w-]+)", bare)) <= classes


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """The outermost blocks of a stylesheet without comments: (what stands before the brace, what stands within)."""
    depth = start = inner = 0
    for brace in re.finditer(r"[{}]", css):
        depth += 1 if brace[0] == "{" else -1
        if brace[0] == "{" and depth == 1:
            inner = brace.end()
        elif depth == 0:
            yield css[start : inner - 1].strip(), css[inner : brace.start()]
            start = brace.end()
