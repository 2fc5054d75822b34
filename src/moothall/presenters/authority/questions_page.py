"""A page to print for scrutiny: on one theme, what a council's figures say, what they cannot, what to ask and whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from moothall.analytics.groups import Group, GroupKind
from moothall.domain.authority import Authority
from moothall.domain.metric import Theme
from moothall.domain.period import day_text
from moothall.domain.wording import Length
from moothall.errors import UsageError
from moothall.presenters.addresses import (
    authority_address,
    authority_questions_address,
    authority_theme_address,
    metric_address,
)
from moothall.presenters.authority.asked_figures import AskedFigure, asked_figures, chosen_figures
from moothall.presenters.authority.authority_page import BESIDE, chosen_group, group_form
from moothall.presenters.authority.learning_view import who_does_better
from moothall.presenters.blocks import ChooseForm, Link, PageHead
from moothall.presenters.downloads.names import QUESTIONS, Offered
from moothall.presenters.figures.comparators import default_kind
from moothall.presenters.figures.reading import FigureStore, newest_day
from moothall.presenters.figures.views import state_words
from moothall.presenters.shared_by_councils.replies import ReplyView, replies_of
from moothall.presenters.similarity.similar import usual_peers
from moothall.presenters.wording.change_words import change_words
from moothall.presenters.wording.figure_words import figure_sentence, missing_words
from moothall.presenters.wording.numbers import count_text
from moothall.presenters.wording.paragraph import question_words
from moothall.presenters.wording.sentences import sentences_of
from moothall.presenters.wording.words import group_noun, joined

MOST_MISSING = 6
MOST_ASKED = 4
MOST_PEERS = 5

HOW_CHOSEN = (
    "Chosen first: figures unlike most others of the group, or that changed by more than noise; then those that public "
    "frameworks name. None of them says by itself that something is going well or badly."
)


@dataclass(frozen=True, slots=True)
class FigureToAsk:
    """One figure: its metric's page, what it says, what it cannot say, and a question."""

    metric: Link
    sentences: tuple[str, ...]
    cannot_say: str
    question: str
    replies: tuple[ReplyView, ...]


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    """Everything that the page shows; ``figures`` is empty where no figure of the theme covers the council."""

    head: PageHead
    title: str
    lead: str
    how_chosen: str
    form: ChooseForm
    figures: tuple[FigureToAsk, ...]
    missing: tuple[str, ...]
    whom: tuple[Link, ...]
    peers: str
    links: tuple[Link, ...]


def make_questions_page(
    store: FigureStore, authority: Authority, theme: Theme, kind: GroupKind | None = None
) -> QuestionsPage:
    """Questions on a theme for an authority beside its group of this kind (None: its default)."""
    group, usual = chosen_group(store.whole, authority, kind), default_kind(store.whole, authority)
    kind = kind or usual
    asked = list(asked_figures(store, authority, theme, group))
    known = [one for one in asked if one.own.standing.value is not None]
    chosen = chosen_figures(store, theme, known)
    title = f"Questions on {theme.title}: {authority.short_name}"
    beside = "" if kind is usual else BESIDE[kind]
    return QuestionsPage(
        head=_head(authority, theme, f"{title}{beside}{state_words(store)}", QUESTIONS if chosen else ()),
        title=title,
        lead=_lead(store, authority, group, chosen, known),
        how_chosen=HOW_CHOSEN if len(chosen) < len(known) else "",
        form=group_form(store.whole, authority, kind, authority_questions_address(authority.slug, theme.id)),
        figures=tuple(figure_to_ask(store, one) for one in chosen),
        missing=tuple(_missing(store, [one for one in asked if one.own.standing.value is None])),
        whom=tuple(_whom(store, authority, group, chosen)),
        peers=_peers(store, authority),
        links=_links(authority, theme),
    )


def figure_to_ask(store: FigureStore, one: AskedFigure) -> FigureToAsk:
    """What the page says of one figure, and what it asks."""
    say, metric, own = sentences_of(store), one.own.cohort.metric, one.own
    choices = {"authority": own.authority.slug, "group": own.cohort.group.id, "period": own.standing.period.slug}
    sentences = [figure_sentence(say, own).text]
    if one.moved and one.moved.is_found:
        sentences.append(change_words(say, one.moved, Length.PART).text)
    question = question_words(say, own, one.moved).text
    link = Link(metric.title, metric_address(metric.id, **choices))
    replies = replies_of(store).beside(metric.id, own.authority, own.standing.period.slug)
    return FigureToAsk(link, tuple(sentences), metric.cannot_say, question, replies)


def _missing(store: FigureStore, without: Sequence[AskedFigure]) -> Iterator[str]:
    """Metrics of which the council's newest row has no figure, with the reason; the rest are counted."""
    for one in without[:MOST_MISSING]:
        words = missing_words(sentences_of(store), one.own.authority, one.own.standing, Length.PART)
        yield f"{one.own.cohort.metric.title}: {words.text}"
    more = len(without) - MOST_MISSING
    if more > 0:
        yield f"{count_text(more, 'more metric')} of this theme {'has' if more == 1 else 'have'} no figure either."


def _whom(store: FigureStore, authority: Authority, group: Group, chosen: Sequence[AskedFigure]) -> Iterator[Link]:
    """Councils to ask, a metric each: the nearest that does better by more than noise and is not named yet."""
    named: set[str] = set()
    for metric in (one.own.cohort.metric for one in chosen):
        try:
            found = who_does_better(store, metric, authority, group)
        except UsageError:
            continue
        candidate = next((c for c in found if c.authority.code not in named), None)
        if candidate and len(named) < MOST_ASKED:
            other = candidate.authority
            named.add(other.code)
            said = f"{metric.title}. {candidate.sentence}"
            replies = replies_of(store).marks(metric.id, other, candidate.periods)
            yield Link(other.short_name, authority_address(other.slug), said, replies)


def _peers(store: FigureStore, authority: Authority) -> str:
    found = usual_peers(store.whole, authority)
    if found is None:
        return ""
    names = [store.catalogue.authorities[code].short_name for code in found.codes[:MOST_PEERS]]
    return f"The councils most like {authority.short_name}, whom to ask how they do it: {joined(names)}."


def _lead(
    store: FigureStore, authority: Authority, group: Group, chosen: Sequence[AskedFigure], known: Sequence[AskedFigure]
) -> str:
    day = f"as known on {day_text(store.day)}" if store.day else f"as published up to {day_text(newest_day(store))}"
    count = count_text(len(chosen), "figure")
    of = f" of {len(known)}" if len(known) > len(chosen) else ""
    return f"{count}{of} of {authority.name}, {day}, each beside {group_noun(group)} at the same period."


def _head(authority: Authority, theme: Theme, title: str, files: Offered) -> PageHead:
    overview = (authority.short_name, authority_address(authority.slug))
    of_theme = (theme.title, authority_theme_address(authority.slug, theme.id))
    crumbs = (("Home", "/"), ("Councils", "/authorities"), overview, of_theme, ("Questions", None))
    return PageHead(
        title, "authorities", crumbs, f"Questions for scrutiny on {theme.title}, from published figures.", files=files
    )


def _links(authority: Authority, theme: Theme) -> tuple[Link, ...]:
    return (
        Link(f"All figures on {theme.title}", authority_theme_address(authority.slug, theme.id)),
        Link("Check a claim", "/claims"),
    )
