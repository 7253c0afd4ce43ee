"""The rule that the register does not contradict itself."""

import re
from itertools import combinations
from typing import Iterator

from ..cues import Cue, Scope, cues, folded
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
    known: dict[str, list[Cue]] = {}
    for cue in cues({name: fact.cues for name, fact in figures.items()}):
        known.setdefault(cue.fact, []).append(cue)
    of_unit: dict[str | None, list[str]] = {}
    for name, fact in figures.items():
        of_unit.setdefault(fact.unit, []).append(name)
    for one, other in (pair for names in of_unit.values() for pair in combinations(names, 2)):
        first, second = figures[one], figures[other]
        if first.value == second.value or not _same_date(first.as_of, second.as_of):
            continue
        told = other in (*first.supersedes, *first.disputes) or one in (*second.supersedes, *second.disputes)
        if not told and (_same_words(first, second) or _speak(known.get(one, ()), second) or _speak(known.get(other, ()), first)):
            assert first.words and second.words
            said = f"'{second.words.en}' where {one} has '{first.words.en}' for the same date"
            yield Problem(*library.at(FACTS, other), "FACT-9", f"{other} has {said}, must be one fact, or one must name the other in supersedes or disputes")


def _same_date(one: str, other: str) -> bool:
    """Whether two dates agree in all that both give."""
    return one.startswith(other) or other.startswith(one)  # 2026-01 and 2026-01-05


def _same_words(one: Fact, other: Fact) -> bool:
    return any(_words(one.statement[language]) == _words(other.statement[language]) for language in LANGUAGES)


def _words(statement: str) -> list[str]:
    return sorted(word for word in WORD.findall(IN_BRACKETS.sub(" ", statement.lower())) if word not in PLAIN_WORDS)


def _speak(of_one: "list[Cue] | tuple[()]", other: Fact) -> bool:
    scopes = [Scope(said, said) for language in LANGUAGES if (said := folded(other.statement[language]))]
    return any(cue.speaks(scope) for cue in of_one for scope in scopes)
