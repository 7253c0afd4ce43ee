"""Pages that are generated whole: facts and figures, sources, and the source articles."""

from itertools import groupby
from operator import attrgetter

from .blocks import cited, complete, figure, kind, review, statement, table, titled
from .files import dump_yaml
from .labels import LABELS, address, day, plain
from .model import LANGUAGES, OTHERS, Library
from .records import Article, Section, Source

SEARCH_BOOST = 0.3  # these pages repeat what the misconceptions say, which must come first


def make(library: Library) -> dict[str, str]:
    """Path → text of every page that is generated whole; nothing while a record is missing or broken."""
    if any(problem.path.startswith("docs/data/") for problem in library.problems) or not all(complete(library, slug) for slug in library.myths):
        return {}
    made = {}
    for language in LANGUAGES:
        folder = f"docs/{language}"
        made[f"{folder}/figures.md"] = _figures(library, language)
        made[f"{folder}/sources.md"] = _sources(library, language)
        made[f"{folder}/articles/index.md"] = _articles(library, language)
        for name, article in library.articles.items():
            made[f"{folder}/articles/{name}.md"] = _article(library, article, language)
    return made


def _whole(language: str, title: str, description: str, parts: list[str]) -> str:
    front = dump_yaml({"title": title, "description": description, "search": {"boost": SEARCH_BOOST}})
    body = "\n\n".join([f"<!-- generated: {LABELS[language]['generated']} -->", f"# {plain(title)} {{#top}}", *parts])
    return f"---\n{front}---\n{body}\n"


def _homes(library: Library) -> dict[str, list[str]]:
    """Slug → the facts that its page is the first to use, in the order of its evidence; under OTHERS those that no
    page lists."""
    left = dict.fromkeys(library.facts)
    homes: dict[str, list[str]] = {}
    for slug, myth in library.myths.items():
        homes[slug] = [name for name in myth.facts if name in left]
        for name in homes[slug]:
            del left[name]
    return {**homes, OTHERS: list(left)} if left else homes


def _users(library: Library) -> dict[str, list[str]]:
    """Fact → slugs of the misconceptions that list it."""
    users: dict[str, list[str]] = {}
    for slug, myth in library.myths.items():
        for name in myth.facts:
            users.setdefault(name, []).append(slug)
    return users


def _figures(library: Library, language: str) -> str:
    label, users = LABELS[language], _users(library)
    parts = [label["figures_intro"]]
    for slug, names in _homes(library).items():
        title = [f"## {label['figures_others']} {{#{OTHERS}}}", label["figures_others_intro"]] if slug == OTHERS else [f"## {plain(library.myths[slug].label[language])} {{#{slug}}}"]
        rows = [_row(library, name, users.get(name, []), language) for name in names]
        parts += [*title, table(label["figures_head"], rows)]
    return _whole(language, label["figures_title"], label["figures_description"], parts)


def _row(library: Library, name: str, users: list[str], language: str) -> list[str]:
    fact = library.facts[name]
    used_on = LABELS[language]["list"].join(f"[{plain(library.myths[slug].label[language])}](myths/{slug}.md#fact-{name})" for slug in users)
    return [
        f"{statement(fact, language)} {{#{name}}}", figure(library, fact, language), day(fact.as_of, language),
        cited(library, fact, language, ""), kind(library, fact, language), used_on or "—",
    ]  # fmt: skip


def _sources(library: Library, language: str) -> str:
    assert library.vocabulary
    label, parts = LABELS[language], [LABELS[language]["sources_intro"]]
    given: dict[str, list[str]] = {}
    for name, fact in library.facts.items():
        given.setdefault(fact.source, []).append(f"- [{plain(fact.statement[language])}](figures.md#{name})")
    for name, words in library.vocabulary.kinds.items():
        sources = {key: source for key, source in library.sources.items() if source.kind == name}
        if sources:
            parts += [f"## {plain(words[language].word)} {{#{name}}}", plain(words[language].meaning)]
            parts += [_source(key, source, given.get(key, []), language) for key, source in sources.items()]
    return _whole(language, label["sources_title"], label["sources_description"], parts)


def _source(key: str, source: Source, facts: list[str], language: str) -> str:
    """One source as a paragraph with its id: citation, interest, what was read, links to the facts taken from it."""
    label = LABELS[language]
    translation = source.translation[language] if source.translation else source.title
    title = plain(source.title) + ("" if translation == source.title else f" ({plain(translation)})")
    published = [str(author) for author in source.author] + [part for part in (source.container_title, source.publisher) if part]
    lines = [
        f"**[{title}]({address(source.url)})**{label['comma']}{plain(label['comma'].join(published))}{label['comma']}{day(source.issued, language)}{label['stop']}",
        f"{label['interest']}{plain(source.interest[language])}{label['stop']}",
        f"{label['accessed']}{day(source.accessed, language)}{label['stop']}",
    ]
    if source.read_at:
        lines.append(f"{label['read_at']}<{address(source.read_at)}>")
    if source.archive:
        lines.append(f"[{label['archive']}]({address(source.archive)})")
    entry = "<br>".join(lines) + f"\n{{#{key} .source}}"
    return entry if not facts else f'{entry}\n\n<details class="data" markdown="1">\n<summary>{label["gives"].format(count=len(facts))}</summary>\n\n' + "\n".join(facts) + "\n\n</details>"


def _articles(library: Library, language: str) -> str:
    label = LABELS[language]
    items = [
        f"- [{plain(titled(article, language))}]({name}.md)\n\n    {_byline(article, language)}{label['stop']}{' ' if language == 'en' else ''}{plain(article.summary[language]) if article.summary else ''}\n"
        for name, article in sorted(library.articles.items())
    ]
    return _whole(language, label["articles_title"], label["articles_description"], [label["articles_intro"], "\n".join(items)])


def _byline(article: Article, language: str) -> str:
    return LABELS[language]["article_by"].format(byline=plain(article.byline), published=day(article.published, language))


def _article(library: Library, article: Article, language: str) -> str:
    label = LABELS[language]
    interest = f"{label['stop']}{' ' if language == 'en' else ''}{label['interest']}{plain(article.interest[language])}" if article.interest else ""
    parts = [f"{_byline(article, language)}{label['comma']}[{label['original']}]({address(article.url)}){interest}{label['stop']}"]
    if article.summary:
        parts += [f"## {label['article_summary']} {{#summary}}", plain(article.summary[language])]
    parts.append(f"## {label['article_sections']} {{#sections}}")
    parts += [_section(library, index, section, language) for index, section in enumerate(article.sections) if index or section.paragraphs]
    if article.reviews:
        parts.append(f"## {label['article_reviews']} {{#reviews}}")
    for slug, found in groupby(sorted((item for item in article.reviews if item.myth in library.myths), key=attrgetter("myth")), key=attrgetter("myth")):
        items = "\n".join(review(library, item, language, "") for item in found)
        parts += [f"### [{plain(library.myths[slug].title[language])}](../myths/{slug}.md) {{#review-{slug}}}", items]
    description = label["article_description"].format(title=titled(article, language))
    return _whole(language, titled(article, language), description, parts)


def _section(library: Library, index: int, section: Section, language: str) -> str:
    """One section: its heading as a locator, our gist, and the misconceptions that its paragraphs touch."""
    label = LABELS[language]
    name = label["section"].format(number=index) + label["colon"] + label["quotes"].format(plain(section.heading)) if index else label["lead"]
    touched = dict.fromkeys(slug for paragraph in section.paragraphs for slug in paragraph.myths if slug in library.myths)
    links = label["list"].join(f"[{plain(library.myths[slug].title[language])}](../myths/{slug}.md)" for slug in touched)
    parts = [f"### {name[:1].upper() + name[1:]} {{#s{index}}}"]
    if section.gist:
        parts.append(plain(section.gist[language]))
    count = label["paragraphs"].format(count=len(section.paragraphs))
    parts.append(f"{count}{label['stop']}" + (f"{' ' if language == 'en' else ''}{label['touches']}{links}{label['stop']}" if links else ""))
    return "\n\n".join(parts)
