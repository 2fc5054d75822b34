"""What is kept about people, the parties they speak for, and what they have done."""

from moothall.engagement.models.events import Event
from moothall.engagement.models.parties import Body, BodyMember, Membership, Role, State
from moothall.engagement.models.people import LinkRequest, Person

__all__ = ["Body", "BodyMember", "Event", "LinkRequest", "Membership", "Person", "Role", "State"]
