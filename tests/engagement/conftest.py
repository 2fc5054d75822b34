"""A room with an empty database, readers and people, on the made-up store."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from moothall.domain.consultation import AnswerOption, Aspect, Consultation, Question, QuestionKind, Respondent
from moothall.domain.words import MetricState
from moothall.engagement.models import Person
from moothall.engagement.post.delivery import deliver_waiting
from moothall.web import current
from tests.functional.conftest import make_example_store
from tests.support.postgresql import find_programs, postgresql
from tests.support.records import POSTGRESQL, SQLITE, Records, database_records, file_records
from tests.support.store_builder import FakeStore

Enter = Callable[[str], Client]
LINK = re.compile(r"http://testserver(/take-part/sign-in/\S+)")


def with_websites(store: FakeStore) -> FakeStore:
    """The store with a website for every council: Leeds at www.leeds.gov.uk."""
    councils = store.catalogue.authorities.items()
    sites = {code: replace(each, website=f"https://www.{each.slug}.gov.uk") for code, each in councils}
    return replace(store, catalogue=replace(store.catalogue, authorities=sites))


def _question(id_: str, kind: QuestionKind, *options: str, comment: str | None = None) -> Question:
    texts = {"clear": "It is clear", "unclear": "It is not clear", "one": "The first", "two": "The second"}
    made = tuple(AnswerOption(option, texts[option]) for option in options)
    return Question(id_, Aspect.DEFINITION, kind, f"What of {id_}?", None, made, comment)


ASKED = Consultation(
    id="first-drafts-2026",
    title="Two drafts",
    owner="The testers",
    purpose="To ask.",
    metrics=("household-waste-recycling-rate", "quality-of-life"),
    opens=date(2026, 11, 20),
    closes=date(2027, 2, 26),
    who=frozenset(Respondent),
    privacy="Nothing is published without consent.",
    each_metric=(
        _question("definition", QuestionKind.CHOICE, "clear", "unclear", comment="What should it say?"),
        _question("harm", QuestionKind.TEXT),
    ),
    whole=(_question("keep", QuestionKind.CHOICES, "one", "two", comment="Why?"),),
)


def with_consultation(store: FakeStore) -> FakeStore:
    """The store with two metrics in consultation."""
    metrics = {
        id_: replace(metric, state=MetricState.IN_CONSULTATION, title=f"{metric.title} (DRAFT)")
        if id_ in ASKED.metrics
        else metric
        for id_, metric in store.catalogue.metrics.items()
    }
    return replace(store, catalogue=replace(store.catalogue, metrics=metrics, consultations={ASKED.id: ASKED}))


ON_BOTH = pytest.mark.parametrize("records", [SQLITE, POSTGRESQL], indirect=True)
"""For a test that starts programs: once with a file, once with PostgreSQL."""


@pytest.fixture(scope="session")
def database_server() -> Iterator[str]:
    """The address of a PostgreSQL server, one for each worker of the run; skips where none is installed."""
    programs = find_programs()
    if programs is None:
        pytest.skip("needs PostgreSQL: apt install postgresql")
    with postgresql(programs) as address:
        yield address


@pytest.fixture
def records(request: pytest.FixtureRequest, tmp_path: Path) -> Records:
    """Empty records for programs that a test starts: in a file, unless the test asks for PostgreSQL."""
    if getattr(request, "param", SQLITE) == SQLITE:
        return file_records(tmp_path)
    return database_records(request.getfixturevalue("database_server"), f"records_{uuid4().hex}")


@pytest.fixture
def drafted(store: FakeStore) -> FakeStore:
    """The store that the site serves, with a consultation."""
    made = with_consultation(store)
    current.current_store.serve_only(made)
    return made


@pytest.fixture
def store() -> Iterator[FakeStore]:
    """The store that the site serves."""
    made = with_websites(make_example_store())
    current.current_store.serve_only(made)
    yield made
    current.current_store.serve_only(None)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current, "_day", lambda: date(2026, 11, 22))


@pytest.fixture(autouse=True)
def published_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder to which this test publishes: nobody else's."""
    folder = tmp_path / "published"
    monkeypatch.setenv("MOOTHALL_PUBLISHED", str(folder))
    return folder


@pytest.fixture
def reader(db: None, store: FakeStore) -> Client:
    """Somebody who is not signed in, in a browser that checks forms."""
    return Client(enforce_csrf_checks=False, raise_request_exception=False)


def letters() -> list[EmailMultiAlternatives]:
    """Every letter that has left, after the worker has sent those that wait."""
    deliver_waiting()
    return mail.outbox


def last_link() -> str:
    """The path of the link in the letter that was sent last."""
    found = LINK.search(str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return found[1]


def sign_in(address: str) -> Client:
    """A browser in which the person with this address has signed in as people do."""
    client = Client(raise_request_exception=False)
    client.post("/take-part/sign-in", {"email": address})
    client.post(last_link())
    return client


@pytest.fixture
def enter(db: None, drafted: FakeStore) -> Enter:
    """Sign in with an address."""
    return sign_in


def person(address: str) -> Person:
    """The person with this address."""
    return Person.objects.get(email=address)
