"""What cannot be said of a council, and why, as the end of its page: counted by reason, with the metrics' names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from moothall.analytics.groups import TYPE_TITLES
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.presenters.authority.rows import MetricRow
from moothall.presenters.blocks import Link
from moothall.presenters.figures.reading import FigureStore, live_metrics
from moothall.presenters.wording.numbers import count_text, number_text
from moothall.presenters.wording.words import joined

MOST_REASONS = 5
OTHER_REASONS = "For reasons of their own, told in the fold below"
Reasons = dict[str, list[str]]
"""The titles of metrics under the reason that holds for them."""

ELSEWHERE = (
    Link("What others compare and we have no figures for", "/gaps"),
    Link("How good each source is", "/quality"),
    Link("Why there is no league table", "/methods/why-no-league-table"),
)


@dataclass(frozen=True, slots=True)
class Unsaid:
    """One reason, how many metrics it holds for, and their titles."""

    reason: str
    count: str
    titles: str


@dataclass(frozen=True, slots=True)
class CannotSay:
    """``here``: of the rows shown, those without a figure or a place; ``not_shown``: metrics that have no row.

    ``folded`` has every reason of both with its metrics; in ``here`` those that few share stand together.
    """

    sentence: str
    here: tuple[Unsaid, ...]
    not_shown_sentence: str
    not_shown: tuple[Unsaid, ...]
    folded: tuple[Unsaid, ...]
    links: tuple[Link, ...]


def make_cannot_say(
    store: FigureStore, authority: Authority, rows: Sequence[MetricRow], shown: Sequence[Metric], day: date
) -> CannotSay:
    """What the rows of a page leave unsaid, and what an authority has no rows of; ``day`` decides who runs what."""
    gaps = _by_reason((row.gap, row.metric_title) for row in rows if row.gap)
    ids = {metric.id for metric in shown}
    left_out = [metric for metric in live_metrics(store) if metric.id not in ids]
    others = _by_reason((_why_not(store, metric, authority, day), metric.title) for metric in left_out)
    have = "has" if len(left_out) == 1 else "have"
    more = f"{count_text(len(left_out), 'more metric')} {have} no row for this council:"
    here, not_shown, folded = _told(_shortened(gaps)), _told(others), _told({**gaps, **others})
    return CannotSay(_sentence(rows), here, more if left_out else "", not_shown, folded, ELSEWHERE)


def _sentence(rows: Sequence[MetricRow]) -> str:
    """How many rows have no figure or no place, and of how many others only the place is known."""
    without = sum(bool(row.gap) for row in rows)
    placed_only = sum(not row.gap and not row.is_judged for row in rows)
    lack = "lacks" if without == 1 else "lack"
    first = f"Of the {count_text(len(rows), 'metric')} above, {number_text(without)} {lack} a figure or a place."
    judged = len(rows) - without - placed_only
    return (
        f"{first} Of {number_text(placed_only)} we can tell the place, but not how much of it is chance; of "
        f"{number_text(judged)} we can tell both. What each figure leaves out stands in a fold under its theme."
    )


def _by_reason(pairs: Iterable[tuple[str, str]]) -> Reasons:
    """Titles under their reason, the commonest reason first."""
    found: Reasons = {}
    for reason, title in pairs:
        found.setdefault(reason.rstrip("."), []).append(title)
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))


def _shortened(reasons: Reasons) -> Reasons:
    """All reasons where they are few; else the commonest of those that several metrics share, and the others as one."""
    if len(reasons) <= MOST_REASONS:
        return reasons
    shared = dict(islice(((why, titles) for why, titles in reasons.items() if len(titles) > 1), MOST_REASONS))
    others = [title for why, titles in reasons.items() if why not in shared for title in titles]
    return {**shared, OTHER_REASONS: others}


def _told(reasons: Reasons) -> tuple[Unsaid, ...]:
    return tuple(Unsaid(why, count_text(len(titles), "metric"), joined(titles)) for why, titles in reasons.items())


def _why_not(store: FigureStore, metric: Metric, authority: Authority, day: date) -> str:
    service = store.catalogue.responsibilities[metric.responsibility]
    exemption = next((e for e in service.exemptions if e.authority == authority.code), None)
    if exemption:
        return exemption.reason
    if service.is_run_by(authority, day):
        is_for_type = authority.type in metric.applies_to
        return "No figures for its years" if is_for_type else f"Not compared for {TYPE_TITLES[authority.type]}"
    county = store.catalogue.authorities.get(authority.county or "")
    runner = f"{county.name} runs it here" if county and service.is_run_by(county, day) else "another body runs it here"
    return f"{service.name}: {runner}"
