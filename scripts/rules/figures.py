"""Rules about figures: every one is a registered fact, in its exact words, from a source with a locator."""

import ast
import operator
import re
from decimal import Decimal
from functools import lru_cache
from typing import Iterator

from ..figures import DATE, Found, find, parse
from ..model import LANGUAGES, Library, Page, Problem
from ..records import NAME_IN_FORMULA, Article, Fact
from . import rule

FACT_LINK = re.compile(r"\[([^\]]*)\]\(#fact-([a-z0-9-]+)\)")
NOT_PROSE = re.compile(r"`[^`\n]*`|\[\^[\w-]+\]|\]\([^)\n]*\)|<[^>\n]*>|\{[#.:][^}\n]*\}|https?://\S+|^ *\d+\. ", re.M)
CODE = re.compile(r"`[^`\n]*`|https?://\S+")
OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
FIGURE = re.compile(r"\d|[万亿]|分之")
LONGER = r"(?! ?(?:[十百千]?[万亿]|(?:thousand|million|billion|trillion|bn|mn|tn|[kKmMbBtT])\b))"
FACTS = "docs/data/facts.yml"


@lru_cache(maxsize=None)
def _exactly(*words: str) -> re.Pattern[str]:
    """Any of the words, not as a part of a longer figure; the longest that fits."""
    any_of = "|".join(re.escape(said) for said in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![\d.,$¥-])(?<![\d] )(?:{any_of or '(?!)'})(?![\d%])(?![.,]\d){LONGER}")


@lru_cache(maxsize=None)
def _names(*terms: str) -> re.Pattern[str]:
    """Any of the terms that hold a digit."""
    return re.compile("|".join(re.escape(term) for term in sorted(terms, key=len, reverse=True) if re.search(r"\d", term)) or "(?!)")


def _blank(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: " " * len(match.group()), text)


def strays(library: Library, text: str, language: str, allowed: list[str]) -> list[Found]:
    """The figures of a text that are neither the exact words of an allowed fact, nor a date, nor part of a name."""
    if not FIGURE.search(text):
        return []
    text = _blank(NOT_PROSE, text)
    text = _blank(_names(*(getattr(term, language) for term in library.glossary.values())), text)
    text = _blank(_exactly(*_words(library, language, allowed)), text)
    return [figure for figure in find(text) if figure.date is None and FIGURE.search(figure.text)]


def _words(library: Library, language: str, names: list[str]) -> dict[str, list[str]]:
    """Words → the facts that say them, among the facts named."""
    result: dict[str, list[str]] = {}
    for name in names:
        fact = library.facts.get(name)
        if fact and fact.words:
            result.setdefault(fact.words[language], []).append(name)
    return result


def _nearest(library: Library, figure: Found, language: str, allowed: list[str]) -> str:
    """What the register has instead of a stray figure, in words."""
    if same := _words(library, language, list(library.facts)).get(figure.text):
        return f"facts.yml has it as {' or '.join(same)}: add that to the facts"
    ranked = sorted(
        (abs(fact.value - figure.value) / max(abs(fact.value), Decimal(1)), name, fact.words[language])
        for name in allowed
        if (fact := library.facts.get(name)) and fact.words and fact.value is not None and figure.value is not None
    )
    return f"facts.yml has '{ranked[0][2]}' ({ranked[0][1]})" if ranked and ranked[0][0] < Decimal("0.5") else "enter it in facts.yml, or, if it is part of a name, the name in glossary.yml"


@rule("FACT-1")
def facts_sourced(library: Library) -> Iterator[Problem]:
    """Every fact names a source of sources.yml, or an ingested article, and a place in it."""
    for name, fact in library.facts.items():
        if fact.source not in library.sources.keys() | library.named("articles"):
            yield Problem(*library.at(FACTS, name, "source"), "FACT-1", f"source is '{fact.source}', must be in sources.yml or be an article")


@rule("FACT-2")
def figures_registered(library: Library) -> Iterator[Problem]:
    """Every figure in the words of a page is one of its registered facts, in that language's exact words. Dates,
    years, names, list numbers, code and addresses are exempt."""
    for page in library.pages.values():
        if page.whole:
            continue
        text = _blank(FACT_LINK, page.prose)
        allowed = library.myths[page.slug].facts if page.slug in library.myths else list(library.facts)
        for figure in strays(library, text, page.language, allowed):
            yield _stray(library, (page.path, page.line_at(figure.start)), figure, page.language, allowed, "this page's facts")
    for path, keys, language, text, allowed, whose in _record_texts(library):
        for figure in strays(library, text, language, allowed):
            yield _stray(library, library.at(path, *keys), figure, language, allowed, whose)


def _stray(library: Library, place: tuple[str, int], figure: Found, language: str, allowed: list[str], whose: str) -> Problem:
    return Problem(*place, "FACT-2", f"'{figure.text}' is no figure of {whose}; {_nearest(library, figure, language, allowed)}")


def _record_texts(library: Library) -> Iterator[tuple[str, tuple[str | int, ...], str, str, list[str], str]]:
    """The texts of records that readers see: path, keys, language, text, the facts it may use, whose they are."""
    every = list(library.facts)
    for language in LANGUAGES:
        for slug, myth in library.myths.items():
            for name in ("title", "claim", "answer", "summary"):
                yield f"docs/data/myths/{slug}.yml", (name, language), language, getattr(myth, name)[language], myth.facts, "this page's facts"
        for name, article in library.articles.items():
            for index, review in enumerate(article.reviews):
                keys = ("reviews", index, "finding", language)
                yield f"docs/data/articles/{name}.yml", keys, language, review.finding[language], review.facts, "this review's facts"
        for name, chart in library.charts.items():
            for part in ("title", "note"):
                yield "docs/data/charts.yml", (name, part, language), language, getattr(chart, part)[language], every, "the register"
        for name, fact in library.facts.items():
            for part in ("statement", "covers", "excludes"):
                if text := getattr(fact, part):
                    yield FACTS, (name, part, language), language, text[language], every, "the register"


@rule("FACT-3")
def links_exact(library: Library) -> Iterator[Problem]:
    """A link to a fact names a fact of the page and says the fact's exact words."""
    for page, text, name, line in _fact_links(library):
        fact = library.facts.get(name)
        if name not in library.myths[page.slug].facts:
            yield Problem(page.path, line, "FACT-3", f"links to '{name}', must be one of the facts of docs/data/myths/{page.slug}.yml")
        elif fact and fact.words and not _exactly(fact.words[page.language]).search(text):
            yield Problem(page.path, line, "FACT-3", f"'{text}' links to {name}, must say '{fact.words[page.language]}'")
        for figure in strays(library, text, page.language, [name]):
            yield Problem(page.path, line, "FACT-3", f"'{text}' links to {name} and also says '{figure.text}', must say its own words only")


def _fact_links(library: Library) -> Iterator[tuple[Page, str, str, int]]:
    for page in library.pages.values():
        if page.slug in library.myths:
            for match in FACT_LINK.finditer(page.prose):
                yield page, match[1], match[2], page.line_at(match.start())


@rule("FACT-4")
def first_mention_links(library: Library) -> Iterator[Problem]:
    """Where a page first says a figure, the figure links to its row in the evidence table."""
    for page in library.pages.values():
        if page.slug not in library.myths:
            continue
        prose = _blank(CODE, page.prose)
        words = _words(library, page.language, library.myths[page.slug].facts)
        linked = {name: match.start() for match in reversed(list(FACT_LINK.finditer(prose))) for name in [match[2]]}
        seen: set[str] = set()
        for match in _exactly(*words).finditer(_blank(DATE, _blank(FACT_LINK, prose))):
            said = match.group()
            if said not in seen and match.start() < min((linked.get(name, len(prose)) for name in words[said])):
                wanted = " or ".join(f"[{said}](#fact-{name})" for name in words[said])
                yield Problem(page.path, page.line_at(match.start()), "FACT-4", f"'{said}' stands without a link, must be {wanted}")
            seen.add(said)


@rule("FACT-5")
def words_read_back(library: Library) -> Iterator[Problem]:
    """The words of a fact, read as a figure, give its value and do not name another unit."""
    for name, fact in library.facts.items():
        for language in LANGUAGES if fact.words else ():
            read = parse(fact.words[language])
            place = library.at(FACTS, name, "words", language)
            if read is None:
                yield Problem(*place, "FACT-5", f"words.{language} is '{fact.words[language]}', must be one figure")
            elif read[0] != fact.value:
                yield Problem(*place, "FACT-5", f"words.{language} is '{fact.words[language]}', {_plain(read[0])}, must be {_plain(fact.value)}")
            elif read[1] and read[1] != (fact.unit or "").partition("/")[0]:
                yield Problem(*place, "FACT-5", f"words.{language} is in {read[1]}, must be in {fact.unit}")


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@rule("FACT-6")
def derived_right(library: Library) -> Iterator[Problem]:
    """A derived figure is what its formula gives, rounded to the figure's own decimals."""
    for name, fact in library.facts.items():
        if fact.formula is None or fact.value is None:
            continue
        place = library.at(FACTS, name, "formula")
        try:
            result = compute(fact.formula, library.facts).quantize(fact.value)
        except ValueError as error:
            yield Problem(*place, "FACT-6", f"formula '{fact.formula}' {error}")
        except ArithmeticError:
            yield Problem(*place, "FACT-6", f"formula '{fact.formula}' divides by zero or is too large, must give a figure")
        else:
            if result != fact.value:
                yield Problem(*place, "FACT-6", f"value is {_plain(fact.value)}, must be {_plain(result)} = {fact.formula}")


def compute(formula: str, facts: dict[str, Fact]) -> Decimal:
    """The value of arithmetic (+ - * / and brackets) on ids of facts and whole numbers.

    Raises ValueError, in the author's words, when it is no such formula."""
    names = NAME_IN_FORMULA.sub(lambda match: f"_{match.group().replace('-', '_')}", formula)
    known = {f"_{name.replace('-', '_')}": fact.value for name, fact in facts.items() if fact.value is not None}
    try:
        tree = ast.parse(names, mode="eval").body
    except (SyntaxError, RecursionError, MemoryError):
        raise ValueError("is broken, must be arithmetic on ids of facts") from None

    def value(node: ast.expr) -> Decimal:
        if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
            return OPERATORS[type(node.op)](value(node.left), value(node.right))
        if isinstance(node, ast.Name) and node.id in known:
            return known[node.id]
        if isinstance(node, ast.Constant) and isinstance(node.value, int):
            return Decimal(node.value)
        raise ValueError(f"names '{ast.unparse(node).lstrip('_').replace('_', '-')}', must be arithmetic on ids of facts with a value")

    return value(tree)


@rule("FACT-7")
def facts_used(library: Library) -> Iterator[Problem]:
    """Every fact stands in the evidence of a misconception, or a formula, chart or review needs it."""
    used = {name for myth in library.myths.values() for name in myth.facts}
    used |= {bar.fact for chart in library.charts.values() for bar in chart.bars}
    used |= {name for article in library.articles.values() for review in article.reviews for name in review.facts}
    used |= {name for fact in library.facts.values() for name in fact.needs}
    used |= _named_in_broken_records(library)
    for name in library.facts.keys() - used:
        yield Problem(*library.at(FACTS, name), "FACT-7", f"{name} is used nowhere, must be a fact of some docs/data/myths/*.yml")


def _named_in_broken_records(library: Library) -> set[str]:
    """Whatever could be an id in the misconceptions and articles that could not be read: one fault is enough."""
    broken = {f"docs/data/{folder}/{name}.yml" for folder in ("myths", "articles") for name in library.named(folder) - getattr(library, folder).keys()}
    return {name for path in broken for name in re.findall(r"[a-z0-9-]+", library.texts[path])}


@rule("ART-1")
def article_figures(library: Library) -> Iterator[Problem]:
    """A figure in what is said of an article is one of the article's own figures."""
    for name, article in library.articles.items():
        own = {(figure.value, figure.date) for section in article.sections for paragraph in section.paragraphs for figure in paragraph.figures}
        values = {value for value, _ in own if value is not None}
        for keys, text in _said(article):
            for figure in strays(library, text, str(keys[-1]), []):
                if figure.value not in values:
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


def _said(article: Article) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for language in LANGUAGES:
        if article.summary:
            yield ("summary", language), article.summary[language]
        for index, section in enumerate(article.sections):
            if section.gist:
                yield ("sections", index, "gist", language), section.gist[language]
        for index, review in enumerate(article.reviews):
            yield ("reviews", index, "says", language), review.says[language]
