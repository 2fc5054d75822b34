"""A short link to a comparison: its choices in the address itself, so that no list of links need be kept.

``LDS.BRD~aB3x.Zq9_~england~~k2Xa``: authority codes; marks of metrics; ids of groups; a theme; a check of it all. A
mark is made from a metric's id alone, so a link leads to the same in every build that knows the same names.
"""

import base64
import hashlib
from collections.abc import Mapping

from moothall.catalogue import Catalogue
from moothall.errors import UnknownName
from moothall.presenters.addresses import compare_address, short_address
from moothall.presenters.comparing.comparison import Comparison

PARTS, ITEMS = "~", "."
MARK_BYTES = 3
"""Four letters: no two of our metrics share a mark, which a test of the catalogue makes sure of."""

NOT_WHOLE = "This short link is not whole: a letter may have been lost or changed. Ask for it again, or choose anew."


class BrokenLink(UnknownName):
    """A short link that leads nowhere; the answer is 404."""


def mark_of(text: str) -> str:
    """Four letters, digits, hyphens or underscores that stand for a text."""
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()[:MARK_BYTES]).decode()


def short_link(chosen: Comparison) -> str:
    """The short address of a comparison: ``/c/LDS.BRD~aB3x~england~~k2Xa``."""
    body = PARTS.join(
        (
            ITEMS.join(authority.code for authority in chosen.authorities),
            ITEMS.join(mark_of(metric.id) for metric in chosen.metrics),
            ITEMS.join(group.id for group in chosen.groups),
            chosen.theme.id if chosen.theme else "",
        )
    )
    return short_address(f"{body}{PARTS}{mark_of(body)}")


def long_address(catalogue: Catalogue, code: str) -> str:
    """The address that a short link stands for; BrokenLink where it is not whole or names what we do not know."""
    body, _, check = code.rpartition(PARTS)
    parts = body.split(PARTS)
    if len(parts) != 4 or mark_of(body) != check:
        raise BrokenLink(NOT_WHOLE)
    codes, marks, groups, theme = ([item for item in part.split(ITEMS) if item] for part in parts)
    slugs = _known(codes, {a.code: a.slug for a in catalogue.authorities.values()}, "council")
    metrics = _known(marks, {mark_of(metric): metric for metric in catalogue.metrics}, "metric")
    return compare_address(slugs, metrics, groups, theme[0] if theme else "")


def _known(items: list[str], names: Mapping[str, str], what: str) -> list[str]:
    if not names.keys() >= set(items):
        raise BrokenLink(f"This short link names a {what} that is not here. Choose anew what to compare.")
    return [names[item] for item in items]
