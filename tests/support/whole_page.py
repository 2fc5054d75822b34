"""What every page owes its reader, wherever its route stands: whole HTML, one h1, a title, no leak, no dead end.

A page is read twice: by html5lib, which knows the standard's own errors, and by the quick reading of ``markup``, which
knows ids, labels, headings and leaked words.
"""

import re

import html5lib
from django.http import HttpResponse

from tests.support.markup import markup_faults

REFUSED = (" style=", "<script")
"""What the site's own rule for browsers forbids."""
OWN_PROGRAM = re.compile(r'<script type="module" src="/static/[a-z-]+\.js\?v=[0-9a-f]{8}"></script>')
"""The one way in which a page may load a program: a file of the site's own, in the frame."""


def page_faults(response: HttpResponse, *, allowed: tuple[str, ...] = ()) -> list[str]:
    """One line for each thing that is wrong with a page; a line that is ``allowed`` is not counted."""
    html = response.content.decode()
    if response.status_code != 200:
        return [f"status {response.status_code}: {html}"]
    parser = html5lib.HTMLParser()
    parser.parse(html)
    faults = [f"{place} {code}" for place, code, _ in parser.errors if code != "non-void-element-with-trailing-solidus"]
    faults += markup_faults(html)
    faults += [] if " - Moothall</title>" in html else ["no title"]
    words = OWN_PROGRAM.sub("", html)
    faults += [f"{refused} is refused" for refused in REFUSED if refused in words]
    links = re.findall(r'href="([^"]*)"', html)
    faults += [f"odd link {link}" for link in links if not link.startswith(("/", "#", "https://"))]
    return [fault for fault in faults if fault not in allowed]
