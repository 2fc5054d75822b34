"""Pages that are lists as datasets: similar councils, signs of one council, formal actions, outcomes and gaps."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np

from moothall.domain.authority import Authority
from moothall.domain.formal_action import ActionKind
from moothall.domain.framework import Framework, FrameworkMetric
from moothall.domain.metric import Outcome
from moothall.presenters.addresses import metric_address, signal_address
from moothall.presenters.downloads.dataset import Dataset, Row, Shown, make_list
from moothall.presenters.downloads.fields import Field, Value
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.finding.outcomes_page import STATE_WORDS, outcome_lines
from moothall.presenters.similarity.peers import about_peers, reason_text
from moothall.presenters.similarity.similar import SimilarCouncils
from moothall.presenters.warning.actions import action_record, complete_text, newest_first
from moothall.presenters.warning.actions_files import LIMITS_OF_ACTIONS
from moothall.presenters.warning.actions_page import NOT_A_JUDGEMENT
from moothall.presenters.warning.authority_signs_page import lens_readings_of
from moothall.presenters.warning.lens_words import BAND_WORDS, NOT_A_FORECAST
from moothall.presenters.warning.sign_json import signs_record

PEER_FIELDS = (
    Field("place", "1 for the nearest"),
    Field("authority", "Our code of the similar council"),
    Field("authority_name", "The similar council"),
    Field("distance", "How far it lies in a typical circumstance, in spreads of the type"),
    Field("closeness", "The same in words"),
    Field("most_alike_in", "Circumstances in which the two are nearest"),
    Field("most_unlike_in", "Circumstances in which they lie furthest apart"),
)
SIGN_FIELDS = (
    Field("lens", "Debt, resilience or governance; the three are never added up"),
    Field("reading", "What the lens says of the council as a whole"),
    Field("signal", "Our name for the rule"),
    Field("sign", "What it looks for"),
    Field("state", "fired, watched, not-fired or cannot-assess"),
    Field("why_not", "Why it could not be assessed"),
    Field("metric", "The metric that it reads"),
    Field("period", "The period of the figure"),
    Field("months_old", "How old the figure is, from the end of its period"),
    Field("figure", "The figure, or its change, as the rule reads it"),
    Field("tested", "What was held against the threshold"),
    Field("middle_of_type", "The middle figure of councils of its type"),
    Field("councils_in_type", "How many of them have a figure"),
    Field("sentence", "What the sign says"),
    Field("record", "How often the sign was followed by a formal action, and how often not"),
    Field("harmless", "What could explain it without anything being wrong"),
    Field("councils_reply", "What the council says to the sign, and to the figure behind it, in its own words"),
    Field("rule", "Where the rule is told", is_address=True),
)
ACTION_FIELDS = (
    Field("id", "Our name for the action; it does not change"),
    Field("authority", "Our code of the council"),
    Field("authority_name", "The council"),
    Field("area_code", "The official code of its area on the day"),
    Field("kind", "What was decided"),
    Field("mechanism", "What lay behind it"),
    Field("decided_on", "The day of the decision"),
    Field("date_precision", "How exactly that day is known"),
    Field("ended_on", "The day on which it ended or is to end"),
    Field("financial_year", "The financial year that it is about"),
    Field("amount_initial_gbp", "Pounds agreed at first"),
    Field("amount_latest_gbp", "Pounds by the latest figure"),
    Field("evidence", "The page that shows it"),
    Field("checked", "How well it was checked"),
    Field("counts_as", "What it counts as in the test of warning signs"),
    Field("counts_why", "Why"),
    Field("continues_with", "The councils with which it goes on"),
    Field("note", "What else is known"),
    Field("complete_to", "The day to which the register is complete"),
    Field("limits", "What nobody should conclude from a row"),
)
LINE_FIELDS = (
    Field("list", "Whose list it is"),
    Field("outcome", "The outcome or theme that it stands under"),
    Field("listed_metric", "The metric of that list, in our words"),
    Field("state", "Whether we have it, something near it, or nothing yet"),
    Field("our_metric", "Our name for the metric"),
    Field("our_title", "Its title"),
    Field("difference", "How ours differs"),
    Field("awaiting", "Why there are no figures"),
    Field("publisher", "Who publishes it"),
    Field("publisher_page", "Where"),
    Field("publisher_table", "In which table"),
    Field("page", "Our page of the metric", is_address=True),
)


def peers_dataset(store: FigureStore, address: str, found: SimilarCouncils) -> Dataset:
    """The similar councils of one by a model and weights, nearest first; no row, with the reason, where none can be."""
    variables = [_variable_note(store, found, place) for place in range(len(found.model.variables))]
    notes = tuple(filter(None, (about_peers(found), found.refused, *variables)))
    title, stem = f"Councils like {found.authority.name}", f"{found.authority.slug}-similar"
    metrics = (store.catalogue.metrics[variable.metric] for variable in found.model.variables)
    sources = list(dict.fromkeys(source for metric in metrics for source in metric.sources))
    rows = ((_peer_row(store, found, place), sources) for place in range(len(found.peers)))
    return make_list(store, Shown(title, stem, address, PEER_FIELDS, notes), rows)


def _peer_row(store: FigureStore, found: SimilarCouncils, place: int) -> Row:
    peer = found.peers[place]
    other = store.catalogue.authorities[found.circle.codes[peer.row]]
    alike = reason_text(store, found, peer.together, says_side=False)
    unlike = reason_text(store, found, peer.apart, says_side=True)
    return place + 1, other.code, other.name, peer.distance, peer.closeness.value, alike, unlike


def _variable_note(store: FigureStore, found: SimilarCouncils, place: int) -> str:
    variable, period = found.model.variables[place], found.circle.periods[place]
    metric = store.catalogue.metrics[variable.metric]
    value = np.nan if found.own is None else float(found.circle.values[found.own, place])
    figure = "no figure" if np.isnan(value) else f"{value!r} {metric.unit.words}".strip()
    when = f", {period.label}" if period else ""
    return f"Weight {found.weights[place]:g}: {metric.title}, {figure}{when}. {variable.because}"


def signs_dataset(store: FigureStore, address: str, authority: Authority, today: date) -> Dataset:
    """What every rule says of one council on the store's day, or today; no row where it did not act then.

    There is no such file of all councils: side by side they would be read as a ranking.
    """
    day = store.day or today
    record = signs_record(store, authority, day, lens_readings_of(store, authority, day))
    title = f"Signs worth asking about, {authority.name}, {day.isoformat()}"
    lenses = [f"{lens['lens'].value}: {lens['counts']}. {lens['record']}" for lens in record["lenses"]]
    notes = (NOT_A_FORECAST, record["chance"], "The three lenses are never added up.", *lenses)
    shown = Shown(title, f"{authority.slug}-signs", address, SIGN_FIELDS, notes)
    signs = ((lens, sign) for lens in record["lenses"] for sign in lens["signals"])
    rows = ((_sign_row(lens, sign), _sources_of(store, sign["metric"])) for lens, sign in signs)
    return make_list(store, shown, rows)


def _sources_of(store: FigureStore, metric: str | None) -> tuple[str, ...]:
    """The sources of a metric by its id; none where there is no such metric."""
    found = store.catalogue.metrics.get(metric or "")
    return tuple(found.sources) if found else ()


def _sign_row(lens: dict[str, Any], sign: dict[str, Any]) -> Row:
    names = ("metric", "period", "months_old", "figure", "tested", "middle_of_type", "councils_in_type")
    return (
        lens["lens"].value,
        BAND_WORDS[lens["band"]],
        sign["signal"],
        sign["title"],
        sign["state"].value,
        sign["why_not_words"],
        *(sign[name] for name in names),
        sign["sentence"],
        sign["record"],
        "; ".join(sign["harmless"]),
        " | ".join(reply["text"] for reply in sign["replies"]) or None,
        signal_address(sign["signal"]),
    )


def actions_dataset(store: FigureStore, address: str, kind: ActionKind | None) -> Dataset:
    """The register of formal actions, or one kind of it, the latest decision first."""
    register = store.catalogue.formal_actions
    title = "Formal actions on record" + (f": {kind.value.replace('-', ' ')}" if kind else "")
    stem = f"formal-actions-{kind.value}" if kind else "formal-actions"
    notes = (complete_text(store), NOT_A_JUDGEMENT, register.scope)
    shown = Shown(title, stem, address, ACTION_FIELDS, notes)
    last = register.complete_to.isoformat() if register.complete_to else None
    found = (action_record(store, one) for one in newest_first(store, kind))
    return make_list(store, shown, (((*_plain(one), last, LIMITS_OF_ACTIONS), [register.source]) for one in found))


def _plain(record: dict[str, Any]) -> Iterator[Value]:
    for value in record.values():
        yield " ".join(value) if isinstance(value, list) else value.isoformat() if isinstance(value, date) else value


def outcomes_dataset(store: FigureStore, address: str, outcome: Outcome | None) -> Dataset:
    """The metrics listed for every outcome, or for one, in the list's order."""
    lines = [pair for pair in outcome_lines(store) if outcome is None or pair[1].outcome == outcome.id]
    title = f"Metrics listed for: {outcome.title}" if outcome else "Metrics listed for all outcomes"
    return _lines_dataset(store, Shown(title, outcome.id if outcome else "outcomes", address, LINE_FIELDS), lines)


def gaps_dataset(store: FigureStore, address: str) -> Dataset:
    """Every line of every list, with what we have of it and why we have nothing."""
    lines = [(framework, line) for framework in store.catalogue.frameworks.values() for line in framework.metrics]
    return _lines_dataset(store, Shown("Gaps", "gaps", address, LINE_FIELDS), lines)


def _lines_dataset(store: FigureStore, shown: Shown, lines: list[tuple[Framework, FrameworkMetric]]) -> Dataset:
    rows = ((_line_row(store, *pair), _sources_of(store, pair[1].metric)) for pair in lines)
    return make_list(store, shown, rows)


def _line_row(store: FigureStore, framework: Framework, line: FrameworkMetric) -> Row:
    metric = store.catalogue.metrics.get(line.metric or "")
    outcome, theme = store.catalogue.outcomes.get(line.outcome or ""), store.catalogue.themes.get(line.theme or "")
    under = outcome or theme
    return (
        framework.title,
        under.title if under else None,
        line.title,
        STATE_WORDS[line.state],
        metric.id if metric else None,
        metric.title if metric else None,
        line.difference,
        line.awaiting,
        line.publisher,
        line.landing_page,
        line.table,
        metric_address(metric.id) if metric else None,
    )
