"""`moothall claim`: hold what somebody says of a council against the figures."""

from typing import Annotated

import typer

from moothall.analytics.groups import GroupKind
from moothall.catalogue.places import builds_folder
from moothall.cli.figures import (
    GROUP_HELP,
    AuthorityName,
    MetricName,
    PeriodName,
    chosen_group,
    chosen_period,
    named,
)
from moothall.cli.output import Format, FormatOption, print_json, print_replies
from moothall.presenters.comparing.claims import (
    WORDS,
    check_claim,
    claim_record,
    claim_sentence,
    figure_sentences,
    read_word,
    why_sentences,
)
from moothall.presenters.figures.cohort import cohorts_of, standing_of
from moothall.presenters.shared_by_councils.replies import replies_of
from moothall.presenters.wording.figure_words import OwnFigure
from moothall.store import Store


def claim(
    metric: MetricName,
    authority: AuthorityName,
    said: Annotated[str, typer.Argument(metavar="CLAIM", help=f"What is claimed: {', '.join(WORDS)}.")],
    period: PeriodName = None,
    group: Annotated[str, typer.Option(help=GROUP_HELP)] = GroupKind.SAME_TYPE.value,
    answer: FormatOption = Format.HUMAN,
) -> None:
    """Check a claim about one council's figure: true, false, or cannot say, with everything that it rests on."""
    store, word = Store.open(builds_folder()), read_word(said)
    wanted, council = named(store, metric, authority)
    when = chosen_period(store, wanted, council, period)
    cohort = cohorts_of(store).at(wanted.id, chosen_group(store, group, council), when)
    found = check_claim(store, OwnFigure(cohort, council, standing_of(store, wanted, council, when)), word)
    if answer is Format.JSON:
        print_json(claim_record(store, found))
        return
    typer.echo(f"{claim_sentence(found)}\n\n{found.verdict}.\n")
    for sentence in (*why_sentences(store, found), "", *figure_sentences(store, found)):
        typer.echo(sentence)
    print_replies(replies_of(store).beside(wanted.id, council, when.slug))
    typer.echo(f"\nWhat it cannot say: {wanted.cannot_say}")
