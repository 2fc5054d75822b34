"""From what the files state to the types of the domain; called only when nothing is at fault."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from moothall.catalogue.actions import to_register
from moothall.catalogue.consultations import to_consultation
from moothall.catalogue.contents import Catalogue, Correction, SourceDefinition
from moothall.catalogue.derivations import to_value, with_sources
from moothall.catalogue.drafts import Drafts, Located
from moothall.catalogue.framework import to_framework
from moothall.catalogue.next_release import to_next_release
from moothall.catalogue.quantities import to_quantity
from moothall.catalogue.reading import CorrectionEntry, SourceEntry
from moothall.catalogue.schema import (
    AreaCodeEntry,
    AuthorityEntry,
    ExemptionEntry,
    MetricEntry,
    OutcomeEntry,
    RegionEntry,
    ResponsibilityEntry,
    RunByEntry,
    SuccessionEntry,
    ThemeEntry,
)
from moothall.catalogue.signals import to_lens_rule, to_signal
from moothall.catalogue.similarity import to_similarity_model
from moothall.catalogue.variants import to_variant
from moothall.catalogue.wording import to_abouts, to_words
from moothall.domain.authority import (
    Area,
    AreaCode,
    Authority,
    Exemption,
    Responsibility,
    RunBy,
    Succession,
)
from moothall.domain.metric import Break, Counted, Metric, Outcome, Review, StateChange, Theme, Topic
from moothall.domain.source import LICENCES, Source
from moothall.domain.unit import UNITS
from moothall.domain.words import Caveat

REGION = "region"


def to_catalogue(drafts: Drafts) -> Catalogue:
    """The drafts as domain types, by id. Authorities, metrics and sources are in the order of their ids."""
    authorities = sorted((to_authority(a.entry) for a in drafts.authorities), key=lambda a: a.code)
    metrics = sorted((to_metric(m.entry) for m in drafts.metrics), key=lambda m: m.id)
    sources = sorted((to_source(s.entry) for s in drafts.sources), key=lambda s: s.source.id)
    words = {caveat: text for file in drafts.caveats for caveat, text in file.entry.caveats.items()}
    return Catalogue(
        themes={t.entry.id: to_theme(t.entry) for t in drafts.themes},
        outcomes={o.entry.id: to_outcome(o.entry) for o in drafts.outcomes},
        caveats={caveat: words[caveat] for caveat in Caveat},
        metrics=with_sources({metric.id: metric for metric in metrics}),
        sources={definition.source.id: definition for definition in sources},
        authorities={authority.code: authority for authority in authorities},
        successions=tuple(to_succession(s.entry) for s in drafts.successions),
        responsibilities={r.entry.id: to_responsibility(r.entry) for r in drafts.responsibilities},
        regions={r.entry.code: to_region(r.entry) for r in drafts.regions},
        corrections=dict(_by_source(drafts.corrections)),
        frameworks={f.entry.id: to_framework(f.entry) for f in drafts.frameworks},
        quantities={q.entry.id: to_quantity(q.entry) for q in drafts.quantities},
        unread=tuple(u.entry for u in drafts.unread),
        consultations={c.entry.id: to_consultation(c.entry) for c in drafts.consultations},
        similarity_models={m.entry.id: to_similarity_model(m.entry) for m in drafts.similarity_models},
        variants=tuple(to_variant(v.entry) for v in drafts.variants),
        formal_actions=to_register((x.entry for x in drafts.action_ledgers), (a.entry for a in drafts.actions)),
        lenses={rule.lens: rule for rule in (to_lens_rule(located.entry) for located in drafts.lenses)},
        signals={located.entry.id: to_signal(located.entry) for located in drafts.signals},
        words=to_words(w.entry for w in drafts.words),
        matters=to_abouts(w.entry for w in drafts.words),
        verbs={v.entry.metric: v.entry.verb for v in drafts.verbs},
    )


def to_theme(entry: ThemeEntry) -> Theme:
    """A theme with its topics."""
    return Theme(entry.id, entry.title, tuple(Topic(topic.id, topic.title) for topic in entry.topics))


def to_outcome(entry: OutcomeEntry) -> Outcome:
    """An outcome."""
    return Outcome(entry.id, entry.number, entry.title)


DRAFT_MARK = "(DRAFT)"


def to_metric(entry: MetricEntry) -> Metric:
    """A metric; ``bounds`` becomes its lowest and highest possible value.

    A draft is marked in its title, so that no page, chart, file or answer can show it unmarked; it is found without.
    """
    is_draft = entry.status.is_draft
    lowest, highest = entry.bounds or (None, None)
    review = Review(entry.review.by, entry.review.on, entry.review.read)
    return Metric(
        id=entry.id,
        title=f"{entry.title} {DRAFT_MARK}" if is_draft else entry.title,
        state=entry.status,
        theme=entry.theme,
        topic=entry.topic,
        definition=entry.definition,
        why=entry.why,
        cannot_say=entry.cannot_say,
        unit=UNITS[entry.unit],
        decimals=entry.decimals,
        polarity=entry.polarity,
        polarity_reason=entry.polarity_reason,
        period_kind=entry.period,
        cadence=entry.cadence,
        designation=entry.designation,
        responsibility=entry.responsibility,
        applies_to=frozenset(entry.applies_to),
        review=review,
        value=to_value(entry.value) if entry.value else None,
        awaiting=entry.awaiting,
        landing_page=entry.landing_page,
        numerator=entry.numerator,
        denominator=entry.denominator,
        outcome=entry.outcome,
        synonyms=(entry.title, *entry.synonyms) if is_draft else entry.synonyms,
        caveats=entry.caveats,
        breaks=tuple(Break(item.start, item.reason) for item in entry.breaks),
        lowest=lowest,
        highest=highest,
        minimum_denominator=entry.minimum_denominator,
        quantity=entry.quantity,
        counted=Counted(**dict(entry.counted)) if entry.counted else None,
        is_context=entry.context,
        questions=entry.questions,
        next_release=to_next_release(entry.next_release) if entry.next_release else None,
        is_additive=entry.additive,
        history=tuple(StateChange(step.on, step.state, step.reason, step.consultation) for step in entry.history),
    )


def to_source(entry: SourceEntry) -> SourceDefinition:
    """A source as readers cite it, beside how it is read."""
    source = Source(
        id=entry.id,
        title=entry.title,
        publisher=entry.publisher,
        landing_page=entry.landing_page,
        licence=LICENCES[entry.licence],
        attribution=entry.attribution,
        designation=entry.designation,
        cadence=entry.cadence,
        description=entry.description,
    )
    return SourceDefinition(
        source=source,
        status=entry.status,
        folder=entry.folder,
        releases=entry.releases,
        area_names=entry.area_names,
        not_authorities=entry.not_authorities,
        live=entry.live,
        not_live=entry.not_live,
        lists=entry.lists,
        maps=entry.maps,
        places=entry.places,
        agrees_with=entry.agrees_with,
    )


def to_authority(entry: AuthorityEntry) -> Authority:
    """An authority with its area codes in the order of their first days."""
    codes = sorted((_to_area_code(code) for code in entry.area_codes), key=lambda code: code.start)
    return Authority(
        code=entry.code,
        slug=entry.slug,
        name=entry.name,
        short_name=entry.short_name,
        type=entry.type,
        region=entry.region,
        start=entry.start,
        end=entry.end,
        area_codes=tuple(codes),
        former_names=entry.former_names,
        ecode=entry.ecode,
        former_ecodes=entry.former_ecodes,
        dfe_code=entry.dfe_code,
        county=entry.county,
        combined_authority=entry.combined_authority,
        website=entry.website,
        note=entry.note,
    )


def _to_area_code(entry: AreaCodeEntry) -> AreaCode:
    return AreaCode(entry.code, entry.start, entry.end)


def to_region(entry: RegionEntry) -> Area:
    """A region as an area."""
    return Area(entry.code, entry.name, REGION)


def to_succession(entry: SuccessionEntry) -> Succession:
    """A dated edge from predecessor to successor."""
    return Succession(
        predecessor=entry.predecessor,
        successor=entry.successor,
        on=entry.on,
        kind=entry.kind,
        order=entry.order,
        from_area_code=entry.from_area_code,
        to_area_code=entry.to_area_code,
    )


def to_responsibility(entry: ResponsibilityEntry) -> Responsibility:
    """A service with who runs it and who does not."""
    run_by = tuple(_to_run_by(rule) for rule in entry.run_by)
    return Responsibility(entry.id, entry.name, run_by, tuple(_to_exemption(item) for item in entry.exemptions))


def _to_run_by(entry: RunByEntry) -> RunBy:
    return RunBy(frozenset(entry.types), entry.start, entry.end)


def _to_exemption(entry: ExemptionEntry) -> Exemption:
    return Exemption(entry.authority, entry.reason, entry.start, entry.end)


def source_of_corrections(located: Located[CorrectionEntry]) -> str:
    """The source that a correction is for: the name of its file."""
    return located.document.stem


def _by_source(corrections: Iterable[Located[CorrectionEntry]]) -> Iterator[tuple[str, tuple[Correction, ...]]]:
    for source, items in groupby(corrections, key=source_of_corrections):
        yield source, tuple(item.entry for item in items)
