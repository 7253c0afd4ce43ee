"""Figures and dates in running text, as values."""

from decimal import Decimal

import pytest

from scripts.figures import find, han_value, parse


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("558万美元", "5580000", "USD"),
        ("557.6 万美元", "5576000", "USD"),
        ("５５８万美元", "5580000", "USD"),
        ("五百五十八万美元", "5580000", "USD"),
        ("$5.576 million", "5576000", "USD"),
        ("US$5.6M", "5600000", "USD"),
        ("5.6百万美元", "5600000", "USD"),
        ("3 千亿", "300000000000", None),
        ("五百多万美元", "5000000", "USD"),
        ("500多万美元", "5000000", "USD"),
        ("$6bn", "6000000000", "USD"),
        ("50k", "50000", None),
        ("6710亿", "671000000000", None),
        ("6710 亿参数", "671000000000", "parameter"),
        ("671 billion", "671000000000", None),
        ("14.8 万亿", "14800000000000", None),
        ("2.788 million GPU-hours", "2788000", "GPU-hour"),
        ("278.8 万 GPU 小时", "2788000", "GPU-hour"),
        ("2,048", "2048", None),
        ("14.3%", "14.3", "percent"),
        ("百分之三十", "30", "percent"),
        ("十分之一", "0.1", "ratio"),
        ("11.06 倍", "11.06", "times"),
        ("53 页", "53", "page"),
        ("1.6 亿元", "160000000", "CNY"),
    ],
)
def test_a_figure_is_read_as_value_and_unit(text: str, value: str, unit: str | None) -> None:
    assert parse(text) == (Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("2024年12月26日", ["2024-12-26"]),
        ("2024 年 12 月", ["2024-12"]),
        ("2月6日，英伟达", ["--02-06"]),
        ("29 至 30 日", ["---29"]),
        ("26 December 2024", ["2024-12-26"]),
        ("in December 2024 and 2025", ["2024-12", "2025"]),
        ("2026-11-22", ["2026-11-22"]),
        ("it may change", []),
    ],
)
def test_a_date_is_read_as_iso_8601(text: str, dates: list[str]) -> None:
    assert [found.date for found in find(text)] == dates


@pytest.mark.parametrize("name", ["V3.2-Exp", "GPT-4o", "o1", "H800", "R1-0528", "3FS", "从0到1", "0→1", "Llama3.1405B"])
def test_digits_of_a_name_are_no_figure(name: str) -> None:
    assert find(f"用 {name} 的人") == []


def test_a_figure_knows_where_it_stands() -> None:
    text = "V3 用了 2,048 块 H800，R1 没说。"
    found = find(text)
    assert [text[figure.start : figure.end] for figure in found] == ["2,048"]


@pytest.mark.parametrize(("text", "value"), [("十", 10), ("二十", 20), ("一百零五", 105), ("三千二百", 3200), ("两万", 20000), ("一亿三千万", 130000000)])
def test_a_chinese_numeral_has_its_value(text: str, value: int) -> None:
    assert han_value(text) == value
