"""The tables of the back-test's pages. Councils stand by name, never by a number."""

from collections.abc import Iterable, Sequence

from moothall.domain.authority import AuthorityType
from moothall.domain.backtest import (
    BASELINES,
    WITHOUT_TWO,
    BacktestResult,
    Evaluation,
    HazardReport,
    LensTest,
    Method,
    OriginTest,
)
from moothall.domain.period import day_text
from moothall.domain.signal import Lens
from moothall.presenters.addresses import backtest_lens_address
from moothall.presenters.backtest.records import names_of
from moothall.presenters.backtest.words import (
    METHOD_WORDS,
    NONE,
    auc_text,
    horizon_text,
    lens_title,
    months_text,
    share_text,
    subset_text,
)
from moothall.presenters.blocks import Column, Table, TableCell, TableRow
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.warning.lens_words import BAND_WORDS
from moothall.presenters.wording.numbers import number_text

N = True
"""A column of numbers."""


def _row(*texts: str, href: str | None = None) -> TableRow:
    first, *rest = texts
    return TableRow((TableCell(first, href), *(TableCell(text) for text in rest)))


def overview_table(store: FigureStore, result: BacktestResult, lenses: Sequence[Lens]) -> Table:
    """Each lens within each horizon: our flags and what came, and the best plain rule beside ours."""
    columns = (
        Column("Lens"),
        Column("Within"),
        Column("Flags", N),
        Column("Followed by an event", N),
        Column("Events without a flag", N),
        Column("Right among the highest 20: ours", N),
        Column("Best plain rule"),
        Column("Events in the highest tenth: ours", N),
        Column("Best plain rule"),
    )
    rows = tuple(_overview_row(store, test) for lens in lenses for test in result.main_tests(lens))
    return Table("overview", "Our signs beside the best plain rule", columns, rows)


def _overview_row(store: FigureStore, test: LensTest) -> TableRow:
    own = test.of(Method.LOOK_CLOSER)
    plain = [test.of(method) for method in BASELINES]
    at_20 = max(plain, key=lambda e: e.precision_at_20 or 0.0)
    tenth = max(plain, key=lambda e: e.recall_at_tenth or 0.0)
    return _row(
        lens_title(store, test.lens),
        horizon_text(test.horizon),
        number_text(own.flags),
        number_text(own.hits),
        f"{number_text(own.misses)} of {number_text(own.events)}",
        share_text(own.precision_at_20),
        f"{share_text(at_20.precision_at_20)}, {METHOD_WORDS[at_20.method].lower()}",
        share_text(own.recall_at_tenth),
        f"{share_text(tenth.recall_at_tenth)}, {METHOD_WORDS[tenth.method].lower()}",
        href=backtest_lens_address(test.lens, test.horizon),
    )


METHOD_COLUMNS = (
    Column("Rule"),
    Column("Flags", N),
    Column("Hits", N),
    Column("Misses", N),
    Column("Right when it flags", N),
    Column("Events seen", N),
    Column("Right among highest 10", N),
    Column("20", N),
    Column("30", N),
    Column("Events in highest tenth", N),
    Column("AUC (95% interval)", N),
    Column("Months before", N),
)


def method_table(test: LensTest, id_: str, caption: str) -> Table:
    """Every method of a test, ours first."""
    return Table(id_, caption, METHOD_COLUMNS, tuple(map(_method_row, test.evaluations)))


def _method_row(found: Evaluation) -> TableRow:
    return _row(
        METHOD_WORDS[found.method],
        number_text(found.flags),
        number_text(found.hits),
        number_text(found.misses),
        share_text(found.precision),
        share_text(found.recall),
        share_text(found.precision_at_10),
        share_text(found.precision_at_20),
        share_text(found.precision_at_30),
        share_text(found.recall_at_tenth),
        auc_text(found),
        months_text(found.median_lead_months),
    )


def type_table(tests: Iterable[LensTest]) -> Table:
    """Our flags in each type of council."""
    columns = (
        Column("Councils"), Column("At risk, all dates", N), Column("Events", N), Column("Flags", N), Column("Hits", N),
        Column("AUC", N), Column("AUC of reserves alone", N),
    )  # fmt: skip
    rows = tuple(_type_row(test) for test in tests)
    return Table("by-type", "By type of council", columns, rows)


def _type_row(test: LensTest) -> TableRow:
    own = test.of(Method.LOOK_CLOSER)
    numbers = (own.n, own.events, own.flags, own.hits)
    plain = auc_text(test.of(Method.RESERVES_RATIO))
    return _row(subset_text(test.subset), *map(number_text, numbers), auc_text(own), plain)


def is_type(test: LensTest) -> bool:
    """True for a test of one type of council."""
    return test.subset in {kind.value for kind in AuthorityType}


def is_without_two(test: LensTest) -> bool:
    """True for a test without Woking and Thurrock."""
    return test.subset == WITHOUT_TWO


def origin_table(store: FigureStore, tests: Iterable[OriginTest]) -> Table:
    """Hits, misses and false alarms at each date, by name."""
    columns = (
        Column("Date"),
        Column("At risk", N),
        Column("Hits: flagged, and an event came", wraps=True),
        Column("Misses: an event came without a flag", wraps=True),
        Column("False alarms: flagged, and none came", wraps=True),
    )
    rows = tuple(
        _row(
            day_text(test.origin),
            number_text(test.n),
            *(", ".join(names_of(store, codes)) or NONE for codes in (test.hits, test.missed, test.false_alarms)),
        )
        for test in tests
    )
    return Table("by-date", "At each date, by name", columns, rows)


def band_table(result: BacktestResult, lens: Lens, horizon: int) -> Table:
    """How often each band was followed by an event."""
    columns = (Column("Band"), Column("Councils, all dates", N), Column("Met an event", N), Column("Share", N))
    found = [b for b in result.bands if b.lens is lens and b.horizon == horizon]
    rows = tuple(
        _row(BAND_WORDS[b.band], number_text(b.n), number_text(b.events), share_text(b.events / b.n)) for b in found
    )
    return Table("bands", "The record of each band", columns, rows)


def signal_table(store: FigureStore, result: BacktestResult, lens: Lens, horizon: int) -> Table:
    """How often each sign was followed by an event, in the order of the catalogue."""
    columns = (
        Column("Sign"), Column("Present", N), Column("Then an event", N), Column("Share", N), Column("Not present", N),
        Column("Then an event", N), Column("Share", N),
    )  # fmt: skip
    signals = [s for s in store.catalogue.signals.values() if s.lens is lens]
    found = [(s, result.signal_record(s.id, horizon)) for s in signals]
    rows = tuple(
        _row(
            signal.title,
            number_text(record.fired),
            number_text(record.events),
            _share(record.events, record.fired),
            number_text(record.not_fired),
            number_text(record.events_not_fired),
            _share(record.events_not_fired, record.not_fired),
        )
        for signal, record in found
        if record
    )
    return Table("signs", "The record of each sign", columns, rows)


def _share(part: int, whole: int) -> str:
    return share_text(part / whole if whole else None)


def model_tables(report: HazardReport) -> tuple[Table, ...]:
    """What the fitted model learned from, how it compares, and whether its chances came true."""
    return _runs_table(report), _quality_table(report), _classes_table(report)


VARIABLE_WORDS = {
    "debt-ratio": "Debt beside spending",
    "reserves-ratio": "Reserves beside spending",
    "fall-in-reserves": "Fall in reserves over three years",
    "model": "The fitted model",
    "base-rate": "Base rate: the same chance for all",
}


def _runs_table(report: HazardReport) -> Table:
    columns = (
        Column("Asked on"), Column("Learned from council-years", N), Column("with events", N),
        Column("Base rate (95% interval)", N),
        *(Column(f"Slope: {VARIABLE_WORDS[v].lower()}", N) for v in report.variables),
        Column("Told of councils", N), Column("Events in the next year", N),
    )  # fmt: skip
    rows = tuple(
        _row(
            day_text(run.origin),
            number_text(run.rows),
            number_text(run.events),
            f"{run.base_rate:.2%} ({run.base_low:.2%} to {run.base_high:.2%})",
            *(f"{slope:.2f}" for slope in run.slopes),
            number_text(run.told),
            number_text(run.events_after),
        )
        for run in report.runs
    )
    return Table("model-runs", "What the model learned from", columns, rows)


def _quality_table(report: HazardReport) -> Table:
    columns = (
        Column("On the same councils"),
        Column("Log loss", N),
        Column("Brier score", N),
        Column("AUC (95% interval)", N),
    )
    rows = tuple(
        _row(
            VARIABLE_WORDS[q.name],
            NONE if q.log_loss is None else f"{q.log_loss:.4f}",
            NONE if q.brier is None else f"{q.brier:.4f}",
            NONE if q.auc is None else f"{q.auc:.2f} ({q.auc_low:.2f} to {q.auc_high:.2f})",
        )
        for q in report.qualities
    )
    return Table("model-quality", "The model beside the base rate and each ratio alone", columns, rows)


def _classes_table(report: HazardReport) -> Table:
    columns = (
        Column("Chance that was told"),
        Column("Councils", N),
        Column("Mean told", N),
        Column("Met an event", N),
        Column("Share", N),
    )
    rows = tuple(
        _row(
            f"{c.low:.1%} to {c.high:.1%}",
            number_text(c.n),
            f"{c.stated:.2%}",
            number_text(c.events),
            f"{c.events / c.n:.2%}",
        )
        for c in report.classes
    )
    return Table("model-chances", "Whether the chances came true", columns, rows)
