"""Themes, topics, outcomes and the words of caveats, compared with one another."""

from collections import Counter
from collections.abc import Iterator

from moothall.catalogue.drafts import Drafts
from moothall.catalogue.problems import quoted
from moothall.catalogue.references import repeated
from moothall.domain.words import Caveat


def navigation_faults(drafts: Drafts) -> Iterator[str]:
    """One sentence for each id used twice and each caveat without words."""
    yield from repeated(drafts.themes, "id", lambda theme: theme.id)
    yield from repeated(drafts.outcomes, "id", lambda outcome: outcome.id)
    yield from repeated(drafts.outcomes, "number", lambda outcome: outcome.number)
    yield from _repeated_topics(drafts)
    yield from _wordless_caveats(drafts)


def _repeated_topics(drafts: Drafts) -> Iterator[str]:
    for located in drafts.themes:
        counts = Counter(topic.id for topic in located.entry.topics)
        for topic in (topic for topic, count in counts.items() if count > 1):
            words = f"the topic {quoted(topic)} stands {counts[topic]} times in this theme; keep one"
            yield located.fault(words, "topics")


def _wordless_caveats(drafts: Drafts) -> Iterator[str]:
    for located in drafts.caveats:
        for caveat in Caveat:
            if caveat not in located.entry.caveats:
                yield located.fault(f'the caveat "{caveat}" has no words; add the sentence a reader sees', "caveats")
