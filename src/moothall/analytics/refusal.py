"""Why a comparison is not made: "cannot say" is an answer, and each refusal has the sentence a reader sees."""

from enum import StrEnum

MINIMUM_FOR_MEDIAN = 3
"""The fewest members with a figure for which a middle figure or a rank is given (METHODS 1)."""

MINIMUM_FOR_BANDS = 10
"""The fewest members with a figure for which "lower than most" or "higher than most" is said (METHODS 1)."""


class Refusal(StrEnum):
    """A reason for not comparing; ``sentence`` says it in plain English."""

    NO_VALUE = "no-value"
    NOT_ELIGIBLE = "not-eligible"
    NOT_IN_GROUP = "not-in-group"
    GROUP_TOO_SMALL = "group-too-small"
    TOO_FEW_FOR_BANDS = "too-few-for-bands"
    TOO_COARSE = "too-coarse"
    TIE_STRADDLES_BAND = "tie-straddles-band"
    DENOMINATOR_TOO_SMALL = "denominator-too-small"

    @property
    def sentence(self) -> str:
        """What a reader sees where the comparison would stand."""
        return _SENTENCES[self]


_SENTENCES = {
    Refusal.NO_VALUE: "There is no published figure to compare.",
    Refusal.NOT_ELIGIBLE: "This council did not run the service on the last day of the period.",
    Refusal.NOT_IN_GROUP: "This council is not one of the group, so it has no place in it.",
    Refusal.GROUP_TOO_SMALL: (
        f"Fewer than {MINIMUM_FOR_MEDIAN} councils in the group have a figure: too few for a middle figure or a rank."
    ),
    Refusal.TOO_FEW_FOR_BANDS: (
        f"Fewer than {MINIMUM_FOR_BANDS} councils in the group have a figure: too few to say where most of them stand."
    ),
    Refusal.TOO_COARSE: "The figures are too coarse to tell the councils in this group apart.",
    Refusal.DENOMINATOR_TOO_SMALL: (
        "What this figure is divided by is too small for a fair comparison, so it gets no rank."
    ),
    Refusal.TIE_STRADDLES_BAND: "Too many councils share this figure to say whether it is lower or higher than most.",
}
