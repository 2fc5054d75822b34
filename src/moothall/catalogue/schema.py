"""What themes, outcomes, caveats, metrics and authorities look like in YAML: one closed model for each kind."""

from typing import Annotated

from pydantic import Field, StringConstraints

from moothall.catalogue.derivations import ValueEntry
from moothall.catalogue.fields import Address, CellText, Code, Day, Entry, Flag, Id, Text, word_of
from moothall.catalogue.next_release import NextReleaseEntry
from moothall.catalogue.reading import CorrectionEntry
from moothall.domain.authority import AuthorityType, SuccessionKind
from moothall.domain.period import PeriodKind
from moothall.domain.unit import UNITS
from moothall.domain.words import Cadence, Caveat, CountKind, CountRule, Designation, MetricState, Polarity

MOST_DECIMALS = 6
OUTCOME_COUNT = 16


class TopicEntry(Entry):
    """The second level of navigation."""

    id: Id
    title: Text


class ThemeEntry(Entry):
    """The first level of navigation."""

    id: Id
    title: Text
    topics: Annotated[tuple[TopicEntry, ...], Field(min_length=1)]


class OutcomeEntry(Entry):
    """One of the sixteen outcomes."""

    id: Id
    number: Annotated[int, Field(ge=1, le=OUTCOME_COUNT)]
    title: Text


class BreakEntry(Entry):
    """A day from which figures no longer compare with earlier ones."""

    start: Day = Field(alias="from")
    reason: Text


class ReviewEntry(Entry):
    """Who read the publisher's own metadata, when and what."""

    by: Text
    on: Day
    read: Text


class CountedEntry(Entry):
    """That the numerator counts independent things, and by which rule chance is told from the counts."""

    kind: CountKind
    rule: CountRule
    because: Text


class StateChangeEntry(Entry):
    """Since when a metric stands so, and why."""

    on: Day
    state: MetricState
    reason: Text
    consultation: Id | None = None


class MetricEntry(Entry):
    """One metric as its YAML file states it."""

    id: Id
    title: Text
    status: MetricState
    theme: Id
    topic: Id
    definition: Text
    why: Text
    cannot_say: Text
    unit: Annotated[str, word_of(UNITS), Field(json_schema_extra={"enum": list(UNITS)})]
    decimals: Annotated[int, Field(ge=0, le=MOST_DECIMALS)]
    polarity: Polarity
    polarity_reason: Text
    period: PeriodKind
    cadence: Cadence
    designation: Designation
    responsibility: Id
    applies_to: Annotated[tuple[AuthorityType, ...], Field(min_length=1)]
    review: ReviewEntry
    outcome: Id | None = None
    synonyms: tuple[Annotated[CellText, Field(min_length=1)], ...] = ()
    numerator: Text | None = None
    denominator: Text | None = None
    context: Flag = False
    value: ValueEntry | None = None
    additive: Flag = False
    awaiting: Text | None = None
    landing_page: Address | None = None
    bounds: Annotated[tuple[float, ...], Field(min_length=2, max_length=2)] | None = None
    minimum_denominator: Annotated[float, Field(gt=0)] | None = None
    counted: CountedEntry | None = None
    quantity: Id | None = None
    caveats: tuple[Caveat, ...] = ()
    breaks: tuple[BreakEntry, ...] = ()
    questions: tuple[Text, ...] = ()
    next_release: NextReleaseEntry | None = None
    history: tuple[StateChangeEntry, ...] = ()


class AreaCodeEntry(Entry):
    """A GSS code with the first and last day on which it was in force."""

    code: Code
    start: Day = Field(alias="from")
    end: Day | None = Field(default=None, alias="to")


DfeNumber = Annotated[str, StringConstraints(pattern=r"^\d{3}$")]
"""The number by which the Department for Education knows an authority."""


class AuthorityEntry(Entry):
    """One authority; ``start`` and ``end`` are the first and the last day on which it acted."""

    code: Code
    slug: Id
    name: Text
    short_name: Text
    type: AuthorityType
    region: Code
    start: Day
    area_codes: Annotated[tuple[AreaCodeEntry, ...], Field(min_length=1)]
    end: Day | None = None
    former_names: tuple[Text, ...] = ()
    ecode: Code | None = None
    former_ecodes: tuple[Code, ...] = ()
    dfe_code: DfeNumber | None = None
    county: Code | None = None
    combined_authority: Code | None = None
    website: Address | None = None
    note: Text | None = None


class RegionEntry(Entry):
    """A region of England, with its GSS code."""

    code: Code
    name: Text


class SuccessionEntry(Entry):
    """A dated edge from predecessor to successor."""

    predecessor: Code = Field(alias="from")
    successor: Code = Field(alias="to")
    on: Day
    kind: SuccessionKind
    order: Text | None = None
    from_area_code: Code | None = None
    to_area_code: Code | None = None


class RunByEntry(Entry):
    """Types of authority that run a service, open at both ends unless a day is given."""

    types: Annotated[tuple[AuthorityType, ...], Field(min_length=1)]
    start: Day | None = Field(default=None, alias="from")
    end: Day | None = Field(default=None, alias="to")


class ExemptionEntry(Entry):
    """An authority that does not run a service although its type does."""

    authority: Code
    reason: Text
    start: Day | None = Field(default=None, alias="from")
    end: Day | None = Field(default=None, alias="to")


class ResponsibilityEntry(Entry):
    """A service and who runs it."""

    id: Id
    name: Text
    run_by: Annotated[tuple[RunByEntry, ...], Field(min_length=1)]
    exemptions: tuple[ExemptionEntry, ...] = Field(default=(), alias="except")


class ThemesFile(Entry):
    """catalogue/themes.yaml"""

    themes: tuple[ThemeEntry, ...]


class OutcomesFile(Entry):
    """catalogue/outcomes.yaml"""

    outcomes: tuple[OutcomeEntry, ...]


class CaveatsFile(Entry):
    """catalogue/caveats.yaml: the sentence a reader sees for each caveat."""

    caveats: dict[Caveat, Text]


class AuthoritiesFile(Entry):
    """catalogue/authorities/<type>.yaml"""

    authorities: tuple[AuthorityEntry, ...]


class RegionsFile(Entry):
    """catalogue/authorities/regions.yaml"""

    regions: tuple[RegionEntry, ...]


class SuccessionsFile(Entry):
    """catalogue/authorities/successions.yaml"""

    successions: tuple[SuccessionEntry, ...]


class ResponsibilitiesFile(Entry):
    """catalogue/authorities/responsibilities.yaml"""

    responsibilities: tuple[ResponsibilityEntry, ...]


class CorrectionsFile(Entry):
    """catalogue/corrections/<source>.yaml"""

    corrections: tuple[CorrectionEntry, ...]
