"""Everything that is made from a tree: what is kept in it, and what is made for the site alone."""

from functools import partial
from itertools import chain
from typing import Any, Callable, Iterator, Sequence

from . import addresses, blocks, charts, citations, exports, feeds, guide, llms, memo, pages, plain, printed, rules, search, structured, versions
from .model import LANGUAGES, Library
from .texts import Texts

PART = 20  # misconceptions, pages or sources that are made in one go


def made(tree: Library) -> Texts:
    """Path → text of every generated file that is kept, as it must be."""
    citations.prepare(tree)
    found = Texts()
    for part in (addresses.register(tree).items(), charts.make(tree), blocks.make(tree), versions.register(tree, found), pages.make(tree), guide.make(tree, rules.statements()).items()):
        for path, text in part:
            if tree.texts.get(path) == text:
                found.share(tree.texts, path)
            else:
                found[path] = text
    return found


def served(tree: Library) -> Iterator[tuple[str, str]]:
    """Path and text of every file that is made for the site alone."""
    searches = [partial(_search, tree, language) for language in LANGUAGES]
    others: list[Callable[[], Any]] = [partial(maker.make, tree) for maker in (exports, structured, addresses, versions, feeds, llms)]
    lists = ((plain.make, plain.pages(tree)), (printed.make, list(tree.myths)), (structured.of_myths, list(tree.myths)), (exports.cited_by, list(tree.myths)), (exports.cited, list(tree.sources)))
    others += chain.from_iterable(_parts(partial(make, tree), names) for make, names in lists)
    for works in (searches, others):  # what takes longest first, and by itself
        for part in memo.together(works, tree.large):
            yield from part.items()


def _search(tree: Library, language: str) -> Texts:
    return Texts(search.of_language(tree, language))


def _parts(make: Callable[[Sequence[Any]], Any], names: Sequence[Any]) -> Iterator[Callable[[], Any]]:
    return (partial(make, names[start : start + PART]) for start in range(0, len(names), PART))
