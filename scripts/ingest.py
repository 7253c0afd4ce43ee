"""A raw article (front matter and Markdown) becomes a record that holds none of its sentences.

The record keeps what identifies a paragraph (number, fingerprint), its figures, and the misconceptions it touches.
What an editor wrote into an older record is carried over. Beside the record stands what an editor wants to know now:
how each figure stands against the register, and which paragraphs speak of a claim that no page treats yet.
"""

import hashlib
import re
import unicodedata
from itertools import islice
from types import MappingProxyType
from typing import Any, Iterator, Mapping, NamedTuple

from . import metadata, raw, segments
from .accounts import Article
from .comparison import Comparer, Row
from .figures import Found, scan
from .files import Fault, digest
from .keeping import Changes, changes, keep
from .matching import Match, Matcher, reports_a_claim
from .model import Problem
from .records import Fact, Myth
from .segments import Block

HEADING_LENGTH = 12
FILE_NAME = 200
FIGURES = 5_000  # in one article
EMPHASIS = re.compile("[*_`]")
BYLINES = (
    re.compile(r"^>?\s*(?:文|撰文|作者|记者|記者)\s*[|｜丨/：:]\s*(?P<name>\S[^\n]{0,30})$"),
    re.compile(r"^\*\*(?P<name>[^*/\n]{1,20})/文\*\*\s*"),
    re.compile(r"^By (?P<name>[A-Z][^\n]{0,40})$"),
)


class Passage(NamedTuple):
    """A paragraph as an editor is told of it: section and number in the record, line of the file, the misconceptions
    it touches, how its figures stand, and whether it reports a claim that no page treats."""

    section: int
    number: int
    line: int
    matches: list[Match]
    rows: list[Row]
    untreated: bool


class Result(NamedTuple):
    """What ingestion gives: the article's id, the record's plain data, its passages, and what changed since the older
    record if there is one; or the problems that stopped it."""

    id: str
    data: dict[str, Any]
    problems: list[Problem]
    passages: list[Passage] = []
    changes: Changes | None = None


class Desk:
    """What articles are held against: misconceptions, facts, and the records that are there, found again by their
    address or by the digest of their text."""

    def __init__(self, myths: Mapping[str, Myth], facts: Mapping[str, Fact], articles: Mapping[str, Article]):
        self.matcher = Matcher({slug: [*myth.phrasings.zh, *myth.phrasings.en] for slug, myth in myths.items()})
        self.comparer = Comparer(facts, {name for name, fact in facts.items() if fact.source in articles})
        self.facts = {slug: myth.facts for slug, myth in myths.items()}
        self.by_url = {record.url: name for name, record in articles.items()}
        self.by_text = {record.fingerprint: name for name, record in articles.items()}
        self.articles = dict(articles)

    def known(self, url: str, text: str) -> str | None:
        """The id of the record of an article with this address, or else this text."""
        return self.by_url.get(url) or self.by_text.get(text)

    def new_id(self, published: str, url: str) -> str:
        """An id that no record has: the day, and as much of the address's digest as that takes."""
        mark = hashlib.sha256(url.encode()).hexdigest()
        return next(name for length in range(6, len(mark) + 1) if (name := f"{published[:10]}-{mark[:length]}") not in self.articles)

    def enter(self, name: str, record: Article) -> None:
        """Adds a record to those that are there."""
        self.articles[name] = record
        self.by_url[record.url] = self.by_text[record.fingerprint] = name


class Reading(NamedTuple):
    """What one file says by itself, before it is known which record it is."""

    name: str
    text: str
    meta: dict[str, Any]
    blocks: list[Block]
    passages: list[Passage]


def read(name: str, data: bytes, desk: Desk, given: Mapping[str, str] = MappingProxyType({})) -> Reading | Result:
    """What a file named `name` says; a result already when there are problems. `given` is what the command says of the
    article: title, date, lang, url, author."""
    source = raw.read(data)
    blocks = [] if source.faults else segments.split(source.body, source.body_line)
    faults = [*_misnamed(name), *source.faults, *([blocks] if isinstance(blocks, Fault) else [])]
    if source.front is None and not given and not faults:
        faults = [Fault(1, "INGEST-1", "has no front matter, must begin with --- … ---, +++ … +++ or { … }, or come with --title, --date, --lang and --url")]
    if faults or isinstance(blocks, Fault):
        return Result("", {}, [Problem(name, *fault) for fault in faults])
    meta, faults = _metadata(source, blocks, given)
    passages = [] if faults else list(_passages(blocks, desk))
    if sum(len(passage.rows) for passage in passages) > FIGURES:
        faults = [Fault(passages[-1].line, "INGEST-5", f"text has more than {FIGURES} figures, must have at most {FIGURES}")]
    return Result("", {}, [Problem(name, *fault) for fault in faults]) if faults else Reading(name, digest(source.text), meta, blocks, passages)


def settle(reading: Reading | Result, desk: Desk) -> Result:
    """The record that a reading makes or changes."""
    if isinstance(reading, Result):
        return reading
    name, text, meta, blocks, passages = reading
    summary = meta.pop("summary", None)
    older = desk.known(meta["url"], text)
    record = {**meta, "file": name, "fingerprint": text}
    if summary:
        record["summary_fingerprint"] = fingerprint(summary)
    record["sections"] = _sections(blocks, passages)
    if older is None:
        return Result(desk.new_id(meta["published"], meta["url"]), record, [], passages)
    known = desk.articles[older]
    return Result(older, record, keep(name, record, older, known), passages, changes(record, known))


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


def _passages(blocks: list[Block], desk: Desk) -> Iterator[Passage]:
    """The paragraphs of an article, up to the first with a figure too many."""
    section = number = figures = 0
    for block in blocks:
        section += bool(block.form)
        if block.form or not (text := _own_text(block.text)):
            continue
        number += 1
        plain = EMPHASIS.sub("", text)
        matches = desk.matcher.matches(plain)
        near = dict.fromkeys(fact for match in matches for fact in desk.facts[match.slug])
        rows = desk.comparer.rows(plain, islice(scan(plain), FIGURES + 1 - figures), near)
        figures += len(rows)
        yield Passage(section, number, block.line, matches, rows, not matches and reports_a_claim(plain))
        if figures > FIGURES:
            return


def _sections(blocks: list[Block], passages: list[Passage]) -> list[dict[str, Any]]:
    """The record's sections, with the paragraphs that the passages tell of."""
    sections: list[dict[str, Any]] = [{"heading": "", "form": "lead", "level": 0, "paragraphs": []}]
    told = iter(passages)
    for block in blocks:
        if block.form:
            sections.append({"heading": _shortened(block.text), "form": block.form, "level": block.level, "paragraphs": []})
        elif text := _own_text(block.text):
            sections[-1]["paragraphs"].append(_paragraph(text, next(told)))
    return sections


def _own_text(text: str) -> str:
    """A block's text without its byline; empty for a block that is only a byline."""
    for pattern in BYLINES:
        text = pattern.sub("", text)
    return text.strip()


def _shortened(heading: str) -> str:
    """A heading as a locator: whole when short, else its beginning, so that no sentence is stored."""
    return heading if len(heading) <= HEADING_LENGTH else heading[:HEADING_LENGTH] + "…"


def _paragraph(text: str, passage: Passage) -> dict[str, Any]:
    paragraph: dict[str, Any] = {"number": passage.number, "fingerprint": fingerprint(text)}
    if passage.rows:
        paragraph["figures"] = [figure(row.figure) for row in passage.rows]
    if passage.matches:
        paragraph["myths"] = [match.slug for match in passage.matches]
    return paragraph


def figure(found: Found) -> dict[str, str]:
    """A figure as plain data: what its text says, and nothing that it does not."""
    value = None if found.value is None else f"{found.value.normalize():f}"
    fields = {"text": found.text, "value": value, "unit": found.unit, "qualifier": found.qualifier, "date": found.date, "until": found.until}
    return {key: field for key, field in fields.items() if field is not None}
