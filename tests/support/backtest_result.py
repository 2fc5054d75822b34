"""A small back-test for the made-up store: one lens that a plain rule beats, one that none does, and one untested."""

from dataclasses import replace
from datetime import date

from moothall.domain.backtest import (
    ALL,
    MAIN_EVENT,
    WITHOUT_TWO,
    BacktestResult,
    BandRecord,
    ChanceClass,
    ChanceQuality,
    DayBands,
    Evaluation,
    EventKind,
    HazardReport,
    HazardRun,
    LensTest,
    Method,
    OriginTest,
    Seen,
    SignalRecord,
    WorkedExample,
)
from moothall.domain.signal import Lens, LensBand
from tests.support.store_builder import FakeStore

ORIGINS = (date(2017, 10, 1), date(2018, 10, 1))


def evaluation(method: Method, at_20: float, tenth: float, **fields: object) -> Evaluation:
    """Ten flags over 40 councils at two dates, four events, one of them seen."""
    made = Evaluation(
        method=method,
        n=40,
        events=4,
        flags=10,
        hits=1,
        precision=0.1,
        recall=0.25,
        precision_at_10=0.1,
        precision_at_20=at_20,
        precision_at_30=None,
        recall_at_tenth=tenth,
        auc=0.61,
        auc_low=0.5,
        auc_high=0.72,
        median_lead_months=25.0,
        assessed=38,
        hit_codes=("BRADFO",),
        missed=("ALLERD", "BRADFO"),
        false_alarms=("LEEDS", "YORK"),
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def lens_test(lens: Lens, horizon: int, plain: float, **fields: object) -> LensTest:
    """Our signs find 0.1 and 0.25; every plain rule but reserves 0.05; reserves alone ``plain`` more than ours."""
    methods = {method: evaluation(method, 0.05, 0.1) for method in Method}
    methods |= {method: evaluation(method, 0.1, 0.25) for method in (Method.LOOK_CLOSER, Method.WATCH)}
    methods[Method.RESERVES_RATIO] = evaluation(Method.RESERVES_RATIO, 0.1 + plain, 0.25 + plain)
    methods[Method.BASE_RATE] = evaluation(Method.BASE_RATE, 0.05, 0.1, flags=0, hits=0, precision=None, auc_low=None)
    made = LensTest(lens, MAIN_EVENT[lens], horizon, ALL, ORIGINS, 3, 1, tuple(methods.values()))
    return replace(made, **fields)  # type: ignore[arg-type]


def make_result() -> BacktestResult:
    """The whole result."""
    resilience = [lens_test(Lens.RESILIENCE, horizon, 0.05) for horizon in (12, 36)]
    parts = [replace(resilience[1], subset=subset) for subset in (WITHOUT_TWO, "unitary")]
    either = replace(resilience[1], event=EventKind.EITHER)
    debt = lens_test(Lens.DEBT, 36, -0.05)
    seen = Seen("BRADFO", Lens.RESILIENCE, LensBand.LOOK_CLOSER, ("recycling-low",), ("bradford-notice",), False, None)
    false_alarm = replace(seen, authority="LEEDS", actions=(), already=True)
    ended = replace(seen, authority="ALLERD", band=LensBand.WATCH, actions=(), ended=date(2023, 3, 31))
    return BacktestResult(
        rules="0" * 64,
        inputs="1" * 64,
        complete_to=date(2024, 12, 31),
        tests=(*resilience, *parts, either, debt),
        origins=(OriginTest(Lens.RESILIENCE, 36, ORIGINS[1], 20, 1, ("BRADFO",), (), ("LEEDS", "YORK")),),
        days=tuple(DayBands(lens, day, ("BRADFO",), (), ("LEEDS",), ("ALLERD",)) for lens in Lens for day in ORIGINS),
        bands=(BandRecord(Lens.RESILIENCE, LensBand.LOOK_CLOSER, 36, 10, 1),),
        signals=(SignalRecord("recycling-low", 36, 8, 1, 30, 3),),
        example=WorkedExample(ORIGINS[1], date(2024, 12, 31), (seen, false_alarm), (ended,)),
        hazard=make_hazard(0.7),
    )


def make_hazard(auc: float) -> HazardReport:
    """A model that learned from one event; the best single ratio has an AUC of 0.75."""
    run = HazardRun(ORIGINS[1], 700, 1, (0.6, 0.5), 0.0014, 0.0003, 0.008, 300, 3)
    qualities = (
        ChanceQuality("model", 0.058, 0.0081, auc, 0.6, 0.8),
        ChanceQuality("base-rate", 0.06, 0.0082, 0.5, 0.5, 0.5),
        ChanceQuality("debt-ratio", None, None, 0.65, 0.5, 0.8),
        ChanceQuality("reserves-ratio", None, None, 0.75, 0.5, 0.9),
    )
    classes = (ChanceClass(0.0, 0.005, 300, 0.001, 3),)
    return HazardReport(("debt-ratio", "reserves-ratio"), (run,), classes, qualities)


def with_backtest(store: FakeStore) -> FakeStore:
    """The store with this back-test."""
    return replace(store, backtest=make_result())
