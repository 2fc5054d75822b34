"""build: the catalogue and the release files in, one immutable database named by the hash of both out."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import astuple, fields
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from moothall import __version__
from moothall.analytics.groups import Group, standard_groups
from moothall.analytics.register import Register
from moothall.analytics.summary import Summary, summarise_periods
from moothall.catalogue import Catalogue, load_catalogue
from moothall.catalogue.bundle import dump
from moothall.domain.metric import Metric
from moothall.domain.observation import ReleaseFile
from moothall.errors import NoBuild
from moothall.pipeline.analyse import analyse
from moothall.pipeline.derive import add_derived_metrics, series_to_copy
from moothall.pipeline.gazetteer import load_places, places_beside
from moothall.pipeline.lists import lists_beside, load_lists
from moothall.pipeline.maps import load_maps, maps_beside
from moothall.pipeline.peer_report import report_models
from moothall.pipeline.progress import Progress, silent
from moothall.pipeline.quality import compare_all, coverage_rows, jump_rows
from moothall.pipeline.release import MANIFEST, METADATA_KEY, verify_releases
from moothall.store import Account, BuildWriter, Panel, ReleaseRecord, current_build
from moothall.store.backtest import FACT, backtest_file
from moothall.store.schema import SCHEMA_VERSION

ID_DIGITS = 12
SUMMARY_FIELDS = tuple(field.name for field in fields(Summary))


def build(catalogue_folder: Path, releases_folder: Path, builds_folder: Path, progress: Progress = silent) -> str:
    """Write the build of these inputs and point at it; returns its id.

    CatalogueError, ReleaseError where the inputs do not hold; BuildError where it cannot be written. Until the
    last step the old build serves.
    """
    catalogue = load_catalogue(catalogue_folder)
    manifest = verify_releases(releases_folder)
    releases = [release_record(releases_folder, name, entry["sha256"]) for name, entry in manifest.items()]
    build_id = hash_of(catalogue, releases_folder)
    listed = load_lists(lists_beside(releases_folder))
    register = Register(catalogue.authorities, catalogue.responsibilities)
    with BuildWriter.begin(builds_folder, build_id) as writer:
        progress("copying observations", 0, None)
        kept = backtest_text(releases_folder)
        writer.add_facts({"build_id": build_id, "catalogue": dump(catalogue), FACT: kept})
        writer.add_releases(releases)
        writer.add_lists(listed)
        writer.add_geography(load_maps(maps_beside(releases_folder)), load_places(places_beside(releases_folder)))
        writer.add_observations(series_to_copy(catalogue), [releases_folder / release.path for release in releases])
        add_derived_metrics(writer, catalogue, progress)
        writer.sort_observations()
        summarise_metrics(writer, catalogue, register, progress)
        analyse(writer, catalogue, newest_day(releases), progress)
        progress("judging similarity", 0, None)
        writer.add_similarity_report(*report_models(catalogue, register, writer.panel, listed))
        progress("comparing sources", 0, None)
        found = compare_all(catalogue, releases_folder, manifest)
        writer.add_quality("comparison", [astuple(comparison) for comparison in found])
    return build_id


def newest_day(releases: Sequence[ReleaseRecord]) -> date:
    """The day of the newest release; the last of all days without any."""
    return max((release.published_on for release in releases), default=date.max)


def release_record(folder: Path, name: str, sha256: str) -> ReleaseRecord:
    """What a release file says of itself, for the build to carry: ``sha256`` is the file's own digest."""
    said = json.loads(pq.read_metadata(folder / name).metadata[METADATA_KEY])
    return ReleaseRecord(
        source=said["source"],
        id=said["release"],
        title=said["title"],
        publisher=said["publisher"],
        landing_page=said["landing_page"],
        published_on=date.fromisoformat(said["published_on"]),
        published_precision=said["published_precision"],
        published_note=said["published_note"],
        files=tuple(ReleaseFile(**file) for file in said["files"]),
        path=name,
        sha256=sha256,
        accounts=tuple(Account(t["id"], t["rows_read"], t["observations"], t["refused"]) for t in said["tables"]),
    )


def backtest_text(releases_folder: Path) -> str:
    """The result that ``moothall backtest --write`` kept, whole; "" where there is none."""
    path = backtest_file(releases_folder)
    return path.read_text(encoding="utf-8") if path.exists() else ""


def is_current(catalogue_folder: Path, releases_folder: Path, builds_folder: Path) -> bool:
    """True when the build that serves was made of just these inputs."""
    try:
        served = current_build(builds_folder).stem
    except NoBuild:
        return False
    return served == hash_of(load_catalogue(catalogue_folder), releases_folder)


def hash_of(catalogue: Catalogue, releases_folder: Path) -> str:
    """The id of a build: a digest of the program, the table layout, the catalogue and the manifest of releases."""
    beside = (lists_beside, maps_beside, places_beside)
    folders = [releases_folder, *(place(releases_folder) for place in beside)]
    paths = [folder / MANIFEST for folder in folders]
    manifests = [path.read_text() if path.exists() else "" for path in paths]
    parts = (__version__, str(SCHEMA_VERSION), dump(catalogue), backtest_text(releases_folder), *manifests)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:ID_DIGITS]


def summarise_metrics(writer: BuildWriter, catalogue: Catalogue, register: Register, progress: Progress) -> None:
    """Add the summaries of every group and metric, and what the figures look like: coverage and jumps."""
    live = [metric for metric in catalogue.metrics.values() if metric.value]
    groups, summaries, coverage, jumps = standard_groups(catalogue.regions), [], [], []
    for done, metric in enumerate(live, start=1):
        progress("summarising metrics", done, len(live))
        panel = writer.panel(metric.id)
        rows = list(summary_rows(register, groups, metric, panel))
        summaries += rows
        coverage += coverage_rows(register, metric, panel, rows)
        jumps += jump_rows(metric, panel)
    writer.add_summaries(summaries)
    writer.add_quality("coverage", coverage)
    writer.add_quality("jump", jumps)


def summary_rows(
    register: Register, groups: Sequence[Group], metric: Metric, panel: Panel
) -> Iterator[tuple[Any, ...]]:
    """Rows of the summary table: every one of ``groups`` and period in which at least one member has a figure."""
    if not panel.periods:
        return
    eligible = register.eligible(metric, panel.authorities, [period.end for period in panel.periods])
    comparable = np.where(panel.in_lifetime & eligible, panel.values, np.nan)
    rows = register.rows(panel.authorities)
    for group in groups:
        summaries = summarise_periods(comparable[register.members(group)[rows]])
        for period, summary in zip(panel.periods, summaries, strict=True):
            if summary.n:
                yield (metric.id, group.id, period.slug, *(getattr(summary, name) for name in SUMMARY_FIELDS))
