"""How to read signs: the overview, the page of each lens, and the page of each rule with its record."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from moothall.analytics.calibration import chance_right
from moothall.analytics.groups import TYPE_TITLES
from moothall.analytics.signals import BANDS
from moothall.domain.period import day_text
from moothall.domain.signal import LensBand, LensRule, Signal, SignalStatus
from moothall.presenters.addresses import (
    BACKTEST,
    EARLY_WARNING,
    MODEL_CARD,
    TRANSPARENCY_RECORD,
    actions_address,
    backtest_lens_address,
    lens_address,
    metric_address,
    signal_address,
)
from moothall.presenters.blocks import Column, Link, PageHead, SummaryRow, Table, TableCell, TableRow
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.warning.lens_readings import kept_readings
from moothall.presenters.warning.lens_words import (
    BAND_WORDS,
    NOT_A_FORECAST,
    ROLE_WORDS,
    SENSITIVITY,
    SPECIFICITY,
    age_words,
    chance_sentence,
    fixed_words,
    rule_sentences,
)
from moothall.presenters.warning.sign_records import band_record, sign_record
from moothall.presenters.warning.silent_rules import silent_rules
from moothall.presenters.wording.numbers import count_text, number_text
from moothall.presenters.wording.words import capital_first

TITLE = "Signs worth asking about"

BAND_MEANINGS = (
    ("No unusual sign", "Enough could be assessed, and no sign is present."),
    ("Watch", "Signs of one kind are present."),
    ("Look closer", "Signs of two or more kinds are present. Two signs of one kind count once."),
    ("Cannot say", "Too little could be assessed for silence to mean anything."),
)

IT_IS_NOT = (
    NOT_A_FORECAST,
    "It is no score. The three lenses are never added up, and no page or file puts councils in order by them.",
    "It says nothing of how well a council is run from day to day, nor of what only its auditor can see.",
    "A council without signs has not been cleared: most rules cannot be assessed from what is published today.",
    "The rules were written in 2026 by people who knew which councils had met formal actions since 2012. Their "
    "thresholds come from guidance or are a tenth of the type, but which figures to look at could not be unknown.",
)

PREVALENCES = (0.01, 0.02, 0.05, 0.1)
"""Of how many councils in a hundred the arithmetic is printed."""


@dataclass(frozen=True, slots=True)
class LensLink:
    """A lens in a list: what it looks for, and how many rules it has."""

    title: str
    href: str
    looks_for: str
    count: str


@dataclass(frozen=True, slots=True)
class EarlyWarningPage:
    """Everything that the overview shows."""

    head: PageHead
    lenses: tuple[LensLink, ...]
    bands: tuple[tuple[str, str], ...]
    chance: str
    arithmetic: Table
    is_not: tuple[str, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class LensPage:
    """Everything that the page of a lens shows."""

    head: PageHead
    title: str
    looks_for: str
    band_reason: str
    chance: str
    bands: Table
    silent: Table | None
    families: tuple[tuple[str, tuple[Link, ...]], ...]
    awaited: tuple[Link, ...]
    backtest: Link


@dataclass(frozen=True, slots=True)
class SignalPage:
    """Everything that the page of a rule shows."""

    head: PageHead
    title: str
    why: str
    is_awaited: bool
    rule: tuple[str, ...]
    rows: tuple[SummaryRow, ...]
    record: str
    chance: str
    questions: tuple[tuple[str, str], ...]
    harmless: tuple[str, ...]


def make_early_warning_page(store: FigureStore) -> EarlyWarningPage:
    """The overview."""
    lenses = store.catalogue.lenses.values()
    return EarlyWarningPage(
        head=PageHead(TITLE, "about", (("Home", "/"), (TITLE, None)), "How to read warning signs in council figures."),
        lenses=tuple(_lens_link(store, rule) for rule in lenses),
        bands=BAND_MEANINGS,
        chance=chance_sentence(),
        arithmetic=_arithmetic(),
        is_not=IT_IS_NOT,
        links=(
            Link("How often the signs were right", BACKTEST, "the back-test"),
            Link("The method, with examples", "/methods/signals"),
            Link("Formal actions on record", actions_address()),
            Link("Model card", MODEL_CARD),
            Link("Algorithmic transparency record", TRANSPARENCY_RECORD),
        ),
    )


def _lens_link(store: FigureStore, rule: LensRule) -> LensLink:
    live = [s for s in _signals_of(store, rule) if s.status is SignalStatus.LIVE]
    return LensLink(rule.title, lens_address(rule.lens), rule.looks_for, count_text(len(live), "rule"))


def _arithmetic() -> Table:
    """How often a good rule is right, by how rare the thing is."""
    columns = (
        Column("Councils in a hundred that meet a formal action", wraps=True),
        Column("Of a hundred signs, how many are right", numeric=True, wraps=True),
        Column("and how many are not", numeric=True, wraps=True),
    )
    rights = [(share, chance_right(share, SENSITIVITY, SPECIFICITY)) for share in PREVALENCES]
    rows = tuple(
        TableRow(
            (
                TableCell(number_text(share * 100)),
                TableCell(number_text(right * 100, 1), numeric=True),
                TableCell(number_text(100 - right * 100, 1), numeric=True),
            )
        )
        for share, right in rights
    )
    caption = (
        f"A rule that sees {SENSITIVITY:.0%} of formal actions coming and keeps quiet about {SPECIFICITY:.0%} of the "
        "other councils"
    )
    return Table("arithmetic", caption, columns, rows)


def _signals_of(store: FigureStore, rule: LensRule) -> list[Signal]:
    return [signal for signal in store.catalogue.signals.values() if signal.lens is rule.lens]


# ---------------------------------------------------------------- a lens


def make_lens_page(store: FigureStore, rule: LensRule, today: date) -> LensPage:
    """The page of a lens: its rules by family, what its bands mean and how often they were right."""
    signals = _signals_of(store, rule)
    crumbs = (("Home", "/"), (TITLE, EARLY_WARNING), (rule.title, None))
    return LensPage(
        head=PageHead(f"{TITLE}: {rule.title}", "about", crumbs, rule.looks_for),
        title=rule.title,
        looks_for=rule.looks_for,
        band_reason=rule.band_reason,
        chance=chance_sentence(),
        bands=_bands(store, rule, today),
        silent=silent_rules(store, rule, today),
        families=tuple(_families(rule, signals)),
        awaited=tuple(
            Link(s.title, signal_address(s.id), s.publisher) for s in signals if s.status is not SignalStatus.LIVE
        ),
        backtest=Link("This lens in the back-test, by date and by name", backtest_lens_address(rule.lens)),
    )


def _families(rule: LensRule, signals: list[Signal]) -> Iterator[tuple[str, tuple[Link, ...]]]:
    for family in rule.families:
        live = [s for s in signals if s.family == family.id and s.status is SignalStatus.LIVE]
        if live:
            yield family.title, tuple(Link(s.title, signal_address(s.id)) for s in live)


def _bands(store: FigureStore, rule: LensRule, today: date) -> Table:
    """How many councils have each band today, and what became of those that had it before."""
    found = kept_readings(store, today)
    counts = Counter(BANDS[code] for code in found.lenses[rule.lens].bands.tolist())
    columns = (Column("Reading"), Column("Councils today", numeric=True), Column("How often it was right", wraps=True))
    rows = tuple(
        TableRow(
            (
                TableCell(BAND_WORDS[band]),
                TableCell(number_text(counts[band]), numeric=True),
                TableCell(_record_text(store, rule, band)),
            )
        )
        for band in (LensBand.NO_UNUSUAL_SIGNAL, LensBand.WATCH, LensBand.LOOK_CLOSER, LensBand.CANNOT_SAY)
    )
    return Table("bands", f"Readings of all councils in this lens on {day_text(today)}", columns, rows)


def _record_text(store: FigureStore, rule: LensRule, band: LensBand) -> str:
    return "It says nothing." if band is LensBand.CANNOT_SAY else band_record(store, rule.lens, band)


# ---------------------------------------------------------------- a rule


def make_signal_page(store: FigureStore, signal: Signal) -> SignalPage:
    """The page of a rule: when it speaks, why there, what could explain it, and how often it was right."""
    rule = store.catalogue.lenses[signal.lens]
    crumbs = (("Home", "/"), (TITLE, EARLY_WARNING), (rule.title, lens_address(rule.lens)), (signal.title, None))
    is_awaited = signal.status is not SignalStatus.LIVE
    return SignalPage(
        head=PageHead(f"Sign: {signal.title}", "about", crumbs, signal.why),
        title=signal.title,
        why=signal.why,
        is_awaited=is_awaited,
        rule=() if is_awaited else (*rule_sentences(signal), fixed_words(signal)),
        rows=tuple(_awaited_rows(signal, rule) if is_awaited else _rows(store, signal, rule)),
        record=sign_record(store, signal),
        chance=chance_sentence(),
        questions=tuple((ROLE_WORDS[question.ask], question.text) for question in signal.questions),
        harmless=signal.harmless,
    )


def _awaited_rows(signal: Signal, rule: LensRule) -> Iterator[SummaryRow]:
    yield SummaryRow("Lens", rule.title, lens_address(rule.lens))
    yield SummaryRow("What is missing", signal.awaiting or "")
    yield SummaryRow("Who publishes it", signal.publisher or "", signal.landing_page)


def _rows(store: FigureStore, signal: Signal, rule: LensRule) -> Iterator[SummaryRow]:
    family = next(family for family in rule.families if family.id == signal.family)
    yield SummaryRow("Lens", rule.title, lens_address(rule.lens))
    yield SummaryRow("Kind of sign", family.title, note="signs of one kind count once")
    for id_ in signal.metrics:
        yield SummaryRow("Figure", store.catalogue.metrics[id_].title, metric_address(id_))
    yield SummaryRow("Why this side", signal.sign_reason)
    yield SummaryRow("Why this threshold", signal.threshold_reason)
    yield SummaryRow("Where that comes from", signal.threshold_source)
    yield SummaryRow("How old a figure may be", age_words(signal.oldest_months).removesuffix(" old"))
    yield SummaryRow("Whom it looks at", _types_text(store, signal))
    if signal.unless:
        yield SummaryRow("Of whom it does not speak", signal.unless.because)
    if signal.leaves_out:
        first, last = day_text(signal.leaves_out.first), day_text(signal.leaves_out.last)
        yield SummaryRow("Years left out", f"{signal.leaves_out.because} ({first} to {last})")


def _types_text(store: FigureStore, signal: Signal) -> str:
    types = {kind for id_ in signal.metrics for kind in store.catalogue.metrics[id_].applies_to if kind.is_principal}
    named = ", ".join(title for kind, title in TYPE_TITLES.items() if kind in types)
    return capital_first(f"{named}, each beside its own type")
