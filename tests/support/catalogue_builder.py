"""A tiny valid catalogue, made anew for each test, and the edits that spoil it.

A catalogue is a dictionary from a file's path to its content: what YAML would hold, or raw text. One metric is live,
one awaits data. Aldmouth (a district) and Northshire (its county) merged into New Northshire on 1 April 2021; Westbay
carries on.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from moothall.domain.words import Caveat

Files = dict[str, Any]
Edit = Callable[[Files], None]

THEMES = "themes.yaml"
OUTCOMES = "outcomes.yaml"
CAVEATS = "caveats.yaml"
REGIONS = "authorities/regions.yaml"
UNITARY = "authorities/unitary.yaml"
COUNTY = "authorities/county.yaml"
DISTRICT = "authorities/shire-district.yaml"
SUCCESSIONS = "authorities/successions.yaml"
RESPONSIBILITIES = "authorities/responsibilities.yaml"
SOURCE = "sources/waste-returns.yaml"
CORRECTIONS = "corrections/waste-returns.yaml"
METRIC = "metrics/waste/recycling-rate.yaml"
AWAITING = "metrics/waste/bin-colours.yaml"


def tiny_catalogue() -> Files:
    """The content of every file of a valid catalogue, free to be changed."""
    return {
        THEMES: {"themes": [{"id": "waste", "title": "Waste", "topics": [{"id": "recycling", "title": "Recycling"}]}]},
        OUTCOMES: {"outcomes": [{"id": "environment", "number": 13, "title": "Environment"}]},
        CAVEATS: {"caveats": {str(caveat): f"Mind that this is {caveat}." for caveat in Caveat}},
        REGIONS: {"regions": [{"code": "E12000001", "name": "North"}]},
        UNITARY: {
            "authorities": [
                authority("NNS", "New Northshire", "unitary", "E06000001", start="2021-04-01"),
                authority("WBY", "Westbay", "unitary", "E06000002", former_names=["Saltby"]),
            ]
        },
        COUNTY: {"authorities": [authority("NSH", "Northshire", "county", "E10000001", end="2021-03-31")]},
        DISTRICT: {
            "authorities": [
                authority("ALD", "Aldmouth", "shire-district", "E07000001", end="2021-03-31", county="NSH"),
            ]
        },
        SUCCESSIONS: {"successions": [merger("ALD"), merger("NSH")]},
        RESPONSIBILITIES: {"responsibilities": _responsibilities()},
        SOURCE: source(),
        METRIC: metric("recycling-rate"),
        AWAITING: awaiting_metric("bin-colours"),
    }


def authority(code: str, name: str, type_: str, area_code: str, /, **others: Any) -> dict[str, Any]:
    """An entry of the register; ``others`` adds or replaces keys."""
    start = others.get("start", "2009-04-01")
    span = {"from": start} | ({"to": others["end"]} if "end" in others else {})
    return {
        "code": code,
        "slug": name.lower().replace(" ", "-"),
        "name": f"{name} Council",
        "short_name": name,
        "type": type_,
        "region": "E12000001",
        "start": start,
        "area_codes": [{"code": area_code, **span}],
        **others,
    }


def merger(predecessor: str) -> dict[str, Any]:
    """New Northshire takes over an authority whole."""
    return {"from": predecessor, "to": "NNS", "on": "2021-04-01", "kind": "merge", "order": "The Northshire Order"}


def _responsibilities() -> list[dict[str, Any]]:
    every_type = {"types": ["unitary", "county", "shire-district"]}
    collection = {"types": ["unitary", "shire-district"], "from": "2009-04-01"}
    exemption = {"authority": "WBY", "reason": "Its county collects", "from": "2010-04-01", "to": "2012-03-31"}
    return [
        {"id": "recycling", "name": "Recycling", "run_by": [collection], "except": [exemption]},
        {"id": "local-area", "name": "The local area", "run_by": [every_type]},
    ]


def metric(id_: str, /, **others: Any) -> dict[str, Any]:
    """A live metric; ``others`` adds or replaces keys."""
    return {
        "id": id_,
        "title": "Recycling rate",
        "status": "live",
        "theme": "waste",
        "topic": "recycling",
        "outcome": "environment",
        "synonyms": ["NI192"],
        "definition": "The share of household waste that is recycled.",
        "why": "Recycling saves material.",
        "cannot_say": "It does not say what became of it.",
        "unit": "percent",
        "decimals": 1,
        "polarity": "higher-is-better",
        "polarity_reason": "More recycling means less waste burnt or buried.",
        "period": "financial-year",
        "cadence": "yearly",
        "designation": "official statistics",
        "responsibility": "recycling",
        "applies_to": ["unitary", "shire-district"],
        "value": {"source": "waste-returns", "series": "recycling-rate"},
        "bounds": [0, 100],
        "caveats": ["method-changed"],
        "breaks": [{"from": "2015-04-01", "reason": "Leaf litter is counted"}, {"from": "2020-04-01", "reason": "Ash"}],
        "review": {"by": "A tester", "on": "2026-11-22", "read": "The notes sheet"},
        **others,
    }


def awaiting_metric(id_: str, /, **others: Any) -> dict[str, Any]:
    """A metric without figures; ``others`` adds or replaces keys."""
    gap = {"status": "awaiting-data", "awaiting": "Nobody publishes it yet.", "landing_page": "https://example.org/"}
    kept = {
        key: value for key, value in metric(id_, title="Colours of bins").items() if key not in {"value", "synonyms"}
    }
    return kept | gap | others


def source() -> dict[str, Any]:
    """A source with one release of one CSV file."""
    return {
        "id": "waste-returns",
        "title": "Waste returns",
        "publisher": "Department of Bins",
        "landing_page": "https://example.org/waste",
        "licence": "OGL-UK-3.0",
        "attribution": "Contains public sector information.",
        "designation": "official statistics",
        "cadence": "yearly",
        "description": "What councils report.",
        "status": "with-figures",
        "folder": "waste-returns",
        "releases": [release("2024-02")],
    }


def release(id_: str) -> dict[str, Any]:
    """A release with one file and one table."""
    return {
        "id": id_,
        "title": f"Waste returns, {id_}",
        "published_on": "2024-02-29",
        "published_precision": "month",
        "published_note": "The page names the month.",
        "files": [{"path": "returns.csv", "sha256": "0" * 64, "bytes": 1000}],
        "tables": [table()],
    }


def table() -> dict[str, Any]:
    """A tidy CSV table with one series."""
    return {
        "id": "rates",
        "file": "returns.csv",
        "reader": "csv",
        "area_code": "Code",
        "period": {"column": "Year", "kind": "financial-year", "format": "split-year"},
        "missing": {"": {"status": "not-available", "reason": "no figure published"}},
        "statuses": {"column": "Flag", "codes": {"": {"status": "final"}, "p": {"status": "provisional"}}},
        "footnote_marks": ["*"],
        "skip": [{"where": {"Kind": ["Total", "Region"]}, "reason": "totals"}],
        "series": [{"id": "recycling-rate", "column": "Rate", "where": {"Item": "Recycling"}, "scale": 100}],
    }


def correction(**others: Any) -> dict[str, Any]:
    """A declared patch of one cell; ``others`` adds or replaces keys."""
    return {
        "release": "2024-02",
        "series": "recycling-rate",
        "area_code": "E06000002",
        "period": "2021-22",
        "expect": "412",
        "value": 41.2,
        "why": "The decimal point is missing",
        "reported": "Not yet",
        **others,
    }


def write_catalogue(folder: Path, files: Files | None = None) -> Path:
    """Write the files (the tiny catalogue if none are given) under ``folder``/catalogue, and return that folder."""
    for name, content in (tiny_catalogue() if files is None else files).items():
        path = folder / "catalogue" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else yaml_text(content), encoding="utf-8")
    return folder / "catalogue"


def yaml_text(content: Any) -> str:
    """The content as YAML with keys in their own order and no folded lines."""
    return str(yaml.dump(content, Dumper=yaml.CSafeDumper, sort_keys=False, width=1000, allow_unicode=True))


def put(file: str, *keys: str | int, value: Any) -> Edit:
    """Set the value that ``keys`` lead to in a file."""

    def edit(files: Files) -> None:
        holder = files[file]
        for key in keys[:-1]:
            holder = holder[key]
        holder[keys[-1]] = value

    return edit


def drop(file: str, *keys: str | int) -> Edit:
    """Take out the key that ``keys`` lead to in a file."""

    def edit(files: Files) -> None:
        holder = files[file]
        for key in keys[:-1]:
            holder = holder[key]
        del holder[keys[-1]]

    return edit


def rename(file: str, *keys: str | int, to: str) -> Edit:
    """Call the key that ``keys`` lead to by another name, in the same place."""

    def edit(files: Files) -> None:
        holder = files[file]
        for key in keys[:-1]:
            holder = holder[key]
        renamed = {to if key == keys[-1] else key: value for key, value in holder.items()}
        holder.clear()
        holder.update(renamed)

    return edit


def write_text(file: str, text: str) -> Edit:
    """Replace a whole file by raw text."""

    def edit(files: Files) -> None:
        files[file] = text

    return edit


def each(*edits: Edit) -> Edit:
    """Several edits as one."""

    def edit(files: Files) -> None:
        for one in edits:
            one(files)

    return edit
