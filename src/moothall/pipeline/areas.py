"""Which authority an area code stands for at a period, and which codes are areas that no authority runs."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property

from moothall.catalogue.names import fold, fold_place
from moothall.catalogue.reading import AreaKind
from moothall.catalogue.sums import ENGLAND
from moothall.domain.authority import Authority
from moothall.domain.period import Period

_NOT_AN_AUTHORITY = (
    (r"W\d{8}", "an area of Wales"),
    (r"S\d{8}", "an area of Scotland"),
    (r"N\d{8}", "an area of Northern Ireland"),
    (r"K\d{8}", "the United Kingdom, Great Britain or England and Wales together"),
    (r"TL[A-Z0-9]{0,3}", "an ITL area"),
    (r"E05\d{6}", "a ward"),
    (r"E11\d{6}", "a metropolitan county, which has no council"),
    (r"E13\d{6}", "inner or outer London"),
    (r"E14\d{6}", "a parliamentary constituency"),
    (r"E23\d{6}", "a police force area"),
    (r"E31\d{6}", "a fire and rescue area"),
    (r"E37\d{6}", "a local enterprise partnership"),
    (r"E(38|40|54)\d{6}", "an area of the National Health Service"),
    (r"E50\d{6}", "a joint waste authority or waste partnership"),
    (r"E61\d{6}", "the Greater London Authority"),
)
"""Kinds of area code that publishers' tables carry and Moothall leaves out, with the reason that is counted."""


def best_at(having: Sequence[Authority], period: Period) -> list[Authority]:
    """Of authorities that share a code or name: who acted throughout the period, else on its last day, else the first.

    More than one where several acted throughout.
    """
    at_end = [authority for authority in having if authority.is_active(period.end)]
    throughout = [authority for authority in at_end if authority.is_active(period.start)]
    return throughout or at_end or list(having[:1])


class AreaIndex:
    """The register of authorities, asked by area code, E-code, DfE number or name."""

    def __init__(self, authorities: Iterable[Authority], regions: Iterable[str]) -> None:
        self._authorities = tuple(authorities)
        self._regions = frozenset(regions) | {ENGLAND}
        names = {area.code: area.name for area in regions.values()} if isinstance(regions, Mapping) else {}
        self._region_names = {fold(name): code for code, name in ({ENGLAND: "England"} | names).items()}
        self.by_own_code = {authority.code: authority for authority in self._authorities}

    @cached_property
    def _by_code(self) -> dict[str, list[Authority]]:
        by_code: dict[str, list[Authority]] = defaultdict(list)
        for authority in self._authorities:
            for area_code in authority.area_codes:
                by_code[area_code.code].append(authority)
        return by_code

    def known(self, kind: AreaKind) -> tuple[str, ...]:
        """Every code (or name) of this kind that an authority has or had, sorted."""
        if kind is AreaKind.NAME:
            return tuple(sorted(authority.short_name for authority in self._authorities))
        return tuple(sorted(self._having[kind]))

    @cached_property
    def _having(self) -> dict[AreaKind, dict[str, list[Authority]]]:
        """Who has a code, and after those who had it; each once."""
        by_ecode: dict[str, list[Authority]] = defaultdict(list)
        by_number: dict[str, list[Authority]] = defaultdict(list)
        for authority in self._authorities:
            if authority.ecode:
                by_ecode[authority.ecode].append(authority)
            if authority.dfe_code:
                by_number[authority.dfe_code].append(authority)
        for authority in self._authorities:
            for code in authority.former_ecodes:
                by_ecode[code].append(authority)
        return {AreaKind.GSS: self._by_code, AreaKind.ECODE: by_ecode, AreaKind.DFE: by_number}

    def having(self, kind: AreaKind, text: str) -> list[Authority]:
        """The authorities that this code or name may mean."""
        if kind is AreaKind.NAME:
            return self._by_name.get(fold(text)) or self._by_name.get(fold_place(text)) or []
        return self._having[kind].get(text, [])

    def region(self, kind: AreaKind, text: str) -> str | None:
        """The code of England or a region where the text is one, or its name in a table of names."""
        if text in self._regions:
            return text
        return self._region_names.get(fold(text)) if kind is AreaKind.NAME else None

    def in_force_since(self, code: str) -> date:
        """The first day on which an authority had this code; the beginning of time for England and its regions."""
        days = (a.start for authority in self._by_code.get(code, ()) for a in authority.area_codes if a.code == code)
        return min(days, default=date.min)

    @staticmethod
    def refusal(code: str) -> str | None:
        """Why figures for this code are left out; None for a code that is not of a known other kind."""
        return next((reason for pattern, reason in _NOT_AN_AUTHORITY if re.fullmatch(pattern, code)), None)

    @cached_property
    def _by_name(self) -> dict[str, list[Authority]]:
        by_name: dict[str, list[Authority]] = defaultdict(list)
        for authority in self._authorities:
            names = (authority.name, authority.short_name, *authority.former_names)
            for folded in {folding(name) for name in names for folding in (fold, fold_place)}:
                by_name[folded].append(authority)
        return by_name

    def other_named(self, name: str, authority: Authority) -> Authority | None:
        """The authority that ``name`` names when it is clearly not ``authority``; None where it may well be.

        A name that the register does not know proves nothing: publishers abbreviate in their own ways.
        """
        named = self._by_name.get(fold(name)) or self._by_name.get(fold_place(name)) or [authority]
        return None if authority in named else named[0]
