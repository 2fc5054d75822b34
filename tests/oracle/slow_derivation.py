"""A slow, obvious second implementation of derived metrics: one council at a time, exact fractions, no arrays.

A figure is a Fraction, or None where it is missing; a place without a row is the word NO_PLACE.
"""

from collections.abc import Sequence
from fractions import Fraction

NO_PLACE = "no place"
REFUSED = "refused"

Figure = Fraction | None | str
"""A figure, None (a row without one), NO_PLACE, or in an answer REFUSED."""


def is_number(figure: Figure) -> bool:
    return isinstance(figure, Fraction)


def slow_ratio(numerators: Sequence[Figure], denominators: Sequence[Figure], times: int) -> list[Figure]:
    known = [d for d in denominators if isinstance(d, Fraction)]
    turns = any(d < 0 for d in known) and any(d > 0 for d in known)
    answers: list[Figure] = []
    for n, d in zip(numerators, denominators, strict=True):
        if n == NO_PLACE:
            answers.append(NO_PLACE)
        elif not isinstance(n, Fraction) or not isinstance(d, Fraction):
            answers.append(None)
        elif turns or d <= 0:
            answers.append(REFUSED)
        else:
            answers.append(n / d * times)
    return answers


def slow_sum(parts: Sequence[Sequence[Figure]]) -> list[Figure]:
    answers: list[Figure] = []
    for figures in zip(*parts, strict=True):
        if all(figure == NO_PLACE for figure in figures):
            answers.append(NO_PLACE)
        elif all(is_number(figure) for figure in figures):
            answers.append(sum(figures, Fraction(0)))  # type: ignore[arg-type]
        else:
            answers.append(None)
    return answers


def slow_difference(of: Sequence[Figure], minus: Sequence[Figure]) -> list[Figure]:
    answers: list[Figure] = []
    for a, b in zip(of, minus, strict=True):
        if a == NO_PLACE:
            answers.append(NO_PLACE)
        else:
            answers.append(a - b if isinstance(a, Fraction) and isinstance(b, Fraction) else None)
    return answers


def slow_change(of: Sequence[Figure], over: int) -> list[Figure]:
    answers: list[Figure] = []
    for year, figure in enumerate(of):
        before = of[year - over] if year >= over else NO_PLACE
        if NO_PLACE in (figure, before):
            answers.append(NO_PLACE)  # one council alone: where it has no earlier row, nobody has
        else:
            both = isinstance(figure, Fraction) and isinstance(before, Fraction)
            answers.append(figure - before if both else None)  # type: ignore[operator]
    return answers


def slow_spell(of: Sequence[Figure], limit: Fraction) -> list[Figure]:
    """Below the limit; walks back from each year until the spell ends, the figures end, or a gap hides the rest."""
    answers: list[Figure] = []
    for year, figure in enumerate(of):
        if not isinstance(figure, Fraction):
            answers.append(NO_PLACE if figure == NO_PLACE else None)
            continue
        length, back = 0, year
        while back >= 0 and isinstance(of[back], Fraction) and of[back] < limit:  # type: ignore[operator]
            length, back = length + 1, back - 1
        hits_gap = length > 0 and back >= 0 and not isinstance(of[back], Fraction)
        had_figures = any(isinstance(earlier, Fraction) for earlier in of[: max(back, 0)])
        answers.append(REFUSED if hits_gap and had_figures else Fraction(length))
    return answers
