"""Which misconceptions a text touches: those of whose phrasings it holds more than half, and no weaker ones."""

import os
import subprocess
import sys

import pytest

from scripts.matching import Match, Matcher, reports_a_claim

from .conftest import HOME

MATCHER = Matcher({"lamp": ["bright lamp", "灯很亮"], "night": ["dark night"], "moon": ["moon"]})


@pytest.mark.parametrize(
    ("text", "touched"),
    [
        ("A bright lamp in the street.", [Match("lamp", 1.0, "bright lamp")]),
        ("這盞燈很亮。", [Match("lamp", 1.0, "灯很亮")]),
        ("ＢＲＩＧＨＴ　ＬＡＭＰ", [Match("lamp", 1.0, "bright lamp")]),
        ("A lamp, no more.", []),
        ("Nothing of it.", []),
        ("The moon and a bright lamp.", [Match("lamp", 1.0, "bright lamp"), Match("moon", 1.0, "moon")]),
    ],
)
def test_a_text_touches_what_it_says_more_than_half_of(text: str, touched: list[Match]) -> None:
    assert MATCHER.matches(text) == touched


def test_a_word_that_many_use_weighs_less() -> None:
    """Held: two of three words, but those that every misconception uses; then the one that only this one uses."""
    matcher = Matcher({name: [f"the big {name}"] for name in ("lamp", "night", "moon", "sun")})
    assert matcher.matches("the big house") == []
    assert [match.slug for match in matcher.matches("a lamp")] == ["lamp"]


HALF = """
from scripts.matching import Matcher
wordings = {"lamp": ["a b c d e f g h i j k l"], "night": ["a g m b h", "c i"], "moon": ["d j a g", "n"], "sun": ["e k", "b h a g o"]}
print(Matcher(wordings).matches("a b c d e f"))
"""


@pytest.mark.parametrize("seed", ["0", "1", "4"])
def test_half_is_not_more_than_half_in_whatever_order_sets_come(seed: str) -> None:
    done = subprocess.run([sys.executable, "-c", HALF], cwd=HOME, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr


@pytest.mark.parametrize(("text", "reports"), [("网传灯永远不会坏。", True), ("這是一種誤讀。", True), ("It is a popular myth.", True), ("灯亮着。", False), ("The lamp burns.", False)])
def test_a_text_that_speaks_of_what_is_said_is_told(text: str, reports: bool) -> None:
    assert reports_a_claim(text) == reports
