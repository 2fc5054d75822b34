"""A store made from small tables: the same interface as ``moothall.store.Store``, without DuckDB.

    store = make_store({"recycling": '''
                     2019-20   2020-21      2021-22
        Leeds        38.0      39.1p        38.2 [37.0, 39.4]
        Bradford     41.0      suppressed   40.0
    '''})

A figure may carry ``p`` (provisional) or its 95% limits; a word stands for a missing one; ``-`` means no row.
``tests/unit/presenters/test_store_builder.py`` verifies that the fake has what the real store has.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cache
from typing import Any

import numpy as np

from moothall.catalogue import Catalogue, SourceDefinition
from moothall.catalogue.load import load_words
from moothall.catalogue.places import catalogue_folder
from moothall.catalogue.reading import SourceState
from moothall.domain.authority import (
    Area,
    AreaCode,
    Authority,
    AuthorityType,
    Responsibility,
    RunBy,
    Succession,
    SuccessionKind,
)
from moothall.domain.backtest import BacktestResult
from moothall.domain.derivation import SeriesRef
from moothall.domain.formal_action import (
    ActionKind,
    ActionRegister,
    Assurance,
    CountsAs,
    DecisionPrecision,
    FormalAction,
    Mechanism,
    Removal,
)
from moothall.domain.framework import Framework, FrameworkMetric, Nearness
from moothall.domain.geography import AreaShape, Place, PlaceKind
from moothall.domain.metric import Metric, Outcome, Review, Theme, Topic
from moothall.domain.observation import ReleaseFile, TwoVintages
from moothall.domain.period import Period, PeriodKind
from moothall.domain.published import NOTHING, Published
from moothall.domain.source import LICENCES, Source
from moothall.domain.unit import UNITS
from moothall.domain.wording import Matter, Rule
from moothall.domain.words import Cadence, Caveat, Designation, MetricState, Polarity, Status
from moothall.store import (
    NO_ROW,
    Account,
    Cell,
    ChangeFindings,
    Comparison,
    Coverage,
    ExpectedFindings,
    FoundJump,
    HighestFindings,
    Listing,
    Panel,
    PostcodeIndex,
    Quality,
    ReleaseNews,
    ReleaseRecord,
    Shapes,
    SignFindings,
    SimilarityReport,
    StandingOutFindings,
    Vintage,
)

STATUSES = tuple(Status)
REASONS = {
    "suppressed": (Status.SUPPRESSED, "Held back by the publisher because the numbers are small."),
    "missing": (Status.NOT_AVAILABLE, "The council did not send a figure."),
}
_FIGURE = re.compile(r"(?P<value>-?[\d.]+)(?P<mark>p?)(?: \[(?P<lower>[\d.]+), (?P<upper>[\d.]+)\])?")

TYPES = dict(zip("umlsc", AuthorityType, strict=False))
UPPER = frozenset({AuthorityType.UNITARY, AuthorityType.METROPOLITAN_DISTRICT, AuthorityType.LONDON_BOROUGH})
COLLECTORS = UPPER | {AuthorityType.SHIRE_DISTRICT}


def make_authority(name: str, kind: AuthorityType, region: str = "E12000003", **fields: Any) -> Authority:
    """An authority whose code, slug and area code follow from its name."""
    code = "".join(c for c in name.upper() if c.isalpha())[:6]
    start = fields.pop("start", date(1974, 4, 1))
    end = fields.pop("end", None)
    given: dict[str, Any] = {
        "name": f"{name} Council",
        "area_codes": (AreaCode(f"E08-{code}", date(2009, 1, 1), end),),
        "ecode": f"E{len(name):04d}",
        "website": f"https://www.{name.lower().replace(' ', '')}.gov.uk",
        **fields,
    }
    return Authority(
        code=code,
        slug=name.lower().replace(" ", "-"),
        short_name=name,
        type=kind,
        region=region,
        start=start,
        end=end,
        **given,
    )


def make_metric(metric_id: str = "recycling", **fields: Any) -> Metric:
    """A live metric in percent, one decimal, higher is better, collected by all but counties."""
    given: dict[str, Any] = {
        "id": metric_id,
        "title": metric_id.replace("-", " ").capitalize(),
        "state": MetricState.LIVE,
        "theme": "waste",
        "topic": "recycling",
        "definition": f"What {metric_id} counts.",
        "why": "It matters to people who live there.",
        "cannot_say": "It cannot say why.",
        "unit": UNITS["percent"],
        "decimals": 1,
        "polarity": Polarity.HIGHER_IS_BETTER,
        "polarity_reason": "More of it is what the service is for.",
        "period_kind": PeriodKind.FINANCIAL_YEAR,
        "cadence": Cadence.YEARLY,
        "designation": Designation.OFFICIAL,
        "responsibility": "waste-collection",
        "applies_to": COLLECTORS,
        "review": Review("A reviewer", date(2026, 11, 1), "the notes of the made-up source"),
        "value": SeriesRef("made-up", metric_id),
        **fields,
    }
    return Metric(**given)


MET, DISTRICT, COUNTY = AuthorityType.METROPOLITAN_DISTRICT, AuthorityType.SHIRE_DISTRICT, AuthorityType.COUNTY
MET_NAMES = ("Barnsley", "Bradford", "Calderdale", "Doncaster", "Kirklees", "Leeds")
MET_NAMES += ("Rotherham", "Sheffield", "Wakefield", "Bolton", "Bury", "Oldham")
AUTHORITIES = (
    *(make_authority(name, MET) for name in MET_NAMES[:9]),
    *(make_authority(name, MET, "E12000002") for name in MET_NAMES[9:]),
    make_authority("Cumbria", COUNTY, "E12000002", end=date(2023, 3, 31)),
    make_authority("Lancashire", COUNTY, "E12000002"),
    make_authority("Allerdale", DISTRICT, "E12000002", county="CUMBRI", end=date(2023, 3, 31)),
    make_authority("Burnley", DISTRICT, "E12000002", county="LANCAS", former_names=("Brunlea",)),
    make_authority("Cumberland", AuthorityType.UNITARY, "E12000002", start=date(2023, 4, 1)),
    make_authority("York", AuthorityType.UNITARY),
)
SUCCESSIONS = (
    Succession("ALLERD", "CUMBER", date(2023, 4, 1), SuccessionKind.MERGE),
    Succession("CUMBRI", "CUMBER", date(2023, 4, 1), SuccessionKind.SPLIT),
)
SOURCE = Source(
    "made-up",
    "A made-up publication",
    "Office for Examples",
    "https://example.org/figures",
    LICENCES["OGL-UK-3.0"],
    "Contains made-up information.",
    Designation.OFFICIAL,
    Cadence.YEARLY,
    "Figures that exist for tests only.",
)
RELEASE = ReleaseRecord(
    source="made-up",
    id="2022-12",
    title="Made-up figures 2022",
    publisher="Office for Examples",
    landing_page="https://example.org/figures/2022",
    published_on=date(2022, 12, 1),
    published_precision="month",
    published_note="The page says December 2022.",
    files=(ReleaseFile("figures.csv", "ab" * 32, 12_345),),
    path="made-up/2022-12.parquet",
    sha256="cd" * 32,
    accounts=(Account("figures", 40, 38, {"area is not a council": 2}),),
)
EARLIER = replace(RELEASE, id="2021-12", title="Made-up figures 2021", published_on=date(2021, 12, 1))


OUTCOMES = (Outcome("supply", 1, "Enough homes"), Outcome("environment", 13, "Environment"))
LINES = (
    FrameworkMetric(
        id="13.1",
        title="Waste that is used again",
        unit="percent",
        publisher="Office for Examples",
        table="Table 1",
        state=Nearness.LIVE,
        outcome="environment",
        polarity=Polarity.HIGHER_IS_BETTER,
        metrics=("household-waste-recycling-rate", "quality-of-life"),
    ),
    FrameworkMetric(
        id="13.2",
        title="Life of all",
        unit="percent",
        publisher="Office for Examples",
        table="Table 2",
        state=Nearness.NEAREST,
        outcome="environment",
        metrics=("quality-of-life",),
        difference="Of some, not of all.",
        polarity_note="Nobody knows.",
    ),
    FrameworkMetric(
        id="2.1",
        title="Tipping",
        unit="percent",
        publisher="Office for Examples",
        table="Table 3",
        state=Nearness.AWAITING_DATA,
        theme="waste",
        awaiting="Not in our files.",
        landing_page="https://example.org/tipping",
    ),
)
FRAMEWORK = Framework(
    "made-up-list", "A made-up list", "Office for Lists", "https://example.org/list", "A list.", LINES
)


def make_action(action_id: str, authority: str, decided_on: date, **fields: Any) -> FormalAction:
    """A section 114 notice whose day is known."""
    given: dict[str, Any] = {
        "kind": ActionKind.SECTION_114_NOTICE,
        "mechanism": Mechanism.FINANCE,
        "precision": DecisionPrecision.DAY,
        "evidence": f"https://www.example.org/{action_id}",
        "checked": Assurance.SOURCE_CITED,
        "counts_as": CountsAs.FISCAL_EVENT,
        "counts_why": "Spending was more than the council could pay for.",
        **fields,
    }
    return FormalAction(id=action_id, authority=authority, decided_on=decided_on, **given)


def make_register(*actions: FormalAction, complete_to: date = date(2024, 12, 31)) -> ActionRegister:
    """A register of these actions, oldest first, from which one row was once removed."""
    ordered = sorted(actions, key=lambda action: (action.decided_on, action.id))
    gone = Removal("leeds-notice", date(2025, 1, 6), "It was about another body.")
    recorded = (*(action.id for action in ordered), gone.id)
    held = {action.id: action for action in ordered}
    return ActionRegister(complete_to, "What is made up, to the end of 2024.", "made-up", held, (gone,), recorded)


ACTIONS = make_register(
    make_action("bradford-notice", "BRADFO", date(2020, 11, 11)),
    make_action(
        "bradford-support",
        "BRADFO",
        date(2021, 2, 1),
        kind=ActionKind.FINANCIAL_SUPPORT,
        precision=DecisionPrecision.MONTH,
        financial_year="2020-21",
        amount_initial_gbp=70_000_000.0,
        amount_latest_gbp=50_500_000.0,
    ),
    make_action(
        "allerdale-intervention",
        "ALLERD",
        date(2021, 5, 1),
        kind=ActionKind.STATUTORY_INTERVENTION,
        precision=DecisionPrecision.YEAR,
        ended_on=date(2028, 4, 30),
        checked=Assurance.SECONDARY,
        counts_as=CountsAs.GOVERNANCE_EVENT,
        note="The end is the one that was set.",
    ),
)


def _lines_of(metrics: Sequence[Metric]) -> tuple[FrameworkMetric, ...]:
    """The lines of the made-up list whose metrics are all there."""
    known = {metric.id for metric in metrics}
    return tuple(line for line in LINES if set(line.metrics) <= known)


@cache
def real_words() -> dict[Matter, tuple[Rule, ...]]:
    """The rules of sentences as they are shipped."""
    return load_words(catalogue_folder())


def make_catalogue(metrics: Sequence[Metric], authorities: Sequence[Authority] = AUTHORITIES) -> Catalogue:
    """A catalogue of two themes, two services and two regions, with these metrics and authorities."""
    awaited = SourceDefinition(replace(SOURCE, id="awaited", title="To come"), SourceState.AWAITING_DATA, "awaited", ())
    return Catalogue(
        themes={
            "waste": Theme("waste", "Waste", (Topic("recycling", "Recycling"),)),
            "care": Theme("care", "Adult social care", (Topic("quality", "Quality of life"),)),
        },
        outcomes={outcome.id: outcome for outcome in OUTCOMES},
        caveats={caveat: f"A sentence about {caveat.value}." for caveat in Caveat},
        metrics={metric.id: metric for metric in metrics},
        sources={"made-up": SourceDefinition(SOURCE, SourceState.WITH_FIGURES, "made-up", ()), "awaited": awaited},
        authorities={authority.code: authority for authority in authorities},
        successions=SUCCESSIONS,
        responsibilities={
            "waste-collection": Responsibility("waste-collection", "Waste collection", (RunBy(COLLECTORS),)),
            "adult-social-care": Responsibility("adult-social-care", "Adult social care", (RunBy(UPPER | {COUNTY}),)),
        },
        regions={code: Area(code, name, "region") for code, name in REGIONS.items()},
        corrections={},
        formal_actions=ACTIONS,
        frameworks={FRAMEWORK.id: replace(FRAMEWORK, metrics=_lines_of(metrics))},
        words=real_words(),
    )


REGIONS = {"E12000002": "North West", "E12000003": "Yorkshire and The Humber"}


def make_shapes(authorities: Sequence[Authority]) -> Shapes:
    """A square in a row for each on both maps; on the one of hexagons only for districts that still act."""
    drawn = [(a, f"M{20 * n} 10l10 0 0 10-10 0z") for n, a in enumerate(authorities)]
    with_hexagon = [(a, path) for a, path in drawn if a.end is None and a.type is not AuthorityType.COUNTY]
    return {
        name: {a.code: (AreaShape(name, a.code, a.area_codes[-1].code, path),) for a, path in found}
        for name, found in (("boundaries", drawn), ("hexagons", with_hexagon))
    }


SHAPES = make_shapes(AUTHORITIES)
PLACES = (
    Place("Cleator Moor", PlaceKind.PARISH, "E04000001", "CUMBER"),
    Place("Headingley", PlaceKind.WARD, "E05000001", "LEEDS"),
    Place("Padiham", PlaceKind.PARISH, "E04000002", "BURNLE"),
)


@dataclass(frozen=True)
class Entry:
    """A figure or a missing one, as a table of a test gives it."""

    value: float | None
    status: Status
    reason: str | None
    lower: float | None
    upper: float | None


@dataclass(eq=False)
class FakeStore:
    """A store over entries: metric -> (authority code, period) -> entry."""

    catalogue: Catalogue
    entries: Mapping[str, Mapping[tuple[str, Period], Entry]]
    build_id: str = "0123456789ab"
    path: str = "fake"
    releases: dict[tuple[str, str], ReleaseRecord] = field(default_factory=lambda: {("made-up", "2022-12"): RELEASE})
    lists: dict[str, Listing] = field(default_factory=dict)
    shapes: Shapes = field(default_factory=lambda: SHAPES)
    places: tuple[Place, ...] = field(default_factory=lambda: PLACES)
    postcodes: PostcodeIndex | None = None
    publications: Published = NOTHING
    similarity_report: SimilarityReport = field(default_factory=SimilarityReport)
    backtest: BacktestResult | None = None

    changes_found: dict[str, ChangeFindings] = field(default_factory=dict)
    expected_found: dict[str, ExpectedFindings] = field(default_factory=dict)
    standing_out_found: dict[tuple[str, str], StandingOutFindings] = field(default_factory=dict)

    news_found: tuple[ReleaseNews, ...] = ()

    day: date | None = None
    boundaries: date | None = None
    undated: tuple[ReleaseRecord, ...] = ()
    origin: "FakeStore | None" = None

    @property
    def whole(self) -> "FakeStore":
        """The store of which this is a view."""
        return self.origin or self

    def as_of(self, day: date) -> "FakeStore":
        """Everything, from the day of the made-up release on; before it, nothing."""
        is_out = any(release.published_on <= day for release in self.releases.values())
        entries = self.whole.entries if is_out else {}
        return replace(self.whole, entries=entries, day=day, origin=self.whole)

    def revisions(self, source: str) -> tuple[TwoVintages, ...]:
        """One figure of each metric, which an earlier release gave as 1.0."""
        return tuple(
            TwoVintages(metric, code, f"E08-{code}", period.slug, EARLIER.id, RELEASE.id, 1.0, entry.value,
                        Status.FINAL, entry.status)
            for metric, table in self.entries.items() if source == SOURCE.id
            for (code, period), entry in list(table.items())[:1]
        )  # fmt: skip

    @property
    def counts(self) -> dict[str, int]:
        """How much there is."""
        everything = [e for table in self.entries.values() for e in table.values()]
        codes = {code for table in self.entries.values() for code, _ in table}
        figures = sum(e.value is not None for e in everything)
        return {
            "observations": len(everything),
            "figures": figures,
            "metrics": len(self.entries),
            "authorities": len(codes),
            "releases": 1,
        }

    @property
    def figures_by_metric(self) -> dict[str, int]:
        """How many figures each metric has."""
        return {m: sum(e.value is not None for e in table.values()) for m, table in self.entries.items()}

    @property
    def quality(self) -> Quality:
        """Everybody who has a row is responsible; one jump and two comparisons, where there are figures."""
        coverage = {metric: self._coverage(metric) for metric, table in self.entries.items() if table}
        first = next(iter(coverage.values()), ())
        jumps = tuple(
            FoundJump(first[-1].metric, code, first[-1].period, first[0].period, 300.0, 3.0, 100.0, True)
            for code in list(self.catalogue.authorities)[:1]
            if first
        )
        beside = Comparison("another source", "made-up", "rate", "awaited", "other-rate", 0.05, 40, 2, 1, 0.3)
        england = Comparison("England row", "made-up", "count", "made-up", "count", 0.01, 9, 0, 0, 0.0)
        return Quality(coverage, jumps, (beside, england))

    def _coverage(self, metric: str) -> tuple[Coverage, ...]:
        panel = self.panel(metric)
        figures = (~np.isnan(panel.values)).sum(axis=0).tolist()
        members = len(panel.authorities)
        return tuple(
            Coverage(metric, period.slug, period.end, count, members)
            for period, count in zip(panel.periods, figures, strict=True)
        )

    def panel(self, metric: str) -> Panel:
        """The figures of a metric as arrays."""
        table = self.entries.get(metric, {})
        codes = tuple(sorted({code for code, _ in table}))
        periods = tuple(sorted({period for _, period in table}))
        shape = (len(codes), len(periods))
        values, lower, upper = (np.full(shape, np.nan) for _ in range(3))
        statuses, acting = np.full(shape, NO_ROW, dtype=np.uint8), np.zeros(shape, dtype=bool)
        for (code, period), entry in table.items():
            place = codes.index(code), periods.index(period)
            given = (np.nan if x is None else x for x in (entry.value, entry.lower, entry.upper))
            values[place], lower[place], upper[place] = given
            statuses[place] = STATUSES.index(entry.status)
            acting[place] = self.catalogue.authorities[code].is_active(period.end)
        return Panel(metric, codes, periods, values, lower, upper, statuses, acting)

    def reasons(self, metric: str) -> dict[tuple[str, str], str]:
        """Why there is no value."""
        table = self.entries.get(metric, {})
        return {(code, period.slug): e.reason for (code, period), e in table.items() if e.reason}

    def changes(self, metric: str) -> ChangeFindings | None:
        """Nothing is found ahead in the fake, unless a test says so."""
        return self.changes_found.get(metric)

    def expected(self, metric: str) -> ExpectedFindings | None:
        """Nothing, unless a test says so."""
        return self.expected_found.get(metric)

    def standing_out(self, authority: str, group: str) -> StandingOutFindings | None:
        """Nothing, unless a test says so."""
        return self.standing_out_found.get((authority, group))

    def news(
        self, metrics: Sequence[str] = (), authority: str = "", most: int | None = None
    ) -> tuple[ReleaseNews, ...]:
        """Nothing is found ahead in the fake, unless a test says so; chosen as the store does."""
        found = [each for each in self.news_found if not metrics or each.metric in metrics]
        own = [replace(each, authorities=(authority,)) for each in found if authority in each.authorities]
        return tuple((own if authority else found)[:most])

    def signs(self, signal: str, metric: str) -> SignFindings | None:
        """Nothing is found ahead in the fake."""
        return None

    def highest(self, metric: str) -> HighestFindings | None:
        """Nothing is found ahead in the fake."""
        return None

    def summary(self, metric: str, group: str, period: str) -> dict[str, Any] | None:
        """Nothing is worked out ahead in the fake."""
        return None

    def cell(self, metric: str, authority: str, period: str) -> Cell | None:
        """One figure, as if it stood in row 7 of the made-up file, with an earlier release that said 1.0."""
        for (code, moment), entry in self.entries.get(metric, {}).items():
            if (code, moment.slug) == (authority, period):
                return self._cell(metric, code, moment, entry)
        return None

    def newest_cells(self, authority: str) -> tuple[Cell, ...]:
        """The newest figure of each metric, without earlier releases."""
        newest: dict[str, Cell] = {}
        for metric, table in sorted(self.entries.items()):
            for (code, period), entry in sorted(table.items()):
                if code == authority and self.catalogue.authorities[code].is_active(period.end):
                    newest[metric] = replace(self._cell(metric, code, period, entry), vintages=())
        return tuple(newest.values())

    def _cell(self, metric: str, code: str, period: Period, entry: Entry) -> Cell:
        authority = self.catalogue.authorities[code]
        return Cell(
            metric=metric,
            authority=code,
            area_code=authority.area_code_on(period.end),
            period=period,
            value=entry.value,
            reason=entry.reason,
            status=entry.status,
            lower_95=entry.lower,
            upper_95=entry.upper,
            numerator=None,
            denominator=None,
            note=None,
            in_lifetime=authority.is_active(period.end),
            file="figures.csv",
            sheet="",
            row=7,
            column="rate",
            raw="" if entry.value is None else f"{entry.value}",
            release=RELEASE,
            vintages=(Vintage(EARLIER, 1.0, None, Status.FINAL),),
        )

    def close(self) -> None:
        """Nothing to let go."""


def copy_of(store: FakeStore) -> FakeStore:
    """A store with the same figures, in which a test may change what it likes."""
    own = {each.name: dict(getattr(store, each.name)) for each in fields(store) if each.name in _CHANGEABLE}
    entries = {metric: dict(table) for metric, table in store.entries.items()}
    return replace(store, **{**own, "entries": entries})


_CHANGEABLE = ("releases", "lists", "changes_found", "expected_found", "standing_out_found")


def read_table(table: str, authorities: Sequence[Authority], kind: PeriodKind) -> dict[tuple[str, Period], Entry]:
    """The entries of a table of text; columns stand two or more spaces apart."""
    codes = {authority.short_name: authority.code for authority in authorities}
    head, *lines = [re.split(r"\s{2,}", line.strip()) for line in table.strip().splitlines()]
    periods = [_period(text, kind) for text in head]
    entries = {}
    for name, *cells in lines:
        for period, cell in zip(periods, cells, strict=True):
            if cell != "-":
                entries[codes[name], period] = read_entry(cell)
    return entries


def read_entry(cell: str) -> Entry:
    """One entry of a table."""
    if cell in REASONS:
        return Entry(None, *REASONS[cell], None, None)
    match = _FIGURE.fullmatch(cell)
    if not match:
        raise ValueError(f"{cell!r} is neither a figure nor one of {', '.join(REASONS)}")
    limits = (float(match[g]) if match[g] else None for g in ("lower", "upper"))
    return Entry(float(match["value"]), Status.PROVISIONAL if match["mark"] else Status.FINAL, None, *limits)


def _period(text: str, kind: PeriodKind) -> Period:
    month = {PeriodKind.FINANCIAL_YEAR: 4, PeriodKind.ACADEMIC_YEAR: 9}.get(kind, 1)
    return Period.starting(date(int(text[:4]), month, 1), kind)


def make_store(tables: Mapping[str | Metric, str], authorities: Sequence[Authority] = AUTHORITIES) -> FakeStore:
    """A store with one metric for each table; a key is a metric, or the id of a plain one."""
    metrics = {key if isinstance(key, Metric) else make_metric(key): table for key, table in tables.items()}
    entries = {m.id: read_table(table, authorities, m.period_kind) for m, table in metrics.items() if table.strip()}
    return FakeStore(make_catalogue(list(metrics), authorities), entries)
