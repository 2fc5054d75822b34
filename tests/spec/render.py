"""Write docs/methodology anew from the tables: ``python -m tests.spec.render``."""

from pathlib import Path

from tests.spec import (
    back_test,
    change,
    claims,
    comparator_groups,
    control_chart,
    derived_metrics,
    expected,
    explorer_figure,
    funnel,
    intervals_from_counts,
    judging,
    learning,
    map_classes,
    position,
    rank_range,
    reorganisation,
    reversal,
    revisions,
    signals,
    similar_councils,
    standing_out,
    unlike_councils,
    which_rule,
    words,
)
from tests.spec.tables import Page, describe_page

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "methodology"
PAGES: tuple[Page, ...] = (
    comparator_groups.PAGE,
    similar_councils.PAGE,
    position.PAGE,
    rank_range.PAGE,
    explorer_figure.PAGE,
    intervals_from_counts.PAGE,
    funnel.PAGE,
    judging.PAGE,
    expected.PAGE,
    which_rule.PAGE,
    change.PAGE,
    control_chart.PAGE,
    reversal.PAGE,
    standing_out.PAGE,
    learning.PAGE,
    signals.PAGE,
    back_test.PAGE,
    derived_metrics.PAGE,
    reorganisation.PAGE,
    revisions.PAGE,
    words.PAGE,
    unlike_councils.PAGE,
    map_classes.PAGE,
    claims.PAGE,
)


def rendered() -> dict[str, str]:
    """Every file of docs/methodology with the text it must have."""
    links = "\n".join(f"- [{page.title}]({page.file}.md)" for page in PAGES)
    index = (
        "# How the comparisons are made\n\n"
        "Each page states a rule and prints the examples that test it. The pages are made from tests/spec by\n"
        "`python -m tests.spec.render`; a test fails when they are not current.\n\n"
        f"{links}\n"
    )
    return {"README.md": index} | {f"{page.file}.md": describe_page(page) for page in PAGES}


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in rendered().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
