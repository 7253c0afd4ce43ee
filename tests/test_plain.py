"""The pages as plain Markdown and llms.txt, read by a Markdown parser that knows nothing of MkDocs."""

import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

import pytest
import yaml
from lxml import html
from markdown_it import MarkdownIt
from markdown_it.token import Token

from .conftest import HOME, scripts
from .test_feeds import HOSTILE, PREFIX, ROOT, build, log, titled

PAGES = sorted(path.relative_to(HOME / "docs/zh").as_posix() for path in (HOME / "docs/zh").rglob("*.md") if not re.match(r"myths/[\w-]+/", path.relative_to(HOME / "docs/zh").as_posix()))
NAMES = [f"{prefix}{page}" for prefix in PREFIX.values() for page in PAGES]
ATTRIBUTES = re.compile(r"\{:? *[#.]?[\w-]+[^{}\n]*\}")


def parsed(text: str) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(text)


def inlines(tokens: list[Token]) -> list[Token]:
    return [child for token in tokens for child in token.children or []]


def said(token: Token) -> str:
    return "".join("\n" if child.type in ("softbreak", "hardbreak") else child.content for child in token.children or [])


def split(text: str) -> tuple[dict[str, str], str]:
    _, head, body = text.split("---\n", 2)
    return yaml.load(head, yaml.BaseLoader), body


def links(tokens: list[Token]) -> list[str]:
    return [str(token.attrs["href" if token.type == "link_open" else "src"]) for token in inlines(tokens) if token.type in ("link_open", "image")]


def page_of(site: Path, name: str) -> Path:
    return site / name.removesuffix(".md").removesuffix("index") / "index.html"


def lost(site: Path, targets: list[str]) -> list[str]:
    """Those that are not whole addresses, or lead to nothing in the site."""
    return [target for target in targets if not urlsplit(target).scheme or target.startswith(ROOT) and not _there(site, urlsplit(target.removeprefix(ROOT)))]


def _there(site: Path, parts: SplitResult) -> bool:
    name = unquote(parts.path)
    file = site / name / "index.html" if not name or name.endswith("/") else site / name
    return file.is_file() and (not parts.fragment or parts.fragment in ids(file))


@lru_cache(maxsize=None)
def ids(page: Path) -> set[str]:
    return set(html.parse(page).xpath("//@id"))


def headings(tokens: list[Token]) -> list[tuple[str, str]]:
    return [(token.tag, said(tokens[number + 1])) for number, token in enumerate(tokens) if token.type == "heading_open"]


def shown(page: html.HtmlElement) -> list[tuple[str, str]]:
    """The headings of a built page, with their words."""
    found = page.xpath("//article//*[self::h1 or self::h2 or self::h3 or self::h4]")
    return [(heading.tag, "".join(heading.xpath(".//text()[not(ancestor::a[@class='headerlink'])]")).strip()) for heading in found]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_told_whole_in_plain_markdown(site: Path, name: str) -> None:
    front, body = split((site / f"{name}.txt").read_text(encoding="utf-8"))
    tokens, page = parsed(body), html.parse(page_of(site, name)).getroot()
    assert {token.type for token in [*tokens, *inlines(tokens)]} & {"html_block", "html_inline"} == set()
    assert [token.content for token in inlines(tokens) if token.type == "text" and ATTRIBUTES.search(token.content)] == []
    assert headings(tokens) == shown(page)
    assert sum(token.type == "tr_open" for token in tokens) == len(page.xpath("//article//tr"))
    assert [token.content for token in tokens if token.type == "fence"] == [code.text_content() for code in page.xpath("//article//pre[not(ancestor::div[@hidden])]/code")]
    (own,) = page.xpath("//link[@type='text/markdown']/@href")
    assert (page_of(site, name).parent / own).resolve() == site / f"{name}.txt"
    assert front["url"] == page.xpath("string(//link[@rel='canonical']/@href)")
    assert front["language"] == {"zh": "zh-Hans", "en": "en"}[page.get("lang")] and re.fullmatch(r"\d{4}-\d\d-\d\d", front["as_of"])
    assert front["licence"].startswith("CC BY 4.0") and front["title"]
    if "/myths/" in f"/{name}":
        assert f"version = {{{front['version']}}}" in "".join(page.xpath("//h2[@id='cite']/following-sibling::*//code/text()"))


@pytest.mark.parametrize("name", [*(f"{name}.txt" for name in NAMES), "llms.txt"])
def test_every_link_is_whole_and_leads_somewhere(site: Path, name: str) -> None:
    found = sorted(set(links(parsed((site / name).read_text(encoding="utf-8")))))
    assert lost(site, found) == []
    assert found


def test_no_other_page_is_told(site: Path) -> None:
    """Neither earlier versions nor short addresses."""
    assert sorted(path.relative_to(site).as_posix().removesuffix(".txt") for path in site.rglob("*.md.txt")) == sorted(NAMES)
    older = [path for path in site.rglob("index.html") if re.search(r"myths/[\w-]+/\d", path.as_posix())]
    assert older and [path for path in older if b"text/markdown" in path.read_bytes()] == []


def test_any_text_of_a_record_comes_back_as_it_is(good: Path) -> None:
    titled(good, HOSTILE)
    log(good, [("2026-02-01", "published", HOSTILE)])
    build(good)
    front, body = split((good / "docs/en/myths/lamp.md.txt").read_text(encoding="utf-8"))
    tokens = parsed(body)
    assert front["title"] == HOSTILE and headings(tokens)[0] == ("h1", HOSTILE)
    assert f"1 February 2026 · Published: {HOSTILE}" in [said(token) for token in tokens if token.type == "inline"]
    listed = parsed((good / "docs/zh/llms.txt").read_text(encoding="utf-8"))
    assert [said(token).partition(": ")[0] == HOSTILE or HOSTILE in said(token) for token in listed if f"{ROOT}en/myths/lamp.md.txt" in token.content and token.type == "inline"] == [True]
    assert {token.type for token in inlines([*tokens, *listed])} & {"html_inline", "html_block"} == set()


WRITTEN = """
A [titled link](myths/lamp.md "Lamp"), [one by name][lamp], [in angles](<figures.md#register>), ![a drawing](assets/charts/lamp-story.svg), [a backslash\\\\](data.md), [a \\] bracket](data.md), \\[no link\\](data.md), <https://example.org/a_(b)>, [away](https://example.org/b_(c)).

Code: `[a](b.md) <br> {#c}`, ``d ` <i>``, and \\`no code [e](data.md)\\`. A < B, and C > D.{ .small } <DIV class='x'></DIV><!-- a comment
on two lines -->

~~~
<b>[f](g.md) {#h}</b>
~~~

<details markdown="1">
<summary>More</summary>

Folded <br>away. <span class="overdue" hidden>not shown</span>

</details>

[lamp]: myths/lamp.md#facts
"""


def test_what_a_person_writes_is_told_right(good: Path) -> None:
    with (good / "docs/en/index.md").open("a", encoding="utf-8") as file:
        file.write(WRITTEN)
    build(good)
    tokens = parsed((good / "docs/en/index.md.txt").read_text(encoding="utf-8"))
    own = f"{ROOT}en/"
    assert links(tokens)[-9:] == [
        f"{own}myths/lamp/", f"{own}myths/lamp/#facts", f"{own}figures/#register", f"{own}assets/charts/lamp-story.svg", f"{own}data/", f"{own}data/", "https://example.org/a_(b)", "https://example.org/b_(c)", f"{own}data/",
    ]  # fmt: skip
    texts = [said(token) for token in tokens if token.type == "inline"]
    assert any(text.endswith("A < B, and C > D.") and text.startswith("Code: [a](b.md) <br> {#c}, d ` <i>, and `no code e`") for text in texts), texts
    assert texts[-2:] == ["More", "Folded\naway."]
    assert [token.content for token in tokens if token.type == "fence"] == ["<b>[f](g.md) {#h}</b>\n"]


def test_a_draft_is_told_nowhere(good: Path) -> None:
    assert scripts(good, "new", "secret-lamp").returncode == 0
    assert scripts(good, "build").returncode == 0
    told = [path for path in (good / "docs").rglob("*") if path.suffix in (".txt", ".atom")]
    assert len(told) > 10 and not list(good.rglob("secret-lamp*.txt"))
    assert [path for path in told if b"secret-lamp" in path.read_bytes()] == []


def test_llms_txt_has_the_form_that_its_readers_know(site: Path) -> None:
    """A title, a quotation, paragraphs, then lists of links under second-level headings (https://llmstxt.org)."""
    text = (site / "llms.txt").read_text(encoding="utf-8")
    blocks = [token for token in parsed(text) if token.level == 0 and not token.type.endswith("_close")]
    assert [token.tag for token in blocks[:6]] == ["h1", "blockquote", "p", "p", "p", "p"]
    assert [token.tag for token in blocks[6:]] == ["h2", "ul"] * 6
    lists = text[text.index("\n## ") :]
    assert all(re.match(r"## \S|- \[.+\]\(http\S+\): \S|$", line) for line in lists.splitlines())
    assert lists.splitlines()[1] == "## 误解" and "\n## Optional\n" in lists
    for name in NAMES:
        assert f"]({ROOT}{name}.txt): " in lists
    for language, prefix in PREFIX.items():
        page = html.parse(site / prefix / "data/index.html").getroot()
        page.make_links_absolute(f"{ROOT}{prefix}data/")
        assert f"{ROOT}llms.txt" in page.xpath("//article//td//a/@href")
