"""Fields in which somebody names a council or a metric in words, as on the command line; or several, one a line."""

from collections.abc import Callable
from typing import Any

from django import forms

from moothall.catalogue.names import NameIndex, find_authority, find_metric
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.engagement.models.parties import TITLE_LENGTH
from moothall.engagement.pages.fields import PlainLine, PlainWords
from moothall.engagement.people.parties import Party, running_councils
from moothall.errors import UnknownName
from moothall.presenters.figures.reading import draft_metrics, live_metrics
from moothall.web.current import current_store

ENDED = "This council does not act today: name the one that followed it."


def _unknown(what: str, text: str, error: UnknownName) -> forms.ValidationError:
    near = f" Did you mean {error.suggestions[0]}?" if error.suggestions else ""
    return forms.ValidationError(f"We know no {what} called \u201c{text}\u201d.{near}")


class CouncilField(PlainLine):
    """A council that acts today, by name; its value is the party."""

    def __init__(self, **options: Any) -> None:
        errors = {"required": "Name the council", "max_length": "Name the council"}
        super().__init__(max_length=TITLE_LENGTH, error_messages=errors, **options)

    def clean(self, value: Any) -> Party:  # type: ignore[override]
        """The party; ValidationError where no council that acts today has this name."""
        text = super().clean(value)
        try:
            code = find_authority(text, current_store().catalogue.authorities.values()).code
        except UnknownName as error:
            raise _unknown("council", text, error) from None
        found = next((party for party in running_councils() if party.key == code), None)
        if found is None:
            raise forms.ValidationError(ENDED)
        return found


def metrics_to_name(has_drafts: bool) -> list[Metric]:
    """The metrics that somebody may name."""
    store = current_store()
    return [*live_metrics(store), *(draft_metrics(store) if has_drafts else [])]


class MetricField(PlainLine):
    """A metric with figures, by its title, and a draft where one may be meant; its value is the id."""

    def __init__(self, *, has_drafts: bool = False, **options: Any) -> None:
        errors = {"required": "Name the metric", "max_length": "Name the metric"}
        super().__init__(max_length=2 * TITLE_LENGTH, error_messages=errors, **options)
        self.has_drafts = has_drafts

    def clean(self, value: Any) -> str:
        """The metric's id; ValidationError where none has this title."""
        text = super().clean(value)
        try:
            return find_metric(text, metrics_to_name(self.has_drafts)).id
        except UnknownName as error:
            raise _unknown("metric", text, error) from None


class _Lines(PlainWords):
    """Several names, one a line; its value is the ids of what they name, each once."""

    WHAT = ""

    def __init__(self, *, most: int, **options: Any) -> None:
        super().__init__(**options)
        self.most = most

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        """The ids; ValidationError for a line that names nothing, and for too many lines."""
        lines = [line.strip() for line in super().clean(value).split("\n") if line.strip()]
        find = self._finder() if lines else lambda line: line
        found = list(dict.fromkeys(self._id(find, line) for line in lines))
        if len(found) > self.most:
            raise forms.ValidationError(f"Name at most {self.most} {self.WHAT}s")
        return found

    def _id(self, find: Callable[[str], str], line: str) -> str:
        try:
            return find(line)
        except UnknownName as error:
            raise _unknown(self.WHAT, line[:TITLE_LENGTH], error) from None

    def _finder(self) -> Callable[[str], str]:
        raise NotImplementedError


class MetricLines(_Lines):
    """Metrics, by title or as in the address of a page: those with figures, and drafts where they may be meant."""

    WHAT = "metric"

    def __init__(self, *, has_drafts: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.has_drafts = has_drafts

    def _finder(self) -> Callable[[str], str]:
        index = NameIndex((), metrics_to_name(self.has_drafts))
        return lambda line: index.find_metric(line).id


class CouncilLines(_Lines):
    """Councils that act today, by any name."""

    WHAT = "council"

    def _finder(self) -> Callable[[str], str]:
        known = current_store().catalogue.authorities.values()
        index, running = NameIndex(known, ()), {party.key for party in running_councils()}

        def find(line: str) -> str:
            found: Authority = index.find_authority(line)
            if found.code not in running:
                raise forms.ValidationError(ENDED)
            return found.code

        return find
