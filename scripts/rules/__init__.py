"""Every rule of the project. A rule is a generator of Problems; its docstring is the rule; its number never moves.

An abolished rule keeps its number, marked as abolished.
"""

from functools import partial
from typing import Callable, Iterator

from ..memo import together
from ..model import Library, Problem
from .verbs import VERBS

Rule = Callable[[Library], Iterator[Problem]]
RULES: dict[str, Rule] = {}


def rule(number: str) -> Callable[[Rule], Rule]:
    """Enters a rule in the table under its number."""

    def enter(check: Rule) -> Rule:
        RULES[number] = check
        return check

    return enter


def run(library: Library) -> list[Problem]:
    """Every problem that any rule finds, each once: first what could not be read, which others may come from, then
    the rest, by place."""
    causes = set(library.problems)
    found = together([partial(_found, check, library) for check in RULES.values()], library.large)
    return sorted({problem for problems in found for problem in problems}, key=lambda problem: (problem not in causes, problem))


def _found(check: Rule, library: Library) -> list[Problem]:
    return list(check(library))


def statements() -> dict[str, str]:
    """Number → the rule in words, in the order of the table, then what the verbs refuse on their own."""
    return {number: " ".join((check.__doc__ or "").split()) for number, check in RULES.items()} | VERBS


from . import records, figures, contradictions, articles, languages, pages, links, log  # noqa: E402, F401  entering the table is their effect
