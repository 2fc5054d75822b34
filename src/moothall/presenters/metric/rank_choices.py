"""How a rank moves over choices that another reader could have made: group, period, and first or newest release."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from moothall.analytics.groups import Group, GroupKind, type_group
from moothall.analytics.position import Position
from moothall.analytics.rank_range import RankRange, rank_range
from moothall.domain.authority import Authority
from moothall.domain.period import Period, day_text
from moothall.errors import UsageError
from moothall.presenters.addresses import metric_address
from moothall.presenters.blocks import Column, Table, TableCell, TableRow
from moothall.presenters.figures.changes import series_of
from moothall.presenters.figures.cohort import Cohort, cohorts_of
from moothall.presenters.figures.comparators import named_group, own_groups
from moothall.presenters.figures.reading import FigureStore, kept_by_store
from moothall.presenters.figures.views import known_on
from moothall.presenters.wording.numbers import count_text, number_text, ordinal_text
from moothall.presenters.wording.words import capital_first, group_choice, rank_text

KEPT_RANGES = 256
KEPT_NEAR = 2048
NO_PLACE = "no place here"
BORDERING = "adjacent"
"""The list of councils that share a border: too few, and too unlike, for a rank among them."""


@dataclass(frozen=True, slots=True)
class RankChoice:
    """One choice: what it is in words, where the figure then stands, and the page that shows it."""

    words: str
    position: Position
    href: str


@dataclass(frozen=True, slots=True)
class RankChoices:
    """A council's rank over all reasonable choices, the one that is shown first, and their range."""

    authority: Authority
    choices: tuple[RankChoice, ...]
    found: RankRange
    sentence: str


def rank_choices(store: FigureStore, cohort: Cohort, authority: Authority) -> RankChoices | None:
    """How an authority's rank in a cohort moves; None where it has no rank there, or no other choice gives one."""
    return _ranges_of(store).own(cohort.metric.id, cohort.group, cohort.period, authority)


def ranges_within(store: FigureStore, cohort: Cohort) -> Mapping[str, RankRange]:
    """For each member with a rank, how it moves within its group over periods and releases; by authority code."""
    return _ranges_of(store).within(cohort.metric.id, cohort.group, cohort.period)


def near_range(store: FigureStore, cohort: Cohort, code: str) -> RankRange | None:
    """How a member's rank moves over this period and the one before: what costs little for many metrics at once.

    None where it has no rank, or the period before cannot be told beside this one.
    """
    return _ranges_of(store).near(cohort.metric.id, cohort.group, cohort.period, code)


def range_words(found: RankRange) -> str:
    """A range in words: ``3rd to 9th of 16``, or shares of the others where the groups differ in size."""
    if found.is_one_size:
        first, last = ordinal_text(found.first), ordinal_text(found.last)
        return f"{first if first == last else f'{first} to {last}'} of {number_text(found.fewest)}"
    low, high = (number_text(100 * share) for share in (found.above_low, found.above_high))
    return f"{low if low == high else f'{low}% to {high}'}% of the others higher"


def range_sentence(found: RankRange) -> str:
    """The range as a sentence that says over how many choices."""
    over = f"over {count_text(found.choices, 'reasonable choice')} of group, period and release"
    if found.is_one_size:
        if found.first == found.last:
            return f"The place stays {range_words(found)} {over}."
        return (
            f"The place lies between {ordinal_text(found.first)} and {ordinal_text(found.last)} of "
            f"{number_text(found.fewest)} {over}."
        )
    low, high = (number_text(100 * share) for share in (found.above_low, found.above_high))
    between = f"{low}%" if low == high else f"between {low}% and {high}%"
    return f"{capital_first(over)}, {between} of the other councils have a higher figure."


def range_record(found: RankRange | None) -> dict[str, Any] | None:
    """A range as plain facts; None where there is none."""
    return None if found is None else asdict(found)


def rank_choices_record(found: RankChoices | None) -> dict[str, Any] | None:
    """Every choice with its rank, and the range of all of them, as plain facts."""
    if found is None:
        return None
    choices = [
        {
            "choice": one.words,
            "n": one.position.n,
            "rank_from": one.position.rank_low,
            "rank_to": one.position.rank_high,
        }
        for one in found.choices
    ]
    return {**asdict(found.found), "sentence": found.sentence, "over": choices}


def make_rank_table(found: RankChoices) -> Table:
    """Every choice with the place that it gives."""
    columns = (Column("Choice", wraps=True), Column("Place, highest first"))
    caption = f"The place of {found.authority.short_name} by each choice"
    return Table("rank-choices", caption, columns, tuple(_choice_row(one) for one in found.choices))


def _choice_row(one: RankChoice) -> TableRow:
    has_rank = one.position.rank_low is not None
    return TableRow(
        (TableCell(one.words, one.href), TableCell(rank_text(one.position) or NO_PLACE, is_missing=not has_rank))
    )


class _Ranges:
    """The ranges of one open build, those asked for last."""

    def __init__(self, store: FigureStore) -> None:
        self._store = store
        self.own = lru_cache(maxsize=KEPT_RANGES)(self._own)
        self.near = lru_cache(maxsize=KEPT_NEAR)(self._near)
        self.within = lru_cache(maxsize=KEPT_RANGES)(self._within)

    def _own(self, metric_id: str, group: Group, period: Period, authority: Authority) -> RankChoices | None:
        cohort = cohorts_of(self._store).at(metric_id, group, period)
        if cohort.position_of(authority.code).rank_low is None:
            return None
        choices = tuple(_choices(self._store, cohort, authority))
        found = rank_range([one.position for one in choices])
        if found is None or found.choices < 2:
            return None
        return RankChoices(authority, choices, found, range_sentence(found))

    def _near(self, metric_id: str, group: Group, period: Period, code: str) -> RankRange | None:
        cohort = cohorts_of(self._store).at(metric_id, group, period)
        if cohort.position_of(code).rank_low is None:
            return None
        before = _period_before(self._store, cohort)
        found = rank_range([one.position_of(code) for one in (cohort, before)]) if before else None
        return found if found and found.choices > 1 else None

    def _within(self, metric_id: str, group: Group, period: Period) -> dict[str, RankRange]:
        cohort = cohorts_of(self._store).at(metric_id, group, period)
        cohorts = [cohort, *(other for other, _, _ in _same_group(self._store, cohort))]
        ranges = {m.code: rank_range([c.position_of(m.code) for c in cohorts]) for m in cohort.members}
        return {code: found for code, found in ranges.items() if found and found.choices > 1}


@kept_by_store
def _ranges_of(store: FigureStore) -> _Ranges:
    return _Ranges(store)


def _choices(store: FigureStore, cohort: Cohort, authority: Authority) -> Iterator[RankChoice]:
    """What is shown, then the other groups of the council at the same period, then the same group at other times."""
    metric, period = cohort.metric, cohort.period
    for group in _groups(store, cohort, authority):
        other = cohorts_of(store).at(metric.id, group, period)
        address = metric_address(metric.id, authority=authority.slug, group=group.id, period=period.slug)
        yield RankChoice(_words(group, period), other.position_of(authority.code), address)
    for other, words, choices in _same_group(store, cohort):
        own = {"authority": authority.slug, "group": cohort.group.id, "period": other.period.slug, **choices}
        yield RankChoice(words, other.position_of(authority.code), metric_address(metric.id, **own))


def _words(group: Group, period: Period) -> str:
    return f"{group_choice(group)}, {period.label}"


def _groups(store: FigureStore, cohort: Cohort, authority: Authority) -> list[Group]:
    """The group shown, and every other to which the council belongs and in which it can be ranked with reason."""
    whole = store.whole
    region = []
    if authority.region in whole.catalogue.regions:
        region = [named_group(whole, GroupKind.REGION.value, authority)]
    own = [group for group in own_groups(whole, authority) if not group.id.startswith(f"{BORDERING}:")]
    return list(dict.fromkeys([cohort.group, type_group(authority.type), *own, *region]))


def _same_group(store: FigureStore, cohort: Cohort) -> Iterator[tuple[Cohort, str, dict[str, str]]]:
    """The same group a period before, and as first published: (cohort, words, further choices of an address)."""
    before = _period_before(store, cohort)
    if before:
        yield before, _words(cohort.group, before.period), {}
    first = _as_first_published(store, cohort)
    if first:
        view, day = first
        words = f"{_words(cohort.group, cohort.period)}, as first published (by {day_text(day)})"
        yield cohorts_of(view).at(cohort.metric.id, cohort.group, cohort.period), words, {"as-of": day.isoformat()}


def _period_before(store: FigureStore, cohort: Cohort) -> Cohort | None:
    """The same group a period before; None for the first, and where the series breaks between the two."""
    series = series_of(store).at(cohort.metric.id)
    column = series.periods.index(cohort.period)
    if not column or not series.is_linked[column - 1]:
        return None
    return cohorts_of(store).at(cohort.metric.id, cohort.group, series.periods[column - 1])


def _as_first_published(store: FigureStore, cohort: Cohort) -> tuple[FigureStore, date] | None:
    """The build as known when the period's figures first came out; None where the newest release is the first."""
    if store.boundaries is not None:
        return None
    figures = zip(cohort.members, cohort.values.tolist(), strict=True)
    member = next((member for member, figure in figures if not math.isnan(figure)), None)
    cell = store.cell(cohort.metric.id, member.code, cohort.period.slug) if member else None
    if cell is None or not cell.vintages:
        return None
    release = cell.vintages[-1].release
    day = release.known_on or release.published_on
    try:
        view = known_on(store, day, [cohort.metric])
    except UsageError:
        return None
    return (view, day) if cohort.period.slug in view.panel(cohort.metric.id).period_index else None
