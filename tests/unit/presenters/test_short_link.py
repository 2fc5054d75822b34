"""Short links hold the whole comparison, outlive a build, and say so where a letter was lost."""

import pytest

from moothall.analytics.groups import ENGLAND, custom_group
from moothall.presenters.comparing.comparison import Comparison
from moothall.presenters.comparing.short_link import BrokenLink, long_address, mark_of, short_link
from moothall.presenters.figures.reading import authority_with_slug, live_metrics
from tests.functional.conftest import make_example_store
from tests.support.real import real_catalogue
from tests.support.store_builder import FakeStore


@pytest.fixture(scope="module")
def store() -> FakeStore:
    return make_example_store()


def comparisons(store: FakeStore) -> list[Comparison]:
    two = tuple(authority_with_slug(store, slug) for slug in ("leeds", "york"))
    metrics, theme = tuple(live_metrics(store)), next(iter(store.catalogue.themes.values()))
    own = custom_group(["LEEDS", "BRADFO"])
    return [
        Comparison(two),
        Comparison(two, metrics, (ENGLAND,)),
        Comparison(groups=(own, ENGLAND)),
        Comparison(two[:1], (), (), theme),
    ]


def test_a_short_link_leads_to_the_address_it_was_made_from(store: FakeStore) -> None:
    for chosen in comparisons(store):
        code = short_link(chosen).removeprefix("/c/")
        assert long_address(store.catalogue, code) == chosen.address


def test_any_letter_lost_or_changed_is_noticed(store: FakeStore) -> None:
    code = short_link(comparisons(store)[1]).removeprefix("/c/")
    spoilt = [code[:n] + code[n + 1 :] for n in range(len(code))]
    spoilt += [code[:n] + ("Q" if code[n] != "Q" else "R") + code[n + 1 :] for n in range(len(code))]
    for one in spoilt:
        with pytest.raises(BrokenLink):
            long_address(store.catalogue, one)


@pytest.mark.parametrize("code", ["", "~", "LEEDS", "~~~~", "LEEDS~~~~", "a~b~c~d~e~f"])
def test_what_is_no_link_is_refused(store: FakeStore, code: str) -> None:
    with pytest.raises(BrokenLink, match="not whole"):
        long_address(store.catalogue, code)


def test_a_name_that_is_gone_is_told_apart_from_a_lost_letter(store: FakeStore) -> None:
    body = "NOBODY~~~"
    with pytest.raises(BrokenLink, match="names a council that is not here"):
        long_address(store.catalogue, f"{body}~{mark_of(body)}")


def test_eight_of_everything_make_a_link_that_fits_a_message() -> None:
    catalogue = real_catalogue()
    councils = tuple(list(catalogue.authorities.values())[:8])
    chosen = Comparison(councils, tuple(list(catalogue.metrics.values())[:8]), (ENGLAND,))
    assert len(short_link(chosen)) <= 120
    assert len(chosen.address) > 3 * len(short_link(chosen))
    assert len({mark_of(metric) for metric in catalogue.metrics}) == len(catalogue.metrics)
