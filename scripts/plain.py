"""Every page as plain Markdown (CommonMark with tables), served beside it as `….md.txt`: no HTML, no attribute lists, every
link in full, for programs and language models. A host that knows no type for `.md` still serves `.txt` as text."""

import posixpath
import re
from typing import Iterable
from urllib.parse import urljoin

from . import addresses, versions
from .files import digest, dump_yaml, parse_yaml, split_front_matter
from .model import CODE_SPAN, FENCE, LANGUAGES, LICENCE, SITE, Library
from .outcome import newest

PAGE = re.compile(rf"docs/({'|'.join(LANGUAGES)})/(.+\.md)")
SPAN = re.compile(rf"(?<!\\){CODE_SPAN.pattern}")
NOT_SHOWN = re.compile(r"<!--.*?-->|<(\w+)\b[^<>]* hidden(?=[ >])[^<>]*>.*?</\1>|<a class=\"permalink\".*?</a>", re.S)
FIGURE = re.compile(r"<figure\b.*?</figure>", re.S)
PICTURE = re.compile(r"!\[(?:\\.|[^\[\]\\])*\]\([^()\s]*\)")
SUMMARY = re.compile(r"<summary>(.*?)</summary>")
ANCHOR = re.compile(r"<a\b[^<>]*?\bhref=\"([^\"]*)\"[^<>]*>(.*?)</a>")
BREAK = re.compile(r" *<br> *")
TAG = re.compile(r"</?[a-z][a-z0-9]*(?: (?:[^<>\"]|\"[^\"]*\")*)?/?>", re.I)
ATTRIBUTE = r"(?:[#.][\w-]+|[\w-]+=(?:\"[^\"]*\"|[\w.%-]+))"
ATTRIBUTES = re.compile(rf" *(?<!\\)\{{:? *{ATTRIBUTE}(?: +{ATTRIBUTE})* *\}}")
TARGET = re.compile(r"(?=[\]\\ \[])(?P<before>(?<!\\)(?:\\\\)*\]\(|^ {0,3}\[(?!\^)[^\[\]\n]+\]: +)(?P<target><[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)", re.M)  # looked at first, for most characters begin none
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
EMPTY = re.compile(r"\n(?:[ \t]*\n){2,}")


def name(page: str) -> str:
    """The name of the plain Markdown of a page, `myths/cost.md.txt`."""
    return f"{page}.txt"


def pages(library: Library) -> list[re.Match[str]]:
    """The pages that there is plain Markdown of, each as its path: language and name."""
    return [match for path in library.texts if (match := PAGE.fullmatch(path))]


def make(library: Library, pages: Iterable[re.Match[str]]) -> dict[str, str]:
    """Path → plain Markdown of some pages."""
    return {name(match.group()): _page(library, match[1], match[2], library.texts[match.group()]) for match in pages}


def _page(library: Library, language: str, page: str, text: str) -> str:
    """Front lines that say what it is and of when, then the page."""
    head, body, _ = split_front_matter(text)
    known, slug = library.pages.get((language, page)), page.removeprefix("myths/").removesuffix(".md")
    myth = library.myths.get(slug) if page.startswith("myths/") else None
    day = myth.reviewed if myth else newest(library)
    lines = {
        "title": front(head).get("title", ""),
        "url": addresses.of(library, language, page),
        "language": addresses.TAGS[language],
        "as_of": str(day),
        "version": versions.version(library, known, body) if myth and known else f"{day}, {digest(text)}",
        "licence": f"CC BY 4.0 {LICENCE}",
    }
    return f"---\n{dump_yaml(lines)}---\n\n{_bare(library, language, page, body).replace(SITE, library.address)}"


def front(head: str | None) -> dict[str, str]:
    """The front matter of a page; empty when there is none that can be read."""
    found = parse_yaml(head or "").data
    return found if isinstance(found, dict) else {}


def _absolute(library: Library, language: str, page: str, target: str) -> str:
    """The address in full of what a link of a page leads to."""
    if ELSEWHERE.match(target):
        return target
    path, gap, anchor = target.partition("#")
    found = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
    return addresses.of(library, language, found) + gap + anchor


def _bare(library: Library, language: str, page: str, body: str) -> str:
    """A page's text without what only a browser understands; code stays as it is. Addresses in HTML count from that of
    the page, those in Markdown from its file."""
    code: list[str] = []

    def keep(match: re.Match[str]) -> str:
        code.append(match.group())
        return f"\0{len(code) - 1}\0"

    text = SPAN.sub(keep, FENCE.sub(keep, body))
    text = NOT_SHOWN.sub("", text)
    text = FIGURE.sub(lambda match: PICTURE.sub("", match.group()), text)  # its table stands below
    text = SUMMARY.sub(r"**\1**", text)
    text = ANCHOR.sub(lambda match: f"[{match[2]}]({urljoin(addresses.of(library, language, page), match[1])})", text)
    text = ATTRIBUTES.sub("", TAG.sub("", "\n".join(map(_unbroken, text.split("\n")))))
    text = TARGET.sub(lambda match: match["before"] + _absolute(library, language, page, match["target"].strip("<>")), text)
    text = EMPTY.sub("\n\n", text).strip() + "\n"
    return re.sub("\0(\\d+)\0", lambda match: code[int(match[1])], text)


def _unbroken(line: str) -> str:
    """A line whose breaks are those of Markdown; a cell of a table has none, its parts are set apart by dots."""
    return BREAK.sub(" · " if line.startswith("|") else "  \n" + "  " * line.startswith("- "), line)
