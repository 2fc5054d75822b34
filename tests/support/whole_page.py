"""What every page owes its reader, wherever its route stands: whole HTML, one h1, a title, no leak, no dead end."""

import re
from collections import Counter

import html5lib
from django.http import HttpResponse

LEAKS = (">None<", '="None"', "Undefined", "{{", "{%", " style=", "<script")
OWN_PROGRAM = re.compile(r'<script type="module" src="/static/[a-z-]+\.js\?v=[0-9a-f]{8}"></script>')
"""The one way in which a page may load a program: a file of the site's own, in the frame."""


def page_faults(response: HttpResponse, *, allowed: tuple[str, ...] = ()) -> list[str]:
    """One line for each thing that is wrong with a page; ``allowed`` leaks are not counted."""
    html = response.content.decode()
    if response.status_code != 200:
        return [f"status {response.status_code}: {html}"]
    parser = html5lib.HTMLParser()
    parser.parse(html)
    faults = [f"{place} {code}" for place, code, _ in parser.errors if code != "non-void-element-with-trailing-solidus"]
    faults += [f"{html.count('<h1')} h1"] if html.count("<h1") != 1 else []
    faults += [] if " - Moothall</title>" in html else ["no title"]
    words = OWN_PROGRAM.sub("", html)
    faults += [f"{leak} leaks" for leak in LEAKS if leak in words and leak not in allowed]
    faults += ["a figure that is no number"] if re.search(r"\bnan\b", html) else []
    links = re.findall(r'href="([^"]*)"', html)
    faults += [f"odd link {link}" for link in links if not link.startswith(("/", "#", "https://"))]
    ids = Counter(re.findall(r'\bid="([^"]+)"', html))
    faults += [f"id {name} twice" for name, n in ids.items() if n > 1]
    return faults
