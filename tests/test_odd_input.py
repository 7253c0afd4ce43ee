"""Odd input to the records and pages: one clear line for the author, never a traceback."""

from pathlib import Path

import pytest

from .conftest import scripts

ARTICLE = "docs/data/articles/2026-01-20-064873.yml"
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


@pytest.mark.parametrize(
    ("path", "change", "said"),
    [
        ("docs/data/facts.yml", replace(FORMULA, "formula: lamp-hours * nobody"), "docs/data/facts.yml:46: FACT-6 formula 'lamp-hours * nobody' names 'nobody', must be arithmetic on ids of facts with a value"),
        ("docs/data/facts.yml", replace(FORMULA, "formula: lamp-hours / (hour-price - hour-price)"), "docs/data/facts.yml:46: FACT-6 formula 'lamp-hours / (hour-price - hour-price)' divides by zero or is too large, must give a figure"),
        ("docs/data/facts.yml", replace(FORMULA, "formula: lamp-hours * 1" + "0" * 40), f"docs/data/facts.yml:46: FACT-6 formula 'lamp-hours * 1{'0' * 40}' divides by zero or is too large, must give a figure"),
        ("docs/data/facts.yml", replace(FORMULA, "formula: lamp-hours *"), "docs/data/facts.yml:46: FACT-6 formula 'lamp-hours *' is broken, must be arithmetic on ids of facts"),
        ("docs/data/facts.yml", replace("value: 2400000", "value: NaN"), "docs/data/facts.yml:34: META-2 value is 'NaN', must be a number without unit or separators"),
        ("docs/data/facts.yml", replace("as_of: 2026-01-05", "as_of: 2026-02-30"), "docs/data/facts.yml:10: META-2 as_of is '2026-02-30', must be a day of the calendar"),
        ("docs/data/facts.yml", replace("lamp-cost:", "Lamp Cost:"), "docs/data/facts.yml:30: META-2 the name 'Lamp Cost' must be lower-case letters and digits joined by hyphens"),
        ("docs/data/facts.yml", content(b"- a\n- b\n"), "docs/data/facts.yml:1: META-2 is no mapping, must be `id: fields`"),
        ("docs/data/facts.yml", content(b"a: " + b"[" * 60_000), "docs/data/facts.yml:1: FILE-1 is nested deeper than 12 levels"),
        ("docs/data/facts.yml", content(b"a:\n  " + b"- " * 20_000 + b"b"), "docs/data/facts.yml:2: FILE-1 is nested deeper than 12 levels"),
        ("docs/data/myths/lamp.yml", content(b""), "docs/data/myths/lamp.yml:1: META-1 is empty, must hold a record"),
        ("docs/data/myths/lamp.yml", replace("verdict: misleading", "verdict: &v misleading\nmore: *v"), "docs/data/myths/lamp.yml:11: FILE-1 has an alias, must be written out"),
        ("docs/data/myths/lamp.yml", replace("verdict: misleading", "verdict: !!python/name:os.system x"), "docs/data/myths/lamp.yml:10: FILE-1 has the tag tag:yaml.org,2002:python/name:os.system, must be plain"),
        ("docs/data/charts.yml", replace("accent: true", "accent: maybe"), "docs/data/charts.yml:15: META-2 layers.0.accent is 'maybe', must be true or false"),
        (ARTICLE, replace("published: '2026-01-20 08:30:00'", "published: last year"), f"{ARTICLE}:3: META-2 published is 'last year', must be a date YYYY-MM-DD, with or without a time"),
        (ARTICLE, replace("    - lamp\n", "    - nobody\n"), f"{ARTICLE}:26: META-3 myths names 'nobody', must be one of the misconceptions: ingest it again"),
        ("docs/zh/index.md", content(b"---\ntitle: \xff\n---\n"), "docs/zh/index.md:2: FILE-1 is not UTF-8, must be"),
        ("docs/zh/index.md", replace("# 灯", "# 灯\u202e"), "docs/zh/index.md:6: FILE-1 has the character U+202E, must be plain text"),
        ("docs/zh/index.md", replace("<!-- cards -->", "<!-- head -->\n<!-- /head -->\n\n<!-- cards -->"), "docs/zh/index.md:8: PAGE-4 'head' is no passage of this page, must be one of cards, chart, verdicts, kinds, grades"),
        ("docs/zh/myths/lamp.md", replace("<!-- chart lamp-layers -->", "<!-- chart bulb -->"), "docs/zh/myths/lamp.md:65: PAGE-4 names the chart 'bulb', must be one of charts.yml"),
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


def test_a_year_in_the_id_of_a_fact_is_no_date(good: Path) -> None:
    for path in [good / "docs/data/facts.yml", good / "docs/data/myths/lamp.yml", good / "docs/data/articles/2026-01-20-064873.yml", *good.glob("docs/*/myths/lamp.md")]:
        path.write_text(path.read_text(encoding="utf-8").replace("lamp-cost", "lamp-cost-2026"), encoding="utf-8")
    assert scripts(good, "build").returncode == 0
    assert "FACT-" not in scripts(good, "check").stdout


def test_a_generated_page_whose_record_is_gone_is_told(good: Path) -> None:
    (good / ARTICLE).unlink()
    assert scripts(good, "build").returncode == 0
    said = scripts(good, "check").stdout.splitlines()
    assert [f"docs/{language}/articles/2026-01-20-064873.md:1: BLOCK-1 is generated from a record that is gone, must be deleted" for language in ("en", "zh")] == said
