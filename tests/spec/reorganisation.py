"""The specification of figures on today's boundaries (METHODS 8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from moothall.analytics.derivation import NO_ROW, STATUSES
from moothall.analytics.reorganisation import Rebuilt, Register, find_joins, predecessors_on, rebuild, rebuild_derived
from moothall.domain.authority import Authority, AuthorityType, Responsibility, RunBy, Succession, SuccessionKind
from moothall.domain.derivation import Ratio, SeriesRef
from moothall.domain.metric import Metric
from moothall.domain.period import Period, PeriodKind
from moothall.domain.words import Cadence, Status
from tests.spec.register import CC, SD, UA, YORKSHIRE, make_authority
from tests.spec.tables import Page, Row, Table
from tests.support.store_builder import make_metric

CHANGE = date(2021, 4, 1)
OLD, NEW = (date(1974, 4, 1), date(2021, 3, 31)), (CHANGE, None)
TODAY = date(2024, 4, 1)
NORTHSHIRE = [("ALD", "Aldmouth", SD, OLD), ("BEC", "Beckton", SD, OLD), ("NSH", "Northshire County", CC, OLD)]
SOUTHSHIRE = [("CRA", "Cray", SD, OLD), ("DUN", "Dunley", SD, OLD), ("SSH", "Southshire County", CC, OLD)]
UNITARIES = [("NNS", "Northshire", UA, NEW), ("CUA", "Cray Valley", UA, NEW), ("DUA", "Dunley Vale", UA, NEW)]
WESTBAY = ("WBY", "Westbay", UA, (date(1974, 4, 1), None))


def _county_of(code: str) -> str | None:
    return {"ALD": "NSH", "BEC": "NSH", "CRA": "SSH", "DUN": "SSH"}.get(code)


def _authority(code: str, name: str, kind: AuthorityType, lifetime: tuple[date, date | None]) -> Authority:
    made = make_authority(code, f"E0-{code}", name, kind, YORKSHIRE, lifetime)
    fields = {field: getattr(made, field) for field in Authority.__slots__} | {"county": _county_of(code)}
    return Authority(**fields)


AUTHORITIES = {row[0]: _authority(*row) for row in (*NORTHSHIRE, *SOUTHSHIRE, *UNITARIES, WESTBAY)}


def _edge(before: str, after: str, kind: SuccessionKind) -> Succession:
    return Succession(before, after, CHANGE, kind)


MERGE, SPLIT = SuccessionKind.MERGE, SuccessionKind.SPLIT
SUCCESSIONS = (
    *(_edge(code, "NNS", MERGE) for code in ("ALD", "BEC", "NSH")),
    _edge("CRA", "CUA", MERGE),
    _edge("DUN", "DUA", MERGE),
    _edge("SSH", "CUA", SPLIT),
    _edge("SSH", "DUA", SPLIT),
)

NO_MEANING = ", so a share of it has no meaning"
ANY_YEAR = ", so a share of it has no meaning in any year"
REGISTER = Register(AUTHORITIES, SUCCESSIONS, TODAY)
EVERY = frozenset({UA, SD, CC})
SERVICES = {
    "districts": frozenset({UA, SD}),
    "counties": frozenset({UA, CC}),
    "every council": EVERY,
    "the place": EVERY,
}
YEARS = tuple(Period.starting(date(year, 4, 1), PeriodKind.FINANCIAL_YEAR) for year in (2020, 2021))
"""The last year before the change, and the first after it."""

SUPPRESSED = "numbers are small"


@dataclass(frozen=True)
class Panel:
    """A panel made for an example."""

    authorities: tuple[str, ...]
    periods: tuple[Period, ...]
    values: Any
    statuses: Any
    in_lifetime: Any


def make_panel(figures: Mapping[str, Any]) -> tuple[Panel, dict[tuple[str, str], str]]:
    """Figures before the change, by authority code: a number, or "suppressed". ``NNS after`` is after it."""
    codes = tuple(sorted({key.partition(" ")[0] for key in figures}))
    shape = len(codes), len(YEARS)
    values, statuses = np.full(shape, np.nan), np.full(shape, NO_ROW, dtype=np.uint8)
    reasons = {}
    for key, figure in figures.items():
        code, _, after = key.partition(" ")
        place = codes.index(code), int(bool(after))
        is_missing = figure == "suppressed"
        values[place] = np.nan if is_missing else figure
        statuses[place] = STATUSES.index(Status.SUPPRESSED if is_missing else Status.FINAL)
        if is_missing:
            reasons[code, YEARS[place[1]].slug] = SUPPRESSED
    acting = np.array([[AUTHORITIES[code].is_active(year.end) for year in YEARS] for code in codes], dtype=bool)
    return Panel(codes, YEARS, values, statuses, acting.reshape(shape)), reasons


def service_of(given: Mapping[str, Any]) -> tuple[Metric, Responsibility]:
    name = given["who runs it"]
    metric = make_metric("m", applies_to=EVERY, is_context=name == "the place")
    return metric, Responsibility("s", name, (RunBy(SERVICES[name]),))


def rebuilt_of(given: Mapping[str, Any], figures: Mapping[str, Any], is_additive: bool) -> Rebuilt:
    panel, reasons = make_panel(figures)
    joins = find_joins(*service_of(given), REGISTER, YEARS)
    return rebuild(panel, reasons, joins, REGISTER, is_additive)


def describe(rebuilt: Rebuilt, code: str, year: str = YEARS[0].slug) -> Mapping[str, Any]:
    place = rebuilt.authorities.index(code), [period.slug for period in YEARS].index(year)
    value = rebuilt.values[place]
    join = rebuilt.joins.get((code, year))
    return {
        "figure": None if np.isnan(value) else float(value),
        "joined": list(join.predecessors) if join else None,
        "why_not": rebuilt.reasons.get((code, year)),
    }


def answer_who(given: Mapping[str, Any]) -> Mapping[str, Any]:
    found = predecessors_on(given["council"], date.fromisoformat(given["day"]), REGISTER)
    return {"served_by": [p.code + ("" if p.is_whole else " (divided)") for p in found] or ["none"]}


def answer_count(given: Mapping[str, Any]) -> Mapping[str, Any]:
    return describe(rebuilt_of(given, given["before"], is_additive=True), given["council"])


def answer_other(given: Mapping[str, Any]) -> Mapping[str, Any]:
    return describe(rebuilt_of(given, given["before"], is_additive=False), given["council"])


def answer_rate(given: Mapping[str, Any]) -> Mapping[str, Any]:
    parts = [(name, rebuilt_of(given, given[name], is_additive=True), False) for name in ("numerator", "denominator")]
    value = Ratio(SeriesRef("s", "a"), SeriesRef("s", "b"), 100)
    stored = rebuilt_of(given, {}, is_additive=False)
    return describe(rebuild_derived(value, Cadence.YEARLY, stored, parts), given["council"], given["year"])


WHO = Table(
    "Who served the area",
    """
Aldmouth, Beckton (districts) and Northshire County became Northshire (NNS) on 1 April 2021. Southshire County was
divided: Cray became Cray Valley (CUA), Dunley became Dunley Vale (DUA). Westbay carries on.
""",
    answer_who,
    [
        Row("Nothing changed.", {"council": "WBY", "day": "2019-03-31"}, {"served_by": ["WBY"]}),
        Row("Since the change it is itself.", {"council": "NNS", "day": "2021-04-01"}, {"served_by": ["NNS"]}),
        Row("The day before, three bodies.", {"council": "NNS", "day": "2021-03-31"},
            {"served_by": ["ALD", "BEC", "NSH"]}),
        Row("One of them served others too.", {"council": "CUA", "day": "2021-03-31"},
            {"served_by": ["CRA", "SSH (divided)"]}),
    ],
)  # fmt: skip

COUNT = Table(
    "Counts and amounts",
    """
They are summed over the bodies that ran the service in the year before the change. A fact about a place is counted
once: by district, not again for its county.
""",
    answer_count,
    [
        Row("Districts ran it.", {"council": "NNS", "who runs it": "districts", "before": {"ALD": 10, "BEC": 5}},
            {"figure": 15.0, "joined": ["ALD", "BEC"], "why_not": None}),
        Row("Both tiers ran it, as with spending.",
            {"council": "NNS", "who runs it": "every council", "before": {"ALD": 10, "BEC": 5, "NSH": 100}},
            {"figure": 115.0, "joined": ["ALD", "BEC", "NSH"], "why_not": None}),
        Row("People live in a district and in its county, once.",
            {"council": "NNS", "who runs it": "the place", "before": {"ALD": 10, "BEC": 5, "NSH": 15}},
            {"figure": 15.0, "joined": ["ALD", "BEC"], "why_not": None}),
        Row("One is missing, and nothing stands in its place.",
            {"council": "NNS", "who runs it": "districts", "before": {"ALD": 10, "BEC": "suppressed"}},
            {"figure": None, "joined": ["ALD", "BEC"], "why_not": "Beckton has no figure"}),
        Row("What the divided county reported cannot be shared out.",
            {"council": "CUA", "who runs it": "every council", "before": {"CRA": 10, "SSH": 100}},
            {"figure": None, "joined": ["CRA", "SSH"],
             "why_not": "Southshire County was divided among several councils, and what it reported cannot be shared "
             "out"}),
        Row("The division of the county does not matter to what districts ran.",
            {"council": "CUA", "who runs it": "districts", "before": {"CRA": 10, "DUN": 7}},
            {"figure": 10.0, "joined": ["CRA"], "why_not": None}),
        Row("Nor to facts about the place.",
            {"council": "CUA", "who runs it": "the place", "before": {"CRA": 10, "SSH": 17}},
            {"figure": 10.0, "joined": ["CRA"], "why_not": None}),
        Row("The publisher's own figure for today's boundaries stands where no sum can be made.",
            {"council": "NNS", "who runs it": "districts", "before": {"ALD": 10, "NNS": 16}},
            {"figure": 16.0, "joined": ["ALD", "BEC"], "why_not": None}),
        Row("A council that did not change keeps its figure.",
            {"council": "WBY", "who runs it": "districts", "before": {"WBY": 3}},
            {"figure": 3.0, "joined": None, "why_not": None}),
    ],
)  # fmt: skip

NOT_ADDITIVE = "it is not a count or an amount, so the figures of several councils cannot be joined into one"
OTHER = Table(
    "Everything else",
    "Rates without parts, medians, survey results and intervals cannot be joined.",
    answer_other,
    [
        Row("Two districts' rates make no rate.",
            {"council": "NNS", "who runs it": "districts", "before": {"ALD": 40, "BEC": 30}},
            {"figure": None, "joined": ["ALD", "BEC"], "why_not": NOT_ADDITIVE}),
        Row("One body alone ran it in the whole area: its figure is the area's.",
            {"council": "NNS", "who runs it": "counties", "before": {"NSH": 40}},
            {"figure": 40.0, "joined": ["NSH"], "why_not": None}),
        Row("A part of the county is not the county.",
            {"council": "DUA", "who runs it": "counties", "before": {"SSH": 40}},
            {"figure": None, "joined": ["SSH"],
             "why_not": "Southshire County was divided among several councils, and what it reported cannot be shared "
             "out"}),
    ],
)  # fmt: skip

RATE = Table(
    "Rates with parts",
    """
A derived metric is worked out anew from its parts, each joined by the rules above. Here a percentage. A sum can hide
that what one council divides by is zero or negative, so the denominator of each that was joined must be above zero.
""",
    answer_rate,
    [
        Row("30 of 200, not the mean of 10% and 20%.",
            {"council": "NNS", "who runs it": "districts", "year": "2020-21",
             "numerator": {"ALD": 10, "BEC": 20},
             "denominator": {"ALD": 100, "BEC": 100}},
            {"figure": 15.0, "joined": ["ALD", "BEC"], "why_not": None}),
        Row("A denominator is missing.",
            {"council": "NNS", "who runs it": "districts", "year": "2020-21",
             "numerator": {"ALD": 10, "BEC": 20},
             "denominator": {"ALD": 100, "BEC": "suppressed"}},
            {"figure": None, "joined": ["ALD", "BEC"], "why_not": "denominator: Beckton has no figure"}),
        Row("Together the denominator is negative.",
            {"council": "NNS", "who runs it": "districts", "year": "2020-21",
             "numerator": {"ALD": 10, "BEC": 20},
             "denominator": {"ALD": 100, "BEC": -300}},
            {"figure": None, "joined": ["ALD", "BEC"], "why_not": "denominator was below zero" + NO_MEANING}),
        Row("Together it is positive, and hides that one of them is negative.",
            {"council": "NNS", "who runs it": "districts", "year": "2020-21",
             "numerator": {"ALD": 10, "BEC": 20},
             "denominator": {"ALD": 100, "BEC": -90}},
            {"figure": None, "joined": ["ALD", "BEC"],
             "why_not": "denominator was below zero for one of the councils that were joined" + NO_MEANING}),
        Row("One of them owes nothing of nothing: the sum is sound.",
            {"council": "NNS", "who runs it": "districts", "year": "2020-21",
             "numerator": {"ALD": 10, "BEC": 0},
             "denominator": {"ALD": 100, "BEC": 0}},
            {"figure": 10.0, "joined": ["ALD", "BEC"], "why_not": None}),
        Row("It was negative for one of them in another year, so it is a net figure in every year.",
            {"council": "NNS", "who runs it": "districts", "year": "2021-22",
             "numerator": {"ALD": 1, "BEC": 2, "NNS after": 4},
             "denominator": {"ALD": 100, "BEC": -90, "NNS after": 50}},
            {"figure": None, "joined": None,
             "why_not": "denominator was below zero in 2020-21" + ANY_YEAR}),
    ],
)  # fmt: skip

PAGE = Page(
    "reorganisation",
    "Reorganisation: the past on today's boundaries",
    """
Figures are shown for the councils that reported them, and compared on the boundaries of their own period. On request
the past is rebuilt on today's boundaries: counts and amounts are summed over the councils that merged, and what is
derived from such parts is worked out anew. Everything else is refused with its reason. The figures of the councils that
went before always stand beside it. The examples are made up.
""",
    (WHO, COUNT, OTHER, RATE),
)
