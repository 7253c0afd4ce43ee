"""What the records come to: whether a page can be made from them, its conclusion, and how a fact's figure is worded."""

import re
from datetime import date

from .accounts import Article
from .figures import parse
from .labels import plain
from .model import Library
from .records import NAME_IN_FORMULA, Fact, Myth, Source
from .scalars import SourceKind

DECIDING = ("published", "verdict", "withdrawn")  # the changes after which a page's verdict stands, or does not
BARE_NUMBER = re.compile(r"(\d|[万亿]|illion|thousand)$")


def complete(library: Library, slug: str) -> bool:
    """Whether a misconception's record and all it names are there."""
    myth = library.myths.get(slug)
    if myth is None or library.vocabulary is None:
        return False
    return all(sound(library, name) for name in myth.facts) and all(other in library.myths for other in myth.related)


def sound(library: Library, name: str) -> bool:
    """Whether a fact, its source and the figures of its formula are there."""
    fact = library.facts.get(name)
    return bool(fact and origin(library, fact) and all(need in library.facts and library.facts[need].words for need in fact.needs))


def origin(library: Library, fact: Fact) -> Source | Article | None:
    """The source of a fact, or the article that is its source."""
    return library.sources.get(fact.source) or library.articles.get(fact.source)


def sources_of(library: Library, myth: Myth) -> dict[str, Source | Article]:
    """The sources of a misconception's facts by id, in the order in which it lists them."""
    facts = (library.facts[name] for name in myth.facts if name in library.facts)
    return {fact.source: source for fact in facts if (source := origin(library, fact))}


def conclusion(library: Library, myth: Myth, language: str) -> tuple[str, str, str]:
    """Name, word and line of what a page comes to: its verdict and answer, or that and why it was withdrawn."""
    assert library.vocabulary
    last = next((change for change in myth.changes if change.kind in DECIDING), None)
    if last and last.kind == "withdrawn":
        return last.kind, library.vocabulary.changes[last.kind][language].word, last.note[language]
    return myth.verdict, library.vocabulary.verdicts[myth.verdict][language].word, myth.answer[language]


def newest(library: Library) -> date:
    """The newest day of the misconceptions: of a review or an entry of the log. Without any, the day from which Unix counts."""
    days = (day for myth in library.myths.values() for day in (myth.reviewed, *(change.date for change in myth.changes)))
    return max(days, default=date(1970, 1, 1))


def marked(name: str, word: str, line: str) -> str:
    """A conclusion in Markdown, its word marked for its icon."""
    return f"**{plain(word)}**{{ .verdict-word .verdict-{name} }} {plain(line)}"


def kind_of(library: Library, fact: Fact) -> SourceKind:
    """The kind of a fact's source. An ingested article is of the press."""
    source = origin(library, fact)
    return source.kind if isinstance(source, Source) else "press"


def measured(library: Library, fact: Fact, language: str) -> str:
    """A fact's words, with the unit's word when they end in a bare number: 2,048 GPUs, 6710 亿个参数."""
    assert fact.words and library.vocabulary
    words, unit = fact.words[language], library.vocabulary.units.get(fact.unit) if fact.unit else None
    read = parse(words)
    if unit is None or read and read.unit or not BARE_NUMBER.search(words):
        return words
    space = "" if words[-1] in "万亿" and unit[language][0] >= "\u4e00" else " "
    return f"{words}{space}{unit[language]}"


def worked_out(library: Library, fact: Fact, language: str) -> str:
    """A derived fact's formula with the facts' words instead of their ids."""
    said = NAME_IN_FORMULA.sub(lambda match: measured(library, library.facts[match.group()], language), fact.formula or "")
    return plain(said.replace(" * ", " × ").replace(" / ", " ÷ ").replace(" - ", " − "))
