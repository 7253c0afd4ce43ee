"""Where the lines of a text end: Chinese at phrases, English at words; no mark where it must not stand, no word apart.

What may be broken at all is Unicode's (https://www.unicode.org/reports/tr14/), what belongs together in Chinese is
BudouX's; of the ways that are left the evenest is taken, as a typesetter balances a heading.
"""

import re
from functools import lru_cache
from itertools import accumulate
from math import inf
from typing import Callable, Sequence

import budoux
from uniseg.breaking import Run
from uniseg.linebreak import line_break_units

NOT_FIRST = set("，。、；：！？”’）》〉」』】〕…—⸺～·％‰,.;:!?)]}%")
NOT_LAST = set("“‘（《〈「『【〔￥¥$€£([{")
QUOTED = re.compile(r"(?<=[”’])(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])(?=[“‘])")  # where Unicode sees no break beside a quote, for it does not know which way it opens
AFTER_MARK = re.compile(r"[，。、；：！？”’）》」』】…—⸺,.;:!?)]\s*$")
BESIDE_LATIN = re.compile(r"[A-Za-z]\d*\s$")
# what should not end a line, however short it makes that one: a word that leans on the next
LEANING = {
    "zh": re.compile(r"[不很最更也都就还又把被让在从对和与或一每各]$"),
    "en": re.compile(r"(?:^|\s)(?:an?|the|of|to|in|on|at|by|for|from|with|and|or|not|no|[$€£¥]?\d[\d.,]*)\s$", re.I),
}
PARTICLE = re.compile(r"[的了们吗呢吧年月日]")  # leans on what is before it
FIGURE = re.compile(r"(?<![A-Za-z\d])\d[\d.,]*%? ?[万亿千百]*[\u3400-\u9fff]")  # a number and the beginning of its unit
MARK, SPACE, PHRASE, LEANS, WORD, ANYWHERE, WRONG = 0.0, 0.02, 0.05, 0.4, 1.5, 6.0, 30.0  # what a break there costs; a line costs 1


def _copied(run: "Run[object]") -> "Run[object]":
    made = object.__new__(Run)
    for name in Run.__slots__:
        setattr(made, name, getattr(run, name))
    return made


Run.__copy__ = _copied  # type: ignore[attr-defined]  # the library copies its place at every sign, and Python's own way is slow


def costs(text: str, language: str) -> tuple[float, ...]:
    """What it costs to end a line after each sign of a text; a sign is one character."""
    legal = {*accumulate(len(unit) for unit in line_break_units(text)), *(match.start() for match in QUOTED.finditer(text))}
    phrases = _phrases(text) if language == "zh" else legal
    apart = {place for match in FIGURE.finditer(text) for place in range(match.start() + 1, match.end())} if language == "zh" else set()
    return tuple(_cost(text, end, language, legal, phrases, apart) for end in range(1, len(text) + 1))


def _cost(text: str, end: int, language: str, legal: set[int], phrases: set[int], apart: set[int]) -> float:
    before, after = text[max(0, end - 12) : end], text[end : end + 1]
    if after in NOT_FIRST or before[-1] in NOT_LAST:
        return WRONG
    if end not in legal:
        return ANYWHERE
    if end in apart or LEANING[language].search(before) or (language == "zh" and PARTICLE.match(after)):
        return LEANS if end in phrases or end in apart else WORD
    if AFTER_MARK.search(before):
        return MARK
    if language == "zh" and BESIDE_LATIN.search(before):
        return SPACE
    return PHRASE if end in phrases else WORD


@lru_cache(maxsize=1)
def _parser() -> budoux.Parser:
    return budoux.load_default_simplified_chinese_parser()


def _phrases(text: str) -> set[int]:
    """Where a phrase of a Chinese text ends; a blank belongs to what is before it."""
    ends = accumulate(len(phrase) for phrase in _parser().parse(text))
    return {end + (text[end : end + 1] == " ") for end in ends}


def wrapped(text: str, costs: Sequence[float], widths: Sequence[float], room: float) -> list[tuple[str, float]]:
    """The lines of a text, none wider than `room`, each with what it costs to end there; `widths` are those of the text's
    signs. Few lines come first, then breaks that cost little and lines that are even."""
    ends = [0.0, *accumulate(widths)]
    best, came = [0.0] + [inf] * len(text), [0] * (len(text) + 1)
    for end in range(1, len(text) + 1):
        seen, ended = ends[end - (text[end - 1] == " ")], costs[end - 1] if end < len(text) else 0
        least = inf
        for start in range(end - 1, -1, -1):
            free = 1 - (seen - ends[start]) / room
            if free < 0 and start < end - 1:
                break
            cost = best[start] + 1 + free * free + ended
            if cost < least:
                least, came[end] = cost, start
        best[end] = least
    places = [len(text)]
    while places[-1]:
        places.append(came[places[-1]])
    return [(text[start:end].strip(), costs[end - 1] if end < len(text) else 0.0) for end, start in zip(places, places[1:])][::-1]


def shortened(text: str, costs: Sequence[float], ellipsis: str, fits: Callable[[str], bool]) -> str:
    """The longest beginning of a text that fits, up to the end of a phrase and with an ellipsis; of a text without a
    phrase to end at, up to any sign."""
    for most in (PHRASE, WRONG):
        places = [end for end, cost in enumerate(costs[:-1], 1) if cost <= most]
        low, high = 0, len(places)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if fits(_ended(text[: places[middle]], ellipsis)) else (low, middle)
        if low:
            return _ended(text[: places[low - 1]], ellipsis)
    return ellipsis


def _ended(text: str, ellipsis: str) -> str:
    return text.rstrip(" ，。、；：！？,.;:!?…—“‘（《([") + ellipsis
