"""The words of a letter as blocks, and the same words as text and as HTML.

A block is a dict with ``kind`` ("paragraph", "heading", "item" or "link"), ``text``, and for a link ``href``.
"""

from django.template.loader import render_to_string

Block = dict[str, str]
CLOSING = "Moothall, the open Local Authority Data Explorer"
KINDS = ("paragraph", "heading", "item", "link")


def paragraph(text: str) -> Block:
    """Some lines of text."""
    return {"kind": "paragraph", "text": text}


def heading(text: str) -> Block:
    """A heading above what follows."""
    return {"kind": "heading", "text": text}


def item(text: str) -> Block:
    """One line of a list."""
    return {"kind": "item", "text": text}


def link(text: str, href: str) -> Block:
    """A link with its words; the text shows its address in full."""
    return {"kind": "link", "text": text, "href": href}


def as_blocks(words: tuple[str | Block, ...]) -> list[Block]:
    """Plain strings as paragraphs, blocks as they are."""
    return [paragraph(each) if isinstance(each, str) else each for each in words]


def text_of(blocks: list[Block]) -> str:
    """The letter as plain text, with an empty line between blocks that are not lines of one list."""
    lines: list[str] = []
    for before, block in zip([None, *blocks], blocks, strict=False):
        is_list_goes_on = before is not None and before["kind"] == block["kind"] == "item"
        lines += [] if is_list_goes_on or before is None else [""]
        lines += _plain(block)
    return "\n".join([*lines, "", CLOSING, ""])


def _plain(block: Block) -> list[str]:
    if block["kind"] == "item":
        return [f"- {block['text']}"]
    if block["kind"] == "heading":
        return [block["text"], "-" * len(block["text"])]
    return [block["text"], block["href"]] if block["kind"] == "link" else [block["text"]]


def html_of(subject: str, blocks: list[Block]) -> str:
    """The same words as a plain page: its language is named, it has one heading, and loads nothing."""
    shown = {"subject": subject, "runs": runs_of(blocks), "closing": CLOSING}
    return render_to_string("letters/letter.html", shown)


def runs_of(blocks: list[Block]) -> list[tuple[str, list[Block]]]:
    """Blocks with the lines of one list together: (kind, blocks)."""
    runs: list[tuple[str, list[Block]]] = []
    for block in blocks:
        if block["kind"] == "item" and runs and runs[-1][0] == "item":
            runs[-1][1].append(block)
        else:
            runs.append((block["kind"], [block]))
    return runs
