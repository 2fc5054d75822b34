"""The specification of METHODS 5: which councils are alike, and how far that can be trusted; made-up figures."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.groups import LEAST_FOR_FIFTHS, fifths
from moothall.analytics.peer_skill import cross_type_share, mutual_share, peer_medians, same_type, skill, spreads
from moothall.analytics.similarity import (
    CLOSE,
    FAIRLY_CLOSE,
    MINIMUM_KNOWN,
    VERY_CLOSE,
    closeness_of,
    distances,
    peers_of,
    standardise,
)
from moothall.analytics.weighting import read_pairs, weights_of
from moothall.domain.similarity import SimilarityModel, Transform, Variable
from moothall.errors import UsageError
from tests.spec.register import MD
from tests.spec.tables import Page, Row, Table

VARIABLES = ("density", "age", "pay")
MODEL = SimilarityModel(
    "example",
    "Example",
    "1",
    date(2026, 11, 22),
    frozenset({MD}),
    tuple(Variable(name, Transform.NONE, 1.0, "An example.") for name in VARIABLES),
    2,
)


def as_array(figures: Any) -> NDArray[np.float64]:
    return np.array([[np.nan if f is None else f for f in row] for row in figures], dtype=np.float64)


def as_list(found: NDArray[np.float64]) -> list[float | None]:
    return [None if np.isnan(figure) else round(float(figure), 3) for figure in found]


def answer_standardised(given: Mapping[str, Any]) -> Mapping[str, Any]:
    figures = as_array([[figure] for figure in given["figures"]])
    return {"in_spreads": as_list(standardise(figures, np.array([given["logarithm"] == "yes"]))[:, 0])}


def answer_distance(given: Mapping[str, Any]) -> Mapping[str, Any]:
    both = as_array([given["one"], given["other"]])
    distance = float(distances(both, np.array(given["weights"], dtype=np.float64))[0, 1])
    if np.isnan(distance):
        return {"distance": None, "closeness": None}
    return {"distance": round(distance, 3), "closeness": closeness_of(distance).value}


NAMES = ("Ash", "Birch", "Cedar", "Doe", "Elm")
FOREST = [[0.0, 0.0, 0.0], [0.1, -0.2, 1.5], [-0.3, 0.4, 0.2], [2.0, 1.0, -1.0], [0.3, -0.4, 0.2]]


def answer_peers(given: Mapping[str, Any]) -> Mapping[str, Any]:
    found = peers_of(
        as_array(FOREST), weights_of(MODEL, read_pairs(given["weights"])), NAMES.index(given["council"]), 2
    )
    first = found[0]
    return {
        "peers": [NAMES[peer.row] for peer in found],
        "distance": round(first.distance, 3),
        "alike_in": [VARIABLES[reason.variable] for reason in first.together],
        "unlike_in": [VARIABLES[reason.variable] for reason in first.apart],
    }


def answer_weights(given: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        return {"weights": as_list(weights_of(MODEL, read_pairs(given["text"]))), "sentence": None}
    except UsageError as error:
        return {"weights": None, "sentence": str(error)}


def answer_fifths(given: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"fifths": fifths(as_array([given["figures"]])[0]).tolist()}


def answer_skill(given: Mapping[str, Any]) -> Mapping[str, Any]:
    values, types = as_array([given["figures"]])[0], np.zeros(len(given["figures"]), dtype=np.int64)
    peers = np.array([given["peers"]] * len(values), dtype=np.int64)
    base = peer_medians(values, same_type(types))
    found = skill(values, peer_medians(values, peers), base, spreads(values, types))
    return {"scaled_error": None if found is None else round(found.scaled_error, 3), "n": found.n if found else 0}


def answer_shares(given: Mapping[str, Any]) -> Mapping[str, Any]:
    peers, types = np.array(given["peers"], dtype=np.int64), np.array(given["types"], dtype=np.int64)
    return {"mutual": mutual_share(peers), "cross_type": cross_type_share(peers, types)}


def spread(why: str, figures: list[Any], expected: list[Any], logarithm: str = "no") -> Row:
    return Row(why, {"figures": figures, "logarithm": logarithm}, {"in_spreads": expected})


def pair(why: str, one: list[Any], other: list[Any], *expected: Any, weights: tuple[int, ...] = (1, 1, 1)) -> Row:
    given = {"one": one, "other": other, "weights": list(weights)}
    return Row(why, given, dict(zip(("distance", "closeness"), expected, strict=True)))


def peers(why: str, council: str, weights: str, *expected: Any) -> Row:
    names = ("peers", "distance", "alike_in", "unlike_in")
    return Row(why, {"council": council, "weights": weights}, dict(zip(names, expected, strict=True)))


def weights(why: str, text: str, found: list[float] | None, sentence: str | None = None) -> Row:
    return Row(why, {"text": text}, {"weights": found, "sentence": sentence})


def error(why: str, figures: list[Any], peers: list[int], scaled: float | None, n: int) -> Row:
    return Row(why, {"figures": figures, "peers": peers}, {"scaled_error": scaled, "n": n})


STANDARD = Table(
    "Figures as spreads",
    """
Each circumstance is counted in spreads from the middle of the type: 1.4826 times the median distance from the median.
Of circumstances of which a few councils have very much, such as people, the logarithm is compared: twice as many is
as far as half as many.
""",
    answer_standardised,
    [
        spread("The middle council is at 0.", [1.0, 2.0, 3.0, 4.0, 5.0], [-1.349, -0.674, 0.0, 0.674, 1.349]),
        spread(
            "Nearly all alike, and one far out: it counts for 3 spreads and no more.",
            [98.0, 99.0, 99.5, 99.5, 100.0, 40.0],
            [-1.686, -0.337, 0.337, 0.337, 1.012, -3.0],
        ),
        spread("Ten times as many, twice.", [1.0, 10.0, 100.0], [-0.674, 0.0, 0.674], "yes"),
        spread("A logarithm of nothing is no figure.", [0.0, 1.0, 10.0, 100.0], [None, -0.674, 0.0, 0.674], "yes"),
        spread("A missing figure stays missing.", [1.0, None, 2.0, 3.0], [-0.674, None, 0.0, 0.674]),
        spread("What is the same everywhere tells nobody apart.", [4.0, 4.0, 4.0], [None, None, None]),
        spread("Two figures are too few for a middle.", [1.0, 2.0, None], [None, None, None]),
    ],
)

DISTANCE = Table(
    "The distance between two councils",
    f"""
The root of the weighted mean of the squared differences, in spreads. Up to {VERY_CLOSE} is very close, up to {CLOSE}
close, up to {FAIRLY_CLOSE} fairly close. Where figures are missing the others decide, as long as they carry
{MINIMUM_KNOWN:.0%} of the weight; else there is no distance. Nothing is put in the place of a missing figure.
""",
    answer_distance,
    [
        pair("The same in all.", [0.0, 1.0, 2.0], [0.0, 1.0, 2.0], 0.0, "very close"),
        pair("One spread apart in each.", [0.0, 0.0, 0.0], [1.0, -1.0, 1.0], 1.0, "fairly close"),
        pair("Far apart in one.", [0.0, 0.0, 0.0], [3.0, 0.0, 0.0], 1.732, "not close"),
        pair("That one is left out.", [0.0, 0.0, 0.0], [3.0, 0.6, 0.6], 0.6, "close", weights=(0, 1, 1)),
        pair("It counts twice.", [0.0, 0.0, 0.0], [3.0, 0.0, 0.0], 2.121, "not close", weights=(2, 1, 1)),
        pair("Two of three are known of both.", [0.0, 0.0, None], [1.0, 1.0, 0.0], 1.0, "fairly close"),
        pair("One of three is too little.", [0.0, None, None], [1.0, 1.0, 0.0], None, None),
        pair("What nobody of the type has is not asked for.", [0.0, 0.0, None], [1.0, 1.0, None], 1.0, "fairly close"),
    ],
)

PEERS = Table(
    "Peers and reasons",
    """
The nearest councils come first; of two at the same distance the one whose code comes first. A circumstance brings two
councils together by as much as they differ less in it than the council does from a typical one of its type; it parts
them by as much as it adds to their distance. Here are five councils with density, age and pay in spreads: Ash 0, 0, 0;
Birch 0.1, -0.2, 1.5; Cedar -0.3, 0.4, 0.2; Doe 2, 1, -1; Elm 0.3, -0.4, 0.2.
""",
    answer_peers,
    [
        peers("Cedar and Elm are equally far: the order of codes decides.", "Ash", "", ["Cedar", "Elm"], 0.311,
              ["pay"], ["age", "density"]),
        peers("Without pay Birch is nearest.", "Ash", "pay=0", ["Birch", "Cedar"], 0.158, ["age", "density"], []),
        peers("Density alone.", "Doe", "age=0,pay=0", ["Elm", "Birch"], 1.7, ["density"], []),
    ],
)  # fmt: skip

WEIGHTS = Table(
    "Weights of your own",
    "A reader may give any circumstance another weight, from 0 to 100. What cannot be meant is answered in a sentence.",
    answer_weights,
    [
        weights("Two are changed, the third is as in the model.", "density=2, pay=0", [2.0, 1.0, 0.0]),
        weights("None is changed.", "", [1.0, 1.0, 1.0]),
        weights("Below zero.", "pay=-1", None,
                "The weight of pay is -1, but a weight cannot be below 0: write 0 to leave it out."),
        weights("No number.", "pay=much", None, "The weight 'much' of pay is not a number: write it as pay=2."),
        weights("No finite number.", "pay=inf", None, "The weight 'inf' of pay is not a number: write it as pay=2."),
        weights("Too much.", "pay=101", None, "The weight of pay is 101; the most is 100."),
        weights("All zero.", "density=0,age=0,pay=0", None,
                "All weights are 0, so nothing would be compared: give one variable or more a weight above 0."),
        weights("An unknown circumstance.", "spending=1", None, "The model example has no variable 'spending'."),
        weights("No weight.", "pay", None, "'pay' gives no weight: write it as population-density=2."),
        weights("Twice the same.", "pay=1,pay=2", None, "The weight of pay is given twice; once is allowed."),
    ],
)  # fmt: skip

FIFTHS = Table(
    "Fifths by deprivation",
    f"""
The councils of a type are put into fifths, the most deprived first; equal scores stand in the same fifth. A council
without a score, or of a type with fewer than {LEAST_FOR_FIFTHS} scores, is in none (0).
""",
    answer_fifths,
    [
        Row("Ten councils.", {"figures": [10.0, 9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0]},
            {"fifths": [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]}),
        Row("One has no score.", {"figures": [10.0, 9.0, None, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0]},
            {"fifths": [1, 1, 0, 2, 2, 3, 3, 4, 4, 5, 5]}),
        Row("Equal scores keep together.", {"figures": [9.0, 9.0, 9.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0]},
            {"fifths": [1, 1, 1, 2, 3, 3, 4, 4, 5, 5]}),
        Row("Nine are too few.", {"figures": [9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0]}, {"fifths": [0] * 9}),
    ],
)  # fmt: skip

SKILL = Table(
    "How far similarity can be trusted",
    """
For every metric each council's figure is told from the middle figure of its peers, and again from that of the rest of
its type. The scaled error is the first mean error by the second: below 1 similar councils say more. Here all councils
have the same peers, named by their place, the first being 0.
""",
    answer_skill,
    [
        error("The middle three say a little more.", [float(n) for n in range(11)], [4, 5, 6], 0.857, 11),
        error("Peers at one end say less.", [float(n) for n in range(11)], [0, 1, 2], 1.314, 11),
        error("Two peers give no middle figure.", [float(n) for n in range(11)], [4, 6], None, 0),
        error("Nine councils are too few to judge.", [float(n) for n in range(9)], [3, 4, 5], None, 0),
    ],
)

SHARES = Table(
    "Mutual pairs, and pairs of two types",
    "Of all pairs of a council and its peer: how often each names the other, and how often their types differ.",
    answer_shares,
    [
        Row("Two name each other, the third is named by nobody.",
            {"peers": [[1], [0], [0]], "types": [0, 0, 1]}, {"mutual": 2 / 3, "cross_type": 1 / 3}),
        Row("Nobody has peers.", {"peers": [[-1], [-1]], "types": [0, 0]}, {"mutual": None, "cross_type": None}),
    ],
)  # fmt: skip

PAGE = Page(
    "similar-councils",
    "Similar councils: who is like us",
    """
Councils of the same type run the same services; of these the nearest fifteen are named, by circumstances that a
council cannot choose: how many people, how dense, how old, how poor. Spending and results never count. Each model is a
file of the catalogue with a version, a day, its circumstances and the reason for each. A reader may weigh them anew.
`moothall neighbours-report` prints how well each model, and each list that others publish, tells a council's figures.
""",
    (STANDARD, DISTANCE, PEERS, WEIGHTS, FIFTHS, SKILL, SHARES),
)
