"""The closed vocabulary of sentences: for each matter its facts, its tokens and the lengths that its rules give.

Words of facts are those of the domain and of the rules of analytics; a test compares them.
"""

from moothall.domain.wording import Fact, FactKind, Length, Matter, Vocabulary
from moothall.domain.words import Polarity, Status

JUDGEMENTS = ("better", "similar", "worse", "lower", "higher", "cannot-say")
PLACES = ("lower", "similar", "higher")
REFUSALS = (
    "no-value",
    "not-eligible",
    "not-in-group",
    "group-too-small",
    "too-few-for-bands",
    "too-coarse",
    "tie-straddles-band",
    "denominator-too-small",
)
ORIGINS = ("none", "published", "counts", "funnel")
TREND_RULES = ("weighted-slope", "two-changes", "one-large-change", "control-chart")
"""The rules that find a trend; ``none`` where nothing was found."""

NO_TREND_REASONS = (
    "within-noise",
    "one-point-decides",
    "no-value",
    "too-few-periods",
    "too-few-in-group",
    "too-coarse",
    "too-noisy",
    "no-width",
)
SCALES = ("number", "date", "answer")
"""How a figure is told: as a number, as the month of a date, or as yes or no."""

GOODNESS = ("better", "worse", "neither")


def _word(name: str, words: tuple[str, ...]) -> Fact:
    return Fact(name, FactKind.WORD, words)


def _count(name: str) -> Fact:
    return Fact(name, FactKind.COUNT)


def _flag(name: str) -> Fact:
    return Fact(name, FactKind.FLAG)


_CELL, _SENTENCE, _PART = (Length.CELL,), (Length.SENTENCE,), (Length.PART,)
_SCALE = _word("scale", SCALES)

VOCABULARIES: dict[Matter, Vocabulary] = {
    Matter.FIGURE: Vocabulary(
        (_flag("has-verb"), _flag("names-metric")),
        ("name", "metric", "period", "when", "value", "verb"),
        _CELL,
    ),
    Matter.STANDING: Vocabulary(
        (_word("judgement", JUDGEMENTS), _word("origin", ORIGINS), _word("place", PLACES + REFUSALS), _SCALE),
        ("councils", "others", "least"),
        _CELL,
    ),
    Matter.POSITION: Vocabulary(
        (_count("above"), _count("below"), _count("same"), _SCALE),
        ("figure", "above", "below", "same", "others", "all", "middle"),
        _SENTENCE,
    ),
    Matter.RANK: Vocabulary((_count("tied"),), ("rank", "tied"), _PART),
    Matter.CERTAINTY: Vocabulary(
        (
            _word("judgement", JUDGEMENTS),
            _word("origin", ORIGINS),
            _word("basis", ("plain", "survey", "modelled")),
            _SCALE,
        ),
        (),
        (Length.CELL, Length.PART),
    ),
    Matter.EXPECTED: Vocabulary((_word("lies", ("unexplained", "inside", "below", "above")),), ("low", "high"), _PART),
    Matter.CHANGE: Vocabulary(
        (
            _word("outcome", ("rising", "falling", *NO_TREND_REASONS)),
            _word("rule", (*TREND_RULES, "none")),
            _word("goodness", GOODNESS),
            _SCALE,
        ),
        ("name", "since", "period", "from", "to"),
        (Length.CELL, Length.PART),
    ),
    Matter.BROKEN_SERIES: Vocabulary((_count("breaks"),), ("breaks", "day", "reason"), _PART),
    Matter.AGE: Vocabulary(
        (_word("state", ("newest", "newer-without", "late", "closed", "ended")),),
        ("name", "period", "newest", "day", "rhythm"),
        (Length.CELL, Length.PART),
    ),
    Matter.MISSING: Vocabulary(
        (
            _word("status", (*(s.value for s in Status if not s.has_value), "no-row", "never")),
            _flag("has-reason"),
        ),
        ("name", "period", "reason"),
        (Length.CELL, Length.SENTENCE, Length.PART, Length.QUESTION),
    ),
    Matter.REFUSAL: Vocabulary(
        (_word("refusal", (*REFUSALS, "not-for-type")), _count("known"), _count("members")),
        ("figure", "period", "type", "known", "members", "all", "least-for-bands"),
        (Length.CELL, Length.SENTENCE, Length.PART),
    ),
    Matter.STANDING_OUT: Vocabulary((_word("before", ("lasting", "not-before", "no-figure")),), ("before",), _PART),
    Matter.TESTED: Vocabulary((_count("flagged"),), ("tested", "flagged", "shown", "chance"), _SENTENCE),
    Matter.LEFT_OUT: Vocabulary((_count("too-old"),), ("left-out", "years"), _PART),
    Matter.LEARNING: Vocabulary(
        (_word("kind", ("better", "turned-round")), _word("certainty", ("clear", "likely"))),
        (
            "name",
            "own-name",
            "period",
            "value",
            "own-value",
            "type",
            "worse",
            "value-worse",
            "flagged",
            "better",
            "newest",
        ),
        _SENTENCE,
    ),
    Matter.WHO_DOES_BETTER: Vocabulary((_count("better"),), ("better", "all", "period"), _SENTENCE),
    Matter.WHO_TURNED_ROUND: Vocabulary(
        (_flag("yearly"), _count("turned")),
        ("turned", "eligible", "everywhere", "chance"),
        _SENTENCE,
    ),
    Matter.NOT_JUDGED: Vocabulary(
        (_word("cause", ("circumstance", "count", "no-better-end", "not-for-type", "not-in-group", "no-figure")),),
        ("metric", "name", "reason", "type", "councils"),
        _SENTENCE,
    ),
    Matter.MODELLED: Vocabulary((_word("said-of", ("change", "standing-out", "learning")),), (), _PART),
    Matter.POLARITY: Vocabulary((_word("polarity", tuple(p.value for p in Polarity)),), ("reason",), _SENTENCE),
    Matter.GROUP: Vocabulary(
        (_count("known"), _count("members"), _flag("has-middle")),
        ("period", "known", "members", "councils", "middle", "low", "high", "least-for-middle"),
        _SENTENCE,
    ),
    Matter.DRAWING: Vocabulary(
        (_word("drawing", ("strip", "spark")),),
        ("name", "period", "value", "all", "low", "high", "middle", "first", "last"),
        _SENTENCE,
    ),
    Matter.LIMIT: Vocabulary((), ("cannot-say",), _PART),
    Matter.QUESTION: Vocabulary(
        (
            _word("change", GOODNESS),
            _flag("has-own"),
            _word("judgement", JUDGEMENTS),
            _word("place", (*PLACES, "none")),
        ),
        ("name", "own", "since", "period", "councils"),
        (Length.QUESTION,),
    ),
}
"""What each matter's rules may use."""
