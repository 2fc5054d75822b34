"""Where the newest file of a publication is: the rules of ``live`` in a source's YAML, asked of pages and APIs."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from moothall.catalogue.live import LiveFile, LiveRule, Pick
from moothall.catalogue.patterns import matches
from moothall.catalogue.spelling import list_words
from moothall.catalogue.templates import filled, placeholders
from moothall.errors import FetchError, UsageError
from moothall.pipeline.period_labels import read_day

GOVUK = "https://www.gov.uk"
GOVUK_CONTENT = f"{GOVUK}/api/content"
REPOSITORY_FILES = "https://raw.githubusercontent.com"
MAIN_BRANCH = "HEAD"

MOST_LISTED = 8
"""How many titles a sentence lists."""

_SAFE_NAME = re.compile(r"[A-Za-z0-9_][\w .,()&'+-]*", re.ASCII)

Ask = Callable[[str], Any]
"""Gives what an address answers, read as JSON. Raises FetchError where it answers no JSON."""


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest file as its publisher announces it; ``published_on`` is None where nothing says the day."""

    address: str
    name: str
    title: str
    page: str
    published_on: date | None


def find_newest(source: str, live: LiveFile, words: Mapping[str, str], ask: Ask) -> Newest:
    """Look for the newest file by its rule.

    Raises UsageError where ``words`` lacks a word that the rule needs, and FetchError, with one sentence, where a page
    answers otherwise than expected.
    """
    return FINDERS[live.rule](source, _with_words(source, live, words), ask)


def rebased(address: str, base: str | None) -> str:
    """The address on another host (``http://127.0.0.1:8080``), which a test uses for the whole web."""
    if base is None:
        return address
    host, parts = urlsplit(base), urlsplit(address)
    return urlunsplit((host.scheme, host.netloc, parts.path, parts.query, ""))


def _with_words(source: str, live: LiveFile, words: Mapping[str, str]) -> LiveFile:
    places = ("page", "address", "dataset", "path", "about")
    texts = {key: getattr(live, key) for key in places if getattr(live, key) is not None}
    lacking = sorted({word for text in texts.values() for word in placeholders(text)} - words.keys())
    if lacking:
        raise UsageError(
            f"{source}: live needs {list_words([f'{{{word}}}' for word in lacking], 'and')}: "
            f"give --with {lacking[0]}=..., in the publisher's own spelling."
        )
    return live.model_copy(update={key: filled(text, words) for key, text in texts.items()})


# ---------------------------------------------------------------- www.gov.uk


def _on_govuk(source: str, live: LiveFile, ask: Ask) -> Newest:
    """The attachment of a page (or of a collection's newest page) that has the title and the format."""
    path = live.page or ""
    if live.document_title is not None:
        path = _newest_document(source, path, live.document_title, ask)
    page = _content(source, path, ask)
    attachment = _attachment(source, path, page, live)
    address = str(attachment["url"])
    title = f"{page.get('title') or path}: {attachment['title']}"
    return Newest(address, _file_name(source, address), title, GOVUK + path, _day(page.get("public_updated_at")))


def _content(source: str, path: str, ask: Ask) -> dict[str, Any]:
    content = ask(GOVUK_CONTENT + path)
    if not isinstance(content, dict):
        raise _unexpected(source, GOVUK + path, "it does not describe a page")
    return content


def _newest_document(source: str, path: str, wanted: str, ask: Ask) -> str:
    links = _content(source, path, ask).get("links")
    documents = links.get("documents") if isinstance(links, dict) else None
    if not isinstance(documents, list):
        raise _unexpected(source, GOVUK + path, "it is no collection (it has no links.documents)")
    listed = [document for document in documents if isinstance(document, dict) and document.get("title")]
    fitting = [document for document in listed if matches(wanted, document["title"])]
    dated = {
        moment: document["base_path"]
        for document in fitting
        if document.get("base_path") and (moment := _moment(document.get("public_updated_at")))
    }
    if not dated:
        raise _unexpected(source, GOVUK + path, f"no dated page in it has the title {wanted}; {_titles(listed)}")
    return str(dated[max(dated)])


def _attachment(source: str, path: str, page: Mapping[str, Any], live: LiveFile) -> Mapping[str, Any]:
    details = page.get("details")
    attachments = details.get("attachments") if isinstance(details, dict) else None
    if not isinstance(attachments, list):
        raise _unexpected(source, GOVUK + path, "it has no list of attachments (details.attachments)")
    listed = [item for item in attachments if isinstance(item, dict) and item.get("title") and item.get("url")]
    wanted = live.attachment_title or ""
    fitting = [item for item in listed if matches(wanted, item["title"]) and _ending(item["url"]) == live.file_type]
    if not fitting:
        why = f"no {live.file_type} attachment has the title {wanted}; {_titles(listed)}"
        raise _unexpected(source, GOVUK + path, why)
    if len(fitting) > 1 and live.pick is None:
        why = f"{len(fitting)} {live.file_type} attachments have the title {wanted}; {_titles(fitting)}"
        raise _unexpected(source, GOVUK + path, why)
    return fitting[-1 if live.pick is Pick.LAST else 0]


def _ending(address: str) -> str:
    return PurePosixPath(urlsplit(address).path).suffix.lower().lstrip(".")


def _titles(listed: Sequence[Mapping[str, Any]]) -> str:
    if not listed:
        return "there is none at all"
    titles = [repr(item["title"]) for item in listed]
    rest = [f"{len(titles) - MOST_LISTED} more"] if len(titles) > MOST_LISTED else []
    return f"there are {list_words(titles[:MOST_LISTED] + rest, 'and')}"


# ---------------------------------------------------------------- other places


def _from_ons(source: str, live: LiveFile, ask: Ask) -> Newest:
    """A dataset of Explore Local Statistics as CSV; its metadata says its title and when it was updated."""
    dataset = quote(live.dataset or "", safe="")
    page = f"{live.address}/metadata/indicators/{dataset}"
    about = ask(page)
    if not isinstance(about, dict) or not about.get("label") or about.get("slug") != live.dataset:
        raise _unexpected(source, page, f"it does not describe the dataset {live.dataset}")
    address = f"{live.address}/data.{live.file_type}?indicator={dataset}&time=all"
    return Newest(address, f"{live.dataset}.{live.file_type}", str(about["label"]), page, _day(about.get("updated")))


def _in_repository(source: str, live: LiveFile, ask: Ask) -> Newest:
    """A file on the main branch; the JSON file beside it says title and day in ``ess-beta-metadata``."""
    root = f"{REPOSITORY_FILES}/{live.repository}/{MAIN_BRANCH}"
    address = f"{root}/{quote(live.path or '')}"
    name = _file_name(source, address)
    if live.about is None:
        return Newest(address, name, name, f"https://github.com/{live.repository}", None)
    page = f"{root}/{quote(live.about)}"
    answer = ask(page)
    about = answer.get("ess-beta-metadata") if isinstance(answer, dict) else None
    if not isinstance(about, dict) or not about.get("label"):
        raise _unexpected(source, page, "it has no ess-beta-metadata with a label")
    return Newest(address, name, str(about["label"]), page, _day(about.get("sourceDate")))


def _at_its_address(source: str, live: LiveFile, _ask: Ask) -> Newest:
    address = live.address or ""
    name = _file_name(source, address)
    return Newest(address, name, live.what or name, address, None)


FINDERS: dict[LiveRule, Callable[[str, LiveFile, Ask], Newest]] = {
    LiveRule.GOVUK_CONTENT: _on_govuk,
    LiveRule.ONS_API: _from_ons,
    LiveRule.GITHUB_CSV: _in_repository,
    LiveRule.DIRECT: _at_its_address,
}
"""How each rule finds its file."""


def _file_name(source: str, address: str) -> str:
    """The name under which a file is kept: the last part of its address, which must be a plain name."""
    name = PurePosixPath(unquote(urlsplit(address).path)).name
    if not _SAFE_NAME.fullmatch(name):
        raise _unexpected(source, address, f"its last part, {name!r}, cannot be the name of a file")
    return name


def _day(text: Any) -> date | None:
    """The day that a page names, with or without a time of day; None where it names none that can be read."""
    try:
        return read_day(str(text).partition("T")[0])
    except ValueError:
        return None


def _moment(text: Any) -> datetime | None:
    """When something happened, told as ISO 8601; without a zone it is Greenwich's."""
    try:
        told = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return told if told.tzinfo else told.replace(tzinfo=UTC)


def _unexpected(source: str, page: str, why: str) -> FetchError:
    return FetchError(
        f"{source}: {page} is not as live in the source's YAML expects: {why}. "
        "Nothing was changed; look at the page and correct live."
    )
