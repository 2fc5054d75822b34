"""What changed in a council's figures, in words: the trend, breaks of the series, how old the newest figure is."""

from dataclasses import dataclass

from moothall.analytics.groups import is_eligible
from moothall.analytics.quality import is_overdue
from moothall.analytics.reversal import is_made_by_model
from moothall.analytics.trend import Direction, Trend
from moothall.domain.authority import Authority
from moothall.domain.metric import Break, Metric
from moothall.domain.period import Period, day_text
from moothall.domain.wording import Length, Matter
from moothall.domain.words import Cadence, Polarity
from moothall.presenters.figures.changes import change_of, series_of
from moothall.presenters.figures.cohort import Standing
from moothall.presenters.figures.periods_up_to import with_later_periods
from moothall.presenters.figures.reading import FigureStore, newest_day
from moothall.presenters.wording.figure_words import scale_of
from moothall.presenters.wording.numbers import metric_value_text, number_text
from moothall.presenters.wording.sentences import Said, Sentences, sentences_of
from moothall.presenters.wording.words import sentence_end

RHYTHMS = {
    Cadence.MONTHLY: "every month",
    Cadence.QUARTERLY: "every quarter",
    Cadence.YEARLY: "every year",
    Cadence.TWO_YEARLY: "every other year",
    Cadence.OCCASIONAL: "now and then",
}
"""How often figures come out, after a verb."""


@dataclass(frozen=True, slots=True)
class Movement:
    """A trend up to a period, and the period and figures between which it is told."""

    metric: Metric
    authority: Authority
    trend: Trend
    since: Period
    until: Period
    first: float
    last: float

    @property
    def is_found(self) -> bool:
        """True for a trend: rising or falling by more than noise."""
        return self.trend.direction in (Direction.RISING, Direction.FALLING)

    @property
    def goodness(self) -> str:
        """Better, worse or neither: only a trend of a metric with a better end is one of the first two."""
        if self.metric.polarity is Polarity.NONE or not self.is_found:
            return "neither"
        is_up = self.trend.direction is Direction.RISING
        return "better" if is_up == (self.metric.polarity is Polarity.HIGHER_IS_BETTER) else "worse"


def movement_of(store: FigureStore, metric: Metric, authority: Authority, period: Period) -> Movement | None:
    """What the rule of a series says up to a period; None where no rule speaks to the series."""
    store = with_later_periods(store)
    series = series_of(store).at(metric.id)
    row = series.index.get(authority.code)
    if row is None or period not in series.periods:
        return None
    found = change_of(store, series, row, series.periods.index(period))
    if found is None:
        return None
    values, periods = series.values[row], series.periods
    ends = (periods[found.since], periods[found.until])
    first, last = float(values[found.since]), float(values[found.until])
    return Movement(metric, authority, found.trend, *ends, first, last)


def change_words(say: Sentences, moved: Movement, length: Length) -> Said:
    """Which way it goes, and whether for better or worse: as a cell or a part."""
    facts = {
        "outcome": moved.trend.direction.value if moved.is_found else moved.trend.reason.value,
        "rule": moved.trend.reason.value if moved.is_found else "none",
        "goodness": moved.goodness,
        "scale": scale_of(moved.metric),
    }
    tokens = {
        "name": moved.authority.short_name,
        "since": moved.since.label,
        "period": moved.until.label,
        "from": metric_value_text(moved.first, moved.metric) if moved.is_found else "",
        "to": metric_value_text(moved.last, moved.metric) if moved.is_found else "",
    }
    return say.say(Matter.CHANGE, length, facts, tokens)


def modelled_words(say: Sentences, metric: Metric, said_of: str) -> Said | None:
    """That figures are modelled or smoothed, and what that does to a change, to standing out or to learning."""
    if not is_made_by_model(metric):
        return None
    return say.say(Matter.MODELLED, Length.PART, {"said-of": said_of}, {})


def break_words(say: Sentences, metric: Metric, first: Period, last: Period) -> Said | None:
    """Breaks of the series between two periods; None where none is declared."""
    cuts = [cut for cut in metric.breaks if first.start < cut.start <= last.start]
    return _breaks(say, cuts) if cuts else None


def _breaks(say: Sentences, cuts: list[Break]) -> Said:
    newest = max(cuts, key=lambda cut: cut.start)
    tokens = {
        "breaks": number_text(len(cuts)),
        "day": day_text(newest.start),
        "reason": sentence_end(newest.reason),
    }
    return say.say(Matter.BROKEN_SERIES, Length.PART, {"breaks": len(cuts)}, tokens)


def age_words(store: FigureStore, metric: Metric, authority: Authority, standing: Standing, length: Length) -> Said:
    """Whether a newer figure could be had, and why there is none."""
    newest = store.panel(metric.id).periods[-1]
    facts = {"state": _age_state(store, metric, authority, standing.period, newest)}
    tokens = {
        "name": authority.short_name,
        "period": standing.period.label,
        "newest": newest.label,
        "day": day_text(authority.end) if authority.end else "",
        "rhythm": RHYTHMS.get(metric.cadence, ""),
    }
    return sentences_of(store).say(Matter.AGE, length, facts, tokens)


def _age_state(store: FigureStore, metric: Metric, authority: Authority, period: Period, newest: Period) -> str:
    service = store.catalogue.responsibilities[metric.responsibility]
    if newest > period and is_eligible(authority, metric, service, newest.end):
        return "newer-without"
    if authority.end and authority.end <= newest_day(store):
        return "ended"
    if metric.cadence is Cadence.CLOSED:
        return "closed"
    return "late" if is_overdue(metric.cadence, period.end, newest_day(store)) else "newest"
