"""`moothall actions`: the register of formal actions, whole or about one authority."""

from typing import Annotated

import typer

from moothall.catalogue.names import find_authority
from moothall.catalogue.places import builds_folder
from moothall.cli.output import Format, FormatOption, print_json, print_table
from moothall.domain.formal_action import ActionKind
from moothall.presenters.warning.actions import KIND_WORDS, action_record, complete_text, decision_text, newest_first
from moothall.store import Store


def actions(
    authority: Annotated[str | None, typer.Argument(help="Only about this council, such as croydon.")] = None,
    kind: Annotated[ActionKind | None, typer.Option(help="Only this kind of action.")] = None,
    answer: FormatOption = Format.HUMAN,
) -> None:
    """List formal actions on record, the latest first, each with its evidence."""
    store = Store.open(builds_folder())
    found = newest_first(store, kind)
    if authority:
        council = find_authority(authority, store.catalogue.authorities.values())
        found = [action for action in found if action.concerns(council.code)]
    register = store.catalogue.formal_actions
    if answer is Format.JSON:
        records = [action_record(store, action) for action in found]
        print_json({"complete_to": register.complete_to, "scope": register.scope, "actions": records})
        return
    names = store.catalogue.authorities
    rows = ((decision_text(a), names[a.authority].short_name, KIND_WORDS[a.kind], a.evidence) for a in found)
    print_table(("decided", "council", "action", "evidence"), rows)
    typer.echo(f"\n{len(found)} on record. {complete_text(store)}")
