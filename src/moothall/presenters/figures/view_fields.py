"""The form fields that ask for a view of a build: as known on a day, on today's boundaries."""

from moothall.presenters.blocks import DateField, SelectField, chosen
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.figures.views import Boundaries

BOUNDARIES_WORDS = ((Boundaries.PERIOD.value, "As they were"), (Boundaries.NOW.value, "Today's"))


def day_field(store: FigureStore) -> DateField:
    """The day as of which figures were known; empty for all there is."""
    return DateField("as-of", "as-of", "As known on (optional)", store.day.isoformat() if store.day else "")


def boundaries_field(store: FigureStore) -> SelectField:
    """Whose boundaries past figures have."""
    own = Boundaries.NOW if store.boundaries else Boundaries.PERIOD
    return SelectField("boundaries", "boundaries", "Boundaries", chosen(list(BOUNDARIES_WORDS), own.value))
