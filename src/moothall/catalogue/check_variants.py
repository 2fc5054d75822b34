"""The log of rules that were tried: no set twice, in the order in which they were tried."""

from collections.abc import Iterator
from itertools import pairwise

from moothall.catalogue.drafts import Drafts
from moothall.catalogue.references import repeated


def variant_faults(drafts: Drafts) -> Iterator[str]:
    """One sentence for each fault of the log."""
    yield from repeated(drafts.variants, "id", lambda variant: variant.id)
    yield from repeated(drafts.variants, "rules", lambda variant: variant.rules)
    for earlier, later in pairwise(drafts.variants):
        if later.entry.on < earlier.entry.on:
            words = f"{later.entry.id} was tried before {earlier.entry.id}, which stands above it; keep to the order"
            yield later.fault(words, "on")
