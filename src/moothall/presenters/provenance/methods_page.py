"""The methods: the rules in short, with the numbers that the code itself uses, and the long pages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markupsafe import Markup

from moothall.analytics.position import (
    IQR_TO_SIGMA,
    LARGEST_STEP_IN_MADS,
    MAD_TO_SIGMA,
    MINIMUM_FOR_BANDS,
    MINIMUM_FOR_MEDIAN,
)
from moothall.presenters.addresses import FLAGS_REPORT, NO_RANKING, SIMILARITY_REPORT
from moothall.presenters.blocks import Link, PageHead

_LINK = re.compile(r'href="([a-z-]+)\.md')
"""A link from one long page to another, which stands as a file name in the Markdown."""

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True, slots=True)
class MethodsPage:
    """The rules in short, links to what we show on our own figures, and links to the long pages."""

    head: PageHead
    rules: tuple[tuple[str, str], ...]
    shown: tuple[Link, ...]
    pages: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class MethodPage:
    """One long page; ``body`` is written by us in docs/methodology and has no h1 of its own."""

    head: PageHead
    title: str
    body: Markup


def make_methods_page(texts: Mapping[str, str]) -> MethodsPage:
    """The overview; ``texts`` has the Markdown of each long page by its name in addresses."""
    pages = tuple(Link(_title(text, name), f"/methods/{name}") for name, text in texts.items())
    head = PageHead(
        "Methods", "about", (("Home", "/"), ("Methods", None)), "How Moothall compares, and when it does not."
    )
    return MethodsPage(head, RULES, SHOWN, pages)


def make_method_page(name: str, text: str) -> MethodPage:
    """One long page from its Markdown."""
    title = _title(text, name)
    body = "\n".join(line for line in text.splitlines() if not line.startswith(("# ", "<!--")))
    crumbs = (("Home", "/"), ("Methods", "/methods"), (title, None))
    return MethodPage(PageHead(f"Methods: {title}", "about", crumbs), title, _html(body))


def _title(text: str, name: str) -> str:
    first = next((line[2:].strip() for line in text.splitlines() if line.startswith("# ")), "")
    return first or name.replace("-", " ").capitalize()


def _html(text: str) -> Markup:
    """Markdown as HTML in the classes of our look; raw HTML in the text is shown, never obeyed."""
    html = _LINK.sub(r'href="/methods/\1', _MARKDOWN.render(text))
    classes = {
        "<h2>": '<h2 class="govuk-heading-l">',
        "<h3>": '<h3 class="govuk-heading-m">',
        "<p>": '<p class="govuk-body">',
        "<ul>": '<ul class="govuk-list govuk-list--bullet">',
        "<ol>": '<ol class="govuk-list govuk-list--number">',
        "</table>": "</table></div>",
        "<th>": '<th class="govuk-table__header">',
        "<td>": '<td class="govuk-table__cell">',
    }
    for plain, styled in classes.items():
        html = html.replace(plain, styled)
    for number in range(1, html.count("<table>") + 1):
        html = html.replace("<table>", f'{_region(number)}<table class="govuk-table">', 1)
    return Markup(html)  # noqa: S704 - the renderer escapes raw HTML


def _region(number: int) -> str:
    """The box in which a wide table scrolls; each has a name of its own."""
    return f'<div class="table-region" role="region" aria-label="Table {number}" tabindex="0">'


SHOWN = (
    Link("Why there is no league table", NO_RANKING, "what one order of unlike councils does"),
    Link("How good our flags are", FLAGS_REPORT, "what became of changes that we flagged"),
    Link("How sentences are chosen", "/words", "every rule that turns numbers into words"),
    Link("How far similarity carries", SIMILARITY_REPORT, "every model of similar councils, judged alike"),
)
"""Pages that show on our own figures what a rule is good for."""

RULES = (
    (
        "Who is compared",
        "The councils of the group that acted on the last day of the period, run the service and are of a type for "
        "which the figure is published. We name the group and how many in it have a figure. The council itself counts.",
    ),
    (
        "The middle",
        "The middle figure is the median: as many councils lie below as above. The middle half lies between the "
        f"quartiles. With fewer than {MINIMUM_FOR_MEDIAN} figures we give no middle.",
    ),
    (
        "Place",
        "The highest figure is 1st, whatever is better. Councils that share a published figure share a range, such as "
        "joint 59th to 132nd of 132. There is no national league table, and no page is sorted by place.",
    ),
    (
        "Lower or higher than most",
        "The lowest quarter of a group is lower than most, the highest quarter higher than most. With fewer than "
        f"{MINIMUM_FOR_BANDS} figures we do not say. Nor do we where a tie reaches over the edge of a quarter.",
    ),
    (
        "Too coarse to tell",
        f"Where one step of the published rounding is more than {LARGEST_STEP_IN_MADS:g} of the median distance from "
        "the middle, the figures cannot tell councils apart, and we say so.",
    ),
    (
        "Better or worse",
        "Only where a metric has a better end, the publisher gives 95% limits, and both limits lie on one side of the "
        "middle figure. Without limits we say lower or higher, which judges nothing.",
    ),
    (
        "Spread",
        f"{MAD_TO_SIGMA} times the median distance from the median; where that is nought, the distance between the "
        f"quartiles divided by {IQR_TO_SIGMA}. The ends of a strip are the 2nd and the 98th percentile.",
    ),
    (
        "Missing figures",
        "A figure that is held back, not available or not yet published has its reason in its place. Nothing is "
        "estimated to fill a gap, and nothing is carried over when councils merge or split.",
    ),
)
