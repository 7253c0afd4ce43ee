"""The body of an article as blocks: headings and paragraphs, without what is not text.

A CommonMark parser finds the blocks; inside a block, markup that is no text is taken away by scans that look at each
character a bounded number of times. Emphasis stays: a byline is told by it.
"""

import html
import re
from typing import Iterator, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from .files import Fault
from .raw import visible

LINES, NESTING, BARS = 10_000, 20, 20_000
HEADING_TAG = re.compile(r"h[1-6]")
BOLD = re.compile(r"^\*\*(?P<text>[^*\n]{1,40}[^*\n。！？.!?])\*\*$")
_TARGET = r"\((?:[^()\[\]\n]|\([^()\[\]\n]*+\))*+\)"
IMAGE = re.compile(rf"!\[[^\[\]]*+\](?:{_TARGET}|\[[^\[\]\n]*+\])|!\[\[[^\[\]\n]*+\]\]")
LINK_ONLY = re.compile(r"^(?:\[[^\]]+\]\((?P<url>https?://[^)\s]+)\)|<(?P<bare>https?://[^>\s]+)>)$")
LINK = re.compile(rf"(?<!\\)\[(?P<text>[^\[\]]*+)\](?:{_TARGET}|\[[^\[\]\n]*+\])")
WIKI = re.compile(r"\[\[(?:[^\[\]|\n]*+\|)?(?P<text>[^\[\]|\n]*+)\]\]")
FOOTNOTE = re.compile(r"\[\^[^\[\]\n]*+\]")
CONTAINER = re.compile(r"^:{3,}[^\n]*$", re.M)
CALLOUT = re.compile(r"^\[![\w-]+\][+-]?[ \t]*")
TASK = re.compile(r"^\[[ xX]\][ \t]+")
BLOCK_ID = re.compile(r"(?:^|(?<=\s))\^[A-Za-z0-9-]+$")
ATTRIBUTES = re.compile(r"\{:?[ \t]*[#.][^{}\n]*+\}$|^\{:[^{}\n]*+\}$")
EMPHASIS = re.compile(r"\*+|`+|__+|~~+")
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
TAG = re.compile(r"</?(?P<name>[A-Za-z][A-Za-z0-9-]*+)[^<>]*+>")
INLINE_TAGS = frozenset("a abbr b bdi bdo big cite code data del dfn em font i img ins kbd mark q rp rt ruby s samp small span strike strong sub sup time tt u var wbr".split())
LEFT_OUT = {  # what opens it, what closes it
    "<!--": "-->", "<script": "</script>", "<style": "</style>", "<template": "</template>", "<svg": "</svg>", "<iframe": "</iframe>",
    "{% highlight": "{% endhighlight %}", "{% codeblock": "{% endcodeblock %}", "{{< highlight": "{{< /highlight >}}",
    "<?": "?>", "{{<": ">}}", "{{%": "%}}", "{%": "%}", "%%": "%%",
}  # fmt: skip
OPENING = re.compile(
    r"^ {0,3}(?P<fence>`{3,}+|~{3,}+)|<!--|<(?:script|style|template|svg|iframe)(?=[\s>])|<\?|\{% (?:highlight|codeblock)\b|\{\{< highlight\b|\{\{<|\{\{%|\{%|(?<!\d)%%",
    re.M | re.I,
)


class Block(NamedTuple):
    """One block of an article: its text, and, for a heading, its form and level; its line, and the address of a block
    that is nothing but a link, whose text is then empty."""

    text: str
    form: str = ""
    level: int = 0
    line: int = 1
    link: str = ""


def split(body: str, first_line: int = 1) -> list[Block] | Fault:
    """The blocks of a body that begins at a line of its file. A paragraph in bold is a heading when a paragraph of
    text follows it. A fault when the body is too long or nests too deep to be read whole."""
    if (lines := body.count("\n") + 1) > LINES:
        return Fault(first_line, "INGEST-5", f"text has {lines} lines, must have at most {LINES}")
    if (bars := body.count("|")) > BARS:
        return Fault(first_line, "INGEST-5", f"text has {bars} bars of tables, must have at most {BARS}")
    tokens = _parser().parse(without_asides(body))
    if deep := next((token for token in tokens if token.nesting == 1 and token.level >= NESTING - 1), None):
        return Fault(first_line + (deep.map or [0])[0], "INGEST-5", f"text is nested deeper than {NESTING} levels of lists and quotes, must be flatter")
    blocks = [block._replace(line=block.line + first_line) for block in _blocks(tokens)]
    following = [*blocks[1:], Block("")]
    return [block._replace(form="", level=0) if block.form == "bold" and not _is_text(after) else block for block, after in zip(blocks, following)]


def without_asides(text: str) -> str:
    """The text without comments, scripts, styles and template tags; line breaks stay. What is never closed is text."""
    parts: list[str] = []
    unclosed: set[str] = set()
    done = place = 0
    folded = text.lower() if len(text.lower()) == len(text) else text
    while opening := OPENING.search(text, place):
        place = opening.end()
        if opening["fence"]:
            place = _end_of_fence(text, opening)
            continue
        closer = LEFT_OUT[opening.group().lower()]
        end = -1 if closer in unclosed else folded.find(closer, place)
        if end < 0:
            unclosed.add(closer)
            continue
        parts += [text[done : opening.start()], "\n" * text.count("\n", opening.start(), end)]
        done = place = end + len(closer)
    return "".join([*parts, text[done:]])


def _end_of_fence(text: str, opening: re.Match[str]) -> int:
    fence = opening["fence"]
    closing = re.compile(rf"^ {{0,3}}{fence[0]}{{{len(fence)},}}[ \t]*$", re.M).search(text, opening.end())
    return closing.end() if closing else len(text)


def _parser() -> MarkdownIt:
    """CommonMark, tables and footnotes, blocks only. Text indented by four blanks is prose: exports indent paragraphs."""
    parser = MarkdownIt("commonmark", {"maxNesting": NESTING}).enable("table").use(footnote_plugin)
    parser.core.ruler.enableOnly(["normalize", "block"])
    parser.block.ruler.disable("code")
    return parser


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    row: list[str] = []
    line = 0
    for before, token in zip([None, *tokens], tokens):
        line = token.map[0] if token.map else line
        if token.type == "html_block":
            yield from _html_blocks(token.content, line)
        elif token.type == "tr_close":
            yield from _paragraph(" | ".join(filter(None, row)), line)
            row = []
        elif token.type == "inline" and before and before.type in ("th_open", "td_open"):
            row.append(text_of(token.content))
        elif token.type == "inline" and before and before.type == "heading_open":
            form = "atx" if before.markup[:1] == "#" else "setext"
            yield from _heading(token.content, form, int(before.tag[1]), line)
        elif token.type == "inline":
            bold = BOLD.match(token.content.strip()) if token.level == 1 else None
            yield from _heading(bold["text"], "bold", 2, line) if bold else _paragraph(token.content, line)


def _heading(source: str, form: str, level: int, line: int) -> Iterator[Block]:
    """A heading. Several lines over a rule are a paragraph whose author forgot the blank line."""
    if form == "setext" and "\n" in source:
        yield from _paragraph(source, line)
    elif text := EMPHASIS.sub("", text_of(source)).replace("\n", " ").strip():
        yield Block(text, form, level, line)


def _paragraph(source: str, line: int) -> Iterator[Block]:
    source = IMAGE.sub("", source).strip()
    if link := LINK_ONLY.match(source):
        yield Block("", line=line, link=link["url"] or link["bare"])
    elif text := text_of(source):
        yield Block(text, line=line)


def _html_blocks(source: str, line: int) -> Iterator[Block]:
    """The headings and paragraphs of HTML: a tag that is not inline ends a paragraph."""
    texts, tag, place = [""], "", 0
    for match in TAG.finditer(source):
        texts.append(source[place : match.start()])
        place, name = match.end(), match["name"].lower()
        if name not in INLINE_TAGS:
            yield from _html_block("".join(texts), tag, line)
            texts, tag = [], name if match.group()[1] != "/" else ""
    yield from _html_block("".join([*texts, source[place:]]), tag, line)


def _html_block(source: str, tag: str, line: int) -> Iterator[Block]:
    if HEADING_TAG.fullmatch(tag):
        yield from _heading(source, "atx", int(tag[1]), line)
    else:
        for part in re.split(r"\n(?:[ \t]*\n)+", source):
            yield from _paragraph(part, line)


def text_of(source: str) -> str:
    """The text of one block's source: without images, link targets, tags, calls of notes, ids and attributes."""
    text = TASK.sub("", CALLOUT.sub("", CONTAINER.sub("", source).strip()))
    text = TAG.sub(_blank_or_nothing, IMAGE.sub("", text))
    text = LINK.sub(lambda match: match["text"], FOOTNOTE.sub("", text))
    text = WIKI.sub(lambda match: match["text"], text)
    text = BLOCK_ID.sub("", ATTRIBUTES.sub("", text.rstrip()).rstrip())
    return visible(html.unescape(ESCAPED.sub(r"\1", text))).strip()


def _blank_or_nothing(tag: re.Match[str]) -> str:
    return "" if tag["name"].lower() in INLINE_TAGS else "\n"


def _is_text(block: Block) -> bool:
    return bool(block.text) and not block.form
