"""The fitted model in words: what it learned from, and whether it is worth anything."""

from moothall.analytics.hazard_runs import BASE_RATE, MODEL
from moothall.domain.backtest import ChanceQuality, HazardReport
from moothall.presenters.wording.numbers import count_text

NO_MODEL = "No model could be fitted: no closed year before any date had an event, or its figures are not there."

WHAT_IT_IS = (
    "For analysts only, and for no council's page: a logistic hazard of a first financial event within a year. It has "
    "three variables (debt, reserves and the fall in reserves, each as a place within the type) with fixed signs, a "
    "penalty fixed beforehand, and effects of years. At each date it learns only from years that had closed by then."
)


def model_sentences(report: HazardReport | None) -> tuple[str, ...]:
    """What the model is, how little it learned from, and the plain comparison."""
    if report is None:
        return (WHAT_IT_IS, NO_MODEL)
    return (WHAT_IT_IS, _learned(report), _beside_ratios(report), _beside_base_rate(report), _chances(report))


def _learned(report: HazardReport) -> str:
    last = report.runs[-1]
    return (
        f"It could be asked at {count_text(len(report.runs), 'date')}. At the last it had learned from "
        f"{count_text(last.events, 'event')} in {last.rows:,} council-years: far too few to trust any slope."
    )


def best_ratio(report: HazardReport) -> ChanceQuality | None:
    """The single variable with the highest AUC on the same rows; None where there is none."""
    ratios = [q for q in report.qualities if q.name not in (MODEL, BASE_RATE) and q.auc is not None]
    return max(ratios, key=lambda q: q.auc or 0.0, default=None)


def _named(report: HazardReport, name: str) -> ChanceQuality:
    return next(quality for quality in report.qualities if quality.name == name)


def _beside_ratios(report: HazardReport) -> str:
    model, best = _named(report, MODEL), best_ratio(report)
    if model.auc is None or best is None or best.auc is None:
        return "No event came after any date at which it was asked, so it cannot be compared."
    words = f"AUC {model.auc:.2f} against {best.auc:.2f} of the best single ratio"
    if model.auc > best.auc:
        return (
            f"It puts councils in a somewhat better order than any single ratio ({words}), within what chance allows."
        )
    return f"It does not beat the best single ratio ({words}): the ratio alone says as much."


def _beside_base_rate(report: HazardReport) -> str:
    model, base = _named(report, MODEL), _named(report, BASE_RATE)
    if model.log_loss is None or base.log_loss is None:
        return "Its chances cannot be compared with the base rate."
    verdict = "little better than" if model.log_loss < base.log_loss else "no better than"
    return (
        f"Its chances are {verdict} giving every council the same base rate "
        f"(log loss {model.log_loss:.4f} against {base.log_loss:.4f}; lower is better)."
    )


def _chances(report: HazardReport) -> str:
    n, events = sum(c.n for c in report.classes), sum(c.events for c in report.classes)
    stated = sum(c.stated * c.n for c in report.classes) / n
    side = "far below" if stated * 2 < events / n else "far above" if stated > 2 * events / n else "near"
    came = f"{events / n:.2%} met an event"
    return f"On average it told a chance of {stated:.2%}; {came}, so its chances were {side} what came."
