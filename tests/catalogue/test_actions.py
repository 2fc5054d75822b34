"""The register of formal actions: what a row must say, that none vanishes, and that it is the compiled list whole."""

import csv
import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from moothall.catalogue import Catalogue, load_catalogue
from moothall.domain.authority import SuccessionKind
from moothall.domain.formal_action import ActionKind, CountsAs, DecisionPrecision, FormalAction, Mechanism
from moothall.errors import CatalogueError
from tests.support.actions import ACTIONS, LEDGER, action, intervention, with_actions
from tests.support.catalogue_builder import Files, write_catalogue
from tests.support.real import real_catalogue

FIRST_IDS = 107
FIRST_IDS_DIGEST = "1e07007a86a6b019717759688324b2651168480e937651bd2d419b36fd2fe520"
"""The ledger only grows: its first ids are for ever those with which the register was first written."""

ADDED_LINKS = {("Birmingham", "2023-09-21"), ("Havering", "2024-03-01")}
"""Rows that the compiled list gives without a link; we found one for each."""


@pytest.fixture(scope="module")
def ours() -> Catalogue:
    return real_catalogue()


def load(folder: Path, files: Files) -> Catalogue:
    return load_catalogue(write_catalogue(folder, files))


def test_rows_become_actions_oldest_first(tmp_path: Path) -> None:
    second = intervention(decided_on="2019-05-01", precision="month", ended_on="2021-03-31")
    register = load(tmp_path, with_actions(action(), second)).formal_actions
    assert list(register.actions) == ["northshire-intervention", "westbay-notice"]
    assert register.complete_to == date(2024, 12, 31)
    first = register.actions["northshire-intervention"]
    assert (first.first_day, first.last_day) == (date(2019, 5, 1), date(2019, 5, 31))
    assert first.is_in_force(date(2021, 3, 31))
    assert not first.is_in_force(date(2021, 4, 1))


def test_a_catalogue_may_have_no_register(tmp_path: Path) -> None:
    assert load(tmp_path, {**with_actions(), ACTIONS: {"actions": []}}).formal_actions.actions == {}


def test_nothing_passes_to_a_successor_unless_the_row_says_so(tmp_path: Path) -> None:
    before = {"decided_on": "2020-01-01"}
    goes_on = intervention("goes-on", kind="best-value-notice", continues_with=["NNS"], **before)
    register = load(tmp_path, with_actions(intervention(**before), goes_on)).formal_actions
    assert [a.id for a in register.of("NSH")] == ["goes-on", "northshire-intervention"]
    assert [a.id for a in register.of("NNS")] == ["goes-on"]


def test_support_for_the_first_year_of_a_new_council_is_agreed_before_it_takes_over(tmp_path: Path) -> None:
    money = {"kind": "exceptional-financial-support", "authority": "NNS", "decided_on": "2021-02-10"}
    held = load(tmp_path / "a", with_actions(action("support", **money, financial_year="2021-22")))
    assert held.formal_actions.of("NNS")
    with pytest.raises(CatalogueError, match="New Northshire Council did not act on 2021-02-10"):
        load(tmp_path / "b", with_actions(action("support", **money)))


FAULTS: list[tuple[list[dict[str, Any]], str]] = [
    ([action(evidence=None)], "evidence is missing; add it"),
    ([action(evidence="")], "evidence is empty"),
    ([action(evidence="the council's page")], "is not well formed; write a whole web address"),
    ([action(kind="section-114")], 'kind "section-114" is not known; did you mean "section-114-notice"?'),
    ([action(mechanism="money")], 'mechanism "money" is not known'),
    ([action(decided_on="11 November 2020")], "is not a day of the calendar"),
    ([action(precision="week")], 'precision "week" is not known'),
    ([action(ended_on="2019-01-01")], "ended_on 2019-01-01 of westbay-notice is before decided_on 2020-11-11"),
    ([action(authority="ZZZ")], 'authority "ZZZ" is not one of the authorities of the catalogue'),
    ([action(authority="NNS")], "New Northshire Council did not act on 2020-11-11; write the code of the body that"),
    ([action(amount_latest_gbp=5)], "westbay-notice has an amount but no financial_year"),
    ([action(amount_latest_gbp=-5, financial_year="2020-21")], 'amount_latest_gbp is "-5" but must be at least 0'),
    ([action(financial_year="2020")], 'financial_year "2020" is not well formed; write the financial year as 2021-22'),
    ([action(counts_why=None)], "counts_why is missing"),
    ([action(), action()], 'id "westbay-notice" is already taken in catalogue/actions/2021.yaml, line 2'),
    (
        [action(), action("again")],
        "again overlaps westbay-notice of the same kind (catalogue/",
    ),
    ([intervention(decided_on="2018-01-01"), intervention("later")], "later overlaps northshire-intervention of the"),
    ([intervention(decided_on="2018-01-01", ended_on="2020-11-11"), intervention("later")], "later overlaps"),
    ([action(continues_with=["NNS"])], '"NNS" did not follow WBY, so westbay-notice cannot go on there; take it out'),
    ([action(colour="red")], '"colour" is not a key here'),
    ([action(decided_on="2025-02-01")], "decided_on is after 2024-12-31, to which the register is said to be complete"),
]


@pytest.mark.parametrize(("actions", "words"), FAULTS, ids=[words for _, words in FAULTS])
def test_a_faulty_row_gets_its_sentence(tmp_path: Path, actions: list[dict[str, Any]], words: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        load(tmp_path, with_actions(*actions))
    told = [problem for problem in caught.value.problems if words in problem]
    assert len(told) == 1, caught.value.problems
    assert told[0].startswith(f"catalogue/{ACTIONS}, line ")


def test_one_after_another_is_no_overlap(tmp_path: Path) -> None:
    first = intervention("first", decided_on="2018-01-01", ended_on="2019-12-31")
    assert len(load(tmp_path, with_actions(first, intervention())).formal_actions.actions) == 2


LEDGER_FAULTS = [
    ({"recorded": ["westbay-notice", "lost"]}, "lost was on record and is gone; bring it back, or say under removed"),
    ({"recorded": []}, "westbay-notice is not in the ledger; add it to recorded"),
    (
        {"removed": [{"id": "westbay-notice", "on": "2026-01-01", "why": "An error."}]},
        "westbay-notice is said to be removed but stands in the register",
    ),
    ({"removed": [{"id": "other", "on": "2026-01-01", "why": "An error."}]}, "other was never on record"),
    ({"source": "waste"}, 'source "waste" is not one of the sources of the catalogue'),
]


@pytest.mark.parametrize(("keys", "words"), LEDGER_FAULTS, ids=[words for _, words in LEDGER_FAULTS])
def test_a_row_cannot_vanish(tmp_path: Path, keys: dict[str, Any], words: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        load(tmp_path, with_actions(action(), **keys))
    assert [problem for problem in caught.value.problems if words in problem]


def test_a_row_may_be_taken_out_with_its_reason(tmp_path: Path) -> None:
    removal = {"id": "lost", "on": "2026-01-01", "why": "It was about another body."}
    register = load(tmp_path, with_actions(action(), recorded=["westbay-notice", "lost"], removed=[removal]))
    assert [(r.id, r.why) for r in register.formal_actions.removed] == [("lost", "It was about another body.")]


def test_actions_need_a_ledger(tmp_path: Path) -> None:
    files = with_actions(action())
    del files[LEDGER]
    with pytest.raises(CatalogueError, match="there is no ledger of the register"):
        load(tmp_path, files)


# ---------------------------------------------------------------- the register itself


def test_the_ledger_only_grows(ours: Catalogue) -> None:
    first = ours.formal_actions.recorded[:FIRST_IDS]
    assert hashlib.sha256("\n".join(first).encode()).hexdigest() == FIRST_IDS_DIGEST


def row_of(action_: FormalAction, ours: Catalogue) -> dict[str, str]:
    """The action as the compiled list writes it."""
    authority = ours.authorities[action_.authority]

    def millions(amount: float | None) -> float | None:
        return None if amount is None else amount / 1_000_000

    return {
        "area_code": authority.area_code_on(max(action_.decided_on, authority.start)),
        "action": action_.kind.value,
        "decided_on": action_.decided_on.isoformat(),
        "date_precision": action_.precision.value,
        "ended_on": action_.ended_on.isoformat() if action_.ended_on else "",
        "mechanism": action_.mechanism.value,
        "financial_year": action_.financial_year or "",
        "amount_initial_gbp_m": _plain(millions(action_.amount_initial_gbp)),
        "amount_latest_gbp_m": _plain(millions(action_.amount_latest_gbp)),
        "checked": action_.checked.value,
        "evidence_url": action_.evidence,
    }


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def test_every_row_of_the_compiled_list_is_in_the_register(mirror: Path, ours: Catalogue) -> None:
    with (mirror / "formal-actions" / "register.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == FIRST_IDS
    held = [row_of(each, ours) for each in ours.formal_actions.actions.values()]
    for row in rows:
        wanted = {key: value for key, value in row.items() if key != "authority"}
        for key in ("amount_initial_gbp_m", "amount_latest_gbp_m"):
            wanted[key] = _plain(float(row[key])) if row[key] else ""
        if (row["authority"], row["decided_on"]) in ADDED_LINKS:
            assert not wanted.pop("evidence_url")
        assert any(wanted.items() <= own.items() for own in held), row


def test_what_counts_as_no_failure(ours: Catalogue) -> None:
    """Support not taken up, a notice about one act and a dispute over a policy start no event."""
    for each in ours.formal_actions.actions.values():
        is_event = each.counts_as in (CountsAs.FISCAL_EVENT, CountsAs.GOVERNANCE_EVENT)
        assert is_event == (each.mechanism is Mechanism.FINANCE), each.id
        assert (each.counts_as is CountsAs.SERVICE_EVENT) == (each.mechanism is Mechanism.CHILDRENS_SERVICES), each.id
    found = ours.formal_actions.actions
    assert found["northumberland-section-114-notice-2022-05-23"].counts_as is CountsAs.NOT_A_FAILURE
    assert found["south-cambridgeshire-best-value-notice-2023-11-03"].counts_as is CountsAs.NOT_A_FAILURE
    assert found["bexley-exceptional-financial-support-withdrawn-2020-21"].counts_as is CountsAs.NOT_A_FAILURE
    assert found["woking-section-114-notice-2023-06-07"].counts_as is CountsAs.FISCAL_EVENT


def test_no_action_is_inherited_by_a_split(ours: Catalogue) -> None:
    splits = {(s.predecessor, s.successor) for s in ours.successions if s.kind is SuccessionKind.SPLIT}
    for each in ours.formal_actions.actions.values():
        assert not [code for code in each.continues_with if (each.authority, code) in splits], each.id
    assert ours.formal_actions.of("NTH")
    assert {a.kind for a in ours.formal_actions.of("NNT")} == {ActionKind.FINANCIAL_SUPPORT_WITHDRAWN}


def test_an_imprecise_date_spans_what_it_leaves_open(ours: Catalogue) -> None:
    panel = ours.formal_actions.actions["croydon-non-statutory-intervention-2021"]
    assert panel.precision is DecisionPrecision.YEAR
    assert (panel.first_day, panel.last_day) == (date(2021, 1, 1), date(2021, 12, 31))
