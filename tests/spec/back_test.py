"""The specification of the back-test: who is at risk, what counts, and how good a warning was."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from moothall.analytics.backtest import (
    Sitting,
    auc,
    highest_share,
    lead_months,
    precision_at,
    recall_at_rate,
)
from moothall.analytics.baselines import auditors_rule, composite
from moothall.analytics.calibration import chance_right
from moothall.analytics.risk_sets import closed_origins, fate_of, first_onsets
from moothall.domain.authority import AreaCode, Authority, AuthorityType
from moothall.domain.formal_action import (
    ActionKind,
    Assurance,
    CountsAs,
    DecisionPrecision,
    FormalAction,
    Mechanism,
)
from tests.spec.tables import Page, Row, Table

PRECISIONS = {10: DecisionPrecision.DAY, 7: DecisionPrecision.MONTH, 4: DecisionPrecision.YEAR}


def authority(end: str | None = None, start: str = "1974-04-01") -> Authority:
    """One council with a lifetime."""
    first, last = date.fromisoformat(start), date.fromisoformat(end) if end else None
    codes = (AreaCode("E07000001", date(2009, 1, 1)),)
    return Authority("ALD", "aldmouth", "Aldmouth", "Aldmouth", AuthorityType.UNITARY, "E12000001", first, last, codes)


def action(decided: str, counts_as: str = "fiscal-event") -> FormalAction:
    """An action at that council, decided on a day, in a month or in a year."""
    day = date.fromisoformat(f"{decided}-01-01"[:10] if len(decided) < 10 else decided)
    return FormalAction(
        id=decided,
        authority="ALD",
        kind=ActionKind.SECTION_114_NOTICE,
        mechanism=Mechanism.FINANCE,
        decided_on=day,
        precision=PRECISIONS[len(decided)],
        evidence="https://example.org/",
        checked=Assurance.SOURCE_CITED,
        counts_as=CountsAs(counts_as),
        counts_why="",
    )


def answer_fate(given: Mapping[str, Any]) -> Mapping[str, Any]:
    onsets = first_onsets([action(each) for each in given["decided"]], {CountsAs.FISCAL_EVENT})
    council = authority(None if given["council_ended"] == "no" else given["council_ended"])
    return {"fate": str(fate_of(council, onsets.get("ALD"), date.fromisoformat(given["origin"]), given["months"]))}


def answer_counting(given: Mapping[str, Any]) -> Mapping[str, Any]:
    kinds = {CountsAs(kind) for kind in given["events_asked_for"]}
    onsets = first_onsets([action(day, kind) for day, kind in given["on_record"]], kinds)
    return {"onset": onsets["ALD"].first.isoformat() if onsets else "none"}


def answer_origins(given: Mapping[str, Any]) -> Mapping[str, Any]:
    found = closed_origins(date.fromisoformat(given["complete_to"]), given["months"])
    return {"first": str(found[0]), "last": str(found[-1]), "origins": len(found)}


def sitting(scores: list[float | None], events: str) -> Sitting:
    """Scores of councils A, B, C ... and who met an event."""
    names = tuple("ABCDEFGHIJKLMNOPQRST"[: len(scores)])
    array = np.array([np.nan if score is None else score for score in scores])
    has_event = np.array([name in events for name in names])
    return Sitting(date(2018, 10, 1), names, array, np.zeros(len(names), dtype=bool), has_event)


def answer_quality(given: Mapping[str, Any]) -> Mapping[str, Any]:
    held = [sitting(given["scores"], given["events"])]
    return {
        "precision_at_2": precision_at(held, 2),
        "recall_at_a_fifth": recall_at_rate(held, 0.2),
        "auc": auc(held),
    }


def answer_flags(given: Mapping[str, Any]) -> Mapping[str, Any]:
    held = sitting(given["scores"], "")
    flagged = highest_share(held.scores, 0.2)
    return {"flagged": [name for name, is_in in zip(held.codes, flagged, strict=True) if is_in]}


def answer_lead(given: Mapping[str, Any]) -> Mapping[str, Any]:
    onset = first_onsets([action(given["onset"])], {CountsAs.FISCAL_EVENT})["ALD"]
    flagged = {date(2015 + n, 10, 1): mark == "x" for n, mark in enumerate(given["flags_2015_on"])}
    return {"months": lead_months(flagged, onset)}


def answer_composite(given: Mapping[str, Any]) -> Mapping[str, Any]:
    figures = {
        part: np.array([np.nan if v is None else v for v in given[part.replace("-", "_")]], dtype=np.float64)
        for part in ("reserves", "grant-dependency")
    }
    made = composite(figures, given["types"])
    return {"stress": [None if np.isnan(value) else round(float(value), 4) for value in made]}


def answer_auditors(given: Mapping[str, Any]) -> Mapping[str, Any]:
    value = auditors_rule(np.array([np.nan if given["percent"] is None else given["percent"]]))[0]
    return {"flag": None if np.isnan(value) else float(value)}


def answer_chance(given: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"right": chance_right(given["prevalence"], given["sensitivity"], given["specificity"])}


FATE = Table(
    "Who is at risk, and what became of them",
    """
An authority is at risk at an origin if it acts on that day and no first event of the kind asked for can have come by
then. Its event counts if it came for certain by the end of the horizon. Where that cannot be known it is left out.
""",
    answer_fate,
    [
        Row("Nothing on record.",
            {"decided": [], "council_ended": "no", "origin": "2018-10-01", "months": 12}, {"fate": "no-event"}),
        Row("Within the horizon.",
            {"decided": ["2019-09-30"], "council_ended": "no", "origin": "2018-10-01", "months": 12},
            {"fate": "event"}),
        Row("On its last day.",
            {"decided": ["2019-10-01"], "council_ended": "no", "origin": "2018-10-01", "months": 12},
            {"fate": "event"}),
        Row("A day after it.",
            {"decided": ["2019-10-02"], "council_ended": "no", "origin": "2018-10-01", "months": 12},
            {"fate": "no-event"}),
        Row("On the origin itself: it was known.",
            {"decided": ["2018-10-01"], "council_ended": "no", "origin": "2018-10-01", "months": 12},
            {"fate": "not-at-risk"}),
        Row("A second event adds nothing after the first.",
            {"decided": ["2018-02-02", "2019-07-24"], "council_ended": "no", "origin": "2018-10-01", "months": 12},
            {"fate": "not-at-risk"}),
        Row("Only the month is known, and it is the month of the origin.",
            {"decided": ["2018-10"], "council_ended": "no", "origin": "2018-10-01", "months": 12},
            {"fate": "not-at-risk"}),
        Row("Only the year is known, and the horizon ends in it.",
            {"decided": ["2019"], "council_ended": "no", "origin": "2018-10-01", "months": 12}, {"fate": "not-known"}),
        Row("Only the year is known, and the horizon holds all of it.",
            {"decided": ["2019"], "council_ended": "no", "origin": "2018-10-01", "months": 24}, {"fate": "event"}),
        Row("The council ended before the horizon, without an event.",
            {"decided": [], "council_ended": "2019-03-31", "origin": "2018-10-01", "months": 12},
            {"fate": "not-known"}),
        Row("It ended, but met its event first.",
            {"decided": ["2018-12-19"], "council_ended": "2019-03-31", "origin": "2018-10-01", "months": 12},
            {"fate": "event"}),
        Row("It had ended before the origin.",
            {"decided": [], "council_ended": "2018-03-31", "origin": "2018-10-01", "months": 12},
            {"fate": "not-at-risk"}),
    ],
)  # fmt: skip

FISCAL, BOTH = ["fiscal-event"], ["fiscal-event", "governance-event"]
COUNTING = Table(
    "What counts as an event",
    "The register says of each row what it counts as, and why. Rows that are no failure never start an event.",
    answer_counting,
    [
        Row("A notice about money.", {"on_record": [("2020-11-11", "fiscal-event")], "events_asked_for": FISCAL},
            {"onset": "2020-11-11"}),
        Row("Support not taken up.", {"on_record": [("2021-02-10", "not-a-failure")], "events_asked_for": BOTH},
            {"onset": "none"}),
        Row("Children's services alone.", {"on_record": [("2015-10-01", "service-event")], "events_asked_for": BOTH},
            {"onset": "none"}),
        Row("An inspection is of governance, not of money.",
            {"on_record": [("2018-01-09", "governance-event"), ("2018-02-02", "fiscal-event")],
             "events_asked_for": FISCAL}, {"onset": "2018-02-02"}),
        Row("The earlier of the two where either is asked for.",
            {"on_record": [("2018-01-09", "governance-event"), ("2018-02-02", "fiscal-event")],
             "events_asked_for": BOTH}, {"onset": "2018-01-09"}),
    ],
)  # fmt: skip

ORIGINS = Table(
    "Closed horizons only",
    "Origins are each 1 October from 2012. One is used only if the register covers its whole horizon.",
    answer_origins,
    [
        Row("A year.", {"complete_to": "2024-12-31", "months": 12},
            {"first": "2012-10-01", "last": "2023-10-01", "origins": 12}),
        Row("Five years.", {"complete_to": "2024-12-31", "months": 60},
            {"first": "2012-10-01", "last": "2019-10-01", "origins": 8}),
        Row("The last day counts.", {"complete_to": "2024-10-01", "months": 12},
            {"first": "2012-10-01", "last": "2023-10-01", "origins": 12}),
        Row("A day short.", {"complete_to": "2024-09-30", "months": 12},
            {"first": "2012-10-01", "last": "2022-10-01", "origins": 11}),
    ],
)  # fmt: skip

TEN = [9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 0.0]
QUALITY = Table(
    "How good an order was",
    """
Ten councils, A to J, in one origin. Precision at 2 is the share of the two highest that met an event; recall at a fifth
the share of all events among the highest fifth; AUC how often one with an event stands above one without. Of a tie at
the limit each has the same chance to be in. What cannot be assessed comes last.
""",
    answer_quality,
    [
        Row("Both events on top.", {"scores": TEN, "events": "AB"},
            {"precision_at_2": 1.0, "recall_at_a_fifth": 1.0, "auc": 1.0}),
        Row("Both at the bottom.", {"scores": TEN, "events": "IJ"},
            {"precision_at_2": 0.0, "recall_at_a_fifth": 0.0, "auc": 0.0}),
        Row("One of two on top.", {"scores": TEN, "events": "AJ"},
            {"precision_at_2": 0.5, "recall_at_a_fifth": 0.5, "auc": 0.5}),
        Row("All tie: no better than chance.", {"scores": [1.0] * 10, "events": "AB"},
            {"precision_at_2": 0.2, "recall_at_a_fifth": 0.2, "auc": 0.5}),
        Row("Three tie over the limit, one of them with an event.",
            {"scores": [9.0, 8.0, 8.0, 8.0, 5.0, 4.0, 3.0, 2.0, 1.0, 0.0], "events": "B"},
            {"precision_at_2": 1 / 6, "recall_at_a_fifth": 1 / 3, "auc": 7 / 9}),
        Row("An event that could not be assessed is missed.",
            {"scores": [9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0, None], "events": "AJ"},
            {"precision_at_2": 0.5, "recall_at_a_fifth": 0.5, "auc": 0.5}),
        Row("Nothing could be assessed: chance.", {"scores": [None] * 10, "events": "AB"},
            {"precision_at_2": 0.2, "recall_at_a_fifth": 0.2, "auc": 0.5}),
        Row("No event: nothing to find.", {"scores": TEN, "events": ""},
            {"precision_at_2": 0.0, "recall_at_a_fifth": None, "auc": None}),
    ],
)  # fmt: skip

FLAGS = Table(
    "Who a plain ratio flags",
    "A ratio has no threshold of its own, so it flags the highest tenth (here: the highest fifth), ties and all.",
    answer_flags,
    [
        Row("Two of ten.", {"scores": TEN}, {"flagged": ["A", "B"]}),
        Row("A tie is flagged whole.", {"scores": [9.0, 8.0, 8.0, *TEN[3:]]}, {"flagged": ["A", "B", "C"]}),
        Row("All alike: nobody stands out.", {"scores": [1.0] * 10}, {"flagged": []}),
        Row("Nothing could be assessed.", {"scores": [None] * 10}, {"flagged": []}),
    ],
)  # fmt: skip

LEAD = Table(
    "How long before",
    """
Whole months from the first origin of the run of flags that lasts until the onset, to the onset's first possible day.
One mark a year, from 1 October 2015: x is flagged.
""",
    answer_lead,
    [
        Row("Flagged from 2017 on.", {"flags_2015_on": "--xxx-", "onset": "2019-11-11"}, {"months": 25}),
        Row("An earlier flag that went away does not count.", {"flags_2015_on": "x-xx", "onset": "2018-11-11"},
            {"months": 13}),
        Row("Not flagged when it came.", {"flags_2015_on": "xx--", "onset": "2018-11-11"}, {"months": None}),
        Row("Only the month is known: its first day.", {"flags_2015_on": "---x", "onset": "2019-03"}, {"months": 5}),
        Row("Flagged only after it.", {"flags_2015_on": "---x", "onset": "2018-09-30"}, {"months": None}),
    ],
)  # fmt: skip

COMPOSITE = Table(
    "The composite that was proposed in 2018",
    """
Reserves 0.25, change in reserves 0.25, grant dependency 0.10, inflexible spending 0.15, Ofsted 0.15, auditor 0.10; each
part from the lowest to the highest of the type; weights made to sum to one over the parts that are there. It stands in
the back-test to be beaten, and nowhere else.
""",
    answer_composite,
    [
        Row("Low reserves and much grant, against the reverse.",
            {"reserves": [5.0, 15.0, 25.0], "grant_dependency": [30.0, 20.0, 10.0], "types": ["u", "u", "u"]},
            {"stress": [1.0, 0.5, 0.0]}),
        Row("A missing part gives its weight to the other.",
            {"reserves": [5.0, 15.0, 25.0], "grant_dependency": [None, 30.0, 10.0], "types": ["u", "u", "u"]},
            {"stress": [1.0, round((0.25 * 0.5 + 0.1) / 0.35, 4), 0.0]}),
        Row("Types are not mixed.",
            {"reserves": [5.0, 25.0, 40.0, 80.0], "grant_dependency": [None] * 4, "types": ["u", "u", "d", "d"]},
            {"stress": [1.0, 0.0, 1.0, 0.0]}),
        Row("Nothing known, nothing said.",
            {"reserves": [None, 5.0, 9.0], "grant_dependency": [None] * 3, "types": ["u", "u", "u"]},
            {"stress": [None, 1.0, 0.0]}),
    ],
)  # fmt: skip

AUDITORS = Table(
    "The auditors' rule",
    "Reserves at or below 5% of spending.",
    answer_auditors,
    [
        Row("Below.", {"percent": 4.9}, {"flag": 1.0}),
        Row("At it.", {"percent": 5.0}, {"flag": 1.0}),
        Row("Above.", {"percent": 5.1}, {"flag": 0.0}),
        Row("Not known.", {"percent": None}, {"flag": None}),
    ],
)  # fmt: skip

CHANCE = Table(
    "What a flag is worth where events are rare",
    "Of those that a rule flags, the share that meets the event.",
    answer_chance,
    [
        Row("One in a hundred, and a good rule.", {"prevalence": 0.01, "sensitivity": 0.8, "specificity": 0.9},
            {"right": 0.008 / 0.107}),
        Row("One in ten.", {"prevalence": 0.1, "sensitivity": 0.8, "specificity": 0.9}, {"right": 0.08 / 0.17}),
        Row("A rule that flags at random.", {"prevalence": 0.01, "sensitivity": 0.1, "specificity": 0.9},
            {"right": 0.01}),
    ],
)  # fmt: skip

PAGE = Page(
    "back-test",
    "The back-test: how often a warning was right",
    """
Each 1 October from 2012 we ask what the rules would have said, from what had been published by that day and with the
councils of that day, and compare it with what is on record 12, 24, 36 and 60 months later. The same is asked of plain
rules, which our own must beat to be worth having. Hits, misses and false alarms are printed alike, by name.
""",
    (FATE, COUNTING, ORIGINS, QUALITY, FLAGS, LEAD, COMPOSITE, AUDITORS, CHANCE),
)
