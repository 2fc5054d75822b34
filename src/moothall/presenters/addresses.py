"""The addresses of pages, built in one place. ``web.urls`` routes the same addresses, and a test walks both."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from urllib.parse import quote as quote_anew
from urllib.parse import urlencode, urlsplit

KEPT_WORDS = 8192
"""How many names of metrics, councils and periods are kept as they stand in an address: a page has hundreds."""

quote = lru_cache(maxsize=KEPT_WORDS)(quote_anew)

NO_RANKING = "/methods/why-no-league-table"
"""The page to which every attempt at a ranking leads."""

ATTEMPTED_PATHS = (
    "league-table",
    "league-tables",
    "rank",
    "ranking",
    "rankings",
    "best-councils",
    "worst-councils",
    "scores",
)
"""Addresses that somebody who looks for a ranking may try."""

FLAGS_REPORT = "/methods/how-good-our-flags-are"
SIMILARITY_REPORT = "/methods/how-far-similarity-carries"
"""The reports on our own rules: what became of flagged changes, and how well similar councils tell a figure."""

TAKE_PART = "/take-part"
"""Everything for which somebody may sign in is under this path, and no cookie is set for any other."""


FEEDS = "/feeds"
ACTIONS_FEED = "/actions.atom"
CONSULTATIONS_FEED = "/consultations.atom"
WORKSHOPS_FEED = "/workshops.atom"
"""The page of all feeds, and those that are about no metric."""


def news_address(**about: str) -> str:
    """Where news by e-mail is asked for: ``/take-part/news?metric=household-waste-recycling-rate``."""
    return f"{TAKE_PART}/news{query_text(about.items())}"


def metric_feed_address(metric: str) -> str:
    """The feed of a metric: ``/metrics/household-waste-recycling-rate/news.atom``."""
    return f"/metrics/{quote(metric)}/news.atom"


def authority_feed_address(slug: str) -> str:
    """The feed of an authority: ``/authorities/leeds/news.atom``."""
    return f"/authorities/{quote(slug)}/news.atom"


def theme_feed_address(theme: str) -> str:
    """The feed of a theme: ``/themes/waste/news.atom``."""
    return f"/themes/{quote(theme)}/news.atom"


def authority_address(slug: str, **choices: str) -> str:
    """The page of an authority: ``/authorities/leeds``."""
    return f"/authorities/{quote(slug)}{query_text(choices.items())}"


def authority_theme_address(slug: str, theme: str, **choices: str) -> str:
    """All of an authority's metrics of one theme: ``/authorities/leeds/themes/waste``."""
    return f"/authorities/{quote(slug)}/themes/{quote(theme)}{query_text(choices.items())}"


def authority_outcome_address(slug: str, outcome: str, **choices: str) -> str:
    """An authority's metrics for one of the sixteen outcomes: ``/authorities/leeds/outcomes/environment``."""
    return f"/authorities/{quote(slug)}/outcomes/{quote(outcome)}{query_text(choices.items())}"


def authority_questions_address(slug: str, theme: str, **choices: str) -> str:
    """Questions for scrutiny on a theme, to print: ``/authorities/leeds/questions/waste``."""
    return f"/authorities/{quote(slug)}/questions/{quote(theme)}{query_text(choices.items())}"


def similar_address(slug: str, **choices: str) -> str:
    """The councils like one, with a model and weights: ``/authorities/leeds/similar?population-density=2``."""
    return f"/authorities/{quote(slug)}/similar{query_text(choices.items())}"


def metric_address(metric: str, **choices: str) -> str:
    """The page of a metric, with the choices made: ``/metrics/household-waste-recycling-rate?period=2021-22``."""
    return f"/metrics/{quote(metric)}{query_text(choices.items())}"


def consultation_page_address(consultation: str) -> str:
    """What was asked and what came of it: ``/consultations/first-drafts-2026``."""
    return f"/consultations/{quote(consultation)}"


def consultation_answers_address(consultation: str) -> str:
    """The answers to a consultation that were published: ``/consultations/first-drafts-2026/answers``."""
    return f"{consultation_page_address(consultation)}/answers"


def metric_words_address(metric: str, **choices: str) -> str:
    """The page of the rules behind the words about a council's figure: ``?authority=leeds&group=...&period=...``."""
    return f"/metrics/{quote(metric)}/words{query_text(choices.items())}"


def rule_address(rule: str) -> str:
    """Where a rule of sentences stands among all rules."""
    return f"/words#{rule}"


def metric_map_address(metric: str, **choices: str) -> str:
    """The maps of a metric, with the choices made: ``/metrics/household-waste-recycling-rate/map?areas=counties``."""
    return f"/metrics/{quote(metric)}/map{query_text(choices.items())}"


def trail_address(metric: str, slug: str, period: str, day: date | None = None) -> str:
    """The trail of one figure, as known on a day: ``/trail/household-waste-recycling-rate/leeds/2021-22``."""
    return f"/trail/{quote(metric)}/{quote(slug)}/{quote(period)}{query_text(day_choice(day).items())}"


def authority_trails_address(slug: str) -> str:
    """Where every figure of an authority comes from: ``/authorities/leeds/trails``."""
    return f"/authorities/{quote(slug)}/trails"


def day_choice(day: date | None) -> dict[str, str]:
    """The choice that an address must keep where its page is as known on a day: ``as-of=2024-06-30``."""
    return {"as-of": day.isoformat()} if day else {}


CLAIMS_ADDRESS = "/claims"


def claim_address(authority: str, metric: str, claim: str, **choices: str) -> str:
    """A claim checked: ``/claims?authority=leeds&metric=household-waste-recycling-rate&claim=highest``."""
    pairs = [("authority", authority), ("metric", metric), ("claim", claim), *choices.items()]
    return CLAIMS_ADDRESS + query_text(pairs)


def who_runs_address(slug: str = "") -> str:
    """Who runs what in a place: ``/who-runs/leeds``, ``/who-runs/E04000198``; the list of places without one."""
    return f"/who-runs/{quote(slug)}" if slug else "/who-runs"


def compare_address(
    authorities: Iterable[str], metrics: Iterable[str] = (), groups: Iterable[str] = (), theme: str = ""
) -> str:
    """Chosen authorities (slugs), metrics and groups side by side: ``/compare?authority=leeds&authority=bradford``."""
    kinds = (("authority", authorities), ("metric", metrics), ("group", groups), ("theme", [theme]))
    return "/compare" + query_text((name, value) for name, values in kinds for value in values)


def short_address(code: str) -> str:
    """The short link to a comparison: ``/c/LDS.BRD~aB3x~england~~k2Xa``."""
    return f"/c/{quote(code, safe='~.:,')}"


def source_address(source: str) -> str:
    """The page of a source: ``/sources/oflog-waste``."""
    return f"/sources/{quote(source)}"


def revisions_address(source: str, **choices: str) -> str:
    """What later releases of a source changed: ``/sources/oflog-waste/revisions?page=2``."""
    return f"/sources/{quote(source)}/revisions{query_text(choices.items())}"


def outcome_address(outcome: str) -> str:
    """The page of one of the sixteen outcomes: ``/outcomes/environment``."""
    return f"/outcomes/{quote(outcome)}"


def quality_address(theme: str) -> str:
    """The coverage and jumps of a theme's metrics: ``/quality/waste``."""
    return f"/quality/{quote(theme)}"


def authorities_address(**choices: str) -> str:
    """The list of authorities, with the filters chosen: ``/authorities?type=county``."""
    return "/authorities" + query_text(choices.items())


def search_address(query: str) -> str:
    """The results of a search: ``/search?q=recycling``."""
    return "/search" + query_text([("q", query)])


def actions_address(**choices: str) -> str:
    """The register of formal actions, with the filters chosen: ``/actions?kind=section-114-notice``."""
    return "/actions" + query_text(choices.items())


def action_address(action: str) -> str:
    """One formal action: ``/actions/croydon-section-114-notice-2020-11-11``."""
    return f"/actions/{quote(action)}"


REPLIES = "/replies"
"""Every reply of a council that stands, by council."""


def reply_address(reply: str) -> str:
    """One reply with all its versions: ``/replies/7KQ2M9XWBH4T``."""
    return f"{REPLIES}/{quote(reply)}"


PRACTICE = "/practice"
"""Practice notes by theme."""


def notes_address(**choices: str) -> str:
    """Practice notes of a theme or on a metric: ``/practice?theme=waste``."""
    return PRACTICE + query_text(choices.items())


def note_address(note: str) -> str:
    """One practice note: ``/practice/7KQ2M9XWBH4T``."""
    return f"{PRACTICE}/{quote(note)}"


def reply_form_address(key: str, slug: str, when: str, **choices: str) -> str:
    """Where a lead writes a reply to a figure, a sentence on it (``rule=``, ``group=``) or a sign (``sign=1``)."""
    return f"{TAKE_PART}/reply/{quote(slug)}/{quote(key)}/{quote(when)}{query_text(choices.items())}"


EARLY_WARNING = "/early-warning"
"""How to read signs, with the three lenses beneath it."""


def lens_address(lens: str) -> str:
    """One of the three lenses: ``/early-warning/resilience``."""
    return f"{EARLY_WARNING}/{quote(lens)}"


def signal_address(signal: str) -> str:
    """One warning rule with its record: ``/early-warning/signals/reserves-low-for-type``."""
    return f"{EARLY_WARNING}/signals/{quote(signal)}"


def authority_signs_address(slug: str, day: date | None = None) -> str:
    """The signs of one authority, as known on a day: ``/authorities/leeds/early-warning?as-of=2018-10-01``."""
    return f"/authorities/{quote(slug)}/early-warning{query_text(day_choice(day).items())}"


def conversation_pack_address(slug: str) -> str:
    """Questions for a conversation with one authority: ``/authorities/leeds/conversation-pack``."""
    return f"/authorities/{quote(slug)}/conversation-pack"


BACKTEST = "/early-warning/back-test"
"""How often the signs were right."""

BACKTEST_EXAMPLE = f"{BACKTEST}/1-october-2018"
"""The worked example."""

MODEL_CARD = "/early-warning/model-card"
TRANSPARENCY_RECORD = "/early-warning/transparency-record"


def backtest_lens_address(lens: str, within: int | None = None) -> str:
    """One lens in the back-test at one horizon: ``/early-warning/back-test/resilience?within=36``."""
    return f"{BACKTEST}/{quote(lens)}{query_text([('within', str(within or ''))])}"


def host_text(address: str) -> str:
    """Where an outside link leads, short enough to read: ``www.gov.uk`` for a long address there."""
    return urlsplit(address).netloc.removeprefix("www.")


def query_text(pairs: Iterable[tuple[str, str]]) -> str:
    """A query string with its question mark, without the choices that are empty; "" where none is left."""
    kept = [(name, value) for name, value in pairs if value]
    return "?" + urlencode(kept, safe=":,") if kept else ""
