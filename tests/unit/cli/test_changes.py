"""`moothall standing-out`, `learn` and `reversal-report` on a tiny home: what cannot be said is one sentence."""

import json

import pytest

from moothall.analytics.groups import type_group
from moothall.cli.changes import print_learning, print_standing_out, shown
from moothall.domain.authority import AuthorityType
from moothall.presenters.authority.learning_view import whom_to_learn_from
from moothall.presenters.authority.standing_out_view import what_stands_out
from moothall.presenters.figures.reading import authority_with_slug
from tests.support.store_builder import FakeStore, make_store
from tests.unit.cli.conftest import Run
from tests.unit.presenters.test_changes import metric, steady_table, table

METS = type_group(AuthorityType.METROPOLITAN_DISTRICT)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("standing-out", "westbay"), "None of the figures of Westbay Council can be tested"),
        (("standing-out", "westbay", "--group", "type:county"), "is not one of the county councils"),
        (("standing-out", "westbay", "--group", "nowhere"), "There is no group 'nowhere'"),
        (("standing-out", "atlantis"), "atlantis"),
        (("learn", "recycling-rate", "atlantis"), "atlantis"),
        (("learn", "nothing-of-the-kind", "westbay"), "nothing-of-the-kind"),
        (("learn", "bin-colours", "westbay"), "has no figures yet"),
        (("reversal-report",), "no metric of four periods"),
    ],
)
def test_what_cannot_be_said_is_one_sentence_and_exit_code_2(
    run: Run, arguments: tuple[str, ...], sentence: str
) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert sentence in done.err
    assert len(done.err.strip().splitlines()) == 1


def test_learn_answers_programs_where_nobody_does_better(run: Run) -> None:
    record = json.loads(run("learn", "recycling-rate", "westbay", "--format", "json").out)
    assert (record["authority"], record["better"], record["turned_round"]) == ("WBY", [], [])
    assert "nobody" in run("learn", "recycling-rate", "westbay").out


@pytest.fixture
def store() -> FakeStore:
    return make_store({metric(): steady_table(), metric("far"): table((5.0, 5.0))})


def test_people_read_three_lists_and_how_much_was_tested(store: FakeStore, capsys: pytest.CaptureFixture[str]) -> None:
    print_standing_out(store, what_stands_out(store, authority_with_slug(store, "leeds"), METS))
    out = capsys.readouterr().out
    assert out.startswith("To look into:\n  - Far, Leeds, 2021-22: 5.0%, lower than")
    assert "Going well:\n  nothing by more than chance would give\n" in out
    assert out.splitlines()[-1].startswith("Out of 2 figures that we tested, 1 stands out")


def test_people_read_why_each_council_is_named(store: FakeStore, capsys: pytest.CaptureFixture[str]) -> None:
    asked = authority_with_slug(store, "barnsley")
    print_learning(store, whom_to_learn_from(store, store.catalogue.metrics["recycling"], asked, METS))
    out = capsys.readouterr().out
    assert "Turned it round (by name):\n  - Leeds was in the worse half of metropolitan districts" in out
    assert "(likely)" in out


@pytest.mark.parametrize(("figure", "text"), [(None, ""), (1204, "1,204"), (0.1366, "13.7%")])
def test_counts_are_whole_and_shares_are_percentages(figure: int | float | None, text: str) -> None:
    assert shown(figure) == text
