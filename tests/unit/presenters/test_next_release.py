"""What a page says of the next release, before and after the time that its publisher named."""

from datetime import date

import pytest

from moothall.catalogue.next_release import NextReleaseEntry, to_next_release
from moothall.presenters.metric.next_release import next_release_text
from tests.support.store_builder import make_metric


@pytest.mark.parametrize(
    ("announced", "today", "expected"),
    [
        ({"month": "2026-11"}, "2026-11-30", "Due in November 2026"),
        ({"month": "2026-11"}, "2026-12-01", "Was due in November 2026; we have not got it"),
        ({"month": "2024-02"}, "2024-02-29", "Due in February 2024"),
        ({"day": "2026-07-29"}, "2026-07-29", "Due on 29 July 2026"),
        ({"day": "2026-07-29"}, "2026-07-30", "Was due on 29 July 2026; we have not got it"),
        (
            {"month": "2026-08", "brings": "January to March 2026"},
            "2026-09-01",
            "Was due in August 2026: January to March 2026; we have not got it",
        ),
    ],
)
def test_an_announcement_in_words(announced: dict[str, str], today: str, expected: str) -> None:
    entry = NextReleaseEntry.model_validate(announced)
    metric = make_metric("m", next_release=to_next_release(entry))
    assert next_release_text(metric, date.fromisoformat(today)) == expected


def test_without_an_announcement_no_date_is_known() -> None:
    assert next_release_text(make_metric("m"), date(2026, 1, 1)) == "No date is known to us"
