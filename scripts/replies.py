"""The reply kit: what a reader pastes into a chat or a forum, in three lengths, plain and in Markdown."""

import re
from html import escape
from typing import Callable, NamedTuple

from .labels import LABELS, address, day, plain
from .model import SITE, Library, Page
from .outcome import conclusion
from .records import REPLY_LIMIT, Fact, Source, signs

SOURCES = 2  # that a paragraph names
LINK_LENGTH = {"zh": 10, "en": 23}  # what Weibo and X count for an address, however long it is
FENCE = re.compile("`{3,}")


class Form(NamedTuple):
    """How a text is written: as it is, emphasised, and with an address after a sign."""

    said: Callable[[str], str]
    strong: Callable[[str], str]
    link: Callable[[str, str, str], str]


FORMS = {
    "plain": Form(str, str, lambda words, sign, url: f"{words}{sign}{url}"),
    "markdown": Form(plain, lambda words: f"**{plain(words)}**", lambda words, _, url: f"[{plain(words)}]({address(url)})"),
}


def short_address(slug: str) -> str:
    """Where a misconception is found in either language."""
    return f"{SITE}c/{slug}/"


def replies(library: Library, slug: str, language: str, form: str = "plain") -> dict[str, str]:
    """Length (line, short, paragraph) → the reply. Each ends with the day as of which it holds and the short address."""
    myth, label, write = library.myths[slug], LABELS[language]["reply"], FORMS[form]
    name, word, line = conclusion(library, myth, language)
    stands = name != "withdrawn"  # else the page's words do not, and the reason alone is given
    dated = write.link(label["as_of"].format(day=day(myth.reviewed, language)), label["sign"], short_address(slug))
    parts = {"claim": write.said(myth.claim[language]), "word": write.strong(word), "line": write.said(line), "title": write.said(myth.title[language] if stands else line.rstrip("。.")), "summary": write.said(myth.summary[language] if stands else line), "dated": dated}
    sources = [label["source"].format(number=number, link=write.link(source.title + label["comma"] + fact.locator, label["sign"], source.url)) for number, (fact, source) in enumerate(witnesses(library, slug), 1)]
    said = {length: label[length].format(**parts) for length in ("line", "short", "paragraph")}
    return {**said, "paragraph": "\n".join([said["paragraph"], *sources, dated])}


def witnesses(library: Library, slug: str) -> list[tuple[Fact, Source]]:
    """The key facts of a misconception, or else the first that rest on different witnesses; each with its source."""
    found: list[tuple[Fact, Source]] = []
    myth = library.myths[slug]
    facts = [library.facts[name] for name in myth.key_facts or myth.facts if name in library.facts]
    for fact in facts:
        source = library.sources.get(fact.source)
        if source and not any(source is other or set(source.origins) & set(other.origins) for _, other in found):
            found.append((fact, source))
    return found[:SOURCES]


def length(text: str, language: str) -> int:
    """How long a reply is where it is posted: English in letters, Chinese in signs, a run of Latin letters or digits as one."""
    words, links = re.subn(r"https?://\S+", "", text)
    return links * LINK_LENGTH[language] + (signs(words) if language == "zh" else len(words))


def too_long(library: Library, slug: str, language: str) -> int:
    """By how much the short reply is longer than what a post takes; 0 when it is not."""
    return max(0, length(replies(library, slug, language)["short"], language) - REPLY_LIMIT[language])


def passage(library: Library, page: Page, _: str) -> str:
    """The kit as it stands on the page: the plain texts, and those in Markdown in a fold."""
    label = LABELS[page.language]["reply"]
    plain_texts, marked_up = (replies(library, page.slug, page.language, form) for form in FORMS)
    return "\n\n".join([
        label["intro"],
        *(copied(label["names"][name], text, page.language) for name, text in plain_texts.items()),
        f'<details markdown="1">\n<summary>{label["markdown"]}</summary>',
        *(copied(label["in_markdown"].format(name=label["names"][name]), text, page.language) for name, text in marked_up.items()),
        "</details>",
    ])  # fmt: skip


def copied(name: str, text: str, language: str) -> str:
    """A text to take as it is, with its name; a script gives it a button."""
    fence = "`" * (max(map(len, FENCE.findall(text)), default=2) + 1)
    label = LABELS[language]
    words = f'data-copy="{escape(label["copy"].format(name=name))}" data-copied="{escape(label["copied"].format(name=name))}"'
    return f'<div class="copyable" {words} markdown="1">\n\n**{plain(name[:1].upper() + name[1:])}**\n\n{fence}text\n{text}\n{fence}\n\n</div>'
