"""Figures and dates in running text, as values: one table of spellings, the names and idioms that are none, dates."""

from decimal import Decimal

import pytest

from scripts import library, numerals
from scripts.figures import find, parse

from .conftest import HERE, HOME

Reading = tuple[Decimal | None, str | None, str | None]


def spellings() -> list[tuple[str, list[Reading]]]:
    """Text → value, unit and qualifier of each of its figures, from the table."""
    table: dict[str, list[Reading]] = {}
    text = ""
    for line in (HERE / "spellings.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        said, value, unit, qualifier = line.split("\t")
        text = said or text
        table.setdefault(text, []).append((Decimal(value), unit or None, qualifier or None))
    return list(table.items())


@pytest.mark.parametrize(("text", "readings"), spellings())
@pytest.mark.parametrize("around", ["{}", "他说，{}。", "It is {}, they say."])
def test_a_figure_is_read_as_value_unit_and_qualifier(text: str, readings: list[Reading], around: str) -> None:
    assert [(found.value, found.unit, found.qualifier) for found in find(around.format(text))] == readings


def test_the_table_is_as_long_as_promised() -> None:
    assert len(spellings()) >= 150


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("2024年12月26日", [("2024-12-26", None)]),
        ("2024 年 12 月", [("2024-12", None)]),
        ("二〇二四年十二月二十六日", [("2024-12-26", None)]),
        ("2月6日，英伟达", [("--02-06", None)]),
        ("二月六日", [("--02-06", None)]),
        ("1月29日至30日", [("--01-29", "--01-30")]),
        ("29 至 30 日", [("---29", "---30")]),
        ("去年9月", [("--09", None)]),
        ("26 December 2024", [("2024-12-26", None)]),
        ("December 26, 2024", [("2024-12-26", None)]),
        ("Dec. 26, 2024", [("2024-12-26", None)]),
        ("26th December", [("--12-26", None)]),
        ("January 29-30, 2025", [("2025-01-29", "2025-01-30")]),
        ("in December 2024 and 2025", [("2024-12", None), ("2025", None)]),
        ("2026-11-22", [("2026-11-22", None)]),
        ("2025/2/10", [("2025-02-10", None)]),
        ("2025.02.10", [("2025-02-10", None)]),
        ("it may change, and march on", []),
    ],
)
def test_a_date_is_read_as_iso_8601(text: str, dates: list[tuple[str, str | None]]) -> None:
    assert [(found.date, found.until) for found in find(text)] == dates


@pytest.mark.parametrize(
    "text",
    [
        "V3.2-Exp", "GPT-4o", "o1", "H800", "R1-0528", "3FS", "从0到1", "0→1", "zero to one", "Llama3.1405B", "80GB", "1F1B", "8x7B", "12.3.1", "18:56",
        "第 3 节", "第一万步", "2nd", "一个", "两种", "two models", "数百万美元", "几十亿", "上百家", "成千上万", "千万别", "万一", "十分好", "萤火二号", "万亿参数", "统一", "a third party",
        "https://example.org/99", "五五开", "两三倍", "三四十亿", "7×24 小时", "24/7", "晚 8 点", "5 p.m.", "20 世纪", "95 后", "表 3", "§ 4.1", "Table 3", "p. 14", "pp. 14–16", "No. 1",
    ],
)  # fmt: skip
def test_names_ordinals_vague_amounts_and_small_counts_are_no_figures(text: str) -> None:
    assert find(f"用 {text} 的人") == []


def test_a_figure_knows_where_it_stands() -> None:
    text = "V3 用了约 2,048 块 H800，R1 没说。"
    (found,) = find(text)
    assert (text[found.start : found.end], found.numeral) == ("2,048 块 H800", "2,048")


@pytest.mark.parametrize("text", ["", "no figure", "5 or 6", "5–6%"])
def test_words_that_are_not_one_figure_are_none(text: str) -> None:
    assert parse(text) is None


def test_the_words_of_every_fact_give_its_value_back() -> None:
    facts = library.read(HOME).facts
    said = {(name, language): fact for name, fact in facts.items() if fact.words for language in ("zh", "en")}
    assert said
    wrong = {key for key, fact in said.items() if (read := parse(fact.words[key[1]])) is None or read.value != fact.value}
    assert wrong == set()


@pytest.mark.parametrize(("text", "value"), [("十", 10), ("二十", 20), ("一百零五", 105), ("三千二百", 3200), ("两万", 20000), ("一亿三千万", 130000000), ("二〇二五", 2025), ("两千五", 2500), ("十七点五万", 175000)])
def test_a_chinese_numeral_has_its_value(text: str, value: int) -> None:
    assert numerals.han(text) == value
