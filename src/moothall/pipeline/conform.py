"""From candidates to observations: which authority at which period, and at most one figure for each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from moothall.catalogue.contents import SourceDefinition
from moothall.catalogue.patterns import is_pattern, matches
from moothall.catalogue.reading import ReleaseDefinition, TableDefinition
from moothall.catalogue.spelling import list_words
from moothall.domain.observation import Observation, Provenance
from moothall.domain.period import Period
from moothall.domain.words import Status
from moothall.errors import CheckError, ReadError
from moothall.pipeline.areas import AreaIndex
from moothall.pipeline.figures import read_figure
from moothall.pipeline.period_labels import read_label
from moothall.pipeline.places import Places
from moothall.pipeline.readers.sheet import Sheet
from moothall.pipeline.table import Candidate, Tally, lay_out

SAME_UNDER_FORMER_CODE = "same figure under a former code"
NONE_UNDER_THIS_CODE = "no figure under this code: it stands under another code of the same authority"


@dataclass(slots=True)
class Conforming:
    """What is needed to conform one table of one release, with the periods met so far."""

    release: ReleaseDefinition
    table: TableDefinition
    sheet: Sheet
    areas: AreaIndex
    places: Places
    tally: Tally
    periods: dict[tuple[str, str], tuple[Period, Status]] = field(default_factory=dict)


def conform(
    sheet: Sheet,
    definition: SourceDefinition,
    release: ReleaseDefinition,
    table: TableDefinition,
    areas: AreaIndex,
    tally: Tally,
) -> list[Observation]:
    """The observations of one table; ``tally`` counts every place read and every place left out, by reason.

    Raises ReadError where the table does not fit its description, and CheckError where two of its rows contradict
    each other or a row's name is another authority's than its code.
    """
    places = Places(areas, definition, table.area_kind, sheet.place)
    work = Conforming(release, table, sheet, areas, places, tally)
    observations = [made for candidate in lay_out(sheet, table, tally) if (made := _observation(candidate, work))]
    _require_named_periods(work)
    _refuse_duplicate_rows(observations)
    return _one_for_each_authority(observations, work)


def _observation(candidate: Candidate, work: Conforming) -> Observation | None:
    refusal = work.places.refusal(candidate.area_code, candidate.area_name)
    if refusal:
        work.tally.refuse(refusal)
        return None
    period, status = _period(candidate, work)
    candidate = _recoded(candidate, period, work.table)
    place = work.places.find(candidate.area_code, candidate.area_name, period, candidate.row)
    figure = read_figure(candidate, work.table, work.sheet, status)
    beside = figure.beside
    return Observation(
        series=candidate.series.id,
        area_code=place.area_code,
        authority=place.authority,
        period=period,
        status=figure.status,
        value=figure.value,
        reason=figure.reason,
        provenance=_provenance(candidate, work),
        lower_95=beside.get("lower"),
        upper_95=beside.get("upper"),
        numerator=beside.get("numerator"),
        denominator=beside.get("denominator"),
        note=figure.note,
        in_lifetime=place.in_lifetime,
    )


def _recoded(candidate: Candidate, period: Period, table: TableDefinition) -> Candidate:
    """The candidate under the area code that the description declares in place of the published one."""
    for recode in table.recodes:
        if candidate.area_code == recode.published and period.end >= recode.start:
            note = "; ".join(filter(None, (candidate.note, f"published under {recode.published}: {recode.why}")))
            return candidate._replace(area_code=recode.use, note=note)
    return candidate


def _provenance(candidate: Candidate, work: Conforming) -> Provenance:
    return Provenance(
        release=work.release.id,
        file=work.table.file,
        sheet=work.sheet.name,
        row=candidate.row,
        column=candidate.column.label,
        raw=candidate.text,
    )


def _period(candidate: Candidate, work: Conforming) -> tuple[Period, Status]:
    """The period of a label and the status of its figures, each label read once."""
    key = (candidate.series.id, candidate.period)
    known = work.periods.get(key)
    if known is None:
        period = _read_label(candidate, work)
        known = work.periods[key] = period, _status_of(candidate, period, work.table)
    return known


def _read_label(candidate: Candidate, work: Conforming) -> Period:
    try:
        return read_label(candidate.period, candidate.series.period or work.table.period)
    except ValueError as error:
        raise ReadError(
            f"{work.sheet.place}, row {candidate.row} has no period that can be read: {error}; "
            "correct period in the source's YAML, or ask the publisher."
        ) from error


def _status_of(candidate: Candidate, period: Period, table: TableDefinition) -> Status:
    texts = (candidate.period, period.slug)
    for declared in table.period_statuses:
        is_meant = not declared.series or candidate.series.id in declared.series
        if is_meant and any(matches(wanted, text) for wanted in declared.periods for text in texts):
            return declared.status
    return Status.FINAL


def _require_named_periods(work: Conforming) -> None:
    """A period whose status is declared, and which is not there, is a slip of the pen or another year's declaration."""
    met = {label for _, label in work.periods} | {period.slug for period, _ in work.periods.values()}
    named = [wanted for declared in work.table.period_statuses for wanted in declared.periods]
    lacking = [wanted for wanted in named if not is_pattern(wanted) and wanted not in met]
    if lacking:
        raise ReadError(
            f"{work.sheet.place} has no figure of {list_words(lacking, 'and')}: "
            "take the period out of period_statuses in the source's YAML, or write it as the publisher does."
        )


def _refuse_duplicate_rows(observations: Iterable[Observation]) -> None:
    """Raise CheckError, with one problem for each pair of rows, where two rows give the same figure."""
    seen: dict[tuple[object, ...], Observation] = {}
    pairs: dict[tuple[int, int], tuple[Observation, Observation]] = {}
    for observation in observations:
        key = (observation.series, observation.area_code, *_span(observation))
        first = seen.setdefault(key, observation)
        if first is not observation:
            pairs.setdefault((first.provenance.row, observation.provenance.row), (first, observation))
    if pairs:
        raise CheckError([_twice(first, second) for first, second in pairs.values()])


def _span(observation: Observation) -> tuple[date, date, str]:
    """What tells the figures of one series and area apart."""
    return observation.period.start, observation.period.end, observation.breakdown


def _twice(first: Observation, second: Observation) -> str:
    place = first.provenance
    return (
        f"{place.file}{f', sheet {place.sheet}' if place.sheet else ''}, rows {place.row} and {second.provenance.row} "
        f"both give {first.series} of {first.area_code} for {first.period} ({place.raw!r} and "
        f"{second.provenance.raw!r}): a row stands twice; ask the publisher, or add a skip rule to the source's YAML."
    )


def _one_for_each_authority(observations: list[Observation], work: Conforming) -> list[Observation]:
    """Keep one of several figures that stand under former and current codes of one authority; refuse the rest."""
    together: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for observation in observations:
        owner = observation.authority or observation.area_code
        together[(observation.series, owner, *_span(observation))].append(observation)
    return [same[0] if len(same) == 1 else _the_one(same, work) for same in together.values()]


def _the_one(same: list[Observation], work: Conforming) -> Observation:
    """The figure under the code that came into force last, where all agree."""
    with_value = [observation for observation in same if observation.value is not None]
    if len({observation.value for observation in with_value}) > 1:
        raise CheckError([_contradiction(with_value)])
    kept = max(with_value or same, key=lambda observation: work.areas.in_force_since(observation.area_code))
    for other in same:
        if other is not kept:
            has_figure = other.value is not None or kept.value is None
            work.tally.refuse(SAME_UNDER_FORMER_CODE if has_figure else NONE_UNDER_THIS_CODE)
    return kept


def _contradiction(same: list[Observation]) -> str:
    listed = " and ".join(f"{o.value} under {o.area_code} (row {o.provenance.row})" for o in same)
    first = same[0]
    return (
        f"{first.provenance.file} gives two figures of {first.series} for {first.authority} in {first.period}: "
        f"{listed}; they are one authority's former and current codes, so ask the publisher which one holds."
    )
