"""Why a comparison is not made: "cannot say" is an answer; rules of sentences say each to readers."""

from enum import StrEnum

MINIMUM_FOR_MEDIAN = 3
"""The fewest members with a figure for which a middle figure or a rank is given (METHODS 1)."""

MINIMUM_FOR_BANDS = 10
"""The fewest members with a figure for which "lower than most" or "higher than most" is said (METHODS 1)."""


class Refusal(StrEnum):
    """A reason for not comparing; catalogue/words/refusal.yaml says it in plain English."""

    NO_VALUE = "no-value"
    NOT_ELIGIBLE = "not-eligible"
    NOT_IN_GROUP = "not-in-group"
    GROUP_TOO_SMALL = "group-too-small"
    TOO_FEW_FOR_BANDS = "too-few-for-bands"
    TOO_COARSE = "too-coarse"
    TIE_STRADDLES_BAND = "tie-straddles-band"
    DENOMINATOR_TOO_SMALL = "denominator-too-small"
