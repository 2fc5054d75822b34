"""Questions worth asking of a council, as the end of its page: about what stands out, then theme by theme."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from moothall.analytics.groups import Group
from moothall.domain.authority import Authority
from moothall.domain.wording import Length
from moothall.errors import UsageError
from moothall.presenters.addresses import authority_questions_address, metric_address
from moothall.presenters.authority.asked_figures import AskedFigure, asked_figure, by_worth
from moothall.presenters.authority.leading_metrics import is_too_old, leading_metrics
from moothall.presenters.authority.standing_out_view import StandingOutItem, what_stands_out
from moothall.presenters.blocks import Link
from moothall.presenters.figures.cohort import standing_of
from moothall.presenters.figures.reading import FigureStore, kept_by_store
from moothall.presenters.wording.change_words import change_words, movement_of
from moothall.presenters.wording.figure_words import OwnFigure, standing_cell
from moothall.presenters.wording.paragraph import question_words
from moothall.presenters.wording.sentences import sentences_of
from moothall.presenters.wording.words import lower_first

MOST_QUESTIONS = 5
KEPT_QUESTIONS = 256
HOW_CHOSEN = (
    "First what stands out above, then one figure of each other theme that is unlike most or has changed by more than "
    "noise. The answer may be quite harmless."
)
NOTHING_UNLIKE = "No recent figure of it stands out, is unlike most or has changed by more than noise."
ONLY_OF_THE_NEWEST = "Only the newest figures of a council that still runs lead to questions here."


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the page of its metric, where the figure that it is about stands and moves, and what to ask."""

    metric: Link
    standing: str
    text: str


@dataclass(frozen=True, slots=True)
class WorthAsking:
    """At most five questions, why these, and the themes' pages of questions."""

    questions: tuple[Question, ...]
    about: str
    themes: tuple[Link, ...]


def make_worth_asking(store: FigureStore, authority: Authority, group: Group, is_newest: bool) -> WorthAsking:
    """The questions of a council beside a group; without ``is_newest`` only the themes' pages."""
    themes = tuple(
        Link(store.catalogue.themes[theme].title, authority_questions_address(authority.slug, theme))
        for theme in leading_metrics(store, authority)
    )
    if not is_newest or authority.end is not None:
        return WorthAsking((), ONLY_OF_THE_NEWEST, themes)
    questions = _questions_of(store)(authority.code, group)
    return WorthAsking(questions, HOW_CHOSEN if questions else NOTHING_UNLIKE, themes)


@kept_by_store
def _questions_of(store: FigureStore) -> Callable[[str, Group], tuple[Question, ...]]:
    @lru_cache(maxsize=KEPT_QUESTIONS)
    def questions(code: str, group: Group) -> tuple[Question, ...]:
        asked = islice(_asked(store, store.catalogue.authorities[code], group), MOST_QUESTIONS)
        return tuple(_question(store, one) for one in asked)

    return questions


def _asked(store: FigureStore, authority: Authority, group: Group) -> Iterator[AskedFigure]:
    """What stands out, then of each theme without any the figure that its page of questions puts first."""
    told = set()
    for item in _standing_out(store, authority, group):
        metric, period = item.cohort.metric, item.cohort.period
        told.add(metric.theme)
        own = OwnFigure(item.cohort, authority, standing_of(store, metric, authority, period))
        yield AskedFigure(own, movement_of(store, metric, authority, period))
    for theme, metrics in leading_metrics(store, authority).items():
        if theme not in told:
            found = (asked_figure(store, metric, authority, group) for metric in metrics if not metric.is_context)
            yield from by_worth(store, [one for one in found if one and _is_worth_asking(store, one)])[:1]


def _is_worth_asking(store: FigureStore, one: AskedFigure) -> bool:
    standing = one.own.standing
    return standing.value is not None and not is_too_old(store, standing.period) and one.is_unlike


def _standing_out(store: FigureStore, authority: Authority, group: Group) -> tuple[StandingOutItem, ...]:
    """What stands out: to look into first, then what is neither better nor worse, then what goes well."""
    try:
        found = what_stands_out(store, authority, group)
    except UsageError:
        return ()
    return (*found.look_into, *found.unusual, *found.going_well)


def _question(store: FigureStore, one: AskedFigure) -> Question:
    say, metric, own = sentences_of(store), one.own.cohort.metric, one.own
    choices = {"authority": own.authority.slug, "group": own.cohort.group.id, "period": own.standing.period.slug}
    link = Link(metric.title, metric_address(metric.id, **choices))
    stands = lower_first(standing_cell(say, own).text)
    if one.moved and one.moved.is_found:
        stands += f"; {lower_first(change_words(say, one.moved, Length.CELL).text)}"
    return Question(link, stands, question_words(say, own, one.moved).text)
