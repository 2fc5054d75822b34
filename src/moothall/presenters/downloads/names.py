"""The names of the files that pages offer, and the words of their links; ``web.download_table`` makes them."""

Offered = tuple[tuple[str, str], ...]


def _sheets(name: str, words: str) -> Offered:
    return ((f"{name}.csv", f"{words} as CSV"), (f"{name}.xlsx", f"{words} as an Excel workbook"))


def _pictures(name: str, words: str) -> Offered:
    return ((f"{name}.svg", f"{words} as SVG"), (f"{name}.png", f"{words} as PNG"))


FIGURES = _sheets("figures", "Figures")
STANDING_OUT = _sheets("stands-out", "What stands out")
LEARNING = _sheets("learn-from", "Whom to learn from")
PEERS = _sheets("similar", "Similar councils")
QUESTIONS = _sheets("questions", "Figures and questions")
EVERY_PERIOD = _sheets("every-period", "Every period")
CHANGED = _sheets("changed", "Who changed")
TURNED = _sheets("turned-round", "Who turned it round")
SPREAD = _pictures("spread", "The spread")
TOGETHER = _pictures("together", "The two metrics together")
HISTORY = _pictures("history", "The history")
MAP = (
    *_sheets("areas", "The areas"),
    *_pictures("boundaries", "The map of boundaries"),
    *_pictures("hexagons", "The map of hexagons"),
)
CLAIM = _sheets("claim", "The claim and its numbers")
SIGNS = _sheets("signs", "These signs")
ACTIONS = _sheets("formal-actions", "These actions")
LINES = _sheets("metrics", "These metrics")
TRAILS = _sheets("trails", "Each figure with its cell")
REVISIONS = _sheets("revisions", "All revisions")
COVERAGE = _sheets("coverage", "Coverage")
FLAGS = _sheets("flags", "What became of each change")


def lines_of(metric: str, title: str) -> Offered:
    """The lines of one metric of a comparison."""
    return _pictures(f"lines-{metric}", f"{title} over time")


def strips_of(metric: str, title: str, count: int) -> Offered:
    """The strips of one metric of a comparison, one for each of ``count`` groups, numbered from 1."""
    words = [f"{title}, where each stands" + (f" (group {n})" if count > 1 else "") for n in range(1, count + 1)]
    return tuple(file for n, said in enumerate(words, start=1) for file in _pictures(f"strip-{n}-{metric}", said))
