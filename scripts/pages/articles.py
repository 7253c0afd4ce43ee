"""The pages of the source articles, one each, and their list."""

from itertools import groupby
from operator import attrgetter
from typing import Iterator

from ..accounts import Article, Paragraph, Section
from ..blocks import review, titled
from ..labels import LABELS, address, day, plain
from ..model import Library
from .whole import pages_of, whole


def index(library: Library, language: str) -> str:
    """The list of all articles, with what each says."""
    label = LABELS[language]
    items = [
        f"- [{plain(titled(article, language))}]({name}.md)\n\n    {_byline(article, language)}{label['stop']}{' ' if language == 'en' else ''}{plain(article.summary[language]) if article.summary else ''}\n"
        for name, article in sorted(library.articles.items())
    ]
    return whole(language, label["articles_title"], label["articles_description"], [label["articles_intro"], "\n".join(items)])


def _byline(article: Article, language: str) -> str:
    return LABELS[language]["article_by"].format(byline=plain(article.byline), published=day(article.published, language))


def page(library: Library, article: Article, language: str) -> str:
    """What one article says, section by section, where each paragraph is treated, and how it stands up."""
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
    return whole(language, titled(article, language), description, parts)


def _section(library: Library, index: int, section: Section, language: str) -> str:
    """One section: its heading as a locator, our gist, and where each of its paragraphs is treated."""
    label = LABELS[language]
    name = label["section"].format(number=index) + label["colon"] + label["quotes"].format(plain(section.heading)) if index else label["lead"]
    parts = [f"### {name[:1].upper() + name[1:]} {{#s{index}}}"]
    if section.gist:
        parts.append(plain(section.gist[language]))
    parts.append("\n".join(_placed(library, section.paragraphs, language)))
    return "\n\n".join(parts)


def _placed(library: Library, paragraphs: list[Paragraph], language: str) -> Iterator[str]:
    """A list entry for paragraphs in a row that are treated on the same pages, or are background for the same reason."""
    label = LABELS[language]
    for said, some in groupby(paragraphs, key=lambda paragraph: _place(library, paragraph, language)):
        numbers = [paragraph.number for paragraph in some]
        which = label["paragraph" if len(numbers) == 1 else "paragraphs"].format(first=numbers[0], last=numbers[-1])
        yield f"- {which}{label['colon']}{said}"


def _place(library: Library, paragraph: Paragraph, language: str) -> str:
    label = LABELS[language]
    touched = [slug for slug in (*paragraph.myths, *paragraph.also) if slug in library.myths]
    if touched:
        return f"{label['touches']}{pages_of(library, touched, language, '../')}"
    return f"{label['background']}{plain(paragraph.background[language])}" if paragraph.background else label["unplaced"]
