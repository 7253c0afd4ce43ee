"""What a misconception's page has on paper alone: its short address as a QR code, and every source with its address, for
paper has no links. overrides/partials/printed.html takes both into the page."""

import re
from html import escape
from itertools import chain
from typing import Iterable

import segno

from .addresses import TAGS
from .csl import HAN
from .model import LANGUAGES, SOURCE_LINK, Library, Page
from .outcome import complete, sources_of

CODE = "overrides/printed/{slug}.html"  # .html, for MkDocs takes every other file of a theme into the site
SOURCES = "overrides/printed/{language}/{slug}.html"
NAMED = re.compile(rf"{SOURCE_LINK.pattern}|articles/([a-z0-9-]+)")  # what a link to one of the site's pages on sources leads to


def make(library: Library, slugs: Iterable[str]) -> dict[str, str]:
    """Path → text of the code of the page of each misconception and of its sources in each language."""
    slugs = [slug for slug in slugs if complete(library, slug)]
    made = {CODE.format(slug=slug): _code(f"{library.address}c/{slug}/") for slug in slugs}
    pages = {(language, slug): library.pages.get((language, f"myths/{slug}.md")) for language in LANGUAGES for slug in slugs}
    return made | {SOURCES.format(language=language, slug=slug): _sources(library, page) for (language, slug), page in pages.items() if page}


def _code(address: str) -> str:
    """A QR code as SVG, a unit for each module, with the quiet zone of 4 that the standard asks for (ISO/IEC 18004). Up to
    15 % of it may be lost (level M)."""
    return segno.make(address, error="m", boost_error=False, micro=False).svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None).strip() + "\n"


def _sources(library: Library, page: Page) -> str:
    """The items of a list. Without what may be left out in HTML: the page carries them unseen."""
    return "".join(f"<li{_language(title, page.language)}>{_safe(title)}{'<br>' if title else ''}{_safe(url)}\n" for url, title in _listed(library, page).items())


def _listed(library: Library, page: Page) -> dict[str, str]:
    """Address → title of every source that the page has something from: by its facts, by what it says of articles, and by
    its links. What is in no register has its address alone."""
    named = chain(sources_of(library, library.myths[page.slug]), (name for name, _ in library.reviews.get(page.slug, ())))
    targets = [link.target for link in page.parsed.links]
    linked = (match[2] or match[3] for target in targets if (match := NAMED.search(target)))
    works = (library.articles.get(name) or library.sources.get(name) for name in chain(named, linked))
    found = {work.url: work.title for work in works if work}
    return found | {url: library.titles.get(url, "") for url in targets if url.startswith(("https://", "http://")) and url not in found}


def _language(title: str, language: str) -> str:
    own = "zh" if HAN.search(title) else "en"
    return "" if own == language else f' lang="{TAGS[own]}"'


def _safe(text: str) -> str:
    """Text for HTML, in which the template finds no tag of its own."""
    return escape(text, quote=False).replace("{", "&#123;")
