"""Cues: words of the register by which a sentence says that its figure is meant to be a certain fact.

A cue speaks for a figure when all its words stand before the end of the figure's clause, one of them in that clause,
and none that it excludes does: “V3 is cheaper, GPT-4 cost $100 million” says nothing of V3's cost. A date that stands
alone between commas speaks for all that follows, up to the next date.
"""

import re
from bisect import bisect_right
from functools import lru_cache
from typing import Iterator, Mapping, NamedTuple

from .figures import Found
from .matching import simplified
from .records import Cues

SENTENCE = re.compile(r"(?:[^。！？!?；;\n.]|\.(?!\s+[\"“'(]?[A-Z])|(?<=[A-Z])\.)*[。！？!?；;\n.]?")
COMMA = re.compile(r"[，,：:](?!\d)|[，：]")
WINDOW = 200  # characters before and after a figure in which its words are looked for
BARE = 12  # bytes beside a date that say nothing of their own: 自…起, as early as …
BEFORE = re.compile(r"(?:截[至止]|到|\b(?:by|until|till|before))\s*\Z", re.I)
AFTER = re.compile(r"\s*(?:之?前|以前|为止|為止)")
JOINED = re.compile(r"(?<=[A-Za-z])[-‐‑](?=[A-Za-z0-9])|(?<=[0-9])[-‐‑](?=[A-Za-z])|(?<=[a-z])(?=[A-Z]\d)")
BLANKS = re.compile(r"\s+(?=[^\x00-\x7f]|%)|(?<=[^\x00-\x7f])\s+")


class Scope(NamedTuple):
    """What a figure's cues are looked for in: the sentence to the end of the figure's clause, and that clause."""

    text: str
    clause: str


class Cue(NamedTuple):
    """A fact and the words that point to it: of each entry one must stand, of `never` none may."""

    fact: str
    words: tuple[tuple[str, ...], ...]
    never: tuple[str, ...]

    def speaks(self, scope: Scope) -> str | None:
        """The words by which the cue speaks, as they stand in the register; None when it does not."""
        if not all(any(folded(word) in scope.text for word in either) for either in self.words):  # most fail here, and fast
            return None
        if any(stands(word, scope.clause) for word in self.never):
            return None
        said = [next((word for word in either if stands(word, scope.text)), None) for either in self.words]
        own = any(stands(word, scope.clause) for either in self.words for word in either)
        return " ".join(filter(None, said)) if all(said) and own else None


def cues(facts: Mapping[str, Cues | None]) -> list[Cue]:
    """The cues of facts by id, in either language."""
    return [_cue(fact, said) for fact, given in facts.items() if given for said in (*given.zh, *given.en)]


def _cue(fact: str, said: str) -> Cue:
    words = said.split()
    never = tuple(word for entry in words if entry[0] == "!" for word in entry[1:].split("|"))
    return Cue(fact, tuple(tuple(entry.split("|")) for entry in words if entry[0] != "!"), never)


def sentences(text: str, figures: list[Found]) -> Iterator[list[tuple[Found, Scope]]]:
    """The figures of each sentence that has some, with what their cues are looked for in."""
    index = 0
    for sentence in SENTENCE.finditer(text):
        first = index
        while index < len(figures) and figures[index].start < sentence.end():
            index += 1
        own = figures[first:index]
        following = [figure.start for figure in own if figure.date is not None]
        if own:
            yield [(figure, _scope(text, sentence.start(), sentence.end(), figure, following)) for figure in own]


def _scope(text: str, start: int, end: int, figure: Found, dates: list[int]) -> Scope:
    """Cut from a sentence of the text, which begins and ends at two offsets; `dates` are the offsets of its dates."""
    start, end = max(start, figure.start - WINDOW), min(end, figure.end + WINDOW)
    before = [comma.end() for comma in COMMA.finditer(text, start, figure.start)]
    after = COMMA.search(text, figure.end, end)
    first, last = before[-1] if before else start, after.start() if after else end
    if figure.date is not None and len((text[first : figure.start] + text[figure.end : last]).encode()) <= BARE:
        last = dates[at] if (at := bisect_right(dates, figure.start)) < len(dates) else end
    return Scope(folded(text[start : min(last, end)]), folded(text[first : min(last, end)]))


def bounds(text: str, figure: Found) -> bool:
    """Whether a date is said as a bound, not as the day of what is told: 截至2月10日, by 10 February, 2021年之前."""
    return bool(BEFORE.search(text[max(0, figure.start - 8) : figure.start]) or AFTER.match(text, figure.end))


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """A text as cues are compared: Simplified characters, lower case, no blanks but between Latin words and digits,
    which a hyphen joins as a blank does."""
    return re.sub(r"\s+", " ", BLANKS.sub("", JOINED.sub(" ", simplified(text)))).lower()


def stands(word: str, text: str) -> bool:
    """Whether a word stands in a folded text: R1 does not stand in “over 1”, V3 not in V3.2; fell may be felled."""
    word = folded(word)
    at = text.find(word)
    while at >= 0:
        if not _cut(word, text, at):
            return True
        at = text.find(word, at + 1)
    return False


def _cut(word: str, text: str, at: int) -> bool:
    """Whether the word that begins at an offset is cut out of a longer one there."""
    before, after = text[at - 1 : at] if at else "", text[at + len(word) : at + len(word) + 2]
    if word[0].isascii() and word[0].isalpha() and before.isascii() and before.isalpha():
        return True
    if word[0].isdigit() and (before.isdigit() or before == "."):
        return True
    return word[-1].isdigit() and (after[:1].isdigit() or after[:1] == "." and after[1:].isdigit())
