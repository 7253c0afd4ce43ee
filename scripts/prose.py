"""What a Markdown parser finds in hand-written text: links, headings, and breaks within paragraphs, each with its line.

markdown-it-py (https://markdown-it-py.readthedocs.io/) reads it as CommonMark with tables and footnotes; the parser
that MkDocs uses knows no line numbers.
"""

import re
from functools import lru_cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, NamedTuple, Sequence

from .memo import remembered

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

BLANKS = re.compile(r"^ +$", re.M)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
CLOSE_HEADING = re.compile(r"^#{1,6}(?=[^#\s])", re.M)  # MkDocs takes `##x` for a heading, CommonMark does not
INTERRUPTS = ("bullet_list_open", "ordered_list_open", "table_open")  # to MkDocs they go on with the paragraph above
REFERENCE = re.compile(r"\[[^\[\]]+\]\[[^\[\]]*\]")
HAN_BREAK = re.compile(r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])\n(?=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])")


class Link(NamedTuple):
    """A link or picture: its line, its address as written, and whether it is raw HTML."""

    line: int
    target: str
    raw: bool = False


class Prose(NamedTuple):
    """What a text holds. Lines count from 0. `undefined` are reference links, `[a][b]`, without their definition."""

    links: list[Link]
    undefined: list[tuple[int, str]]
    headings: list[int]
    breaks: list[int]


@remembered
def read(text: str) -> Prose:
    """Parses a text. Any text is Markdown: nothing is raised."""
    found = Prose([], [], [], [match_line(text, match) for match in HAN_BREAK.finditer(text)])
    env: dict[str, Any] = {}
    end = -1
    for token in _parser().parse(BLANKS.sub("", text), env):
        line = token.map[0] if token.map else 0
        if token.type == "heading_open":
            found.headings.append(line)
        elif token.type == "html_block":
            _inline(found, _parser().parseInline(token.content, env)[0].children or [], line, False)
        elif token.type == "inline":
            found.headings.extend(line + match_line(token.content, match) for match in CLOSE_HEADING.finditer(token.content))
            _inline(found, token.children or [], line, True)
        elif token.type == "paragraph_open" and not token.level:
            end = token.map[1] if token.map else -1
        elif token.type in INTERRUPTS and not token.level and line == end:
            found.breaks.append(line - 1)
    met = {link.target for link in found.links}
    found.links.extend(Link(entry["map"][0], entry["href"]) for entry in env.get("references", {}).values() if entry["href"] not in met)
    return found


def match_line(text: str, match: re.Match[str]) -> int:
    """The line, from 0, in which a match begins."""
    return text.count("\n", 0, match.start())


@lru_cache(maxsize=1)
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # takes long to import, and only the rules need it
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark").enable("table").use(footnote_plugin).disable(["emphasis", "text_join"])  # \[ stays apart from [
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return parser


def _inline(found: Prose, children: "Sequence[Token]", line: int, paragraph: bool) -> None:
    """Adds what stands within one block that begins at `line`."""
    first, shown = line, ""
    for child in children:
        if child.type == "link_open":
            found.links.append(Link(line, str(child.attrs["href"])))
        elif child.type == "image":
            found.links.append(Link(line, str(child.attrs["src"])))
        elif child.type == "html_inline":
            _tags(found, child.content, line)
        elif child.type == "softbreak" and paragraph:
            found.breaks.append(line)
        lines = child.content.count("\n") if child.type == "html_inline" else int(child.type in ("softbreak", "hardbreak"))
        shown += "\n" * lines or (child.content if child.type == "text" else "\0" * len(child.content))
        line += lines
    found.undefined.extend((first + match_line(shown, match), match.group()) for match in REFERENCE.finditer(shown))


class _Tags(HTMLParser):
    """Keeps the tags that open."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append((tag, dict(attrs)))


def _tags(found: Prose, html: str, line: int) -> None:
    reader = _Tags()
    reader.feed(html)
    for tag, attributes in reader.opened:
        if tag in HEADINGS:
            found.headings.append(line)
        found.links.extend(Link(line, attributes[name] or "", True) for name in ("href", "src") if name in attributes)
