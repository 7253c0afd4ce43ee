"""Rules about ingested articles: what we say of them."""

from functools import partial
from typing import Iterator

from ..accounts import Article
from ..model import LANGUAGES, Library, Problem
from . import rule
from .figures import Register


@rule("ART-1")
def article_figures(library: Library) -> Iterator[Problem]:
    """A figure in what is said of an article is one of the article's own figures."""
    register = Register(library)
    for name, article in library.articles.items():
        own = {(figure.value, figure.unit) for section in article.sections for paragraph in section.paragraphs for figure in paragraph.figures}
        values = {value for value, _ in own}
        for keys, text in _said(article):
            for figure in register.figures(text, str(keys[-1])):
                if (figure.value, figure.unit) not in own and (figure.unit or figure.value not in values) and (figure.value, None) not in own:
                    place = library.at(f"docs/data/articles/{name}.yml", *keys)
                    yield Problem(*place, "ART-1", f"'{figure.text}' is no figure of the article, must be one that stands in it")


@rule("ART-2")
def articles_told(library: Library) -> Iterator[Problem]:
    """An ingested article has a translation of its title, an interest, a summary, and a gist for each section that has
    paragraphs."""
    for name, article in library.articles.items():
        path = f"docs/data/articles/{name}.yml"
        for field in ("translation", "interest", "summary"):
            if getattr(article, field) is None:
                yield Problem(path, 1, "ART-2", f"{field} is missing, must be written by an editor")
        for index, section in enumerate(article.sections):
            if section.paragraphs and section.gist is None:
                yield Problem(*library.at(path, "sections", index), "ART-2", f"the gist of section {index} is missing, must be written by an editor")


@rule("ART-3")
def paragraphs_placed(library: Library) -> Iterator[Problem]:
    """Each paragraph of an article either touches a misconception, by what ingest found in it or by the editor's `also`,
    or is `background`, with the reason."""
    for name, article in library.articles.items():
        for index, section in enumerate(article.sections):
            for place, paragraph in enumerate(section.paragraphs):
                touched, at = [*paragraph.myths, *paragraph.also], partial(library.at, f"docs/data/articles/{name}.yml", "sections", index, "paragraphs", place)
                if not touched and paragraph.background is None:
                    yield Problem(*at(), "ART-3", f"paragraph {paragraph.number} touches no misconception, must have `also: [slug]` or `background:` with the reason in both languages")
                if touched and paragraph.background is not None:
                    yield Problem(*at(), "ART-3", f"paragraph {paragraph.number} is background and touches {', '.join(touched)}, must be one of both")
                for slug in set(paragraph.also) & set(paragraph.myths):
                    yield Problem(*at(), "ART-3", f"paragraph {paragraph.number} names {slug} in `also`, which ingest found too, must name it once")


def _said(article: Article) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for language in LANGUAGES:
        if article.translation:
            yield ("translation", language), article.translation[language]
        if article.summary:
            yield ("summary", language), article.summary[language]
        for index, section in enumerate(article.sections):
            if section.gist:
                yield ("sections", index, "gist", language), section.gist[language]
        for index, review in enumerate(article.reviews):
            yield ("reviews", index, "says", language), review.says[language]
