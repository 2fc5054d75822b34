"""The routes of early warning and of the register of formal actions."""

from datetime import date

from moothall.presenters.addresses import (
    BACKTEST,
    BACKTEST_EXAMPLE,
    EARLY_WARNING,
    MODEL_CARD,
    TRANSPARENCY_RECORD,
    action_address,
    actions_address,
    authority_signs_address,
    backtest_lens_address,
    conversation_pack_address,
    lens_address,
    signal_address,
)
from moothall.presenters.figures.reading import FigureStore
from moothall.web import action_views, backtest_views, warning_views
from moothall.web.route import Route, always, one_of_each


def _lens_examples(store: FigureStore) -> list[str]:
    return [lens_address(lens) for lens in store.catalogue.lenses]


def _backtest_lens_examples(store: FigureStore) -> list[str]:
    """Each lens at its usual horizon, and one at another."""
    lenses = list(store.catalogue.lenses)
    return [*map(backtest_lens_address, lenses), *(backtest_lens_address(lens, 12) for lens in lenses[:1])]


def _signal_examples(store: FigureStore) -> list[str]:
    return [signal_address(signal) for signal in store.catalogue.signals]


def _signs_examples(store: FigureStore) -> list[str]:
    """One running authority and one ended one of each type, and one that had signs on a day long gone."""
    found = [authority_signs_address(slug) for slug in one_of_each(store)]
    has_past = store.catalogue.signals and "SPE" in store.catalogue.authorities
    return [*found, *([authority_signs_address("spelthorne", date(2018, 10, 1))] if has_past else [])]


def _pack_examples(store: FigureStore) -> list[str]:
    return [conversation_pack_address(slug) for slug in one_of_each(store)]


def _actions_examples(store: FigureStore) -> list[str]:
    kinds = dict.fromkeys(action.kind.value for action in store.catalogue.formal_actions.actions.values())
    return [actions_address(), *(actions_address(kind=kind) for kind in list(kinds)[:2])]


def _action_examples(store: FigureStore) -> list[str]:
    """One action of each kind."""
    by_kind = {action.kind: action.id for action in store.catalogue.formal_actions.actions.values()}
    return [action_address(action) for action in by_kind.values()]


WARNING_ROUTES = (
    Route(EARLY_WARNING[1:], warning_views.early_warning, "early-warning", always(EARLY_WARNING)),
    Route("early-warning/back-test", backtest_views.backtest, "back-test", always(BACKTEST)),
    Route(
        "early-warning/back-test/1-october-2018", backtest_views.example, "back-test-example", always(BACKTEST_EXAMPLE)
    ),
    Route(
        "early-warning/back-test/<slug:lens_id>",
        backtest_views.backtest_lens,
        "back-test-lens",
        _backtest_lens_examples,
    ),
    Route("early-warning/model-card", backtest_views.model_card, "model-card", always(MODEL_CARD)),
    Route(
        "early-warning/transparency-record",
        backtest_views.transparency_record,
        "transparency-record",
        always(TRANSPARENCY_RECORD),
    ),
    Route("early-warning/signals/<slug:signal_id>", warning_views.signal, "signal", _signal_examples),
    Route("early-warning/<slug:lens_id>", warning_views.lens, "lens", _lens_examples),
    Route("authorities/<slug:slug>/early-warning", warning_views.authority_signs, "authority-signs", _signs_examples),
    Route(
        "authorities/<slug:slug>/conversation-pack",
        warning_views.conversation_pack,
        "conversation-pack",
        _pack_examples,
    ),
    Route("actions", action_views.actions, "actions", _actions_examples),
    Route("actions/<slug:action_id>", action_views.action, "action", _action_examples),
    Route("actions.csv", action_views.actions_file, "actions-file", always("/actions.csv"), is_page=False),
    Route("actions.atom", action_views.actions_atom, "actions-feed", always("/actions.atom"), is_page=False),
)
"""The back-test and the cards stand before the lenses, whose pattern would take their names for a lens."""
