"""Parties as pages and rules see them: councils of the catalogue, representative bodies, and whose mail is theirs."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from moothall.domain.authority import Authority
from moothall.engagement.models import Body, Person, Role, State
from moothall.engagement.models.parties import PartyKind
from moothall.presenters.addresses import TAKE_PART
from moothall.presenters.figures.reading import authorities_by_name, is_running
from moothall.web.current import current_store, today

SHARED_DOMAINS = frozenset({"uk", "gov.uk", "org.uk", "co.uk", "ac.uk", "nhs.uk", "police.uk", "com", "org", "net"})
"""Ends of addresses under which anybody, or any public body, may have a name: an address there proves nothing."""

MADE_UP = " (made up)"
PATHS = {PartyKind.AUTHORITY: "councils", PartyKind.BODY: "bodies"}


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody whom people speak for. ``mail_domain`` is "" where no address can prove that one works there."""

    kind: PartyKind
    key: str
    slug: str
    title: str
    mail_domain: str

    @property
    def ref(self) -> str:
        """The name of the party in the history."""
        return f"{self.kind}:{self.key}"

    @property
    def address(self) -> str:
        """The page of the party for its members."""
        return f"{TAKE_PART}/{PATHS[self.kind]}/{self.slug}"

    def has_mail(self, domain: str) -> bool:
        """Whether mail to this domain, or to a part of it, is the party's own."""
        return bool(self.mail_domain) and (domain == self.mail_domain or domain.endswith(f".{self.mail_domain}"))


def website_domain(website: str | None) -> str:
    """The mail domain that a website shows: ``leeds.gov.uk`` for https://www.leeds.gov.uk; "" where it shows none."""
    host = (urlsplit(website or "").hostname or "").removeprefix("www.")
    return "" if host in SHARED_DOMAINS or "." not in host else host


def marked(name: str) -> str:
    """A name as it is shown; in a demonstration it says that whoever speaks in it is made up."""
    return f"{name}{MADE_UP}" if settings.IS_DEMONSTRATION else name


def council_party(authority: Authority) -> Party:
    """A council as a party."""
    domain = website_domain(authority.website)
    return Party(PartyKind.AUTHORITY, authority.code, authority.slug, marked(authority.name), domain)


def body_party(body: Body) -> Party:
    """A representative body as a party."""
    return Party(PartyKind.BODY, body.slug, body.slug, marked(body.title), body.mail_domain)


def running_councils() -> list[Party]:
    """The councils that act today, by name."""
    day = today()
    return [council_party(a) for a in authorities_by_name(current_store()) if is_running(a, day) and a.start <= day]


def all_parties() -> list[Party]:
    """Every council that acts today, and every body."""
    return [*running_councils(), *map(body_party, Body.objects.all())]


def parties_of_mail(domain: str) -> list[Party]:
    """The parties that an address of this domain may belong to; two councils may share one."""
    return [party for party in all_parties() if party.has_mail(domain)]


def find_party(kind: str, key: str) -> Party | None:
    """The party with this key: a council that may have ended since, or a body; None where there is none."""
    if kind == PartyKind.AUTHORITY:
        authority = current_store().catalogue.authorities.get(key)
        return council_party(authority) if authority else None
    body = Body.objects.filter(slug=key).first()
    return body_party(body) if body else None


WRITERS = tuple(role for role in Role if role.writes)


def parties_where(person: Person, kind: PartyKind, roles: tuple[Role, ...] = tuple(Role)) -> list[Party]:
    """The parties of a kind that a person is a confirmed member of, in one of the roles, in the order of joining."""
    found = person.memberships.filter(kind=kind, state=State.CONFIRMED, role__in=roles).order_by("asked_at")
    return [party for each in found if (party := find_party(each.kind, each.key))]


def party_with_slug(kind: PartyKind, slug: str) -> Party | None:
    """The party of an address; None where there is none."""
    if kind is PartyKind.BODY:
        return find_party(kind, slug)
    return next((party for party in running_councils() if party.slug == slug), None)
