"""Dates in running text, Chinese or English, as ISO 8601: 1月31日 → --01-31, in December 2024 → 2024-12."""

import re
from typing import NamedTuple

from .numerals import han

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
ABBREVIATED = {month[:3].lower(): number for number, month in enumerate(MONTHS, 1)}

_N = r"(?:\d{1,2}|[一二三四五六七八九十〇零]{1,3})"
_TO = r" ?(?:[至到~～–—-]|日至|日到) ?"
_SPAN = rf"{_N}(?:{_TO}{_N})?"
MONTH = rf"(?:{'|'.join(MONTHS)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DAYS = rf"{_DAY}(?: ?[–—-] ?{_DAY}| (?:to|and) {_DAY})?"
COUNTED = r" ?(?:[十百千]?[万亿]|[余多]|[个块张页名位台家篇倍]|人(?!工)|美元|thousand|million|billion|trillion|percent|GPUs?|pages|times|[kKmMbBtT]n?\b)"
FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)",
        r"(?P<y>(?:19|20)\d{2})(?P<s>[./])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?![\d./])",
        rf"(?P<y>\d{{4}}|[一二三四五六七八九〇零]{{4}}) ?年(?: ?(?P<m>{_N}) ?月(?!份?前)(?: ?(?P<d>{_SPAN}) ?[日号])?)?",
        rf"(?P<m>{_N}) ?月(?: ?(?P<d>{_SPAN}) ?[日号])?",
        rf"(?P<d>\d{{1,2}}(?:{_TO}\d{{1,2}})?) ?[日号](?![\w])",
        rf"(?P<d>{_DAYS}) (?P<m>{MONTH})(?:,? (?P<y>\d{{4}}))?(?![\w])",
        rf"(?P<m>{MONTH}) (?P<d>{_DAYS})(?!\d)(?:,? (?P<y>\d{{4}}))?(?![\w])",
        rf"(?P<m>{MONTH}),? (?P<y>\d{{4}})(?![\w])",
        r"(?P<y>20[0-3]\d)[–-]\d\d(?![\d-])",
        rf"(?P<y>19\d\d|20[0-3]\d)(?P<decade>年代|0?s\b)?(?![\w]*\d|[.,]\d|%|{COUNTED})",
    )
)
LIKELY = re.compile(rf"\d{{4}}(?!\d)|{_N} ?[月日号至到~～–—-]|{_DAY}(?: ?[–—-]| [A-Zta])|[一二三四五六七八九〇零]{{4}} ?年|{MONTH}")


class Date(NamedTuple):
    """A date of as many parts as the text gives, ISO 8601 (`--01-31` without a year, `---29` a day alone); `until`
    the last day of a range of days; where the text ends."""

    iso: str
    until: str | None
    end: int


def read(text: str, at: int) -> Date | None:
    """The date that begins at an offset; None when none does."""
    if not LIKELY.match(text, at):
        return None
    for form in FORMS:
        if (match := form.match(text, at)) and (date := _date(match)):
            return date
    return None


def _date(match: re.Match[str]) -> Date | None:
    """None for what is in no calendar: a thirteenth month, a day 32."""
    part = match.groupdict()
    year = _year(part.get("y"))
    month = _month(part.get("m"))
    days = [_number(day) for day in re.split(r"[^\d一二三四五六七八九十〇零]+", re.sub(r"st|nd|rd|th", "", part.get("d") or "")) if day]
    if (month is not None and not 1 <= month <= 12) or any(not 1 <= day <= 31 for day in days):
        return None
    iso = [_iso(year, month, day) for day in days or [None]]
    return Date(iso[0], iso[-1] if len(iso) > 1 else None, match.end())


def _iso(year: str | None, month: int | None, day: int | None) -> str:
    if month is None and day is not None:
        return f"---{day:02}"
    parts = [year or "-", *(f"{part:02}" for part in (month, day) if part is not None)]
    return "-".join(parts)


def _year(text: str | None) -> str | None:
    return text if text is None or text.isdigit() and text.isascii() else str(han(text))


def _month(text: str | None) -> int | None:
    return None if text is None else ABBREVIATED.get(text[:3].lower()) or _number(text)


def _number(text: str) -> int:
    return int(text) if text.isascii() else int(han(text))
