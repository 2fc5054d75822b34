"""The register of formal actions as pages: the list by date, and one action."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from moothall.domain.formal_action import ActionKind, FormalAction
from moothall.domain.period import day_text
from moothall.presenters.addresses import ACTIONS_FEED, action_address, actions_address, authority_address, host_text
from moothall.presenters.blocks import (
    ChooseForm,
    Column,
    Link,
    PageHead,
    SelectField,
    SummaryRow,
    Table,
    TableCell,
    TableRow,
    chosen,
)
from moothall.presenters.downloads.names import ACTIONS
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.warning.actions import (
    ASSURANCE_WORDS,
    COUNT_WORDS,
    KIND_MEANINGS,
    KIND_WORDS,
    MECHANISM_WORDS,
    action_title,
    amount_text,
    complete_text,
    decision_text,
    newest_first,
    span_text,
)
from moothall.presenters.wording.numbers import count_text
from moothall.presenters.wording.words import joined, lower_first

TITLE = "Formal actions on record"

NOT_A_JUDGEMENT = (
    "Each line is a decision that somebody took on a day, with a link to a page that shows it. It is no judgement of "
    "ours, and a council that is not here has not been cleared by us."
)


@dataclass(frozen=True, slots=True)
class ActionsPage:
    """Everything that the list of formal actions shows."""

    head: PageHead
    sentence: str
    scope: str
    checked: str
    about: str
    form: ChooseForm
    table: Table | None
    meanings: tuple[tuple[str, str], ...]
    removed: tuple[str, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ActionPage:
    """Everything that the page of one formal action shows."""

    head: PageHead
    title: str
    meaning: str
    rows: tuple[SummaryRow, ...]
    others: tuple[Link, ...]


def make_actions_page(store: FigureStore, today: date, kind: ActionKind | None = None) -> ActionsPage:
    """The register, or one kind of it, the latest decision first."""
    found = newest_first(store, kind)
    register = store.catalogue.formal_actions
    what = lower_first(KIND_WORDS[kind]) if kind else "all kinds"
    title = TITLE if kind is None else f"{TITLE}: {what}"
    crumbs = (("Home", "/"), (TITLE, None))
    used = [k for k in ActionKind if any(a.kind is k for a in register.actions.values())]
    return ActionsPage(
        head=PageHead(
            title,
            "authorities",
            crumbs,
            "Decisions on record about councils.",
            files=ACTIONS if found else (),
            feeds=((TITLE, ACTIONS_FEED),),
        ),
        sentence=f"{count_text(len(found), 'decision')}, {what}. {complete_text(store)}",
        scope=register.scope,
        checked=_checked_text(found),
        about=NOT_A_JUDGEMENT,
        form=_form(used, kind),
        table=_table(store, found, today) if found else None,
        meanings=tuple((KIND_WORDS[k], KIND_MEANINGS[k]) for k in used),
        removed=tuple(f"{r.id}, taken out on {day_text(r.on)}: {r.why}" for r in register.removed),
        links=(Link("As a feed", ACTIONS_FEED, "for a feed reader"),),
    )


def _checked_text(found: list[FormalAction]) -> str:
    counts = Counter(action.checked for action in found)
    parts = [f"{n} {'was' if n == 1 else 'were'} {ASSURANCE_WORDS[how]}" for how, n in sorted(counts.items())[::-1]]
    return f"Of these {joined(parts)}." if parts else ""


def _form(used: list[ActionKind], kind: ActionKind | None) -> ChooseForm:
    options = chosen([("", "All kinds"), *((k.value, KIND_WORDS[k]) for k in used)], kind.value if kind else "")
    return ChooseForm("/actions", "Which actions", (SelectField("kind", "kind", "Kind of action", options),))


def _table(store: FigureStore, found: list[FormalAction], today: date) -> Table:
    columns = (
        Column("Action"), Column("Council"), Column("Decided", wraps=True), Column("Evidence"), Column("Checked"),
    )  # fmt: skip
    rows = tuple(_row(store, action, today) for action in found)
    return Table("actions", "Formal actions, the latest first", columns, rows, caption_is_hidden=True)


def _row(store: FigureStore, action: FormalAction, today: date) -> TableRow:
    authority = store.catalogue.authorities[action.authority]
    return TableRow(
        (
            TableCell(KIND_WORDS[action.kind], action_address(action.id), action.financial_year),
            TableCell(authority.short_name, authority_address(authority.slug)),
            TableCell(span_text(action, today)),
            TableCell(host_text(action.evidence), action.evidence),
            TableCell(action.checked.value.replace("-", " ")),
        )
    )


def make_action_page(store: FigureStore, action: FormalAction, today: date) -> ActionPage:
    """One action with everything that is known of it."""
    title = action_title(store, action)
    others = [a for a in store.catalogue.formal_actions.of(action.authority) if a.id != action.id]
    crumbs = (("Home", "/"), (TITLE, actions_address()), (title, None))
    tail = action.financial_year or decision_text(action)
    return ActionPage(
        head=PageHead(f"{title}, {tail}", "authorities", crumbs, KIND_MEANINGS[action.kind]),
        title=title,
        meaning=KIND_MEANINGS[action.kind],
        rows=tuple(_facts(store, action, today)),
        others=tuple(Link(KIND_WORDS[a.kind], action_address(a.id), span_text(a, today)) for a in reversed(others)),
    )


def _facts(store: FigureStore, action: FormalAction, today: date) -> list[SummaryRow]:
    authority = store.catalogue.authorities[action.authority]
    imprecise = None if action.precision == "day" else f"only the {action.precision} is known"
    amount = amount_text(action)
    rows = [
        SummaryRow("Council", authority.name, authority_address(authority.slug)),
        SummaryRow("Decided", decision_text(action), note=imprecise),
        SummaryRow("Evidence", host_text(action.evidence), action.evidence),
        SummaryRow("How well checked", ASSURANCE_WORDS[action.checked]),
        SummaryRow("What lay behind it", MECHANISM_WORDS[action.mechanism]),
        SummaryRow("In the test of warning signs", f"{COUNT_WORDS[action.counts_as]}. {action.counts_why}"),
        SummaryRow("After reorganisation", _after_text(store, action)),
    ]
    if action.ended_on:
        rows.insert(2, SummaryRow("Ended" if action.ended_on <= today else "Set to end", day_text(action.ended_on)))
    if amount:
        rows.insert(2, SummaryRow("Amount", amount, note="as transcribed by hand from the page"))
    if action.note:
        rows.append(SummaryRow("Note", action.note))
    return rows


def _after_text(store: FigureStore, action: FormalAction) -> str:
    names = [store.catalogue.authorities[code].name for code in action.continues_with]
    if names:
        return f"It goes on with {joined(names)}, as the decision itself says."
    return "It is about this council only. It passes to no successor."
