"""Cohorts and metric rows: who is compared, which figure is shown, and the reason where there is none."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from moothall.analytics.groups import ENGLAND, GroupKind, group_of
from moothall.domain.words import Cadence, Polarity
from moothall.presenters.authority.authority_page import make_authority_page, services_run
from moothall.presenters.authority.rows import MetricRow, make_row
from moothall.presenters.comparing.compare_page import shared_period
from moothall.presenters.figures.cohort import cohorts_of, latest_standing, newest_period, standing_of, standings_of
from moothall.presenters.figures.reading import authority_with_slug
from moothall.presenters.metric.metric_page import default_group, make_metric_page, period_with_slug
from moothall.store import Panel
from tests.support.store_builder import MET_NAMES, FakeStore, make_metric, make_store

RATE = make_metric()
FIGURES = """
              2019-20   2020-21      2021-22              2023-24
Barnsley      41.0      42.0         43.0                 43.5
Bradford      38.0      suppressed   36.0 [35.0, 37.0]    -
Calderdale    44.0      45.0         45.5 [40.0, 50.0]    44.0
Doncaster     45.0      46.0         47.0 [46.0, 48.0]    47.0
Kirklees      30.0      29.0         28.5                 28.0
Leeds         39.0      missing      -                    suppressed
Rotherham     46.0      46.1         46.3                 46.0
Sheffield     31.0      32.0         33.0                 33.0
Wakefield     41.5      41.2         41.9                 42.0
Bolton        48.0      48.8         49.4                 49.0
Bury          50.0      51.0         52.0p                52.0
Allerdale     36.0      36.5         37.0                 37.5
"""


BY_LIMITS = "metropolitan districts (by the publisher's limits)"


@pytest.fixture
def store() -> FakeStore:
    return make_store({RATE: FIGURES})


def row(store: FakeStore, slug: str, kind: GroupKind = GroupKind.SAME_TYPE) -> MetricRow:
    authority = authority_with_slug(store, slug)
    metric = store.catalogue.metrics["recycling"]
    return make_row(store, metric, authority, group_of(kind, authority, store.catalogue.regions))


def test_a_row_leads_to_its_metric_in_its_own_group(store: FakeStore) -> None:
    """There the words that it shows have their rule and their numbers."""
    page = "/metrics/recycling?authority=leeds"
    assert row(store, "leeds").metric_href == page
    assert row(store, "leeds", kind=GroupKind.ENGLAND).metric_href == f"{page}&group=england"


def test_a_row_shows_the_newest_period_of_its_authority(store: FakeStore) -> None:
    barnsley = row(store, "barnsley")
    assert (barnsley.value_text, barnsley.period_text, barnsley.status_text) == ("43.5%", "2023-24", "")
    assert barnsley.trail_href == "/trail/recycling/barnsley/2023-24"
    assert barnsley.refusal is None


def test_a_row_says_where_the_newest_period_has_no_row_of_its_authority(store: FakeStore) -> None:
    bradford = row(store, "bradford")
    assert (bradford.period_text, bradford.status_text) == ("2021-22", "not in the figures for 2023-24")


def test_a_published_interval_gives_a_judgement_where_polarity_allows(store: FakeStore) -> None:
    assert row(store, "bradford").words == f"Worse than the middle of {BY_LIMITS}"
    plain = make_store({make_metric(polarity=Polarity.NONE): FIGURES})
    assert row(plain, "bradford").words == f"Lower than the middle of {BY_LIMITS}"


def test_a_row_without_limits_says_that_it_tells_a_position_only() -> None:
    bare = make_store({make_metric(): "\n".join(["  2021-22", *(f"{n}  {i}.0" for i, n in enumerate(MET_NAMES))])})
    assert row(bare, "barnsley").words == "Lower than most metropolitan districts (position only)"


def test_a_row_says_which_way_it_goes(store: FakeStore) -> None:
    assert row(store, "barnsley").change == "Too few periods to say how it changed"
    now_and_then = make_store({make_metric(cadence=Cadence.OCCASIONAL): FIGURES})
    assert row(now_and_then, "barnsley").change == "", "no rule speaks to series that come out now and then"
    assert row(store, "leeds").change == "", "a figure that is not there has not changed"


def test_a_missing_figure_keeps_its_row_with_the_reason(store: FakeStore) -> None:
    leeds = row(store, "leeds")
    assert (leeds.value_text, leeds.value_is_missing) == ("No figure", True)
    assert leeds.refusal == "Held back by the publisher because the numbers are small."
    assert (leeds.strip_svg, leeds.words) == (None, "")
    assert leeds.spark_svg is None


def test_an_authority_without_any_row_keeps_its_place(store: FakeStore) -> None:
    york = row(store, "york")
    assert york.refusal == "The publisher has no row for York in any period that we have read."
    assert york.trail_href is None


def test_figures_after_an_authority_ended_are_not_compared(store: FakeStore) -> None:
    allerdale = authority_with_slug(store, "allerdale")
    metric = store.catalogue.metrics["recycling"]
    newest = latest_standing(store, metric, allerdale)
    assert newest is not None
    assert newest.period.label == "2021-22"
    assert len(standings_of(store, metric, allerdale)) == 3
    after = store.panel("recycling").periods[-1]
    assert allerdale not in cohorts_of(store).at("recycling", ENGLAND, after).members


def test_median_and_rank_stand_over_the_same_members(store: FakeStore) -> None:
    period = store.panel("recycling").periods[2]
    cohort = cohorts_of(store).at("recycling", ENGLAND, period)
    assert cohort.summary.n == len(cohort.known) == 11
    assert {place.n for place in cohort.positions.values()} == {11}
    assert [member.short_name for member in cohort.members] == sorted(m.short_name for m in cohort.members)


class FewBehindBradford(FakeStore):
    """Each figure is divided by 100, but Bradford's by 49."""

    def panel(self, metric: str) -> Panel:
        """The figures of a metric, with their denominators."""
        panel = super().panel(metric)
        denominators = np.full(panel.values.shape, 100.0)
        denominators[panel.index[authority_with_slug(self, "bradford").code]] = 49.0
        return replace(panel, denominators=denominators)


@pytest.mark.parametrize(("minimum", "is_refused"), [(None, False), (49, False), (50, True)])
def test_a_denominator_below_the_minimum_gives_no_rank_and_no_verdict(minimum: float | None, is_refused: bool) -> None:
    made = make_store({replace(RATE, minimum_denominator=minimum): FIGURES})
    store = FewBehindBradford(made.catalogue, made.entries)
    bradford, period = row(store, "bradford"), store.panel("recycling").periods[2]
    cohort, code = cohorts_of(store).at("recycling", ENGLAND, period), authority_with_slug(store, "bradford").code
    assert (cohort.position_of(code).rank_low is None) == is_refused
    assert (bradford.strip_svg is None) == is_refused == (bradford.words == "")
    assert bradford.value_text == "36.0%"
    assert cohort.summary.n == 11
    assert cohort.position_of(authority_with_slug(store, "barnsley").code).rank_low is not None
    if is_refused:
        assert bradford.refusal == (
            "We do not compare this figure. What it is divided by is too small for a fair comparison, "
            "so it gets no rank."
        )


def test_cohorts_are_worked_out_once_for_each_build(store: FakeStore) -> None:
    period = store.panel("recycling").periods[0]
    assert cohorts_of(store).at("recycling", ENGLAND, period) is cohorts_of(store).at("recycling", ENGLAND, period)
    assert cohorts_of(store) is not cohorts_of(make_store({RATE: FIGURES}))


def test_no_row_and_no_value_are_told_apart(store: FakeStore) -> None:
    leeds, metric = authority_with_slug(store, "leeds"), store.catalogue.metrics["recycling"]
    periods = store.panel("recycling").periods
    assert standing_of(store, metric, leeds, periods[2]).status is None
    assert standing_of(store, metric, leeds, periods[1]).reason == "The council did not send a figure."


def test_a_metric_page_starts_with_one_type_and_its_newest_figures(store: FakeStore) -> None:
    metric, leeds = store.catalogue.metrics["recycling"], authority_with_slug(store, "leeds")
    assert default_group(store, metric, None).id == "type:unitary"
    group = default_group(store, metric, leeds)
    assert group.id == "type:metropolitan-district"
    assert newest_period(store, metric, group).label == "2023-24"
    page = make_metric_page(
        store, metric, group, period_with_slug(store, metric, "2021-22"), leeds, today=date(2026, 1, 1)
    )
    assert page.group is not None
    assert page.group.own_sentences[0].text.startswith("Leeds, 2021-22: no figure.")
    assert [r.cells[0].text for r in page.group.table.rows if r.is_self] == ["Leeds"]


def test_a_comparison_takes_the_newest_period_that_all_share(store: FakeStore) -> None:
    metric = store.catalogue.metrics["recycling"]
    chosen = [authority_with_slug(store, slug) for slug in ("barnsley", "bradford")]
    period = shared_period(store, metric, chosen)
    assert period is not None
    assert period.label == "2021-22"
    leeds_too = [*chosen, authority_with_slug(store, "leeds")]
    assert getattr(shared_period(store, metric, leeds_too), "label", None) == "2019-20"


def test_services_of_everyone_are_not_named(store: FakeStore) -> None:
    burnley, day = authority_with_slug(store, "burnley"), date(2026, 11, 22)
    assert services_run(store, burnley, day) == ["waste collection"]


def test_a_council_that_starts_later_says_so(store: FakeStore) -> None:
    cumberland = authority_with_slug(store, "cumberland")
    page = make_authority_page(store, cumberland, date(2023, 1, 1))
    assert page.notices[0].title == "This council starts on 1 April 2023."
    assert [link.text for link in page.predecessors] == ["Allerdale Council", "Cumbria Council"]
