"""The closed lists of words that the catalogue may use: each is an enumeration, so a misspelling cannot pass."""

from enum import StrEnum


class Polarity(StrEnum):
    """Which way is better. ``none`` is a decision, never a default (GLOSSARY: polarity)."""

    HIGHER_IS_BETTER = "higher-is-better"
    LOWER_IS_BETTER = "lower-is-better"
    NONE = "none"


class Status(StrEnum):
    """How firm a figure is, or why there is none (GLOSSARY: status)."""

    FINAL = "final"
    PROVISIONAL = "provisional"
    REVISED = "revised"
    ESTIMATED = "estimated"
    SUPPRESSED = "suppressed"
    NOT_AVAILABLE = "not-available"
    NOT_APPLICABLE = "not-applicable"
    NOT_YET_PUBLISHED = "not-yet-published"

    @property
    def has_value(self) -> bool:
        """True where an observation of this status carries a value, False where it carries a reason."""
        return self in _WITH_VALUE


_WITH_VALUE = frozenset({Status.FINAL, Status.PROVISIONAL, Status.REVISED, Status.ESTIMATED})


class MetricState(StrEnum):
    """Where a metric stands: only ``live`` metrics are compared in summaries, signals and counts."""

    LIVE = "live"
    AWAITING_DATA = "awaiting-data"
    DRAFT = "draft"
    IN_CONSULTATION = "in-consultation"
    REVISED = "revised"
    WITHDRAWN = "withdrawn"

    @property
    def is_draft(self) -> bool:
        """True for a metric that is shown to be talked about: it has figures, and is marked wherever it stands."""
        return self in _DRAFTS


_DRAFTS = frozenset({MetricState.DRAFT, MetricState.IN_CONSULTATION, MetricState.REVISED})

NEXT_STATES = {
    MetricState.DRAFT: (MetricState.IN_CONSULTATION, MetricState.WITHDRAWN),
    MetricState.IN_CONSULTATION: (MetricState.REVISED, MetricState.LIVE, MetricState.WITHDRAWN),
    MetricState.REVISED: (MetricState.IN_CONSULTATION, MetricState.LIVE, MetricState.WITHDRAWN),
    MetricState.LIVE: (MetricState.IN_CONSULTATION, MetricState.WITHDRAWN),
}
"""Which states may follow one another; nothing follows a withdrawal."""


class Designation(StrEnum):
    """What the publisher calls its figures."""

    ACCREDITED_OFFICIAL = "accredited official statistics"
    OFFICIAL = "official statistics"
    IN_DEVELOPMENT = "official statistics in development"
    MANAGEMENT_INFORMATION = "management information"
    OTHER = "other published figures"


class Cadence(StrEnum):
    """How often the publisher brings out a new period."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"
    TWO_YEARLY = "two-yearly"
    OCCASIONAL = "occasional"
    CLOSED = "closed"


class Caveat(StrEnum):
    """The enumerated warnings shown with values; the words a reader sees stand in the catalogue."""

    SURVEY = "survey"
    SMALL_SAMPLE = "small-sample"
    MODELLED = "modelled"
    SMOOTHED = "smoothed"
    SELF_REPORTED = "self-reported"
    METHOD_CHANGED = "method-changed"
    BOUNDARY_CHANGED = "boundary-changed"
    VOLUNTARY_YEAR = "voluntary-year"
    PANDEMIC_YEARS = "pandemic-years"
    IN_DEVELOPMENT = "in-development"
    CONTEXT_NOT_PERFORMANCE = "context-not-performance"
    WORKPLACE_NOT_RESIDENCE = "workplace-not-residence"
    AREAS_COMBINED = "areas-combined"
    ZERO_CAN_MEAN_NO_SERVICE = "zero-can-mean-no-service"
    TOO_COARSE = "too-coarse"
    JOINT_REPORTING = "joint-reporting"
    COLLECTION_AND_DISPOSAL = "collection-and-disposal"
    COUNT_NOT_RATE = "count-not-rate"
    OLD_BOUNDARIES = "old-boundaries"
    DISCONTINUED = "discontinued"


class CountKind(StrEnum):
    """What a numerator counts: things that are part of the denominator, or events over it."""

    PROPORTION = "proportion"
    RATE = "rate"


class CountRule(StrEnum):
    """How counts say what is more than chance: by the figure's own interval, or by the funnel of its group."""

    INTERVAL = "interval"
    FUNNEL = "funnel"
