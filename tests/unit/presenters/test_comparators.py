"""The groups that an address or a command may name, from figures and lists: members, words, refusals."""

from datetime import date
from typing import Any

import pytest

from moothall.analytics.groups import GroupKind
from moothall.catalogue.listing import ListDefinition
from moothall.errors import UsageError
from moothall.presenters.figures.comparators import (
    default_kind,
    kinds_of,
    named_group,
    own_groups,
    read_group_file,
)
from moothall.presenters.similarity.peer_skill import report_records, skill_sentence
from moothall.presenters.similarity.peers import make_peers_section, make_similar_page
from moothall.presenters.similarity.similar import similar_councils
from moothall.presenters.similarity.similar_records import similar_record
from moothall.store import Listing, MetricSkill, ModelScore, SimilarityReport
from tests.functional.conftest import make_example_store
from tests.support.similar import RATE, make_model
from tests.support.store_builder import FakeStore, make_metric

LIST = ListDefinition(
    id="ons:global",
    title="A made-up list",
    words="councils put beside",
    edition="2023",
    areas_on=date(2023, 4, 1),
    published_note="Made up.",
    file={"path": "list.csv", "sha256": "ab" * 32, "bytes": 10},  # type: ignore[arg-type]
    reader="csv",  # type: ignore[arg-type]
    area="Code",
    members=("1",),
)


@pytest.fixture
def store() -> FakeStore:
    """The example store with a list."""
    made = make_example_store()
    object.__setattr__(made.catalogue.sources["made-up"], "lists", (LIST,))
    made.lists = {"ons:global": Listing({"LEEDS": ("BRADFO", "YORK")})}
    return made


def group(store: FakeStore, text: str, code: str | None = "LEEDS") -> Any:
    return named_group(store, text, store.catalogue.authorities[code] if code else None)


@pytest.mark.parametrize(
    ("text", "group_id", "codes"),
    [
        ("similar", "similar:all-purpose:LEEDS", ("LEEDS", "BRADFO", "WAKEFI", "BARNSL")),
        ("similar:all-purpose", "similar:all-purpose:LEEDS", ("LEEDS", "BRADFO", "WAKEFI", "BARNSL")),
        ("ons:global", "ons:global:LEEDS", ("LEEDS", "BRADFO", "YORK")),
        ("same-type", "type:metropolitan-district", ()),
        ("region", "region:E12000003", ()),
        ("england", "england", ()),
        ("custom:YORK,LEEDS", "custom:YORK,LEEDS", ("YORK", "LEEDS")),
    ],
)
def test_a_word_means_the_councils_own_group_and_the_id_means_the_same(
    store: FakeStore, text: str, group_id: str, codes: tuple[str, ...]
) -> None:
    found = group(store, text)
    assert (found.id, found.codes) == (group_id, codes)
    assert group(store, group_id, None) == found


FAULTS = [
    ("similar", None, "needs to know whose"),
    ("similar", "YORK", "No model of similarity covers York Council"),
    ("similar:none", "LEEDS", "There is no group 'similar:none'"),
    ("ons:global", "YORK", "York Council is not in the list 'A made-up list'"),
    ("deprivation", "LEEDS", "No score of deprivation is published for Leeds Council"),
    ("adjacent", "LEEDS", "There is no group 'adjacent'"),
    ("custom:LEEDS,NOPE", "LEEDS", "which is no council's code"),
]


@pytest.mark.parametrize(("text", "code", "sentence"), FAULTS)
def test_a_group_that_cannot_be_meant_gets_one_sentence(
    store: FakeStore, text: str, code: str | None, sentence: str
) -> None:
    with pytest.raises(UsageError, match=sentence) as caught:
        group(store, text, code)
    assert len(str(caught.value).splitlines()) == 1


def test_the_default_is_similar_councils_where_there_are_any(store: FakeStore) -> None:
    leeds, york = (store.catalogue.authorities[code] for code in ("LEEDS", "YORK"))
    assert default_kind(store, leeds) is GroupKind.SIMILAR
    assert default_kind(store, york) is GroupKind.SAME_TYPE
    assert kinds_of(store, leeds)[:2] == (GroupKind.SIMILAR, GroupKind.SAME_TYPE)
    assert [g.id for g in own_groups(store, leeds)] == ["similar:all-purpose:LEEDS", "ons:global:LEEDS"]


def test_a_file_of_codes(store: FakeStore) -> None:
    text = "\ufeffLEEDS\nE08-BRADFO  # by its area code\n\nYORK,\nLEEDS\n"
    assert read_group_file(store, text, "mine.txt").codes == ("LEEDS", "BRADFO", "YORK")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("LEEDS\nNOPE\nYORK\n", "mine.txt has 1 code that no council has: NOPE; write one code a line"),
        ("\n".join(f"X{n}" for n in range(8)), "has 8 codes that no council has: X0, X1, X2, X3, X4 and 3 more"),
        ("LEEDS\n", "mine.txt names 1 council: a group needs at least 3 for a middle figure"),
        ("", "mine.txt names 0 councils"),
    ],
)
def test_a_file_that_cannot_be_meant_gets_one_sentence(store: FakeStore, text: str, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        read_group_file(store, text, "mine.txt")


def test_the_section_names_peers_in_order_with_reasons(store: FakeStore) -> None:
    section = make_peers_section(store, store.catalogue.authorities["LEEDS"])
    assert section is not None
    assert section.table is not None
    assert [row.cells[0].text for row in section.table.rows] == ["Bradford", "Wakefield", "Barnsley"]
    assert section.table.rows[0].cells[1].text == "Very close"
    assert "by the model all-purpose, version 1, of 22 November 2026" in section.about
    assert make_peers_section(store, store.catalogue.authorities["YORK"]) is None


def test_a_model_that_cannot_name_anybody_says_why(store: FakeStore) -> None:
    model, leeds = make_model((RATE, "quality-of-life"), id="other"), store.catalogue.authorities["LEEDS"]
    york = store.catalogue.authorities["YORK"]
    store.catalogue.similarity_models["other"] = model
    assert similar_councils(store, york, model).refused == (
        "The model other does not cover councils of this type: choose another model."
    )
    missing = similar_councils(store, leeds, model, {RATE: "0"})
    assert missing.refused is not None
    assert "Too little is known to say which councils are like Leeds" in missing.refused
    assert make_similar_page(store, leeds, model, {RATE: "0"}).table is None


def test_a_record_has_every_figure_that_was_compared(store: FakeStore) -> None:
    leeds = store.catalogue.authorities["LEEDS"]
    record = similar_record(store, similar_councils(store, leeds, make_model()))
    assert [peer["code"] for peer in record["peers"]] == ["BRADFO", "WAKEFI", "BARNSL"]
    assert record["variables"] == [
        {
            "metric": RATE,
            "weight": 1.0,
            "transform": "none",
            "period": "2021-22",
            "value": 38.2,
            "because": "It is made up.",
        }
    ]


def score(model: str, error: float) -> ModelScore:
    return ModelScore(model, model, error, error, error, 2, error, error, error, 2, 0.5, 0.0, None)


@pytest.mark.parametrize(
    ("error", "part"),
    [
        (0.80, "similarity matters: the middle figure of similar councils comes 20% nearer"),
        (
            0.98,
            "similar councils say hardly more than any councils of the type: their middle figure comes only 2% nearer",
        ),
        (1.01, "say hardly more than any councils of the type: their middle figure comes 1% further"),
        (1.10, "similar councils say less than any councils of the type: their middle figure comes 10% further"),
        (None, "too few figures to say"),
    ],
)
def test_a_metric_says_whether_similarity_matters(store: FakeStore, error: float | None, part: str) -> None:
    metric, model = make_metric("other"), make_model()
    skills = {(model.id, "other"): MetricSkill(model.id, "other", error, 36, True)} if error else {}
    store.similarity_report = SimilarityReport((score(model.id, 0.96),), skills)
    assert part in skill_sentence(store, metric, model)


def test_a_variable_says_that_it_is_one(store: FakeStore) -> None:
    assert "By this figure, among others" in skill_sentence(store, store.catalogue.metrics[RATE], make_model())


def test_the_report_has_the_promised_keys(store: FakeStore) -> None:
    skills = {
        ("a", RATE): MetricSkill("a", RATE, 0.9, 30, True),
        ("a", "other"): MetricSkill("a", "other", 0.5, 9, False),
    }
    store.similarity_report = SimilarityReport((score("a", 0.9),), skills)
    (record,) = report_records(store)
    promised = ("model", "scaled_error", "low", "high", "by_theme", "mutual_share", "cross_type_share", "stability")
    assert set(promised) <= set(record)
    assert record["by_theme"] == {"waste": 0.9}
