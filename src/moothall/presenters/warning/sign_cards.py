"""The signs of one council as cards: evidence, age, record, question and what could explain it, never one alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from moothall.domain.authority import Authority
from moothall.domain.signal import LensBand, SignalState
from moothall.presenters.addresses import (
    authority_signs_address,
    conversation_pack_address,
    metric_address,
    reply_form_address,
    signal_address,
    trail_address,
)
from moothall.presenters.blocks import Link
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.shared_by_councils.replies import ReplyView, replies_of
from moothall.presenters.warning.lens_readings import LensReading, SignalReading
from moothall.presenters.warning.lens_words import (
    BAND_WORDS,
    ROLE_WORDS,
    STATE_WORDS,
    age_sentence,
    band_sentence,
    counts_sentence,
    evidence_sentence,
    figure_text,
    middle_words,
    shows_middle,
    why_not_words,
)
from moothall.presenters.warning.sign_records import band_record, sign_record
from moothall.presenters.wording.numbers import count_text

NO_REPLY = "The council has not replied here."


@dataclass(frozen=True, slots=True)
class SignCard:
    """One sign of one council, with everything that must stand beside it.

    ``age`` says of when the figure is, ``record`` how often the sign was right; neither is ever empty.
    """

    id: str
    title: str
    href: str
    state: str
    sentence: str
    figure: str | None
    middle: str | None
    age: str
    trail: Link | None
    record: str
    questions: tuple[tuple[str, str], ...]
    harmless: tuple[str, ...]
    replies: tuple[ReplyView, ...]
    no_reply: str
    reply: Link | None


@dataclass(frozen=True, slots=True)
class SignLine:
    """A sign that is not present, or could not be assessed, in one line with its reason."""

    title: str
    href: str
    text: str
    age: str
    replies: tuple[ReplyView, ...]


@dataclass(frozen=True, slots=True)
class LensPanel:
    """One lens of one council: its band in words, its cards, and in lines what is not present or not known."""

    id: str
    title: str
    href: str
    looks_for: str
    band: str
    counts: str
    rests_on: str
    record: str
    cards: tuple[SignCard, ...]
    absent: tuple[SignLine, ...]
    unknown: tuple[SignLine, ...]
    awaited: tuple[Link, ...]


def make_lens_panel(store: FigureStore, reading: LensReading, href: str) -> LensPanel:
    """The panel of a lens; signs present come first, then those watched."""
    shown = [*reading.in_state(SignalState.FIRED), *reading.in_state(SignalState.WATCHED)]
    lens = reading.rule.lens
    return LensPanel(
        id=lens.value,
        title=reading.rule.title,
        href=href,
        looks_for=reading.rule.looks_for,
        band=BAND_WORDS[reading.band],
        counts=f"{counts_sentence(reading)}.",
        rests_on=band_sentence(reading),
        record="" if reading.band is LensBand.CANNOT_SAY else band_record(store, lens, reading.band),
        cards=tuple(make_card(store, one, reading.day) for one in shown),
        absent=tuple(_absent_line(store, one) for one in reading.in_state(SignalState.NOT_FIRED)),
        unknown=tuple(_unknown_line(store, one) for one in reading.in_state(SignalState.CANNOT_ASSESS)),
        awaited=tuple(awaited_links(store, reading)),
    )


def make_card(store: FigureStore, reading: SignalReading, day: date) -> SignCard:
    """The card of a sign that is present or watched on a day."""
    signal, has_number, replies = reading.signal, shows_middle(reading.signal), replies_of(store).to_sign(reading)
    form = reply_form_address(signal.id, reading.authority.slug, day.isoformat(), sign="1")
    reply = Link("Do you speak for this council? Reply to this sign", form)
    return SignCard(
        id=signal.id,
        title=signal.title,
        href=signal_address(signal.id),
        state=STATE_WORDS[reading.state],
        sentence=evidence_sentence(reading),
        figure=figure_text(reading) if has_number else None,
        middle=_middle_text(reading) if has_number else None,
        age=age_sentence(reading),
        trail=_trail(store, reading),
        record=sign_record(store, signal),
        questions=tuple((ROLE_WORDS[question.ask], question.text) for question in signal.questions),
        harmless=signal.harmless,
        replies=replies,
        no_reply="" if replies else NO_REPLY,
        reply=None if store.day else reply,
    )


def _middle_text(reading: SignalReading) -> str:
    return f"{middle_words(reading)}, of {count_text(reading.count, 'council')}"


def _trail(store: FigureStore, reading: SignalReading) -> Link | None:
    """Where the figure comes from; for a figure that is not there, the metric."""
    if reading.metric is None or reading.period is None:
        return None
    panel = store.panel(reading.metric.id)
    if reading.authority.code in panel.index and reading.period.slug in panel.period_index:
        address = trail_address(reading.metric.id, reading.authority.slug, reading.period.slug, store.day)
        return Link(reading.metric.title, address)
    return Link(reading.metric.title, metric_address(reading.metric.id))


def _absent_line(store: FigureStore, reading: SignalReading) -> SignLine:
    title, href = reading.signal.title, signal_address(reading.signal.id)
    return SignLine(title, href, evidence_sentence(reading), age_sentence(reading), replies_of(store).to_sign(reading))


def _unknown_line(store: FigureStore, reading: SignalReading) -> SignLine:
    title, href = reading.signal.title, signal_address(reading.signal.id)
    age = age_sentence(reading) or "no figure, so no age"
    return SignLine(title, href, why_not_words(store, reading), age, replies_of(store).to_sign(reading))


def awaited_links(store: FigureStore, reading: LensReading) -> Iterator[Link]:
    """The rules of a lens that wait for a publisher."""
    for signal in store.catalogue.signals.values():
        if signal.lens is reading.rule.lens and signal.awaiting:
            yield Link(signal.title, signal_address(signal.id), signal.publisher)


def signs_links(authority: Authority) -> tuple[Link, ...]:
    """The ways from a council's page to its signs; none for bodies that no rule looks at."""
    if not authority.type.is_principal:
        return ()
    return (
        Link(
            "Signs worth asking about",
            authority_signs_address(authority.slug),
            "through three lenses: debt, resilience and governance",
        ),
        Link("Conversation pack", conversation_pack_address(authority.slug), "questions to take to a meeting"),
    )
