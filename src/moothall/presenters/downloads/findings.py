"""What pages say of figures, as datasets: what stands out, whom to learn from, who changed, questions, claims."""

from collections.abc import Iterator

from moothall.analytics.groups import Group, GroupKind
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric, Theme
from moothall.domain.period import Period
from moothall.domain.wording import Length
from moothall.presenters.addresses import notes_address
from moothall.presenters.authority.asked_figures import AskedFigure, asked_figures, chosen_figures
from moothall.presenters.authority.authority_page import chosen_group
from moothall.presenters.authority.learning_view import Candidate, Learning, turned_words
from moothall.presenters.authority.lessons import chosen_lessons, learning_asked
from moothall.presenters.authority.questions_page import HOW_CHOSEN, figure_to_ask
from moothall.presenters.authority.standing_out_view import StandingOutItem, WhatStandsOut, what_stands_out
from moothall.presenters.comparing.claims import CheckedClaim, claim_record, claim_sentence
from moothall.presenters.downloads.dataset import Dataset, Entry, Row, Shown, make_dataset
from moothall.presenters.downloads.fields import Field
from moothall.presenters.figures.cohort import cohorts_of, standing_of
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.metric.metric_changes import turned_in_group, who_changed, who_turned_round
from moothall.presenters.shared_by_councils.practice import notes_of_council
from moothall.presenters.wording.change_words import change_words, movement_of
from moothall.presenters.wording.sentences import sentences_of
from moothall.presenters.wording.words import group_noun

LISTS = {"look_into": "to look into", "going_well": "going well", "unusual": "unusual"}
"""The lists of what stands out, as the page names them."""

STANDING_OUT_FIELDS = (
    Field("list", "In which list of the page it stands"),
    Field("z", "How far from the middle of the group it lies, in robust spreads"),
    Field("p", "How often chance alone would put a figure so far out"),
    Field("z_before", "The same in the period before, where there is one"),
    Field("sentence", "What the page says of it"),
)
LEARNING_FIELDS = (
    Field("certainty", "How sure it is that the council turned it round: clear or likely"),
    Field("distance", "How far it lies from the council that asks, in circumstances that none can choose"),
    Field("closeness", "The same in words"),
    Field("sentence", "Why it is named"),
    Field("practice_notes", "What the council has written of what it did: the titles of its practice notes"),
    Field("notes_page", "Where the practice notes on the metric are", is_address=True),
)
TURNED_FIELDS = tuple(field for field in LEARNING_FIELDS if field.name not in ("distance", "closeness"))
CHANGE_FIELDS = (
    Field("change", "rising, falling, no-clear-change or cannot-say"),
    Field("for_the", "better or worse where the metric has a better end; else neither"),
    Field("change_from", "The figure from which the change is told"),
    Field("change_since", "Its period"),
    Field("change_reason", "Which rule says so, or why none does"),
    Field("sentence", "The same in words"),
)
QUESTION_FIELDS = (
    Field("is_on_the_page", "yes for figures that the printed page has; no for the theme's others"),
    Field("says", "What the figure says"),
    Field("question", "What to ask"),
)
CLAIM_FIELDS = (
    Field("claim", "What is claimed"),
    Field("means", "The plain claim behind it; blank where the word has no meaning here"),
    Field("answer", "true, false or cannot-say"),
    Field("ground", "What decided"),
    Field("why", "The same in words, with ties and missing figures"),
    Field("missing", "How many of the group have no published figure"),
    Field("tied", "How many of the group have the same figure, itself included"),
)


def standing_out_dataset(store: FigureStore, address: str, authority: Authority, kind: GroupKind | None) -> Dataset:
    """What stands out for an authority, list by list as on the page; UsageError where nothing can be tested."""
    found = what_stands_out(store, authority, chosen_group(store, authority, kind))
    title = f"What stands out, {authority.name}, beside {group_noun(found.group)}"
    shown = Shown(title, f"{authority.slug}-stands-out", address, STANDING_OUT_FIELDS, (found.summary,))
    return make_dataset(store, shown, _standing_out(store, found))


def _standing_out(store: FigureStore, found: WhatStandsOut) -> Iterator[Entry]:
    for name, words in LISTS.items():
        items: tuple[StandingOutItem, ...] = getattr(found, name)
        for item in items:
            one, cohort = item.standout, item.cohort
            before = None if item.before is None else one.before
            standing = standing_of(store, cohort.metric, found.authority, cohort.period)
            yield Entry(cohort, found.authority, standing, (words, one.z, one.p, before, item.sentence))


def learning_dataset(store: FigureStore, address: str, authority: Authority, kind: GroupKind | None) -> Dataset:
    """Whom an authority could learn from: one row for each council and metric of the page's list, in its order."""
    group = chosen_group(store, authority, kind)
    asked = learning_asked(store, authority, group)
    title = f"Whom {authority.name} could learn from, of {group_noun(group)}"
    notes = ("By metric and by nearness, never by figure.",)
    shown = Shown(title, f"{authority.slug}-learn-from", address, LEARNING_FIELDS, notes)
    return make_dataset(store, shown, (_lesson(store, *pair) for pair in chosen_lessons(asked)))


def _lesson(store: FigureStore, found: Learning, one: Candidate) -> Entry:
    period = next(p for p in store.panel(found.metric.id).periods if p.slug == one.facts["period"])
    cohort = cohorts_of(store).at(found.metric.id, found.group, period)
    close = one.closeness.value if one.closeness else None
    more = (one.certainty.value, one.distance, close, one.sentence, *_notes(store, found.metric, one.authority))
    return Entry(cohort, one.authority, standing_of(store, found.metric, one.authority, period), more)


def _notes(store: FigureStore, metric: Metric, authority: Authority) -> tuple[str | None, str | None]:
    """The titles of a council's practice notes on a metric, and the page that has them; None where there is none."""
    titles = [note.text for note in notes_of_council(store, metric.id, authority.code)]
    return (" | ".join(titles), notes_address(metric=metric.id)) if titles else (None, None)


def changed_dataset(store: FigureStore, address: str, metric: Metric, group: Group, period: Period) -> Dataset:
    """What the metric's rule of change says of every member of a group up to a period, by name."""
    cohort = cohorts_of(store).at(metric.id, group, period)
    found = who_changed(store, cohort)
    title = f"{metric.title}: who changed, {group_noun(group)}, up to {period.label}"
    notes = (found.sentence, found.rule, found.record) if found else ()
    shown = Shown(title, f"{metric.id}-{period.slug}-changed", address, CHANGE_FIELDS, tuple(filter(None, notes)))
    entries = (
        Entry(cohort, m, standing_of(store, metric, m, period), _change(store, metric, m, period))
        for m in cohort.members
    )
    return make_dataset(store, shown, entries)


def _change(store: FigureStore, metric: Metric, authority: Authority, period: Period) -> Row:
    moved = movement_of(store, metric, authority, period)
    if moved is None:
        return "cannot-say", "neither", None, None, "no-figure", None
    words = change_words(sentences_of(store), moved, Length.PART).text
    told = (moved.first, moved.since.slug) if moved.is_found else (None, None)
    return moved.trend.direction.value, moved.goodness, *told, moved.trend.reason.value, words


def turned_dataset(
    store: FigureStore, address: str, metric: Metric, group: Group, authority: Authority | None
) -> Dataset:
    """Who of a group turned a metric round: the most like the authority first, then by name."""
    found, about = turned_in_group(store, metric, group, authority), who_turned_round(store, metric, group, authority)
    notes = (about.summary, f"The order: {about.order}.") if about else ()
    title = f"{metric.title}: who turned it round, {group_noun(group)}"
    shown = Shown(title, f"{metric.id}-turned-round", address, TURNED_FIELDS, notes)
    if found is None:
        return make_dataset(store, shown, ())
    series, period = found.series, found.series.periods[-1]
    cohort = cohorts_of(store).at(metric.id, group, period)
    said = ((other, turned_words(store, series, one, other)) for one, other in found.members)
    entries = (
        Entry(
            cohort,
            other,
            standing_of(store, metric, other, period),
            (certainty.value, words.text, *_notes(store, metric, other)),
        )
        for other, (words, certainty) in said
    )
    return make_dataset(store, shown, entries)


def questions_dataset(
    store: FigureStore, address: str, authority: Authority, theme: Theme, kind: GroupKind | None
) -> Dataset:
    """Every figure of a theme with what it says and a question; those of the printed page are marked."""
    group = chosen_group(store.whole, authority, kind)
    asked = list(asked_figures(store, authority, theme, group))
    chosen = chosen_figures(store, theme, [one for one in asked if one.own.standing.value is not None])
    title = f"Questions on {theme.title}: {authority.name}, beside {group_noun(group)}"
    stem = f"{authority.slug}-{theme.id}-questions"
    shown = Shown(title, stem, address, QUESTION_FIELDS, (HOW_CHOSEN,))
    return make_dataset(store, shown, (_question(store, one, one in chosen) for one in asked))


def _question(store: FigureStore, one: AskedFigure, is_chosen: bool) -> Entry:
    own, is_there = one.own, "yes" if is_chosen else "no"
    if own.standing.value is None:
        return Entry(own.cohort, own.authority, own.standing, (is_there, None, None))
    told = figure_to_ask(store, one)
    return Entry(own.cohort, own.authority, own.standing, (is_there, " ".join(told.sentences), told.question))


def claim_dataset(store: FigureStore, address: str, found: CheckedClaim) -> Dataset:
    """A checked claim: one row with the answer and every number that it rests on."""
    own, record = found.own, claim_record(store, found)
    title = f"{claim_sentence(found)} {found.verdict}."
    stem = f"claim-{own.authority.slug}-{own.cohort.metric.id}"
    shown = Shown(title, stem, address, CLAIM_FIELDS, tuple(record["why"]) + tuple(record["paragraph"]))
    names = ("claim", "means", "answer", "ground")
    plain = (None if record[name] is None else str(record[name]) for name in names)
    more = (*plain, " ".join(record["why"]), record["missing"], record["tied"])
    return make_dataset(store, shown, [Entry(own.cohort, own.authority, own.standing, more)])
