"""A view's figures as XLSX: a cover, the figures with their limits and refusals, what to know, where they come from."""

import io
from collections.abc import Iterator
from typing import Any

import xlsxwriter

from moothall.presenters.citation import Citation
from moothall.presenters.downloads.csv_file import Whole, with_site
from moothall.presenters.downloads.dataset import Dataset
from moothall.presenters.provenance.trail_page import published_text

NARROW, WIDE, TEXT = 14, 34, 90
WIDE_FIELDS = {"metric_title", "authority_name", "why_missing", "why_not_compared", "trail", "sentence", "attribution"}
NO_FORMULAS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
COVER_NOTES = (
    "Data: one row a figure or a thing, in the order of the page, never by size.",
    "Columns: what stands in each column.",
    "Notes: what each metric means, and what nobody should conclude from it.",
    "Sources: every release behind the rows, with its licence and the attribution that must stand beside them.",
)
"""What the cover says of the other sheets."""

REFUSALS = {"why_missing": "Without a figure", "why_not_compared": "With a figure, but without a place in the group"}
"""The columns of refusals, as the cover counts them."""

MOST_ON_COVER = 12
"""How many different attributions the cover gives; the sheet of sources has them all."""


def workbook_bytes(dataset: Dataset, citation: Citation, whole: Whole) -> bytes:
    """The file; ``whole`` makes addresses of this site whole."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, NO_FORMULAS) as book:
        book.set_properties({"title": dataset.title, "comments": citation.text})
        look = {"bold": book.add_format({"bold": True}), "wrap": book.add_format({"text_wrap": True, "valign": "top"})}
        _cover(book, look, dataset, citation)
        _data(book, look, dataset, whole)
        _texts(book, look, "Columns", ("Column", "What stands in it"), [(f.name, f.meaning) for f in dataset.fields])
        _texts(book, look, "Notes", ("About", "What to know"), list(dataset.notes))
        _sources(book, look, dataset)
    return out.getvalue()


def _cover(book: Any, look: dict[str, Any], dataset: Dataset, citation: Citation) -> None:
    sheet = book.add_worksheet("Cover")
    sheet.set_column(0, 0, TEXT)
    sheet.write_string(0, 0, dataset.title, look["bold"])
    for row, text in enumerate((citation.address, citation.text, *_held(dataset), *COVER_NOTES), start=1):
        sheet.write_string(row, 0, text, look["wrap"])


def _held(dataset: Dataset) -> Iterator[str]:
    """How many rows there are, how many of them refuse a figure or a place, and under which licences."""
    names = [field.name for field in dataset.fields]
    yield f"Rows: {len(dataset.rows):,}."
    for name, words in REFUSALS.items():
        if name in names:
            count = sum(row[names.index(name)] is not None for row in dataset.rows)
            yield f"{words}: {count:,}; the column {name} gives the reason."
    for name in ("licence", "attribution"):
        said = dict.fromkeys(str(row[names.index(name)]) for row in dataset.rows)
        yield from (f"{name.capitalize()}: {text}" for text in list(said)[:MOST_ON_COVER] if text)


def _data(book: Any, look: dict[str, Any], dataset: Dataset, whole: Whole) -> None:
    sheet = book.add_worksheet("Data")
    sheet.freeze_panes(1, 0)
    for column, field in enumerate(dataset.fields):
        sheet.set_column(column, column, WIDE if field.name in WIDE_FIELDS else NARROW)
        sheet.write_string(0, column, field.name, look["bold"])
    for row, values in enumerate(dataset.rows, start=1):
        for column, value in enumerate(with_site(dataset.fields, values, whole)):
            if isinstance(value, str) and value:
                # Not by way of ``write``, which asks anew for each cell what it may hold: most cells are words.
                sheet.write_string(row, column, value)
            elif value not in (None, ""):
                sheet.write(row, column, value)
    if dataset.rows:
        sheet.autofilter(0, 0, len(dataset.rows), len(dataset.fields) - 1)


def _texts(book: Any, look: dict[str, Any], name: str, heads: tuple[str, str], lines: list[tuple[str, str]]) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, WIDE)
    sheet.set_column(1, 1, TEXT)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, look["bold"])
    for row, line in enumerate(lines, start=1):
        for column, text in enumerate(line):
            sheet.write_string(row, column, text, look["wrap"])


SOURCE_HEADS = ("Publisher", "Release", "Published", "Page", "Files", "sha256", "Licence", "Attribution")


def _sources(book: Any, look: dict[str, Any], dataset: Dataset) -> None:
    sheet = book.add_worksheet("Sources")
    sheet.set_column(0, len(SOURCE_HEADS) - 1, WIDE)
    for column, head in enumerate(SOURCE_HEADS):
        sheet.write_string(0, column, head, look["bold"])
    for row, (release, licence, attribution) in enumerate(dataset.releases, start=1):
        files = "; ".join(file.path for file in release.files)
        hashes = "; ".join(file.sha256 for file in release.files)
        cells = (release.publisher, release.title, published_text(release), release.landing_page, files, hashes)
        for column, text in enumerate((*cells, licence, attribution)):
            sheet.write_string(row, column, text, look["wrap"])
