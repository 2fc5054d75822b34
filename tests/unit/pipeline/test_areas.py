"""Area codes and the authorities they stand for."""

from datetime import date

import pytest

from moothall.catalogue.reading import AreaKind
from moothall.domain.authority import AreaCode, Authority, AuthorityType
from moothall.domain.period import Period, PeriodKind
from moothall.pipeline.areas import AreaIndex, best_at


def authority(code: str, name: str, *area_codes: AreaCode, start: int = 2009, end: date | None = None) -> Authority:
    return Authority(
        code=code,
        slug=name.lower(),
        name=f"{name} Council",
        short_name=name,
        type=AuthorityType.UNITARY,
        region="E12000001",
        start=date(start, 4, 1),
        end=end,
        area_codes=area_codes,
        former_names=("Saltby",) if code == "WBY" else (),
    )


OLD = authority("OLD", "Oldshire", AreaCode("E06000001", date(2009, 4, 1)), end=date(2021, 3, 31))
NEW = authority("NEW", "Newshire", AreaCode("E06000001", date(2021, 4, 1)), start=2021)
WESTBAY = authority(
    "WBY",
    "Westbay",
    AreaCode("E06000002", date(2009, 4, 1), date(2020, 3, 31)),
    AreaCode("E06000009", date(2020, 4, 1)),
)
AREAS = AreaIndex((OLD, NEW, WESTBAY), ["E12000001"])


@pytest.mark.parametrize(
    ("code", "day", "found"),
    [
        ("E06000002", date(2015, 3, 31), WESTBAY),
        ("E06000002", date(2024, 3, 31), WESTBAY),
        ("E06000009", date(2015, 3, 31), WESTBAY),
        ("E06000001", date(2021, 3, 31), OLD),
        ("E06000001", date(2021, 4, 1), NEW),
        ("E06000077", date(2021, 4, 1), None),
        ("E12000001", date(2021, 4, 1), None),
    ],
)
def test_a_code_is_an_authority_at_a_day(code: str, day: date, found: Authority | None) -> None:
    best = best_at(AREAS.having(AreaKind.GSS, code), Period(day, day, PeriodKind.POINT_IN_TIME))
    assert best == ([found] if found else [])


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("W06000015", "an area of Wales"),
        ("S12000036", "an area of Scotland"),
        ("N09000003", "an area of Northern Ireland"),
        ("K04000001", "the United Kingdom, Great Britain or England and Wales together"),
        ("TLC3", "an ITL area"),
        ("TLI", "an ITL area"),
        ("E11000001", "a metropolitan county, which has no council"),
        ("E13000001", "inner or outer London"),
        ("E50000008", "a joint waste authority or waste partnership"),
        ("E54000050", "an area of the National Health Service"),
        ("E06000077", None),
        ("E47000001", None),
        ("E10000001", None),
        ("E0600000", None),
        ("", None),
    ],
)
def test_a_code_of_another_kind_has_a_reason(code: str, reason: str | None) -> None:
    assert AREAS.refusal(code) == reason


@pytest.mark.parametrize(("code", "is_region"), [("E92000001", True), ("E12000001", True), ("E12000002", False)])
def test_england_and_its_regions_are_kept(code: str, is_region: bool) -> None:
    assert (AREAS.region(AreaKind.GSS, code) == code) is is_region


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Westbay", None),
        ("WESTBAY COUNCIL", None),
        ("Westbay UA", None),
        ("Saltby", None),
        ("Somewhere nobody knows", None),
        ("Newshire", NEW),
        ("Oldshire Council", OLD),
        ("newshire borough council", NEW),
    ],
)
def test_a_name_that_is_clearly_another_authoritys_is_noticed(name: str, other: Authority | None) -> None:
    assert AREAS.other_named(name, WESTBAY) == other


def test_the_later_code_is_the_one_in_force_longer() -> None:
    assert AREAS.in_force_since("E06000009") > AREAS.in_force_since("E06000002") > AREAS.in_force_since("E92000001")
    assert AREAS.known(AreaKind.GSS) == ("E06000001", "E06000002", "E06000009")
