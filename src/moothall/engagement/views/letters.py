"""What became of letters: those that staff should know of, and the button that sends one again."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from moothall.engagement.models import Letter, LetterState
from moothall.engagement.pages.render import RoomPage, go_on, head, room_page
from moothall.engagement.post.delivery import MOST_ATTEMPTS, retry_letter
from moothall.engagement.views.account import member
from moothall.engagement.views.staff import STAFF

LETTERS = f"{STAFF}/letters"
MOST_SHOWN = 200


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """``/take-part/staff/letters``: given up, tried in vain so far, and those that may have gone twice."""
    known = Letter.objects.all()
    late = known.filter(state=LetterState.WAITING, attempts__gt=0).order_by("not_before")
    shown = {
        "given_up": list(known.filter(state=LetterState.GIVEN_UP)[:MOST_SHOWN]),
        "late": list(late[:MOST_SHOWN]),
        "doubtful": list(known.filter(doubts__gt=0)[:MOST_SHOWN]),
        "waiting": known.filter(state=LetterState.WAITING, attempts=0).count(),
        "most_attempts": MOST_ATTEMPTS,
        "base": LETTERS,
    }
    return room_page(request, "letters", RoomPage(head("Letters", ("Staff", STAFF)), shown=shown))


@require_POST
def again(request: HttpRequest, ref: str) -> HttpResponse:
    """Lets a letter that was given up wait to be sent, with all its tries before it."""
    if not retry_letter(member(request), ref):
        raise Http404
    return go_on(request, LETTERS, "The letter waits to be sent again")
