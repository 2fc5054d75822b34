"""Things named in an address. A wrong path is a page that is not there; a wrong choice is an address we cannot read."""

from moothall.analytics.circumstances import usual_model
from moothall.catalogue import SourceDefinition
from moothall.domain.authority import Authority
from moothall.domain.formal_action import FormalAction
from moothall.domain.geography import Place
from moothall.domain.metric import Metric, Outcome, Theme
from moothall.domain.practice import PracticeNote
from moothall.domain.reply import Reply
from moothall.domain.signal import LensRule, Signal
from moothall.domain.similarity import SimilarityModel
from moothall.domain.words import MetricState
from moothall.errors import UnknownName, UsageError
from moothall.presenters.authority.who_runs_page import find_place
from moothall.presenters.figures.reading import FigureStore, authority_with_slug
from moothall.presenters.shared_by_councils.practice import find_note
from moothall.presenters.shared_by_councils.replies_page import find_reply
from moothall.presenters.similarity.similar import find_model


class NotHere(UnknownName):
    """The path of an address names nothing that we have; the answer is 404 with suggestions for ``sought``."""

    def __init__(self, message: str, sought: str) -> None:
        super().__init__(message)
        self.sought = sought


def authority(store: FigureStore, slug: str) -> Authority:
    """The authority of a path such as ``/authorities/leeds``; NotHere where there is none."""
    try:
        return authority_with_slug(store, slug)
    except UnknownName as error:
        raise NotHere(str(error), slug) from None


def place(store: FigureStore, name: str) -> Authority | Place:
    """The authority or place of a path such as ``/who-runs/leeds``; NotHere where there is none."""
    try:
        return find_place(store, name)
    except UnknownName as error:
        raise NotHere(str(error), name) from None


def metric(store: FigureStore, metric_id: str) -> Metric:
    """The metric of a path, if it is shown at all; NotHere where there is none."""
    found = store.catalogue.metrics.get(metric_id)
    if found is None or (found.state is MetricState.WITHDRAWN and not found.history):
        raise NotHere(f"There is no metric with the address name {metric_id!r}.", metric_id)
    return found


def source(store: FigureStore, source_id: str) -> SourceDefinition:
    """The source of a path; NotHere where there is none."""
    if source_id not in store.catalogue.sources:
        raise NotHere(f"There is no source with the address name {source_id!r}.", source_id)
    return store.catalogue.sources[source_id]


def outcome(store: FigureStore, outcome_id: str) -> Outcome:
    """The outcome of a path; NotHere where there is none."""
    if outcome_id not in store.catalogue.outcomes:
        raise NotHere(f"There is no outcome with the address name {outcome_id!r}.", outcome_id)
    return store.catalogue.outcomes[outcome_id]


def formal_action(store: FigureStore, action_id: str) -> FormalAction:
    """The formal action of a path; NotHere where there is none."""
    found = store.catalogue.formal_actions.actions.get(action_id)
    if found is None:
        raise NotHere(f"There is no formal action with the address name {action_id!r}.", action_id)
    return found


def reply(store: FigureStore, reply_id: str) -> Reply:
    """The published reply of a path; NotHere where there is none."""
    found = find_reply(store, reply_id)
    if found is None:
        raise NotHere(f"There is no reply with the number {reply_id!r}.", reply_id)
    return found


def note(store: FigureStore, note_id: str) -> PracticeNote:
    """The published practice note of a path; NotHere where there is none, or it was taken back."""
    found = find_note(store, note_id)
    if found is None:
        raise NotHere(f"There is no practice note with the number {note_id!r}.", note_id)
    return found


def theme(store: FigureStore, theme_id: str) -> Theme:
    """The theme of a path; NotHere where there is none."""
    if theme_id not in store.catalogue.themes:
        raise NotHere(f"There is no theme with the address name {theme_id!r}.", theme_id)
    return store.catalogue.themes[theme_id]


def chosen_authority(store: FigureStore, slug: str) -> Authority:
    """The authority of a choice such as ``authority=leeds``; UnknownName where there is none."""
    return authority_with_slug(store, slug)


def chosen_metric(store: FigureStore, metric_id: str) -> Metric:
    """The live metric of a choice; UnknownName where there is none."""
    found = store.catalogue.metrics.get(metric_id)
    if found and found.state.is_draft:
        raise UnknownName(f"{found.title} is a draft: it stays on its own page, and is compared once it is agreed.")
    if found is None or found.state is not MetricState.LIVE:
        raise UnknownName(f"There is no metric with figures and the address name {metric_id!r}.")
    return found


def similarity_model(store: FigureStore, subject: Authority, text: str) -> SimilarityModel:
    """The model of a choice, or the usual one for the council's type; UsageError where there is none."""
    found = find_model(store.catalogue, text) if text else usual_model(store.catalogue, subject.type)
    if found is None:
        raise UsageError(f"No model of similarity covers {subject.name}, so nobody can be called like it.")
    return found


def lens(store: FigureStore, lens_id: str) -> LensRule:
    """The lens of a path such as ``/early-warning/resilience``; NotHere where there is none."""
    for rule in store.catalogue.lenses.values():
        if rule.lens == lens_id:
            return rule
    raise NotHere(f"There is no lens with the address name {lens_id!r}.", lens_id)


def signal(store: FigureStore, signal_id: str) -> Signal:
    """The warning rule of a path; NotHere where there is none."""
    if signal_id not in store.catalogue.signals:
        raise NotHere(f"There is no sign with the address name {signal_id!r}.", signal_id)
    return store.catalogue.signals[signal_id]
