"""Whether the rules are those that were written down before anybody saw results."""

from dataclasses import dataclass

from moothall.domain.backtest import Variant, VariantStage
from moothall.domain.period import day_text
from moothall.presenters.backtest.inputs import rules_digest
from moothall.presenters.figures.reading import FigureStore


@dataclass(frozen=True, slots=True)
class Freeze:
    """The digest of the rules as they are, and the entry of the log that has it; None where there is none."""

    rules: str
    variant: Variant | None

    @property
    def is_frozen(self) -> bool:
        """True only where the log noted these very rules before results were seen."""
        return self.variant is not None and self.variant.stage is VariantStage.BEFORE_RESULTS

    @property
    def status(self) -> str:
        """The state in a few words, for programs and people alike."""
        if self.is_frozen:
            return "frozen before results were seen"
        return "changed after results were seen: new variant"


def freeze_of(store: FigureStore) -> Freeze:
    """How the rules of a store stand to the log."""
    digest = rules_digest(store.catalogue)
    return Freeze(digest, next((variant for variant in store.catalogue.variants if variant.rules == digest), None))


def freeze_sentence(freeze: Freeze) -> str:
    """The state in a sentence, with the variant's name and day."""
    if freeze.variant is None:
        return (
            "These rules are not in the log of rules that were tried: they were changed after results were seen, "
            "and are a new variant that nobody has written down."
        )
    named = f"{freeze.variant.id}, noted on {day_text(freeze.variant.on)}"
    if freeze.is_frozen:
        return f"These rules were written down before anybody saw how they do ({named})."
    return f"These rules were changed after results were seen: a new variant ({named})."
