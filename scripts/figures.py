"""Figures and dates in running text, Chinese or English, as values: 558万美元 → 5,580,000 USD.

Works on offsets: `find` tells where each figure stands, so that a checker can point at it. Digits that belong to a
name (V3, GPT-4o, H800, 3FS, 0→1) are no figures.
"""

import re
from decimal import Decimal
from typing import Iterator, NamedTuple

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
HAN_DIGITS = {char: value for value, chars in enumerate(("零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九")) for char in chars}
HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
SCALES = {
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "k": 10**3, "mn": 10**6, "bn": 10**9, "tn": 10**12,
    "K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12,
}
UNITS = {
    "%": "percent", "percent": "percent", "per cent": "percent",
    "美元": "USD", "美金": "USD", "$": "USD", "US$": "USD", "dollars": "USD", "人民币": "CNY", "元": "CNY", "yuan": "CNY", "¥": "CNY",
    "倍": "times", "times": "times", "页": "page", "pages": "page", "参数": "parameter", "parameters": "parameter",
    "GPU小时": "GPU-hour", "GPU-hours": "GPU-hour", "天": "day", "days": "day",
}
FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), 0xFF05, 0xFF0E, 0xFF0C)}

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_HAN = rf"[{''.join(HAN_DIGITS)}十百千万亿]"
_MONTH = "|".join(MONTHS)
_SPAN = r"\d{1,2}(?: ?[至到—–-] ?\d{1,2})?"

NAME = re.compile(r"0 ?[到→-] ?1(?!\d)|[A-Za-z]+[-_.]?\d[A-Za-z0-9_.+-]*|\d+(?:\.\d+)?(?!(?:[KMBTk]|bn|mn|tn)(?![A-Za-z]))[A-Za-z]\w*", re.A)
DATE = re.compile(
    rf"(?P<iso>\b\d{{4}}-\d\d-\d\d\b)"
    rf"|(?P<zy>\d{{4}}) ?年(?: ?(?P<zm>\d{{1,2}}) ?月(?: ?(?P<zd>{_SPAN}) ?[日号])?)?"
    rf"|(?P<m>\d{{1,2}}) ?月(?: ?(?P<d>{_SPAN}) ?[日号])?(?!\d)"
    rf"|(?<![\d.,])(?P<dd>{_SPAN}) ?[日号](?!\w)"
    rf"|\b(?:(?P<ed>{_SPAN}) )?(?P<em>{_MONTH})(?: (?P<ey>\d{{4}}))?\b"
    rf"|(?<![\d.,$])\b(?P<y>19\d\d|20[0-3]\d)\b(?![.,]\d|%)",
    re.A,
)
NUMBER = re.compile(
    rf"(?P<currency>US\$|\$|¥)?(?P<digits>{_DIGITS})"
    rf"(?:[ ]?[多余]?(?P<scale>万亿|[十百千]?[万亿]|千|百(?!分)|(?:thousand|million|billion|trillion)\b|(?<=\d)(?:[KMBTk]|bn|mn|tn)(?![A-Za-z])))?"
    rf"(?:[ ]?(?P<unit>%|percent|per cent|美元|美金|人民币|元|倍|times\b|页|pages\b|参数|parameters\b|GPU ?小时|GPU-hours\b|天|days\b|dollars\b|yuan\b))?"
    rf"|(?P<whole>{_HAN}+|\d+)分之(?P<part>{_HAN}+|\d+)"
    rf"|(?P<han>{_HAN}*[十百千万亿](?:[多余]?{_HAN})*)(?P<hanunit>美元|美金|人民币|元|倍|页|参数)?"
)


class Found(NamedTuple):
    """A figure (value, and unit when its text says one) or a date (ISO 8601, as much as is given) at an offset."""

    start: int
    end: int
    text: str
    value: Decimal | None = None
    unit: str | None = None
    date: str | None = None


def han_value(text: str) -> int:
    """The value of a Chinese numeral: 五百五十八万 → 5580000; 五百多万 → 5000000."""
    high = low = group = digit = 0
    for char in text:
        if char in HAN_DIGITS:
            digit = HAN_DIGITS[char]
        elif char in HAN_UNITS:
            group, digit = group + (digit or 1) * HAN_UNITS[char], 0
        elif char in "多余":
            continue
        elif char == "万":
            low, group, digit = low + (group + digit or 1) * 10**4, 0, 0
        else:
            high, low, group, digit = high + (low + group + digit or 1) * 10**8, 0, 0, 0
    return high + low + group + digit


def find(text: str) -> list[Found]:
    """Every figure and date of the text, in order. Chinese numerals count from two characters on."""
    text = text.translate(FULL_WIDTH)
    dates = [Found(m.start(), m.end(), m.group(), date=_date(m)) for m in DATE.finditer(text) if _date(m)]
    for date in dates:
        text = _blank(text, date.start, date.end)
    for name in NAME.finditer(text):
        text = _blank(text, name.start(), name.end())
    return sorted([*dates, *_numbers(text)])


def parse(words: str) -> tuple[Decimal, str | None] | None:
    """Value and unit of a text that is one figure; None when it is not."""
    found = [figure for figure in _numbers(words.translate(FULL_WIDTH)) if figure.value is not None]
    return (found[0].value, found[0].unit) if len(found) == 1 else None


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _date(match: re.Match[str]) -> str | None:
    """ISO 8601 text of a date match; a day range keeps its first day; None for a month's name alone (may, march)."""
    part = match.groupdict()
    if part["iso"] or part["y"]:
        return part["iso"] or part["y"]
    year = part["zy"] or part["ey"]
    month = part["zm"] or part["m"] or (part["em"] and str(MONTHS.index(part["em"]) + 1))
    day = part["zd"] or part["d"] or part["dd"] or part["ed"]
    if part["em"] and not (year or day):
        return None
    pieces = [year or "-", f"{int(month):02d}" if month else "", re.match(r"\d+", day)[0].zfill(2) if day else ""]
    return "-".join(pieces).rstrip("-") if year or month else f"---{pieces[2]}"


def _numbers(text: str) -> Iterator[Found]:
    for match in NUMBER.finditer(text):
        part = match.groupdict()
        if part["digits"]:
            value = Decimal(part["digits"].replace(",", "")) * _scale(part["scale"])
        elif part["whole"]:
            whole, share = (Decimal(int(t) if t.isdigit() else han_value(t)) for t in (part["whole"], part["part"]))
            yield Found(match.start(), match.end(), match.group(), *_share(share, whole))
            continue
        elif len(part["han"]) > 1:
            value = Decimal(han_value(part["han"]))
        else:
            continue
        unit = (part["currency"] or part["unit"] or part["hanunit"] or "").replace("GPU ", "GPU")
        yield Found(match.start(), match.end(), match.group(), value, UNITS.get(unit))


def _scale(word: str | None) -> int:
    return SCALES.get(word) or han_value(word) if word else 1


def _share(share: Decimal, whole: Decimal) -> tuple[Decimal, str]:
    """百分之三 is 3 percent; 十分之一 is the ratio 0.1. Raises nothing: 零分之 reads as 0."""
    if whole == 100:
        return share, "percent"
    return (share / whole if whole else Decimal(0)), "ratio"
