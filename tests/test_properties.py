"""What holds for any article at all: problems that can be printed, or a record that survives its file."""

from functools import lru_cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from scripts import figures, ingest, library
from scripts.accounts import Article
from scripts.files import dump_yaml, parse_yaml

from .conftest import HOME
from .forms import corpus

GOOD = {"title": "灯", "date": "2026-01-24", "author": "灯下客", "lang": "zh-CN", "url": "https://example.org/p"}
KEYS = st.sampled_from(["title", "date", "pubDate", "author", "authors", "lang", "url", "permalink", "tags", "summary", "extra", "taxonomies", "灯", "- a", ""])
ODD = st.sampled_from([
    "2026-01-24", "2026-02-30T25:61", "1 Jan 2026 10:00 +0800", "99999999999", "zh_CN", "zh-CN-x", "https://example.org/(a)", "https://[::1", "https://example.org:0x/",
    "javascript:alert(1)", "~", "null", "[a, [b]]", "{name: a}", "{a: {b: {}}}", "&a [*a]", "!!binary aGk=", "'", '"\\ud800"', '"\\u202e"', "|\n  a\n  b", ">-\n  a", "#灯", "a,b；c", "",
])  # fmt: skip
VALUES = ODD | st.text(max_size=40)
MARKUP = st.sampled_from([
    "# ", "## 灯", "---", "===", "**灯**", "> ", "- ", "1. ", "    ", "```", "~~~", "|a|b|", "|-|-|", "[^1]", "[^1]: ", "[a](b)", "![a](b)", "[[a|b]]", "![[a]]", "<div>", "</div>",
    "<h2>", "</h2>", "<br>", "<!--", "-->", "<script>", "</script>", "{{< a", ">}}", "{% b %}", "%%", "^id", "{#id}", "{: .c}", "&#x202e;", "&amp;", "\\", "240万美元", "$2.4 million",
    "2026年1月24日", "文 | 灯下客", "<https://example.org>", "> [!note]", "- [ ] ", ":::", "\n", "\n\n", "\t", "\u2028", "\u200b", "\r",
])  # fmt: skip
BODIES = st.lists(MARKUP | st.text(max_size=10), max_size=30).map("".join)
ANY = settings(deadline=None, database=None, derandomize=True, max_examples=300)


def fenced(pairs: list[tuple[str, str]], fence: tuple[str, str, str], body: str) -> bytes:
    """Front matter of these keys and values in one of the syntaxes, and a body."""
    first, between, last = fence
    return (first + "".join(f"{key}{between}{value}\n" for key, value in pairs) + last + body).encode("utf-8", "surrogatepass")


FENCES = st.sampled_from([("---\n", ": ", "---\n"), ("+++\n", " = ", "+++\n"), ("{\n", ": ", "}\n"), ("", ": ", "---\n"), ("---\n", ": ", "...\n"), ("", ": ", ";;;\n")])
PAIRS = st.lists(st.tuples(KEYS, VALUES), max_size=8)


@lru_cache(maxsize=1)
def desk() -> ingest.Desk:
    """What the project itself holds articles against."""
    tree = library.read(HOME)
    return ingest.Desk(tree.myths, tree.facts, tree.articles)


def holds(data: bytes, name: str = "lamp.md", **said: str) -> None:
    """Whatever the bytes are, ingest tells problems, each a line that can be printed, or makes a record that is the
    same when it is read back from its file."""
    result = ingest.settle(ingest.read(name, data, desk(), given=said), desk())
    for problem in result.problems:
        assert problem.line >= 1 and problem.rule and problem.message.encode().decode().splitlines() == [problem.message]
    if not result.problems:
        read = parse_yaml(dump_yaml(result.data))
        assert not read.faults
        assert Article.model_validate(read.data) == Article.model_validate(result.data)


@ANY
@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    holds(data)


@ANY
@given(st.text(max_size=300), st.sampled_from(["utf-8", "utf-16", "utf-16-le", "gb18030"]))
def test_any_text_in_any_encoding(text: str, encoding: str) -> None:
    holds(text.encode(encoding, "ignore"))


@ANY
@given(PAIRS, FENCES, BODIES)
def test_any_front_matter(pairs: list[tuple[str, str]], fence: tuple[str, str, str], body: str) -> None:
    holds(fenced(pairs, fence, body))


@ANY
@given(st.sampled_from(list(GOOD)), VALUES)
def test_any_value_of_a_good_article(key: str, value: str) -> None:
    holds(fenced(list({**GOOD, key: value}.items()), ("---\n", ": ", "---\n"), "一段。\n"))


@ANY
@given(BODIES)
def test_any_body(body: str) -> None:
    holds(fenced(list(GOOD.items()), ("---\n", ": ", "---\n"), body))


@ANY
@given(st.text(max_size=60), st.fixed_dictionaries({}, optional={option: VALUES for option in ("title", "date", "lang", "url", "author")}))
def test_any_name_and_any_option(name: str, said: dict[str, str]) -> None:
    holds("一段。\n".encode(), name, **said)


@ANY
@given(st.sampled_from(corpus()), st.integers(0, 2000), st.integers(0, 40), st.binary(max_size=10))
def test_any_damage_to_a_real_form(path: Path, start: int, length: int, patch: bytes) -> None:
    data = path.read_bytes()
    start %= len(data) + 1
    holds(data[:start] + patch + data[start + length :])


PIECES = st.sampled_from([
    *"0123456789,.%$¥€-–~/年月日号至到第一二三十百千万亿零点分之成倍元美多余几数约近超 aKMBxV萬億兩", "million", "one ", "half a ", "百分之", "January ", "2024年", "US$", "分之", "0到1", " to ", "third",
    "hundred", "percent", "GPU 小时", "H800", "more than ", "up to ", "左右", "以上", "$5", "1,000", "\u3000", "Ⅷ", "²", "½", "٣", "\n", "$\n",
])  # fmt: skip


@ANY
@given(st.lists(PIECES | st.text(max_size=3), max_size=40).map("".join), st.booleans())
def test_any_text_has_its_figures_in_order_and_where_they_stand(text: str, small: bool) -> None:
    found = figures.find(text, small)
    assert all(text[figure.start : figure.end] == figure.text and figure.start < figure.bare <= figure.end or figure.date and figure.text for figure in found)
    assert not any("\n" in figure.text for figure in found)
    assert all(before.end <= after.start for before, after in zip(found, found[1:]))
    assert all((figure.value is None) != (figure.date is None) and (figure.value is None or figure.value.is_finite()) for figure in found)
    rows = desk().comparer.rows(text, found, desk().comparer.facts)
    assert [row.figure for row in rows] == found
    assert all((row.outcome == "unknown") == (not row.facts) for row in rows)
