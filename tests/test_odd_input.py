"""Odd input to the records and pages: one clear line for the author, never a traceback."""

import re
from pathlib import Path

import pytest
from lxml import html
from markdown import markdown

from .conftest import HOME, scripts

ARTICLE = "docs/data/articles/2026-01-20-064873.yml"
MYTH = "docs/data/myths/lamp.yml"
TWICE = "  bars:\n    - {fact: hour-price, label: {zh: 灯, en: A}}\n    - {fact: hour-price, label: {zh: 灯, en: B}}\nothers:\n  title: {zh: 灯, en: Lamp}\n  note: {zh: 灯, en: Lamp}\n  layers:"
FORMULA = "formula: lamp-hours * hour-price"


def replace(old: str, new: str):
    """A change of one place in a file's text."""

    def change(file: Path) -> None:
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def content(data: bytes):
    """Other content for a file."""
    return lambda file: file.write_bytes(data)


def a_folder(file: Path) -> None:
    """A folder in a file's place."""
    file.unlink(missing_ok=True)
    file.mkdir()


def nowhere(file: Path) -> None:
    """A link to nothing in a file's place."""
    file.unlink()
    file.symlink_to("gone")


def itself(file: Path) -> None:
    """A link to itself in a file's place."""
    file.unlink()
    file.symlink_to(file.name)


@pytest.mark.parametrize(
    ("path", "change", "said"),
    [
        ("docs/data/facts.yml", replace(FORMULA, "formula: lamp-hours * nobody"), "docs/data/facts.yml:46: FACT-6 formula 'lamp-hours * nobody' names 'nobody', must be arithmetic (+ - * / and brackets) on ids of facts with a value"),
        ("docs/data/facts.yml", replace(FORMULA, "formula: lamp-hours / (hour-price - hour-price)"), "docs/data/facts.yml:46: FACT-6 formula 'lamp-hours / (hour-price - hour-price)' divides by zero or is too large, must give a figure"),
        ("docs/data/facts.yml", replace(FORMULA, "formula: lamp-hours * 1" + "0" * 40), f"docs/data/facts.yml:46: FACT-6 formula 'lamp-hours * 1{'0' * 40}' divides by zero or is too large, must give a figure"),
        ("docs/data/facts.yml", replace(FORMULA, "formula: lamp-hours * _7"), "docs/data/facts.yml:46: FACT-6 formula 'lamp-hours * _7' has '_', must be arithmetic (+ - * / and brackets) on ids of facts with a value"),
        *(("docs/data/facts.yml", replace("en: $2.5 million", f"en: $2.5 million\n  formula: {name} * 2"), f"docs/data/facts.yml:88: FACT-6 formula '{name} * 2' names '{name}', must be arithmetic (+ - * / and brackets) on ids of facts with a value") for name in ("lamp-audit", "nobody")),
        ("docs/data/facts.yml", replace(FORMULA, FORMULA + " + hour-price" * 3000), f"docs/data/facts.yml:46: FACT-6 formula 'lamp-hours * hour-price{' + hour-price' * 3000}' is broken, must be arithmetic on ids of facts"),
        ("docs/data/facts.yml", replace(FORMULA, "formula: lamp-hours *"), "docs/data/facts.yml:46: FACT-6 formula 'lamp-hours *' is broken, must be arithmetic on ids of facts"),
        ("docs/data/facts.yml", replace(FORMULA, "formula: 1200000 * 2"), "docs/data/facts.yml:46: FACT-6 formula '1200000 * 2' names no fact, must be worked out from other facts"),
        ("docs/data/facts.yml", replace(FORMULA, "formula: lamp-cost * 1"), "docs/data/facts.yml:46: FACT-6 formula 'lamp-cost * 1' leads back to lamp-cost, must come from other facts"),
        ("docs/data/facts.yml", replace(FORMULA, "formula: True * hour-price"), "docs/data/facts.yml:46: FACT-6 formula 'True * hour-price' has 'T', must be arithmetic (+ - * / and brackets) on ids of facts with a value"),
        *(("docs/data/facts.yml", replace("locator: p. 3", f"locator: '{said}'"), f"docs/data/facts.yml:28: META-2 locator is '{said}', must say where in the source: page, section, table, commit or line") for said in ("-", "…", "N/A", "见报告")),
        ("docs/data/facts.yml", replace("en: Price of an hour", "en: Hours that the lamp has burned"), "docs/data/facts.yml:20: FACT-8 statement.en is that of lamp-hours too, must be its own, or the fact be entered once"),
        ("docs/data/sources.yml", lambda file: file.write_text((text := file.read_text(encoding="utf-8")) + text[: text.index("lamp-gazette:")].replace("lamp-report:", "lamp-paper:"), encoding="utf-8"), "docs/data/sources.yml:36: FACT-8 URL is that of lamp-report too, must be its own, or the source be entered once"),
        ("docs/data/glossary.yml", replace("en: Lamp 2.0", "en: $5.6 million"), "docs/data/glossary.yml:3: FACT-8 en is '$5.6 million', a figure, must be a name; figures are facts"),
        ("docs/data/facts.yml", replace("en: 1.2 million", "en: 1.2 million pages"), "docs/data/facts.yml:9: FACT-5 words.en is in page, must be in GPU-hour"),
        ("docs/data/facts.yml", replace("en: 1.2 million", "en: 1.2 or 1.3 million"), "docs/data/facts.yml:9: FACT-5 words.en is '1.2 or 1.3 million', must be one figure"),
        ("docs/data/facts.yml", replace("value: 2400000", "value: NaN"), "docs/data/facts.yml:34: META-2 value is 'NaN', must be a number without unit or separators"),
        ("docs/data/facts.yml", replace("as_of: 2026-01-05", "as_of: 2026-02-30"), "docs/data/facts.yml:10: META-2 as_of is '2026-02-30', must be a day of the calendar"),
        ("docs/data/facts.yml", replace("lamp-cost:", "Lamp Cost:"), "docs/data/facts.yml:30: META-2 the name 'Lamp Cost' must be lower-case letters and digits joined by hyphens"),
        ("docs/data/facts.yml", replace("- 点灯 花费", "- '!点灯 花费'"), "docs/data/facts.yml:52: META-2 cues.zh.0 is '!点灯 花费', must be words with one blank between them, `a|b` for either, `!a` for none, the first one that must stand"),
        ("docs/data/facts.yml", content(b"- a\n- b\n"), "docs/data/facts.yml:1: META-2 is no mapping, must be `id: fields`"),
        ("docs/data/facts.yml", content(b"a: " + b"[" * 60_000), "docs/data/facts.yml:1: FILE-1 is nested deeper than 12 levels"),
        ("docs/data/facts.yml", content(b"a:\n  " + b"- " * 20_000 + b"b"), "docs/data/facts.yml:2: FILE-1 is nested deeper than 12 levels"),
        ("docs/data/myths/lamp.yml", content(b""), "docs/data/myths/lamp.yml:1: META-1 is empty, must hold a record"),
        ("docs/data/myths/lamp.yml", replace("verdict: misleading", "verdict: &v misleading\nmore: *v"), "docs/data/myths/lamp.yml:11: FILE-1 has an alias, must be written out"),
        ("docs/data/myths/lamp.yml", replace("verdict: misleading", "verdict: !!python/name:os.system x"), "docs/data/myths/lamp.yml:10: FILE-1 has the tag tag:yaml.org,2002:python/name:os.system, must be plain"),
        ("docs/data/charts.yml", replace("accent: true", "accent: maybe"), "docs/data/charts.yml:15: META-2 layers.0.accent is 'maybe', must be true or false"),
        ("docs/data/facts.yml", replace("lamp-audit:", "register:"), "docs/data/facts.yml:58: META-7 the name 'register' is the id of a section of figures.md, must be another"),
        ("docs/data/sources.yml", replace("lamp-report:", "top:"), "docs/data/sources.yml:1: META-7 the name 'top' is the id of the title of sources.md, must be another"),
        ("docs/data/myths/index.yml", content(b"{}"), "docs/data/myths/index.yml:1: META-7 the name 'index' is the address of the folder myths, must be another"),
        ("docs/data/facts.yml", a_folder, "docs/data/facts.yml:1: FILE-1 cannot be read (Is a directory), must be a readable UTF-8 text"),
        ("docs/data/vocabulary.yml", a_folder, "docs/data/vocabulary.yml:1: FILE-1 cannot be read (Is a directory), must be a readable UTF-8 text"),
        ("docs/data/myths/bulb.yml", a_folder, "docs/data/myths/bulb.yml:1: FILE-1 cannot be read (Is a directory), must be a readable UTF-8 text"),
        ("docs/en/myths/bulb.md", a_folder, "docs/en/myths/bulb.md:1: FILE-1 cannot be read (Is a directory), must be a readable UTF-8 text"),
        ("mkdocs.yml", a_folder, "mkdocs.yml:1: FILE-1 cannot be read (Is a directory), must be a readable UTF-8 text"),
        ("docs/data/sources.yml", nowhere, "docs/data/sources.yml:1: FILE-1 cannot be read (No such file or directory), must be a readable UTF-8 text"),
        ("docs/data/sources.yml", itself, "docs/data/sources.yml:1: FILE-1 cannot be read (Too many levels of symbolic links), must be a readable UTF-8 text"),
        ("docs/zh/myths/lamp.md", replace("<!-- changes -->", ""), "docs/zh/myths/lamp.md:305: PAGE-4 '<!-- /changes -->' has no partner, must open and close a passage"),
        ("docs/zh/myths/lamp.md", replace("<!-- related -->\n", ""), "docs/zh/myths/lamp.md:312: PAGE-4 '<!-- /related -->' has no partner, must open and close a passage"),
        ("docs/zh/myths/lamp.md", replace("<!-- related -->\n\n\n\n<!-- /related -->", ""), "docs/zh/myths/lamp.md:11: PAGE-4 lacks the passage 'related', must have <!-- related --> and <!-- /related -->"),
        ("docs/zh/myths/lamp.md", replace("<!-- related -->", "<!-- evidence -->\n<!-- /evidence -->\n\n<!-- related -->"), "docs/zh/myths/lamp.md:309: PAGE-4 the passage 'evidence' stands twice, must stand once"),
        ("docs/zh/myths/lamp.md", replace("<!-- evidence -->", "<!-- evidence all -->"), "docs/zh/myths/lamp.md:97: PAGE-4 'evidence all' names something, must be 'evidence' alone"),
        ("docs/zh/myths/lamp.md", replace("<!-- related -->", "<!--Related-->"), "docs/zh/myths/lamp.md:309: PAGE-4 '<!--Related-->' has no partner, must open and close a passage"),
        ("docs/zh/assets/charts/bulb.svg", content(b"<svg/>"), "docs/zh/assets/charts/bulb.svg:1: BLOCK-1 is generated from a record that is gone, must be deleted"),
        (MYTH, replace("reviewed: 2026-02-01", "reviewed: 1769904000"), f"{MYTH}:29: META-2 reviewed is '1769904000', must be a date YYYY-MM-DD"),
        (MYTH, replace("reviewed: 2026-02-01", "reviewed: ２０２６-02-01"), f"{MYTH}:29: META-2 reviewed is '２０２６-02-01', must be a date YYYY-MM-DD"),
        (MYTH, replace("reviewed: 2026-02-01", "reviewed: [2026-02-01]"), f"{MYTH}:29: META-2 reviewed is a list, must be a date YYYY-MM-DD"),
        (MYTH, replace("  - lamp-hours", "  - lamp-cost"), f"{MYTH}:23: META-2 facts names lamp-cost twice, must name each once"),
        (MYTH, replace("related: []", "related: [bulb, bulb]"), f"{MYTH}:27: META-2 related names bulb twice, must name each once"),
        (MYTH, replace("zh: 灯\n", 'zh: "灯\\r亮"\n'), f"{MYTH}:2: META-2 label.zh is '灯\\r亮', must be text on one line, without control characters"),
        (MYTH, replace("zh: 灯\n", 'zh: "灯\\N亮"\n'), f"{MYTH}:2: META-2 label.zh is '灯\\x85亮', must be text on one line, without control characters"),
        (MYTH, replace("zh: 灯\n", 'zh: "灯\\L亮"\n'), f"{MYTH}:2: META-2 label.zh is '灯\\u2028亮', must be text on one line, without control characters"),
        (MYTH, replace("zh: 灯\n", 'zh: "灯\\P亮"\n'), f"{MYTH}:2: META-2 label.zh is '灯\\u2029亮', must be text on one line, without control characters"),
        (MYTH, replace("zh: 灯\n", 'zh: "灯\\u202e亮"\n'), f"{MYTH}:2: META-2 label.zh is '灯\\u202e亮', must be text on one line, without control characters"),
        ("docs/data/facts.yml", replace("as_of: 2026-01-05", "as_of: ２０２６"), "docs/data/facts.yml:10: META-2 as_of is '２０２６', must be a date YYYY, YYYY-MM or YYYY-MM-DD"),
        ("docs/data/facts.yml", replace("as_of: 2026-01-05", "as_of: '0000'"), "docs/data/facts.yml:10: META-2 as_of is '0000', must be a day of the calendar"),
        ("docs/data/facts.yml", replace("value: 2400000", "value: ２４０００００"), "docs/data/facts.yml:34: META-2 value is '２４０００００', must be a number without unit or separators"),
        ("docs/data/sources.yml", replace("    - literal: Lamp Works", "    - {}"), "docs/data/sources.yml:5: META-2 author.0 must have either family, with or without given, or literal"),
        ("docs/data/sources.yml", replace("accessed: 2026-02-01", "accessed: 2025-12-31"), "docs/data/sources.yml:1: META-2 lamp-report was accessed 2025-12-31, must not be before it was issued, 2026-01-05"),
        ("docs/data/charts.yml", replace("  layers:", TWICE), "docs/data/charts.yml:1: META-2 lamp-layers names hour-price twice, must name each once"),
        (ARTICLE, replace("section: 1", "section: -1"), f"{ARTICLE}:85: META-2 reviews.0.section is '-1', must be 0 or more"),
        (ARTICLE, replace("  - lamp-audit", "  - lamp-cost"), f"{ARTICLE}:93: META-2 reviews.0.facts names lamp-cost twice, must name each once"),
        (ARTICLE, replace("published: '2026-01-20 08:30:00'", "published: last year"), f"{ARTICLE}:3: META-2 published is 'last year', must be a date YYYY-MM-DD, with or without a time"),
        (ARTICLE, replace("    - lamp\n", "    - nobody\n"), f"{ARTICLE}:27: META-3 myths names 'nobody', must be one of the misconceptions: ingest it again or take it out"),
        ("docs/zh/index.md", content(b"---\ntitle: \xff\n---\n"), "docs/zh/index.md:2: FILE-1 is not UTF-8, must be"),
        ("docs/zh/index.md", content("---\n- 灯\n---\n# 灯 {#top}\n".encode()), "docs/zh/index.md:2: FILE-3 has front matter that is no mapping, must be `key: value` lines"),
        ("docs/zh/index.md", replace("# 灯", "# 灯\u202e"), "docs/zh/index.md:6: FILE-1 has the character U+202E, must be plain text"),
        ("docs/zh/index.md", replace("<!-- cards -->", "<!-- head -->\n<!-- /head -->\n\n<!-- cards -->"), "docs/zh/index.md:8: PAGE-4 'head' is no passage of this page, must be one of cards, chart, verdicts, kinds, grades"),
        ("docs/zh/myths/lamp.md", replace("<!-- chart lamp-layers -->", "<!-- chart bulb -->"), "docs/zh/myths/lamp.md:67: PAGE-4 names the chart 'bulb', must be one of charts.yml"),
    ],
)  # fmt: skip
def test_odd_input_is_told_to_its_author(good: Path, path: str, change, said: str) -> None:
    change(good / path)
    for verb in ("check", "build"):
        done = scripts(good, verb)
        assert "Traceback" not in done.stderr
        assert verb == "build" or (done.returncode == 1 and said in done.stdout.splitlines()), done.stdout


@pytest.mark.parametrize("change", [lambda data: data.replace(b"\n", b"\r\n"), lambda data: b"\xef\xbb\xbf" + data, lambda data: data.rstrip()])
def test_line_ends_and_byte_order_marks_do_not_matter(good: Path, change) -> None:
    page = good / "docs/zh/myths/lamp.md"
    page.write_bytes(change(page.read_bytes()))
    scripts(good, "build")
    assert scripts(good, "check").stdout == ""


def test_special_characters_show_as_they_are(good: Path) -> None:
    odd = "点|灯*花 [了](x) <b>240 万美元</b> {#x} `算` 😀 _x_"
    record = good / "docs/data/myths/lamp.yml"
    record.write_text(record.read_text(encoding="utf-8").replace("zh: 点灯花了 240 万美元，灯另算", f"zh: '{odd}'"), encoding="utf-8")
    assert scripts(good, "build").returncode == 0
    assert scripts(good, "check").stdout == ""
    heading = "# 点\\|灯\\*花 \\[了\\](x) &lt;b&gt;240 万美元&lt;/b&gt; \\{#x\\} \\`算\\` 😀 \\_x\\_ {#top}"
    assert heading in (good / "docs/zh/myths/lamp.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("odd", ["# 灯", "#灯", "1. 灯", "100. 灯", "- 灯", "+ 灯", "> 灯", "---", "灯]\"(x) & <b> 灯 |", "`灯` \\\\灯_x_ *灯* {#x}"])
def test_odd_text_is_read_on_the_page_as_it_was_written(good: Path, odd: str) -> None:
    said = f"zh: '{odd}'"
    replace("- 造灯便宜", f"- '{odd}'")(good / "docs/data/myths/lamp.yml")
    replace("zh: 示意图", said)(good / "docs/data/charts.yml")
    replace("zh: 在上面", said)(good / "docs/data/charts.yml")
    assert scripts(good, "build").returncode == 0
    body = (good / "docs/zh/myths/lamp.md").read_text(encoding="utf-8").split("---\n", 2)[2]
    page = html.fromstring(markdown(body, extensions=["attr_list", "fenced_code", "footnotes", "md_in_html", "tables", "toc"]))
    assert page.xpath("string(//details[@class='heard']//li[last()])").strip() == odd
    assert page.xpath("string(//figcaption)") == odd
    assert page.xpath("string(//details[@class='data']//td[2])") == odd
    assert page.xpath("string(//figure//img/@alt)") == f"灯分两层：灯罩 {odd}；灯座 在下面"


def test_an_address_with_brackets_stays_whole(good: Path) -> None:
    replace("URL: https://example.org/lamp.pdf", "URL: https://example.org/lamp_(a)_[b]).pdf")(good / "docs/data/sources.yml")
    assert scripts(good, "build").returncode == 0
    assert "](https://example.org/lamp_%28a%29_%5Bb%5D%29.pdf)**" in (good / "docs/zh/sources/lamp.md").read_text(encoding="utf-8")


def test_the_navigation_shows_a_label_as_it_is(good: Path) -> None:
    (good / "mkdocs.yml").write_text((HOME / "mkdocs.yml").read_text(encoding="utf-8"), encoding="utf-8")
    replace("zh: 灯\n", "zh: '\"灯\" <b> & 夜'\n")(good / "docs/data/myths/lamp.yml")
    scripts(good, "build")
    listed = [line.strip() for line in (good / "mkdocs.yml").read_text(encoding="utf-8").splitlines() if "myths/" in line and "#" not in line]
    assert listed == ['- "\\"灯\\" &lt;b&gt; &amp; 夜": myths/lamp.md']


def test_two_facts_that_dispute_each_other_are_told_once(good: Path) -> None:
    replace("  supersedes:\n    - lamp-cost-first\n", "  supersedes:\n    - lamp-cost-first\n  disputes:\n    - lamp-cost-press\n")(good / "docs/data/facts.yml")
    assert scripts(good, "check").stdout == ""


def test_a_year_in_the_id_of_a_fact_is_no_date(good: Path) -> None:
    for path in [*good.glob("docs/data/*.yml"), good / "docs/data/myths/lamp.yml", good / "docs/data/articles/2026-01-20-064873.yml", *good.glob("docs/*/myths/lamp.md")]:
        path.write_text(path.read_text(encoding="utf-8").replace("lamp-cost", "lamp-cost-2026"), encoding="utf-8")
    assert scripts(good, "build").returncode == 0
    assert "FACT-" not in scripts(good, "check").stdout


def test_a_generated_page_whose_record_is_gone_is_told(good: Path) -> None:
    (good / ARTICLE).unlink()
    assert scripts(good, "build").returncode == 1
    said = scripts(good, "check").stdout.splitlines()
    gone = [f"docs/{language}/articles/2026-01-20-064873.md:1: BLOCK-1 is generated from a record that is gone, must be deleted" for language in ("en", "zh")]
    assert said == ["docs/data/facts.yml:58: FACT-7 lamp-audit is used nowhere, must be a fact of some docs/data/myths/*.yml", *gone]


LINKS = [
    ("[a](<nowhere.md>)", "links to 'nowhere.md', docs/zh/myths/nowhere.md must exist"),
    ("[a](nowhere.md 'title')", "links to 'nowhere.md', docs/zh/myths/nowhere.md must exist"),
    ("[![灯](../assets/charts/lamp-layers.svg)](nowhere.md)", "links to 'nowhere.md', docs/zh/myths/nowhere.md must exist"),
    ("[![灯](../assets/lamp.png)](lamp.md)", "links to '../assets/lamp.png', docs/zh/assets/lamp.png must exist"),
    ("![灯](../assets/lamp.png)", "links to '../assets/lamp.png', docs/zh/assets/lamp.png must exist"),
    ("[a]()", "links to nothing, must have an address"),
    ("[a](#nothing)", "links to '#nothing', docs/zh/myths/lamp.md must have the id 'nothing'"),
    ("[a](../sources.md#lamp-report)", "links to '../sources.md#lamp-report', must be '../sources/lamp.md#lamp-report'"),
    ("[a](../figures.md#lamp-cost)", "links to '../figures.md#lamp-cost', must be '../figures/lamp.md#lamp-cost'"),
    ("[a](../figures/lamp.md#nothing)", "links to '../figures/lamp.md#nothing', docs/zh/figures/lamp.md must have the id 'nothing'"),
    ("[a](/en/)", "links to '/en/', docs/zh//en must exist"),
    ("[a][b]\n\n[b]: nowhere.md", "links to 'nowhere.md', docs/zh/myths/nowhere.md must exist"),
    ("灯。\n\n[b]: nowhere.md", "links to 'nowhere.md', docs/zh/myths/nowhere.md must exist"),
    ("[**a**][b]", "'[**a**][b]' has no definition, must have one, `[…]: page.md`"),
    ("<a href='lamp.md'>a</a>", "leads to 'lamp.md' in raw HTML, must do so in Markdown, [text](page.md) or ![text](picture.svg)"),
    ("<div markdown=\"1\">\n<img src=\"lamp.png\">\n</div>", "leads to 'lamp.png' in raw HTML, must do so in Markdown, [text](page.md) or ![text](picture.svg)"),
    ("<a href=\"#nothing\">a</a>", "links to '#nothing', docs/zh/myths/lamp.md must have the id 'nothing'"),
    ("[灯] (lamp.md)", "'[灯] (lamp.md)' is no whole link, must be [text](page.md)"),
    ("[灯](lamp.md", "'[灯](lamp.md' is no whole link, must be [text](page.md)"),
    ("[](lamp.md)", "'[](lamp.md)' is no whole link, must be [text](page.md)"),
    ("[[lamp]]", "'[[lamp]]' is no whole link, must be [text](page.md)"),
    ("[a](http://127.0.0.1:8000/myths/lamp/)", "links to 'http://127.0.0.1:8000/myths/lamp/', the preview of one machine, must be a page of the tree, [text](page.md)"),
    ("- 灯\n\n    > [a](nowhere.md)", "links to 'nowhere.md', docs/zh/myths/nowhere.md must exist"),
    ("灯[^1]\n\n[^1]: [a](nowhere.md)", "links to 'nowhere.md', docs/zh/myths/nowhere.md must exist"),
]


def said_of(root: Path, written: str) -> list[str]:
    """What `check` says of a Chinese page with something more in it, beside that the English one has it not, and that its
    version is another."""
    page = root / "docs/zh/myths/lamp.md"
    replace("电的价钱另说。", f"电的价钱另说。\n\n{written}")(page)
    return [line for line in scripts(root, "check").stdout.splitlines() if not re.search(r" (PAIR-3|PAIR-5|BLOCK-1) ", line)]


@pytest.mark.parametrize(("written", "said"), LINKS)
def test_a_link_that_leads_nowhere_is_told_whatever_its_form(good: Path, written: str, said: str) -> None:
    lines = [line.split(": ", 1)[1] for line in said_of(good, written)]
    assert lines == [f"LINK-1 {said}"]


@pytest.mark.parametrize(
    "written",
    [
        "`[a](nowhere.md)` 和 `[^1]`", "\\[a](nowhere.md)", "\\[a\\]\\[b\\]", "<!-- [a](nowhere.md) -->", "```\n[a](nowhere.md)\n```",
        "[a](https://example.org/a_(b))", "<https://example.org/>", "<a href=\"https://example.org/\">a</a>", "<a href=\"#facts\">a</a>",
        "[a][b]\n\n[b]: lamp.md#facts", "![灯](../assets/灯%20a.png)", "灯[^注]。\n\n[^注]: 说明。",
    ],
)  # fmt: skip
def test_a_link_that_leads_somewhere_or_is_code_is_not_told(good: Path, written: str) -> None:
    (good / "docs/zh/assets/灯 a.png").write_bytes(b"a picture")
    assert said_of(good, written) == []


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("<details markdown=\"1\">\n<summary>灯</summary>\n\n亮。", "121: PAGE-5 <details> is not closed, must be: </details>"),
        ("灯</b>亮。", "121: PAGE-5 '</b>' closes nothing, must close a <b>"),
        ("<!-- 灯\n\n亮 -->", "121: PAGE-5 '<!--' is not closed in its line, must be: it would hide what follows"),
        ("待补：灯。", "121: META-6 says 待补, must be filled in"),
        ("TBD", "121: META-6 says TBD, must be filled in"),
        (">>>>>>> main", "121: META-6 says >>>>>>>, must be resolved"),
    ],
)  # fmt: skip
def test_what_would_hide_a_page_or_is_not_finished_is_told(good: Path, written: str, said: str) -> None:
    assert f"docs/zh/myths/lamp.md:{said}" in said_of(good, written)


@pytest.mark.parametrize("written", ["灯<br>亮 <b>灯</b>。", "<details>\n<summary>灯</summary>\n\n亮。\n\n</details>", "`<details>` 和 `<!--`", "<!-- 灯，亮 -->", "结论待定，待补充材料公布。", "```\n<b>\n```"])
def test_what_is_closed_and_finished_is_not_told(good: Path, written: str) -> None:
    assert said_of(good, written) == []


@pytest.mark.parametrize(("written", "what", "must"), [("灯[^1]。", "called", "defined"), ("[^a.b]: 灯。", "defined", "called"), ("`[^1]`\n\n[^1]: 灯。", "defined", "called")])
def test_a_footnote_is_called_and_defined(good: Path, written: str, what: str, must: str) -> None:
    said = said_of(good, written)
    assert len(said) == 1 and said[0].endswith(f" is {what} only, must be {must} too")
    assert " LINK-2 the footnote " in said[0]


@pytest.mark.parametrize(
    ("path", "mark", "said"),
    [
        ("mkdocs.yml", "      # end of what is generated\n", " PAGE-4 has lost a mark of its list of misconceptions"),
        ("mkdocs.en.yml", "# generated by `make build`:", " PAGE-4 has lost a mark of its list of misconceptions"),
        ("CONTRIBUTING.md", "<!-- /fields -->", " PAGE-4 '<!-- fields -->' has no partner, must open and close a passage"),
    ],
)
def test_a_lost_mark_of_a_generated_list_is_told(good: Path, path: str, mark: str, said: str) -> None:
    text = (HOME / path).read_text(encoding="utf-8")
    assert mark in text
    (good / path).write_text(text.replace(mark, ""), encoding="utf-8")
    assert any(line.startswith(f"{path}:") and said in line for line in scripts(good, "check").stdout.splitlines())


def test_a_passage_that_is_not_closed_never_swallows_what_follows(good: Path) -> None:
    page = good / "docs/en/myths/lamp.md"
    replace("## The claim {#claim}\n", "## The claim {#claim}\n\n<!-- claim -->\n\nKept.\n")(page)
    scripts(good, "build")
    assert "\nKept.\n" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("**灯**亮了\n一夜。", 1), ("`灯`亮了\n一夜。", 1), ("[灯](lamp.md)亮了\n一夜。", 1), ("<b>灯</b>亮了\n一夜。", 1), ("2026 年亮了\n一夜。", 1),
        ("- 灯亮了\n  一夜。", 1), ("> 灯亮了\n> 一夜。", 1), ("1. 灯亮了\n   一夜。", 1), ("灯[^1]。\n\n[^1]: 灯亮了\n    一夜。", 3),
        ("<div>\n灯亮了\n一夜。\n</div>", 2), ("灯：\n- 一夜", 1), ("灯：\n1. 一夜", 1), ("A lamp\nburned.", 1),
    ],
)  # fmt: skip
def test_a_paragraph_on_two_lines_is_told_wherever_it_is(good: Path, written: str, line: int) -> None:
    assert said_of(good, written) == [f"docs/zh/myths/lamp.md:{120 + line}: PAGE-3 the paragraph goes on in the next line, must stand on one line with a blank line after it"]


@pytest.mark.parametrize("written", ["灯亮了。  \n一夜。", "- 灯\n- 夜\n    - 更", "```\n灯亮了\n一夜\n```", "| 灯 |\n| --- |\n| 夜 |", "### 灯 {#more}\n灯亮了。"])
def test_what_stands_on_lines_of_its_own_is_not_told(good: Path, written: str) -> None:
    assert [line for line in said_of(good, written) if " PAIR-2 " not in line] == []


@pytest.mark.parametrize("written", ["灯\n---", "灯\n===", "<h3>灯</h3>", "<div>\n<h2 id=\"x\">灯</h2>\n</div>", "###灯", "  ### 灯 {#more}", "> ### 灯 {#more}", "- ### 灯 {#more}"])
def test_a_heading_in_another_form_is_told(good: Path, written: str) -> None:
    said = said_of(good, written)
    shown = next(line.strip() for line in written.split("\n") if "灯" in line)
    assert len(said) == 1 and said[0].endswith(f": PAGE-2 '{shown}' is a heading in another form, must be like ## … {{#facts}}")


STRAYS = [
    "It cost $2 billion.", "It cost $2bn.", "It cost [$2 billion](#fact-hour-price).", "It cost [$2, not $99](#fact-hour-price).", "It cost .99 million.", "It cost {.99 million}.",
    'See [it](../index.md "99 million").', "See [it](../index.md '99 million').", '<img src="a.png" alt="99 million">', "Less <99 million than that.", "It cost https://example.org/和99万.",
    "There are 2024 million lamps.", "It cost 6.3m.", "It is 11x brighter.", "It cost five million.", "It is ninety percent.", "It is a tenth of that.", "It took 120 million GPUs.",
    "Between 5 and 6% of them.", "It cost $2–3.", "~~~~\n99 million\n~~~",
]  # fmt: skip


@pytest.mark.parametrize("said", STRAYS)
def test_no_figure_passes_unseen(good: Path, said: str) -> None:
    page = good / "docs/en/myths/lamp.md"
    page.write_text(page.read_text(encoding="utf-8").replace("Power is another matter.", said), encoding="utf-8")
    assert any(re.match(r"docs/en/myths/lamp\.md:\d+: FACT-[23] ", line) for line in scripts(good, "check").stdout.splitlines())


@pytest.mark.parametrize("said", ["灯贵了三倍。", "省了三成。", "有九十九盏。", "花了五百五十八万。", "1999亿美元。", "2024万人。", "从0到1亿。", "约240万元。"])
def test_no_chinese_figure_passes_unseen(good: Path, said: str) -> None:
    page = good / "docs/zh/myths/lamp.md"
    page.write_text(page.read_text(encoding="utf-8").replace("电的价钱另说。", said), encoding="utf-8")
    assert any(re.match(r"docs/zh/myths/lamp\.md:\d+: FACT-2 ", line) for line in scripts(good, "check").stdout.splitlines())


@pytest.mark.parametrize(
    ("path", "text", "rule"),
    [
        *(("docs/data/myths/lamp.yml", text, "FACT-2") for text in ("en: Lamp", "the lamp not included", "A lamp for only $2.4 million", "not of the lamp.", "covers burning only.", "First published.")),
        *(("docs/data/charts.yml", text, "FACT-2") for text in ("en: A lamp has two layers", "en: A sketch", "en: Shade", "en: on top")),
        *(("docs/data/facts.yml", text, "FACT-2") for text in ("en: Price of an hour", "en: all trials", "en: the lamp itself")),
        ("docs/data/sources.yml", "en: A maker on its own lamp", "FACT-2"),
        ("docs/en/index.md", "title: Lamps", "FACT-2"),
        ("docs/en/index.md", "description: On lamps", "FACT-2"),
        *((ARTICLE, text, "FACT-2") for text in ("en: A commentary on technology", "It agrees with the report, $2.4 million.")),
        *((ARTICLE, text, "ART-1") for text in ("en: Why put a lamp on a pedestal?", "en: A good lamp, no miracle.", "The lamp burned long.", "The report says $2.4 million.")),
    ],
)  # fmt: skip
def test_a_figure_in_any_text_of_a_record_is_checked(good: Path, path: str, text: str, rule: str) -> None:
    replace(text, f"{text} 99%")(good / path)
    said = scripts(good, "check").stdout.splitlines()
    assert any(re.match(rf"{path}:\d+: {rule} '99%' ", line) for line in said), said


def test_a_figure_of_an_article_counts_in_its_own_unit_only(good: Path) -> None:
    replace("The report says $2.4 million.", "The report says €2.4 million.")(good / ARTICLE)
    assert any(": ART-1 '€2.4 million' is no figure of the article" in line for line in scripts(good, "check").stdout.splitlines())


@pytest.mark.parametrize("needed_by", ["formula", "chart"])
def test_a_fact_that_only_a_formula_or_a_chart_needs_is_used(good: Path, needed_by: str) -> None:
    replace("  - lamp-hours\n", "")(good / MYTH)
    if needed_by == "chart":
        replace("  formula: lamp-hours * hour-price\n", "")(good / "docs/data/facts.yml")
        assert "FACT-7 lamp-hours is used nowhere" in scripts(good, "check").stdout
        replace("  layers:", "  bars:\n    - {fact: lamp-hours, label: {zh: 灯, en: Lamp}}\nothers:\n  title: {zh: 灯, en: Lamp}\n  note: {zh: 灯, en: Lamp}\n  layers:")(good / "docs/data/charts.yml")
    assert "FACT-7" not in scripts(good, "check").stdout
