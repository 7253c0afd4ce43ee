"""Figures and dates in running text, Chinese or English, as values: 近 558 万美元 → nearly 5,580,000 USD.

One pass from left to right. Where a numeral begins, what stands around it is read piece by piece: a qualifier and a
currency before it, a scale and a unit after it, the other end of a range. Digits of a name (V3, GPT-4o, H800, 3FS,
0→1), of an ordinal (第 3 节, 2nd), of a version (12.3.1) or of a time of day are no figures, nor are vague amounts
(数百万) and small counts in words (一个, two).
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Iterator, NamedTuple

from . import dates, numerals
from .units import CURRENCIES, CURRENCY, UNIT, unit_of

_DIGIT = "".join(numerals.HAN_DIGITS)
_HAN = rf"[{numerals.HAN}]+(?:点[{_DIGIT}]+[{numerals.HAN_WORTH}]*)?"
_SMALL = "|".join(sorted(numerals.WORDS, key=len, reverse=True))
_LARGE = "|".join(numerals.WORD_SCALES)
_PART = f"(?:{'|'.join(numerals.PARTS)})s?"
_WORD = rf"(?:{_SMALL}|{_LARGE})"
LEXEME = re.compile(
    r"(?P<address>(?:https?://|www\.)[!-~]+)"
    r"|(?P<leap>[0零] ?(?:到|→|->|-) ?[1一](?![\d.万亿%倍])|zero[ -]to[ -]one\b)"
    r"|(?P<time>24/7(?!\d)|7 ?[×x*] ?24(?!\d)|\d{1,2}:\d{2}(?::\d{2})?(?!\d)|\d{1,2} ?(?:点(?![\d一二三四五六七八九十])|[ap]\.?m\b\.?))"
    r"|(?P<name>(?<![A-Za-z0-9])(?!(?:US|HK|USD|RMB|CNY|EUR|HKD)\d)[A-Za-z]+(?:[-_]?\d+(?:\.\d+)*[A-Za-z]*)+(?:[-_.][A-Za-z0-9]+)*)"
    rf"|(?P<ordinal>第 ?(?:\d+|[{numerals.HAN}]+)|\d{{1,2}} ?世纪|\d{{2}} ?后(?![\u4e00-\u9fff])"
    r"|(?:(?<![A-Za-z])(?:Tables?|Figures?|Fig\.|Sections?|Sec\.|Chapters?|Pages?|pp?\.|No\.|Appendix|Lines?|Step)|[§表图]) ?\d+(?:\.\d+)*(?:[–-]\d+)?(?![\d,]|\.\d| ?[万亿千%]))"
    r"|(?P<digits>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w.])\.\d+)"
    rf"|(?P<vague>(?<![{_DIGIT}])[一二两三四五六七八九]{{2}}(?![{_DIGIT}])[十百千万亿]*|好?几[十百千万亿]+|(?<![参系次人倍分指函])数[十百千万亿]+|上[百千万亿]+|成[百千]上[千万]|千万(?=[别不要记])|万一|十分(?!之)|[百千]分百|亿万)"
    rf"|(?P<han>{_HAN})"
    rf"|(?P<words>\b(?:(?:an?|half|half an?)[ -])?{_WORD}\b(?:[ -](?:and )?{_WORD}\b)*(?:[ -]{_PART}\b)?|\ban?[ -](?:(?!third){_PART}|third(?= of\b))\b)"
    rf"|(?P<word>(?<![A-Za-z])(?-i:{dates.MONTH}))",
    re.I | re.A,
)
CANDIDATE = re.compile(rf"[\d.§表图第好几数上成{numerals.HAN}]|(?P<word>[A-Za-z]+)", re.A)  # what a lexeme begins with: quickly found
_REFERENCES = "table tables figure figures fig section sections sec chapter chapters page pages p pp no appendix line lines step"
OPENERS = {
    *"an a half zero http https www".split(), *_REFERENCES.split(), *numerals.WORDS, *numerals.WORD_SCALES,
    *map(str.lower, dates.MONTHS), *dates.ABBREVIATED, "sept",
}  # fmt: skip
BEFORE = re.compile(
    r"(?:(?P<nearly>将近|接近|(?<![最附相])近|差不多|(?<![a-z])(?:nearly|almost|close to|just under))"
    r"|(?P<most>不超过|不多于|不高于|最多|至多|最高|高达|多达|(?<![a-z])(?:up to|at most|as (?:much|many|high) as|no more than)|≤|<=)"
    r"|(?P<least>不少于|不低于|至少|最少|起码|(?<![a-z])(?:at least|no less than|no fewer than)|≥|>=)"
    r"|(?P<over>超过|超出|高于|大于|多于|突破|逾|超|(?<![a-z])(?:more than|over|above|exceed(?:s|ed|ing)?|upwards of|greater than)|>)"
    r"|(?P<under>不到|不足|低于|少于|小于|未到|(?<![a-z])(?:less than|under|below|fewer than)|<)"
    r"|(?P<about>大约|大概|(?<![节合条制签预契])约[为合]?|大致|(?<![a-z])(?:about|around|roughly|approximately|approx\.|circa|some)|[~～≈]))[ 了的]?\Z",
    re.I,
)
MORE = re.compile("[多余](?![少余头模语轮步任])")
AFTER = re.compile(r"(?P<over>\+|[多余](?![少余头模语轮步任]))|(?P<least>以上| or more\b)|(?P<most>以内)|(?P<under>以下| or less\b)|(?P<about>左右|上下| or so\b)")
SCALE = re.compile(
    rf"(?P<more>[ ]?[多余几](?=[百千万亿]))?(?:[ ]?(?P<han>万亿|[十百千]?[万亿]|千(?![米克瓦])|百(?!分))|[ -]?(?P<word>{_LARGE})\b"
    r"|(?P<suffix>[KMBTkmbt]|[MBTmbt]n)(?![A-Za-z0-9])|[ ](?P<apart>[mb]n)\b)"
)
PART_OF = re.compile(rf"分之(?P<part>\d+(?:\.\d+)?|{_HAN})")
RATIO = re.compile(r"/(?P<whole>[1-9]\d*)(?![\d/.])")
TENTHS = re.compile(r" ?成(?![为立本功都员长果就了人交为])")
TO = re.compile(r"[-–—~～]| ?[至到] ?| to ")
NAMED = re.compile(r"[A-Za-z]|\.\d")
REST_OF_NAME = re.compile(r"[\w.]*\w", re.A)
MINUS = re.compile(r"(?<![\w%)\]])-(?=[\d.])", re.A)
SIGN = re.compile(r"(?:US)?[$¥€£]")
DIGITS = re.compile(r"\d+(?:\.\d+)?")
NO_FIGURES = {"address", "leap", "time", "name", "ordinal", "vague"}
LONGEST = {"digits": 20, "han": 20, "words": 80, "word": 20}  # characters; a longer run is no figure that anyone means
CLEAR_UNITS = {"percent", "times", "ratio", *CURRENCIES.values()}


class Found(NamedTuple):
    """A figure or a date at an offset. A figure has a value, the unit that its text says, and how it is qualified
    (scalars.Qualifier; the ends of a range are `from` and `to`). A date is ISO 8601, as much as is given, `until`
    the last day of a range of days. `bare` is the offset where a figure ends without its unit."""

    start: int
    end: int
    text: str
    value: Decimal | None = None
    unit: str | None = None
    qualifier: str | None = None
    date: str | None = None
    until: str | None = None
    bare: int = 0

    @property
    def numeral(self) -> str:
        """The text without its unit: 278.8 万, $5.576 million."""
        return self.text[: self.bare - self.start]


class _Numeral(NamedTuple):
    """A numeral as read: where it stands, its value, what was said on the way, and whether it is a figure even
    without a unit."""

    start: int
    end: int
    value: Decimal
    clear: bool
    unit: str | None = None
    qualifier: str | None = None
    scale: Decimal = Decimal(1)


def find(text: str, small: bool = False) -> list[Found]:
    """Every figure and date of the text, in order; with `small`, small counts in words too."""
    return list(scan(text, small))


def scan(text: str, small: bool = False) -> Iterator[Found]:
    """As `find`, one by one."""
    return _Scanner(text, small).scan()


@lru_cache(maxsize=None)
def parse(words: str) -> Found | None:
    """The figure of a text that holds exactly one, small counts in words included; else None."""
    found = [figure for figure in find(words) or find(words, small=True) if figure.value is not None]
    return found[0] if len(found) == 1 else None


class _Scanner:
    def __init__(self, text: str, small: bool):
        self.shown, self.text, self.small = text, numerals.plain(text), small

    def scan(self) -> Iterator[Found]:
        at = 0
        while match := self._lexeme(at):
            at = match.end()
            if match.lastgroup in NO_FIGURES or at - match.start() > LONGEST[match.lastgroup or ""]:
                continue
            if date := self._date(match.start()):
                yield Found(match.start(), date.end, self.shown[match.start() : date.end], date=date.iso, until=date.until, bare=date.end)
                at = date.end
            elif match.lastgroup != "word":
                found, at = self._figures(match)
                yield from found

    def _lexeme(self, at: int) -> re.Match[str] | None:
        """The first lexeme from an offset on; a Latin word that can begin none is passed over as a whole."""
        while candidate := CANDIDATE.search(self.text, at):
            word, at = candidate["word"], candidate.end()
            if not word or word.lower() in OPENERS or self.text[at : at + 1] in "-_0123456789":
                if match := LEXEME.match(self.text, candidate.start()):
                    return match
        return None

    def _date(self, start: int) -> dates.Date | None:
        """The date at an offset, unless a currency before it makes it a figure."""
        return None if CURRENCY.search(self.text, max(0, start - 4), start) else dates.read(self.text, start)

    def _figures(self, match: re.Match[str]) -> tuple[list[Found], int]:
        """The figure that begins with a numeral, or both ends of a range, and the offset to go on from."""
        first = self._numeral(match)
        if first is None:
            rest = REST_OF_NAME.match(self.text, match.end())
            return [], rest.end() if rest else match.end()
        unit, end = self._unit(first)
        second = self._second(end)
        if second is None:
            return self._kept(first, unit, end)
        other, last = self._unit(second)
        if first.scale == 1 and unit in (None, *CURRENCIES.values()):
            first = first._replace(value=first.value * second.scale)
        kept, _ = self._kept(first._replace(qualifier="from"), unit or other, end)
        upper, last = self._kept(second._replace(qualifier="to"), other or unit, last)
        return kept + upper if kept and upper else [], last

    def _kept(self, numeral: _Numeral, unit: str | None, end: int) -> tuple[list[Found], int]:
        """The numeral as a figure, when it is one, and where it ends."""
        begin = self._begin(numeral.start)
        clear = numeral.clear or unit in CLEAR_UNITS or self.small
        value = -numeral.value if self.text[begin] == "-" else numeral.value
        qualifier = numeral.qualifier or self._qualifier(begin, end)
        found = Found(begin, end, self.shown[begin:end], value, unit, qualifier, bare=numeral.end)
        return [found] if clear else [], max(end, numeral.end)

    def _begin(self, start: int) -> int:
        """Where a figure begins with its currency or its minus sign."""
        if currency := CURRENCY.search(self.text, max(0, start - 4), start):
            return currency.start()
        return start - 1 if MINUS.match(self.text, max(0, start - 1)) else start

    def _qualifier(self, begin: int, end: int) -> str | None:
        match = BEFORE.search(self.text, max(0, begin - 14), begin) or AFTER.match(self.text, end)
        return match.lastgroup if match else None

    def _numeral(self, match: re.Match[str]) -> _Numeral | None:
        """The numeral of a lexeme; None when it belongs to a name or a version."""
        start, end = match.span()
        read = {"digits": self._digits, "han": self._han, "words": self._words}[match.lastgroup or ""](match)
        if (part := PART_OF.match(self.text, end) or RATIO.match(self.text, end)) and part.end() - end <= LONGEST["digits"]:
            return self._share(start, read.value, part)
        numeral = self._more(self._scaled(read))
        if tenths := TENTHS.match(self.text, numeral.end):
            return numeral._replace(end=tenths.end(), value=numeral.value / 10, unit="ratio")
        if match.lastgroup == "digits" and NAMED.match(self.text, numeral.end) and not UNIT.match(self.text, numeral.end):
            return None
        return numeral

    def _digits(self, match: re.Match[str]) -> _Numeral:
        return _Numeral(*match.span(), numerals.arabic(match.group()), True)

    def _han(self, match: re.Match[str]) -> _Numeral:
        text, value = match.group(), numerals.han(match.group())
        counted = any(char in _DIGIT + "十拾" for char in text) and len(text) > 1
        return _Numeral(*match.span(), value, counted and value >= 20)

    def _words(self, match: re.Match[str]) -> _Numeral:
        words = [word for word in re.split(r"[ -]", match.group().lower()) if word != "and"]
        value = numerals.english(words).normalize()
        share = words[-1].rstrip("s") in numerals.PARTS
        clear = share or len(words) > 1 and (value >= 20 or words[-1] in numerals.WORD_SCALES)
        return _Numeral(*match.span(), value, clear or value >= 20 and words[0] in numerals.WORDS, "ratio" if share else None)

    def _share(self, start: int, first: Decimal, match: re.Match[str]) -> _Numeral | None:
        """百分之三 is 3 percent; 十分之一 and 1/10 are the ratio 0.1."""
        if "whole" in match.groupdict():
            return _Numeral(start, match.end(), numerals.ratio(first, Decimal(match["whole"])), True, "ratio")
        part = Decimal(match["part"]) if match["part"][0].isascii() else numerals.han(match["part"])
        if first == 100:
            return _Numeral(start, match.end(), part, True, "percent")
        return _Numeral(start, match.end(), numerals.ratio(part, first), True, "ratio") if first else None

    def _scaled(self, numeral: _Numeral) -> _Numeral:
        """The numeral with the scales that follow it: 1 亿 3000 万, 500 多万, $5.6M."""
        match = SCALE.match(self.text, numeral.end)
        if match is None:
            return numeral
        worth = numerals.scale(next(said for said in match.group("han", "word", "suffix", "apart") if said))
        scaled = numeral._replace(
            end=match.end(), value=numeral.value * worth, clear=True, scale=numeral.scale * worth,
            qualifier=numeral.qualifier or ("over" if match["more"] else None),
        )  # fmt: skip
        rest = DIGITS.match(self.text, match.end()) if match["han"] in ("亿", "万亿") else None
        lower = SCALE.match(self.text, rest.end()) if rest else None
        if rest and lower and lower["han"] == "万":
            return scaled._replace(end=lower.end(), value=scaled.value + Decimal(rest.group()) * 10**4)
        return scaled

    def _more(self, numeral: _Numeral) -> _Numeral:
        """The numeral with what says that it is rounded down: 30 多, 500 万余."""
        match = MORE.match(self.text, numeral.end)
        return numeral._replace(end=match.end(), qualifier=numeral.qualifier or "over") if match else numeral

    def _unit(self, numeral: _Numeral) -> tuple[str | None, int]:
        """The unit of a numeral, and the offset where both end."""
        if currency := CURRENCY.search(self.text, max(0, numeral.start - 4), numeral.start):
            return CURRENCIES[currency.group().strip().upper()], numeral.end
        match = None if numeral.unit else UNIT.match(self.text, numeral.end)
        if match is None or unit_of(match) == "model" and numeral.scale > 1:  # 671B 模型: its parameters are counted
            return numeral.unit, numeral.end
        return unit_of(match), match.end()

    def _second(self, at: int) -> _Numeral | None:
        """The other end of a range that goes on at an offset."""
        to = TO.match(self.text, at)
        if to is None:
            return None
        sign = SIGN.match(self.text, to.end())
        start = sign.end() if sign else to.end()
        match = LEXEME.match(self.text, start)
        if match is None or match.lastgroup not in ("digits", "han", "words") or dates.read(self.text, start):
            return None
        if match.end() - start > LONGEST[match.lastgroup]:
            return None
        return self._numeral(match)
