"""The changes as Atom feeds (RFC 4287), one for each language: what the page of changes shows, for feed readers."""

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from . import addresses, versions
from .labels import LABELS
from .model import LANGUAGES, LICENCE, SITE, Library, ordinal
from .outcome import conclusion, newest

if TYPE_CHECKING:
    from feedgen.feed import FeedGenerator

NAME = "changes.atom"
MOST = 100  # entries, the newest


def make(library: Library) -> dict[str, str]:
    """Path → the feed of each language."""
    return {f"docs/{language}/{NAME}": _feed(library, language) for language in LANGUAGES}


def _feed(library: Library, language: str) -> str:
    from feedgen.feed import FeedGenerator  # only a build needs it

    label, entries, feed = LABELS[language]["feed"], versions.log(library)[:MOST], FeedGenerator()
    feed.id(_id(language))
    feed.title(label["title"])
    feed.subtitle(label["subtitle"])
    feed.author(name=LABELS[language]["site"])
    feed.language(addresses.TAGS[language])
    feed.link(href=addresses.of(library, language, NAME), rel="self", type="application/atom+xml")
    feed.link(href=addresses.of(library, language, "changes.md"), rel="alternate", type="text/html", hreflang=addresses.TAGS[language])
    feed.rights(f"CC BY 4.0 {LICENCE}")
    feed.generator("Off the Pedestal")
    feed.updated(max((_moment(logged) for logged in entries), default=datetime.combine(newest(library), datetime.min.time(), timezone.utc)))
    for logged in entries:
        _enter(feed, library, logged, language)
    text: bytes = feed.atom_str(pretty=True)
    return text.decode()


def _enter(feed: "FeedGenerator", library: Library, logged: versions.Logged, language: str) -> None:
    """Adds an entry: the class and the page, what changed, and what the page comes to now."""
    assert library.vocabulary
    label, myth = LABELS[language], library.myths[logged.slug]
    kind, (_, word, line) = library.vocabulary.changes[logged.entry.kind][language].word, conclusion(library, myth, language)
    entry = feed.add_entry(order="append")
    entry.id(_id(language, logged.slug, logged.key))
    entry.title(f"{kind}{label['colon']}{myth.title[language]}")
    entry.summary(label["feed"]["summary"].format(note=logged.entry.note[language], word=word, line=line), type="text")
    entry.link(href=addresses.of(library, language, f"myths/{logged.slug}.md"), rel="alternate", type="text/html", hreflang=addresses.TAGS[language])
    entry.category(term=logged.entry.kind, label=kind)
    entry.published(_moment(logged))
    entry.updated(_moment(logged))


def _moment(logged: versions.Logged) -> datetime:
    """Midnight (UTC) of the entry's day; of a page's second entry of a day a second later, for readers sort by this."""
    return datetime.combine(logged.entry.date, datetime.min.time(), timezone.utc) + timedelta(seconds=ordinal(logged.key) - 1)


def _id(*parts: str) -> str:
    """An id that stays when the site moves: it is made of a name that is no address of ours."""
    return uuid5(NAMESPACE_URL, SITE + "/".join((NAME, *parts))).urn
