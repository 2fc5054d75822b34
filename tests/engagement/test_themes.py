"""Themes of what was written: the same answers give the same themes, every answer can be reached, people name them."""

import random
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.engagement.consultations.agreement import cell_text
from moothall.engagement.consultations.results import Quotation
from moothall.engagement.consultations.themes import Themes, find_themes, keys_of, term_key
from moothall.engagement.models import Event, Response, Submission, Theme
from tests.engagement.conftest import ASKED, Enter
from tests.engagement.furnished import Room, furnish

RESULTS = f"/take-part/staff/results/{ASKED.id}"
SAID = {
    "A": "Bags left beside bins are logged as incidents. The crew logs each bag.",
    "B": "Crews log bags differently; a bag beside a bin is no incident here.",
    "C": "Court costs are never recovered, so officers avoid court.",
    "D": "Officers avoid the court because of costs.",
    "E": "Fine as it is.",
    "F": "",
}


def quotations(said: dict[str, str]) -> list[Quotation]:
    return [Quotation(ref, words, "What?", ref) for ref, words in said.items() if words]


def shape(found: Themes) -> list[tuple[set[str], set[str]]]:
    """The words and the respondents of each theme without a name."""
    return [({t.key for t in theme.terms}, {q.ref for q in theme.quotations}) for theme in found.unnamed]


def test_words_that_stand_in_the_same_answers_are_drawn_together() -> None:
    found = find_themes(quotations(SAID), ())
    about_bags = next(theme for theme in shape(found) if "bag" in theme[0])
    about_court = next(theme for theme in shape(found) if "court" in theme[0])
    assert {"bag", "incident", "crew", "log", "beside", "bin"} - {"beside"} <= about_bags[0]
    assert about_bags[1] == {"A", "B"}
    assert {"court", "cost", "avoid", "officer"} <= about_court[0]
    assert about_court[1] == {"C", "D"}
    assert [each.ref for each in found.rest] == ["E"]


@pytest.mark.parametrize(
    ("word", "key"),
    [("Bags", "bag"), ("studies", "study"), ("class", "class"), ("status", "status"), ("council\u2019s", "council")],
)
def test_one_key_for_singular_and_plural(word: str, key: str) -> None:
    assert term_key(word) == key


def test_small_common_words_and_numbers_make_no_theme() -> None:
    assert keys_of("And 2026, the of it is 12% because they would!") == []


def every(found: Themes) -> set[int]:
    shown: Iterable[Quotation] = (q for theme in (*found.named, *found.unnamed) for q in theme.quotations)
    return {id(each) for each in (*shown, *found.rest)}


WORDS = st.lists(
    st.sampled_from(["bag", "bins", "court", "cost", "the", "fines", "Crew", "é", ";"]), min_size=1, max_size=9
)


@given(st.lists(WORDS, max_size=14))
def test_every_answer_can_be_reached_whatever_was_written(texts: list[list[str]]) -> None:
    said = [Quotation("x", " ".join(words), "What?", f"r{n % 5}") for n, words in enumerate(texts)]
    named = [Theme(name="Money", terms=["cost", "fine", "nowhere"], pk=1)]
    found = find_themes(said, named)
    assert every(found) == {id(each) for each in said}
    keys = [term.key for theme in found.unnamed for term in theme.terms]
    assert len(keys) == len(set(keys)), "a word is in one theme"
    assert not {"cost", "fine"} & set(keys), "and in none beside the one that it has been named in"


def test_the_order_of_answers_changes_nothing() -> None:
    said = quotations(SAID)
    first = shape(find_themes(said, ()))
    for seed in range(5):
        mixed = random.Random(seed).sample(said, len(said))
        assert shape(find_themes(mixed, ())) == first


def test_many_answers_take_little_time() -> None:
    drawn = random.Random(1)
    vocabulary = [f"word{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(400)]
    said = [Quotation("x", " ".join(drawn.choices(vocabulary, k=40)), "What?", str(n)) for n in range(300)]
    assert every(find_themes(said, ())) == {id(each) for each in said}


# ---------------------------------------------------------------- on the pages


@pytest.fixture
def room(enter: Enter) -> Room:
    """Everybody in every role."""
    return furnish(enter)


METRIC, OTHER_WORDS = ASKED.metrics[0], "Nobody shares <b>these</b>."


def send_words(said: dict[str, str], metric: str = METRIC) -> None:
    """One sent response for each, in the name of somebody who answers alone."""
    for key, words in said.items():
        made = Response.objects.create(consultation=ASKED.id, kind="person", key=key, state="submitted", version=1)
        line = {"metric": metric, "metric_title": "", "question": "harm", "text": "What of harm?", "choices": []}
        content = [{**line, "chosen": [], "words": words}]
        Submission.objects.create(response=made, version=1, content=content, consent="no")


def test_staff_read_every_word_by_theme_and_name_themes(room: Room) -> None:
    send_words({**SAID, "G": OTHER_WORDS})
    place = f"{RESULTS}/themes/{METRIC}"
    page = room["staff"].get(place).content.decode()
    for words in SAID.values():
        assert words in page
    assert "Nobody shares &lt;b&gt;these&lt;/b&gt;." in page
    assert room["staff"].post(place, {"name": "How bags are logged", "terms": "bag, incident"}).status_code == 302
    page = room["staff"].get(place).content.decode()
    assert "How bags are logged" in page.partition("Words that stand together")[0]
    assert Event.objects.filter(verb="named a theme").count() == 1
    room["staff"].post(place, {"name": "How bags are logged", "terms": "bag"})
    theme = Theme.objects.get(metric=METRIC)
    assert theme.terms == ["bag"], "the same name again changes its words"
    assert room["staff"].post(f"{place}/{theme.pk}/drop").status_code == 302
    assert not Theme.objects.filter(metric=METRIC).exists()
    assert SAID["A"] in room["staff"].get(place).content.decode()


@pytest.mark.parametrize(("given", "field"), [({"terms": "bag"}, "name"), ({"name": "A", "terms": "the, of"}, "terms")])
def test_a_theme_needs_a_name_and_words(room: Room, given: dict[str, str], field: str) -> None:
    page = room["staff"].post(f"{RESULTS}/themes/whole", given).content.decode()
    assert f'href="#id_{field}"' in page
    assert f'id="id_{field}"' in page


def test_a_name_of_one_metric_cannot_be_dropped_by_the_address_of_another(room: Room) -> None:
    pk = room.made["theme"]
    assert room["staff"].post(f"{RESULTS}/themes/{METRIC}/{pk}/drop").status_code == 404
    assert room["staff"].get(f"{RESULTS}/themes/no-such-metric").status_code == 404
    assert Theme.objects.filter(pk=pk).exists()


# ---------------------------------------------------------------- by type and region


@pytest.mark.parametrize(
    ("count", "answered", "text"),
    [(3, 9, "3"), (0, 9, "0"), (7, 12, "7 (58%)"), (10, 10, "10 (100%)"), (0, 11, "0 (0%)")],
)
def test_a_share_is_given_only_where_enough_have_answered(count: int, answered: int, text: str) -> None:
    assert cell_text(count, answered) == text


def test_closed_answers_are_counted_by_type_and_region(room: Room) -> None:
    leeds = f"/take-part/responses/{room.made['response']}"
    room["lead"].post(f"{leeds}/questions/1", {"choices": "unclear", "words": "", "revision": 0})
    room["lead"].post(f"{leeds}/check", {"agreed": "yes", "consent": "no"})
    page = room["staff"].get(f"{RESULTS}/agreement").content.decode()
    table = page[page.index("By type of council") :].partition("</table>")[0]
    cells = [part.partition("<")[0] for part in table.split('cell--numeric">')[1:]]
    assert cells == ["0", "1", "1"], "clear, unclear, councils that answered"
    assert "%" not in table
    assert "etropolitan" in table
