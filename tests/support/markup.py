"""A quick reading of a whole page's markup, strict about what our templates can get wrong.

html5lib reads a page in a third of a second; this reads it in milliseconds, so that every page of every council can be
read. It knows nothing of the content model: ``tests/functional/test_all_pages.py`` has html5lib for that.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
LEAKS = (">None<", '="None"', "Undefined", "{{", "}}", "{%", "&amp;amp;", "&amp;lt;")

_TOKEN = re.compile(
    r"<!--.*?-->|<!DOCTYPE html>|<(/?)([a-zA-Z][\w-]*)((?:\s+[^\s=<>\"]+(?:=\"[^\"<]*\")?)*)\s*(/?)>|<", re.S
)
_ATTRIBUTE = re.compile(r'([^\s=<>"]+)(?:="([^"]*)")?')
_ID = re.compile(r'\sid="([^"]*)"')
_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
"""The rules of the first screen: braces meet in them as they do in a template."""
_NAN = re.compile(r"\b(nan|NaN|inf)\b")
_LABELLED = re.compile(r'\saria-labelledby="([^"]+)"|\saria-describedby="([^"]+)"|\sfor="([^"]+)"')
_HERE = re.compile(r'href="#([^"]+)"')
_TAGS = re.compile(r"<[^>]*>")


def markup_faults(html: str) -> list[str]:
    """One sentence for each fault of a page; none where it is whole."""
    return [*_nesting_faults(html), *_reference_faults(html), *_word_faults(html)]


def _nesting_faults(html: str) -> Iterator[str]:
    """Tags that are not closed, closed out of turn, or not tags at all; attributes given twice."""
    open_tags: list[str] = []
    for at in _TOKEN.finditer(html):
        closes, name, attributes, closed_at_once = at[1], at[2], at[3], at[4]
        if at[0] == "<":
            yield f"a bare < before {html[at.end() : at.end() + 30]!r}"
        elif closes and (not open_tags or open_tags.pop() != name):
            yield f"</{name}> out of turn"
            return
        elif name and not closes:
            twice = [one for one, n in Counter(a[0] for a in _ATTRIBUTE.findall(attributes)).items() if n > 1]
            yield from (f"<{name}> has {one} twice" for one in twice)
            if name not in VOID and not closed_at_once:
                open_tags.append(name)
    yield from (f"<{name}> is never closed" for name in open_tags)


def _reference_faults(html: str) -> Iterator[str]:
    """Ids given twice, and labels and links that point at an id that is not there."""
    ids = Counter(_ID.findall(html))
    yield from (f"id {name!r} is there {n} times" for name, n in ids.items() if n > 1)
    asked = [name for found in _LABELLED.findall(html) for part in found for name in part.split()]
    yield from (
        f"nothing has the id {name!r}" for name in dict.fromkeys([*asked, *_HERE.findall(html)]) if name not in ids
    )


def _word_faults(html: str) -> Iterator[str]:
    """Leaked template words, figures that are no numbers, and more or less than one title."""
    words = _STYLE.sub("", html)
    yield from (f"{leak!r} leaked" for leak in LEAKS if leak in words)
    yield from (f"the page says {found[0]!r}" for found in _NAN.finditer(_TAGS.sub(" ", words)))
    if html.count("<h1") != 1:
        yield f"it has {html.count('<h1')} headings of the first level"
    main = [int(level) for level in re.findall(r"<h([1-6])\b", html[html.find("<main") : html.find("</main")])]
    yield from (f"a heading of level {b} follows one of {a}" for a, b in itertools.pairwise(main) if b > a + 1)
