"""The misconceptions on one page: a card for each, and the form that filters them by verdict and theme."""

from collections import Counter
from html import escape

from .labels import LABELS, plain
from .model import Library, Page
from .outcome import conclusion, marked


def card(library: Library, slug: str, language: str, address: str) -> str:
    """The page's title, linked, with its verdict and answer."""
    myth = library.myths[slug]
    return f"- [{plain(myth.title[language])}]({address})\n\n    {marked(*conclusion(library, myth, language))}\n"


def passage(library: Library, page: Page, _: str) -> str | None:
    """Every card below the form; None without the records."""
    if library.vocabulary is None or library.myths.keys() != library.named("myths"):
        return None
    cards = "\n".join(_full(library, slug, page.language) for slug in library.myths)
    return f'{_filter(library, page.language)}\n\n<div class="cards" markdown="1">\n\n{cards}\n</div>'


def _full(library: Library, slug: str, language: str) -> str:
    """A card that says the claim first, by which a reader knows it again. Its theme is for the form alone."""
    myth, label = library.myths[slug], LABELS[language]
    said = f'<small data-theme="{myth.theme}">{label["claim"]}{label["colon"]}{escape(myth.claim[language])}</small>'
    return card(library, slug, language, f"myths/{slug}.md").replace("- ", f"- {said}\n\n    ", 1)


def _filter(library: Library, language: str) -> str:
    """The form; the script of the home page shows it. It offers what some page has, and tells how many have it."""
    assert library.vocabulary
    label = LABELS[language]
    verdicts = Counter(conclusion(library, myth, language)[:2] for myth in library.myths.values())
    themes = Counter(myth.theme for myth in library.myths.values())
    order = [*library.vocabulary.verdicts, "withdrawn"]
    chosen = {
        "verdict": [(name, word, count) for (name, word), count in sorted(verdicts.items(), key=lambda item: order.index(item[0][0]))],
        "theme": [(name, words[language], themes[name]) for name, words in library.vocabulary.themes.items() if themes[name]],
    }
    parts = [_choice(name, label[name], label["all"], options, len(library.myths)) for name, options in chosen.items()]
    return "\n".join(['<form class="card-filter" hidden>', *parts, f'<p role="status" data-count="{escape(label["cards_count"])}"></p>', "</form>"])


def _choice(name: str, legend: str, everything: str, options: list[tuple[str, str, int]], count: int) -> str:
    """One choice of several, as buttons."""
    buttons = [("", everything, count), *options]
    said = "".join(
        f'<label><input type="radio" name="{name}" value="{value}"{"" if value else " checked"}><span{_coloured(name, value)}>{escape(word)} <small>{number}</small></span></label>'
        for value, word, number in buttons
    )
    return f"<fieldset><legend>{legend}</legend>{said}</fieldset>"


def _coloured(name: str, value: str) -> str:
    return f' class="verdict-word verdict-{value}"' if name == "verdict" and value else ""
