"""`ingest` on the articles that people have: every usual form gives its exact record, every fault its exact line."""

import codecs
import re
from pathlib import Path

import lxml.html
import markdown
import pytest
from mkdocs.config import load_config

from scripts import ingest, metadata

from .conftest import HERE, HOME, scripts, tree
from .forms import corpus, expected, ingested

FRONT = "---\ntitle: 灯\ndate: 2026-01-23\nauthor: 灯下客\nlang: zh-CN\nurl: https://example.org/g/{name}\n---\n"
GB_FORMS = ("hexo.md", "rss.md", "headings.md", "pandoc.md")
BIG5_FORMS = ("traditional.md", "hugo-json.md", "bare-keys-last-link.md")


def body(text: str) -> bytes:
    """An article with good front matter and this text."""
    return (FRONT.format(name="x") + text).encode()


# What is too large, too deep, or of bytes that no repository should hold: file name → bytes and what ingest says.
GENERATED = {
    "too-large.md": (body("灯" * 2_000_000), "1: INGEST-4 is 6.0 MB, must be at most 5 MB"),
    "one-line.md": (body("灯\n" + "灯" * 400_000), "9: INGEST-4 line is 1.2 MB, must be at most 1 MB"),
    "front-matter.md": (b"---\n" + b"".join(b"key%d: lamp\n" % n for n in range(6000)) + b"---\n", "2: INGEST-1 front matter is 82.9 KB, must be at most 64 KB"),
    "many-lines.md": (body("灯\n\n" * 6000), "8: INGEST-5 text has 12001 lines, must have at most 10000"),
    "wide-table.md": (body("|a" * 15_000 + "\n" + "|-" * 15_000 + "\n"), "8: INGEST-5 text has 30000 bars of tables, must have at most 20000"),
    "yaml-deep-flow.md": (b"---\ntitle: " + b"[" * 30_000 + b"\n---\n", "2: FILE-1 is nested deeper than 12 levels"),
    "yaml-deep-block.md": (b"---\ntitle:\n  " + b"- " * 20_000 + b"a\n---\n", "3: FILE-1 is nested deeper than 12 levels"),
    "yaml-aliases.md": (
        b"---\na0: &a0 [lamp]\n" + b"".join(b"a%d: &a%d [*a%d, *a%d]\n" % (n, n, n - 1, n - 1) for n in range(1, 60)) + b"---\n",
        "\n".join(f"{1 + n // 2}: FILE-1 has an alias, must be written out" for n in range(2, 120)),
    ),
    "toml-deep.md": (b"+++\ntitle = " + b"[" * 10_000 + b"\n+++\n", "2: FILE-1 is nested deeper than 12 levels"),
    "toml-dotted.md": (b"+++\na" + b".a" * 20_000 + b" = 1\n+++\n", "2: FILE-1 is nested deeper than 12 levels"),
    "toml-number.md": (b"+++\na = 0x" + b"f" * 20_000 + b"\n+++\n", "2: FILE-1 TOML is broken (exceeds the limit (4300 digits) for integer string conversion), must be valid"),
    "json-deep.md": (b'{"title": ' + b"[" * 60_000 + b"\n}\n", "1: FILE-1 is nested deeper than 12 levels"),
    "lists-deep.md": (body("".join("  " * depth + "- 灯\n" for depth in range(500))), "17: INGEST-5 text is nested deeper than 20 levels of lists and quotes, must be flatter"),
    "list-in-line.md": (body("- " * 10_000 + "灯"), "8: INGEST-5 text is nested deeper than 20 levels of lists and quotes, must be flatter"),
    "quotes-deep.md": (body(">" * 900_000), "8: INGEST-5 text is nested deeper than 20 levels of lists and quotes, must be flatter"),
    "nul.md": (body("灯\n\0"), "9: INGEST-4 has a NUL byte, must be text"),
    "utf-16-cut.md": (codecs.BOM_UTF16_LE + b"-\0-\0-", "1: INGEST-4 has bytes that are no UTF-16-LE, must be UTF-8, UTF-16, GB18030 or Big5"),
    "utf-32.md": ("lamp".encode("utf-32"), "1: INGEST-4 has a NUL byte, must be text"),
    "latin-1.md": ("---\ntitle: café lamp\n---\nUn café.\n".encode("latin-1"), "2: INGEST-4 has bytes that are no UTF-8, and nothing tells another encoding, must be UTF-8, UTF-16, GB18030 or Big5"),
    "euc-kr.md": ("---\ntitle: 램프\n---\n램프는 비싸지 않습니다.\n".encode("euc-kr"), "2: INGEST-4 has bytes that are no UTF-8, and nothing tells another encoding, must be UTF-8, UTF-16, GB18030 or Big5"),
    "cut-character.md": (body("灯")[:-1], "8: INGEST-4 has bytes that are no UTF-8, and nothing tells another encoding, must be UTF-8, UTF-16, GB18030 or Big5"),
    "random.bin": (bytes(range(1, 256)) * 40, "2: INGEST-4 has bytes that are no UTF-8, and nothing tells another encoding, must be UTF-8, UTF-16, GB18030 or Big5"),
    "a\u202eb.md": (body("灯"), "1: INGEST-4 file name has the character U+202E, must be one line of plain text"),
    "灯" * 60 + ".md": (b"", "1: INGEST-1 has no front matter, must begin with --- … ---, +++ … +++ or { … }, or come with --title, --date, --lang and --url"),
}  # fmt: skip


def test_every_article_of_the_corpus_gives_what_stands_beside_it(good: Path) -> None:
    """What they give is stated beside each; `python -m tests.forms` writes it anew."""
    paths = corpus()
    told = {path.name: text for path, text in ingested(good, paths).items()}
    assert told == {path.name: expected(path).read_text(encoding="utf-8") for path in paths}
    assert len(paths) > 100


def test_what_no_repository_should_hold_is_refused(good: Path, tmp_path: Path) -> None:
    for name, (data, _) in GENERATED.items():
        (tmp_path / name).write_bytes(data)
    before = tree(good)
    told = ingested(good, (tmp_path / name for name in GENERATED))
    assert {path.name: text.rstrip("\n") for path, text in told.items()} == {name: said for name, (_, said) in GENERATED.items()}
    assert tree(good) == before


def test_a_folder_without_articles_is_told(good: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert scripts(good, "ingest", empty).stdout == f"{empty}:1: INGEST-4 is no file, must be a text file\n"


def test_the_encoding_and_the_line_ends_do_not_change_the_record(good: Path, tmp_path: Path) -> None:
    """Each form once in UTF-8, then in every other encoding that it can be in: nothing is written any more."""
    names = {*GB_FORMS, *BIG5_FORMS}
    originals = [HERE / "articles/forms" / name for name in sorted(names)]
    assert scripts(good, "ingest", *originals).returncode == 0
    before, copies = tree(good), []
    for original in originals:
        text = original.read_text(encoding="utf-8")
        variants = {
            "bom": text.encode("utf-8-sig"), "crlf": text.replace("\n", "\r\n").encode(), "cr": text.replace("\n", "\r").encode(),
            "utf-16": text.encode("utf-16"), "utf-16-be": codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
            "no-bom-le": text.encode("utf-16-le"), "no-bom-be": text.encode("utf-16-be"), "gb18030": text.encode("gb18030"),
        }  # fmt: skip
        if original.name in BIG5_FORMS:
            variants["big5"] = text.encode("big5hkscs")
        for variant, data in variants.items():
            copy = tmp_path / variant / original.name
            copy.parent.mkdir(exist_ok=True)
            copy.write_bytes(data)
            copies.append(copy)
    assert scripts(good, "ingest", *copies).returncode == 0
    assert tree(good) == before


def test_nothing_that_an_article_says_of_itself_comes_alive(good: Path) -> None:
    """Titles, bylines and headings full of HTML, Markdown and templates show as they are on the page made of them."""
    hostile = [path for path in corpus() if path.parent.name == "hostile" and expected(path).suffix == ".yml"]
    assert scripts(good, "ingest", *hostile).returncode == 0
    assert scripts(good, "build").returncode == 0
    config = load_config(str(HOME / "mkdocs.yml"))
    pages = [page for page in good.glob("docs/*/articles/2026-01-22-*.md")]
    assert len(pages) == 2 * len(hostile)
    for page in [*pages, *good.glob("docs/*/articles/index.md")]:
        text = page.read_text(encoding="utf-8").split("\n---\n", 1)[1]
        html = markdown.Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs).convert(text)
        elements = list(lxml.html.fromstring(f"<div>{html}</div>").iter(lxml.html.etree.Element))
        assert not {element.tag for element in elements} & {"script", "style", "img", "svg", "iframe", "b", "code", "form", "object"}
        assert not [name for element in elements for name in element.attrib if name not in ("id", "class", "href", "title")]
        links = [element.get("href") for element in elements if element.get("href")]
        assert all(link.startswith(("https://example.org/", "#", "../myths/", "20")) for link in links), links


def test_no_record_leaves_its_folder(good: Path) -> None:
    """What an article calls itself names no path: an id is a day and a digest of the address."""
    before = set(tree(good))
    named = [path for path in corpus() if path.stem in ("title-path", "url-path", "tags-hostile")]
    assert scripts(good, "ingest", *named).returncode == 0
    folders = ("docs/data/articles", "docs/en/articles", "docs/zh/articles")
    assert sorted(re.sub(r"[0-9a-f]{6}\.(yml|md)$", "", path) for path in set(tree(good)) - before) == sorted(f"{folder}/2026-01-22-" for folder in folders * 3)


NOTHING = ingest.Desk({}, {}, {})
SAID = {"title": "灯", "date": "2026年1月25日", "lang": "zh_CN", "url": "https://example.org/said", "author": "灯下客"}


def test_the_command_says_what_a_file_without_front_matter_lacks() -> None:
    result = ingest.settle(ingest.read("lamp.md", "# 灯\n\n灯厂的报告。\n".encode(), NOTHING, given=SAID), NOTHING)
    assert (result.problems, result.id[:10]) == ([], "2026-01-25")
    told = {field: result.data[field] for field in ("title", "published", "language", "url", "byline", "tags")}
    assert told == {"title": "灯", "published": "2026-01-25", "language": "zh-CN", "url": "https://example.org/said", "byline": "灯下客", "tags": []}
    assert [section["heading"] for section in result.data["sections"]] == ["", "灯"]


@pytest.mark.parametrize(
    ("front", "said", "problems"),
    [
        ("title: 灯\nlang: zh-CN\n", SAID, []),
        ("title: 灯\ndate: 2026-01-25\nlang: ZH-cn\n", SAID, []),
        ("title: 泡\n", SAID, [(2, "title is '泡' but --title says '灯', both must say the same")]),
        ("title: 灯\nurl: https://example.org/own\n", SAID, [(3, "url is 'https://example.org/own' but --url says 'https://example.org/said', both must say the same")]),
        ("title: 灯\n", {**SAID, "date": "1.2.2026"}, [(1, f"--date is '1.2.2026', which may be one of two days, must be {metadata.DATE}")]),
        ("title: 灯\n", {**SAID, "url": "javascript:x"}, [(1, "--url is 'javascript:x', must be an address that begins with https:// or http://, without blanks and quotes")]),
        ("title: 灯\n", {"lang": "zh-TW", "date": "2026-01-25"}, [(1, f"has no {field}, must have one: add `{line}` to its front matter, or say --{field}") for field, line in (("author", "author: …"), ("url", "url: https://…"))]),
    ],
)  # fmt: skip
def test_the_command_fills_what_is_missing_and_contradicts_nothing(front: str, said: dict[str, str], problems: list[tuple[int, str]]) -> None:
    result = ingest.settle(ingest.read("lamp.md", f"---\n{front}---\n灯厂的报告。\n".encode(), NOTHING, given=said), NOTHING)
    assert result.problems == [("lamp.md", line, "INGEST-2", message) for line, message in problems]
