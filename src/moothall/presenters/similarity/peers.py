"""Councils like this one: the section of an authority's page, and the page on which a reader weighs them anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from moothall.analytics.circumstances import usual_model
from moothall.analytics.similarity import CLOSE, FAIRLY_CLOSE, MINIMUM_KNOWN, VERY_CLOSE, Peer, Reason
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.period import day_text
from moothall.domain.similarity import SimilarityModel, Transform
from moothall.presenters.addresses import authority_address, metric_address, similar_address
from moothall.presenters.blocks import (
    ChooseForm,
    Column,
    Link,
    Notice,
    Option,
    PageHead,
    SelectField,
    Table,
    TableCell,
    TableRow,
)
from moothall.presenters.downloads.names import PEERS
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.shared_by_councils.replies import replies_of
from moothall.presenters.similarity.similar import SimilarCouncils, similar_councils
from moothall.presenters.wording.numbers import count_text, metric_value_text, number_text
from moothall.presenters.wording.words import capital_first, joined, lower_first

WEIGHTS_OFFERED = ("0", "0.5", "1", "2", "4")
"""The weights that the form offers; an address may give any number from 0 to 100."""


@dataclass(frozen=True, slots=True)
class PeersSection:
    """The similar councils of one: a sentence, a table in order, and where to weigh them anew."""

    title: str
    about: str
    table: Table | None
    refused: Notice | None
    again: Link


@dataclass(frozen=True, slots=True)
class SimilarPage:
    """Everything that the page of similar councils shows."""

    head: PageHead
    title: str
    about: str
    form: ChooseForm
    table: Table | None
    refused: Notice | None
    variables: Table
    beside: Link | None
    limits: tuple[str, ...]


def make_peers_section(store: FigureStore, authority: Authority) -> PeersSection | None:
    """The similar councils of an authority by its usual model; None where no model covers it."""
    model = usual_model(store.catalogue, authority.type)
    if model is None:
        return None
    found = similar_councils(store, authority, model)
    return PeersSection(
        title="Councils like this one",
        about=about_peers(found),
        table=_table(store, found) if found.peers else None,
        refused=_refusal(found),
        again=Link("Weigh these circumstances in your own way", similar_address(authority.slug)),
    )


def make_similar_page(
    store: FigureStore, authority: Authority, model: SimilarityModel, given: Mapping[str, str]
) -> SimilarPage:
    """The similar councils of an authority by a model, with the weights that are given as text.

    UsageError or UnknownName for weights that cannot be meant.
    """
    found = similar_councils(store, authority, model, given)
    title = f"Councils like {authority.short_name}"
    return SimilarPage(
        head=_head(found, title),
        title=title,
        about=about_peers(found),
        form=_form(store, found),
        table=_table(store, found) if found.peers else None,
        refused=_refusal(found),
        variables=_variables(store, found),
        beside=_beside(found),
        limits=_limits(),
    )


def about_peers(found: SimilarCouncils) -> str:
    """Who is named, by what, as of when: one sentence or two."""
    model, known = found.model, sum(period is not None for period in found.circle.periods)
    changed = "" if is_usual(found) else ", with weights of your own"
    by = f"by the model {model.id}, version {model.version}, of {day_text(found.circle.day)}{changed}"
    if not found.peers:
        return f"Nobody is named {by}."
    number = count_text(len(found.peers), "council")
    return (
        f"The {number} of the same type nearest to {found.authority.short_name} in {known} circumstances that "
        f"a council cannot choose, nearest first, {by}."
    )


def is_usual(found: SimilarCouncils) -> bool:
    """True where the weights are the model's own."""
    return bool(np.array_equal(found.weights, found.circle.weights))


def reason_text(store: FigureStore, found: SimilarCouncils, reasons: Sequence[Reason], says_side: bool) -> str:
    """Reasons as a list of variables, with how the other council differs where ``says_side`` holds."""
    words = []
    for reason in reasons:
        title = lower_first(_metric(store, found, reason.variable).title)
        side = " (higher there)" if reason.difference > 0 else " (lower there)"
        words.append(f"{title}{side}" if says_side else title)
    return capital_first(joined(words)) if words else "nothing in particular"


def _metric(store: FigureStore, found: SimilarCouncils, place: int) -> Metric:
    return store.catalogue.metrics[found.model.variables[place].metric]


def _refusal(found: SimilarCouncils) -> Notice | None:
    return Notice("We name no similar councils here", found.refused) if found.refused else None


def _table(store: FigureStore, found: SimilarCouncils) -> Table:
    columns = (
        Column("Council"),
        Column("How close"),
        Column("Distance", numeric=True),
        Column("Most alike in", wraps=True),
        Column("Most unlike in", wraps=True),
    )
    rows = tuple(_row(store, found, peer) for peer in found.peers)
    return Table("similar-councils", f"Councils like {found.authority.short_name}, nearest first", columns, rows)


def _row(store: FigureStore, found: SimilarCouncils, peer: Peer) -> TableRow:
    other = store.catalogue.authorities[found.circle.codes[peer.row]]
    return TableRow(
        (
            TableCell(other.short_name, authority_address(other.slug)),
            TableCell(capital_first(peer.closeness.value)),
            TableCell(number_text(peer.distance, 2)),
            TableCell(reason_text(store, found, peer.together, says_side=False)),
            TableCell(reason_text(store, found, peer.apart, says_side=True)),
        )
    )


def _variables(store: FigureStore, found: SimilarCouncils) -> Table:
    columns = (
        Column("Circumstance"),
        Column(found.authority.short_name, numeric=True),
        Column("Period"),
        Column("Weight", numeric=True),
        Column("Why a council cannot choose it", wraps=True),
    )
    rows = tuple(_variable_row(store, found, place) for place in range(len(found.model.variables)))
    return Table("circumstances", f"What the model {found.model.id} looks at", columns, rows)


def _variable_row(store: FigureStore, found: SimilarCouncils, place: int) -> TableRow:
    variable, metric, period = found.model.variables[place], _metric(store, found, place), found.circle.periods[place]
    value = found.circle.values[found.own, place] if found.own is not None else np.nan
    figure = TableCell("no figure", is_missing=True)
    if not np.isnan(value) and period:
        replies = replies_of(store).marks(metric.id, found.authority, [period.slug])
        figure = TableCell(metric_value_text(value, metric), replies=replies)
    note = "compared by ratio" if variable.transform is Transform.LOG else None
    return TableRow(
        (
            TableCell(metric.title, metric_address(metric.id), note),
            figure,
            TableCell(period.label) if period else TableCell("no figures for this type", is_missing=True),
            TableCell(_weight_text(float(found.weights[place]))),
            TableCell(variable.because),
        )
    )


def _form(store: FigureStore, found: SimilarCouncils) -> ChooseForm:
    models = [m for m in store.catalogue.similarity_models.values() if found.authority.type in m.types]
    chosen = tuple(Option(m.id, m.title, m.id == found.model.id) for m in models)
    weights = tuple(
        SelectField(f"weight-{place}", variable.metric, _metric(store, found, place).title, _options(weight))
        for place, (variable, weight) in enumerate(zip(found.model.variables, found.weights.tolist(), strict=True))
    )
    fields = (SelectField("model", "model", "Model", chosen), *weights)
    return ChooseForm(
        similar_address(found.authority.slug), "Model and weights", fields, button="Find similar councils"
    )


def _options(weight: float) -> tuple[Option, ...]:
    own = _weight_text(weight)
    offered = sorted({*WEIGHTS_OFFERED, own}, key=float)
    words = {"0": "0: leave it out", "1": "1: once"}
    return tuple(Option(text, words.get(text, f"{text} times"), text == own) for text in offered)


def _weight_text(weight: float) -> str:
    return f"{weight:g}"


def _head(found: SimilarCouncils, title: str) -> PageHead:
    authority, model = found.authority, found.model
    overview = (authority.short_name, authority_address(authority.slug))
    crumbs = (("Home", "/"), ("Councils", "/authorities"), overview, ("Similar councils", None))
    changed = zip(model.weights.items(), found.weights.tolist(), strict=True)
    described = ", ".join(f"{name} {_weight_text(weight)}" for (name, own), weight in changed if weight != own)
    whole = f"{title}, {model.id}{f', {described}' if described else ''}"
    files = PEERS if found.peers else ()
    return PageHead(whole, "authorities", crumbs, f"The councils most like {authority.name}, and why.", files=files)


def _beside(found: SimilarCouncils) -> Link | None:
    if not found.peers:
        return None
    name = found.authority.short_name
    href = authority_address(found.authority.slug, group="similar")
    return Link(f"All figures of {name} beside those of councils like it", href)


def _limits() -> tuple[str, ...]:
    return (
        f"The distance is how far two councils lie apart in a typical circumstance, counted in spreads of their type: "
        f"up to {VERY_CLOSE} is very close, up to {CLOSE} close, up to {FAIRLY_CLOSE} fairly close; two councils of a "
        "type drawn blindly lie about 1.4 apart.",
        "Only councils of the same type are compared: they run the same services.",
        f"Where a figure is missing the others decide, as long as they carry {MINIMUM_KNOWN:.0%} of the weight.",
        "Spending and results never count: a council can choose them.",
    )
