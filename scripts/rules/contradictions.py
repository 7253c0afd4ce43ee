"""The rules that the register does not contradict itself."""

import re
from bisect import bisect_right
from itertools import accumulate, combinations
from typing import Iterator

from ..cues import Scope, cues, folded
from ..model import LANGUAGES, Library, Problem
from ..records import Fact
from . import rule

FACTS = "docs/data/facts.yml"
IN_BRACKETS = re.compile(r"（[^（）]*）|\([^()]*\)")
WORD = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*|[\u4e00-\u9fff]")
PLAIN_WORDS = frozenset("a an the of in on at by to for from its it s that was were is are had has 的 了 在 由 是".split())


@rule("FACT-9")
def no_contradiction(library: Library) -> Iterator[Problem]:
    """Two facts of the same unit and date that say the same thing give the same figure, unless one names the other in
    `supersedes` or `disputes`. They say the same when, in either language, the cues of one speak in the statement of the
    other, or their statements have the same words, whatever their order and whatever stands in brackets."""
    figures = {name: fact for name, fact in library.facts.items() if fact.value is not None}
    for one, other in _alike(figures):
        first, second = figures[one], figures[other]
        told = other in (*first.supersedes, *first.disputes) or one in (*second.supersedes, *second.disputes)
        if not told and first.value != second.value and _same_date(first.as_of, second.as_of):
            assert first.words and second.words
            said = f"'{second.words.en}' where {one} has '{first.words.en}' for the same date"
            yield Problem(*library.at(FACTS, other), "FACT-9", f"{other} has {said}, must be one fact, or one must name the other in supersedes or disputes")


@rule("FACT-10")
def newer_supersedes_older(library: Library) -> Iterator[Problem]:
    """A fact supersedes older ones or ones of its own date, and none that supersedes it."""
    for name, fact in library.facts.items():
        for index, old in enumerate(fact.supersedes):
            if (other := library.facts.get(old)) and (other.as_of > fact.as_of and not _same_date(other.as_of, fact.as_of) or name in other.supersedes):
                yield Problem(*library.at(FACTS, name, "supersedes", index), "FACT-10", f"supersedes {old} of {other.as_of}, must be the newer of the two, {fact.as_of}, and not superseded by it")


def _alike(figures: dict[str, Fact]) -> set[tuple[str, ...]]:
    """Pairs of facts, as they stand in the register, that say the same thing of one unit in one year. Looked up, not
    compared each with each: a register has thousands."""
    same_words: dict[tuple[str | None, ...], list[str]] = {}
    same_year: dict[tuple[str | None, ...], list[str]] = {}
    for name, fact in figures.items():
        kind = (fact.unit, fact.as_of[:4])
        same_year.setdefault(kind, []).append(name)
        for language in LANGUAGES:
            same_words.setdefault((*kind, language, *_words(fact.statement[language])), []).append(name)
    pairs = {pair for names in same_words.values() for pair in combinations(names, 2)}
    place = {name: index for index, name in enumerate(figures)}
    said = {name: [folded(fact.statement[language]) for language in LANGUAGES] for name, fact in figures.items()}
    stated = {kind: _Stated({name: said[name] for name in names}) for kind, names in same_year.items()}
    for cue in cues({name: fact.cues for name, fact in figures.items()}):
        others = stated[figures[cue.fact].unit, figures[cue.fact].as_of[:4]].with_all(cue.words) - {cue.fact}
        pairs |= {tuple(sorted((cue.fact, name), key=place.__getitem__)) for name in others if any(cue.speaks(Scope(text, text)) for text in said[name])}
    return pairs


class _Stated:
    """Statements, in which the names of those that hold a word are found by looking through all of them at once."""

    def __init__(self, said: dict[str, list[str]]):
        pairs = [(name, text) for name, texts in said.items() for text in texts]
        self.names, self.text = [name for name, _ in pairs], "\n".join(text for _, text in pairs)
        self.starts = [0, *accumulate(len(text) + 1 for _, text in pairs)]
        self.found: dict[str, set[str]] = {}

    def with_all(self, words: tuple[tuple[str, ...], ...]) -> set[str]:
        """The names of those that hold one of the words of each entry, in either language."""
        names: set[str] | None = None
        for entry in words:
            if names != set():
                holding = set().union(*map(self._with, entry))
                names = holding if names is None else names & holding
        return set(self.names) if names is None else names

    def _with(self, word: str) -> set[str]:
        if word not in self.found:
            self.found[word] = {self.names[bisect_right(self.starts, match.start()) - 1] for match in re.finditer(re.escape(folded(word)), self.text)}
        return self.found[word]


def _same_date(one: str, other: str) -> bool:
    """Whether two dates agree in all that both give."""
    return one.startswith(other) or other.startswith(one)  # 2026-01 and 2026-01-05


def _words(statement: str) -> list[str]:
    return sorted(word for word in WORD.findall(IN_BRACKETS.sub(" ", statement.lower())) if word not in PLAIN_WORDS)
