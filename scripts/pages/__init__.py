"""Pages that are generated whole: facts and figures, sources, the timeline, the changes, and the source articles."""

from typing import Iterator

from ..formulas import postfix
from ..model import LANGUAGES, Library
from ..outcome import complete, sound
from . import articles, changes, data, figures, sources, timeline

PAGES = {"timeline.md": timeline.page, "changes.md": changes.page, "data.md": data.page, "articles/index.md": articles.index}


def make(library: Library) -> Iterator[tuple[str, str]]:
    """Path and text of every page that is generated whole; nothing while a record is missing or broken."""
    if any(problem.path.startswith("docs/data/") for problem in library.problems) or not _whole(library):
        return
    for language in LANGUAGES:
        for name, text in _of(library, language):
            yield f"docs/{language}/{name}", text


def _of(library: Library, language: str) -> Iterator[tuple[str, str]]:
    yield from ((name, page(library, language)) for name, page in PAGES.items())
    for register in (figures, sources):
        yield from register.pages(library, language)
    yield from ((f"articles/{name}.md", articles.page(library, article, language)) for name, article in library.articles.items())


def _whole(library: Library) -> bool:
    """Whether all is there that the records name, and every sum can be worked out."""
    facts = {*library.facts, *(name for event in library.events.values() for name in event.facts)}
    facts |= {name for fact in library.facts.values() for name in (*fact.supersedes, *fact.disputes)}
    origins = {name for source in library.sources.values() for name in source.origins}
    return (
        all(complete(library, slug) for slug in library.myths)
        and all(sound(library, name) for name in facts)
        and origins <= library.origins.keys()
        and all(_reads(fact.formula or "") for fact in library.facts.values() if fact.recompute)
    )


def _reads(formula: str) -> bool:
    try:
        return bool(postfix(formula))
    except ValueError:  # FACT-6 says what is wrong with it
        return False
