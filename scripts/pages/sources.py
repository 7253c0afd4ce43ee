"""The pages of sources, one for each misconception: each source with its interest, what was read of it, and what it repeats."""

from collections import Counter

from .. import citations, csl
from ..blocks import foreign
from ..labels import LABELS, address, day, plain
from ..model import Library
from ..records import Fact, Source
from ..registers import FIGURES, SOURCES, link, page
from .whole import whole

Given = dict[str, dict[str, Fact]]
ARCHIVES = "https://web.archive.org/web/*/"  # lists the copies of an address that there are


def pages(library: Library, language: str) -> dict[str, str]:
    """Name → text of the first page, which lists the others, and of one page for each misconception."""
    given = _given(library)
    return {page(SOURCES): _first(library, given, language)} | {page(SOURCES, slug): _of(library, slug, given, language) for slug in library.myths}


def _first(library: Library, given: Given, language: str) -> str:
    """Where the sources are, those that no misconception has, and the witnesses whom several of them repeat."""
    label, counts = LABELS[language], Counter(slug for slugs in library.citing.values() for slug in slugs)
    listed = [f"- [{plain(myth.label[language])}]({page(SOURCES, slug)}){label['open']}{counts[slug]}{label['close']}" for slug, myth in library.myths.items()]
    parts = [label["sources_intro"], f"## {label['by_myth']} {{#myths}}", "\n".join(listed)]
    if left := {key: source for key, source in library.sources.items() if key not in library.citing}:
        parts += [f"## {label['sources_left']} {{#left}}", *(_source(library, key, source, given.get(key, {}), language, "") for key, source in left.items())]
    if library.origins:
        repeating = _repeating(library)
        parts += [f"## {label['origins_title']} {{#origins}}", label["origins_intro"], "\n".join(_origin(library, name, repeating.get(name, {}), language) for name in library.origins)]
    return whole(language, label["sources_title"], label["sources_description"], parts)


def _of(library: Library, slug: str, given: Given, language: str) -> str:
    """The sources of one misconception by kind."""
    assert library.vocabulary
    label, myth = LABELS[language], library.myths[slug]
    links = {"page": f"../myths/{slug}.md", "figures": f"../{page(FIGURES, slug)}", "all": f"../{page(SOURCES)}"}
    parts = [label["sources_of"]["intro"].format(label=plain(myth.label[language]), **links)]
    for name, words in library.vocabulary.kinds.items():
        sources = {key: source for key, source in library.sources.items() if source.kind == name and slug in library.citing.get(key, ())}
        if sources:
            parts += [f"## {plain(words[language].word)} {{#{name}}}", plain(words[language].meaning)]
            parts += [_source(library, key, source, given.get(key, {}), language, slug) for key, source in sources.items()]
    title, description = (label["sources_of"][name].format(label=myth.label[language]) for name in ("title", "description"))
    return whole(language, title, description, parts, found=False)


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
    sources = label["list"].join(f"[{foreign(source.title, language)}]({_at(library, key)})" for key, source in repeating.items())
    return f"- **{plain(library.origins[name].name[language])}**{label['colon']}{sources}\n    {{#origin-{name}}}"


def _at(library: Library, key: str) -> str:
    """The address of a source from the first page."""
    return link(library, SOURCES, key) if key in library.citing else f"#{key}"
