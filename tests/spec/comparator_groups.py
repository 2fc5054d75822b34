"""The specification of METHODS 1: who is compared. The councils are real, the register is a hand-made part of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from moothall.analytics.groups import GroupKind, group_of, group_with_id, members
from moothall.analytics.refusal import MINIMUM_FOR_BANDS, MINIMUM_FOR_MEDIAN
from moothall.domain.metric import Metric, Review
from moothall.domain.period import PeriodKind
from moothall.domain.unit import UNITS
from moothall.domain.words import Cadence, Designation, MetricState, Polarity
from moothall.errors import UsageError
from tests.spec.register import AUTHORITIES, CC, COLLECTION, DISPOSAL, MD, PUBLIC_HEALTH, REGIONS, RESPONSIBILITIES, UA
from tests.spec.tables import Page, Row, Table

METRIC = Metric(
    id="example",
    title="Example",
    state=MetricState.LIVE,
    theme="waste",
    topic="recycling",
    definition="An example.",
    why="An example.",
    cannot_say="Anything: it is an example.",
    unit=UNITS["percent"],
    decimals=1,
    polarity=Polarity.NONE,
    polarity_reason="An example.",
    period_kind=PeriodKind.FINANCIAL_YEAR,
    cadence=Cadence.YEARLY,
    designation=Designation.OTHER,
    responsibility=COLLECTION.id,
    applies_to=frozenset(authority.type for authority in AUTHORITIES.values()),
    review=Review("tests", date(2026, 1, 1), "nothing"),
)
EVERY_TYPE = "every type"


def answer_group(given: Mapping[str, Any]) -> Mapping[str, Any]:
    group = group_of(GroupKind(given["group"]), AUTHORITIES[given["council"]], REGIONS)
    return {"id": group.id, "title": group.title}


def answer_members(given: Mapping[str, Any]) -> Mapping[str, Any]:
    applies_to = METRIC.applies_to if given["applies_to"] == EVERY_TYPE else frozenset(given["applies_to"])
    group = group_with_id(given["group"], REGIONS, AUTHORITIES)
    service, day = RESPONSIBILITIES[given["service"]], date.fromisoformat(given["day"])
    found = members(group, replace(METRIC, applies_to=applies_to), service, AUTHORITIES.values(), day)
    return {"members": [authority.short_name for authority in found]}


def answer_refusal(given: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        if given["council"] is not None:
            answer_group(given)
        group_with_id(given["group"], REGIONS, AUTHORITIES)
    except UsageError as error:
        return {"sentence": str(error)}
    return {"sentence": None}


def group(why: str, council: str, kind: str, *expected: str) -> Row:
    return Row(why, {"council": council, "group": kind}, dict(zip(("id", "title"), expected, strict=True)))


def who(why: str, group_id: str, service: str, day: str, *names: str, applies_to: Any = EVERY_TYPE) -> Row:
    given = {"group": group_id, "service": service, "applies_to": applies_to, "day": day}
    return Row(why, given, {"members": list(names)})


def refusal(why: str, council: str | None, text: str, sentence: str) -> Row:
    return Row(why, {"council": council, "group": text}, {"sentence": sentence})


GROUPS = Table(
    "The groups of a council",
    "Every council has a group of its own type, its region and England. Each group has an address.",
    answer_group,
    [
        group("Its type.", "LDS", "same-type", "type:metropolitan-district", "metropolitan districts"),
        group("Another type.", "KEN", "same-type", "type:county", "county councils"),
        group("Its region.", "HAG", "region", "region:E12000003", "councils in Yorkshire and The Humber"),
        group("England.", "HAG", "england", "england", "all councils in England"),
    ],
)

MEMBERS = Table(
    "Who is compared",
    """
Of the named group, those councils that acted on the last day of the period, whose type the metric applies to, and
that were responsible for the service on that day. The council itself is one of them.
""",
    answer_members,
    [
        who("Only councils that collect waste: no county.", "region:E12000003", COLLECTION.id, "2023-03-31",
            "Bradford", "Harrogate", "Leeds", "York"),
        who("A day later Harrogate has given way to North Yorkshire.", "region:E12000003", COLLECTION.id, "2023-04-01",
            "Bradford", "Leeds", "North Yorkshire", "York"),
        who("The county disposed of waste until its last day.", "type:county", DISPOSAL.id, "2023-03-31",
            "Kent", "North Yorkshire County"),
        who("Since then it does not exist.", "type:county", DISPOSAL.id, "2023-04-01", "Kent"),
        who("All four collect waste.", "type:metropolitan-district", COLLECTION.id, "2024-03-31",
            "Bradford", "Leeds", "Manchester", "Wigan"),
        who("A joint authority disposes of Manchester's waste, so Manchester is not compared.",
            "type:metropolitan-district", DISPOSAL.id, "2024-03-31", "Bradford", "Leeds", "Wigan"),
        who("Before councils had public health there is nobody to compare.", "england", PUBLIC_HEALTH.id, "2013-03-31"),
        who("A metric for upper-tier councils leaves out the others.", "england", DISPOSAL.id, "2024-03-31",
            "Kent", "Medway", "North Yorkshire", "York", applies_to=(UA, CC)),
        who("Councils that a visitor chose, by name.", "custom:LDS,BRD,KEN", DISPOSAL.id, "2024-03-31",
            "Bradford", "Kent", "Leeds"),
        who("One of them does not run the service and is left out.", "custom:LDS,BRD,KEN", COLLECTION.id, "2024-03-31",
            "Bradford", "Leeds", applies_to=(MD, CC)),
    ],
)  # fmt: skip

REFUSALS = Table(
    "Groups that are refused",
    "A group that does not exist is answered with one sentence.",
    answer_refusal,
    [
        refusal("No such group.", None, "type:parish", "There is no group 'type:parish'."),
        refusal("No such region.", None, "region:E12000099", "There is no group 'region:E12000099'."),
        refusal("Nobody chosen.", None, "custom:", "There is no group 'custom:'."),
        refusal("No such council.", None, "custom:LDS,XXX",
                "The group 'custom:LDS,XXX' names 'XXX', which is no council's code."),
        refusal("A region that this small register leaves out.", "KEN", "region",
                "Kent Council does not lie in one region, so choose another group."),
        refusal("A council has no chosen group of its own.", "KEN", "custom",
                "A group of your own needs the councils that you choose, such as custom:LDS,BRD."),
    ],
)  # fmt: skip

PAGE = Page(
    "comparator-groups",
    "Comparator groups: who is compared with whom",
    f"""
A council is compared only with councils that run the same service, as they were on the last day of the period. The
middle figure and the rank are taken over the same councils: those of the group that have a figure. How many they are
is always stated. With fewer than {MINIMUM_FOR_MEDIAN} of them no middle figure is given and no rank; with fewer than
{MINIMUM_FOR_BANDS} we do not say whether a council is lower or higher than most. Nothing is put in the place of a
missing figure. The examples use ten councils of England and simplified lists of who runs which service.
""",
    (GROUPS, MEMBERS, REFUSALS),
)
