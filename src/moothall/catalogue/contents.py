"""The whole catalogue in memory: domain types by their ids, and how each source is read."""

from dataclasses import dataclass, field

from moothall.catalogue.listing import ListDefinition
from moothall.catalogue.live import LiveFile
from moothall.catalogue.mapping import MapDefinition, PlacesDefinition
from moothall.catalogue.reading import CorrectionEntry, ReleaseDefinition, SourceState
from moothall.catalogue.sums import AgreementEntry
from moothall.catalogue.unread import UnreadFiles
from moothall.domain.authority import Area, Authority, Responsibility, Succession
from moothall.domain.backtest import Variant
from moothall.domain.consultation import Consultation
from moothall.domain.derivation import Quantity
from moothall.domain.formal_action import ActionRegister
from moothall.domain.framework import Framework
from moothall.domain.metric import Metric, Outcome, Theme
from moothall.domain.signal import Lens, LensRule, Signal
from moothall.domain.similarity import SimilarityModel
from moothall.domain.source import Source
from moothall.domain.wording import Matter, Rule
from moothall.domain.words import Caveat

Correction = CorrectionEntry


@dataclass(frozen=True, slots=True)
class SourceDefinition:
    """A publication, the folder its files lie in, and its releases in the order of the file.

    ``area_names`` leads from the publisher's own spellings to codes; ``not_authorities`` from codes, names or patterns
    to the reason why they are left out. ``live`` says where the newest file is looked for, ``not_live`` why nowhere.
    """

    source: Source
    status: SourceState
    folder: str
    releases: tuple[ReleaseDefinition, ...]
    area_names: dict[str, str] = field(default_factory=dict)
    not_authorities: dict[str, str] = field(default_factory=dict)
    live: tuple[LiveFile, ...] = ()
    not_live: str | None = None
    agrees_with: tuple[AgreementEntry, ...] = ()
    lists: tuple[ListDefinition, ...] = ()
    maps: tuple[MapDefinition, ...] = ()
    places: tuple[PlacesDefinition, ...] = ()

    @property
    def has_lists(self) -> bool:
        """True where it has lists, maps or places: what is read beside figures."""
        return bool(self.lists or self.maps or self.places)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every definition, checked. Dictionaries keep the order of their file, or of the ids where each has a file."""

    themes: dict[str, Theme]
    outcomes: dict[str, Outcome]
    caveats: dict[Caveat, str]
    metrics: dict[str, Metric]
    sources: dict[str, SourceDefinition]
    authorities: dict[str, Authority]
    successions: tuple[Succession, ...]
    responsibilities: dict[str, Responsibility]
    regions: dict[str, Area]
    corrections: dict[str, tuple[Correction, ...]]
    frameworks: dict[str, Framework] = field(default_factory=dict)
    similarity_models: dict[str, SimilarityModel] = field(default_factory=dict)
    consultations: dict[str, Consultation] = field(default_factory=dict)
    unread: tuple[UnreadFiles, ...] = ()
    formal_actions: ActionRegister = field(default_factory=ActionRegister)
    variants: tuple[Variant, ...] = ()
    lenses: dict[Lens, LensRule] = field(default_factory=dict)
    signals: dict[str, Signal] = field(default_factory=dict)
    words: dict[Matter, tuple[Rule, ...]] = field(default_factory=dict)
    matters: dict[Matter, str] = field(default_factory=dict)
    verbs: dict[str, str] = field(default_factory=dict)
    quantities: dict[str, Quantity] = field(default_factory=dict)

    @property
    def lists(self) -> dict[str, ListDefinition]:
        """The lists of all sources, by id."""
        return {each.id: each for definition in self.sources.values() for each in definition.lists}

    @property
    def maps(self) -> dict[str, MapDefinition]:
        """The maps of all sources, by id."""
        return {each.id: each for definition in self.sources.values() for each in definition.maps}
