"""Both languages say the same, each in its own: single mistakes of a hurried editor, and what is none."""

import re
from pathlib import Path

import pytest

from .conftest import scripts
from .test_rules import mistake

EN, ZH = "docs/en/myths/cost.md", "docs/zh/myths/cost.md"
MYTH, FACTS, CHARTS = "docs/data/myths/cost.yml", "docs/data/facts.yml", "docs/data/charts.yml"
SHORT = "\n## In one sentence {#short}\n"


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        (EN, "- $5.576 million: the computing", "- $5.58 million: the computing", rf"{EN}:\d+: PAIR-4 '\$5\.58 million' is said here and not in this section of {ZH}, must be said in both"),
        (EN, "- $5.576 million: the computing", "- $5.58 million: the computing", rf"{ZH}:\d+: PAIR-4 '557\.6 万美元' is said here and not in this section of {EN}, must be said in both"),
        (EN, "On 26 December 2024", "On 26 December 2023", rf"{EN}:\d+: PAIR-4 '26 December 2023' is said here and not in this section of {ZH}, must be said in both"),
        (EN, "compared with GPT-4o]", "compared with GPT-4]", rf"{EN}:\d+: PAIR-4 'GPT-4' is said here and not in this section of {ZH}, must be said in both"),
        (EN, "[5,000](#fact-v3-hours-post)", "[5,000](#fact-r1-sft-data-hours)", rf"{EN}:\d+: PAIR-4 does not link to the fact v3-hours-post in this section, must, as {ZH}:\d+ does"),
        (MYTH, "makes $5.576 million", "makes $5.328 million", rf"{MYTH}:17: PAIR-4 '\$5\.328 million' is said in en only, must be said in both languages"),
        (EN, "- What GPT-4o and other closed models would come to on the same yardstick.\n", "", rf"{EN}:\d+: PAIR-5 has 4 paragraphs, entries and rows in this section where {ZH}:\d+ has 5, must have as many"),
        (EN, SHORT, f"\nThis is said in English only.\n{SHORT}", rf"{EN}:\d+: PAIR-5 has 8 paragraphs, entries and rows in this section where {ZH}:\d+ has 7, must have as many"),
        (EN, "<!-- chart gpu-hours-v3-llama -->", "<!-- chart v3-run-parts -->", rf"{EN}:1: PAIR-5 has the passage 'chart v3-run-parts' where {ZH} has 'chart gpu-hours-v3-llama', must have the same"),
        (EN, SHORT, f"\nThe rest is not translated，后面一半还是中文。\n{SHORT}", rf"{EN}:\d+: PAIR-6 'The rest is not translated，后面一半还是中文。' is not all in English, must be"),
        (EN, "## What is not known {", "## 还不知道什么 {", rf"{EN}:\d+: PAIR-6 '## 还不知道什么' is not all in English, must be"),
        (ZH, "\n## 一句话 {", "\nNobody has translated this paragraph yet.\n\n## 一句话 {", rf"{ZH}:\d+: PAIR-6 'Nobody has translated this paragraph yet…' is not all in Chinese, must be"),
        (MYTH, "  zh: 训练成本", "  zh: Training", rf"{MYTH}:2: PAIR-6 'Training' is not all in Chinese, must be"),
        (MYTH, "  - trained for under six", "  - 训练成本\n  - trained for under six", rf"{MYTH}:\d+: PAIR-6 '训练成本' is not all in English, must be"),
        (FACTS, "en: Computing of V3's official training run, at an assumed rent", "en: V3 一次正式训练的算力，按假定租价折算", rf"{FACTS}:5: PAIR-6 'V3 一次正式训练的算力，按假定租价折算' is not all in English, must be"),
        (FACTS, "en: Computing of V3's official training run, at an assumed rent", "en: …", rf"{FACTS}:5: PAIR-6 '…' is not all in English, must be"),
        ("docs/en/index.md", "title: Off the Pedestal", "title: 走下神坛", r"docs/en/index\.md:2: PAIR-6 '走下神坛' is not all in English, must be"),
    ],
)  # fmt: skip
def test_one_mistake_in_one_language_is_told(project: Path, path: str, old: str, new: str, said: str) -> None:
    lines = mistake(project, path, old, new)
    assert [line for line in lines if re.fullmatch(said, line)], lines


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("2025 年 1 月和 9 月各测了一次。", "It was tested in January and in September 2025."),
        ("H800 每台八块。", "There are eight H800s in each."),
        ("脑极体（Naojiti）写道：“DeepSeek is not what people take it to be。”", "脑极体 (Naojiti) wrote 《何必把DeepSeek推上神坛？》."),
        ("见[The Lamp Report of the year](https://example.org/)。", "See [何必把灯推上神坛的一篇文章](https://example.org/)."),
        ("见 V3 和 R1。", "See R1."),
    ],
)  # fmt: skip
def test_what_both_say_in_their_own_way_is_no_mistake(good: Path, zh: str, en: str) -> None:
    for path, old, new in (("docs/zh/index.md", "<!-- cards -->", zh), ("docs/en/index.md", "<!-- cards -->", en)):
        page = good / path
        page.write_text(page.read_text(encoding="utf-8").replace(old, f"{new}\n\n{old}"), encoding="utf-8")
    assert {line.split()[1] for line in scripts(good, "check").stdout.splitlines()} == {"PAIR-3"}


def test_a_home_page_shows_every_misconception(good: Path) -> None:
    for language in ("zh", "en"):
        page = good / f"docs/{language}/index.md"
        page.write_text(re.sub("<!-- cards -->.*<!-- /cards -->", "", page.read_text(encoding="utf-8"), flags=re.S), encoding="utf-8")
    assert "docs/en/index.md:6: PAGE-4 lacks the passage 'cards', must have <!-- cards --> and <!-- /cards -->" in scripts(good, "check").stdout.splitlines()


def test_a_home_page_is_missed_and_so_are_words_below_a_heading(project: Path) -> None:
    for language in ("zh", "en"):
        (project / f"docs/{language}/index.md").unlink()
    page = project / EN
    page.write_text(re.sub(r"(\{#short\}\n).*?(?=\n## )", r"\1", page.read_text(encoding="utf-8"), flags=re.S), encoding="utf-8")
    lines = scripts(project, "check").stdout.splitlines()
    assert "docs/zh/index.md:1: PAIR-1 is missing, must be there, and in English too" in lines
    assert [line for line in lines if re.fullmatch(rf"{EN}:\d+: PAGE-1 has nothing in its section #short, must say something", line)], lines
