"""The back-test in words: what was tried, what it found, and where a plain rule is better. Nothing is left out."""

from moothall.domain.authority import AuthorityType
from moothall.domain.backtest import ALL, BASELINES, WITHOUT_TWO, Evaluation, EventKind, LensTest, Method
from moothall.domain.period import day_text
from moothall.domain.signal import Lens
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.wording.numbers import count_text, number_text
from moothall.presenters.wording.words import TYPE_WORDS, capital_first, joined

METHOD_WORDS = {
    Method.LOOK_CLOSER: "Our signs: look closer",
    Method.WATCH: "Our signs: watch or look closer",
    Method.BASE_RATE: "Chance alone",
    Method.DEBT_RATIO: "Debt beside spending alone",
    Method.RESERVES_RATIO: "Reserves beside spending alone",
    Method.COMPOSITE: "The composite proposed in 2018",
    Method.AUDITORS_RULE: "Reserves at or below 5% of spending",
}

METHOD_MEANINGS = {
    Method.LOOK_CLOSER: "Two kinds of signs or more are present in the lens.",
    Method.WATCH: "At least one kind of sign is present in the lens.",
    Method.BASE_RATE: "All councils alike: what picking at random would find.",
    Method.DEBT_RATIO: "Borrowing, or where that is not known the capital financing requirement, divided by spending "
    "on services. The highest tenth is flagged.",
    Method.RESERVES_RATIO: "Reserves divided by spending on services. The lowest tenth is flagged.",
    Method.COMPOSITE: "Six parts with fixed weights, of which three could be worked out here: reserves, their change, "
    "and social care with the cost of debt. The highest tenth is flagged.",
    Method.AUDITORS_RULE: "Reserves that are set aside for nothing, at or below 5% of net spending.",
}
"""What each method is, in a sentence or two."""

EVENT_WORDS = {
    EventKind.FISCAL: "financial event",
    EventKind.GOVERNANCE: "event of governance",
    EventKind.EITHER: "event of either kind",
}

EVENT_MEANINGS = {
    EventKind.FISCAL: "a section 114 notice about money, or exceptional financial support that was taken up",
    EventKind.GOVERNANCE: "a best value notice or inspection, an intervention, or a formal report or recommendation of "
    "the auditor",
    EventKind.EITHER: "either of the two",
}

COUNTED_OFTEN = (
    "A council counts once at each date at which it was at risk, so one event can count at several dates. That makes "
    "the numbers look larger than they are."
)

NONE = "none"


def lens_title(store: FigureStore, lens: Lens) -> str:
    """The lens as the catalogue calls it."""
    rule = store.catalogue.lenses.get(lens)
    return rule.title if rule else capital_first(lens.value.replace("-", " "))


def share_text(share: float | None) -> str:
    """A share in percent with one decimal; "none" where there was nothing to take it of."""
    return NONE if share is None else f"{number_text(share * 100, 1)}%"


def auc_text(found: Evaluation) -> str:
    """The area under the curve with its interval: ``0.69 (0.59 to 0.78)``."""
    if found.auc is None:
        return NONE
    limits = "" if found.auc_low is None else f" ({found.auc_low:.2f} to {found.auc_high:.2f})"
    return f"{found.auc:.2f}{limits}"


def months_text(months: float | None) -> str:
    """Months of lead; "none" where no flag lasted until its event."""
    return NONE if months is None else f"{number_text(months, 0 if months == int(months) else 1)}"


def horizon_text(months: int) -> str:
    """``12 months``"""
    return f"{months} months"


def dates_text(test: LensTest) -> str:
    """At how many dates it was asked, and which."""
    first, last = test.origins[0], test.origins[-1]
    return f"{count_text(len(test.origins), 'date')} from {day_text(first)} to {day_text(last)}"


def found_sentence(test: LensTest) -> str:
    """What our flags found: how many, how many were followed by an event, how many events had no flag."""
    own, event = test.of(Method.LOOK_CLOSER), EVENT_WORDS[test.event]
    within = f"within {horizon_text(test.horizon)}"
    if not own.flags:
        return (
            f"At {dates_text(test)} it said “look closer” of no council that was at risk. "
            f"{_events(own.events, event)} came {within} all the same."
        )
    return (
        f"At {dates_text(test)} it said “look closer” {number_text(own.flags)} times. "
        f"{number_text(own.hits)} of these councils met a first {event} {within} and "
        f"{number_text(own.flags - own.hits)} did not. {number_text(own.misses)} of "
        f"{_events(own.events, event)} came without a flag."
    )


def _events(count: int, event: str) -> str:
    plural = event.replace("event", "events", 1)
    return f"{number_text(count)} {event if count == 1 else plural}"


def better_rules(test: LensTest) -> dict[str, tuple[Method, ...]]:
    """The plain rules that find more than our signs: among the highest 20, and among the highest tenth."""
    own = test.of(Method.LOOK_CLOSER)
    found = [test.of(method) for method in BASELINES]
    return {
        "at 20": tuple(e.method for e in found if _exceeds(e.precision_at_20, own.precision_at_20)),
        "tenth": tuple(e.method for e in found if _exceeds(e.recall_at_tenth, own.recall_at_tenth)),
    }


def _exceeds(other: float | None, own: float | None) -> bool:
    return other is not None and other > (own or 0.0)


def compare_sentence(test: LensTest) -> str:
    """Where plain rules do better than our signs, the best of them with its numbers; or that none does."""
    better, within = better_rules(test), f"Within {horizon_text(test.horizon)}"
    named = tuple(dict.fromkeys((*better["tenth"], *better["at 20"])))
    if not named:
        return f"{within} no plain rule finds more, neither among its highest 20 nor among its highest tenth."
    best = max(named, key=lambda method: test.of(method).recall_at_tenth or 0.0)
    others = [METHOD_WORDS[method].lower() for method in named if method is not best]
    more = f" So {'does' if len(others) == 1 else 'do'} {joined(others)}." if others else ""
    return f"{within} {METHOD_WORDS[best].lower()} does better than our signs ({_by_how_much(test, best)}).{more}"


def _by_how_much(test: LensTest, method: Method) -> str:
    own, other = test.of(Method.LOOK_CLOSER), test.of(method)
    return (
        f"of its highest 20 councils {_of(other.precision_at_20)} met an event, of ours {_of(own.precision_at_20)}; "
        f"its highest tenth has {_of(other.recall_at_tenth)} of the events, ours {_of(own.recall_at_tenth)}"
    )


def _of(share: float | None) -> str:
    return share_text(share or 0.0)


def subset_text(subset: str) -> str:
    """Of whom a test speaks."""
    if subset == ALL:
        return "All councils"
    if subset == WITHOUT_TWO:
        return "Without Woking and Thurrock"
    return TYPE_WORDS[AuthorityType(subset)]
