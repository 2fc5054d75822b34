"""Manners: the spacing of requests, and the length of pauses."""

import pytest

from moothall.pipeline.polite import LONGEST_PAUSE_SECONDS, Pace, pause_seconds


def test_requests_to_one_host_are_a_second_apart() -> None:
    now = [100.0]
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    pace = Pace(clock=lambda: now[0], sleep=sleep)
    for host, later in (("a", 0.0), ("a", 0.0), ("b", 0.0), ("a", 0.25), ("a", 5.0)):
        now[0] += later
        pace.wait_for(host)
    assert slept == [1.0, 0.75]


@pytest.mark.parametrize(
    ("attempt", "retry_after", "seconds"),
    [
        (1, None, 2.0),
        (2, None, 4.0),
        (4, None, 16.0),
        (1, "7", 7.0),
        (3, "0", 0.0),
        (1, "soon", 2.0),
        (1, "", 2.0),
        (1, "999999", LONGEST_PAUSE_SECONDS),
        (1, "Mon, 01 Jan 2001 00:00:00 GMT", 0.0),
        (1, "Fri, 01 Jan 2100 00:00:00 GMT", LONGEST_PAUSE_SECONDS),
        (20, None, LONGEST_PAUSE_SECONDS),
    ],
)
def test_a_pause_is_what_the_server_asks_for_or_twice_as_long_each_time(
    attempt: int, retry_after: str | None, seconds: float
) -> None:
    assert pause_seconds(attempt, retry_after) == seconds
