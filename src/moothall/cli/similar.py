"""`moothall similar` and `moothall neighbours-report`: who is like a council, and how far that can be trusted."""

from typing import Annotated, Any

import typer

from moothall.analytics.circumstances import usual_model
from moothall.analytics.weighting import read_pairs
from moothall.catalogue.names import find_authority
from moothall.catalogue.places import builds_folder
from moothall.cli.figures import AuthorityName
from moothall.cli.output import Format, FormatOption, print_facts, print_json, print_table
from moothall.errors import UsageError
from moothall.presenters.similarity.peer_skill import report_records
from moothall.presenters.similarity.peers import about_peers, reason_text
from moothall.presenters.similarity.similar import SimilarCouncils, find_model, similar_councils
from moothall.presenters.similarity.similar_records import similar_record
from moothall.store import Store

ERROR_DECIMALS = 3


def similar(
    authority: AuthorityName,
    model: Annotated[str | None, typer.Option(help="A model of similarity, such as upper-tier.")] = None,
    weights: Annotated[
        str | None, typer.Option(help="Weights of your own, such as population-density=2,population=0.")
    ] = None,
    answer: FormatOption = Format.HUMAN,
) -> None:
    """Name the councils most like one, nearest first, with what brings them together and what parts them."""
    store = Store.open(builds_folder())
    council = find_authority(authority, store.catalogue.authorities.values())
    chosen = find_model(store.catalogue, model) if model else usual_model(store.catalogue, council.type)
    if chosen is None:
        raise UsageError(f"No model of similarity covers {council.name}, so nobody can be called like it.")
    found = similar_councils(store, council, chosen, read_pairs(weights or ""))
    if found.refused:
        raise UsageError(found.refused)
    if answer is Format.JSON:
        print_json(similar_record(store, found))
    else:
        print_similar(store, found)


def print_similar(store: Store, found: SimilarCouncils) -> None:
    """Print the similar councils with their reasons."""
    typer.echo(about_peers(found) + "\n")
    rows = [
        (
            store.catalogue.authorities[found.circle.codes[peer.row]].short_name,
            peer.closeness.value,
            f"{peer.distance:.2f}",
            reason_text(store, found, peer.together, says_side=False),
            reason_text(store, found, peer.apart, says_side=True),
        )
        for peer in found.peers
    ]
    print_table(("council", "how close", "distance", "most alike in", "most unlike in"), rows)


def neighbours_report(answer: FormatOption = Format.HUMAN) -> None:
    """Say how well the peers of each model tell a council's figures; the median of the same type has 1.000."""
    store = Store.open(builds_folder())
    records = report_records(store)
    if not records:
        raise UsageError("This build has no models of similarity to judge: run `moothall build` with models in place.")
    if answer is Format.JSON:
        print_json(records)
        return
    columns = ("model", "scaled_error", "low", "high", "metrics", "wide_error", "mutual_share", "cross_type_share")
    print_table(
        (*columns, "stability"), ([shown(record[key]) for key in (*columns, "stability")] for record in records)
    )
    typer.echo("\nBy theme:")
    for record in records:
        print_facts({"model": record["model"], **{theme: shown(error) for theme, error in record["by_theme"].items()}})
        typer.echo()


def shown(figure: Any) -> Any:
    """A figure of the report as the table prints it: three decimals; nothing where there is none."""
    return f"{figure:.{ERROR_DECIMALS}f}" if isinstance(figure, float) else figure
