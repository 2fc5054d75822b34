"""A source: a statistical publication, and the licence under which its figures are used."""

from dataclasses import dataclass

from moothall.domain.words import Cadence, Designation


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence with the attribution that must stand beside figures used under it."""

    id: str
    title: str
    url: str


LICENCES: dict[str, Licence] = {
    licence.id: licence
    for licence in (
        Licence(
            "OGL-UK-3.0",
            "Open Government Licence v3.0",
            "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        ),
        Licence("CC-BY-4.0", "Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        Licence("MIT", "MIT licence", "https://opensource.org/license/mit"),
    )
}
"""Every licence a source may name."""


@dataclass(frozen=True, slots=True)
class Source:
    """A statistical publication as readers should cite it."""

    id: str
    title: str
    publisher: str
    landing_page: str
    licence: Licence
    attribution: str
    designation: Designation
    cadence: Cadence
    description: str
