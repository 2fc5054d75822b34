"""The choices on a metric's page: council, comparator group and period, as plain selects."""

from collections.abc import Sequence

from moothall.analytics.groups import ENGLAND, Group, region_group, type_group
from moothall.domain.authority import Authority, AuthorityType
from moothall.domain.metric import Metric
from moothall.domain.period import Period
from moothall.presenters.addresses import metric_address
from moothall.presenters.blocks import ChooseForm, Option, OptionGroup, SelectField, chosen
from moothall.presenters.figures.comparators import own_groups
from moothall.presenters.figures.reading import FigureStore, authorities_by_name
from moothall.presenters.figures.view_fields import boundaries_field, day_field
from moothall.presenters.wording.words import group_choice


def make_metric_form(
    store: FigureStore, metric: Metric, group: Group, period: Period, authority: Authority | None
) -> ChooseForm:
    """The selects of a metric's page with what is chosen now."""
    periods = [(p.slug, p.label) for p in reversed(store.panel(metric.id).periods)]
    fields = (
        SelectField("authority", "authority", "Council", groups=_authority_options(store, metric, authority)),
        SelectField("group", "group", "Compared with", groups=_group_options(store, metric, group, authority)),
        SelectField("period", "period", "Period", chosen(periods, period.slug)),
        boundaries_field(store),
        day_field(store),
    )
    return ChooseForm(metric_address(metric.id), "Council, group and period", fields)


def _authority_options(store: FigureStore, metric: Metric, authority: Authority | None) -> tuple[OptionGroup, ...]:
    with_rows = store.panel(metric.id).index
    own = authority.slug if authority else ""
    found = [a for a in authorities_by_name(store) if a.type in metric.applies_to and a.code in with_rows]
    named = tuple(Option(a.slug, a.short_name, a.slug == own) for a in found)
    return (OptionGroup("No council", (Option("", "None: show the group", not own),)), OptionGroup("Councils", named))


def _group_options(
    store: FigureStore, metric: Metric, group: Group, authority: Authority | None
) -> tuple[OptionGroup, ...]:
    types = [type_group(t) for t in AuthorityType if t in metric.applies_to]
    regions = [region_group(r) for r in store.catalogue.regions.values() if r.code.startswith("E12")]
    own = list(own_groups(store.whole, authority)) if authority else []
    others = [group] if group.codes and group not in own else []
    choices = [
        ("Councils like it", own),
        ("Councils you chose", others),
        ("By type", types),
        ("By region", regions),
        ("Whole country", [ENGLAND]),
    ]
    return tuple(OptionGroup(label, _options(groups, group)) for label, groups in choices if groups)


def _options(groups: Sequence[Group], group: Group) -> tuple[Option, ...]:
    return tuple(Option(g.id, group_choice(g), g.id == group.id) for g in groups)
