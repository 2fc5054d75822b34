"""Forms as the templates draw them: each field with its label, hint, value and error, after the GOV.UK pattern."""

from dataclasses import dataclass
from typing import Any

from django import forms

FORBIDDEN = "".join(map(chr, range(32)))


def address_field(label: str, hint: str, empty: str = "Enter your e-mail address") -> forms.EmailField:
    """A field for somebody's e-mail address; ``empty`` is what to do where there is none."""
    return forms.EmailField(
        label=label,
        help_text=hint,
        max_length=254,
        error_messages={"required": empty, "invalid": "Enter an e-mail address like name@example.gov.uk"},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """One line of the summary of errors: what is wrong, and the field it leads to."""

    text: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One radio button or checkbox."""

    id: str
    value: str
    text: str
    is_chosen: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A field: ``kind`` is "text", "email", "area", "radios" or "checkboxes"."""

    id: str
    name: str
    label: str
    kind: str = "text"
    hint: str = ""
    value: str = ""
    error: str = ""
    autocomplete: str = ""
    choices: tuple[Choice, ...] = ()
    rows: int = 5
    is_title: bool = False


KINDS: dict[type[forms.Widget], str] = {
    forms.Textarea: "area",
    forms.CheckboxSelectMultiple: "checkboxes",
    forms.RadioSelect: "radios",
    forms.EmailInput: "email",
    forms.URLInput: "url",
}
"""By the first that fits: to Django, checkboxes are a kind of radio buttons, so that they stand first."""


def drawn_fields(form: forms.Form) -> list[Field]:
    """The fields of a form in its order."""
    return [_drawn(form[name]) for name in form.fields]


def error_lines(form: forms.Form) -> tuple[ErrorLine, ...]:
    """The summary of a refused form: one line for each error, each leading to the first control of its field."""
    if not form.is_bound:
        return ()
    general = [ErrorLine(str(text)) for text in form.non_field_errors()]
    return (*general, *(ErrorLine(f.error, f"#{_first_id(f)}") for f in drawn_fields(form) if f.error))


def _first_id(field: Field) -> str:
    return field.choices[0].id if field.choices else field.id


def _drawn(bound: forms.BoundField) -> Field:
    field, value = bound.field, bound.value()
    kind = next((word for widget, word in KINDS.items() if isinstance(field.widget, widget)), "text")
    return Field(
        id=bound.id_for_label or f"id_{bound.name}",
        name=bound.html_name,
        label=str(bound.label),
        kind=kind,
        hint=str(bound.help_text),
        value="" if value is None or kind in ("radios", "checkboxes") else _as_typed(field.widget, value),
        error=" ".join(map(str, bound.errors)),
        autocomplete=str(field.widget.attrs.get("autocomplete", "")),
        choices=_choices(bound, value) if kind in ("radios", "checkboxes") else (),
        rows=int(field.widget.attrs.get("rows", 5)),
    )


def _as_typed(widget: forms.Widget, value: Any) -> str:
    """A value as somebody would type it: a day and time in the format of its field."""
    return str(widget.format_value(value) if isinstance(widget, forms.DateTimeInput) else value)


def _choices(bound: forms.BoundField, value: Any) -> tuple[Choice, ...]:
    chosen = value if isinstance(value, (list, tuple)) else [value]
    pairs = [pair for pair in bound.field.choices if pair[0] != ""]  # type: ignore[attr-defined]
    return tuple(
        Choice(
            f"id_{bound.name}" if n == 0 else f"id_{bound.name}-{n}", str(key), str(text), str(key) in map(str, chosen)
        )
        for n, (key, text) in enumerate(pairs)
    )


class PlainLine(forms.CharField):
    """A line of ordinary text: nothing that could start a new line in a letter's head or hide in a list."""

    def clean(self, value: Any) -> str:
        """The text without blanks at its ends; ValidationError where it holds a control character."""
        text: str = super().clean(value)
        if any(char in FORBIDDEN or char == "\x7f" for char in text):
            raise forms.ValidationError("Write this on one line, in ordinary text.")
        return text


class PlainWords(forms.CharField):
    """Several lines of ordinary text, without a character that could hide or command anything."""

    def __init__(self, *, rows: int = 5, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)

    def clean(self, value: Any) -> str:
        """The text with plain line ends and without blanks at its ends; ValidationError for a control character."""
        text: str = super().clean(str(value or "").replace("\r\n", "\n"))
        if any((char in FORBIDDEN and char not in "\n\t") or char == "\x7f" for char in text):
            raise forms.ValidationError("Write this in ordinary text.")
        return text
