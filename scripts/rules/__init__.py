"""Every rule of the project. A rule is a generator of Problems; its docstring is the rule; its number never moves.

An abolished rule keeps its number, marked as abolished.
"""

from functools import wraps
from typing import Callable, Iterator

from ..model import Library, Problem
from .verbs import VERBS

Rule = Callable[[Library], Iterator[Problem]]
RULES: dict[str, Rule] = {}


def rule(number: str, *needs: str) -> Callable[[Rule], Rule]:
    """Enters a rule in the table under its number. It says nothing while a register that it needs cannot be read at
    all: a fault of each line that names an entry would bury the one that is."""

    def enter(check: Rule) -> Rule:
        @wraps(check)
        def able(library: Library) -> Iterator[Problem]:
            return iter(()) if library.unread.intersection(needs) else check(library)

        RULES[number] = able
        return able

    return enter


def run(library: Library) -> list[Problem]:
    """Every problem that any rule finds, each once, by place."""
    return sorted({problem for check in RULES.values() for problem in check(library)})


def statements() -> dict[str, str]:
    """Number → the rule in words, in the order of the table, then what the verbs refuse on their own."""
    return {number: " ".join((check.__doc__ or "").split()) for number, check in RULES.items()} | VERBS


from . import records, figures, pages, links  # noqa: E402, F401  entering the table is their effect
