"""What all pages share that are generated whole."""

from typing import Iterable, Mapping

from ..files import dump_yaml
from ..labels import LABELS, plain
from ..model import Library
from ..registers import FIGURES, SOURCES, page

SEARCH_BOOST = 0.3  # these pages repeat what the misconceptions say, which must come first


def whole(language: str, title: str, description: str, parts: list[str], hide: tuple[str, ...] = (), found: bool = True) -> str:
    """A page from its title, description and parts. `hide` are sides of the theme's layout that it does without; one that is
    not to be `found` is left out of the search, which finds the misconception instead."""
    front = dump_yaml({"title": title, "description": description, "search": {"boost": SEARCH_BOOST} if found else {"exclude": True}} | ({"hide": list(hide)} if hide else {}))
    body = "\n\n".join([f"<!-- generated: {LABELS[language]['generated']} -->", f"# {plain(title)} {{#top}}", *parts])
    return f"---\n{front}---\n{body}\n"


def pages_of(library: Library, slugs: Iterable[str], language: str, up: str = "", at: str = "") -> str:
    """Links to the pages of misconceptions, at an id of theirs if one is given. `up` leads to the language's folder."""
    return LABELS[language]["list"].join(f"[{plain(library.myths[slug].label[language])}]({up}myths/{slug}.md{at})" for slug in slugs)


def by_myth(library: Library, register: str, counts: Mapping[str, int], language: str) -> list[str]:
    """The list of a register's pages of misconceptions, with how many entries each has, below its heading."""
    label = LABELS[language]
    listed = (f"- [{plain(myth.label[language])}]({page(register, slug)}){label['open']}{counts[slug]}{label['close']}" for slug, myth in library.myths.items())
    return [f"## {label['by_myth']} {{#myths}}", "\n".join(listed)]


def of_myth(library: Library, register: str, slug: str, language: str, parts: list[str], hide: tuple[str, ...] = ()) -> str:
    """A register's page of a misconception, which says first where the rest is."""
    words, label = LABELS[language][f"{register}_of"], library.myths[slug].label[language]
    links = {"page": f"../myths/{slug}.md", **{other: f"../{page(other, slug)}" for other in (FIGURES, SOURCES)}, "all": f"../{page(register)}"}
    title, description = (words[name].format(label=label) for name in ("title", "description"))
    return whole(language, title, description, [words["intro"].format(label=plain(label), **links), *parts], hide, found=False)
