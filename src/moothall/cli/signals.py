"""`moothall signals` and `pack`: what signs a council shows through three lenses, and what to ask."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from moothall.catalogue.names import find_authority
from moothall.catalogue.places import builds_folder
from moothall.catalogue.thresholds import load_thresholds
from moothall.cli.figures import AsOf, AuthorityName
from moothall.cli.output import Format, FormatOption, print_json, print_marks, print_replies
from moothall.domain.authority import Authority
from moothall.domain.period import day_text
from moothall.domain.signal import Signal, SignalState
from moothall.errors import UsageError
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.figures.views import read_day
from moothall.presenters.shared_by_councils.replies import replies_of
from moothall.presenters.warning.conversation_pack import ConversationPack, make_conversation_pack
from moothall.presenters.warning.lens_readings import LensReading, SignalReading, lens_readings
from moothall.presenters.warning.lens_words import (
    BAND_WORDS,
    STATE_WORDS,
    age_sentence,
    band_sentence,
    chance_sentence,
    counts_sentence,
    evidence_sentence,
    why_not_words,
)
from moothall.presenters.warning.sign_days import known_signs_on
from moothall.presenters.warning.sign_json import awaited_record, pack_record, signs_record
from moothall.presenters.warning.sign_records import sign_record
from moothall.store import Store

SHOWN = (SignalState.FIRED, SignalState.WATCHED)

Thresholds = Annotated[
    Path | None, typer.Option(help="A YAML file with thresholds of your own, such as limits that government fixes.")
]


def signals(
    authority: AuthorityName, as_of: AsOf = None, thresholds: Thresholds = None, answer: FormatOption = Format.HUMAN
) -> None:
    """Say what signs a council shows through each lens, how old the figures are, and how often the sign was right."""
    store = Store.open(builds_folder())
    council = find_authority(authority, store.catalogue.authorities.values())
    rules = load_thresholds(thresholds, store.catalogue.signals) if thresholds else store.catalogue.signals
    known = known_signs_on(store, read_day(as_of) if as_of else None)
    day = known.day or date.today()  # noqa: DTZ011
    readings = readings_of(known, council, day, rules)
    if answer is Format.HUMAN:
        print_signals(known, council, day, readings)
        return
    changed = [id_ for id_, rule in rules.items() if rule != store.catalogue.signals[id_]]
    record = signs_record(known, council, day, readings, changed)
    print_json({**record, "awaiting_data": awaited_record(rules.values())})


def readings_of(store: FigureStore, council: Authority, day: date, rules: dict[str, Signal]) -> list[LensReading]:
    """What every lens says of a council on a day; UsageError where it did not act then."""
    found = lens_readings(store, day, rules)
    if council.code not in found.index:
        raise UsageError(f"{council.name} is no council that acted on {day_text(day)}: choose a day on which it did.")
    return [found.lens_reading(lens, council.code) for lens in found.rules]


def print_signals(store: FigureStore, council: Authority, day: date, readings: list[LensReading]) -> None:
    """Print each lens in sentences: signs present and watched whole, the others counted with why not."""
    typer.echo(f"{council.name} on {day_text(day)}\n\n{chance_sentence()}")
    for reading in readings:
        typer.echo(f"\n{reading.rule.title}: {BAND_WORDS[reading.band].lower()}")
        typer.echo(f"{counts_sentence(reading)}. {band_sentence(reading)}")
        for one in reading.in_state(*SHOWN):
            print_sign(store, one)
        for one in reading.in_state(SignalState.CANNOT_ASSESS):
            typer.echo(f"  - could not be assessed: {one.signal.title}. {why_not_words(store, one)}")


def print_sign(store: FigureStore, reading: SignalReading) -> None:
    """Print one sign with its age, its record and its first question."""
    typer.echo(f"  - {STATE_WORDS[reading.state].lower()}: {reading.signal.title}. {evidence_sentence(reading)}")
    typer.echo(f"    Figure of {age_sentence(reading)}. {sign_record(store, reading.signal)}")
    print_replies(replies_of(store).to_sign(reading))
    typer.echo(f"    Worth asking: {reading.signal.questions[0].text}")


def pack(authority: AuthorityName, answer: FormatOption = Format.HUMAN) -> None:
    """Print a conversation pack: questions for four people, with what signs say and what is unknown."""
    store = Store.open(builds_folder())
    council = find_authority(authority, store.catalogue.authorities.values())
    made = make_conversation_pack(store, council, date.today())  # noqa: DTZ011
    if not made.lenses:
        raise UsageError(made.lead)
    if answer is Format.JSON:
        print_json(pack_record(made, council))
    else:
        print_pack(made)


def print_pack(made: ConversationPack) -> None:
    """Print the pack in the order of its page."""
    typer.echo(f"{made.name}\n\n{made.lead}\n{made.not_a_forecast} {made.chance}")
    for group in made.questions:
        typer.echo(f"\n{group.title}")
        for number, question in enumerate(group.questions, start=1):
            typer.echo(f"  {number}. {question.text} ({question.why})")
    for lens in made.lenses:
        typer.echo(f"\n{lens.title}: {lens.band.lower()}\n{lens.counts} {lens.rests_on} {lens.record}".rstrip())
        for sign in lens.signs:
            typer.echo(f"  - {sign.title} ({sign.state.lower()}). {sign.sentence} Figure of {sign.age}. {sign.record}")
            print_replies(sign.replies)
        for titles, reason in lens.unknown:
            typer.echo(f"  - unknown: {titles}. {reason}")
    for line in made.actions.lines if made.actions else ():
        typer.echo(f"On record: {line.text}, {line.when} ({line.evidence.href})")
    for link in (*made.came_through, *made.learn_from):
        typer.echo(f"Ask {link.text}: {link.note}")
        print_marks(link.replies)
