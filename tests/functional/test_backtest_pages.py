"""What the pages of the back-test say: where a plain rule is better, by name, with the chance beside every name."""

from collections.abc import Iterator

import pytest
from django.test import Client

from moothall.presenters.backtest.model_words import model_sentences
from moothall.presenters.warning.lens_words import chance_sentence
from moothall.web import current
from tests.functional.conftest import make_example_store
from tests.functional.test_what_pages_say import words_of
from tests.support.backtest_result import make_hazard, with_backtest

REPORT = "/early-warning/back-test"
LENS = f"{REPORT}/resilience?within=36"
EXAMPLE = f"{REPORT}/1-october-2018"
PAGES = (REPORT, LENS, EXAMPLE, "/early-warning/model-card", "/early-warning/transparency-record")

SAID = [
    (REPORT, "In 1 of the 2 lenses a plain rule does better than our signs."),
    (
        REPORT,
        "Within 36 months reserves beside spending alone does better than our signs (of its highest 20",
    ),
    (REPORT, "Within 36 months no plain rule finds more, neither among its highest 20 nor among its highest tenth."),
    (REPORT, "These rules are not in the log of rules that were tried"),
    (REPORT, "Made from earlier figures or rules"),
    (
        REPORT,
        "It does not beat the best single ratio (AUC 0.70 against 0.75 of the best single ratio)",
    ),
    (REPORT, "At the last it had learned from 1 event in 700 council-years"),
    (REPORT, "is right 7.5% of the times it speaks"),
    (
        LENS,
        "it said “look closer” 10 times. 1 of these councils met a first financial event within 36 months and 9",
    ),
    (LENS, "3 of 4 financial events came without a flag."),
    (LENS, "1 October 2018 20 Bradford none Leeds, York"),
    (LENS, "The same without Woking and Thurrock"),
    (LENS, "Recycling low 8 1 12.5% 30 3 10.0%"),
    (LENS, "Look closer 10 1 10.0%"),
    (EXAMPLE, "Bradford Section 114 notice, 11 November 2020"),
    (EXAMPLE, "Leeds its first event had come before that day and nothing of the kind"),
    (EXAMPLE, "Allerdale nothing of the kind and ended on 31 March 2023"),
    (EXAMPLE, "2 councils flagged. 1 of them has an event on record since, 1 none."),
    ("/early-warning/model-card", "Nothing in them is learned from data."),
    ("/early-warning/model-card", "1 of these councils met a first financial event within 36 months"),
    ("/early-warning/transparency-record", "1.3 Senior responsible owner Nobody."),
    ("/early-warning/transparency-record", "4.2.7 Model performance: Resilience"),
]


@pytest.fixture
def tested(client: Client) -> Iterator[Client]:
    """The site with a back-test in its build."""
    current.current_store.serve_only(with_backtest(make_example_store()))
    yield client
    current.current_store.serve_only(None)


@pytest.mark.parametrize(("address", "words"), SAID)
def test_a_page_says(tested: Client, address: str, words: str) -> None:
    assert words in words_of(tested, address)


@pytest.mark.parametrize("address", PAGES[:3])
def test_a_page_that_names_a_council_says_how_seldom_a_flag_is_right(tested: Client, address: str) -> None:
    assert chance_sentence() in words_of(tested, address)


@pytest.mark.parametrize("address", PAGES)
def test_no_page_uses_a_word_of_blame(tested: Client, address: str) -> None:
    said = words_of(tested, address).lower()
    for word in ("failing", "bankrupt", "worst", "best performing", "risk score"):
        assert word not in said, f"{word} in {address}"


@pytest.mark.parametrize("address", PAGES)
def test_without_a_back_test_the_pages_say_so(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200
    if address in PAGES[:3]:
        assert "No back-test is kept in this build" in words_of(client, address)


def test_signs_stand_on_no_page_without_their_age(tested: Client) -> None:
    """The worked example names councils, so it links to their signs instead of showing any."""
    html = tested.get(EXAMPLE).content.decode()
    assert "recycling-low" not in html
    assert 'href="/authorities/bradford/early-warning?as-of=2018-10-01"' in html


@pytest.mark.parametrize(("address", "status"), [(f"{REPORT}/weather", 404), (f"{LENS[:-2]}13", 400)])
def test_what_is_not_there_is_said(tested: Client, address: str, status: int) -> None:
    assert tested.get(address).status_code == status


def test_a_better_model_is_told_as_little_better() -> None:
    said = " ".join(model_sentences(make_hazard(0.8)))
    assert "somewhat better order than any single ratio (AUC 0.80 against 0.75" in said
    assert "No model could be fitted" in " ".join(model_sentences(None))
