"""A raw article (front matter and Markdown) becomes a record that holds none of its sentences.

The record keeps what identifies a paragraph (number, fingerprint), its figures, and the misconceptions it touches.
What an editor wrote into an older record is carried over.
"""

import hashlib
import re
import unicodedata
from types import MappingProxyType
from typing import Any, Callable, Iterable, Mapping, NamedTuple

from . import metadata, raw, segments
from .figures import find
from .files import Fault, digest
from .model import Problem
from .records import Article
from .segments import Block

EDITORS = ("translation", "interest", "summary", "reviews")
HEADING_LENGTH = 12
FILE_NAME = 200
BYLINES = (
    re.compile(r"^>?\s*(?:文|撰文|作者|记者|記者)\s*[|｜丨/：:]\s*(?P<name>\S[^\n]{0,30})$"),
    re.compile(r"^\*\*(?P<name>[^*/\n]{1,20})/文\*\*\s*"),
    re.compile(r"^By (?P<name>[A-Z][^\n]{0,40})$"),
)


class Result(NamedTuple):
    """What ingestion gives: the article's id and the record's plain data, or the problems that stopped it."""

    id: str
    data: dict[str, Any]
    problems: list[Problem]


def article(
    name: str,
    data: bytes,
    touched: Callable[[str], list[str]],
    known: Iterable[tuple[str, Article]] = (),
    given: Mapping[str, str] = MappingProxyType({}),
) -> Result:
    """The record of a file named `name`. `touched` tells the misconceptions of a paragraph; `known` are the records
    that exist, from which the editor's words are taken when the address is the same; `given` is what the command says
    of the article: title, date, lang, url, author."""
    source = raw.read(data)
    blocks = [] if source.faults else segments.split(source.body, source.body_line)
    faults = [*_misnamed(name), *source.faults, *([blocks] if isinstance(blocks, Fault) else [])]
    if source.front is None and not given and not faults:
        faults = [Fault(1, "INGEST-1", "has no front matter, must begin with --- … ---, +++ … +++ or { … }")]
    if faults or isinstance(blocks, Fault):
        return Result("", {}, [Problem(name, *fault) for fault in faults])
    meta, faults = _metadata(source, blocks, given)
    if faults:
        return Result("", {}, [Problem(name, *fault) for fault in faults])
    summary = meta.pop("summary", None)
    identity = f"{meta['published'][:10]}-{hashlib.sha256(meta['url'].encode()).hexdigest()[:6]}"
    older = next((record for _, record in known if record.url == meta["url"]), None)
    record = {**meta, "file": name, "fingerprint": digest(source.text)}
    if summary:
        record["summary_fingerprint"] = fingerprint(summary)
    record["sections"] = _sections(blocks, touched)
    return Result(identity, record, _keep(name, record, older))


def fingerprint(text: str) -> str:
    """Identifies a paragraph whatever its markup, punctuation, spacing, width and case."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return digest("".join(char for char in plain if char.isalnum()))


def _misnamed(name: str) -> list[Fault]:
    try:
        metadata.line_of_text(name, "file name", FILE_NAME)
    except ValueError as error:
        return [Fault(1, "INGEST-4", str(error))]
    return []


def _metadata(source: raw.Raw, blocks: list[Block], given: Mapping[str, str]) -> metadata.Metadata:
    """What the front matter and the command say; the text's first blocks may tell its byline, its last its address."""
    found = {
        "url": blocks[-1].link if blocks else "",
        "byline": next((name for block in blocks[:3] if (name := _byline(block.text))), ""),
    }
    return metadata.read(source.front or {}, source.lines, given, found)


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
    """A block's text without its byline; empty for a block that is only a byline."""
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
    fields = {"text": found.text, "value": value, "unit": found.unit, "date": found.date}
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
