"""The log of every set of rules that was tried (catalogue/backtest/variants.yaml), and the domain type it becomes."""

from typing import Annotated

from pydantic import Field

from moothall.catalogue.fields import Day, Entry, Id, Sha256, Text
from moothall.domain.backtest import Variant, VariantStage


class VariantEntry(Entry):
    """One set of rules: its digest was noted before its run. ``result`` is what came of it, written afterwards."""

    id: Id
    on: Day
    rules: Sha256
    exceptions: Sha256 | None = None
    stage: VariantStage
    what: Text
    why: Text
    result: Text | None = None


class VariantsFile(Entry):
    """catalogue/backtest/variants.yaml"""

    variants: Annotated[tuple[VariantEntry, ...], Field(min_length=1)]


def to_variant(entry: VariantEntry) -> Variant:
    """A set of rules that was tried, as a type of the domain."""
    told = (entry.what, entry.why, entry.result)
    return Variant(entry.id, entry.on, entry.rules, entry.stage, *told, exceptions=entry.exceptions)
