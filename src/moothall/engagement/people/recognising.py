"""Whose request it is: Django's sessions and people who came by a link, asked for with every page of this room."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone
from sesame.backends import ModelBackend

from moothall.engagement.models import Person
from moothall.engagement.models.asked_often import OftenAsked

SESSION = OftenAsked(1, lambda key: Session.objects.filter(session_key=key))
PERSON = OftenAsked(1, lambda pk: Person.objects.filter(pk=pk))


class SessionStore(db.SessionStore):
    """Django's sessions in the database; SESSION_ENGINE names this module."""

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing where it has ended or never was, and then a new key is made for it."""
        kept = SESSION.find(self.session_key or "")
        if kept is None or kept.expire_date <= timezone.now():
            self._session_key = None
            return {}
        return dict(self.decode(kept.session_data))


class ByLink(ModelBackend):  # type: ignore[misc]
    """Sesame's links, by which people sign in."""

    def get_user(self, user_id: object) -> AbstractBaseUser | None:
        """The person of a session; None where there is none any more, or staff have shut them out."""
        person = PERSON.find(int(str(user_id)))
        return person if person is not None and self.user_can_authenticate(person) else None
