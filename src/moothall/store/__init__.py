"""The build: an immutable DuckDB file, its one writer and its read-only reader. Only this room knows DuckDB."""

from moothall.store.findings import (
    ChangeFindings,
    ExpectedFindings,
    HighestFindings,
    SignFindings,
    StandingOutFindings,
)
from moothall.store.geography import Shapes
from moothall.store.news import NewsKind, ReleaseNews
from moothall.store.panel import NO_ROW, Panel
from moothall.store.pointer import builds_in, current_build, has_build
from moothall.store.postcodes import PostcodeIndex, normal_postcode, postcode_beginning
from moothall.store.reader import Store, StoreView
from moothall.store.records import Account, Cell, Comparison, Coverage, FoundJump, Quality, ReleaseRecord, Vintage
from moothall.store.similar import Listing, MetricSkill, ModelScore, SimilarityReport
from moothall.store.writer import BuildWriter

__all__ = [
    "NO_ROW",
    "Account",
    "BuildWriter",
    "Cell",
    "ChangeFindings",
    "Comparison",
    "Coverage",
    "ExpectedFindings",
    "FoundJump",
    "HighestFindings",
    "Listing",
    "MetricSkill",
    "ModelScore",
    "NewsKind",
    "Panel",
    "PostcodeIndex",
    "Quality",
    "ReleaseNews",
    "ReleaseRecord",
    "Shapes",
    "SignFindings",
    "SimilarityReport",
    "StandingOutFindings",
    "Store",
    "StoreView",
    "Vintage",
    "builds_in",
    "current_build",
    "has_build",
    "normal_postcode",
    "postcode_beginning",
]
