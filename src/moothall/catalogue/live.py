"""How fetch finds the newest file of a publication: by a page's attachments, an API, a repository, or its address.

Addresses of attachments change with each release, so a source declares the page and the words of the title, and the
address is looked up each time.
"""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from moothall.catalogue.fields import Address, Entry, Heading, RelativePath, Text, own_words
from moothall.catalogue.patterns import Wanted


class LiveRule(StrEnum):
    """Where the newest file is looked for."""

    GOVUK_CONTENT = "govuk-content"
    """Among the attachments of a page of www.gov.uk, or of the newest page of a collection, by title."""
    ONS_API = "ons-api"
    """The API of Explore Local Statistics: one dataset as CSV, with its title and the day it was updated."""
    GITHUB_CSV = "github-csv"
    """A file on the main branch of a public repository, and beside it a JSON file that says its title and day."""
    DIRECT = "direct"
    """An address that stays the same from release to release."""


class FileType(StrEnum):
    """The formats of files that the pipeline reads, by their ending."""

    CSV = "csv"
    JSON = "json"
    ODS = "ods"
    XLS = "xls"
    XLSX = "xlsx"
    PARQUET = "parquet"


class Pick(StrEnum):
    """Which of several attachments that fit is the newest: by the order in which the page lists them."""

    FIRST = "first"
    LAST = "last"


GovukPage = Annotated[str, StringConstraints(pattern=r"^/[\w./{}-]+$")]
"""The path of a page of www.gov.uk; ``{year}`` is what ``--with year=...`` says."""

Repository = Annotated[str, StringConstraints(pattern=r"^[\w.-]+/[\w.-]+$")]
"""A public repository as owner/name."""

KEYS_OF_RULES: dict[LiveRule, tuple[frozenset[str], frozenset[str]]] = {
    LiveRule.GOVUK_CONTENT: (frozenset({"page", "attachment_title"}), frozenset({"document_title", "pick"})),
    LiveRule.ONS_API: (frozenset({"address", "dataset"}), frozenset()),
    LiveRule.GITHUB_CSV: (frozenset({"repository", "path"}), frozenset({"about"})),
    LiveRule.DIRECT: (frozenset({"address"}), frozenset()),
}
"""The keys that each rule needs, and those that it may have."""


class LiveFile(Entry):
    """One file that a publication brings out anew, and the rule by which it is found.

    ``page``, ``address``, ``dataset``, ``path`` and ``about`` may hold words in braces, which ``--with`` fills.
    ``document_title`` picks the pages of a collection, of which the one updated last is taken.
    """

    rule: LiveRule
    file_type: FileType
    what: Text | None = None
    page: GovukPage | None = None
    document_title: Wanted | None = None
    attachment_title: Wanted | None = None
    pick: Pick | None = None
    address: Address | None = None
    dataset: Heading | None = None
    repository: Repository | None = None
    path: RelativePath | None = None
    about: RelativePath | None = None
    max_bytes: Annotated[int, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def _has_the_keys_of_its_rule(self) -> Self:
        needed, possible = KEYS_OF_RULES[self.rule]
        lacking = sorted(key for key in needed if getattr(self, key) is None)
        if lacking:
            raise own_words(f'the rule "{self.rule}" needs {lacking[0]}; add it')
        others = set().union(*(keys for rule in KEYS_OF_RULES.values() for keys in rule)) - needed - possible
        stray = sorted(key for key in others if getattr(self, key) is not None)
        if stray:
            raise own_words(f'{stray[0]} means nothing to the rule "{self.rule}"; take it out')
        return self
