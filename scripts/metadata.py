"""What front matter says of an article: title, date, language, address, byline, tags, summary.

The keys of Hugo, Jekyll, Hexo, Zola, Obsidian and of plain files are read, whatever their case; what a key holds is
brought into one form or refused, never guessed.
"""

import re
import unicodedata
from datetime import datetime
from typing import Any, Callable, Mapping, NamedTuple
from urllib.parse import urlsplit

from .files import Fault
from .scalars import URL

KEYS = {  # field → the keys that give it, the best first, without case, `_` and `-`
    "title": ("title",),
    "published": ("date", "published", "publishdate", "pubdate", "datepublished", "publishedat", "created", "createdat"),
    "language": ("lang", "language", "locale"),
    "url": ("url", "link", "canonicalurl", "canonical", "source", "sourceurl", "original", "originalurl", "permalink"),
    "byline": ("author", "authors", "byline", "creator"),
    "tags": ("tags", "keywords", "categories"),
    "summary": ("summary", "description", "excerpt"),
}
WANTED = {"title": "title: …", "published": "date: 2026-11-22", "language": "lang: zh-CN", "url": "url: https://…", "byline": "author: …"}
OPTIONS = {"title": "title", "published": "date", "language": "lang", "url": "url", "byline": "author"}
NESTED = ("extra", "params", "taxonomies")
NOTHING = ("", "~", "null")
TITLE, BYLINE, TAG, TAGS, ADDRESS = 300, 100, 50, 50, 2000
DATE = "YYYY-MM-DD, with or without a time and its offset (2025-02-10 18:56:12+08:00)"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?"
_TIME = (
    r"(?:(?:,? (?:at )?|T|(?<=[日号號]))(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)?(?: ?(?P<half>[ap])\.?m\.?)?"
    r"(?: ?(?P<zone>Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)(?: [A-Z]{3,4}| \([A-Za-z ]+\))?)?)?"
)
DATES = tuple(
    re.compile(day + _TIME, re.I | re.A)
    for day in (
        r"(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})",
        r"(?P<year>\d{4}) ?年 ?(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2}) ?[日号號](?: ?(?:星期|周|週)[一二三四五六日天])?",
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -]{_MONTH},?[ -](?P<year>\d{{4}})",
        rf"{_WEEKDAY}{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})",
    )
)
AMBIGUOUS = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{2,4}\b")
LANGUAGE = re.compile(r"(?P<language>[a-z]{2,3})(?:[-_](?P<script>[a-z]{4}))?(?:[-_](?P<region>[a-z]{2}|\d{3}))?", re.I | re.A)
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
RESERVED = re.compile(r"[\\{}\[\]|^`]")  # RFC 3986 has them percent-encoded; in Markdown they would end a link
SEPARATORS = re.compile(r"[,，、;；\n]")
WIKI = re.compile(r"^\[\[(?:[^|]*\|)?([^|]*)\]\]$")  # Obsidian's author: "[[name]]"
JOINERS = "\u200c\u200d"


class Metadata(NamedTuple):
    """The fields that the front matter gives, each in its one form, and what is wrong with the others."""

    fields: dict[str, Any]
    faults: list[Fault]


class Value(NamedTuple):
    """What a key holds, with the key as it is written and its line."""

    key: str
    line: int
    data: Any


class _Refused(Exception):
    """What is wrong with a value: what it is, what it must be."""


def read(front: Mapping[str, Any], lines: Mapping[str, int], given: Mapping[str, str], found: Mapping[str, str]) -> Metadata:
    """The fields of front matter. `given` holds what the command says under the names of its options (title, date,
    lang, url, author): it fills what is missing, and may not contradict. `found` is what the text itself tells, by
    field; it counts last."""
    values = _values(front, lines)
    fields: dict[str, Any] = {"title": "", "published": "", "language": "", "url": "", "byline": "", "tags": []}
    faults: list[Fault] = []
    for field, form in FORMS.items():
        option = OPTIONS.get(field, "")
        try:
            value = _chosen(field, values.get(field, []))
            said = _formed(form, given[option], f"--{option}") if given.get(option) else None
            own = _formed(form, value.data, value.key) if value else None
            if said and own and said != own:
                raise _Refused(f"{value.key if value else ''} is '{own}' but --{option} says '{said}', both must say the same")
            fields[field] = own or said or (_formed(form, found[field], field) if found.get(field) else None) or fields.get(field)
        except _Refused as error:
            faults.append(Fault(value.line if value else 1, "INGEST-2", str(error)))
        else:
            if field in WANTED and not fields[field]:
                faults.append(Fault(1, "INGEST-2", f"has no {option}, must have one: add `{WANTED[field]}` to its front matter, or say --{option}"))
    return Metadata({field: value for field, value in fields.items() if value is not None}, sorted(faults))


def line_of_text(text: str, what: str, most: int) -> str:
    """The text, when it is one line without hidden characters and not too long. Raises ValueError that says what is
    and what must be."""
    text = text.strip()
    for char in text:
        if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") and char not in JOINERS:
            raise ValueError(f"{what} has the character U+{ord(char):04X}, must be one line of plain text")
    if len(text) > most:
        raise ValueError(f"{what} has {len(text)} characters, must have at most {most}")
    return text


def _values(front: Mapping[str, Any], lines: Mapping[str, int]) -> dict[str, list[Value]]:
    """Field → what the front matter holds for it, the best first. A key of the top goes before one in a table."""
    held: dict[str, Value] = {}
    tables = [front, *(front[name] for name in NESTED if isinstance(front.get(name), dict))]
    for table in tables:
        for key, data in table.items():
            if data not in (*NOTHING, [], {}):
                held.setdefault(re.sub("[_-]", "", key.lower()), Value(key, lines.get(key, 1), data))
    return {field: [held[key] for key in keys if key in held] for field, keys in KEYS.items()}


def _chosen(field: str, values: list[Value]) -> Value | None:
    """The best value. An address within its own site identifies nothing: another one goes before it, and a
    `permalink` or a `source` that is no address is something else; so is Jekyll's `published: false`."""
    if field == "published":
        values = [value for value in values if value.data not in ("true", "false")]
    if field != "url":
        return values[0] if values else None
    whole = [value for value in values if isinstance(value.data, str) and SCHEME.match(value.data)]
    others = [value for value in values if value.key.lower() not in ("permalink", "source", "original", "canonical")]
    return next(iter([*whole, *others]), None)


def _formed(form: Callable[[Any, str], Any], data: Any, key: str) -> Any:
    try:
        return form(data, key)
    except ValueError as error:
        raise _Refused(str(error)) from None


def _kind(data: Any) -> str:
    return "a list" if isinstance(data, list) else "a mapping" if isinstance(data, dict) else f"'{_shown(data)}'"


def _shown(text: str) -> str:
    """A value as a message shows it: its beginning, on one line, without hidden characters."""
    safe = "".join(char if char.isprintable() else "\ufffd" for char in text[:61])
    return safe if len(safe) <= 60 else safe[:60] + "…"


def _text(data: Any, key: str, must: str) -> str:
    """A scalar, or the one scalar of a list. Raises ValueError for anything else."""
    if isinstance(data, list) and len(data) == 1:
        data = data[0]
    if not isinstance(data, str):
        raise ValueError(f"{key} is {_kind(data)}, must be {must}")
    return data.strip()


def _title(data: Any, key: str) -> str:
    if isinstance(data, list):
        raise ValueError(f"{key} is a list, must be one line of text")
    return line_of_text(_text(data, key, "one line of text"), key, TITLE)


def _published(data: Any, key: str) -> str:
    """A day, with or without a time and its offset, as `2025-02-10 18:56:12+08:00`."""
    text = unicodedata.normalize("NFKC", _text(data, key, f"a date {DATE}"))
    if AMBIGUOUS.match(text):
        raise ValueError(f"{key} is '{_shown(text)}', which may be one of two days, must be {DATE}")
    match = next((match for pattern in DATES if (match := pattern.fullmatch(text))), None)
    try:
        if match is None:
            raise ValueError
        return _moment(match.groupdict())
    except ValueError:
        raise ValueError(f"{key} is '{_shown(text)}', must be a date {DATE}") from None


def _moment(part: dict[str, str | None]) -> str:
    """Date and time in their one form. Raises ValueError when there is no such moment, or the year is no year of ours."""
    month = str(part["month"])
    month = month if month.isdigit() else str(MONTHS.index(month[:3].lower()) + 1)
    hour = int(part["hour"] or 0)
    if half := part.get("half"):
        if not 1 <= hour <= 12:
            raise ValueError
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    moment = datetime(int(str(part["year"])), int(month), int(str(part["day"])), hour, int(part["minute"] or 0), int(part["second"] or 0))
    if not 1900 <= moment.year < 2100:
        raise ValueError
    if part["hour"] is None:
        return f"{moment:%Y-%m-%d}"
    return f"{moment:%Y-%m-%d %H:%M:%S}" [: 19 if part["second"] else 16] + _offset(part["zone"] or "")


def _offset(zone: str) -> str:
    """An offset as ±HH:MM, or Z. Raises ValueError when no clock on earth has it."""
    if not zone or zone[0] not in "+-":
        return zone and "Z"
    hours, minutes = int(zone[1:3]), int(zone[3:].lstrip(":") or 0)
    if not hours and not minutes:
        return "Z"
    if minutes > 59 or hours * 60 + minutes > 14 * 60:
        raise ValueError
    return f"{zone[0]}{hours:02d}:{minutes:02d}"


def _language(data: Any, key: str) -> str:
    must = "a language tag such as zh-CN, zh-TW or en"
    text = _text(data, key, must)
    match = LANGUAGE.fullmatch(text)
    if match is None:
        raise ValueError(f"{key} is '{_shown(text)}', must be {must}")
    script, region = match["script"] or "", match["region"] or ""
    return "-".join(filter(None, (match["language"].lower(), script.title(), region.upper())))


def _url(data: Any, key: str) -> str:
    """A web address that Markdown can hold: http or https, a host with a dot, no name or password."""
    text = _text(data, key, "an address that begins with https:// or http://")
    try:
        line_of_text(text, key, ADDRESS)
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        raise ValueError(str(error) if str(error).startswith(key) else f"{key} is '{_shown(text)}', must be an address that a browser can open") from None
    if not re.match(URL, text):
        raise ValueError(f"{key} is '{_shown(text)}', must be an address that begins with https:// or http://, without blanks and quotes")
    if "@" in parts.netloc:
        raise ValueError(f"{key} is '{_shown(text)}', must be an address without a user name")
    if not re.fullmatch(r"[^\W_][\w-]*(?:\.[\w-]+)+", host):
        raise ValueError(f"{key} is '{_shown(text)}', must be an address whose host has a name and a dot")
    if RESERVED.search(text) or not _balanced(text):
        raise ValueError(f"{key} is '{_shown(text)}', must be an address with its brackets and backslashes percent-encoded")
    return text


def _balanced(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if depth not in (0, 1):
            return False
    return depth == 0


def _byline(data: Any, key: str) -> str:
    people = data if isinstance(data, list) else [data]
    names = [person.get("name") if isinstance(person, dict) else person for person in people]
    if not all(isinstance(name, str) for name in names):
        raise ValueError(f"{key} holds {_kind(next(person for person, name in zip(people, names) if not isinstance(name, str)))} without a name, must be a name, a list of names, or `name: …`")
    names = [WIKI.sub(r"\1", name.strip()) for name in names if name.strip() not in NOTHING]
    return line_of_text(("、" if any(name > "\u2e80" for name in names) else ", ").join(names), key, BYLINE)


def _tags(data: Any, key: str) -> list[str]:
    """Tags of a list, of a list of lists (Hexo), or of a text with commas; each once."""
    tags: dict[str, None] = {}
    for item in data if isinstance(data, list) else SEPARATORS.split(data) if isinstance(data, str) else [data]:
        for tag in item if isinstance(item, list) else [item]:
            if not isinstance(tag, str):
                raise ValueError(f"{key} holds {_kind(tag)}, must be a list of words")
            if text := line_of_text(tag.strip().lstrip("#"), key, TAG):
                tags[text] = None
    if len(tags) > TAGS:
        raise ValueError(f"{key} has {len(tags)} tags, must have at most {TAGS}")
    return list(tags)


def _summary(data: Any, key: str) -> str:
    """The summary as it stands; only its digest is stored."""
    return _text(data, key, "text")


FORMS: dict[str, Callable[[Any, str], Any]] = {
    "title": _title, "published": _published, "language": _language, "url": _url, "byline": _byline, "tags": _tags, "summary": _summary,
}  # fmt: skip
