"""The comparator group that an address or a command means, whether it follows from the register, figures or a list."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from functools import lru_cache

import numpy as np

from moothall.analytics.circumstances import usual_model
from moothall.analytics.groups import (
    Group,
    GroupKind,
    custom_group,
    deprivation_group,
    fifths,
    group_of,
    group_with_id,
    listed_group,
    similar_group,
    type_group,
)
from moothall.analytics.refusal import MINIMUM_FOR_MEDIAN
from moothall.catalogue.listing import ListDefinition
from moothall.domain.authority import Authority, AuthorityType
from moothall.domain.metric import Metric
from moothall.errors import UnknownName, UsageError
from moothall.presenters.figures.reading import FigureStore, kept_by_store
from moothall.presenters.similarity.similar import find_model, similar_councils, usual_peers
from moothall.presenters.wording.numbers import count_text
from moothall.store import Listing

DEPRIVATION_METRIC = "deprivation-average-score"
"""The metric by which councils of a type are put into fifths; a higher score is more deprived."""

KEPT_GROUPS = 512

MOST_NAMED = 5
"""How many unknown codes of a file a sentence names; the rest are counted."""

_OF_A_COUNCIL = (GroupKind.SAME_TYPE, GroupKind.REGION)


def relative_words(store: FigureStore) -> tuple[str, ...]:
    """The words for groups that a council has: ``same-type``, ``region``, ``similar``, ``ons:global`` ..."""
    models = tuple(f"{GroupKind.SIMILAR}:{model}" for model in store.catalogue.similarity_models)
    return (*_OF_A_COUNCIL, GroupKind.SIMILAR, *models, *store.catalogue.lists, GroupKind.DEPRIVATION)


def named_group(store: FigureStore, text: str, authority: Authority | None = None) -> Group:
    """The group of a word or an id; a word such as ``similar`` needs the council whose group it is.

    An id names its council itself: ``similar:all-purpose:LDS``. UnknownName or UsageError, one sentence, where there is
    no such group or the council has none of that kind.
    """
    catalogue = store.catalogue
    word, _, last = text.rpartition(":")
    words = relative_words(store)
    if word in words and last in catalogue.authorities:
        return _group_of(store, word, catalogue.authorities[last])
    if text not in words:
        return _standard_group(store, text, words)
    if authority is None:
        raise UsageError(f"The group {text} needs to know whose: name a council, or write {text}:LDS.")
    return _group_of(store, text, authority)


def usual_group(metric: Metric) -> Group:
    """The group of a metric that nobody has chosen: the first type, in the order of the domain, that it is for."""
    return type_group(next(t for t in AuthorityType if t in metric.applies_to))


def default_kind(store: FigureStore, authority: Authority) -> GroupKind:
    """The group that a council's pages show first: similar councils, or its type where nobody can be named."""
    return GroupKind.SIMILAR if usual_peers(store, authority) else GroupKind.SAME_TYPE


def kinds_of(store: FigureStore, authority: Authority) -> tuple[GroupKind, ...]:
    """The kinds of group among which a council's pages let a reader choose, the first one being the default."""
    others = (GroupKind.SAME_TYPE, *((GroupKind.REGION,) if authority.region else ()), GroupKind.ENGLAND)
    return tuple(dict.fromkeys((default_kind(store, authority), *others)))


def own_groups(store: FigureStore, authority: Authority) -> tuple[Group, ...]:
    """The groups that a council has by figures and lists: similar councils, those of lists, its deprivation fifth."""
    return _own_groups_of(store)(authority.code)


@kept_by_store
def _own_groups_of(store: FigureStore) -> Callable[[str], tuple[Group, ...]]:
    """What finds the groups of a council in one open build, keeping those found last: no group has a reader."""
    authorities = store.catalogue.authorities
    return lru_cache(maxsize=KEPT_GROUPS)(lambda code: _find_own_groups(store, authorities[code]))


def _find_own_groups(store: FigureStore, authority: Authority) -> tuple[Group, ...]:
    found = {}
    for word in relative_words(store):
        if word not in _OF_A_COUNCIL:
            with suppress(UsageError):
                group = _group_of(store, word, authority)
                found[group.id] = group
    return tuple(found.values())


def read_group_file(store: FigureStore, text: str, name: str) -> Group:
    """A user's own group from a file: one authority code or GSS code a line, ``#`` before a remark.

    UsageError, one sentence, for codes that we do not know, and for fewer than 3 councils: these have no middle figure.
    """
    lines = [line.partition("#")[0].strip().strip(",\"'") for line in text.lstrip("\ufeff").splitlines()]
    codes = dict.fromkeys(line for line in lines if line)
    own = {code: code for code in store.catalogue.authorities} | _gss_codes(store)
    unknown = [code for code in codes if code not in own]
    if unknown:
        more = f" and {len(unknown) - MOST_NAMED} more" if len(unknown) > MOST_NAMED else ""
        named = ", ".join(unknown[:MOST_NAMED])
        raise UsageError(
            f"{name} has {count_text(len(unknown), 'code')} that no council has: {named}{more}; "
            "write one code a line, such as LDS or E08000035."
        )
    group = custom_group(own[code] for code in codes)
    if len(group.codes) < MINIMUM_FOR_MEDIAN:
        held = count_text(len(group.codes), "council")
        raise UsageError(f"{name} names {held}: a group needs at least {MINIMUM_FOR_MEDIAN} for a middle figure.")
    return group


def _standard_group(store: FigureStore, text: str, words: Sequence[str]) -> Group:
    try:
        return group_with_id(text, store.catalogue.regions, store.catalogue.authorities)
    except UnknownName as error:
        raise UnknownName(str(error), (*words, *error.suggestions)) from None


def _group_of(store: FigureStore, word: str, authority: Authority) -> Group:
    if word in _OF_A_COUNCIL:
        return group_of(GroupKind(word), authority, store.catalogue.regions)
    if word == GroupKind.DEPRIVATION:
        return _deprivation_group(store, authority)
    if word in store.catalogue.lists:
        return _listed_group(store, store.catalogue.lists[word], authority)
    return _similar_group(store, word.partition(":")[2], authority)


def _similar_group(store: FigureStore, model_id: str, authority: Authority) -> Group:
    model = find_model(store.catalogue, model_id) if model_id else usual_model(store.catalogue, authority.type)
    if model is None:
        raise UsageError(f"No model of similarity covers {authority.name}, so choose another group.")
    found = similar_councils(store, authority, model)
    if found.refused:
        raise UsageError(found.refused)
    return similar_group(model, authority, found.codes, found.circle.day)


def _listed_group(store: FigureStore, definition: ListDefinition, authority: Authority) -> Group:
    listing = store.lists.get(definition.id, Listing())
    alike = listing.peers.get(authority.code) or listing.alike(authority.code)
    if not alike:
        raise UsageError(
            f"{authority.name} is not in the list {definition.title!r} ({definition.edition}), so choose another group."
        )
    title = f"{definition.words} {authority.short_name}"
    return listed_group(definition.id, title, authority, alike, definition.edition, definition.areas_on)


def _deprivation_group(store: FigureStore, authority: Authority) -> Group:
    panel = store.panel(DEPRIVATION_METRIC)
    if not panel.periods or authority.code not in panel.index:
        raise UsageError(f"No score of deprivation is published for {authority.name}, so choose another group.")
    period = panel.periods[-1]
    kin = [
        code
        for code in panel.authorities
        if store.catalogue.authorities[code].type is authority.type
        and store.catalogue.authorities[code].is_active(period.end)
    ]
    standing = fifths(panel.values[[panel.index[code] for code in kin], -1]) if kin else np.zeros(0, dtype=np.int64)
    placed = {code: int(fifth) for code, fifth in zip(kin, standing, strict=True)}
    fifth = placed.get(authority.code, 0)
    if not fifth:
        raise UsageError(f"No score of deprivation is published for {authority.name}, so choose another group.")
    alike = [code for code, other in placed.items() if other == fifth]
    return deprivation_group(authority, fifth, alike, period.label, period.end)


def _gss_codes(store: FigureStore) -> dict[str, str]:
    """The authority that has, or last had, each GSS code."""
    holders = sorted(store.catalogue.authorities.values(), key=lambda a: a.end or date.max)
    return {area.code: authority.code for authority in holders for area in authority.area_codes}
