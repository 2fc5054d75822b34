"""The page that checks a claim: a plain form, the answer in one word, and everything that the answer rests on."""

from collections.abc import Iterator
from dataclasses import dataclass

from moothall.analytics.groups import Group
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.period import Period
from moothall.presenters.addresses import CLAIMS_ADDRESS, NO_RANKING, metric_address, metric_map_address, trail_address
from moothall.presenters.blocks import (
    ChooseForm,
    Column,
    Link,
    Option,
    OptionGroup,
    PageHead,
    SelectField,
    Table,
    TableCell,
    TableRow,
    chosen,
)
from moothall.presenters.comparing.claims import (
    CLAIM_WORDS,
    WORDS,
    CheckedClaim,
    Word,
    check_claim,
    claim_sentence,
    figure_sentences,
    why_sentences,
)
from moothall.presenters.downloads.names import CLAIM
from moothall.presenters.figures.cohort import cohorts_of, latest_standing, standing_of
from moothall.presenters.figures.comparators import relative_words
from moothall.presenters.figures.reading import FigureStore, authorities_by_name, live_metrics
from moothall.presenters.figures.views import has_cell
from moothall.presenters.metric.metric_definition import caveat_sentences
from moothall.presenters.metric.metric_page import has_figures
from moothall.presenters.shared_by_councils.replies import ReplyView, replies_of
from moothall.presenters.wording.figure_words import OwnFigure
from moothall.presenters.wording.numbers import exact_middle_text, exact_value_text, limits_text, number_text
from moothall.presenters.wording.words import capital_first, group_noun

TITLE = "Check a claim"
LEAD = (
    "Somebody says that a council is the highest, above the middle, or getting worse on something. Choose what is "
    "claimed, and we hold it against the published figures."
)
GROUPS = {"same-type": "councils of the same type", "similar": "similar councils", "region": "councils in its region"}
EVERYBODY = ("england", "all councils in England")


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A checked claim as the page shows it."""

    sentence: str
    verdict: str
    why: tuple[str, ...]
    paragraph: tuple[str, ...]
    replies: tuple[ReplyView, ...]
    numbers: Table
    caveats: tuple[str, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ClaimsPage:
    """Everything that the page shows; ``view`` is None until a claim has been made."""

    head: PageHead
    title: str
    lead: str
    form: ChooseForm
    view: ClaimView | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an address chooses; None for what it leaves open."""

    authority: Authority | None = None
    metric: Metric | None = None
    group: Group | None = None
    period: Period | None = None
    word: Word | None = None
    group_word: str = ""


def make_claims_page(store: FigureStore, choice: Chosen) -> ClaimsPage:
    """The page: the form, and the answer once council, metric and claim are chosen."""
    found = checked_claim(store, choice)
    head = _head(found)
    view = _view(store, found) if found else None
    return ClaimsPage(head, TITLE, LEAD, _form(store, choice), view)


def checked_claim(store: FigureStore, choice: Chosen) -> CheckedClaim | None:
    """The answer; None until council, metric and claim are chosen."""
    authority, metric, word = choice.authority, choice.metric, choice.word
    if authority is None or metric is None or word is None or choice.group is None:
        return None
    period = choice.period or claim_period(store, metric, authority)
    cohort = cohorts_of(store).at(metric.id, choice.group, period)
    return check_claim(store, OwnFigure(cohort, authority, standing_of(store, metric, authority, period)), word)


def claim_period(store: FigureStore, metric: Metric, authority: Authority) -> Period:
    """The newest period in which a council has a row for a metric; the metric's newest where it never has."""
    standing = latest_standing(store, metric, authority)
    return standing.period if standing else store.panel(metric.id).periods[-1]


def _head(found: CheckedClaim | None) -> PageHead:
    crumbs = (("Home", "/"), (TITLE, None))
    title = claim_sentence(found).removeprefix("Claim: ").removesuffix(".") if found else TITLE
    return PageHead(f"{TITLE}: {title}" if found else TITLE, "compare", crumbs, LEAD, files=CLAIM if found else ())


def _view(store: FigureStore, found: CheckedClaim) -> ClaimView:
    own = found.own
    return ClaimView(
        sentence=claim_sentence(found),
        verdict=found.verdict,
        why=tuple(why_sentences(store, found)),
        paragraph=tuple(figure_sentences(store, found)),
        replies=replies_of(store).beside(own.cohort.metric.id, own.authority, own.standing.period.slug),
        numbers=_numbers(found),
        caveats=caveat_sentences(store, own.cohort.metric),
        links=tuple(_links(store, found)),
    )


def _numbers(found: CheckedClaim) -> Table:
    rows = tuple(TableRow((TableCell(name), TableCell(text))) for name, text in _facts(found))
    return Table("claim-numbers", "The numbers behind the answer", (Column("What"), Column("Number")), rows)


def _facts(found: CheckedClaim) -> Iterator[tuple[str, str]]:
    own, metric = found.own, found.own.cohort.metric
    summary, judged = own.cohort.summary, own.cohort.judged(own.authority.code)
    if own.standing.value is not None:
        yield f"{own.authority.short_name}, {own.standing.period.label}", exact_value_text(own.standing.value, metric)
    if judged.lower is not None and judged.upper is not None:
        yield "95% limits", limits_text(judged.lower, judged.upper, metric)
    if summary.median is not None:
        yield "Middle figure of the group", exact_middle_text(summary.median, metric)
    if summary.lower_quartile is not None and summary.upper_quartile is not None:
        yield "Middle half", limits_text(summary.lower_quartile, summary.upper_quartile, metric)
    yield "Councils in the group with a figure", f"{number_text(summary.n)} of {number_text(len(own.cohort.members))}"
    if own.position.tied > 1:
        yield "Councils that share the figure", number_text(own.position.tied)


def _links(store: FigureStore, found: CheckedClaim) -> Iterator[Link]:
    own, metric = found.own, found.own.cohort.metric
    choices = {"authority": own.authority.slug, "group": own.cohort.group.id, "period": own.standing.period.slug}
    noun = group_noun(own.cohort.group)
    yield Link(f"All figures of {noun}, by name", metric_address(metric.id, **choices))
    yield Link(f"Map of {noun}", metric_map_address(metric.id, **choices))
    if has_cell(store, metric, own.authority, own.standing.period):
        trail = trail_address(metric.id, own.authority.slug, own.standing.period.slug)
        yield Link("The file and cell that the figure comes from", trail)
    yield Link("Why there is no ranking here", NO_RANKING)


def _form(store: FigureStore, choice: Chosen) -> ChooseForm:
    own = choice.authority.slug if choice.authority else ""
    councils = [("", "Choose a council"), *((a.slug, a.short_name) for a in authorities_by_name(store))]
    groups = [*((word, text) for word, text in GROUPS.items() if word in relative_words(store)), EVERYBODY]
    claims = [("", "Choose a claim"), *((word.value, capital_first(CLAIM_WORDS[word])) for word in WORDS)]
    fields = (
        SelectField("authority", "authority", "Council", chosen(councils, own)),
        SelectField("metric", "metric", "On", groups=_metrics(store, choice.metric)),
        SelectField("claim", "claim", "Is said to be", chosen(claims, choice.word.value if choice.word else "")),
        SelectField("group", "group", "Among", chosen(groups, choice.group_word or "same-type")),
        *_periods(store, choice),
    )
    return ChooseForm(CLAIMS_ADDRESS, TITLE, fields, button="Check")


def _metrics(store: FigureStore, own: Metric | None) -> tuple[OptionGroup, ...]:
    live = [metric for metric in live_metrics(store) if has_figures(store, metric)]
    first = OptionGroup("No metric", (Option("", "Choose a metric", own is None),))
    named = [
        OptionGroup(theme.title, tuple(Option(m.id, m.title, m is own) for m in live if m.theme == theme.id))
        for theme in store.catalogue.themes.values()
    ]
    return (first, *(group for group in named if group.options))


def _periods(store: FigureStore, choice: Chosen) -> Iterator[SelectField]:
    """The periods of the metric, once one is chosen: each metric has its own."""
    if choice.metric and has_figures(store, choice.metric):
        periods = [(p.slug, p.label) for p in reversed(store.panel(choice.metric.id).periods)]
        own = choice.period.slug if choice.period else ""
        yield SelectField("period", "period", "Period", chosen([("", "The newest"), *periods], own))
