"""A council's figure and a group's middle figure as cells of a comparison, or the reason why there is none."""

from moothall.analytics.groups import Group, is_eligible
from moothall.domain.authority import Authority, Responsibility
from moothall.domain.metric import Metric
from moothall.domain.period import Period
from moothall.domain.wording import Length
from moothall.presenters.addresses import trail_address
from moothall.presenters.blocks import TableCell
from moothall.presenters.figures.cohort import Standing, cohorts_of, standing_of
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.wording.figure_words import missing_words
from moothall.presenters.wording.numbers import number_text, short_exact_text, short_middle_text
from moothall.presenters.wording.sentences import sentences_of
from moothall.presenters.wording.words import STATUS_WORDS


def council_cell(store: FigureStore, metric: Metric, authority: Authority, period: Period, has_link: bool) -> TableCell:
    """A council's figure with its status, or why it has none; ``has_link``: with the way to its trail."""
    service = store.catalogue.responsibilities[metric.responsibility]
    if not is_eligible(authority, metric, service, period.end):
        return TableCell(_why_not(authority, service, period), is_missing=True)
    standing = standing_of(store, metric, authority, period)
    if standing.value is None:
        return TableCell(missing_words(sentences_of(store), authority, standing, Length.PART).text, is_missing=True)
    href = trail_address(metric.id, authority.slug, period.slug) if has_link else None
    return TableCell(short_exact_text(standing.value, metric), href, _status_note(standing))


def middle_cell(store: FigureStore, metric: Metric, group: Group, period: Period) -> TableCell:
    """The middle figure of a group with how many it is of, or why there is none."""
    cohort = cohorts_of(store).at(metric.id, group, period)
    if not cohort.members:
        return TableCell("not for this type", is_missing=True)
    if cohort.summary.median is None:
        return TableCell("too few figures", is_missing=True)
    return TableCell(short_middle_text(cohort.summary.median, metric), note=f"of {number_text(cohort.summary.n)}")


def _why_not(authority: Authority, service: Responsibility, period: Period) -> str:
    if not authority.is_active(period.end):
        return f"did not act on the last day of {period.label}"
    if service.is_run_by(authority, period.end):
        return "not published for its type"
    return f"does not run: {service.name.lower()}"


def _status_note(standing: Standing) -> str | None:
    return STATUS_WORDS[standing.status] or None if standing.status else None
