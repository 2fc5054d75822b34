"""The conversation pack of one council: what signs say, what is unknown, what could explain it, and what to ask."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from moothall.analytics.groups import type_group
from moothall.domain.authority import Authority
from moothall.domain.formal_action import CountsAs, FormalAction
from moothall.domain.period import day_text
from moothall.domain.signal import LensBand, SignalState
from moothall.domain.words import Polarity
from moothall.errors import UsageError
from moothall.presenters.addresses import (
    action_address,
    authorities_address,
    authority_address,
    authority_signs_address,
    signal_address,
)
from moothall.presenters.authority.learning_view import whom_to_learn_from
from moothall.presenters.blocks import Link, PageHead
from moothall.presenters.downloads.names import SIGNS, Offered
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.shared_by_councils.replies import ReplyView, replies_of
from moothall.presenters.similarity.similar import usual_peers
from moothall.presenters.warning.actions import KIND_WORDS, ActionsSection, decision_text, make_actions_section
from moothall.presenters.warning.authority_signs_page import lens_readings_of
from moothall.presenters.warning.lens_readings import LensReading, SignalReading
from moothall.presenters.warning.lens_words import (
    BAND_WORDS,
    NOT_A_FORECAST,
    STATE_WORDS,
    age_sentence,
    band_sentence,
    chance_sentence,
    counts_sentence,
    evidence_sentence,
    why_not_words,
)
from moothall.presenters.warning.pack_questions import QuestionGroup, question_groups
from moothall.presenters.warning.sign_records import band_record, sign_record

TITLE = "Conversation pack"

MOST_NAMED = 5
"""How many councils that came through the same are named."""

SHOWN = (SignalState.FIRED, SignalState.WATCHED)
EVENTS = (CountsAs.FISCAL_EVENT, CountsAs.GOVERNANCE_EVENT)


@dataclass(frozen=True, slots=True)
class PackSign:
    """One sign in a pack. ``age`` and ``record`` are never empty."""

    title: str
    href: str
    state: str
    sentence: str
    age: str
    record: str
    harmless: tuple[str, ...]
    replies: tuple[ReplyView, ...]


@dataclass(frozen=True, slots=True)
class PackLens:
    """One lens in a pack, with its signs and what it could not look at."""

    title: str
    band: str
    counts: str
    rests_on: str
    record: str
    signs: tuple[PackSign, ...]
    unknown: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ConversationPack:
    """Everything that the pack shows. ``chance`` is never empty."""

    head: PageHead
    name: str
    lead: str
    chance: str
    not_a_forecast: str
    lenses: tuple[PackLens, ...]
    questions: tuple[QuestionGroup, ...]
    actions: ActionsSection | None
    came_through: tuple[Link, ...]
    learn_from: tuple[Link, ...]
    links: tuple[Link, ...]


def make_conversation_pack(store: FigureStore, authority: Authority, today: date) -> ConversationPack:
    """The pack of a council on the store's day, or today; without lenses where it did not act then."""
    day = store.day or today
    readings = lens_readings_of(store, authority, day)
    return ConversationPack(
        head=_head(authority, SIGNS if readings else ()),
        name=authority.name,
        lead=_lead(authority, day, bool(readings)),
        chance=chance_sentence(),
        not_a_forecast=NOT_A_FORECAST,
        lenses=tuple(_lens(store, reading) for reading in readings),
        questions=question_groups(readings),
        actions=make_actions_section(store, authority, day),
        came_through=tuple(came_through(store, authority, day)) if readings else (),
        learn_from=tuple(learn_from(store, authority, readings)),
        links=(
            Link("The signs with their figures", authority_signs_address(authority.slug)),
            Link("All figures of this council", authority_address(authority.slug)),
        ),
    )


def _head(authority: Authority, files: Offered) -> PageHead:
    own = authority.short_name
    crumbs = (
        ("Home", "/"),
        ("Councils", authorities_address()),
        (own, authority_address(authority.slug)),
        (TITLE, None),
    )
    about = f"Questions for a conversation with {authority.name}."
    return PageHead(f"{TITLE}, {own}", "authorities", crumbs, about, files=files)


def _lead(authority: Authority, day: date, has_readings: bool) -> str:
    if not has_readings:
        return f"There is no pack for {authority.name} on {day_text(day)}: it is no council that acts on that day."
    made = f"For a conversation with {authority.name}, made on {day_text(day)} from published figures"
    return f"{made}: what they show, what they cannot show, what could explain it, and what is worth asking whom."


def _lens(store: FigureStore, reading: LensReading) -> PackLens:
    lens = reading.rule.lens
    return PackLens(
        title=reading.rule.title,
        band=BAND_WORDS[reading.band],
        counts=f"{counts_sentence(reading)}.",
        rests_on=band_sentence(reading),
        record="" if reading.band is LensBand.CANNOT_SAY else band_record(store, lens, reading.band),
        signs=tuple(_sign(store, one) for state in SHOWN for one in reading.in_state(state)),
        unknown=tuple(_unknown(store, reading)),
    )


def _sign(store: FigureStore, reading: SignalReading) -> PackSign:
    signal = reading.signal
    return PackSign(
        title=signal.title,
        href=signal_address(signal.id),
        state=STATE_WORDS[reading.state],
        sentence=evidence_sentence(reading),
        age=age_sentence(reading),
        record=sign_record(store, signal),
        harmless=signal.harmless,
        replies=replies_of(store).to_sign(reading),
    )


def _unknown(store: FigureStore, reading: LensReading) -> Iterator[tuple[str, str]]:
    """The titles of signs that could not be assessed, under each reason."""
    by_reason: dict[str, list[str]] = {}
    for one in reading.in_state(SignalState.CANNOT_ASSESS):
        by_reason.setdefault(why_not_words(store, one), []).append(one.signal.title)
    for reason, titles in by_reason.items():
        yield ", ".join(titles), reason


def came_through(store: FigureStore, authority: Authority, day: date) -> Iterator[Link]:
    """Councils of the same type whose formal action has ended, the most similar first, then by name."""
    peers = usual_peers(store, authority)
    nearness = {code: place for place, code in enumerate(peers.codes)} if peers else {}
    ended: dict[str, FormalAction] = {}
    for action in store.catalogue.formal_actions.actions.values():
        if action.counts_as in EVENTS and action.ended_on and action.ended_on <= day:
            ended[action.authority] = action
    open_now = {a.authority for a in store.catalogue.formal_actions.actions.values() if a.is_in_force(day)}
    every = store.catalogue.authorities
    found = [every[code] for code in ended if code not in open_now and code != authority.code]
    alike = [other for other in found if other.type is authority.type and other.is_active(day)]
    alike.sort(key=lambda other: (nearness.get(other.code, len(nearness)), other.short_name))
    for other in alike[:MOST_NAMED]:
        action = ended[other.code]
        note = f"{KIND_WORDS[action.kind].lower()} decided {decision_text(action)}, ended {day_text(_end(action))}"
        yield Link(other.short_name, action_address(action.id), note)


def _end(action: FormalAction) -> date:
    return action.ended_on or action.decided_on


def learn_from(store: FigureStore, authority: Authority, readings: Sequence[LensReading]) -> Iterator[Link]:
    """Councils of the same type that turned round a figure behind a sign that is present or watched."""
    shown = [one for reading in readings for state in SHOWN for one in reading.in_state(state)]
    for metric in dict.fromkeys(one.metric for one in shown if one.metric):
        if metric.polarity is Polarity.NONE:
            continue
        try:
            turned = whom_to_learn_from(store, metric, authority, type_group(authority.type)).turned
        except UsageError:
            continue
        for other in turned[:MOST_NAMED]:
            replies = replies_of(store).marks(metric.id, other.authority, other.periods)
            yield Link(other.authority.short_name, authority_address(other.authority.slug), other.sentence, replies)
