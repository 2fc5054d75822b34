"""The specification of the revisions report: what a later release says otherwise."""

from collections.abc import Mapping, Sequence
from typing import Any

from moothall.analytics.revisions import make_report, make_revision
from moothall.domain.observation import TwoVintages
from moothall.domain.words import Status
from tests.spec.tables import Page, Row, Table

STATUSES = {"none": Status.NOT_AVAILABLE, "p": Status.PROVISIONAL}


def two_vintages(before: str, after: str, area: str = "E06000001") -> TwoVintages:
    """A figure in two releases, written ``5``, ``5 p`` (provisional) or ``none``."""
    (old, old_status), (new, new_status) = _figure(before), _figure(after)
    return TwoVintages("debt", None, area, "2017-18", "2018-08", "2018-11", old, new, old_status, new_status)


def _figure(text: str) -> tuple[float | None, Status]:
    number, _, mark = text.partition(" ")
    return (None, Status.NOT_AVAILABLE) if number == "none" else (float(number), STATUSES.get(mark, Status.FINAL))


def answer_one(given: Mapping[str, Any]) -> Mapping[str, Any]:
    made = make_revision(two_vintages(given["before"], given["after"]))
    return {"kind": str(made.kind), "change": made.change, "relative": made.relative}


def answer_order(given: Mapping[str, Any]) -> Mapping[str, Any]:
    pairs: Sequence[str] = given["figures"]
    report = make_report(two_vintages(*pair.split(" to "), area=f"E{n}") for n, pair in enumerate(pairs))
    order = [pairs[int(revision.figure.area_code[1:])] for revision in report.revisions]
    return {"compared": report.compared, "same": report.same, "order": order}


ONE = Table(
    "One figure in two releases",
    """
The change is in the figure's own unit; the relative change is a share of the earlier figure, whatever its sign. "p"
marks a provisional figure.
""",
    answer_one,
    [
        Row("Raised by a quarter.", {"before": "80", "after": "100"},
            {"kind": "changed", "change": 20.0, "relative": 0.25}),
        Row("Lowered by a fifth.", {"before": "100", "after": "80"},
            {"kind": "changed", "change": -20.0, "relative": -0.2}),
        Row("A negative figure that rose.", {"before": "-100", "after": "-80"},
            {"kind": "changed", "change": 20.0, "relative": 0.2}),
        Row("From zero no share can be given.", {"before": "0", "after": "5"},
            {"kind": "changed", "change": 5.0, "relative": None}),
        Row("The same.", {"before": "80", "after": "80"}, {"kind": "same", "change": 0.0, "relative": 0.0}),
        Row("Only its status changed.", {"before": "80 p", "after": "80"},
            {"kind": "firmed", "change": 0.0, "relative": 0.0}),
        Row("It was missing and came.", {"before": "none", "after": "5"},
            {"kind": "appeared", "change": None, "relative": None}),
        Row("It was there and was taken back.", {"before": "5", "after": "none"},
            {"kind": "withdrawn", "change": None, "relative": None}),
        Row("Missing in both.", {"before": "none", "after": "none"},
            {"kind": "same", "change": None, "relative": None}),
    ],
)  # fmt: skip

ORDER = Table(
    "Largest first",
    """
Withdrawn figures, then changed ones by the size of the relative change (one from zero before all others), then those
that appeared, then those of which only the status changed. Figures that stand are only counted.
""",
    answer_order,
    [
        Row("By relative size, up or down.", {"figures": ["100 to 101", "100 to 50", "10 to 12"]},
            {"compared": 3, "same": 0, "order": ["100 to 50", "10 to 12", "100 to 101"]}),
        Row("By kind.", {"figures": ["5 p to 5", "none to 5", "100 to 101", "5 to none", "7 to 7"]},
            {"compared": 5, "same": 1, "order": ["5 to none", "100 to 101", "none to 5", "5 p to 5"]}),
        Row("From zero first; among those by the change itself.", {"figures": ["1 to 9", "0 to 2", "0 to 3"]},
            {"compared": 3, "same": 0, "order": ["0 to 3", "0 to 2", "1 to 9"]}),
        Row("Nothing to compare.", {"figures": []}, {"compared": 0, "same": 0, "order": []}),
    ],
)  # fmt: skip

PAGE = Page(
    "revisions",
    "Revisions: what a later release says otherwise",
    """
Every release is kept. Where two of a source give the same figure, the newer one is shown and the older stands beside it
as a vintage. An answer as of a day uses only releases that had come out by then: of a release whose month alone is
known, the last day of the month counts; one whose date is not known at all counts from the day of the newest release
that we hold. The report of a source sets each figure beside the same figure in the release before.
""",
    (ONE, ORDER),
)
