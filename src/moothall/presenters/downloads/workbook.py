"""A view's figures as XLSX: a cover, the figures with their limits and refusals, what to know, where they come from."""

import io
from typing import Any

import xlsxwriter

from moothall.presenters.citation import Citation
from moothall.presenters.downloads.csv_file import with_site
from moothall.presenters.downloads.dataset import FIELDS, Dataset
from moothall.presenters.trail_page import published_text

NARROW, WIDE, TEXT = 14, 34, 90
WIDE_FIELDS = {"metric_title", "authority_name", "why_missing", "why_not_compared", "trail"}
NO_FORMULAS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
COVER_NOTES = (
    "Figures: one row a figure, in the order of the page, never by size.",
    "Columns: what stands in each column.",
    "Notes: what each metric means, and what nobody should conclude from it.",
    "Sources: every release behind the figures, with its licence and the attribution that must stand beside them.",
)
"""What the cover says of the other sheets."""


def workbook_bytes(dataset: Dataset, citation: Citation, site: str) -> bytes:
    """The file; ``site`` is the address before every path."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, NO_FORMULAS) as book:
        book.set_properties({"title": dataset.title, "comments": citation.text})
        look = {"bold": book.add_format({"bold": True}), "wrap": book.add_format({"text_wrap": True, "valign": "top"})}
        _cover(book, look, dataset, citation)
        _figures(book, look, dataset, site)
        _texts(book, look, "Columns", ("Column", "What stands in it"), [(f.name, f.meaning) for f in FIELDS])
        _texts(book, look, "Notes", ("About", "What to know"), list(dataset.notes))
        _sources(book, look, dataset)
    return out.getvalue()


def _cover(book: Any, look: dict[str, Any], dataset: Dataset, citation: Citation) -> None:
    sheet = book.add_worksheet("Cover")
    sheet.set_column(0, 0, TEXT)
    sheet.write_string(0, 0, dataset.title, look["bold"])
    for row, text in enumerate((citation.address, citation.text, *COVER_NOTES), start=1):
        sheet.write_string(row, 0, text, look["wrap"])


def _figures(book: Any, look: dict[str, Any], dataset: Dataset, site: str) -> None:
    sheet = book.add_worksheet("Figures")
    sheet.freeze_panes(1, 0)
    for column, field in enumerate(FIELDS):
        sheet.set_column(column, column, WIDE if field.name in WIDE_FIELDS else NARROW)
        sheet.write_string(0, column, field.name, look["bold"])
    for row, values in enumerate(dataset.rows, start=1):
        for column, value in enumerate(with_site(values, site)):
            if value is not None:
                sheet.write(row, column, value)
    if dataset.rows:
        sheet.autofilter(0, 0, len(dataset.rows), len(FIELDS) - 1)


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
