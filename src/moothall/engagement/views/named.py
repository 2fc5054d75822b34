"""Fields in which somebody names a council or a metric in words, as on the command line."""

from typing import Any

from django import forms

from moothall.catalogue.names import find_authority, find_metric
from moothall.engagement.models.parties import TITLE_LENGTH
from moothall.engagement.pages.fields import PlainLine
from moothall.engagement.people.parties import Party, running_councils
from moothall.errors import UnknownName
from moothall.presenters.figures.reading import live_metrics
from moothall.web.current import current_store


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
            raise forms.ValidationError("This council does not act today: name the one that followed it.")
        return found


class MetricField(PlainLine):
    """A metric with figures, by its title; its value is the id."""

    def __init__(self, **options: Any) -> None:
        errors = {"required": "Name the metric", "max_length": "Name the metric"}
        super().__init__(max_length=2 * TITLE_LENGTH, error_messages=errors, **options)

    def clean(self, value: Any) -> str:
        """The metric's id; ValidationError where none has this title."""
        text = super().clean(value)
        try:
            return find_metric(text, live_metrics(current_store())).id
        except UnknownName as error:
            raise _unknown("metric", text, error) from None
