"""The quick reader of markup finds each fault that it is for, and none in a page that html5lib finds whole."""

import html5lib
import pytest

from tests.support.markup import markup_faults

WHOLE = (
    '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>x - Moothall</title></head><body>'
    '<main id="main"><h1>Leeds &amp; Bradford</h1><h2 id="a">A</h2><svg role="img"><path d="M0 0"/></svg>'
    '<section aria-labelledby="a"><h3>B</h3><a href="#a">a</a><label for="q">q</label><input id="q" hidden></section>'
    "</main></body></html>"
)


def test_a_whole_page_has_no_fault() -> None:
    assert markup_faults(WHOLE) == []
    parser = html5lib.HTMLParser()
    parser.parse(WHOLE)
    assert [fault[1] for fault in parser.errors if "trailing-solidus" not in fault[1]] == []


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        ("</section>", "", "</main> out of turn"),
        ("</h3>", "</h2>", "</h2> out of turn"),
        ("</main></body></html>", "", "<main> is never closed"),
        ("Leeds &amp;", "Leeds <", "a bare < before ' Bradford"),
        ('id="q" hidden', 'id="a" hidden', "id 'a' is there 2 times"),
        ('href="#a"', 'href="#b"', "nothing has the id 'b'"),
        ('aria-labelledby="a"', 'aria-labelledby="a c"', "nothing has the id 'c'"),
        ('for="q"', 'for="p"', "nothing has the id 'p'"),
        ("<h1>", "<h1>{{ ", "'{{' leaked"),
        (">a</a>", ">None</a>", "'>None<' leaked"),
        (">a</a>", ">nan%</a>", "the page says 'nan'"),
        ("<h1>", "<h1></h1><h1>", "it has 2 headings of the first level"),
        ("h3>", "h4>", "a heading of level 4 follows one of 2"),
        ("<input ", '<input id="q" ', "<input> has id twice"),
    ],
)
def test_each_fault_is_found(good: str, bad: str, fault: str) -> None:
    assert good in WHOLE
    assert any(found.startswith(fault) for found in markup_faults(WHOLE.replace(good, bad)))
