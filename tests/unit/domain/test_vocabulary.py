"""The vocabulary keeps its promises: a value xor a reason, lifetimes with a last day, services run on a date."""

import ast
import dataclasses
import importlib
import inspect
import pkgutil
from datetime import date

import pytest

import moothall.domain
from moothall.domain.authority import (
    AreaCode,
    Authority,
    AuthorityType,
    Exemption,
    Responsibility,
    RunBy,
    lies_within,
)
from moothall.domain.observation import Observation, Provenance
from moothall.domain.period import Period, PeriodKind
from moothall.domain.unit import UNITS
from moothall.domain.words import Status

YEAR = Period.starting(date(2021, 4, 1), PeriodKind.FINANCIAL_YEAR)
CELL = Provenance("2024-01", "table.csv", "", 2, "B", "12.5")
MODULES = [importlib.import_module(f"moothall.domain.{m.name}") for m in pkgutil.iter_modules(moothall.domain.__path__)]


def observation(status: Status, value: float | None, reason: str | None) -> Observation:
    return Observation("recycling", "E08000035", "LDS", YEAR, status, value, reason, CELL)


def authority(**changes: object) -> Authority:
    facts: dict[str, object] = {
        "code": "GAT",
        "slug": "gateshead",
        "name": "Gateshead Council",
        "short_name": "Gateshead",
        "type": AuthorityType.METROPOLITAN_DISTRICT,
        "region": "E12000001",
        "start": date(1974, 4, 1),
        "end": None,
        "area_codes": (
            AreaCode("E08000020", date(2009, 1, 1), date(2013, 3, 31)),
            AreaCode("E08000037", date(2013, 4, 1)),
        ),
    }
    return Authority(**{**facts, **changes})  # type: ignore[arg-type]


def test_a_value_or_a_reason() -> None:
    assert observation(Status.FINAL, 0.0, None).value == 0.0
    assert observation(Status.SUPPRESSED, None, "small numbers").reason == "small numbers"


@pytest.mark.parametrize(
    ("status", "value", "reason"),
    [
        (Status.FINAL, 12.5, "small numbers"),
        (Status.FINAL, None, None),
        (Status.SUPPRESSED, 12.5, None),
        (Status.FINAL, None, "small numbers"),
    ],
)
def test_never_both_never_neither(status: Status, value: float | None, reason: str | None) -> None:
    with pytest.raises(ValueError, match=r"value or a reason|does not fit"):
        observation(status, value, reason)


@pytest.mark.parametrize(
    ("day", "within"),
    [("2019-03-31", False), ("2019-04-01", True), ("2023-03-31", True), ("2023-04-01", False)],
)
def test_the_last_day_is_a_day_on_which_the_authority_acted(day: str, within: bool) -> None:
    assert lies_within(date.fromisoformat(day), date(2019, 4, 1), date(2023, 3, 31)) is within


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2000-01-01", "E08000020"),
        ("2013-03-31", "E08000020"),
        ("2013-04-01", "E08000037"),
        ("2030-01-01", "E08000037"),
    ],
)
def test_the_area_code_of_the_day(day: str, code: str) -> None:
    assert authority().area_code_on(date.fromisoformat(day)) == code


def test_a_service_is_run_by_type_by_date_and_with_exceptions() -> None:
    types = frozenset({AuthorityType.METROPOLITAN_DISTRICT})
    service = Responsibility(
        "public-health",
        "Public health",
        (RunBy(types, date(2013, 4, 1)),),
        (Exemption("WGN", "runs its own", date(2015, 1, 1), date(2015, 12, 31)),),
    )
    gateshead, wigan = authority(), authority(code="WGN")
    assert not service.is_run_by(gateshead, date(2013, 3, 31))
    assert service.is_run_by(gateshead, date(2013, 4, 1))
    assert service.is_run_by(wigan, date(2014, 12, 31))
    assert not service.is_run_by(wigan, date(2015, 6, 1))
    assert not service.is_run_by(authority(type=AuthorityType.COUNTY), date(2020, 1, 1))


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_record_is_frozen(module: object) -> None:
    records = [c for _, c in inspect.getmembers(module, inspect.isclass) if dataclasses.is_dataclass(c)]
    assert all(c.__dataclass_params__.frozen for c in records)  # type: ignore[attr-defined]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_the_domain_imports_only_the_standard_library_and_itself(module: object) -> None:
    tree = ast.parse(inspect.getsource(module))  # type: ignore[arg-type]
    names = {n.module.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module}
    assert names <= {
        "moothall",
        "calendar",
        "collections",
        "dataclasses",
        "datetime",
        "enum",
        "functools",
        "itertools",
        "sys",
        "typing",
        "zoneinfo",
    }


def test_units_have_their_own_id_and_words() -> None:
    assert all(key == unit.id and unit.name for key, unit in UNITS.items())
