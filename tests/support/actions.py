"""A register of formal actions for the tiny catalogue: two actions of Westbay and Northshire, and their ledger."""

from typing import Any

from tests.support.catalogue_builder import Files, tiny_catalogue

ACTIONS = "actions/2021.yaml"
LEDGER = "actions/ledger.yaml"


def action(id_: str = "westbay-notice", /, **others: Any) -> dict[str, Any]:
    """A section 114 notice; ``others`` adds or replaces keys, None takes one out."""
    given = {
        "id": id_,
        "authority": "WBY",
        "kind": "section-114-notice",
        "mechanism": "finance",
        "decided_on": "2020-11-11",
        "precision": "day",
        "evidence": "https://example.org/notice",
        "checked": "source-cited",
        "counts_as": "fiscal-event",
        "counts_why": "It could not pay for what it had planned.",
        **others,
    }
    return {key: value for key, value in given.items() if value is not None}


def intervention(id_: str = "northshire-intervention", /, **others: Any) -> dict[str, Any]:
    """An intervention at the county, which ended with it."""
    lasting = {"kind": "statutory-intervention", "counts_as": "governance-event", "authority": "NSH"}
    return action(id_, **{**lasting, **others})


def ledger(*ids: str, **others: Any) -> dict[str, Any]:
    """The ledger of these ids."""
    return {
        "complete_to": "2024-12-31",
        "scope": "Decisions about made-up councils.",
        "source": "waste-returns",
        "recorded": list(ids),
        **others,
    }


def with_actions(*actions: dict[str, Any], **ledger_keys: Any) -> Files:
    """The tiny catalogue with these actions, all of them in the ledger unless ``recorded`` says otherwise."""
    ids = ledger_keys.pop("recorded", [each["id"] for each in actions])
    return tiny_catalogue() | {ACTIONS: {"actions": list(actions)}, LEDGER: ledger(*ids, **ledger_keys)}
