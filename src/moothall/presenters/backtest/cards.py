"""The model card and the algorithmic transparency record: filled in from the build, gaps said as gaps."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from moothall.domain.backtest import EventKind, Method
from moothall.domain.period import day_text
from moothall.domain.signal import Lens, SignalStatus
from moothall.presenters.addresses import BACKTEST, EARLY_WARNING, MODEL_CARD, TRANSPARENCY_RECORD, actions_address
from moothall.presenters.backtest.card_text import MODEL_CARD_TEXT, TRANSPARENCY_TEXT, Sections
from moothall.presenters.backtest.freeze import freeze_of, freeze_sentence
from moothall.presenters.backtest.model_words import WHAT_IT_IS, model_sentences
from moothall.presenters.backtest.pages import MIDDLE_HORIZON, gaps_of, limits_of
from moothall.presenters.backtest.words import EVENT_MEANINGS, compare_sentence, found_sentence, lens_title
from moothall.presenters.blocks import Link, PageHead, SummaryRow
from moothall.presenters.figures.reading import FigureStore, kept_by_store
from moothall.presenters.warning.lens_words import chance_sentence
from moothall.presenters.wording.numbers import count_text

CARD_TITLE = "Model card of the signs"
RECORD_TITLE = "Algorithmic transparency record of the signs"
RECORD_LEAD = (
    "Under the headings of the Algorithmic Transparency Recording Standard, filled in by us. It is not in the "
    "government's repository."
)
STAR = "*"
"""How a key begins that stands for rows of the build."""

Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CardSection:
    """One heading with what is said under it."""

    id: str
    title: str
    rows: tuple[SummaryRow, ...]


@dataclass(frozen=True, slots=True)
class CardPage:
    """A whole card."""

    head: PageHead
    title: str
    lead: str
    sections: tuple[CardSection, ...]
    links: tuple[Link, ...]


@kept_by_store
def make_model_card(store: FigureStore) -> CardPage:
    """The card of the rules and of the small fitted model."""
    lead = "What the rules are, what they were tested on, and what they cannot do."
    return _page(store, CARD_TITLE, lead, MODEL_CARD_TEXT)


@kept_by_store
def make_transparency_record(store: FigureStore) -> CardPage:
    """The record under the headings of the United Kingdom's Algorithmic Transparency Recording Standard, version 3."""
    return _page(store, RECORD_TITLE, RECORD_LEAD, TRANSPARENCY_TEXT)


def _page(store: FigureStore, title: str, lead: str, text: Sections) -> CardPage:
    crumbs = (("Home", "/"), ("Signs worth asking about", EARLY_WARNING), (title, None))
    facts, lists = _facts(store), _lists(store)
    others = ((CARD_TITLE, MODEL_CARD), (RECORD_TITLE, TRANSPARENCY_RECORD))
    return CardPage(
        head=PageHead(title, "about", crumbs, lead),
        title=title,
        lead=lead,
        sections=tuple(CardSection(_id(heading), heading, tuple(_rows(rows, facts, lists))) for heading, rows in text),
        links=(
            Link("How often the signs were right", BACKTEST),
            *(Link(name, href) for name, href in others if name != title),
            Link("The register of formal actions", actions_address()),
        ),
    )


def _id(heading: str) -> str:
    return "card-" + re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")


def _rows(rows: Rows, facts: Mapping[str, str], lists: Mapping[str, Rows]) -> Iterator[SummaryRow]:
    for key, text in rows:
        if not key.startswith(STAR):
            yield SummaryRow(key, text.format_map(facts))
            continue
        prefix, name = ("", key[1:]) if key[1:] in lists else (key[1:], "performance")
        yield from (SummaryRow(f"{prefix}{own}", said) for own, said in lists[name])


def _facts(store: FigureStore) -> dict[str, str]:
    """What the braces of the cards stand for."""
    end = store.catalogue.formal_actions.complete_to
    return {
        "rules": rule_counts(store),
        "version": freeze_sentence(freeze_of(store)),
        "model": WHAT_IT_IS,
        "size": _size(store),
        "fiscal": EVENT_MEANINGS[EventKind.FISCAL],
        "governance": EVENT_MEANINGS[EventKind.GOVERNANCE],
        "variants": count_text(len(store.catalogue.variants), "set of rules", "sets of rules"),
        "chance": chance_sentence(),
        "end": day_text(end) if end else "no day",
        "gaps": gaps_of(),
    }


def _lists(store: FigureStore) -> dict[str, Rows]:
    """The rows that the stars of the cards stand for."""
    model = model_sentences(store.backtest.hazard if store.backtest else None)[1:]
    return {
        "performance": performance(store),
        "model": tuple((f"Point {n}", text) for n, text in enumerate(model, start=1)),
        "limits": tuple((f"Limit {n}", text) for n, text in enumerate(limits_of(store), start=1)),
    }


def _size(store: FigureStore) -> str:
    tests = store.backtest.main_tests(Lens.RESILIENCE) if store.backtest else ()
    if not tests:
        return "Nothing has been tested in this build."
    return f"{count_text(tests[0].of(Method.LOOK_CLOSER).n, 'council')} at risk, counted at each date."


def rule_counts(store: FigureStore) -> str:
    """How many rules there are in each lens, and how many wait for figures."""
    signals = list(store.catalogue.signals.values())
    live = [signal for signal in signals if signal.status is SignalStatus.LIVE]
    parts = [
        f"{count_text(sum(s.lens is lens for s in live), 'rule')} in the lens {lens_title(store, lens).lower()}"
        for lens in Lens
    ]
    awaiting = count_text(len(signals) - len(live), "more waits", "more wait")
    return f"{'; '.join(parts)}. {awaiting} for figures that nobody has given us."


def performance(store: FigureStore) -> Rows:
    """What each lens found within the middle horizon, and the plain rules that do better."""
    result = store.backtest
    if result is None:
        return (("Not tested", "No back-test is kept in this build."),)
    tests = [test for lens in Lens for test in result.main_tests(lens) if test.horizon == MIDDLE_HORIZON]
    return tuple((lens_title(store, t.lens), f"{found_sentence(t)} {compare_sentence(t)}") for t in tests)
