"""Pages that are generated whole: facts and figures, sources, the timeline, and the source articles."""

from ..blocks import complete
from ..model import LANGUAGES, Library
from . import articles, figures, sources, timeline

PAGES = {"figures.md": figures.page, "sources.md": sources.page, "timeline.md": timeline.page, "articles/index.md": articles.index}


def make(library: Library) -> dict[str, str]:
    """Path → text of every page that is generated whole; nothing while a record is missing or broken."""
    if any(problem.path.startswith("docs/data/") for problem in library.problems) or not all(complete(library, slug) for slug in library.myths):
        return {}
    made = {}
    for language in LANGUAGES:
        made |= {f"docs/{language}/{name}": page(library, language) for name, page in PAGES.items()}
        made |= {f"docs/{language}/articles/{name}.md": articles.page(library, article, language) for name, article in library.articles.items()}
    return made
