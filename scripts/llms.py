"""llms.txt (https://llmstxt.org): the whole site on one page, in both languages, for language models and scripts."""

from typing import Iterator

from . import addresses, plain
from .files import split_front_matter
from .labels import LABELS
from .labels import plain as escaped
from .model import LANGUAGES, LICENCE, Library
from .outcome import conclusion

PATH = "docs/zh/llms.txt"  # what stands in the Chinese site is at the root
ALSO = ("articles/", "figures/", "sources/")  # pages that a short reading can do without


def make(library: Library) -> dict[str, str]:
    """Path → text of the one file."""
    words = {language: LABELS[language]["llms"] for language in LANGUAGES}
    head = [f"# {' / '.join(LABELS[language]['site'] for language in LANGUAGES)}", "> " + "\n>\n> ".join(words[language]["about"] for language in LANGUAGES)]
    terms = [words[language][part].format(licence=LICENCE, site=addresses.of(library, language, "index.md")) for language in LANGUAGES for part in ("use", "plain")]
    return {PATH: "\n\n".join([*head, *terms, *_sections(library)]) + "\n"}


def _sections(library: Library) -> Iterator[str]:
    """Lists of links; what comes under Optional may be left out, as the format has it."""
    for language in LANGUAGES:
        yield f"## {LABELS[language]['llms']['myths']}\n\n" + "\n".join(_myths(library, language))
    for language in LANGUAGES:
        yield f"## {LABELS[language]['llms']['pages']}\n\n" + "\n".join(_pages(library, language, False))
    yield f"## {' / '.join(LABELS[language]['data_title'] for language in LANGUAGES)}\n\n" + "\n".join(_data(library))
    yield "## Optional\n\n" + "\n".join(line for language in LANGUAGES for line in _pages(library, language, True))


def _myths(library: Library, language: str) -> Iterator[str]:
    for slug, myth in library.myths.items():
        _, word, line = conclusion(library, myth, language)
        said = LABELS[language]["llms"]["entry"].format(word=escaped(word), line=escaped(line))
        yield _link(library, language, f"myths/{slug}.md", myth.title[language], said)


def _pages(library: Library, language: str, also: bool) -> Iterator[str]:
    """The pages that are no misconception's: of the source articles, or else all others."""
    for path in sorted(library.texts):
        match = plain.PAGE.fullmatch(path)
        if match and match[1] == language and not match[2].startswith("myths/") and match[2].startswith(ALSO) == also:
            front = plain.front(split_front_matter(library.texts[path])[0])
            yield _link(library, language, match[2], front.get("title", ""), escaped(front.get("description", "")))


def _link(library: Library, language: str, page: str, title: str, said: str) -> str:
    return f"- [{escaped(title)}]({addresses.of(library, language, plain.name(page))}): {said}"


def _data(library: Library) -> Iterator[str]:
    """The data files, with what each is in both languages."""
    for name in (name for name in LABELS["zh"]["data_files"] if not name.startswith("../")):
        yield f"- [{name}]({library.address}data/{name}): {' '.join(LABELS[language]['data_files'][name] for language in LANGUAGES)}"
