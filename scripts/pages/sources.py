"""The pages of sources, one for each misconception: each source with its interest, what was read of it, and what it repeats."""

from collections import Counter
from typing import Iterator

from .. import citations, csl
from ..blocks import foreign
from ..labels import LABELS, address, day, plain
from ..model import Library
from ..records import Fact, Source
from ..registers import FIGURES, SOURCES, link, near, page
from .whole import by_myth, of_myth, whole

Given = dict[str, dict[str, Fact]]
ARCHIVES = "https://web.archive.org/web/*/"  # lists the copies of an address that there are


def pages(library: Library, language: str) -> Iterator[tuple[str, str]]:
    """Name and text of the first page, which lists the others, and of one page for each misconception."""
    given, cited = _given(library), _cited_by(library)
    yield page(SOURCES), _first(library, given, cited, language)
    yield from ((page(SOURCES, slug), _of(library, slug, given, sources, language)) for slug, sources in cited.items())


def _cited_by(library: Library) -> dict[str, list[str]]:
    """Misconception → its sources, in the order of the register."""
    cited: dict[str, list[str]] = {slug: [] for slug in library.myths}
    for key in library.sources:
        for slug in library.citing.get(key, ()):
            cited[slug].append(key)
    return cited


def _first(library: Library, given: Given, cited: dict[str, list[str]], language: str) -> str:
    """Where the sources are, those that no misconception has, and the witnesses whom several of them repeat."""
    label = LABELS[language]
    parts = [label["sources_intro"], *by_myth(library, SOURCES, {slug: len(sources) for slug, sources in cited.items()}, language)]
    if left := {key: source for key, source in library.sources.items() if key not in library.citing}:
        parts += [f"## {label['sources_left']} {{#left}}", *(_source(library, key, source, given.get(key, {}), language, "") for key, source in left.items())]
    if library.origins:
        repeating = _repeating(library)
        parts += [f"## {label['origins_title']} {{#origins}}", label["origins_intro"], "\n".join(_origin(library, name, repeating.get(name, {}), language) for name in library.origins)]
    return whole(language, label["sources_title"], label["sources_description"], parts)


def _of(library: Library, slug: str, given: Given, cited: list[str], language: str) -> str:
    """The sources of one misconception by kind."""
    assert library.vocabulary
    parts = []
    for name, words in library.vocabulary.kinds.items():
        sources = {key: source for key in cited if (source := library.sources[key]).kind == name}
        if sources:
            parts += [f"## {plain(words[language].word)} {{#{name}}}", plain(words[language].meaning)]
            parts += [_source(library, key, source, given.get(key, {}), language, slug) for key, source in sources.items()]
    return of_myth(library, SOURCES, slug, language, parts)


def _given(library: Library) -> Given:
    """Source → the facts taken from it, by id."""
    given: Given = {}
    for name, fact in library.facts.items():
        given.setdefault(fact.source, {})[name] = fact
    return given


def _repeating(library: Library) -> dict[str, dict[str, Source]]:
    """Witness → the sources that repeat it, by id."""
    repeating: dict[str, dict[str, Source]] = {}
    for key, source in library.sources.items():
        for name in source.origins:
            repeating.setdefault(name, {})[key] = source
    return repeating


def _source(library: Library, key: str, source: Source, facts: dict[str, Fact], language: str, slug: str) -> str:
    """One source, on the page of a misconception or on the first page, as a paragraph with its id: citation, interest, what was read, what it repeats; the facts taken from
    it; and how to cite it."""
    label, up = LABELS[language], "../" if slug else ""
    translation = source.translation[language] if source.translation else source.title
    title = foreign(source.title, language) + ("" if translation == source.title else f" ({plain(translation)})")
    published = [str(author) for author in source.author] + [part for part in (source.container_title, source.publisher) if part]
    lines = [
        f"**[{title}]({address(source.url)})**{label['comma']}{plain(label['comma'].join(published))}{label['comma']}{day(source.issued, language)}{label['stop']}",
        f"{label['interest']}{plain(source.interest[language])}{label['stop']}",
        f"{label['accessed']}{day(source.accessed, language)}{label['stop']}{_read(library, facts, language)}",
    ]
    if source.origins:
        named = (f"[{plain(library.origins[name].name[language])}]({up}{page(SOURCES) if slug else ''}#origin-{name})" for name in source.origins)
        lines.append(f"{label['origin']}{label['list'].join(named)}{label['stop']}")
    if source.read_at:
        lines.append(f"{label['read_at']}<{address(source.read_at)}>")
    lines.append(f"[{label['archive']}]({address(source.archive)})" if source.archive else f"[{label['archives']}]({ARCHIVES}{address(source.url)})")
    entry = "<br>".join(lines) + f"\n{{#{key} .source}}"
    links = [f"[{plain(fact.statement[language])}]({up}{link(library, FIGURES, name, slug)})" for name, fact in facts.items()]
    folds = [_fold(label["gives"].format(count=len(facts)), links)] if facts else []
    return "\n\n".join([entry, *folds, _fold(label["cite"]["cite"], _cited(key, source, language, 2 if slug else 1))])


def _fold(title: str, lines: list[str]) -> str:
    listed = "\n".join(f"- {line}" for line in lines)
    return f'<details class="data" markdown="1">\n<summary>{title}</summary>\n\n{listed}\n\n</details>'


def _cited(key: str, source: Source, language: str, depth: int) -> list[str]:
    """A source's citations and files, for a page so many folders deep: as lines, which weigh less than texts with buttons."""
    label, forms = LABELS[language]["cite"], citations.forms(csl.source(key, source))
    said = (f"{label['names'][name]}{LABELS[language]['colon']}{plain(text)}" for name, text in forms._asdict().items())
    return [*said, citations.linked(key, language, depth)]


def _read(library: Library, facts: dict[str, Fact], language: str) -> str:
    """What was read of a source, by the grades of its facts, the commonest first: the original, a copy, a report."""
    assert library.vocabulary
    label, grades = LABELS[language], Counter(fact.grade for fact in facts.values())
    words = [plain(library.vocabulary.grades[grade][language].word) for grade, _ in grades.most_common()]
    gap = " " if language == "en" else ""
    return f"{gap}{label['list'].join(words)}{label['stop']}" if words else ""


def _origin(library: Library, name: str, repeating: dict[str, Source], language: str) -> str:
    """One witness, with the sources that repeat it."""
    label = LABELS[language]
    sources = label["list"].join(f"[{foreign(source.title, language)}]({near(library, SOURCES, key)})" for key, source in repeating.items())
    return f"- **{plain(library.origins[name].name[language])}**{label['colon']}{sources}\n    {{#origin-{name}}}"
