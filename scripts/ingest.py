"""A raw article (front matter and Markdown) becomes a record that holds none of its sentences.

The record keeps what identifies a paragraph (number, fingerprint), its figures, and the misconceptions it touches.
What an editor wrote into an older record is carried over.
"""

import hashlib
import re
import unicodedata
from typing import Any, Callable, Iterable, NamedTuple

from .figures import find
from .files import digest, parse_yaml, split_front_matter
from .model import Problem
from .records import Article
from .scalars import PATTERNS, PUBLISHED

EDITORS = ("translation", "interest", "summary", "reviews")
HEADING_LENGTH = 12
WANTED = {"title": "title: …", "published": "date: 2026-11-22", "language": "lang: zh-CN", "url": "url: https://…", "byline": "author: …"}
URL_KEYS = ("url", "canonicalURL", "canonical_url", "link")
SETEXT = re.compile(r"^(?P<text>\S[^\n]*)\n(?P<rule>=+|-+) *$")
ATX = re.compile(r"^(?P<level>#{1,6}) +(?P<text>[^\n]+?) *#*$")
ATX_LINE = re.compile(r"^(#{1,6} [^\n]+)$", re.M)
BOLD = re.compile(r"^\*\*(?P<text>[^*\n]{1,40}[^*\n。！？.!?])\*\*$")
IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
LINK_ONLY = re.compile(r"^\[[^\]]*\]\((?P<url>https?://[^)\s]+)\)$")
BYLINES = (
    re.compile(r"^>?\s*(?:文|作者|记者)\s*[|｜丨/：:]\s*(?P<name>\S[^\n]{0,30})$"),
    re.compile(r"^\*\*(?P<name>[^*/\n]{1,20})/文\*\*\s*"),
    re.compile(r"^By (?P<name>[A-Z][^\n]{0,40})$"),
)


class Block(NamedTuple):
    """One block of an article: its text, and, for a heading, its form and level."""

    text: str
    form: str = ""
    level: int = 0


class Result(NamedTuple):
    """What ingestion gives: the article's id and the record's plain data, or the problems that stopped it."""

    id: str
    data: dict[str, Any]
    problems: list[Problem]


def article(name: str, text: str, touched: Callable[[str], list[str]], known: Iterable[tuple[str, Article]] = ()) -> Result:
    """The record of a file named `name`. `touched` tells the misconceptions of a paragraph; `known` are the records
    that exist, from which the editor's words are taken when the address is the same."""
    text = text.replace("\r\n", "\n")
    head, body, _ = split_front_matter(text)
    if head is None:
        return Result("", {}, [Problem(name, 1, "INGEST-1", "has no front matter, must begin with --- … ---")])
    parsed = parse_yaml(head, first_line=2)
    if parsed.faults or not isinstance(parsed.data, dict):
        faults = parsed.faults or [(2, "FILE-1", "front matter is no mapping, must be `key: value` lines")]
        return Result("", {}, [Problem(name, *fault) for fault in faults])
    blocks = _blocks(body)
    meta = _metadata(parsed.data, blocks)
    missing = [field for field in WANTED if not meta.get(field)]
    if missing:
        return Result("", {}, [Problem(name, 1, "INGEST-2", f"has no {field}, must have one: add `{WANTED[field]}` to its front matter") for field in missing])
    if not re.match(PUBLISHED, meta["published"]):
        return Result("", {}, [Problem(name, parsed.lines.get(("date",), 1), "INGEST-2", f"date is '{meta['published']}', must be {PATTERNS[PUBLISHED]}")])
    identity = f"{meta['published'][:10]}-{hashlib.sha256(meta['url'].encode()).hexdigest()[:6]}"
    older = next((record for _, record in known if record.url == meta["url"]), None)
    record = {**meta, "file": name, "fingerprint": digest(text)}
    if summary := parsed.data.get("summary"):
        record["summary_fingerprint"] = fingerprint(summary)
    record["sections"] = _sections(blocks, touched)
    return Result(identity, record, _keep(name, record, older))


def fingerprint(text: str) -> str:
    """Identifies a paragraph whatever its markup, punctuation, spacing, width and case."""
    plain = unicodedata.normalize("NFKC", IMAGE.sub("", text)).lower()
    return digest("".join(char for char in plain if char.isalnum()))


def _blocks(body: str) -> list[Block]:
    """The paragraphs and headings of the text; pictures alone are left out. A bold line is a heading when a paragraph
    of text follows it."""
    blocks: list[Block] = []
    body = ATX_LINE.sub(r"\n\1\n\n", body)
    for match in re.finditer(r"(?:[^\n]*\S[^\n]*(?:\n|$))+", body):
        text = IMAGE.sub("", match.group()).strip()
        if setext := SETEXT.match(text):
            blocks.append(Block(setext["text"].strip(), "setext", 1 if setext["rule"][0] == "=" else 2))
        elif atx := ATX.match(text):
            blocks.append(Block(atx["text"], "atx", len(atx["level"])))
        elif bold := BOLD.match(text):
            blocks.append(Block(bold["text"], "bold", 2))
        elif text:
            blocks.append(Block(text))
    following = [*blocks[1:], Block("")]
    return [block._replace(form="", level=0) if block.form == "bold" and not _is_text(after) else block for block, after in zip(blocks, following)]


def _is_text(block: Block) -> bool:
    return bool(block.text) and not block.form and not LINK_ONLY.match(block.text)


def _metadata(front: dict[str, Any], blocks: list[Block]) -> dict[str, Any]:
    """Title, date, language, address, byline and tags, from the front matter or else from the text's first and last
    blocks."""
    language = front.get("lang") or front.get("language") or ""
    link = LINK_ONLY.match(blocks[-1].text) if blocks else None
    return {
        "title": front.get("title", ""),
        "published": front.get("date", ""),
        "language": language[0] if isinstance(language, list) and language else language,
        "url": next((front[key] for key in URL_KEYS if front.get(key)), link["url"] if link else ""),
        "byline": front.get("author") or next((name for block in blocks[:3] if (name := _byline(block.text))), ""),
        "tags": front.get("tags") or [],
    }


def _byline(text: str) -> str:
    return next((match["name"].strip() for pattern in BYLINES if (match := pattern.match(text))), "")


def _sections(blocks: list[Block], touched: Callable[[str], list[str]]) -> list[dict[str, Any]]:
    sections: list[dict[str, Any]] = [{"heading": "", "form": "lead", "level": 0, "paragraphs": []}]
    number = 0
    for block in blocks:
        if block.form:
            sections.append({"heading": _shortened(block.text), "form": block.form, "level": block.level, "paragraphs": []})
        elif text := _own_text(block.text):
            number += 1
            sections[-1]["paragraphs"].append(_paragraph(number, text, touched))
    return sections


def _own_text(text: str) -> str:
    """A block's text without its byline; empty for a block that is only a byline or a link."""
    if LINK_ONLY.match(text):
        return ""
    for pattern in BYLINES:
        text = pattern.sub("", text)
    return text.strip()


def _shortened(heading: str) -> str:
    """A heading as a locator: whole when short, else its beginning, so that no sentence is stored."""
    return heading if len(heading) <= HEADING_LENGTH else heading[:HEADING_LENGTH] + "…"


def _paragraph(number: int, text: str, touched: Callable[[str], list[str]]) -> dict[str, Any]:
    plain = re.sub(r"\]\([^)]*\)|[*_`]", "", text)
    paragraph: dict[str, Any] = {"number": number, "fingerprint": fingerprint(text)}
    if figures := [_figure(found) for found in find(plain)]:
        paragraph["figures"] = figures
    if myths := touched(plain):
        paragraph["myths"] = myths
    return paragraph


def _figure(found: Any) -> dict[str, str]:
    value = None if found.value is None else f"{found.value.normalize():f}"
    fields = {"text": found.text, "value": value, "unit": found.unit, "qualifier": found.qualifier, "date": found.date, "until": found.until}
    return {key: field for key, field in fields.items() if field is not None}


def _keep(name: str, record: dict[str, Any], older: Article | None) -> list[Problem]:
    """Carries the editor's words over from the older record. A gist whose section is gone is a problem: it would be
    lost."""
    if older is None:
        return []
    plain = older.model_dump(mode="json", exclude_none=True)
    record.update({field: plain[field] for field in EDITORS if plain.get(field)})
    new = {(section["form"], section["heading"]): section for section in record["sections"]}
    lost = []
    for section in plain["sections"]:
        if gist := section.get("gist"):
            place = new.get((section["form"], section["heading"]))
            if place is None:
                lost.append(Problem(name, 1, "INGEST-3", f"no longer has the section '{section['heading']}', whose gist would be lost; move or delete the gist first"))
            else:
                place["gist"] = gist
    return lost
