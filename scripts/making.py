"""Everything that is made from a tree: what is kept in it, and what is made for the site alone."""

from functools import partial
from typing import Iterator

from . import addresses, blocks, charts, citations, exports, feeds, guide, llms, memo, pages, plain, printed, rules, search, structured, versions
from .model import LANGUAGES, Library


def made(tree: Library) -> dict[str, str]:
    """Path → text of every generated file that is kept, as it must be."""
    citations.prepare(tree)
    texts = blocks.make(tree)
    parts = (addresses.register(tree), charts.make(tree), texts, versions.register(tree, texts), pages.make(tree), guide.make(tree, rules.statements()))
    return {path: tree.texts[path] if tree.texts.get(path) == text else text for part in parts for path, text in part.items()}  # the same text once


def served(tree: Library) -> Iterator[tuple[str, str]]:
    """Path and text of every file that is made for the site alone, and not kept."""
    searches = [partial(search.of_language, tree, language) for language in LANGUAGES]  # what takes longest first
    others = [partial(maker.make, tree) for maker in (plain, exports, structured, addresses, versions, printed, feeds, llms)]
    for part in memo.together(searches + others, tree.large):
        yield from part.items()
