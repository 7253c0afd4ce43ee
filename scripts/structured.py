"""What search engines are told: each page as JSON-LD in the terms of schema.org (https://schema.org/docs/full.html), and
robots.txt. overrides/main.html takes a page's blocks into its head, one script element for each type.

Of a verdict, ClaimReview carries the number that its place on the scale has; `unproven` and `outdated` stand on no scale.
Who first made a claim the records do not know, so a Claim has no author: it names the articles that make or report it.
"""

import json
import re
from datetime import date
from typing import Any, Collection, Iterator, Mapping

from .accounts import Article
from .addresses import TAGS, of
from .cards import path
from .files import split_front_matter
from .labels import LABELS
from .model import LANGUAGES, LICENCE, OTHER, Library, Page
from .outcome import complete, conclusion, sources_of
from .records import Myth, Source
from .registers import FIGURES, SOURCES
from .versions import version

Thing = dict[str, Any]

FOLDER = "overrides/structured/{language}/{page}index.html"
ROBOTS = "docs/zh/robots.txt"
SCALE = {"false": 1, "misleading": 2, "partly-true": 3, "mostly-true": 4, "true": 5}
CORRECTIONS = ("verdict", "fact", "withdrawn", "source-lost")
FORMATS = {"json": "application/json", "csv": "text/csv", "jsonl": "application/x-ndjson"}
WORKS = {
    "article": "ScholarlyArticle",  # CSL's word for a preprint
    "article-journal": "ScholarlyArticle",
    "paper-conference": "ScholarlyArticle",
    "article-newspaper": "NewsArticle",
    "post-weblog": "BlogPosting",
    "post": "SocialMediaPosting",
    "report": "Report",
    "software": "SoftwareSourceCode",
    "webpage": "WebPage",
}
UNSAFE = re.compile(r"<|\{(?=[{%#])")  # ends or opens an element or a comment of HTML, or begins a tag of the template


def make(library: Library) -> dict[str, str]:
    """Path → text of the blocks of the pages that are of no single misconception, and of robots.txt."""
    sitemaps = "".join(f"Sitemap: {of(library, language, 'sitemap.xml')}\n" for language in LANGUAGES)
    made = {ROBOTS: f"User-agent: *\nAllow: /\n\n{sitemaps}"}
    for language in LANGUAGES:
        pages = {"": _home(library, language), "data/": _data(library, language), "figures/": _figures(library, language)}
        pages |= {f"articles/{name}/": _article_page(library, name, language) for name in library.articles}
        made |= _blocks(pages, language)
    return made


def of_myths(library: Library, slugs: Collection[str]) -> dict[str, str]:
    """Path → text of the blocks of the pages of some misconceptions."""
    made = {}
    for language in LANGUAGES:
        pages = {f"myths/{slug}/": _myth(library, slug, language) for slug in slugs if complete(library, slug)}
        pages |= {f"{register}/{slug}/": _register_page(library, register, slug, language) for register in (FIGURES, SOURCES) for slug in slugs}
        made |= _blocks(pages, language)
    return made


def _blocks(pages: Mapping[str, list[Thing]], language: str) -> dict[str, str]:
    return {FOLDER.format(language=language, page=page): "".join(map(_script, things)) for page, things in pages.items()}


def reviews(library: Library) -> Iterator[Thing]:
    """The ClaimReview of every misconception in both languages."""
    for slug in library.myths:
        for language in LANGUAGES if complete(library, slug) else ():
            yield from (_rooted(thing) for thing in _review(library, slug, language))


def _script(thing: Thing) -> str:
    text = json.dumps(_rooted(thing), ensure_ascii=False, separators=(",", ":"))
    safe = UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    return f'<script type="application/ld+json">{safe}</script>\n'


def _rooted(thing: Thing) -> Thing:
    return {"@context": "https://schema.org", **thing}


def _site(library: Library, language: str) -> Thing:
    """Who publishes, as it is named wherever something of ours is."""
    return {"@type": "Organization", "@id": f"{library.address}#organization", "name": LABELS[language]["site"], "url": library.address}


def _home(library: Library, language: str) -> list[Thing]:
    here, other = of(library, language, ""), LABELS[OTHER[language]]["site"]
    website = {"@type": "WebSite", "@id": f"{here}#website", "name": LABELS[language]["site"], "alternateName": other, "url": here, "inLanguage": TAGS[language], "license": LICENCE, "publisher": _site(library, language)}
    policies = {"publishingPrinciples": f"{here}about/method/", "correctionsPolicy": f"{here}about/corrections/"}
    pages = [(myth.title[language], f"{here}myths/{slug}/") for slug, myth in library.myths.items()]
    listed = [{"@type": "ListItem", "position": number, "name": name, "url": url} for number, (name, url) in enumerate(pages, 1)]
    return [website, {**_site(library, language), "alternateName": other, **policies}, {"@type": "ItemList", "@id": f"{here}#misconceptions", "itemListElement": listed}]


def _myth(library: Library, slug: str, language: str) -> list[Thing]:
    things = [*_review(library, slug, language), *_article(library, slug, language)]
    return [*things, _trail(library, language, [(library.myths[slug].title[language], f"myths/{slug}/")])]


def _review(library: Library, slug: str, language: str) -> list[Thing]:
    """The ClaimReview with the fields that Google and Bing name; none of a page that was withdrawn."""
    myth, here = library.myths[slug], of(library, language, f"myths/{slug}/")
    verdict, word, answer = conclusion(library, myth, language)
    if verdict == "withdrawn":
        return []
    number = {"ratingValue": SCALE[verdict], "worstRating": min(SCALE.values()), "bestRating": max(SCALE.values())} if verdict in SCALE else {}
    return [{
        "@type": "ClaimReview", "@id": f"{here}#review", "url": here, "inLanguage": TAGS[language], **_dates(myth), "author": _site(library, language),
        "claimReviewed": myth.claim[language], "itemReviewed": _claim(library, slug, language),
        "reviewRating": {"@type": "Rating", **number, "name": word, "alternateName": word, "ratingExplanation": answer},
    }]  # fmt: skip


def _dates(myth: Myth) -> Thing:
    """The days of a page: of its first version, of the newest entry of its log, and by which it must be read again."""
    return {"datePublished": str(myth.first_published), "dateModified": str(myth.changes[0].date), "expires": str(myth.recheck_by)}


def _claim(library: Library, slug: str, language: str) -> Thing:
    """The claim, which is one and the same in both languages, and where it stands."""
    where = dict.fromkeys(name for name, review in library.reviews.get(slug, ()) if review.claimed)
    appearance = [_work(article) for article in sorted(map(library.articles.__getitem__, where), key=lambda article: article.published)]
    claim = {"@type": "Claim", "@id": f"{library.address}c/{slug}/#claim", "name": library.myths[slug].claim[language]}
    return {**claim, "appearance": appearance} if appearance else claim


def _article(library: Library, slug: str, language: str) -> list[Thing]:
    """The page as an Article, once its text is there."""
    myth, page = library.myths[slug], library.pages.get((language, f"myths/{slug}.md"))
    if page is None or page.path not in library.texts:
        return []
    here, site = of(library, language, f"myths/{slug}/"), _site(library, language)
    return [{
        "@type": "Article", "@id": f"{here}#article", "url": here, "mainEntityOfPage": here, "headline": myth.title[language], "description": myth.summary[language],
        "inLanguage": TAGS[language], **_dates(myth), "version": _version(library, page), **_translation(library, slug, language),
        "image": of(library, language, path(language, slug).removeprefix(f"docs/{language}/")), "author": site, "publisher": site,
        "license": LICENCE, "isAccessibleForFree": True, "citation": _cited(library, myth), **_corrected(myth, language),
    }]  # fmt: skip


def _version(library: Library, page: Page) -> str:
    return version(library, page, split_front_matter(library.texts[page.path])[1])


def _translation(library: Library, slug: str, language: str) -> Thing:
    """The page in the other language. The Chinese one, at the root, counts as the original."""
    other, here = OTHER[language], of(library, OTHER[language], f"myths/{slug}/")
    said = {"@type": "Article", "@id": f"{here}#article", "url": here, "headline": library.myths[slug].title[other], "inLanguage": TAGS[other]}
    return {"workTranslation" if language == "zh" else "translationOfWork": said}


def _cited(library: Library, myth: Myth) -> list[Thing]:
    """The sources of a page's facts, each once."""
    return [_work(source) for source in sources_of(library, myth).values()]


def _work(source: Source | Article) -> Thing:
    if isinstance(source, Article):
        return {"@type": "Article", "name": source.title, "url": source.url, "datePublished": source.published[:10], "inLanguage": source.language}
    return {"@type": WORKS.get(source.type, "CreativeWork"), "name": source.title, "url": source.url, "datePublished": source.issued}


def _corrected(myth: Myth, language: str) -> Thing:
    comments = [{"@type": "CorrectionComment", "text": change.note[language], "datePublished": str(change.date)} for change in myth.changes if change.kind in CORRECTIONS]
    return {"correction": comments} if comments else {}


def _trail(library: Library, language: str, below: list[tuple[str, str]]) -> Thing:
    """The way from the home page to a page: name and path of each step below it."""
    steps = [(LABELS[language]["structured"]["home"], ""), *below]
    items = [{"@type": "ListItem", "position": number, "name": name, "item": {"@type": "WebPage", "@id": of(library, language, path)}} for number, (name, path) in enumerate(steps, 1)]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _article_page(library: Library, name: str, language: str) -> list[Thing]:
    return [_trail(library, language, [(LABELS[language]["articles_title"], "articles/"), (library.articles[name].title, f"articles/{name}/")])]


def _register_page(library: Library, register: str, slug: str, language: str) -> list[Thing]:
    return [_trail(library, language, [(LABELS[language][f"{register}_title"], f"{register}/"), (library.myths[slug].label[language], f"{register}/{slug}/")])]


def _data(library: Library, language: str) -> list[Thing]:
    files = [name for name in LABELS[language]["data_files"] if not name.startswith("schemas/") and _format(name)]
    return [_dataset(library, language, "data/", "dataset", files), _trail(library, language, [(LABELS[language]["data_title"], "data/")])]


def _figures(library: Library, language: str) -> list[Thing]:
    facts = _dataset(library, language, "figures/", "facts", ["facts.json", "facts.csv"])
    whole = {"@type": "Dataset", "@id": f"{library.address}data/#dataset", "name": LABELS[language]["structured"]["dataset"], "url": of(library, language, "data/")}
    return [{**facts, "isPartOf": whole}, _trail(library, language, [(LABELS[language]["figures_title"], "figures/")])]


def _dataset(library: Library, language: str, page: str, name: str, files: list[str]) -> Thing:
    """A Dataset, the same in both languages, as Google asks for it (https://developers.google.com/search/docs/appearance/structured-data/dataset)."""
    label, words = LABELS[language], LABELS[language]["structured"]
    newest: list[date] = [myth.changes[0].date for myth in library.myths.values()]
    return {
        "@type": "Dataset", "@id": f"{library.address}{page}#{name}", "url": of(library, language, page), "name": words[name], "description": words[f"{name}_description"],
        "inLanguage": list(TAGS.values()), **({"dateModified": str(max(newest))} if newest else {}), "license": LICENCE, "isAccessibleForFree": True, "creator": _site(library, language),
        "distribution": [
            {"@type": "DataDownload", "name": file, "description": label["data_files"][file], "contentUrl": f"{library.address}data/{file}", "encodingFormat": _format(file)} for file in files
        ],
    }  # fmt: skip


def _format(file: str) -> str:
    """The media type of a data file; empty for what is no data."""
    return "application/vnd.citationstyles.csl+json" if file == "sources.json" else FORMATS.get(file.rpartition(".")[2], "")
