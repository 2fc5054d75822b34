"""A council by the sixteen outcomes: a page for each, reached from its overview, whole also where there is nothing."""

import re

from django.test import Client

from moothall.presenters.addresses import authority_outcome_address
from moothall.presenters.figures.reading import live_metrics
from moothall.presenters.fixed_copy import make_resolver
from tests.support.store_builder import FakeStore


def test_the_overview_leads_to_every_outcome_and_each_is_there(client: Client, store: FakeStore) -> None:
    outcomes = store.catalogue.outcomes.values()
    html = client.get("/authorities/leeds").content.decode()
    assert len(outcomes) > 0
    for outcome in outcomes:
        address = authority_outcome_address("leeds", outcome.id)
        assert f'<a href="{address}">{outcome.number}. ' in html
        page = client.get(address).content.decode()
        assert f'<h1 class="govuk-heading-xl">{outcome.title}: Leeds</h1>' in page.replace("&#39;", "'")
        assert f'href="/outcomes/{outcome.id}"' in page


def test_an_outcome_has_the_metrics_that_serve_it_or_says_that_there_are_none(client: Client, store: FakeStore) -> None:
    serving = {metric.outcome for metric in live_metrics(store)} - {None}
    listed = {line.outcome for f in store.catalogue.frameworks.values() for line in f.metrics if line.metric}
    for outcome in store.catalogue.outcomes.values():
        page = client.get(authority_outcome_address("leeds", outcome.id)).content.decode()
        rows = len(re.findall(r'<li class="metric-row"', page))
        assert bool(rows) is (outcome.id in serving | listed) or "None of the metrics listed for it" in page


def test_the_group_is_kept_and_a_wrong_outcome_is_not_there(client: Client, store: FakeStore) -> None:
    outcome = next(iter(store.catalogue.outcomes))
    titles = [
        re.findall(
            r"<title>(.*?)</title>", client.get(authority_outcome_address("leeds", outcome, **c)).content.decode()
        )
        for c in ({}, {"group": "england"})
    ]
    assert titles[0] != titles[1]
    assert client.get(authority_outcome_address("leeds", "happiness")).status_code == 404


def test_a_fixed_copy_leads_to_the_outcome_itself(store: FakeStore) -> None:
    assert make_resolver(store)(authority_outcome_address("leeds", "environment")) == "/outcomes/environment"
