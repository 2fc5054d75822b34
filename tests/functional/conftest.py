"""A site that serves a small made-up store, on a fixed day."""

from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest
from django.test import Client

from moothall.domain.authority import AuthorityType
from moothall.domain.practice import PracticeNote
from moothall.domain.reply import Reply
from moothall.domain.words import MetricState, Polarity
from moothall.web import current
from tests.support.consultation_builder import with_closed_consultation
from tests.support.published import NOTE, example_replies, published
from tests.support.signals import with_signals
from tests.support.similar import make_model, with_models
from tests.support.store_builder import FakeStore, copy_of, make_metric, make_store

RECYCLING = """
              2019-20   2020-21      2021-22
Barnsley      41.0      42.0         43.0
Bradford      38.0      suppressed   36.0
Calderdale    44.0      45.0         45.5
Doncaster     45.0      46.0         47.0
Kirklees      30.0      29.0         28.5
Leeds         39.0      38.7         38.2p
Rotherham     46.0      46.1         46.3
Sheffield     31.0      32.0         33.0
Wakefield     41.5      41.2         41.9
Bolton        48.0      48.8         49.4
Bury          50.0      51.0         52.0
Oldham        missing   44.4         44.9
Allerdale     36.0      36.5         37.0
Burnley       27.0      27.5         28.0
York          43.0      43.3         43.9
"""

CARE = """
              2020-21             2021-22
Leeds         61.0 [59.0, 63.0]   62.0 [60.0, 64.0]
Bradford      58.0 [56.0, 60.0]   57.0 [55.0, 59.0]
Sheffield     60.0 [58.0, 62.0]   61.0 [59.0, 63.0]
Cumbria       63.0 [61.0, 65.0]   64.0 [62.0, 66.0]
Lancashire    59.0 [57.0, 61.0]   60.0 [58.0, 62.0]
"""

RUN_CARE = frozenset(AuthorityType) - {AuthorityType.SHIRE_DISTRICT, AuthorityType.COMBINED_AUTHORITY}


def make_example_store() -> FakeStore:
    """Two live metrics, one of them without polarity, one that waits for its publisher, and replies of councils."""
    return copy_of(_example_store())


@cache
def _example_store() -> FakeStore:
    """The same, made once: only copies of it leave this file."""
    care = make_metric(
        "quality-of-life",
        theme="care",
        topic="quality",
        responsibility="adult-social-care",
        applies_to=RUN_CARE,
        polarity=Polarity.NONE,
        questions=("What would raise it?",),
    )
    awaited = make_metric(
        "fly-tipping",
        state=MetricState.AWAITING_DATA,
        value=None,
        awaiting="The ministry has not published it.",
        landing_page="https://example.org/soon",
    )
    recycling = make_metric("household-waste-recycling-rate", title="Household waste recycling rate")
    store = make_store({recycling: RECYCLING, care: CARE, awaited: ""})
    store = with_closed_consultation(with_signals(with_models(store, make_model())), care.id)
    return published(published(store, Reply, *example_replies(store)), PracticeNote, NOTE)


@pytest.fixture
def store() -> FakeStore:
    """The store that the site serves."""
    return make_example_store()


@pytest.fixture
def client(store: FakeStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """A reader of the site on 22 November 2026."""
    monkeypatch.setattr(current, "_day", lambda: date(2026, 11, 22))
    current.current_store.serve_only(store)
    yield Client(raise_request_exception=False)
    current.current_store.serve_only(None)
