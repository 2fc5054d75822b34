"""The columns of files: what stands in each, for the notes of a workbook, and those that every file ends with."""

from dataclasses import dataclass

Value = str | float | int | None


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name, one word for programs, and what stands in it.

    ``is_address`` for addresses of this site, which are written whole, so that they can be followed from the file.
    """

    name: str
    meaning: str
    is_address: bool = False


CHOICES = "this period and the one before, and in the table of one metric the first release"
"""Over what a place is said to move. To look up the first release of hundreds of metrics would take seconds."""

FIGURE_FIELDS = (
    Field("metric", "Our name for the metric; it does not change"),
    Field("metric_title", "The metric's title"),
    Field("metric_state", "Live, or DRAFT: shown to be talked about, and in no comparison"),
    Field("unit", "What the figure is counted in"),
    Field("better", "Which way is better, or none"),
    Field("authority", "Our code of the council; it does not change"),
    Field("area_code", "The official code of its area on the last day of the period"),
    Field("authority_name", "The council"),
    Field("authority_type", "Its type"),
    Field("period", "The period that the figure is of"),
    Field("period_start", "First day of the period"),
    Field("period_end", "Last day of the period"),
    Field("value", "The figure as it was published, not rounded; blank where there is none"),
    Field("lower_95", "Lower end of the publisher's 95% limits, where there are any"),
    Field("upper_95", "Upper end of the publisher's 95% limits, where there are any"),
    Field("status", "How firm the figure is, in the publisher's words"),
    Field("why_missing", "Why there is no figure"),
    Field("group", "Whom it is compared with"),
    Field("group_n", "How many of the group have a figure in this period"),
    Field("group_middle", "The middle figure of the group (median)"),
    Field("group_lower_quartile", "A quarter of the group lies below this"),
    Field("group_upper_quartile", "A quarter of the group lies above this"),
    Field("place_from", "Place in the group, the highest figure first"),
    Field("place_to", "The same; more than place_from where figures are tied"),
    Field("range_from", f"The highest place that it had in the group over {CHOICES}, where all have as many figures"),
    Field("range_to", "The lowest place over the same"),
    Field("share_higher_from", f"The least share of the others with a higher figure, 0 to 1, over {CHOICES}"),
    Field("share_higher_to", "The largest such share"),
    Field("beside_middle", "What can be said of it beside the middle figure: cannot-say where chance may explain it"),
    Field("beside_middle_from", "What that rests on: published limits, counts, a funnel, or none"),
    Field("why_not_compared", "Why it has no place in the group"),
)
"""The columns of a figure, in order; the view's own columns follow."""

LIMIT_FIELDS = (
    Field("what_it_cannot_say", "What nobody should conclude from the figure"),
    Field("councils_reply", "What the council says to the figure in its own words, while the figure is the same"),
    Field("trail", "Where the figure's way back to the publisher's cell is shown", is_address=True),
)

ORIGIN_FIELDS = (
    Field("licence", "Under which licence the figures may be used"),
    Field("attribution", "What must be said beside them"),
    Field("vintage", "Which build of Moothall the row is from, and the day of the newest release in it"),
)
"""The columns that every file ends with: where its rows come from and how they may be used."""

FIELDS = (*FIGURE_FIELDS, *LIMIT_FIELDS, *ORIGIN_FIELDS)
"""The columns of a file of figures that has none of its own."""
