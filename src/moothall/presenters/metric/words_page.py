"""The pages on words: every rule of sentences with an example, and the rules and inputs behind one figure's words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from moothall.analytics.groups import Group
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.period import Period
from moothall.domain.wording import Comparison, Condition, Length, Matter, Rule
from moothall.presenters.addresses import metric_address, reply_form_address, rule_address
from moothall.presenters.blocks import Column, Link, PageHead, Table, TableCell, TableRow
from moothall.presenters.figures.cohort import cohorts_of, standing_of
from moothall.presenters.figures.reading import FigureStore, kept_by_store
from moothall.presenters.shared_by_councils.replies import ReplyView, replies_of
from moothall.presenters.wording.figure_words import OwnFigure, standing_cell
from moothall.presenters.wording.numbers import count_text
from moothall.presenters.wording.paragraph import paragraph
from moothall.presenters.wording.sentences import Said, sentences_of
from moothall.presenters.wording.words import capital_first, group_noun, joined

EXAMPLES = {
    "name": "Leeds",
    "own-name": "Bradford",
    "metric": "Recycling rate",
    "period": "2022-23",
    "newest": "2022-23",
    "when": "in 2022-23",
    "since": "2020-21",
    "before": "2021-22",
    "worse": "2017-18",
    "better": "2020-21",
    "flagged": "2019-20",
    "value": "38.2%",
    "own-value": "31.0%",
    "value-worse": "29.4%",
    "from": "41.0%",
    "to": "38.2%",
    "low": "31.5%",
    "high": "44.0%",
    "first": "41.0% (2018-19)",
    "last": "38.2% (2022-23)",
    "middle": "39.0%",
    "verb": "recycled 38.2% of household waste",
    "figure": "Leeds, 2022-23: 38.2%",
    "councils": "similar councils",
    "others": "its 15 similar councils",
    "all": "all 16",
    "type": "county councils",
    "above": "9",
    "below": "5",
    "same": "2",
    "rank": "joint 10th to 12th of 16",
    "tied": "3",
    "n": "16",
    "known": "2",
    "members": "16",
    "least": "10",
    "least-for-bands": "10",
    "least-for-middle": "3",
    "day": "1 April 2021",
    "reason": "Garden waste is counted from then on.",
    "breaks": "2",
    "rhythm": "every year",
    "shown": "2 to look into",
    "chance": "about 1",
    "left-out": "2 figures",
    "years": "5",
    "turned": "2",
    "eligible": "120 councils",
    "everywhere": "9",
    "cannot-say": "It does not say what became of the waste.",
    "own": "How much of it is garden waste?",
}
"""What stands for each token in an example; the figures are made up."""

EXAMPLES_OF = {
    Matter.REFUSAL: {"all": "the 16 councils in this group"},
    Matter.DRAWING: {"all": "16 councils in this group"},
    Matter.MISSING: {"reason": "The council did not send a figure."},
    Matter.TESTED: {"tested": "143 figures", "flagged": "2"},
    Matter.WHO_DOES_BETTER: {"better": "3", "all": "the 16 councils in this group"},
    Matter.NOT_JUDGED: {"reason": "more is not better"},
    Matter.POLARITY: {"reason": "What is recycled need not be burnt or buried."},
}
"""Tokens that mean something else in one matter."""

LENGTH_WORDS = {
    Length.CELL: "in a cell",
    Length.SENTENCE: "as a sentence",
    Length.PART: "in a paragraph",
    Length.QUESTION: "as a question",
}


@dataclass(frozen=True, slots=True)
class RuleView:
    """One rule: where it is, when it holds, what it says in an example, and why it is there."""

    id: str
    holds: str
    because: str
    texts: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class MatterView:
    """The rules of one matter, in the order in which they are tried."""

    id: str
    title: str
    about: str
    rules: tuple[RuleView, ...]


@dataclass(frozen=True, slots=True)
class WordsPage:
    """Every rule of sentences."""

    head: PageHead
    count: str
    matters: tuple[MatterView, ...]
    index: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SaidView:
    """One sentence about a figure, the rule that chose it, and what the rule read and filled in."""

    text: str
    length: str
    rule: Link
    holds: str
    inputs: Table | None
    reply: Link


@dataclass(frozen=True, slots=True)
class FigureWordsPage:
    """The rules and inputs behind every sentence that a page says of one figure."""

    head: PageHead
    title: str
    back: Link
    replies: tuple[ReplyView, ...]
    said: tuple[SaidView, ...]


@kept_by_store
def make_words_page(store: FigureStore) -> WordsPage:
    """All rules, by matter."""
    catalogue = store.catalogue
    matters = tuple(_matter_view(matter, rules, catalogue.matters) for matter, rules in catalogue.words.items())
    head = PageHead(
        "How sentences are chosen",
        "about",
        (("Home", "/"), ("Methods", "/methods"), ("Words", None)),
        "Every sentence about a figure is chosen by a rule from numbers.",
    )
    count = count_text(sum(len(matter.rules) for matter in matters), "rule")
    return WordsPage(head, count, matters, tuple(Link(matter.title, f"#{matter.id}") for matter in matters))


def _matter_view(matter: Matter, rules: Iterable[Rule], abouts: Mapping[Matter, str]) -> MatterView:
    views = tuple(_rule_view(rule) for rule in rules)
    return MatterView(f"matter-{matter}", capital_first(matter.replace("-", " ")), abouts.get(matter, ""), views)


def _rule_view(rule: Rule) -> RuleView:
    texts = tuple(
        (LENGTH_WORDS[length], template, template.format_map(example_tokens(rule.matter)))
        for length, template in rule.texts.items()
    )
    return RuleView(rule.id, conditions_words(rule), rule.because, texts)


def example_tokens(matter: Matter) -> dict[str, str]:
    """What an example of a matter is filled with."""
    return {**EXAMPLES, **EXAMPLES_OF.get(matter, {})}


def conditions_words(rule: Rule) -> str:
    """When a rule holds, in words: ``when judgement is better, and origin is funnel``."""
    told = ", and ".join(condition_words(condition) for condition in rule.conditions)
    return f"when {told}" if told else "where no rule above it does"


_COMPARED = {
    Comparison.IS: "is",
    Comparison.NOT: "is not",
    Comparison.ABOVE: "is above",
    Comparison.BELOW: "is below",
    Comparison.AT_LEAST: "is at least",
    Comparison.AT_MOST: "is at most",
}


def condition_words(condition: Condition) -> str:
    """One condition in words."""
    return f"{condition.fact} {_COMPARED[condition.comparison]} {' or '.join(condition.operands)}"


def make_figure_words_page(
    store: FigureStore, metric: Metric, authority: Authority, group: Group, period: Period
) -> FigureWordsPage:
    """The rules and inputs behind the words about one figure in one group."""
    cohort = cohorts_of(store).at(metric.id, group, period)
    own = OwnFigure(cohort, authority, standing_of(store, metric, authority, period))
    cell, parts = standing_cell(sentences_of(store), own), paragraph(store, own)
    title = f"Why these words: {metric.title}, {authority.short_name} and {group_noun(group)}, {period.label}"
    crumbs = (("Home", "/"), ("Metrics", "/metrics"), (metric.title, metric_address(metric.id)), ("Words", None))
    rules = {rule.id: rule for rules in store.catalogue.words.values() for rule in rules}
    lengths = ["in a cell", *("in a paragraph" for _ in parts)]
    return FigureWordsPage(
        PageHead(title, "metrics", crumbs, "Each sentence with the rule that chose it and the numbers it read."),
        title,
        Link(metric.title, metric_address(metric.id, authority=authority.slug, group=group.id, period=period.slug)),
        replies_of(store).beside(metric.id, authority, period.slug),
        tuple(
            _said_view(number, said, length, rules[said.rule], _reply_link(own, said))
            for number, (said, length) in enumerate(zip([cell, *parts], lengths, strict=True), start=1)
        ),
    )


def _reply_link(own: OwnFigure, said: Said) -> Link:
    """Where a lead of the council replies to a sentence."""
    choices = {"group": own.cohort.group.id, "rule": said.rule}
    form = reply_form_address(own.cohort.metric.id, own.authority.slug, own.standing.period.slug, **choices)
    return Link("Do you speak for this council? Reply to these words", form)


def _said_view(number: int, said: Said, length: str, rule: Rule, reply: Link) -> SaidView:
    rows = [*_input_rows("read", said.facts), *_input_rows("filled in", _used_tokens(said, rule))]
    columns = (Column("Name"), Column("What it is"), Column("What for"))
    caption = f"What went into sentence {number}"
    table = Table(f"inputs-{number}", caption, columns, tuple(rows), True) if rows else None
    return SaidView(said.text, length, Link(said.rule, rule_address(said.rule)), conditions_words(rule), table, reply)


def _used_tokens(said: Said, rule: Rule) -> dict[str, str]:
    """The tokens that a text of the rule has."""
    templates = joined(list(rule.texts.values()))
    return {name: text for name, text in said.tokens.items() if f"{{{name}}}" in templates}


def _input_rows(use: str, inputs: Mapping[str, object]) -> Iterable[TableRow]:
    for name, value in inputs.items():
        shown = str(value).lower() if isinstance(value, bool) else str(value)
        yield TableRow((TableCell(name), TableCell(shown or "nothing"), TableCell(use)))
