"""Every definition as its file states it: valid by itself, located, and not yet compared with the others."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from moothall.catalogue.actions import ActionEntry, LedgerEntry
from moothall.catalogue.consultations import ConsultationEntry
from moothall.catalogue.fields import Entry
from moothall.catalogue.framework import FrameworkEntry
from moothall.catalogue.problems import quoted, validate
from moothall.catalogue.quantities import QuantityEntry
from moothall.catalogue.reading import CorrectionEntry, SourceEntry
from moothall.catalogue.schema import (
    AuthorityEntry,
    CaveatsFile,
    MetricEntry,
    OutcomeEntry,
    RegionEntry,
    ResponsibilityEntry,
    SuccessionEntry,
    ThemeEntry,
)
from moothall.catalogue.signals import LensEntry, SignalEntry
from moothall.catalogue.similarity import SimilarityModelEntry
from moothall.catalogue.spelling import advise
from moothall.catalogue.unread import UnreadFiles
from moothall.catalogue.variants import VariantEntry
from moothall.catalogue.wording import VerbEntry, WordsEntry
from moothall.catalogue.yaml_nodes import Document, Keys, Plain, YamlFault, read_document

E = TypeVar("E", bound=Entry)

ROOT_FILES = ("themes", "outcomes", "caveats")
QUANTITIES, UNREAD, VERBS = "quantities", "files-not-read", "verbs"
EVERY_FILE = (*ROOT_FILES, QUANTITIES, UNREAD, VERBS)
"""The files that the folder must hold, and those that it may."""

REGISTER_FILES = ("regions", "responsibilities", "successions")
LEDGER = "ledger"


@dataclass(frozen=True)
class Located(Generic[E]):
    """A definition with the file and the place in it where it stands."""

    entry: E
    document: Document
    keys: Keys = ()

    def fault(self, words: str, *keys: str | int) -> str:
        """One sentence about the value that ``keys`` lead to inside this definition."""
        return self.document.sentence((*self.keys, *keys), words)

    @property
    def place(self) -> str:
        """The file and line where the definition starts: ``catalogue/themes.yaml, line 4``."""
        return f"{self.document.name}, line {self.document.line(self.keys)}"


@dataclass
class Drafts:
    """All definitions by kind, the faults met so far, and every id that a file claims, even where it is faulty."""

    folder: Path
    themes: list[Located[ThemeEntry]] = field(default_factory=list)
    outcomes: list[Located[OutcomeEntry]] = field(default_factory=list)
    caveats: list[Located[CaveatsFile]] = field(default_factory=list)
    metrics: list[Located[MetricEntry]] = field(default_factory=list)
    sources: list[Located[SourceEntry]] = field(default_factory=list)
    authorities: list[Located[AuthorityEntry]] = field(default_factory=list)
    regions: list[Located[RegionEntry]] = field(default_factory=list)
    successions: list[Located[SuccessionEntry]] = field(default_factory=list)
    responsibilities: list[Located[ResponsibilityEntry]] = field(default_factory=list)
    corrections: list[Located[CorrectionEntry]] = field(default_factory=list)
    frameworks: list[Located[FrameworkEntry]] = field(default_factory=list)
    similarity_models: list[Located[SimilarityModelEntry]] = field(default_factory=list)
    quantities: list[Located[QuantityEntry]] = field(default_factory=list)
    consultations: list[Located[ConsultationEntry]] = field(default_factory=list)
    unread: list[Located[UnreadFiles]] = field(default_factory=list)
    actions: list[Located[ActionEntry]] = field(default_factory=list)
    action_ledgers: list[Located[LedgerEntry]] = field(default_factory=list)
    variants: list[Located[VariantEntry]] = field(default_factory=list)
    lenses: list[Located[LensEntry]] = field(default_factory=list)
    signals: list[Located[SignalEntry]] = field(default_factory=list)
    words: list[Located[WordsEntry]] = field(default_factory=list)
    verbs: list[Located[VerbEntry]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    claimed: dict[str, set[str]] = field(default_factory=dict)

    def claims(self, kind: str) -> list[str]:
        """The sorted ids (or codes) that definitions of this kind claim."""
        return sorted(self.claimed.get(kind, ()))


def read_drafts(folder: Path) -> Drafts:
    """Read every file of the catalogue; faults are collected, never raised."""
    drafts = Drafts(folder)
    _fault_stray_files(drafts)
    _read_list(drafts, folder / "themes.yaml", ThemeEntry, drafts.themes)
    _read_list(drafts, folder / "outcomes.yaml", OutcomeEntry, drafts.outcomes)
    _read_whole(drafts, folder / "caveats.yaml", CaveatsFile, drafts.caveats)
    _read_register(drafts, folder / "authorities")
    for path in _files(folder / "sources"):
        _read_whole(drafts, path, SourceEntry, drafts.sources, "sources")
    for path in _files(folder / "corrections"):
        _read_list(drafts, path, CorrectionEntry, drafts.corrections, "corrections")
    for path in _files(folder / "metrics"):
        _read_whole(drafts, path, MetricEntry, drafts.metrics, "metrics")
    for path in _files(folder / "framework"):
        _read_whole(drafts, path, FrameworkEntry, drafts.frameworks)
    for path in _files(folder / "consultations"):
        _read_whole(drafts, path, ConsultationEntry, drafts.consultations, "consultations")
    for path in _files(folder / "neighbours"):
        _read_whole(drafts, path, SimilarityModelEntry, drafts.similarity_models)
    _read_optional(drafts, folder / f"{UNREAD}.yaml", UnreadFiles, drafts.unread, "files_not_read")
    _read_optional(drafts, folder / f"{QUANTITIES}.yaml", QuantityEntry, drafts.quantities)
    _read_actions(drafts, folder / "actions")
    for path in _files(folder / "backtest"):
        _read_list(drafts, path, VariantEntry, drafts.variants, "variants")
    _read_signals(drafts, folder / "signals")
    _read_words(drafts)
    _read_optional(drafts, folder / f"{VERBS}.yaml", VerbEntry, drafts.verbs, VERBS)
    return drafts


def _read_signals(drafts: Drafts, folder: Path) -> None:
    """Lenses in one file, and a folder of rules for each; a catalogue may do without."""
    if folder.is_dir():
        _read_list(drafts, folder / "lenses.yaml", LensEntry, drafts.lenses)
    for path in sorted(folder.glob("*/*.yaml")):
        _read_whole(drafts, path, SignalEntry, drafts.signals)


def read_word_drafts(folder: Path) -> Drafts:
    """Read the rules of sentences only."""
    drafts = Drafts(folder)
    _read_words(drafts)
    return drafts


def _read_words(drafts: Drafts) -> None:
    for path in _files(drafts.folder / "words"):
        _read_whole(drafts, path, WordsEntry, drafts.words)


def _fault_stray_files(drafts: Drafts) -> None:
    """A definition in a file that nothing reads would do nothing."""
    strays = {
        path: f"nothing reads a file of this name here; {advise(path.stem, EVERY_FILE)}"
        for path in drafts.folder.glob("*.yaml")
        if path.stem not in EVERY_FILE
    }
    strays |= dict.fromkeys(drafts.folder.rglob("*.yml"), "nothing reads a file that ends in .yml; end it in .yaml")
    for path, words in sorted(strays.items()):
        drafts.faults.append(f"{path.relative_to(drafts.folder.parent).as_posix()}, line 1: {words}")


def _read_register(drafts: Drafts, folder: Path) -> None:
    _read_list(drafts, folder / "regions.yaml", RegionEntry, drafts.regions)
    for path in _files(folder):
        if path.stem not in REGISTER_FILES:
            _read_list(drafts, path, AuthorityEntry, drafts.authorities, "authorities")
    _read_list(drafts, folder / "successions.yaml", SuccessionEntry, drafts.successions)
    _read_list(drafts, folder / "responsibilities.yaml", ResponsibilityEntry, drafts.responsibilities)


def _read_actions(drafts: Drafts, folder: Path) -> None:
    for path in _files(folder):
        if path.stem == LEDGER:
            _read_whole(drafts, path, LedgerEntry, drafts.action_ledgers)
        else:
            _read_list(drafts, path, ActionEntry, drafts.actions, "actions")


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.rglob("*.yaml"))


def _open(drafts: Drafts, path: Path) -> Document | None:
    name = path.relative_to(drafts.folder.parent).as_posix()
    try:
        return read_document(path, name)
    except YamlFault as fault:
        drafts.faults.append(f"{name}, line {fault.line}: {fault.words}")
        return None


def _read_whole(drafts: Drafts, path: Path, model: type[E], into: list[Located[E]], kind: str = "") -> None:
    """Read a file that is one definition."""
    if kind:
        drafts.claimed.setdefault(kind, set()).add(path.stem)
    document = _open(drafts, path)
    if document:
        _keep(drafts, model, document, (), document.content, into)


def _read_list(drafts: Drafts, path: Path, model: type[E], into: list[Located[E]], key: str = "") -> None:
    """Read a file whose one key (the file's name unless given) holds a list of definitions."""
    document = _open(drafts, path)
    if document is None:
        return
    key = key or path.stem
    items = document.content.get(key)
    _fault_other_keys(drafts, document, key)
    if not isinstance(items, list):
        words = f'the file needs the key "{key}" with a list under it; add it'
        drafts.faults.append(document.sentence((key,), words))
        return
    for index, item in enumerate(items):
        _claim(drafts, key, item)
        _keep(drafts, model, document, (key, index), item, into)


def _read_optional(drafts: Drafts, path: Path, model: type[E], into: list[Located[E]], key: str = "") -> None:
    """Read a list that a catalogue may do without."""
    if path.exists():
        _read_list(drafts, path, model, into, key)


def _fault_other_keys(drafts: Drafts, document: Document, key: str) -> None:
    for other in document.content:
        if other != key:
            words = f"{quoted(other)} is not a key here; {advise(other, [key])}"
            drafts.faults.append(document.sentence((other,), words))


def _claim(drafts: Drafts, kind: str, item: Plain) -> None:
    if isinstance(item, dict):
        claimed = item.get("id", item.get("code"))
        if isinstance(claimed, str):
            drafts.claimed.setdefault(kind, set()).add(claimed)


def _keep(drafts: Drafts, model: type[E], document: Document, keys: Keys, item: Plain, into: list[Located[E]]) -> None:
    """Validate one definition; keep it, or its faults."""
    entry, faults = validate(model, item, document, keys)
    drafts.faults += faults
    if entry is not None:
        into.append(Located(entry, document, keys))
