"""The page of changes: what the logs of all misconceptions say, newest first."""

from itertools import groupby

from .. import versions
from ..labels import LABELS, day, plain
from ..model import Library
from .whole import whole

MOST = 200  # entries on the page; a reader who wants older ones finds them on their pages, a program in the data


def page(library: Library, language: str) -> str:
    """The newest entries by day, each day with an id of its own."""
    label, entries = LABELS[language]["changes_page"], versions.log(library)
    parts, left = [label["intro"]], len(entries) - MOST
    for date, some in groupby(entries[:MOST], key=lambda logged: logged.entry.date):
        parts += [f"## {day(date, language)} {{#d-{date}}}", "\n".join(_entry(library, logged, language) for logged in some)]
    if left > 0:
        parts.append(label["older"].format(shown=MOST, left=left, data="data.md"))
    return whole(language, label["title"], label["description"], parts)


def _entry(library: Library, logged: versions.Logged, language: str) -> str:
    """Class, page and note, with the text of that day when it is not the page's own."""
    assert library.vocabulary
    label, slug, address = LABELS[language], logged.slug, f"myths/{logged.slug}"
    word = plain(library.vocabulary.changes[logged.entry.kind][language].word)
    said = f"- **{word}**{label['dot']}[{plain(library.myths[slug].title[language])}]({address}.md) <br>{plain(logged.entry.note[language])}"
    return versions.told(library, slug, logged.key, said, address, language)
