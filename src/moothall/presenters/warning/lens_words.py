"""Signs in words: what a rule says, how old its figure is, why it cannot say, and what a band means."""

from collections.abc import Sequence

from moothall.analytics.calibration import chance_right
from moothall.analytics.groups import TYPE_TITLES
from moothall.domain.derivation import ChangeForm
from moothall.domain.metric import Metric
from moothall.domain.period import day_text
from moothall.domain.signal import (
    Bounds,
    ChangeOver,
    DatedFact,
    Lasting,
    LensBand,
    Level,
    Place,
    RefusedDenominator,
    ReturnMissing,
    Role,
    Sign,
    Signal,
    SignalState,
    StoppedPublishing,
    WhyNot,
    YearsLeft,
)
from moothall.domain.unit import UNITS
from moothall.presenters.figures.cohort import latest_standing
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.warning.lens_readings import LensReading, SignalReading
from moothall.presenters.wording.numbers import count_text, metric_value_text, middle_text, number_text, value_text
from moothall.presenters.wording.words import capital_first, joined

BAND_WORDS = {
    LensBand.NO_UNUSUAL_SIGNAL: "No unusual sign",
    LensBand.WATCH: "Watch",
    LensBand.LOOK_CLOSER: "Look closer",
    LensBand.CANNOT_SAY: "Cannot say",
}
"""Each band in two or three words."""

STATE_WORDS = {
    SignalState.FIRED: "Present",
    SignalState.WATCHED: "Watched",
    SignalState.NOT_FIRED: "Not present",
    SignalState.CANNOT_ASSESS: "Could not be assessed",
}

ROLE_WORDS = {
    Role.CHIEF_EXECUTIVE: "chief executive",
    Role.FINANCE_OFFICER: "section 151 officer",
    Role.LEADER: "leader",
    Role.AUDIT_CHAIR: "chair of the audit committee",
}

PREVALENCE, SENSITIVITY, SPECIFICITY = 0.01, 0.8, 0.9
"""The example of METHODS 9: one council in a hundred, and a rule better than any that we know of."""

NOT_A_FORECAST = "A sign is a reason to ask. It is no finding, no forecast and no judgement of ours."


def chance_sentence() -> str:
    """How seldom even a good rule is right about something rare; printed wherever a sign names a council."""
    right = chance_right(PREVALENCE, SENSITIVITY, SPECIFICITY)
    return (
        f"Formal actions are rare. Where one council in {1 / PREVALENCE:.0f} meets one, a rule that sees "
        f"{SENSITIVITY:.0%} of them coming and keeps quiet about {SPECIFICITY:.0%} of the others is right "
        f"{right:.1%} of the times it speaks: most councils with a sign meet nothing of the kind."
    )


def evidence_sentence(reading: SignalReading) -> str:
    """The rule's sentence with this council's figure, period and middle; "" where there is no period to tell of."""
    if reading.period is None:
        return ""
    tokens = {
        "authority": reading.authority.short_name,
        "figure": figure_text(reading),
        "period": reading.period.label,
        "middle": middle_words(reading),
        "type": TYPE_TITLES[reading.authority.type],
        "tested": "" if reading.tested is None else number_text(reading.tested),
        "place": "" if reading.tested is None else number_text(reading.tested),
    }
    return capital_first(reading.signal.sentence.format(**tokens))


def figure_text(reading: SignalReading) -> str:
    """What the evidence tells, with its unit; "no figure" where there is none."""
    if reading.figure is None or reading.metric is None:
        return "no figure"
    return _number_words(reading.signal, reading.metric, reading.figure, is_middle=False)


def middle_words(reading: SignalReading) -> str:
    """The middle of the type in the same words; "not known" where too few have a figure."""
    if reading.middle is None or reading.metric is None:
        return "not known"
    return _number_words(reading.signal, reading.metric, reading.middle, is_middle=True)


def _number_words(signal: Signal, metric: Metric, number: float, is_middle: bool) -> str:
    match signal.test:
        case ChangeOver() as test:
            return _change_words(test, metric, number)
        case YearsLeft() as test:
            return f"{number_text(test.cap)} or more" if number >= test.cap else number_text(number, 1)
        case RefusedDenominator():
            return value_text(number, UNITS["gbp"], 0)
        case _:
            return middle_text(number, metric) if is_middle else metric_value_text(number, metric)


def _change_words(test: ChangeOver, metric: Metric, number: float) -> str:
    if test.per is not None or test.form is ChangeForm.PERCENT:
        return value_text(number, UNITS["signed-percent"], 1)
    if "percent" in metric.unit.id:
        return value_text(number, UNITS["percentage-points"], 1)
    return metric_value_text(number, metric)


def shows_middle(signal: Signal) -> bool:
    """True where a figure beside the type's middle says something: not of a return, a refusal or a finding."""
    return isinstance(signal.test, Level | Place | ChangeOver | Lasting | YearsLeft)


def age_words(months: float) -> str:
    """How old a figure is: ``8 months old``, ``2 years and 8 months old``."""
    years, rest = divmod(round(months), 12)
    parts = [count_text(years, "year")] if years else []
    parts += [count_text(rest, "month")] if rest or not years else []
    return f"{joined(parts)} old"


def age_sentence(reading: SignalReading) -> str:
    """Of when the figure is and how old that makes it; "" where there is no period."""
    if reading.period is None or reading.months_old is None:
        return ""
    return f"{reading.period.label}, {age_words(reading.months_old)}"


def why_not_words(store: FigureStore, reading: SignalReading) -> str:
    """Why a sign could not be assessed, in a sentence; "" where it could."""
    match reading.why_not:
        case None:
            return ""
        case WhyNot.TOO_OLD:
            limit = age_words(_oldest(reading.signal)).removesuffix(" old")
            return f"The newest figure that we hold is of {age_sentence(reading)}: more than the {limit} that count."
        case WhyNot.NO_FIGURE:
            return _no_figure_words(store, reading)
        case WhyNot.EXCEPTED:
            return reading.signal.unless.because if reading.signal.unless else ""
        case _:
            return WHY_NOT_WORDS[reading.why_not]


def _no_figure_words(store: FigureStore, reading: SignalReading) -> str:
    """With the reason that the newest row gives, such as a denominator below zero."""
    metrics = [store.catalogue.metrics[id_] for id_ in reading.signal.metrics]
    standings = [latest_standing(store, metric, reading.authority) for metric in metrics]
    told = next((s for s in standings if s and s.reason), None)
    if told is None or told.reason is None:
        return "No figure of this council can be used."
    return f"No figure of this council can be used. For {told.period.label}: {told.reason.rstrip('.')}."


WHY_NOT_WORDS = {
    WhyNot.TOO_FEW: "Fewer than 10 councils of its type have a figure for the same period.",
    WhyNot.NO_EARLIER: "There is no earlier figure that the newest one can be set beside.",
    WhyNot.EXCEPTION_UNKNOWN: "Nothing published by then says whether this rule may speak of the council.",
    WhyNot.NEVER_PUBLISHED: "No figures of this kind that we hold had been published by then.",
}


def _oldest(signal: Signal) -> float:
    test = signal.test
    return min(signal.oldest_months, test.for_months) if isinstance(test, DatedFact) else signal.oldest_months


# ---------------------------------------------------------------- a lens


def counts_sentence(reading: LensReading) -> str:
    """``2 of 7 signs present, 1 watched, 3 could not be assessed``."""
    fired, watched, lost = (
        len(reading.in_state(state)) for state in (SignalState.FIRED, SignalState.WATCHED, SignalState.CANNOT_ASSESS)
    )
    parts = [f"{fired} of {count_text(len(reading.readings), 'sign')} present"]
    parts += [f"{watched} watched"] if watched else []
    parts += [f"{lost} could not be assessed"] if lost else []
    return ", ".join(parts)


def band_sentence(reading: LensReading) -> str:
    """What the band rests on, in a sentence."""
    if reading.band is LensBand.CANNOT_SAY:
        needed, had = reading.rule.least_assessed, reading.assessed
        kinds, few = count_text(reading.families, "kind"), f"only {had}" if had else "none"
        return f"Of {kinds} of signs {few} could be assessed, and {needed} are needed."
    kinds = count_text(reading.fired, "kind")
    if reading.band is LensBand.NO_UNUSUAL_SIGNAL:
        return f"None of the {count_text(reading.assessed, 'kind')} of signs that could be assessed is present."
    return f"Signs of {kinds} are present, of {number_text(reading.assessed)} that could be assessed."


# ---------------------------------------------------------------- a rule


def rule_sentences(signal: Signal) -> tuple[str, ...]:
    """When a sign is present and when it is watched, in words."""
    test = signal.test
    match test:
        case None:
            return ("It waits for figures.",)
        case ReturnMissing():
            return (
                "Present where the newest period that most councils of the type have a figure for has none.",
                "Watched where the figure came only in a later release than most.",
            )
        case RefusedDenominator():
            return (
                "Present where what the share is taken of is below zero in the newest year.",
                "Watched where it was below zero in an earlier year.",
            )
        case _:
            return tuple(_bounds_sentences(signal, test.bounds))


def _bounds_sentences(signal: Signal, bounds: Bounds) -> Sequence[str]:
    found = [f"Present where {_limit_words(signal, bounds, bounds.fired)}."]
    if bounds.watched is not None:
        found.append(f"Watched where {_limit_words(signal, bounds, bounds.watched)}.")
    beyond = getattr(signal.test, "beyond", None)
    if beyond is not None:
        side = "above" if bounds.sign is Sign.AT_LEAST else "below"
        found.append(f"Either only where the figure itself lies {side} {number_text(beyond)}.")
    return found


def _limit_words(signal: Signal, bounds: Bounds, limit: float) -> str:
    is_high = bounds.sign is Sign.AT_LEAST
    more = "or more" if is_high else "or less"
    match signal.test:
        case Place() | ChangeOver():
            share, end = (100 - limit, "highest") if is_high else (limit, "lowest")
            what = "change" if isinstance(signal.test, ChangeOver) else "figure"
            return f"the {what} is among the {end} {number_text(share)}% of councils of its type"
        case Lasting() as test:
            side = f"{test.side} {number_text(test.limit)}%"
            return f"the figure has been {side} for {count_text(int(limit), 'period')} in a row, {more}"
        case YearsLeft():
            return f"reserves would last {number_text(limit)} years {more}"
        case StoppedPublishing():
            return f"{count_text(int(limit), 'period')} in a row, {more}, have no figure"
        case _:
            return f"the figure is {number_text(limit, 1 if limit % 1 else 0)} {more}"


def fixed_words(signal: Signal) -> str:
    """On which day the rule was fixed."""
    return f"Fixed on {day_text(signal.fixed_on)}, before it was tried on any event."
