"""Pages that are generated whole: facts and figures, sources, the timeline, the changes, and the source articles."""

from ..formulas import postfix
from ..model import LANGUAGES, Library
from ..outcome import complete, sound
from . import articles, changes, data, figures, sources, timeline

PAGES = {"timeline.md": timeline.page, "changes.md": changes.page, "data.md": data.page, "articles/index.md": articles.index}


def make(library: Library) -> dict[str, str]:
    """Path → text of every page that is generated whole; nothing while a record is missing or broken."""
    if any(problem.path.startswith("docs/data/") for problem in library.problems) or not _whole(library):
        return {}
    made = {}
    for language in LANGUAGES:
        made |= {f"docs/{language}/{name}": page(library, language) for name, page in PAGES.items()}
        made |= {f"docs/{language}/{name}": text for register in (figures, sources) for name, text in register.pages(library, language).items()}
        made |= {f"docs/{language}/articles/{name}.md": articles.page(library, article, language) for name, article in library.articles.items()}
    return made


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
