"""What no caller may ask: one sentence each, and no answer."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from moothall.analytics.groups import group_with_id
from moothall.analytics.interval import compare_with_median
from moothall.analytics.position import in_steps, position, positions, summarise
from moothall.analytics.summary import Summary
from moothall.errors import UnknownName
from tests.spec.register import AUTHORITIES, REGIONS

VALUES = np.array([1.0, 2.0, 3.0])

WRONG: list[tuple[Callable[[], Any], str]] = [
    (lambda: position(VALUES, 9.0, 1.0), "9.0 is none of the group's 3 figures"),
    (lambda: position(VALUES, 1.0, 0.0), "a reporting step must be above 0, not 0.0"),
    (lambda: positions(VALUES, -1.0), "a reporting step must be above 0, not -1.0"),
    (lambda: in_steps(VALUES, float("nan")), "a reporting step must be above 0, not nan"),
    (lambda: position(VALUES, 1.0, 1.0, summarise(VALUES[:2])), "the summary is of 2 figures, the group has 3"),
    (lambda: summarise(np.array([1.0, np.inf])), "a figure is infinite"),
    (lambda: compare_with_median(3.0, 2.0, 2.5), "the lower 95% limit 3.0 is above the upper limit 2.0"),
]


@pytest.mark.parametrize(("ask", "sentence"), WRONG, ids=[sentence for _, sentence in WRONG])
def test_a_wrong_argument_is_refused(ask: Callable[[], Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        ask()


def test_an_unknown_group_suggests_those_there_are() -> None:
    with pytest.raises(UnknownName) as caught:
        group_with_id("counties", REGIONS, AUTHORITIES)
    assert {"england", "type:county", "region:E12000003"} <= set(caught.value.suggestions)


@pytest.mark.parametrize("values", [VALUES, VALUES[:1]], ids=["enough", "too few"])
def test_a_summary_comes_back_from_its_fields(values: Any) -> None:
    summary = summarise(values)
    fields = {name: getattr(summary, name) for name in Summary.__slots__}
    assert Summary.from_fields(fields | {"refused": summary.refused and str(summary.refused)}) == summary


def test_binary_noise_is_taken_off() -> None:
    assert summarise(np.array([492.9, 493.0])).median is None
    assert summarise(np.array([492.8, 492.9, 493.0, 493.2])).median == 492.95
    assert summarise(np.array([0.1, 0.2, 0.3])).mad == 0.1
