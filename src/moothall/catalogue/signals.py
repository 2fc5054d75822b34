"""Warning rules and lenses (catalogue/signals) as YAML states them, and the domain types they become."""

from collections.abc import Callable
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from moothall.catalogue.fields import Address, Day, Entry, Flag, Id, Text, own_words
from moothall.catalogue.spelling import list_words
from moothall.domain.derivation import ChangeForm, Side
from moothall.domain.signal import (
    Bounds,
    ChangeOver,
    DatedFact,
    Lasting,
    LeftOut,
    Lens,
    LensRule,
    Level,
    Place,
    Question,
    RefusedDenominator,
    ReturnMissing,
    Role,
    Sign,
    Signal,
    SignalFamily,
    SignalGroup,
    SignalStatus,
    SignalTest,
    StoppedPublishing,
    Unless,
    YearsLeft,
)

MOST_PERIODS = 20
OLDEST = 36
"""How many months old a figure may be where a rule says nothing else."""


class BoundsEntry(Entry):
    """On which side a number is unusual, and from where on."""

    when: Sign
    fired: float
    watched: float | None = None

    @model_validator(mode="after")
    def _watched_is_milder(self) -> Self:
        if self.watched is None:
            return self
        is_milder = self.watched < self.fired if self.when is Sign.AT_LEAST else self.watched > self.fired
        if not is_milder:
            side = "below" if self.when is Sign.AT_LEAST else "above"
            raise own_words(f'watched "{self.watched:g}" must lie {side} fired "{self.fired:g}", because {self.when}')
        return self

    @property
    def bounds(self) -> Bounds:
        """As the domain has them."""
        return Bounds(self.when, self.fired, self.watched)


class PlaceEntry(BoundsEntry):
    """Percentile among the same type; ``beyond`` what level the figure must lie besides."""

    fired: Annotated[float, Field(ge=0, le=100)]
    beyond: float | None = None


class ChangeOverEntry(PlaceEntry):
    """The percentile of a change."""

    over: Annotated[int, Field(ge=1, le=MOST_PERIODS)]
    form: ChangeForm = Field(default=ChangeForm.DIFFERENCE, alias="as")
    per: Id | None = None


class LastingEntry(BoundsEntry):
    """So many periods in a row on one side of a limit."""

    side: Side = Field(alias="while")
    limit: float


class YearsLeftEntry(BoundsEntry):
    """How long a stock lasts at the pace of the last ``over`` periods."""

    over: Annotated[int, Field(ge=1, le=MOST_PERIODS)]
    cap: Annotated[float, Field(gt=0)]


class DatedFactEntry(BoundsEntry):
    """The newest finding, held for so many months."""

    for_months: Annotated[int, Field(ge=1)]


class TestEntry(Entry):
    """One test out of the closed vocabulary."""

    level: BoundsEntry | None = None
    place: PlaceEntry | None = None
    change: ChangeOverEntry | None = None
    lasting: LastingEntry | None = None
    years_left: YearsLeftEntry | None = None
    dated_fact: DatedFactEntry | None = None
    return_missing: Flag = False
    refused_denominator: Flag = False
    stopped_publishing: BoundsEntry | None = None

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        stated = [name for name in TESTS if getattr(self, name)]
        if len(stated) > 1:
            raise own_words(f"test states {list_words(stated, 'and')}; keep one")
        if not stated:
            raise own_words(f"test states nothing; write one of {list_words(list(TESTS))}")
        return self

    @property
    def kind(self) -> str:
        """The name of the one test that is stated."""
        return next(name for name in TESTS if getattr(self, name))


TESTS: dict[str, Callable[[Any], SignalTest]] = {
    "level": lambda entry: Level(entry.bounds),
    "place": lambda entry: Place(entry.bounds, entry.beyond),
    "change": lambda entry: ChangeOver(entry.over, entry.form, entry.bounds, entry.beyond, entry.per),
    "lasting": lambda entry: Lasting(entry.side, entry.limit, entry.bounds),
    "years_left": lambda entry: YearsLeft(entry.over, entry.cap, entry.bounds),
    "dated_fact": lambda entry: DatedFact(entry.for_months, entry.bounds),
    "return_missing": lambda _: ReturnMissing(),
    "refused_denominator": lambda _: RefusedDenominator(),
    "stopped_publishing": lambda entry: StoppedPublishing(entry.bounds),
}
"""The whole vocabulary: each test with what makes it of its entry."""


class QuestionEntry(Entry):
    """A question and whom to ask."""

    ask: Role
    text: Text


class UnlessEntry(Entry):
    """Where the rule does not speak."""

    metrics: Annotated[tuple[Id, ...], Field(min_length=1)]
    above: float
    because: Text


class LeftOutEntry(Entry):
    """Periods that the rule never looks at: those that begin between two days."""

    first: Day = Field(alias="from")
    last: Day = Field(alias="to")
    because: Text


class SignalReviewEntry(Entry):
    """Who fixed the rule, on which day, after reading what."""

    by: Text
    on: Day
    read: Text


class SignalEntry(Entry):
    """catalogue/signals/<lens>/<id>.yaml"""

    id: Id
    lens: Lens
    family: Id
    title: Text
    status: SignalStatus
    why: Text
    sentence: Text
    questions: Annotated[tuple[QuestionEntry, ...], Field(min_length=1)]
    harmless: Annotated[tuple[Text, ...], Field(min_length=1)]
    review: SignalReviewEntry
    metrics: tuple[Id, ...] = ()
    group: SignalGroup = SignalGroup.SAME_TYPE
    test: TestEntry | None = None
    sign_reason: Text | None = None
    threshold_reason: Text | None = None
    threshold_source: Text | None = None
    oldest_months: Annotated[int, Field(ge=1)] = OLDEST
    unless: UnlessEntry | None = None
    leave_out: LeftOutEntry | None = None
    awaiting: Text | None = None
    publisher: Text | None = None
    landing_page: Address | None = None


class FamilyEntry(Entry):
    """Signals that look at the same thing."""

    id: Id
    title: Text


class LensEntry(Entry):
    """A lens: its families and from how many of them its bands begin."""

    id: Lens
    title: Text
    looks_for: Text
    families: Annotated[tuple[FamilyEntry, ...], Field(min_length=1)]
    least_assessed: Annotated[int, Field(ge=1)]
    watch_from: Annotated[int, Field(ge=1)]
    look_closer_from: Annotated[int, Field(ge=1)]
    band_reason: Text
    questions: tuple[QuestionEntry, ...] = ()


class LensesFile(Entry):
    """catalogue/signals/lenses.yaml"""

    lenses: tuple[LensEntry, ...]


def to_signal(entry: SignalEntry) -> Signal:
    """A warning rule as a type of the domain."""
    return Signal(
        id=entry.id,
        lens=entry.lens,
        family=entry.family,
        title=entry.title,
        status=entry.status,
        sentence=entry.sentence,
        questions=_to_questions(entry.questions),
        harmless=entry.harmless,
        why=entry.why,
        fixed_on=entry.review.on,
        metrics=entry.metrics,
        group=entry.group,
        test=TESTS[entry.test.kind](getattr(entry.test, entry.test.kind)) if entry.test else None,
        sign_reason=entry.sign_reason or "",
        threshold_reason=entry.threshold_reason or "",
        threshold_source=entry.threshold_source or "",
        oldest_months=entry.oldest_months,
        unless=Unless(entry.unless.metrics, entry.unless.above, entry.unless.because) if entry.unless else None,
        leaves_out=_to_left_out(entry.leave_out) if entry.leave_out else None,
        awaiting=entry.awaiting,
        publisher=entry.publisher,
        landing_page=entry.landing_page,
    )


def to_lens_rule(entry: LensEntry) -> LensRule:
    """A lens as a type of the domain."""
    families = tuple(SignalFamily(family.id, family.title) for family in entry.families)
    return LensRule(
        lens=entry.id,
        title=entry.title,
        looks_for=entry.looks_for,
        families=families,
        least_assessed=entry.least_assessed,
        watch_from=entry.watch_from,
        look_closer_from=entry.look_closer_from,
        band_reason=entry.band_reason,
        questions=_to_questions(entry.questions),
    )


def _to_left_out(entry: LeftOutEntry) -> LeftOut:
    return LeftOut(entry.first, entry.last, entry.because)


def _to_questions(entries: tuple[QuestionEntry, ...]) -> tuple[Question, ...]:
    return tuple(Question(entry.ask, entry.text) for entry in entries)
