"""Three lenses and a few warning rules for made-up stores, on the metrics that those have."""

from dataclasses import replace
from datetime import date

from moothall.domain.signal import (
    Bounds,
    Lens,
    LensRule,
    Place,
    Question,
    ReturnMissing,
    Role,
    Sign,
    Signal,
    SignalFamily,
    SignalStatus,
)
from tests.support.store_builder import FakeStore

RATE = "household-waste-recycling-rate"
QUESTIONS = tuple(Question(role, f"What does the {role.value} make of it?") for role in Role)


def make_signal(signal_id: str = "recycling-low", **fields: object) -> Signal:
    """A rule about the lowest tenth of recycling; ``fields`` replace its own."""
    made = Signal(
        id=signal_id,
        lens=Lens.RESILIENCE,
        family="recycling",
        title=signal_id.replace("-", " ").capitalize(),
        status=SignalStatus.LIVE,
        sentence="{authority} recycled {figure} in {period}. The middle figure of {type} was {middle}.",
        questions=QUESTIONS[:2],
        harmless=("It rained.",),
        why="Little recycling is unusual.",
        fixed_on=date(2026, 11, 23),
        metrics=(RATE,),
        test=Place(Bounds(Sign.AT_MOST, 10, 20)),
        sign_reason="Less is unusual.",
        threshold_reason="A tenth of the type.",
        threshold_source="The method of this project",
        oldest_months=120,
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def make_lens(lens: Lens, *families: str, least: int = 1) -> LensRule:
    """A lens with these families, that speaks once so many could be assessed."""
    made = tuple(SignalFamily(family, family.capitalize()) for family in families)
    title = lens.value.replace("-", " ").capitalize()
    return LensRule(lens, title, f"It looks for {title.lower()}.", made, least, 1, 2, "Two differ.", QUESTIONS)


LENSES = (
    make_lens(Lens.DEBT, "weight", "growth", least=2),
    make_lens(Lens.RESILIENCE, "recycling"),
    make_lens(Lens.GOVERNANCE, "returns"),
)
SIGNALS = (
    make_signal(),
    make_signal("recycling-very-low", test=Place(Bounds(Sign.AT_MOST, 1, 50))),
    make_signal("recycling-too-old", lens=Lens.DEBT, family="weight", oldest_months=12),
    make_signal("recycling-missing", lens=Lens.GOVERNANCE, family="returns", test=ReturnMissing()),
    make_signal(
        "audit-late",
        lens=Lens.GOVERNANCE,
        family="returns",
        status=SignalStatus.AWAITING_DATA,
        metrics=(),
        test=None,
        awaiting="Nobody publishes it here.",
        publisher="Office for Audits",
        landing_page="https://example.org/audits",
    ),
)


def with_signals(store: FakeStore, *signals: Signal) -> FakeStore:
    """The store, whose catalogue now has the lenses and these rules (or the five above)."""
    rules = {signal.id: signal for signal in signals or SIGNALS}
    store.catalogue = replace(store.catalogue, lenses={rule.lens: rule for rule in LENSES}, signals=rules)
    return store
