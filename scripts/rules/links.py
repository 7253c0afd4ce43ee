"""Rules about links: every one leads to a page, a section, a footnote or a file that is there."""

import posixpath
import re
from functools import lru_cache
from typing import Collection, Iterator
from urllib.parse import unquote

from .. import registers
from ..memo import remembered
from ..markup import blank
from ..model import CODE_SPAN, Library, Page, Problem
from ..prose import Link
from . import rule
from .figures import FACT_LINK

FOOTNOTE = re.compile(r"(?<!\\)\[\^([^\]\n]+)\]")
DEFINITION = re.compile(r"^ {0,3}(?=\[\^([^\]\n]+)\]:)", re.M)
ANCHOR = re.compile(r"\{#([\w-]+)|\bid=\"([\w-]+)\"")
BROKEN = re.compile(r"(?<![\\!])(?:\[[^\[\]\n]+\] +\((?:[#./]|https?:|[\w/-]+\.md)[^)\n]*\)?|\[[^\[\]\n]*\]\([^()\n]*$|\[ *\]\([^)\n]*\)|\[\[[^\[\]\n]+\]\](?![(\[]))", re.M)
PREVIEW = re.compile(r"https?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0)\b")
NEAR = 64  # pages whose ids are kept: most links lead to the page itself or to its registers
ELSEWHERE = ("http://", "https://", "mailto:")


class _Targets:
    """The files that links may lead to, and the ids of a page as it must be made or else as it is. While a broken record keeps
    the pages of facts and sources from being made, they are taken to have an id for each record: one fault is enough."""

    def __init__(self, library: Library):
        self.library = library
        self.shown = {"articles/index.md": ""} | {registers.page(register, slug): register for register in (registers.FIGURES, registers.SOURCES) for slug in ("", *library.named("myths"))}
        self.ids = lru_cache(maxsize=NEAR)(self._ids)

    def exist(self, path: str) -> bool:
        return any(path in known for known in (self.library.made, self.library.texts, self.library.files)) or _name(path) in self.shown

    def _ids(self, path: str) -> Collection[str]:
        if not path.endswith(".md"):
            return ()
        if path in self.library.made:
            return _ids(self.library.made[path])
        page = self.library.pages.get((path.split("/")[1], _name(path)))
        found = set(_ids(page.text)) if page else set()
        if page and page.slug in self.library.myths:
            found |= {f"fact-{name}" for name in self.library.myths[page.slug].facts}
        return found.union(registers.entries(self.library, self.shown.get(_name(path), "")))


def _name(path: str) -> str:
    """A path below its language's folder."""
    return path.split("/", 2)[2]


@remembered
def _ids(text: str) -> frozenset[str]:
    return frozenset(heading or attribute for heading, attribute in ANCHOR.findall(text))


@rule("LINK-1")
def links_lead_somewhere(library: Library) -> Iterator[Problem]:
    """A link or picture in the words of a page leads to a page or file that exists, and to an id that the page has. It
    is Markdown, with its text and whole, unless it leads to another site or to an id of its own page; a reference,
    `[a][b]`, has its definition. None leads to a preview."""
    targets = _Targets(library)
    for page in library.pages.values():
        if page.whole:
            continue
        facts = {f"#fact-{name}" for _, name in FACT_LINK.findall(page.prose)} if page.slug else set()  # FACT-3 tells of them
        for offset, text in _broken(page.prose):
            yield Problem(page.path, page.line_at(offset), "LINK-1", f"'{text}' is no whole link, must be [text](page.md)")
        for link in page.parsed.links:
            if PREVIEW.match(link.target):
                yield Problem(page.path, page.body_line + link.line, "LINK-1", f"links to '{link.target}', the preview of one machine, must be a page of the tree, [text](page.md)")
            if not link.target.startswith(ELSEWHERE) and (link.raw or link.target not in facts):
                for message in _astray(targets, page, link):
                    yield Problem(page.path, page.body_line + link.line, "LINK-1", message)
        for line, text in page.parsed.undefined:
            yield Problem(page.path, page.body_line + line, "LINK-1", f"'{text}' has no definition, must have one, `[…]: page.md`")


@remembered
def _broken(prose: str) -> list[tuple[int, str]]:
    return [(match.start(), match.group()) for match in BROKEN.finditer(blank(CODE_SPAN, prose))]


def _astray(targets: _Targets, page: Page, link: Link) -> Iterator[str]:
    """What is wrong with a link within the site."""
    target, _, anchor = unquote(link.target).partition("#")
    name = posixpath.normpath(posixpath.join(posixpath.dirname(page.name), target)) if target else page.name
    path = f"docs/{page.language}/{name}"
    if not link.target:
        yield "links to nothing, must have an address"
    elif link.raw and target:
        yield f"leads to '{link.target}' in raw HTML, must do so in Markdown, [text](page.md) or ![text](picture.svg)"
    elif not targets.exist(path):
        yield f"links to '{link.target}', {path} must exist"
    elif anchor and anchor not in targets.ids(path):
        yield f"links to '{link.target}', {_wanted(targets.library, page, name, anchor)}"


def _wanted(library: Library, page: Page, name: str, anchor: str) -> str:
    """What a link must be whose page lacks the id: one to the page of the register that shows what it names."""
    register = name.removesuffix(".md").partition("/")[0]
    if anchor not in registers.entries(library, register):
        return f"docs/{page.language}/{name} must have the id '{anchor}'"
    own = page.slug and register == registers.SOURCES  # what its words link, a misconception's page of sources has
    shown = f"{registers.page(register, page.slug)}#{anchor}" if own else registers.link(library, register, anchor, page.slug)
    return f"must be '{'../' * page.name.count('/')}{shown}'"


@rule("LINK-2")
def footnotes(library: Library) -> Iterator[Problem]:
    """A footnote that is called is defined, and one that is defined is called."""
    for page in (page for page in library.pages.values() if "[^" in page.prose):
        text = blank(CODE_SPAN, page.prose)
        defined = {match[1]: match.end() for match in DEFINITION.finditer(text)}
        called = {match[1]: match.start() for match in FOOTNOTE.finditer(text) if defined.get(match[1]) != match.start()}
        for name in called.keys() ^ defined.keys():
            what, must = ("called", "defined") if name in called else ("defined", "called")
            line = page.line_at((called | defined)[name])
            yield Problem(page.path, line, "LINK-2", f"the footnote '{name}' is {what} only, must be {must} too")


@rule("ADDR-1")
def addresses_live(library: Library) -> Iterator[Problem]:
    """Every slug in addresses.yml leads to a misconception: its own, or the one that it has moved to; so does every slug of
    which a version is kept. `make build` enters what is published; a slug is never taken out, nor its page made a draft again,
    for links to it are out in the world: a page that is withdrawn stays, with an entry that says why."""
    path, live = "docs/data/addresses.yml", library.named("myths")
    for slug, address in library.addresses.items():
        if slug not in live and address.moved not in live:
            must = "its record not be a draft again" if slug in library.drafts else "its misconception, or `moved:` with the slug of another"
            yield Problem(*library.at(path, slug, "moved"), "ADDR-1", f"{slug} leads nowhere, must have {must}")
        if slug in live and address.moved:
            yield Problem(*library.at(path, slug, "moved"), "ADDR-1", f"{slug} has moved to {address.moved} and is still there, must be one of both")
    for slug in library.versions.keys() - library.ids("addresses"):
        yield Problem(path, 1, "ADDR-1", f"lacks {slug}, which was published, must have it as it was")
