"""Where a fact or a source is shown: on a page for each misconception that uses it, and, where none does, on the first page
of its register. Every page links those of its own; whoever has no page takes the first misconception's."""

from typing import Mapping

from .model import Library
from .records import Fact, Source

FIGURES, SOURCES = "figures", "sources"


def page(register: str, slug: str = "") -> str:
    """The page of a register for a misconception, `figures/cost.md`, or its first page."""
    return f"{register}/{slug}.md" if slug else f"{register}.md"


def entries(library: Library, register: str) -> Mapping[str, Fact | Source]:
    """Id → record of all that a register shows; nothing for what is no register."""
    return {FIGURES: library.facts, SOURCES: library.sources}.get(register, {})


def link(library: Library, register: str, name: str, slug: str = "") -> str:
    """The address of a fact or source, from the language's folder: on the page of the misconception `slug` if it uses it."""
    users = (library.users if register == FIGURES else library.citing).get(name, [])
    return f"{page(register, slug if slug in users else next(iter(users), ''))}#{name}"


def near(library: Library, register: str, name: str, slug: str = "") -> str:
    """The address of a fact or source from its register's page of the misconception `slug`, or from the first page."""
    target = link(library, register, name, slug)
    return f"#{name}" if target == f"{page(register, slug)}#{name}" else f"{'../' if slug else ''}{target}"
