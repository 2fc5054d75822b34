"""Consultations of the catalogue as this room lists them."""

from dataclasses import dataclass

from moothall.domain.consultation import Consultation
from moothall.errors import NoBuild
from moothall.presenters.addresses import TAKE_PART
from moothall.presenters.shared_by_councils.consultation_page import consultation_state
from moothall.web.current import current_store, today

CONSULTATIONS = f"{TAKE_PART}/consultations"


@dataclass(frozen=True, slots=True)
class ListedConsultation:
    """One consultation in a list."""

    title: str
    address: str
    state: str


def state_words(consultation: Consultation) -> str:
    """Whether a consultation takes answers, and until when."""
    return consultation_state(consultation, today())


def consultation_address(consultation: Consultation) -> str:
    """The page of a consultation."""
    return f"{CONSULTATIONS}/{consultation.id}"


def listed_consultations() -> list[ListedConsultation]:
    """All consultations, those that close last first; none where there is no build yet."""
    try:
        known = current_store().catalogue.consultations
    except NoBuild:
        return []
    found = sorted(known.values(), key=lambda each: each.closes, reverse=True)
    return [ListedConsultation(each.title, consultation_address(each), state_words(each)) for each in found]
