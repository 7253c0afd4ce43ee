"""Rules about the log of changes: what was published changes only with an entry, and no entry vanishes."""

from typing import Iterator

from ..model import VERSIONS, Library, Problem
from ..versions import KINDS, Unlogged, keys, path, unlogged
from . import rule


@rule("LOG-1")
def changes_told(library: Library) -> Iterator[Problem]:
    """A verdict, an answer or a figure of a page is what it was in the newest kept version, or the log has a newer entry
    that tells of it: kind verdict for a verdict, fact for a figure that changed, came or went, and for an answer wording or
    one of these."""
    for slug in library.versions:
        for change in unlogged(library, slug) if slug in library.myths else ():
            now = "is gone" if change.now is None else f"is '{change.now}'"
            was = "was not there" if change.was is None else f"was '{change.was}'"
            said = change.fact or (f"answer.{change.language}" if change.what == "answer" else "verdict")
            entry = f"`- {{date: …, kind: {KINDS[change.what][0]}, note: {{zh: …, en: …}}}}`"
            yield Problem(*_place(library, slug, change), "LOG-1", f"{said} {was} in the version of {change.version} of {slug}, {now}: changes of docs/data/myths/{slug}.yml must begin with {entry}")


def _place(library: Library, slug: str, change: Unlogged) -> tuple[str, int]:
    if change.fact in library.facts and change.was is not None and change.now is not None:
        return library.at("docs/data/facts.yml", change.fact, "words", change.language)
    keys = ("facts",) if change.what == "figure" else (change.what, change.language)
    return library.at(f"docs/data/myths/{slug}.yml", *keys)


@rule("LOG-2")
def log_kept(library: Library) -> Iterator[Problem]:
    """Every version in docs/data/versions has its entry in the log of its misconception: what was published is neither taken
    out of the log nor dated otherwise."""
    for slug, names in library.versions.items():
        for name in names if slug in library.myths else ():
            if name not in keys(library.myths[slug]):
                place = library.at(f"docs/data/myths/{slug}.yml", "changes")
                yield Problem(*place, "LOG-2", f"{path(slug, name, 'zh')} was published on {name[:10]}, changes must have its entry; if it never was, delete it from {VERSIONS}/{slug}")
