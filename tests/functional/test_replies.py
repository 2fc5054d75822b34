"""A council's reply stands beside its figure wherever the figure is, and nowhere once the figure has changed."""

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from django.test import Client

from moothall.cli.output import print_replies
from moothall.cli.signals import print_pack, print_signals, readings_of
from moothall.domain.reply import Reply
from moothall.presenters.addresses import reply_address
from moothall.presenters.figures.cohort import cohorts_of, standing_of
from moothall.presenters.figures.comparators import named_group
from moothall.presenters.records import comparison_record, figure_record, trail_record
from moothall.presenters.shared_by_councils.replies import replies_of
from moothall.presenters.warning.conversation_pack import make_conversation_pack
from moothall.presenters.warning.sign_json import pack_record, signs_record
from moothall.web import current
from tests.functional.test_what_pages_say import words_of
from tests.support.published import DAY, EVIDENCE, PERIOD, RATE, example_replies, published
from tests.support.store_builder import FakeStore

Serve = Callable[[FakeStore], None]
LEEDS = "We counted 39.5%, with garden waste."
OLDER = "We counted 39.4%."
KIRKLEES = "The words leave out our new plant."
SIGN = "The plant was closed for a year."
PAGES = {
    "authority": ("/authorities/leeds", LEEDS),
    "authority, another group": ("/authorities/leeds?group=england", LEEDS),
    "theme": ("/authorities/leeds/themes/waste", LEEDS),
    "questions": ("/authorities/kirklees/questions/waste", KIRKLEES),
    "metric, chosen": (f"/metrics/{RATE}?authority=leeds", LEEDS),
    "metric, in the table": (f"/metrics/{RATE}?group=england", LEEDS),
    "metric, on today's boundaries": (f"/metrics/{RATE}?authority=leeds&boundaries=now", LEEDS),
    "metric, of a sentence": (f"/metrics/{RATE}?authority=kirklees", KIRKLEES),
    "compare": ("/compare?authority=leeds&authority=bradford", LEEDS),
    "compare, chosen": (f"/compare?authority=leeds&metric={RATE}", LEEDS),
    "trail": (f"/trail/{RATE}/leeds/{PERIOD}", LEEDS),
    "words": (f"/metrics/{RATE}/words?authority=leeds", LEEDS),
    "claim": (f"/claims?authority=leeds&metric={RATE}&claim=highest", LEEDS),
    "signs, to the sign": ("/authorities/kirklees/early-warning", SIGN),
    "signs, to the figure behind": ("/authorities/kirklees/early-warning", KIRKLEES),
    "pack, to the sign": ("/authorities/kirklees/conversation-pack", SIGN),
    "pack, to the figure behind": ("/authorities/kirklees/conversation-pack", KIRKLEES),
}
FILES = [
    "/authorities/leeds/figures",
    "/authorities/leeds/themes/waste/figures",
    f"/metrics/{RATE}/figures",
    f"/metrics/{RATE}/every-period",
    "/compare/figures",
]


@pytest.fixture
def serve(client: Client) -> Serve:
    """Serve another store."""
    return current.current_store.serve_only


def only(store: FakeStore, *kept: Reply) -> None:
    published(store, Reply, *kept)


def with_another_figure(store: FakeStore, code: str) -> FakeStore:
    """A new build in which the council's figure of the period is higher by one."""
    table = {
        key: replace(entry, value=(entry.value or 0.0) + 1.0) if (key[0], key[1].slug) == (code, PERIOD) else entry
        for key, entry in store.entries[RATE].items()
    }
    return replace(store, entries={**store.entries, RATE: table}, build_id="f" * 12)


@pytest.mark.parametrize(("address", "words"), PAGES.values(), ids=PAGES)
def test_a_reply_stands_beside_the_figure(
    client: Client, store: FakeStore, serve: Serve, address: str, words: str
) -> None:
    assert words in " ".join(words_of(client, address).split())
    code = "LEEDS" if "leeds" in address or words == LEEDS else "KIRKLE"
    serve(with_another_figure(store, code))
    assert words not in " ".join(words_of(client, address).split())


def test_a_figure_that_is_compared_says_that_a_reply_stands_below(client: Client) -> None:
    words = words_of(client, "/compare?authority=leeds&authority=bradford")
    assert words.count("its reply is below") == 1
    assert "38.2% provisional, its reply is below" in words


def test_only_the_newest_version_stands_and_leads_to_the_older_ones(client: Client) -> None:
    html = client.get("/authorities/leeds").content.decode()
    assert OLDER not in html
    assert "Leeds Council disagrees with this figure (22 November 2026)." in html
    assert f'<a href="{EVIDENCE}" rel="nofollow">leeds.gov.uk</a>' in html
    assert "All 2 versions of this reply" in html
    words = words_of(client, "/replies/REPLY2FGURE2")
    assert words.index("Version 2") < words.index("Version 1")
    assert OLDER in words


def test_a_reply_to_a_sentence_quotes_it_and_stands_while_it_is_said(client: Client, store: FakeStore) -> None:
    reply = example_replies(store)[1]
    address = f"/metrics/{RATE}?authority=kirklees"
    assert reply.newest.mark.words in words_of(client, address)
    other = replace(reply.newest, mark=replace(reply.newest.mark, words="Kirklees did something else."))
    only(store, replace(reply, id="REPLY2OTHER2", versions=(other,)))
    assert KIRKLEES not in words_of(client, address)


def test_one_to_a_sign_stands_while_it_is_in_the_same_state(client: Client, store: FakeStore) -> None:
    reply = example_replies(store)[2]
    other = replace(reply.newest, mark=replace(reply.newest.mark, state="not-fired"))
    only(store, replace(reply, versions=(other,)))
    assert SIGN not in words_of(client, "/authorities/kirklees/early-warning")
    assert "The council has not replied here." in words_of(client, "/authorities/kirklees/early-warning")


def test_one_about_a_figure_that_a_release_repeats_still_stands(store: FakeStore) -> None:
    reply, leeds = example_replies(store)[0], store.catalogue.authorities["LEEDS"]
    cell = store.cell(RATE, "LEEDS", PERIOD)
    assert cell is not None
    assert reply.newest.mark.since == "made-up/2022-12"
    repeated = replace(cell.vintages[0], value=cell.value)
    store = replace(store)
    store.cell = lambda *_: replace(cell, vintages=(repeated,))  # type: ignore[method-assign]
    older = replace(reply.newest.mark, since=f"made-up/{repeated.release.id}")
    only(store, replace(reply, versions=(replace(reply.newest, mark=older),)))
    assert len(replies_of(store).beside(RATE, leeds, PERIOD)) == 1


def test_before_the_day_of_a_reply_there_was_none(client: Client) -> None:
    assert LEEDS in " ".join(words_of(client, f"/trail/{RATE}/leeds/{PERIOD}?as-of=2026-11-22").split())
    assert LEEDS not in " ".join(words_of(client, f"/trail/{RATE}/leeds/{PERIOD}?as-of=2026-11-21").split())


def test_a_reply_that_was_taken_back_stands_nowhere_but_on_its_page(client: Client, store: FakeStore) -> None:
    only(store, replace(example_replies(store)[0], withdrawn_on=date(2026, 11, 22)))
    assert "39.5%," not in words_of(client, "/authorities/leeds")
    assert "Taken back on 22 November 2026" in words_of(client, "/replies/REPLY2FGURE2")


def test_the_list_says_which_stand(client: Client) -> None:
    words = words_of(client, "/replies")
    assert "4 replies, of which 3 stand today." in words
    assert "agrees, 20 November 2026, lapsed" in words
    assert "Lapsed" in words_of(client, "/replies/REPLY2LAPSED")
    assert "another figure" not in words_of(client, "/authorities/sheffield")


def test_without_any_the_list_says_so(client: Client, store: FakeStore) -> None:
    only(store)
    assert "No council has replied to a figure yet." in words_of(client, "/replies")
    assert client.get("/replies/REPLY2FGURE2").status_code == 404


def test_words_are_escaped_wherever_they_stand(client: Client, store: FakeStore) -> None:
    script = "<script>alert('x')</script>"
    replies = [replace(r, versions=(replace(r.newest, words=script),)) for r in example_replies(store)]
    only(store, *replies)
    for address in [*(address for address, _ in PAGES.values()), *(reply_address(reply.id) for reply in replies)]:
        html = client.get(address).content.decode()
        assert script not in html, address
        assert "&lt;script&gt;" in html, address


def test_evidence_is_a_link_only_over_https(client: Client, store: FakeStore) -> None:
    reply = example_replies(store)[0]
    only(store, replace(reply, versions=(replace(reply.newest, evidence="javascript:alert(1)"),)))
    assert "javascript:" not in client.get("/authorities/leeds").content.decode()


@pytest.mark.parametrize("file", FILES)
def test_files_carry_replies_in_a_column_and_in_the_notes(client: Client, store: FakeStore, file: str) -> None:
    choice = "?authority=leeds&authority=bradford" if "compare" in file else "?authority=leeds"
    choice = "" if file.startswith("/authorities") else choice
    text = client.get(f"{file}.csv{choice}").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    said = [row["councils_reply"] for row in rows if row["councils_reply"]]
    assert any(LEEDS in reply and EVIDENCE in reply for reply in said)
    assert all(row["councils_reply"] == "" for row in rows if row["authority"] == "BRADFO")
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{file}.xlsx{choice}").content))
    notes = [[cell.value for cell in row] for row in book["Notes"].iter_rows()]
    assert any("Leeds Council, 2021-22: the council's reply" in str(about) for about, _ in notes)


def test_lists_of_trails_and_of_signs_carry_them_too(client: Client) -> None:
    def column(address: str) -> str:
        rows = csv.DictReader(io.StringIO(client.get(address).content.decode("utf-8-sig")))
        return " ".join(row["councils_reply"] for row in rows)

    assert LEEDS in column("/authorities/leeds/trails/trails.csv")
    assert SIGN in column("/authorities/kirklees/early-warning/signs.csv")
    assert "2021-22; the council has replied" in words_of(client, "/authorities/leeds/trails")


@pytest.mark.parametrize("drawing", ["spread", "history", "map/boundaries"])
def test_drawings_with_the_councils_mark_carry_its_reply(client: Client, store: FakeStore, drawing: str) -> None:
    address = f"/metrics/{RATE}/{drawing}.svg?authority=leeds&group=england&period={PERIOD}"
    assert "We counted" in client.get(address).content.decode()
    only(store)
    assert "We counted" not in client.get(address).content.decode()


def test_a_reply_that_begins_like_a_formula_is_run_by_no_spreadsheet(client: Client, store: FakeStore) -> None:
    reply = example_replies(store)[0]
    only(store, replace(reply, versions=(replace(reply.newest, words='=HYPERLINK("https://x.example")'),)))
    text = client.get(f"/metrics/{RATE}/figures.csv?authority=leeds").content.decode("utf-8-sig")
    (said,) = [row["councils_reply"] for row in csv.DictReader(io.StringIO(text)) if row["councils_reply"]]
    assert "=HYPERLINK" in said
    assert not said.startswith(("=", "+", "-", "@"))


def test_programs_read_replies_with_the_figure(store: FakeStore) -> None:
    metric, leeds = store.catalogue.metrics[RATE], store.catalogue.authorities["LEEDS"]
    period = store.panel(RATE).periods[-1]
    cohort = cohorts_of(store).at(RATE, named_group(store, "same-type", leeds), period)
    own = figure_record(store, cohort, leeds, standing_of(store, metric, leeds, period))["authority"]
    (member,) = [one for one in comparison_record(store, cohort)["authorities"] if one["code"] == "LEEDS"]
    trail = trail_record(store, metric, leeds, period)
    assert trail
    for record in (own, member, trail):
        (reply,) = json.loads(json.dumps(record["replies"]))
        assert reply["evidence"] == EVIDENCE
        assert reply["page"] == "/replies/REPLY2FGURE2"


def test_the_pack_and_the_signs_carry_them_for_programs_and_on_the_command_line(
    store: FakeStore, capsys: pytest.CaptureFixture[str]
) -> None:
    council = store.catalogue.authorities["KIRKLE"]
    readings = readings_of(store, council, DAY, dict(store.catalogue.signals))
    pack = make_conversation_pack(store, council, DAY)
    for record in (signs_record(store, council, DAY, readings), pack_record(pack, council)):
        text = json.dumps(record, default=str)
        assert SIGN in text
        assert KIRKLEES in text
    print_signals(store, council, DAY, readings)
    print_pack(pack)
    print_replies(replies_of(store).beside(RATE, store.catalogue.authorities["LEEDS"], PERIOD))
    said = capsys.readouterr().out
    assert said.count(SIGN) == 2
    assert KIRKLEES in said
    assert f"Evidence: {EVIDENCE}" in said


def test_no_reply_is_kept_with_the_rows_of_a_build(client: Client, store: FakeStore) -> None:
    assert "39.5%," in words_of(client, "/authorities/leeds")
    only(store)
    assert "39.5%," not in words_of(client, "/authorities/leeds")


def test_each_figure_says_where_a_council_may_reply(client: Client) -> None:
    html = client.get(f"/trail/{RATE}/leeds/{PERIOD}").content.decode()
    assert f'href="/take-part/reply/leeds/{RATE}/{PERIOD}"' in html
    words = client.get(f"/metrics/{RATE}/words?authority=leeds").content.decode()
    assert re.search(rf'href="/take-part/reply/leeds/{RATE}/{PERIOD}\?group=[\w:-]+&amp;rule=[\w-]+"', words)
    signs = client.get("/authorities/kirklees/early-warning").content.decode()
    assert 'href="/take-part/reply/kirklees/recycling-low/2026-11-22?sign=1"' in signs
