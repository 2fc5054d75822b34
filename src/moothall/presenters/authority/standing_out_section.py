"""What stands out, as the section of a council's page: short lists side by side, and under them how much is chance."""

from collections.abc import Sequence
from dataclasses import dataclass

from moothall.analytics.funnel import INNER_LIMIT, OUTER_LIMIT
from moothall.analytics.groups import Group, GroupKind
from moothall.domain.authority import Authority
from moothall.errors import UsageError
from moothall.presenters.addresses import FLAGS_REPORT, authority_address, metric_address
from moothall.presenters.authority.standing_out_view import StandingOutItem, what_stands_out
from moothall.presenters.blocks import Link
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.shared_by_councils.replies import Replies, ReplyView, replies_of
from moothall.presenters.wording.words import group_noun

TITLES = ("To look into", "Going well", "Unusual, neither better nor worse")
RULE = (
    "A figure is listed only where it is further out than the number of figures tested would give by chance, and where "
    f"it stood out on the same side the period before too (beyond {INNER_LIMIT} spreads) or lies beyond {OUTER_LIMIT} "
    "spreads now. One in ten of those listed may still be chance."
)


@dataclass(frozen=True, slots=True)
class StandingList:
    """One list: its title, its items (each a sentence with its metric's page), and the council's replies to them."""

    title: str
    items: tuple[Link, ...]
    replies: tuple[ReplyView, ...] = ()


@dataclass(frozen=True, slots=True)
class StandingOutSection:
    """The lists that have items, what was tested, the rule, and where else to look.

    ``lists`` is empty where nothing stands out; ``summary`` says so, or why nothing could be tested.
    """

    title: str
    lists: tuple[StandingList, ...]
    summary: str
    rule: str
    links: tuple[Link, ...]


def make_standing_out_section(store: FigureStore, authority: Authority, group: Group) -> StandingOutSection | None:
    """What stands out for a council in a group; None for one that has ended: nothing of it stands out today."""
    if authority.end is not None:
        return None
    title = f"What stands out among {group_noun(group)}"
    links = tuple(_links(authority, group))
    try:
        found = what_stands_out(store, authority, group)
    except UsageError as reason:
        return StandingOutSection(title, (), str(reason), "", links)
    sides = zip(TITLES, (found.look_into, found.going_well, found.unusual), strict=True)
    replies = replies_of(store)
    lists = tuple(_list(replies, authority, name, items, group) for name, items in sides)
    is_any = any(one.items for one in lists)
    return StandingOutSection(title, lists if is_any else (), str(found.summary), RULE if is_any else "", links)


def _list(
    replies: Replies, authority: Authority, title: str, items: Sequence[StandingOutItem], group: Group
) -> StandingList:
    cohorts = [item.cohort for item in items]
    said = [view for c in cohorts for view in replies.beside(c.metric.id, authority, c.period.slug)]
    return StandingList(title, tuple(_item(authority, item, group) for item in items), tuple(said))


def _item(authority: Authority, item: StandingOutItem, group: Group) -> Link:
    choices = {"authority": authority.slug, "group": group.id, "period": item.cohort.period.slug}
    return Link(str(item.sentence), metric_address(item.cohort.metric.id, **choices), item.cohort.metric.title)


def _links(authority: Authority, group: Group) -> list[Link]:
    """Where a reader can go on: the other usual group, and how good such flags are."""
    kind = GroupKind.SAME_TYPE if group.kind is not GroupKind.SAME_TYPE else GroupKind.ENGLAND
    words = "all of its type" if kind is GroupKind.SAME_TYPE else "all councils in England that run the service"
    other = authority_address(authority.slug, group=kind.value)
    return [Link(f"What stands out among {words}", other), Link("How good our flags are", FLAGS_REPORT)]
