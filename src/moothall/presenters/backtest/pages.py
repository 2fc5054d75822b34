"""The pages of the back-test: the report, a lens at one horizon, and the worked example."""

from collections.abc import Sequence
from dataclasses import dataclass

from moothall.domain.backtest import BacktestResult, EventKind, HazardReport, LensTest, Seen, Variant
from moothall.domain.period import day_text
from moothall.domain.signal import Lens
from moothall.presenters.addresses import (
    BACKTEST,
    BACKTEST_EXAMPLE,
    EARLY_WARNING,
    MODEL_CARD,
    TRANSPARENCY_RECORD,
    actions_address,
    authority_address,
    authority_signs_address,
    backtest_lens_address,
)
from moothall.presenters.backtest.freeze import freeze_of, freeze_sentence
from moothall.presenters.backtest.inputs import inputs_digest
from moothall.presenters.backtest.model_words import model_sentences
from moothall.presenters.backtest.tables import (
    band_table,
    is_type,
    is_without_two,
    method_table,
    model_tables,
    origin_table,
    overview_table,
    signal_table,
    type_table,
)
from moothall.presenters.backtest.words import (
    COUNTED_OFTEN,
    EVENT_MEANINGS,
    METHOD_MEANINGS,
    METHOD_WORDS,
    compare_sentence,
    found_sentence,
    horizon_text,
    lens_title,
)
from moothall.presenters.blocks import (
    ChooseForm,
    Column,
    Crumbs,
    Link,
    Notice,
    PageHead,
    SelectField,
    SummaryRow,
    Table,
    TableCell,
    TableRow,
    chosen,
)
from moothall.presenters.figures.reading import FigureStore, kept_by_store
from moothall.presenters.warning.actions import KIND_WORDS, decision_text
from moothall.presenters.warning.lens_words import chance_sentence
from moothall.presenters.wording.numbers import count_text
from moothall.presenters.wording.words import joined

TITLE = "How often the signs were right"
MIDDLE_HORIZON = 36
"""The horizon that is told first: long enough for a council to act, short enough to be remembered."""

NOT_RUN = Notice(
    "No back-test is kept in this build",
    "Run moothall backtest --write, then moothall build. Then this page is filled.",
)
STALE = Notice(
    "Made from earlier figures or rules",
    "The figures, the rules or the register have changed since this back-test was run. Its numbers are of that run.",
    kind="caution",
)


@dataclass(frozen=True, slots=True)
class LensSummary:
    """A lens in the report: what its flags found, and where plain rules are better."""

    id: str
    title: str
    meaning: str
    found: str
    compare: tuple[str, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class BacktestPage:
    """Everything that the report shows."""

    head: PageHead
    notices: tuple[Notice, ...]
    lead: str
    chance: str
    frozen: str
    limits: tuple[str, ...]
    lenses: tuple[LensSummary, ...]
    table: Table | None
    methods: tuple[tuple[str, str], ...]
    model: tuple[str, ...]
    model_tables: tuple[Table, ...]
    variants: tuple[SummaryRow, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class BacktestLensPage:
    """Everything that the page of a lens at one horizon shows."""

    head: PageHead
    title: str
    notices: tuple[Notice, ...]
    sentences: tuple[str, ...]
    chance: str
    form: ChooseForm
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class ExampleLens:
    """A lens in the worked example: who was flagged and what came, and who met an event without a flag."""

    id: str
    title: str
    sentence: str
    flagged: Table | None
    missed: Table | None


@dataclass(frozen=True, slots=True)
class ExamplePage:
    """Everything that the worked example shows."""

    head: PageHead
    lead: str
    chance: str
    notices: tuple[Notice, ...]
    lenses: tuple[ExampleLens, ...]


def _crumbs(*more: tuple[str, str | None]) -> Crumbs:
    return (("Home", "/"), ("Signs worth asking about", EARLY_WARNING), *more)


@kept_by_store
def _is_stale(store: FigureStore) -> bool:
    return store.backtest is not None and store.backtest.inputs != inputs_digest(store)


def _notices(store: FigureStore) -> tuple[Notice, ...]:
    if store.backtest is None:
        return (NOT_RUN,)
    return (STALE,) if _is_stale(store) else ()


def _lenses(result: BacktestResult | None) -> tuple[Lens, ...]:
    return tuple(lens for lens in Lens if result and result.main_tests(lens))


@kept_by_store
def make_backtest_page(store: FigureStore) -> BacktestPage:
    """The report: what was asked, what was found, where plain rules are better, and what it cannot say."""
    result, lenses = store.backtest, _lenses(store.backtest)
    return BacktestPage(
        head=PageHead(TITLE, "about", _crumbs((TITLE, None)), "Hits, misses and false alarms alike."),
        notices=_notices(store),
        lead=_lead(result, lenses),
        chance=chance_sentence(),
        frozen=freeze_sentence(freeze_of(store)),
        limits=limits_of(store),
        lenses=tuple(_summary(store, result, lens) for lens in lenses if result),
        table=overview_table(store, result, lenses) if result and lenses else None,
        methods=tuple((METHOD_WORDS[method], METHOD_MEANINGS[method]) for method in METHOD_WORDS),
        model=model_sentences(result.hazard if result else None),
        model_tables=_model_tables(result.hazard if result else None),
        variants=tuple(_variant_row(variant) for variant in store.catalogue.variants),
        links=(
            Link(
                "Worked example: 1 October 2018", BACKTEST_EXAMPLE, "who was flagged, and what came by the end of 2024"
            ),
            Link("The register of formal actions", actions_address(), "what counts as an event"),
            Link("The method in full", "/methods/back-test", "with the examples that test it"),
            Link("Model card", MODEL_CARD),
            Link("Algorithmic transparency record", TRANSPARENCY_RECORD),
        ),
    )


def _model_tables(report: HazardReport | None) -> tuple[Table, ...]:
    return model_tables(report) if report else ()


def _lead(result: BacktestResult | None, lenses: Sequence[Lens]) -> str:
    """The whole in two sentences: flags that were wrong, and whether plain rules do better."""
    if result is None or not lenses:
        return "Nothing has been tested yet."
    middle = [test for lens in lenses for test in result.main_tests(lens) if test.horizon == MIDDLE_HORIZON]
    better = [test for test in middle if "no plain rule" not in compare_sentence(test)]
    verdict = (
        f"In {len(better)} of the {count_text(len(middle), 'lens', 'lenses')} a plain rule does better than our signs."
        if better
        else "No plain rule does better than our signs."
    )
    return (
        f"Most flags are false alarms: a sign is a reason to ask, never a forecast. Asked for events within "
        f"{horizon_text(MIDDLE_HORIZON)}: {verdict}"
    )


def limits_of(store: FigureStore) -> tuple[str, ...]:
    """What the back-test cannot say, with the register's own limits."""
    register = store.catalogue.formal_actions
    end = day_text(register.complete_to) if register.complete_to else "no day"
    return (
        "The rules were written in 2026 by people who knew which councils had met events, and who had read a trial on "
        "the figures of 2017-18. Only which thresholds to use was fixed before any of these rules was run.",
        COUNTED_OFTEN,
        gaps_of(),
        f"The register runs to {end} and knows few events before 2018. {register.scope}".strip(),
        "A formal action is a decision by somebody. That none came does not show that nothing was wrong, and a council "
        "that acted on a warning in time counts here as a false alarm.",
    )


def gaps_of() -> str:
    """What the figures that we hold lack, and how days of publication count."""
    return (
        "The figures that we hold have gaps: no spending returns of 2013-14 and of 2018-19 to 2020-21, and loans only "
        "from 2017 on. Whoever asked at the time knew more. Where only the month of a release is known, its last day "
        "counts."
    )


def _summary(store: FigureStore, result: BacktestResult, lens: Lens) -> LensSummary:
    tests = result.main_tests(lens)
    middle = next((test for test in tests if test.horizon == MIDDLE_HORIZON), tests[0])
    return LensSummary(
        id=f"lens-{lens.value}",
        title=lens_title(store, lens),
        meaning=f"It is held against {EVENT_MEANINGS[middle.event]}.",
        found=found_sentence(middle),
        compare=tuple(compare_sentence(test) for test in tests),
        links=tuple(
            Link(f"Within {horizon_text(test.horizon)}", backtest_lens_address(lens, test.horizon), "by date and name")
            for test in tests
        ),
    )


def _variant_row(variant: Variant) -> SummaryRow:
    stage = variant.stage.value.replace("-", " ")
    result = f" What came of it: {variant.result}" if variant.result else ""
    return SummaryRow(
        f"{variant.id}, {day_text(variant.on)}", f"{variant.what} {variant.why}{result}", note=f"noted {stage}"
    )


def make_lens_page(store: FigureStore, lens: Lens, horizon: int) -> BacktestLensPage:
    """A lens at one horizon: every method, without Woking and Thurrock, by type, and each date by name."""
    result = store.backtest
    title = f"{TITLE}: {lens_title(store, lens).lower()}, within {horizon_text(horizon)}"
    tests = [t for t in result.tests if t.lens is lens and t.horizon == horizon] if result else []
    main = next((test for test in tests if test.is_main), None)
    crumb = (lens_title(store, lens), None)
    return BacktestLensPage(
        head=PageHead(title, "about", _crumbs((TITLE, BACKTEST), crumb), "Hits, misses and false alarms by name."),
        title=title,
        notices=_notices(store),
        sentences=(found_sentence(main), compare_sentence(main), _left_out(main), COUNTED_OFTEN) if main else (),
        chance=chance_sentence(),
        form=_form(result, lens, horizon),
        tables=tuple(_lens_tables(store, result, main, tests)) if result and main else (),
    )


def _left_out(test: LensTest) -> str:
    return (
        f"{count_text(test.left_out, 'council')} at some date {'is' if test.left_out == 1 else 'are'} left out because "
        f"nobody can say what came: the council ended first, or only the month or year of its event is known."
    )


def _form(result: BacktestResult | None, lens: Lens, horizon: int) -> ChooseForm:
    horizons = [test.horizon for test in result.main_tests(lens)] if result else [horizon]
    options = chosen([(str(months), horizon_text(months)) for months in horizons], str(horizon))
    field = SelectField("within", "within", "Events within", options)
    return ChooseForm(backtest_lens_address(lens), "Which horizon", (field,))


def _lens_tables(
    store: FigureStore, result: BacktestResult, main: LensTest, tests: Sequence[LensTest]
) -> Sequence[Table]:
    lens, horizon = main.lens, main.horizon
    without = next((test for test in tests if is_without_two(test)), None)
    either = next((test for test in tests if test.event is EventKind.EITHER), None)
    found = [method_table(main, "methods", "Our signs and plain rules on the same councils and events")]
    if without:
        found.append(method_table(without, "without-two", "The same without Woking and Thurrock"))
    if either:
        found.append(method_table(either, "either", "The same against events of either kind"))
    found.append(type_table([test for test in tests if is_type(test)]))
    found.append(band_table(result, lens, horizon))
    found.append(signal_table(store, result, lens, horizon))
    found.append(origin_table(store, [o for o in result.origins if o.lens is lens and o.horizon == horizon]))
    return [table for table in found if table.rows]


@kept_by_store
def make_example_page(store: FigureStore) -> ExamplePage:
    """The worked example: everyone flagged on one day, and everyone to whom an event came without a flag."""
    example = store.backtest.example if store.backtest else None
    title = "Worked example: 1 October 2018"
    head = PageHead(title, "about", _crumbs((TITLE, BACKTEST), (title, None)), "Who was flagged then, and what came.")
    if example is None:
        return ExamplePage(head, "Nothing has been tested yet.", chance_sentence(), _notices(store), ())
    lead = (
        f"Who was flagged on {day_text(example.origin)}, from what had been published by then, and what is on record "
        f"about each by {day_text(example.until)}. Councils stand by name."
    )
    lenses = {seen.lens for seen in (*example.flagged, *example.missed)}
    return ExamplePage(
        head, lead, chance_sentence(), _notices(store), tuple(_example(store, lens) for lens in Lens if lens in lenses)
    )


def _example(store: FigureStore, lens: Lens) -> ExampleLens:
    example = store.backtest.example if store.backtest else None
    flagged = [seen for seen in example.flagged if seen.lens is lens] if example else []
    missed = [seen for seen in example.missed if seen.lens is lens] if example else []
    came = sum(bool(seen.actions) for seen in flagged)
    sentence = (
        f"{count_text(len(flagged), 'council')} flagged. {count_text(came, 'of them has', 'of them have')} an event on "
        f"record since, {len(flagged) - came} none. {count_text(len(missed), 'council')} met the lens's first event "
        "without a flag."
    )
    title = lens_title(store, lens)
    return ExampleLens(
        id=f"lens-{lens.value}",
        title=title,
        sentence=sentence,
        flagged=_seen_table(store, f"flagged-{lens.value}", f"{title}: flagged", flagged),
        missed=_seen_table(store, f"missed-{lens.value}", f"{title}: an event came without a flag", missed),
    )


def _seen_table(store: FigureStore, id_: str, caption: str, seen: Sequence[Seen]) -> Table | None:
    columns = (Column("Council"), Column("On record since", wraps=True), Column("With age and record"))
    rows = tuple(_seen_row(store, each) for each in seen)
    return Table(id_, caption, columns, rows) if rows else None


def _seen_row(store: FigureStore, seen: Seen) -> TableRow:
    authority = store.catalogue.authorities[seen.authority]
    example = store.backtest.example if store.backtest else None
    day = example.origin if example else None
    return TableRow(
        (
            TableCell(authority.short_name, authority_address(authority.slug)),
            TableCell(_what_came(store, seen)),
            TableCell("signs then", authority_signs_address(authority.slug, day)),
        )
    )


def _what_came(store: FigureStore, seen: Seen) -> str:
    actions = [store.catalogue.formal_actions.actions[name] for name in seen.actions]
    told = [f"{KIND_WORDS[action.kind]}, {decision_text(action)}" for action in actions]
    before = ["its first event had come before that day"] if seen.already else []
    ended = [f"ended on {day_text(seen.ended)}"] if seen.ended else []
    return joined([*before, *(told or ["nothing of the kind"]), *ended])
