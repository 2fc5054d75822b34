"""What is kept about people, the parties they speak for, what they answer, and what they have done."""

from moothall.engagement.models.decisions import Decision, Theme
from moothall.engagement.models.events import Event
from moothall.engagement.models.introductions import Introduction
from moothall.engagement.models.learning import LearningMember, LearningSet, SetNote
from moothall.engagement.models.letters import Chore, Letter, LetterState
from moothall.engagement.models.news import NewsEntry, Newsletter, Subscriber, Told
from moothall.engagement.models.parties import Body, BodyMember, Membership, Role, State
from moothall.engagement.models.people import LinkRequest, Person
from moothall.engagement.models.practice import Note, NoteText
from moothall.engagement.models.publications import Publication
from moothall.engagement.models.replies import CouncilReply, ReplyText
from moothall.engagement.models.responses import Agreement, Answer, AnswerVersion, Response, Share, Submission
from moothall.engagement.models.workshops import Booking, BookingState, Session, Workshop

__all__ = [
    "Agreement",
    "Answer",
    "AnswerVersion",
    "Body",
    "BodyMember",
    "Booking",
    "BookingState",
    "Chore",
    "CouncilReply",
    "Decision",
    "Event",
    "Introduction",
    "LearningMember",
    "LearningSet",
    "Letter",
    "LetterState",
    "LinkRequest",
    "Membership",
    "NewsEntry",
    "Newsletter",
    "Note",
    "NoteText",
    "Person",
    "Publication",
    "ReplyText",
    "Response",
    "Role",
    "Session",
    "SetNote",
    "Share",
    "State",
    "Submission",
    "Subscriber",
    "Theme",
    "Told",
    "Workshop",
]
