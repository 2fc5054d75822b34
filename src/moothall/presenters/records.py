"""Figures as plain records for programs: what ``--format json`` prints, unrounded and with every reason."""

from typing import Any

from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.period import Period
from moothall.domain.wording import Length
from moothall.presenters.figures.cohort import Cohort, Standing, standing_of
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.metric.rank_choices import range_record, ranges_within, rank_choices, rank_choices_record
from moothall.presenters.shared_by_councils.replies import replies_of, reply_records
from moothall.presenters.wording.expected_words import expected_record
from moothall.presenters.wording.figure_words import OwnFigure, figure_sentence, missing_words, standing_cell
from moothall.presenters.wording.paragraph import paragraph
from moothall.presenters.wording.sentences import sentences_of
from moothall.store import Cell


def comparison_record(store: FigureStore, cohort: Cohort) -> dict[str, Any]:
    """A group on one metric: its summary, then each member by name with value or reason and rank range.

    ``rank_range`` says how the rank moves over the period before and the first release, where there are such.
    """
    ranges = ranges_within(store, cohort)
    return {
        **_summary_record(store, cohort),
        "authorities": [
            {
                **_member_record(store, cohort, member, standing_of(store, cohort.metric, member, cohort.period)),
                "rank_range": range_record(ranges.get(member.code)),
            }
            for member in cohort.members
        ],
    }


def figure_record(store: FigureStore, cohort: Cohort, authority: Authority, standing: Standing) -> dict[str, Any]:
    """One authority's figure with its place in the group."""
    return {
        **_summary_record(store, cohort),
        "authority": _member_record(store, cohort, authority, standing),
        "rank_choices": rank_choices_record(rank_choices(store, cohort, authority)),
        "expected": expected_record(store, cohort.metric, authority, standing.period),
        "sentences": [part.record for part in paragraph(store, OwnFigure(cohort, authority, standing))],
    }


def metric_state(metric: Metric) -> dict[str, str]:
    """What a record says of its metric: a draft says so in its title and its state."""
    return {"title": metric.title, "state": metric.state.value}


def _summary_record(store: FigureStore, cohort: Cohort) -> dict[str, Any]:
    summary = cohort.summary
    return {
        "metric": cohort.metric.id,
        "period": cohort.period.slug,
        "group": cohort.group.id,
        "n": summary.n,
        "median": summary.median,
        "mad": summary.mad,
        "unit": cohort.metric.unit.id,
        "polarity": cohort.metric.polarity,
        "refused": summary.refused,
        "lower_quartile": summary.lower_quartile,
        "upper_quartile": summary.upper_quartile,
        "boundaries": "now" if store.boundaries else "period",
        "as_of": store.day,
        **metric_state(cohort.metric),
    }


def _member_record(store: FigureStore, cohort: Cohort, authority: Authority, standing: Standing) -> dict[str, Any]:
    position, say = cohort.position_of(authority.code), sentences_of(store)
    judged = cohort.judged(authority.code)
    own = OwnFigure(cohort, authority, standing)
    return {
        "code": authority.code,
        "name": authority.name,
        "value": standing.value,
        "status": standing.status,
        "reason": missing_words(say, authority, standing, Length.PART).text if standing.value is None else None,
        "lower_95": standing.lower,
        "upper_95": standing.upper,
        "rank_from": position.rank_low,
        "rank_to": position.rank_high,
        "percentile": position.percentile,
        "band": position.band,
        "judgement": judged.judgement,
        "judgement_rests_on": judged.origin,
        "judgement_limits": None if judged.lower is None else [judged.lower, judged.upper],
        "refused": position.refused,
        "cell": standing_cell(say, own).record,
        "sentence": figure_sentence(say, own).record,
        "replies": reply_records(replies_of(store).beside(cohort.metric.id, authority, cohort.period.slug)),
    }


def trail_record(store: FigureStore, metric: Metric, authority: Authority, period: Period) -> dict[str, Any] | None:
    """The trail of one figure as plain facts; None where no release has a row for it.

    ``operands`` has the same facts of each figure that a derived one is made from, with its role.
    """
    cell = store.cell(metric.id, authority.code, period.slug)
    if cell is None:
        return None
    source = store.catalogue.sources[cell.release.source].source
    return {
        "metric": metric.id,
        "authority": authority.code,
        **_cell_record(cell),
        "unit": metric.unit.id,
        "lower_95": cell.lower_95,
        "upper_95": cell.upper_95,
        "note": cell.note,
        "in_lifetime": cell.in_lifetime,
        "source": source.id,
        "publisher": cell.release.publisher,
        "landing_page": cell.release.landing_page,
        "licence": source.licence.id,
        "attribution": source.attribution,
        "release_title": cell.release.title,
        "published_on": cell.release.published_on,
        "published_precision": cell.release.published_precision,
        "release_file": cell.release.path,
        "release_sha256": cell.release.sha256,
        "build": store.build_id,
        "as_of": store.day,
        **metric_state(metric),
        "operands": [_operand_record(operand) for operand in cell.operands],
        "replies": reply_records(replies_of(store).beside(metric.id, authority, period.slug)),
    }


def _operand_record(cell: Cell) -> dict[str, Any]:
    """A figure that another is made from; ``metric`` is ``source/series`` where no metric publishes it."""
    nested = [_operand_record(operand) for operand in cell.operands]
    return {"role": cell.role, "metric": cell.metric, **_cell_record(cell), "operands": nested}


def _cell_record(cell: Cell) -> dict[str, Any]:
    """What is known of any cell: the figure, and where it stands."""
    return {
        "area_code": cell.area_code,
        "period": cell.period.slug,
        "value": cell.value,
        "reason": cell.reason,
        "status": cell.status,
        "raw": cell.raw,
        "file": cell.file,
        "sheet": cell.sheet or None,
        "row": cell.row,
        "column": cell.column,
        "sha256": cell.release.file(cell.file).sha256,
        "release": cell.release.id,
    }
