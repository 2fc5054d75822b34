"""From what a row says of its area to an authority, England or a region at a period, or to why it is left out."""

from dataclasses import dataclass, field
from typing import NamedTuple

from moothall.catalogue.contents import SourceDefinition
from moothall.catalogue.patterns import is_pattern, matches
from moothall.catalogue.reading import AreaKind
from moothall.catalogue.spelling import list_words, nearest_word
from moothall.domain.authority import Authority
from moothall.domain.period import Period
from moothall.errors import CheckError, ReadError
from moothall.pipeline.areas import AreaIndex, best_at


class Place(NamedTuple):
    """Where a figure belongs: an area code in force, the authority (None for England and regions) and its lifetime."""

    area_code: str
    authority: str | None
    in_lifetime: bool


@dataclass(slots=True)
class Places:
    """The areas of one table, each looked up once."""

    areas: AreaIndex
    definition: SourceDefinition
    kind: AreaKind
    sheet: str
    _refusals: dict[tuple[str, str], str | None] = field(default_factory=dict)
    _meant: dict[tuple[str, str], Place | list[Authority]] = field(default_factory=dict)
    _named: set[tuple[str, str]] = field(default_factory=set)

    def refusal(self, text: str, name: str) -> str | None:
        """Why rows with this code or name are left out; None where they are not."""
        key = (text, name)
        if key not in self._refusals:
            self._refusals[key] = self._refusal(text, name)
        return self._refusals[key]

    def _refusal(self, text: str, name: str) -> str | None:
        """What is declared exactly is left out always; patterns and kinds of code only where nobody has the code."""
        declared = self.definition.not_authorities
        exact = declared.get(text) or (declared.get(name) if name else None)
        if exact or text in self.definition.area_names or self._is_known(text):
            return exact
        patterns = {wanted: reason for wanted, reason in declared.items() if is_pattern(wanted)}
        fits = (
            reason for wanted, reason in patterns.items() if matches(wanted, text) or (name and matches(wanted, name))
        )
        return next(fits, None) or self.areas.refusal(text)

    def _is_known(self, text: str) -> bool:
        return bool(self.areas.region(self.kind, text) or self.areas.having(self.kind, text))

    def find(self, text: str, name: str, period: Period, row: int) -> Place:
        """The place of a row. ReadError for an area that nobody knows, CheckError for a name that is another's."""
        key = (text, name)
        if key not in self._meant:
            self._meant[key] = self._look_up(text, row)
        meant = self._meant[key]
        if isinstance(meant, Place):
            return meant
        authority = meant[0] if len(meant) == 1 else self._best(text, meant, period, row)
        if name and (name, authority.code) not in self._named:
            self._require_name(text, name, authority, row)
        is_code = self.kind is AreaKind.GSS and text not in self.definition.area_names
        code = text if is_code else authority.area_code_on(period.end)
        return Place(code, authority.code, authority.is_active(period.end))

    def _look_up(self, text: str, row: int) -> Place | list[Authority]:
        """England or a region as a place; else the authorities that the text may mean, at least one."""
        declared = self.definition.area_names.get(text)
        region = self.areas.region(AreaKind.GSS, declared) if declared else self.areas.region(self.kind, text)
        if region:
            return Place(region, None, True)
        having = [self.areas.by_own_code[declared]] if declared else self.areas.having(self.kind, text)
        if not having:
            raise ReadError(self._unknown(text, row))
        return having

    def _best(self, text: str, having: list[Authority], period: Period, row: int) -> Authority:
        best = best_at(having, period)
        if len(best) > 1 and self.kind is AreaKind.NAME:
            raise ReadError(
                f"{self.sheet}, row {row}: {text!r} could be {list_words([found.name for found in best])} in {period}: "
                "say which under area_names in the source's YAML."
            )
        return best[0]

    def _require_name(self, text: str, name: str, authority: Authority, row: int) -> None:
        declared = self.definition.area_names.get(name)
        other = self.areas.by_own_code[declared] if declared else self.areas.other_named(name, authority)
        if other and other is not authority:
            problem = (
                f"{self.sheet}, row {row} has the {_NOUNS[self.kind]} {text}, which is {authority.name}, beside the "
                f"name {name!r}, which is {other.name}: the code column is shifted or wrong; check the file and the "
                "source's YAML."
            )
            raise CheckError([problem])
        self._named.add((name, authority.code))

    def _unknown(self, text: str, row: int) -> str:
        near = nearest_word(text, self.areas.known(self.kind))
        advice = f"the nearest is {near}; " if near else ""
        return (
            f"{self.sheet}, row {row} has the {_NOUNS[self.kind]} {text!r}, which no authority has had; {advice}"
            "add it to the register under catalogue/authorities, or to area_names, not_authorities or skip in the "
            "source's YAML."
        )


_NOUNS = {
    AreaKind.GSS: "area code",
    AreaKind.ECODE: "E-code",
    AreaKind.DFE: "DfE number",
    AreaKind.NAME: "area name",
}
