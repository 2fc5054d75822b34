"""What all drawings share: scales, and text alternatives. Drawings carry classes only; the look stands in assets/."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from figures (``low`` to ``high``) to pixels (``start`` to ``end``), each cut into ``steps``."""

    low: float
    high: float
    start: float
    end: float
    steps: int = 10

    def place(self, figure: float) -> float:
        """Where a figure stands in pixels, on a whole step; those beyond the ends are clipped to the ends."""
        share = 0.5
        if self.high > self.low:
            share = (min(max(figure, self.low), self.high) - self.low) / (self.high - self.low)
        return round((self.start + share * (self.end - self.start)) * self.steps) / self.steps


def pixel(number: float) -> str:
    """A coordinate without needless digits: ``12``, ``12.5``."""
    return f"{round(number, 1):g}"


def path(css_class: str, commands: str) -> str:
    """One path element, or nothing where there is nothing to draw."""
    return f'<path class="{css_class}" d="{commands}"/>' if commands else ""


def text_at(css_class: str, x: float, y: float, words: str, anchor: str = "start") -> str:
    """One line of lettering; ``anchor`` is start, middle or end."""
    placing = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text class="{css_class}" x="{pixel(x)}" y="{pixel(y)}"{placing}>{escape(words)}</text>'


def spread_apart(wanted: Sequence[float], sizes: Sequence[float], high: float) -> list[float]:
    """Where things of these sizes begin, in the order wanted and as near to it as they can be, from 0 to ``high``.

    ``wanted`` rises. Those that would touch become a block that is centred where its members want to be.
    """
    before = [0.0, *accumulate(sizes)]
    blocks: list[tuple[float, int]] = []
    for place, taken in zip(wanted, before, strict=False):
        mean, count = place - taken, 1
        while blocks and blocks[-1][0] > mean:
            other, size = blocks.pop()
            mean, count = (other * size + mean * count) / (size + count), size + count
        blocks.append((mean, count))
    settled = [min(max(mean, 0.0), high - before[-1]) for mean, count in blocks for _ in range(count)]
    return [place + taken for place, taken in zip(settled, before, strict=False)]


def svg(css_class: str, width: int, height: int, label: str, parts: Iterable[str]) -> Markup:
    """A whole drawing with its one-sentence text alternative."""
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    head = f'<svg class="{css_class}" {size} role="img" aria-label="{escape(label)}">'
    return Markup(f"{head}{''.join(parts)}</svg>")  # noqa: S704 - every word above is escaped
