"""Results of a consultation for staff: counts, answers question by question, and files to take away."""

import csv
import io

import xlsxwriter
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from moothall.domain.consultation import Respondent
from moothall.engagement.consultations.results import (
    COLUMNS,
    KIND_WORDS,
    answer_rows,
    counts_by_kind,
    counts_of_councils,
    question_results,
    sent_responses,
    silent_councils,
)
from moothall.engagement.pages.render import RoomPage, head, room_page
from moothall.engagement.views.consultations import consultation_of, metrics_of
from moothall.engagement.views.staff import STAFF
from moothall.presenters.downloads.csv_file import harmless
from moothall.presenters.downloads.workbook import NO_FORMULAS

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def results(request: HttpRequest, id_: str) -> HttpResponse:
    """``/take-part/staff/results/<id>``: who has answered, and what."""
    asked = consultation_of(id_)
    sent = sent_responses(asked)
    by_type, by_region = counts_of_councils(asked, sent)
    shown = {
        "asked": asked,
        "sent": sent,
        "metrics": metrics_of(asked),
        "kinds": counts_by_kind(asked, sent),
        "kind_words": [KIND_WORDS[kind] for kind in Respondent],
        "by_type": by_type,
        "by_region": by_region,
        "silent": silent_councils(asked, sent),
        "questions": question_results(asked, sent),
    }
    page = RoomPage(head(f"Results: {asked.title}", ("Staff", STAFF)), shown=shown)
    return room_page(request, "results", page)


@require_safe
def answers_csv(request: HttpRequest, id_: str) -> HttpResponse:
    """``/take-part/staff/results/<id>/answers.csv``: words that a spreadsheet would run are made harmless."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in row] for row in answer_rows(sent_responses(consultation_of(id_))))
    return _file("\ufeff" + text.getvalue(), "text/csv; charset=utf-8", f"{id_}-answers.csv")


@require_safe
def answers_xlsx(request: HttpRequest, id_: str) -> HttpResponse:
    """``/take-part/staff/results/<id>/answers.xlsx``: the same as a workbook without a formula."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, NO_FORMULAS) as book:
        sheet = book.add_worksheet("Answers")
        for row, cells in enumerate((COLUMNS, *answer_rows(sent_responses(consultation_of(id_))))):
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, cell)
    return _file(content.getvalue(), WORKBOOK_TYPE, f"{id_}-answers.xlsx")


def _file(content: str | bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
