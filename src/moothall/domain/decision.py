"""What came of a consultation: the decision about each metric, and the answers that were published with consent."""

from dataclasses import dataclass
from datetime import date

from moothall.domain.words import MetricState


@dataclass(frozen=True, slots=True)
class MetricDecision:
    """What becomes of a metric from a day on: what was said (``said``), and why this was done (``reason``)."""

    consultation: str
    metric: str
    on: date
    outcome: MetricState
    said: str
    reason: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """The answer to one question about one metric ("" for the whole): what was chosen, and words as cleared."""

    metric: str
    question: str
    chosen: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class PublishedAnswer:
    """One response under the name that was agreed to: that of a council or a body, or none. Never a person's."""

    consultation: str
    respondent: str
    lines: tuple[AnswerLine, ...]
