"""Rules about links: every one leads to a page, a section, a footnote or a file that is there."""

import posixpath
import re
from typing import Iterator

from ..model import LANGUAGES, Library, Problem
from . import rule

LINK = re.compile(r"(?<!\\)\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^)\s]+)(?: \"[^\"]*\")?\)")
FOOTNOTE = re.compile(r"\[\^([\w-]+)\](?!:)")
DEFINITION = re.compile(r"^\[\^([\w-]+)\]:", re.M)
ANCHOR = re.compile(r"\{#([\w-]+)|\bid=\"([\w-]+)\"")
ELSEWHERE = ("http://", "https://", "mailto:")


def _anchors(library: Library) -> dict[str, set[str]]:
    """Path of every page, as it must be made or else as it is → the ids it has. While a broken record keeps the pages
    of facts and sources from being made, they are taken to have an id for each record: one fault is enough."""
    texts = {page.path: page.text for page in library.pages.values()}
    made = {path: text for path, text in library.made.items() if path.endswith(".md")}
    anchors = {path: {heading or attribute for heading, attribute in ANCHOR.findall(text)} for path, text in (texts | made).items()}
    for language in LANGUAGES:
        for name, ids in (("figures.md", library.facts), ("sources.md", library.sources), ("articles/index.md", ())):
            if (path := f"docs/{language}/{name}") not in made:
                anchors.setdefault(path, set()).update(ids)
    for page in library.pages.values():
        if page.slug in library.myths and page.path not in made:
            anchors[page.path] |= {f"fact-{name}" for name in library.myths[page.slug].facts}
    return anchors


@rule("LINK-1")
def links_lead_somewhere(library: Library) -> Iterator[Problem]:
    """A link in the words of a page leads to a page or file that exists, and to an id that the page has."""
    anchors = _anchors(library)
    files = anchors.keys() | library.texts.keys() | library.made.keys()
    for page in library.pages.values():
        for match in LINK.finditer("" if page.whole else page.prose):
            target, _, anchor = match[1].partition("#")
            if match[1].startswith(ELSEWHERE) or anchor.startswith("fact-") and not target:
                continue
            name = posixpath.normpath(posixpath.join(posixpath.dirname(page.name), target)) if target else page.name
            path, line = f"docs/{page.language}/{name}", page.line_at(match.start())
            if path not in files:
                yield Problem(page.path, line, "LINK-1", f"links to '{match[1]}', {path} must exist")
            elif anchor and anchor not in anchors.get(path, ()):
                yield Problem(page.path, line, "LINK-1", f"links to '{match[1]}', {path} must have the id '{anchor}'")


@rule("LINK-2")
def footnotes(library: Library) -> Iterator[Problem]:
    """A footnote that is called is defined, and one that is defined is called."""
    for page in library.pages.values():
        called = {m[1]: m.start() for m in FOOTNOTE.finditer(page.prose)}
        defined = {m[1]: m.start() for m in DEFINITION.finditer(page.prose)}
        for name in called.keys() ^ defined.keys():
            what, must = ("called", "defined") if name in called else ("defined", "called")
            line = page.line_at((called | defined)[name])
            yield Problem(page.path, line, "LINK-2", f"the footnote '{name}' is {what} only, must be {must} too")
