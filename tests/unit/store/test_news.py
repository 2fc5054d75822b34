"""What each release brought, as the build found it: the same as comparing releases one by one."""

from collections import Counter
from datetime import date

import pytest

from moothall.analytics.revisions import RevisionKind, make_report
from moothall.store import NewsKind, Store

pytestmark = pytest.mark.slow


def test_each_release_brings_what_was_not_there_or_was_otherwise(store: Store) -> None:
    found = store.news()
    assert [each.published_on for each in found] == sorted((each.published_on for each in found), reverse=True)
    first = [each for each in found if each.kind is NewsKind.FIGURES][-1]
    panel = store.as_of(first.published_on).panel(first.metric)
    assert first.figures == int((~(panel.values != panel.values)).sum())
    assert first.authorities == tuple(sorted(first.authorities))
    assert set(first.authorities) <= set(panel.authorities)


def test_revisions_are_those_of_the_report(store: Store) -> None:
    counted: Counter[tuple[str, str]] = Counter()
    for source in {source for source, _ in store.releases}:
        for revision in make_report(store.revisions(source)).revisions:
            figure = revision.figure
            if revision.kind in (RevisionKind.CHANGED, RevisionKind.WITHDRAWN) and figure.authority:
                counted[figure.metric, figure.later] += 1
    found = {(n.metric, n.release): n.figures for n in store.news() if n.kind is NewsKind.REVISION}
    assert counted
    assert found == dict(counted)


def test_news_are_chosen_by_metric_authority_number_and_day(store: Store) -> None:
    every = store.news()
    code = every[0].authorities[0]
    assert store.news([every[0].metric], most=1) == every[:1]
    assert store.news(["no-such-metric"]) == ()
    assert {each.authorities for each in store.news(authority=code)} == {(code,)}
    assert store.news(authority="NOBODY") == ()
    assert store.as_of(date(1990, 1, 1)).news() == ()
