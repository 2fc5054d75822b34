"""The specification of METHODS 7: which rule speaks for which facts. The rules stand in catalogue/words."""

from collections.abc import Mapping
from typing import Any

from moothall.catalogue.load import load_words
from moothall.catalogue.places import catalogue_folder
from moothall.domain.wording import Length, Matter
from moothall.presenters.metric.words_page import example_tokens
from moothall.presenters.wording.sentences import Sentences
from tests.spec.tables import Page, Row, Table

SAY = Sentences(load_words(catalogue_folder()))


def answer_of(matter: Matter, length: Length) -> Any:
    """What asks the rules of one matter; counts among the facts are also what the example says."""

    def answer(given: Mapping[str, Any]) -> Mapping[str, Any]:
        facts = {name.replace("_", "-"): value for name, value in given.items()}
        counts = {name: str(value) for name, value in facts.items() if type(value) is int}
        said = SAY.say(matter, length, facts, {**example_tokens(matter), **counts})
        return {"chosen": said.rule, "text": said.text}

    return answer


def says(why: str, rule: str, text: str, /, **given: Any) -> Row:
    return Row(why, given, {"chosen": rule, "text": text})


def place(why: str, counts: tuple[int, int, int], rule: str, text: str, scale: str = "number") -> Row:
    given = dict(zip(("above", "below", "same"), counts, strict=True))
    return Row(why, {**given, "scale": scale}, {"chosen": rule, "text": f"Leeds, 2022-23: 38.2%, {text}"})


ENDS = "The middle figure of all 16 is 39.0%."

STANDING = Table(
    "In a cell",
    """
The shortest form. A figure that is not compared says so first. Then a verdict, where limits allow one: *better* and
*worse* only where the metric has a better end. Then the place alone.
""",
    answer_of(Matter.STANDING, Length.CELL),
    [
        says("Without limits, the place alone.", "standing-lower-than-most", "Lower than most similar councils",
             judgement="cannot-say", origin="none", place="lower", scale="number"),
        says("Limits wholly on the better side.", "standing-better", "Better than the middle of similar councils",
             judgement="better", origin="published", place="higher", scale="number"),
        says("A metric without a better end keeps lower and higher.", "standing-below-the-middle",
             "Lower than the middle of similar councils", judgement="lower", origin="counts", place="lower",
             scale="number"),
        says("A funnel says what is usual, not what the middle is.", "standing-worse-by-funnel",
             "Worse than is usual among similar councils", judgement="worse", origin="funnel", place="lower",
             scale="number"),
        says("A date is early or late.", "standing-earlier-than-most", "Earlier than most similar councils",
             judgement="cannot-say", origin="none", place="lower", scale="date"),
        says("No verdict where the base is too small.", "standing-denominator-too-small",
             "Too small a base to compare", judgement="worse", origin="published", place="denominator-too-small",
             scale="number"),
        says("A tie over the edge of a quarter.", "standing-tied", "Tied with too many similar councils to say",
             judgement="cannot-say", origin="none", place="tie-straddles-band", scale="number"),
    ],
)  # fmt: skip

POSITION = Table(
    "As a sentence",
    """
Who, when, how much; how many of the others with a figure are lower or higher, whichever are more; how many share the
figure; and the middle figure of all, the council itself among them.
""",
    answer_of(Matter.POSITION, Length.SENTENCE),
    [
        place("More are higher.", (9, 6, 0), "position-lower", f"lower than 9 of its 15 similar councils. {ENDS}"),
        place("More are lower.", (6, 9, 0), "position-higher", f"higher than 9 of its 15 similar councils. {ENDS}"),
        place("Some share it.", (9, 4, 2), "position-lower-tied",
              f"lower than 9 of its 15 similar councils and the same as 2. {ENDS}"),
        place("As many are higher as lower: both are said.", (7, 7, 1), "position-level-tied",
              f"lower than 7 of its 15 similar councils, higher than 7 and the same as 1. {ENDS}"),
        place("None is lower.", (15, 0, 0), "position-lower-than-all",
              f"lower than all its 15 similar councils. {ENDS}"),
        place("All share it.", (0, 0, 15), "position-same-as-all",
              f"the same as all its 15 similar councils. {ENDS}"),
        place("Yes or no has no middle.", (0, 5, 10), "position-answer-shared",
              "the same answer as 10 of its 15 similar councils.", "answer"),
    ],
)  # fmt: skip

CHANGE = Table(
    "Change",
    """
Rising or falling only where a rule of [change](change.md) finds more than noise, and better or worse only where the
metric has a better end.
""",
    answer_of(Matter.CHANGE, Length.PART),
    [
        says("A fall, where more is better.", "change-falling-worse",
             "Between 2020-21 and 2022-23 it fell from 41.0% to 38.2%. That is more than noise, and for the worse.",
             outcome="falling", rule="two-changes", goodness="worse", scale="number"),
        says("The same without a better end.", "change-falling",
             "Between 2020-21 and 2022-23 it fell from 41.0% to 38.2%. That is more than noise.",
             outcome="falling", rule="two-changes", goodness="neither", scale="number"),
        says("Nothing beyond noise.", "change-within-noise",
             "There is no clear change up to 2022-23. Its moves are no larger than noise.",
             outcome="within-noise", rule="none", goodness="neither", scale="number"),
        says("A metric whose changes do not last.", "change-too-noisy",
             "We cannot say how it changed: in this metric, most changes do not last.",
             outcome="too-noisy", rule="none", goodness="neither", scale="number"),
    ],
)  # fmt: skip

REFUSALS = Table(
    "Why a figure is not compared",
    "To say nothing is an answer with a reason. *Known* counts the members with a figure.",
    answer_of(Matter.REFUSAL, Length.PART),
    [
        says("Only one of sixteen has a figure: the verb agrees.", "refusal-one-known",
             "We do not compare this figure: only 1 of the 16 councils in this group has one (2022-23).",
             refusal="group-too-small", known=1, members=16),
        says("Two of them have.", "refusal-few-known",
             "We do not compare this figure: only 2 of the 16 councils in this group have one (2022-23).",
             refusal="group-too-small", known=2, members=16),
        says("The group itself is too small.", "refusal-all-known",
             "We do not compare this figure: a group of 2 is too small for a middle figure (2022-23).",
             refusal="group-too-small", known=2, members=2),
        says("Another body ran the service.", "refusal-not-eligible",
             "We do not compare this figure. This council did not run the service on the last day of the period.",
             refusal="not-eligible", known=16, members=16),
    ],
)  # fmt: skip

QUESTIONS = Table(
    "One question",
    """
A paragraph ends with one question. A change for the worse is asked about first, then what the metric itself asks, then
what follows from the place.
""",
    answer_of(Matter.QUESTION, Length.QUESTION),
    [
        says("It is getting worse.", "question-getting-worse",
             "What changed in Leeds between 2020-21 and 2022-23, and is it likely to last?",
             change="worse", has_own=True, judgement="worse", place="lower"),
        says("The metric's own question.", "question-own", "How much of it is garden waste?",
             change="neither", has_own=True, judgement="worse", place="lower"),
        says("Nothing but the place is known.", "question-higher",
             "What explains a figure higher than most, and is it meant to be so?",
             change="neither", has_own=False, judgement="cannot-say", place="higher"),
    ],
)  # fmt: skip

PAGE = Page(
    "words",
    "Words: how a sentence is chosen",
    """
Every sentence about a figure is chosen by a declared rule from numbers. The rules stand in `catalogue/words`, one file
for each matter: conditions on named facts, and texts with tokens. The first rule that holds is used; a case without a
rule, and a rule without a case, stop the build. The site lists every rule at `/words`, and shows behind each figure
which rules spoke and what they read.

A paragraph is the sentence, the rank, how sure the difference is, the change, what the figure cannot say, and one
question. A test makes all of it for every council, every metric compared for it and every group, reads the claims back
out of the text and holds them against the figures by a second way of counting. The reading age is tested as well. The
examples have made-up figures.
""",
    (STANDING, POSITION, CHANGE, REFUSALS, QUESTIONS),
)
