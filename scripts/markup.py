"""What a reader sees of a Markdown text: markup turned into blanks, offsets unchanged."""

import re
from typing import Iterable

MARKUP = re.compile(
    r"(?=[`<[({hw])(?:"  # looked at first, for most characters begin no markup
    r"`[^`\n]*`"
    r"|<!--.*?-->"
    r"|(?P<tag></?[A-Za-z][^>\n]*>)"
    r"|\[\^[\w-]+\]:?"
    r"|(?<=\])\((?:<[^>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)"
    r"|\{:? *[#.][A-Za-z][\w-]*(?: +[#.][A-Za-z][\w-]*)* *\}"
    r"|(?:https?://|www\.)[!-~]+)"
    r"|^ *(?:\[[^\]\n]+\]: +\S+|\d{1,2}\. )",
    re.M | re.S,
)
SHOWN = re.compile(r"\b(?:alt|title|aria-label|placeholder|content)=(\"[^\"]*\"|'[^']*')", re.I)


def seen(text: str) -> str:
    """The text without code, comments, tags, targets of links, ids, addresses and list numbers. Words that a tag
    shows (alt, title, aria-label) stay."""
    return MARKUP.sub(_blanked, text)


def blanks(text: str) -> str:
    """As many blanks as the text is long; line breaks stay."""
    return "\n".join(" " * len(line) for line in text.split("\n"))


def blank(pattern: re.Pattern[str], text: str) -> str:
    """The text with every match turned into blanks; line breaks and offsets stay."""
    return without(pattern.finditer(text), text)


def without(matches: Iterable[re.Match[str]], text: str) -> str:
    """The text with what was found in it turned into blanks."""
    parts, at = [], 0
    for match in matches:
        parts += [text[at : match.start()], blanks(match.group())]
        at = match.end()
    return "".join([*parts, text[at:]])


def _blanked(match: re.Match[str]) -> str:
    said = match.group()
    if "=" not in said or not match["tag"]:  # a tag without attributes shows nothing
        return blanks(said)
    kept, at = "", 0
    for shown in SHOWN.finditer(said):
        kept += blanks(said[at : shown.start(1)]) + shown[1]
        at = shown.end(1)
    return kept + blanks(said[at:])
