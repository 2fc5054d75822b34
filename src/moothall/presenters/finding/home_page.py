"""The home page: what this is, a search, how much there is, and the ways in."""

from dataclasses import dataclass

from moothall.domain.authority import AuthorityType
from moothall.presenters.addresses import authorities_address
from moothall.presenters.blocks import Fact, Link, PageHead, SearchForm
from moothall.presenters.figures.reading import FigureStore, live_metrics
from moothall.presenters.wording.numbers import count_text, number_text

WHAT_THIS_IS = (
    "Moothall sets the published figures of an English council beside those of councils like it. "
    "Every figure can be followed to the cell of the published file that it came from."
)


@dataclass(frozen=True, slots=True)
class HomePage:
    """Everything that the home page shows."""

    head: PageHead
    what: str
    form: SearchForm
    facts: tuple[Fact, ...]
    themes: tuple[Link, ...]
    types: tuple[Link, ...]


def make_home_page(store: FigureStore) -> HomePage:
    """The home page of a build."""
    counts = store.counts
    facts = (
        Fact("Figures", number_text(counts["figures"]), "/sources"),
        Fact("Metrics", number_text(len(live_metrics(store))), "/metrics"),
        Fact("Councils with figures", number_text(counts["authorities"]), "/authorities"),
        Fact("Releases read", number_text(counts["releases"]), "/sources"),
    )
    form = SearchForm("Find a council, a metric or a place", "For example Leeds, Allerdale, Otley or recycling")
    head = PageHead("Compare English councils", description=WHAT_THIS_IS)
    return HomePage(head, WHAT_THIS_IS, form, facts, tuple(theme_links(store)), tuple(_type_links()))


def theme_links(store: FigureStore) -> list[Link]:
    """Each theme that has live metrics, with how many."""
    counted: dict[str, int] = {}
    for metric in live_metrics(store):
        counted[metric.theme] = counted.get(metric.theme, 0) + 1
    themes = [theme for theme in store.catalogue.themes.values() if theme.id in counted]
    return [Link(t.title, f"/metrics#{t.id}", count_text(counted[t.id], "metric")) for t in themes]


def _type_links() -> list[Link]:
    names = {
        AuthorityType.UNITARY: "Unitary authorities",
        AuthorityType.METROPOLITAN_DISTRICT: "Metropolitan districts",
        AuthorityType.LONDON_BOROUGH: "London boroughs",
        AuthorityType.COUNTY: "County councils",
        AuthorityType.SHIRE_DISTRICT: "Shire districts",
        AuthorityType.COMBINED_AUTHORITY: "Combined authorities",
    }
    return [Link(title, authorities_address(type=kind.value)) for kind, title in names.items()]
