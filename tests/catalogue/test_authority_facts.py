"""Facts about English authorities, asserted on the catalogue's YAML itself (no loader, no schema in between)."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parents[2] / "catalogue" / "authorities"
TYPES = ("unitary", "metropolitan-district", "london-borough", "shire-district", "county", "combined-authority")
REQUIRED = {"code", "slug", "name", "short_name", "type", "region", "start", "area_codes"}
OPTIONAL = {"former_names", "end", "ecode", "county", "combined_authority", "website", "note"}
OPTIONAL |= {"former_ecodes", "dfe_code"}
DAY = timedelta(days=1)
# Every authority that acted on or after this day is in the register, with its county. Worcestershire's districts
# belonged to Hereford and Worcester before 1998, which is not in it.
REGISTER_BEGINS = date(2009, 4, 1)
Entry = dict[str, Any]


class Plainly(yaml.CSafeLoader):
    """YAML as version 1.2 reads it: ``on`` and ``NO`` are words, and no truth values."""

    yaml_implicit_resolvers = {  # noqa: RUF012  the name is the base class's
        first: [(tag, pattern) for tag, pattern in found if not tag.endswith(":bool")]
        for first, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


def read_yaml(name: str, key: str) -> list[Entry]:
    """The list under ``key`` in a catalogue file, dates as ``datetime.date``."""
    content = yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), Loader=Plainly)
    assert list(content) == [key]
    return list(content[key])


FILES = {type_: read_yaml(type_, "authorities") for type_ in TYPES}
AUTHORITIES = [entry for entries in FILES.values() for entry in entries]
BY_CODE = {entry["code"]: entry for entry in AUTHORITIES}
SUCCESSIONS = read_yaml("successions", "successions")
RESPONSIBILITIES = {entry["id"]: entry for entry in read_yaml("responsibilities", "responsibilities")}
REGIONS = {entry["code"]: entry["name"] for entry in read_yaml("regions", "regions")}


def lies_within(entry: Entry, day: date, first: str = "start", last: str = "end") -> bool:
    """True when ``day`` is on or between the first and the last day of the entry; a missing last day is open."""
    return bool(entry.get(first, date.min) <= day <= entry.get(last, date.max))


def area_codes() -> Iterator[tuple[str, Entry]]:
    """Every (authority code, area code entry) of the register."""
    for entry in AUTHORITIES:
        for area in entry["area_codes"]:
            yield entry["code"], area


def ids(table: list[Entry]) -> list[str]:
    """Authority codes, to name the cases of a parametrised test."""
    return [entry["code"] for entry in table]


# --- shape ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("type_", TYPES)
def test_each_file_holds_its_type_sorted_by_slug(type_: str) -> None:
    slugs = [entry["slug"] for entry in FILES[type_]]
    assert {entry["type"] for entry in FILES[type_]} == {type_}
    assert slugs == sorted(slugs)


@pytest.mark.parametrize("entry", AUTHORITIES, ids=ids(AUTHORITIES))
def test_an_entry_has_the_declared_keys_and_nothing_empty(entry: Entry) -> None:
    assert REQUIRED <= set(entry) <= REQUIRED | OPTIONAL
    assert all(value not in (None, "", []) for value in entry.values())
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry["slug"])
    assert entry["region"] in REGIONS
    assert entry.get("website", "https://").startswith("https://")
    assert re.fullmatch(r"E\d{4}", entry.get("ecode", "E0000"))


@pytest.mark.parametrize("key", ["code", "slug", "name", "short_name", "ecode"])
def test_a_key_names_one_authority(key: str) -> None:
    counts = Counter(entry[key] for entry in AUTHORITIES if key in entry)
    assert [value for value, n in counts.items() if n > 1] == []


def test_a_former_name_leads_to_one_authority_and_repeats_no_present_name() -> None:
    present = {entry[key].casefold() for entry in AUTHORITIES for key in ("name", "short_name")}
    former = Counter(name.casefold() for entry in AUTHORITIES for name in entry.get("former_names", []))
    assert [name for name, n in former.items() if n > 1] == []
    assert present & set(former) == set()


# --- lifetimes -----------------------------------------------------------------------------------------------------


def test_no_area_code_belongs_to_two_authorities_or_overlaps_itself() -> None:
    counts = Counter(area["code"] for _, area in area_codes())
    assert [code for code, n in counts.items() if n > 1] == []


@pytest.mark.parametrize("entry", AUTHORITIES, ids=ids(AUTHORITIES))
def test_area_codes_follow_one_another_without_gap_through_the_lifetime(entry: Entry) -> None:
    codes = entry["area_codes"]
    assert codes[0]["from"] == max(entry["start"], date(2009, 1, 1))
    assert all(later["from"] == earlier["to"] + DAY for earlier, later in pairwise(codes))
    assert codes[-1].get("to") == entry.get("end")
    assert {code["code"][:3] for code in codes} <= PREFIXES[entry["type"]]


PREFIXES = {
    "unitary": {"E06"},
    "metropolitan-district": {"E08"},
    "london-borough": {"E09"},
    "shire-district": {"E07"},
    "county": {"E10"},
    "combined-authority": {"E47"},
}


@pytest.mark.parametrize("entry", [e for e in AUTHORITIES if "end" in e], ids=lambda e: e["code"])
def test_an_ended_authority_has_a_successor_from_the_day_after_its_last(entry: Entry) -> None:
    edges = [edge for edge in SUCCESSIONS if edge["from"] == entry["code"] and edge["on"] == entry["end"] + DAY]
    assert edges
    assert {edge["kind"] for edge in edges} == ({"merge"} if len(edges) == 1 else {"split"})
    assert all(lies_within(BY_CODE[edge["to"]], edge["on"]) for edge in edges)
    assert (entry["end"].month, entry["end"].day) != (4, 1)


@pytest.mark.parametrize("entry", FILES["shire-district"], ids=ids(FILES["shire-district"]))
def test_a_shire_district_has_a_county_that_covers_its_lifetime_in_the_register(entry: Entry) -> None:
    county = BY_CODE[entry["county"]]
    assert county["type"] == "county"
    assert county["region"] == entry["region"]
    assert lies_within(county, max(entry["start"], REGISTER_BEGINS))
    assert entry.get("end", date.max) <= county.get("end", date.max)


def test_only_shire_districts_have_a_county_and_every_county_has_districts() -> None:
    assert {entry["type"] for entry in AUTHORITIES if "county" in entry} == {"shire-district"}
    assert {entry["county"] for entry in FILES["shire-district"]} == set(ids(FILES["county"]))


# How many principal authorities acted on 1 April of a year: counties, shire districts, unitaries (with the Isles of
# Scilly), metropolitan districts, London boroughs (with the City). 353 in 2009: House of Lords, written answer of 23
# January 2009. Each later row follows from the one above it by the Orders named. Another check stands in the last
# column: the local authority districts of England in ONS's boundary file of that year: every type but the counties.
COUNTS = [
    (2009, (27, 201, 56, 36, 33), 353, "388 before; seven Orders of 2008: -7 CC -37 SD +9 UA", 326),
    (2019, (26, 192, 56, 36, 33), 343, "Dorset -1 CC -6 SD -2 UA +2 UA; Suffolk -4 +2 SD; Somerset -2 +1 SD", 317),
    (2020, (25, 188, 57, 36, 33), 339, "Buckinghamshire -1 CC -4 SD +1 UA", 314),
    (2021, (24, 181, 59, 36, 33), 333, "Northamptonshire -1 CC -7 SD +2 UA", 309),
    (2023, (21, 164, 63, 36, 33), 317, "Cumbria -1 -6 +2; North Yorkshire -1 -7 +1; Somerset -1 -4 +1", 296),
    (2025, (21, 164, 63, 36, 33), 317, "no structural Order; Barnsley and Sheffield changed their codes only", 296),
]
COUNTED = ("county", "shire-district", "unitary", "metropolitan-district", "london-borough")


@pytest.mark.parametrize(("year", "by_type", "total", "source", "districts"), COUNTS, ids=lambda v: str(v)[:4])
def test_authorities_that_acted_on_1_april(
    year: int, by_type: tuple[int, ...], total: int, source: str, districts: int
) -> None:
    active = Counter(entry["type"] for entry in AUTHORITIES if lies_within(entry, date(year, 4, 1)))
    assert tuple(active[type_] for type_ in COUNTED) == by_type, source
    assert sum(by_type) == total, source
    assert total - by_type[0] == districts, source


@pytest.mark.parametrize(
    ("day", "n", "newest"),
    [
        (date(2011, 3, 31), 0, None),
        (date(2011, 4, 1), 1, "GMCA"),
        (date(2014, 4, 15), 5, "NECA"),
        (date(2016, 6, 17), 7, "WMCA"),
        (date(2017, 3, 3), 9, "CPCA"),
        (date(2018, 11, 2), 10, "NTCA"),
        (date(2024, 2, 28), 12, "EMCA"),
        (date(2024, 5, 7), 11, "NNECA"),  # one in the place of two
        (date(2025, 2, 5), 15, "LACA"),  # four on one day
    ],
    ids=str,
)
def test_combined_authorities_that_acted_on_a_day(day: date, n: int, newest: str | None) -> None:
    active = [entry for entry in FILES["combined-authority"] if lies_within(entry, day)]
    assert len(active) == n
    assert newest is None or BY_CODE[newest]["start"] == day


# --- membership ----------------------------------------------------------------------------------------------------

CONSTITUENTS = {
    "GMCA": 10, "SCR": 4, "WYCA": 5, "LCR": 6, "TVCA": 5, "WMCA": 7, "WECA": 3, "CPCA": 7, "NNECA": 7,
    "YNYC": 2, "EMCA": 4, "GLCA": 3, "HYCA": 2, "DTCA": 2, "LACA": 3,
}  # fmt: skip


def test_combined_authorities_of_today_have_their_constituent_councils() -> None:
    members = Counter(entry["combined_authority"] for entry in AUTHORITIES if "combined_authority" in entry)
    assert members == CONSTITUENTS
    assert {e["code"] for e in FILES["combined-authority"] if "end" not in e} == set(CONSTITUENTS)
    assert not any("end" in entry for entry in AUTHORITIES if "combined_authority" in entry)


# --- successions ---------------------------------------------------------------------------------------------------


def test_both_ends_of_every_edge_exist_and_no_edge_is_told_twice() -> None:
    assert {edge[end] for edge in SUCCESSIONS for end in ("from", "to")} <= set(BY_CODE)
    told = Counter((edge["from"], edge["to"], edge["on"], edge["kind"]) for edge in SUCCESSIONS)
    assert max(told.values()) == 1
    assert {edge["kind"] for edge in SUCCESSIONS} <= {"merge", "split", "transfer", "recode"}


def test_a_recode_is_the_same_authority_and_names_both_codes() -> None:
    for edge in SUCCESSIONS:
        assert (edge["kind"] == "recode") == (edge["from"] == edge["to"]) == ("to_area_code" in edge)
    recodes = [edge for edge in SUCCESSIONS if edge["kind"] == "recode"]
    changed = [
        (entry["code"], old["code"], new["code"], new["from"])
        for entry in AUTHORITIES
        for old, new in pairwise(entry["area_codes"])
    ]
    assert sorted((e["from"], e["from_area_code"], e["to_area_code"], e["on"]) for e in recodes) == sorted(changed)


def test_no_predecessor_of_a_transfer_ends_with_it() -> None:
    for edge in SUCCESSIONS:
        if edge["kind"] == "transfer":
            assert lies_within(BY_CODE[edge["from"]], edge["on"])


SUCCESSORS = [
    ("CMA", "split", {"CBD", "WAF"}),
    ("NTH", "split", {"NNT", "WNT"}),
    ("DOR", "split", {"BPC", "DST"}),
    ("BKM", "merge", {"BUC"}),
    ("NYK", "merge", {"NYE"}),
    ("SOM", "merge", {"SMT"}),
    ("CHC", "merge", {"BPC"}),
    ("BAR", "merge", {"WAF"}),
    ("COP", "merge", {"CBD"}),
    ("FOR", "merge", {"WSK"}),
    ("WSO", "merge", {"SWT"}),
    ("SWT", "merge", {"SMT"}),
    ("NTCA", "merge", {"NNECA"}),
]


@pytest.mark.parametrize(("code", "kind", "successors"), SUCCESSORS, ids=[row[0] for row in SUCCESSORS])
def test_what_became_of_an_authority(code: str, kind: str, successors: set[str]) -> None:
    edges = [edge for edge in SUCCESSIONS if edge["from"] == code]
    assert {edge["to"] for edge in edges} == successors
    assert {edge["kind"] for edge in edges} == {kind}


# --- single facts --------------------------------------------------------------------------------------------------

FACTS = [
    ("LDS", "start", date(1974, 4, 1)),
    ("CMD", "start", date(1965, 4, 1)),
    ("IOW", "start", date(1995, 4, 1)),
    ("YOR", "start", date(1996, 4, 1)),
    ("RUT", "start", date(1997, 4, 1)),
    ("HEF", "start", date(1998, 4, 1)),
    ("WOR", "start", date(1998, 4, 1)),
    ("MAV", "start", date(1998, 4, 1)),
    ("CON", "start", date(2009, 4, 1)),
    ("ALL", "end", date(2023, 3, 31)),
    ("BMH", "end", date(2019, 3, 31)),
    ("NECA", "end", date(2024, 5, 6)),
    ("EMCA", "start", date(2024, 2, 28)),
    ("FOR", "county", "SFK"),
    ("SWT", "county", "SOM"),
    ("CHC", "county", "DOR"),
    ("DBY", "region", "E12000004"),
    ("LIN", "region", "E12000004"),
    ("NEL", "region", "E12000003"),
    ("WECA", "region", "E12000009"),
    ("MIK", "name", "Milton Keynes City Council"),
    ("SHE", "name", "Folkestone and Hythe District Council"),
    ("LND", "type", "london-borough"),
    ("IOS", "type", "unitary"),
    ("BUC", "ecode", "E0402"),
    ("SMT", "slug", "somerset"),
    ("SOM", "slug", "somerset-county"),
    ("LAN", "slug", "lancashire"),
]


@pytest.mark.parametrize(("code", "key", "value"), FACTS, ids=str)
def test_a_fact(code: str, key: str, value: object) -> None:
    assert BY_CODE[code][key] == value


AREA_FACTS = [
    ("E08000016", date(2025, 3, 31), "BNS"),
    ("E08000038", date(2025, 4, 1), "BNS"),
    ("E08000019", date(2009, 1, 1), "SHF"),
    ("E08000039", date(2025, 4, 1), "SHF"),
    ("E08000020", date(2013, 3, 31), "GAT"),
    ("E06000057", date(2013, 4, 1), "NBL"),
    ("E07000100", date(2012, 3, 31), "SAL"),
    ("E07000241", date(2012, 4, 1), "WEW"),
    ("E07000243", date(2013, 4, 1), "STV"),
    ("E47000005", date(2018, 11, 1), "NECA"),
    ("E47000010", date(2018, 11, 2), "NECA"),
    ("E47000014", date(2024, 5, 7), "NNECA"),
    ("E10000023", date(2023, 3, 31), "NYK"),
    ("E06000065", date(2023, 4, 1), "NYE"),
]


@pytest.mark.parametrize(("area_code", "day", "code"), AREA_FACTS, ids=str)
def test_whose_area_a_code_was_on_a_day(area_code: str, day: date, code: str) -> None:
    owners = [c for c, area in area_codes() if area["code"] == area_code and lies_within(area, day, "from", "to")]
    assert owners == [code]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("SHE", "Shepway"),
        ("SCR", "Sheffield City Region"),
        ("KHL", "Kingston upon Hull, City of"),
        ("SWD", "Thamesdown"),
    ],
)
def test_an_earlier_name_is_kept(code: str, name: str) -> None:
    assert name in BY_CODE[code]["former_names"]


# --- responsibilities ----------------------------------------------------------------------------------------------

UPPER = {"unitary", "metropolitan-district", "london-borough", "county"}
LOWER = {"unitary", "metropolitan-district", "london-borough", "shire-district"}
RUN_BY = {
    "adult-social-care": UPPER,
    "childrens-services": UPPER,
    "education": UPPER,
    "public-health": UPPER,
    "highways": UPPER,
    "transport": UPPER | {"combined-authority"},
    "libraries": UPPER,
    "waste-collection": LOWER,
    "waste-disposal": UPPER,
    "recycling": UPPER | LOWER,
    "planning": LOWER,
    "minerals-and-waste-planning": UPPER,
    "housing": LOWER,
    "homelessness": LOWER,
    "environmental-health": LOWER,
    "council-tax-billing": LOWER,
    "leisure": LOWER,
    "economic-development": UPPER | LOWER | {"combined-authority"},
    "adult-skills": {"combined-authority"},
    "finance": UPPER | LOWER,
    "local-area": set(TYPES),
}


def test_responsibilities_and_the_types_that_run_them() -> None:
    declared = {id_: {t for rule in entry["run_by"] for t in rule["types"]} for id_, entry in RESPONSIBILITIES.items()}
    assert declared == RUN_BY


def test_public_health_moved_to_councils_on_1_april_2013() -> None:
    assert [rule.get("from") for rule in RESPONSIBILITIES["public-health"]["run_by"]] == [date(2013, 4, 1)]


@pytest.mark.parametrize("id_", sorted(RESPONSIBILITIES))
def test_exceptions_name_authorities_whose_type_runs_the_service(id_: str) -> None:
    entry = RESPONSIBILITIES[id_]
    named = [item["authority"] for item in entry.get("except", [])]
    assert len(named) == len(set(named))
    assert all(item["reason"] for item in entry.get("except", []))
    assert {BY_CODE[code]["type"] for code in named} <= RUN_BY[id_]


def test_joint_waste_authorities_dispose_for_35_councils_and_the_rest_dispose_for_themselves() -> None:
    named = {item["authority"] for item in RESPONSIBILITIES["waste-disposal"]["except"]}
    kinds = Counter(BY_CODE[code]["type"] for code in named)
    assert kinds == {"metropolitan-district": 9 + 5, "london-borough": 4 + 7 + 6 + 4}
    assert named.isdisjoint({"WGN", "HAL", "LND", "WSM", "CRY", "LDS"})


# --- regions -------------------------------------------------------------------------------------------------------


def test_nine_regions_each_with_principal_authorities() -> None:
    assert len(REGIONS) == len(set(REGIONS.values())) == 9
    assert {entry["region"] for entry in AUTHORITIES if entry["type"] != "combined-authority"} == set(REGIONS)
    assert {entry["region"] for entry in FILES["london-borough"]} == {"E12000007"}
