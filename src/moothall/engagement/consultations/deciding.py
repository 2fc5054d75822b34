"""Deciding about metrics after a consultation: what was said, what is done and why, kept with its day and published."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from moothall.domain.consultation import Consultation
from moothall.domain.decision import MetricDecision
from moothall.domain.metric import StateChange
from moothall.domain.words import NEXT_STATES, MetricState
from moothall.engagement.folder import renew
from moothall.engagement.models import Decision, Person
from moothall.engagement.models.decisions import Outcome
from moothall.engagement.models.events import record
from moothall.web.current import current_store, today

LONGEST_TEXT = 1_000


@dataclass(frozen=True, slots=True)
class Decided:
    """What somebody decides about a metric."""

    outcome: Outcome
    said: str
    reason: str


def decisions_of(consultation: str) -> dict[str, Decision]:
    """The decision that holds for each metric of a consultation: the newest."""
    found = Decision.objects.filter(consultation=consultation).order_by("id")
    return {each.metric: each for each in found}


def earlier_decisions(consultation: str, metric: str) -> list[Decision]:
    """Every decision about a metric, the newest first."""
    return list(Decision.objects.filter(consultation=consultation, metric=metric))


def possible_outcomes(metric: str) -> list[Outcome]:
    """What may become of a metric from where it stands in the build that is served."""
    state = current_store().catalogue.metrics[metric].state
    return [outcome for outcome in Outcome if MetricState(outcome.value) in NEXT_STATES.get(state, ())]


def decide_metric(person: Person, consultation: Consultation, metric: str, decided: Decided) -> Decision:
    """Keep a decision of today; what was decided before stays where it is. The same words again add nothing."""
    held = decisions_of(consultation.id).get(metric)
    if held and Decided(Outcome(held.outcome), held.said, held.reason) == decided:
        return held
    with transaction.atomic():
        kept = {"outcome": decided.outcome, "said": decided.said, "reason": decided.reason, "on": today(), "by": person}
        made = Decision.objects.create(consultation=consultation.id, metric=metric, **kept)
        record(person, "decided about a metric", f"decision {made.pk}", metric=metric, outcome=decided.outcome.value)
    return made


def publish_decisions(person: Person, consultation: Consultation) -> int:
    """Publish every decision that holds; how many were not published before."""
    new = [each for each in decisions_of(consultation.id).values() if each.published_at is None]
    with transaction.atomic():
        Decision.objects.filter(pk__in=[each.pk for each in new]).update(published_at=timezone.now())
        if new:
            record(person, "published decisions", f"consultation {consultation.id}", count=len(new))
    renew(MetricDecision, public_decisions)
    return len(new)


def published_decisions(consultation: str) -> list[Decision]:
    """The newest published decision about each metric."""
    found = Decision.objects.filter(consultation=consultation).exclude(published_at=None).order_by("id")
    return list({each.metric: each for each in found}.values())


def public_decisions() -> list[MetricDecision]:
    """Every published decision of every consultation, as the explorer shows them."""
    asked = Decision.objects.exclude(published_at=None).values_list("consultation", flat=True).order_by()
    return [_public(each) for name in sorted(set(asked)) for each in published_decisions(name)]


def _public(each: Decision) -> MetricDecision:
    outcome = MetricState(each.outcome)
    return MetricDecision(each.consultation, each.metric, each.on, outcome, each.said, each.reason)


def step_of(decision: Decision) -> StateChange:
    """A decision as a step in a metric's history."""
    on: date = decision.on
    return StateChange(on, MetricState(decision.outcome), decision.reason, decision.consultation)
