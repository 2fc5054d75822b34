"""Sentences by declared rules: facts in, the first rule that holds, its text filled (METHODS 7).

The rules stand in catalogue/words. Every sentence keeps its rule and what went into it, to be shown on request.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from moothall.domain.wording import Facts, FactValue, Length, Matter, Rule, first_rule
from moothall.errors import CatalogueError
from moothall.presenters.figures.reading import FigureStore, kept_by_store

KEPT_CHOICES = 65_536
"""How many combinations of facts keep the rule that was chosen for them."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text, the rule that chose it, and what the rule read (``facts``) and filled in (``tokens``)."""

    text: str
    rule: str
    facts: Facts
    tokens: Mapping[str, str]

    def __str__(self) -> str:
        return self.text

    @property
    def inputs(self) -> dict[str, FactValue]:
        """Everything that went in, by name."""
        return {**self.tokens, **self.facts}

    @property
    def record(self) -> dict[str, Any]:
        """The sentence as a plain record for programs."""
        return {"text": self.text, "rule": self.rule, "inputs": self.inputs}


class Sentences:
    """The rules of one catalogue, ready to choose; ``verbs`` by metric."""

    def __init__(self, words: Mapping[Matter, Sequence[Rule]], verbs: Mapping[str, str] | None = None) -> None:
        self._words, self.verbs = words, verbs or {}
        self._chosen = lru_cache(maxsize=KEPT_CHOICES)(self._choose)

    def say(self, matter: Matter, length: Length, facts: Facts, tokens: Mapping[str, str]) -> Said:
        """The text that the rules of a matter give for these facts; CatalogueError where they are not there."""
        rule = self._chosen(matter, tuple(facts.items()))
        return Said(rule.texts[length].format_map(tokens), rule.id, facts, tokens)

    def rule(self, matter: Matter, facts: Facts) -> Rule:
        """The rule that holds for these facts."""
        return self._chosen(matter, tuple(facts.items()))

    def _choose(self, matter: Matter, items: tuple[tuple[str, FactValue], ...]) -> Rule:
        rule = first_rule(self._words.get(matter, ()), dict(items))
        if rule is None:
            raise CatalogueError([f"no rule says how to speak of {matter} here; make the build again"])
        return rule


@kept_by_store
def sentences_of(store: FigureStore) -> Sentences:
    """The sentences of an open build's catalogue."""
    return Sentences(store.catalogue.words, store.catalogue.verbs)


def text_of(parts: Sequence[Said]) -> str:
    """Sentences one after the other."""
    return " ".join(part.text for part in parts)
