"""Rules of sentences (catalogue/words), as YAML states them, and the domain types they become."""

from collections.abc import Iterable
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from moothall.catalogue.fields import CellText, CellTexts, Entry, Id, Text, own_words
from moothall.domain.matters import VOCABULARIES
from moothall.domain.wording import Comparison, Condition, Length, Matter, Rule

ORDERINGS = (Comparison.ABOVE, Comparison.BELOW, Comparison.AT_LEAST, Comparison.AT_MOST)


class ComparisonEntry(Entry):
    """One comparison of a fact: with a word or number, with any of several, or with another count by its name."""

    equal: CellTexts | None = Field(default=None, alias="is")
    unequal: CellTexts | None = Field(default=None, alias="not")
    above: CellText | None = None
    below: CellText | None = None
    at_least: CellText | None = Field(default=None, alias="at-least")
    at_most: CellText | None = Field(default=None, alias="at-most")

    @model_validator(mode="after")
    def _compares_once(self) -> Self:
        if len(self.model_fields_set) != 1:
            raise own_words("a condition makes one comparison; keep one of is, not, above, below, at-least or at-most")
        return self

    def condition(self, fact: str) -> Condition:
        """The comparison as a type of the domain."""
        ((word, operands),) = self.model_dump(by_alias=True, exclude_unset=True).items()
        return Condition(fact, Comparison(word), (operands,) if isinstance(operands, str) else tuple(operands))


def _as_comparison(value: Any) -> Any:
    return {"is": value} if isinstance(value, str | list) else value


_PLAIN = {"type": ["string", "number", "boolean"]}

ConditionEntry = Annotated[
    ComparisonEntry,
    BeforeValidator(_as_comparison),
    WithJsonSchema(
        {
            "anyOf": [
                _PLAIN,
                {"type": "array", "items": _PLAIN, "minItems": 1},
                {
                    "type": "object",
                    "properties": {str(word): {} for word in Comparison},
                    "additionalProperties": False,
                    "minProperties": 1,
                    "maxProperties": 1,
                },
            ]
        }
    ),
]
"""A word, a list of words, or a comparison by its name."""


class RuleEntry(Entry):
    """One rule: when it holds, and what is said then, in the lengths of its matter."""

    id: Id
    when: dict[str, ConditionEntry] = Field(default_factory=dict)
    because: Text | None = None
    cell: Text | None = None
    sentence: Text | None = None
    part: Text | None = None
    question: Text | None = None

    @property
    def texts(self) -> dict[Length, str]:
        """The templates that are there, by length."""
        return {length: text for length in Length if (text := getattr(self, length.value))}


class WordsEntry(Entry):
    """catalogue/words/<matter>.yaml: the rules of one matter, of which the first that holds is used."""

    matter: Matter
    about: Text
    rules: Annotated[tuple[RuleEntry, ...], Field(min_length=1)]


class VerbEntry(Entry):
    """What a council did or had, after its name: ``recycled {value} of household waste``."""

    metric: Id
    verb: Text

    @model_validator(mode="after")
    def _tells_the_value_once(self) -> Self:
        if self.verb.count("{value}") != 1 or "{" in self.verb.replace("{value}", ""):
            raise own_words(f"verb of {self.metric} must have {{value}} once and no other token; mend it")
        if not self.verb[0].islower() or self.verb.endswith("."):
            raise own_words(
                f"verb of {self.metric} stands inside a sentence: begin it small, without a stop at the end"
            )
        return self


class VerbsFile(Entry):
    """catalogue/verbs.yaml"""

    verbs: tuple[VerbEntry, ...]


def to_rules(entry: WordsEntry) -> tuple[Rule, ...]:
    """The rules of a matter as types of the domain."""
    return tuple(to_rule(rule, entry.matter) for rule in entry.rules)


def to_rule(entry: RuleEntry, matter: Matter) -> Rule:
    """One rule as a type of the domain."""
    conditions = tuple(comparison.condition(fact) for fact, comparison in entry.when.items())
    return Rule(entry.id, matter, conditions, entry.texts, entry.because or "")


def to_words(entries: Iterable[WordsEntry]) -> dict[Matter, tuple[Rule, ...]]:
    """The rules of all matters, in the order of the matters."""
    by_matter = {entry.matter: to_rules(entry) for entry in entries}
    return {matter: by_matter[matter] for matter in VOCABULARIES if matter in by_matter}


def to_abouts(entries: Iterable[WordsEntry]) -> dict[Matter, str]:
    """What each matter is about, in words for readers."""
    return {entry.matter: entry.about for entry in entries}
