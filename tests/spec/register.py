"""A small register for tests, made by hand: ten real councils with their types, regions and lifetimes."""

from datetime import date

from moothall.domain.authority import (
    Area,
    AreaCode,
    Authority,
    AuthorityType,
    Exemption,
    Responsibility,
    RunBy,
)

YORKSHIRE, NORTH_WEST, SOUTH_EAST = "E12000003", "E12000002", "E12000008"
REGIONS = {
    NORTH_WEST: Area(NORTH_WEST, "North West", "region"),
    YORKSHIRE: Area(YORKSHIRE, "Yorkshire and The Humber", "region"),
}
"""Two of the nine regions, so that Kent lies in none of them."""

UA, MD, SD, CC = (
    AuthorityType.UNITARY,
    AuthorityType.METROPOLITAN_DISTRICT,
    AuthorityType.SHIRE_DISTRICT,
    AuthorityType.COUNTY,
)
Lifetime = tuple[date, date | None]
"""The first and the last day on which an authority acted."""

_1974, _LAST_OF_TWO_TIERS, _NEW_COUNCIL = date(1974, 4, 1), date(2023, 3, 31), date(2023, 4, 1)


def make_authority(
    code: str,
    area: str,
    name: str,
    kind: AuthorityType,
    region: str,
    lifetime: Lifetime = (_1974, None),
) -> Authority:
    """An authority with one area code; its slug and its full name are made from its short name."""
    start, end = lifetime
    slug = name.lower().replace(" ", "-")
    return Authority(code, slug, f"{name} Council", name, kind, region, start, end, (AreaCode(area, start, end),))


AUTHORITIES = {
    authority.code: authority
    for authority in (
        make_authority("LDS", "E08000035", "Leeds", MD, YORKSHIRE),
        make_authority("BRD", "E08000032", "Bradford", MD, YORKSHIRE),
        make_authority("MAN", "E08000003", "Manchester", MD, NORTH_WEST),
        make_authority("WGN", "E08000010", "Wigan", MD, NORTH_WEST),
        make_authority("YOR", "E06000014", "York", UA, YORKSHIRE, (date(1996, 4, 1), None)),
        make_authority("NYE", "E06000065", "North Yorkshire", UA, YORKSHIRE, (_NEW_COUNCIL, None)),
        make_authority("NYK", "E10000023", "North Yorkshire County", CC, YORKSHIRE, (_1974, _LAST_OF_TWO_TIERS)),
        make_authority("HAG", "E07000165", "Harrogate", SD, YORKSHIRE, (_1974, _LAST_OF_TWO_TIERS)),
        make_authority("KEN", "E10000016", "Kent", CC, SOUTH_EAST),
        make_authority("MDW", "E06000035", "Medway", UA, SOUTH_EAST, (date(1998, 4, 1), None)),
    )
}

COLLECTION = Responsibility("waste-collection", "Waste collection", (RunBy(frozenset({UA, MD, SD})),))
DISPOSAL = Responsibility(
    "waste-disposal",
    "Waste disposal",
    (RunBy(frozenset({UA, MD, CC})),),
    (Exemption("MAN", "Run by a joint authority"),),
)
PUBLIC_HEALTH = Responsibility(
    "public-health", "Public health", (RunBy(frozenset({UA, MD, CC}), start=date(2013, 4, 1)),)
)
RESPONSIBILITIES = {service.id: service for service in (COLLECTION, DISPOSAL, PUBLIC_HEALTH)}
