"""Read the folder ``catalogue/`` whole: every file, every fault, and then one Catalogue or one CatalogueError."""

from pathlib import Path

from moothall.catalogue.check_actions import action_faults
from moothall.catalogue.check_drafts import draft_faults
from moothall.catalogue.check_frameworks import framework_faults
from moothall.catalogue.check_metrics import metric_faults
from moothall.catalogue.check_navigation import navigation_faults
from moothall.catalogue.check_quantities import quantity_faults
from moothall.catalogue.check_register import register_faults
from moothall.catalogue.check_signals import lens_faults, signal_faults
from moothall.catalogue.check_similarity import list_faults, similarity_faults
from moothall.catalogue.check_sources import source_faults
from moothall.catalogue.check_unread import unread_faults
from moothall.catalogue.check_variants import variant_faults
from moothall.catalogue.check_words import verb_faults, word_faults
from moothall.catalogue.contents import Catalogue
from moothall.catalogue.convert import to_catalogue
from moothall.catalogue.drafts import read_drafts, read_word_drafts
from moothall.catalogue.wording import to_words
from moothall.domain.wording import Matter, Rule
from moothall.errors import CatalogueError


def load_words(folder: Path) -> dict[Matter, tuple[Rule, ...]]:
    """The rules of sentences in ``folder``, without the rest of the catalogue; CatalogueError as below."""
    drafts = read_word_drafts(folder)
    faults = [*drafts.faults, *word_faults(drafts)]
    if faults:
        raise CatalogueError(faults)
    return to_words(located.entry for located in drafts.words)


def load_catalogue(folder: Path) -> Catalogue:
    """The catalogue in ``folder``, checked.

    Raise CatalogueError with one sentence for each fault of each file: file, line, key, value and what to do.
    """
    drafts = read_drafts(folder)
    checks = (
        navigation_faults,
        register_faults,
        source_faults,
        metric_faults,
        draft_faults,
        framework_faults,
        list_faults,
        similarity_faults,
        unread_faults,
        action_faults,
        variant_faults,
        lens_faults,
        signal_faults,
        word_faults,
        verb_faults,
        quantity_faults,
    )
    faults = [*drafts.faults, *(fault for check in checks for fault in check(drafts))]
    if faults:
        raise CatalogueError(faults)
    return to_catalogue(drafts)
