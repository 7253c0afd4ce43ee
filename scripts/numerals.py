"""The values of numerals: Arabic digits, Chinese numerals (formal and Traditional ones too), English number words."""

import re
from decimal import Decimal

HAN_DIGITS = {char: value for value, chars in enumerate(("零〇", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")) for char in chars}
HAN_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
HAN_SCALES = {"万": 10**4, "亿": 10**8}
HAN_WORTH = "".join((*HAN_UNITS, *HAN_SCALES))
HAN = "".join((*HAN_DIGITS, HAN_WORTH))
SAME_LENGTH = {
    **{code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), 0xFF05, 0xFF0E, 0xFF0C, 0xFF04, 0xFF0B, 0xFF5E, *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))},
    **str.maketrans("萬億兩點餘幾個塊張頁過將間時裝幣約達於逾顆臺萬−", "万亿两点余几个块张页过将间时装币约达于逾颗台万-"),
}
ODD = re.compile(f"[{re.escape(''.join(map(chr, SAME_LENGTH)))}]")
WORDS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
    )
} | {word: value for value, word in zip(range(20, 100, 10), "twenty thirty forty fifty sixty seventy eighty ninety".split())}
WORD_SCALES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
SUFFIXES = {"k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "b": 10**9, "bn": 10**9, "t": 10**12, "tn": 10**12}
PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "hundredth": 100}


def plain(text: str) -> str:
    """The text with full-width and Traditional characters of numerals in their usual form. Offsets stay."""
    return ODD.sub(lambda match: chr(SAME_LENGTH[ord(match[0])]), text)  # faster than to ask for every character


def arabic(text: str) -> Decimal:
    """The value of Arabic digits: 2,048 → 2048; .99 → 0.99."""
    return Decimal(text.replace(",", ""))


def han(text: str) -> Decimal:
    """The value of a Chinese numeral: 五百五十八万 → 5580000; 二〇二五 → 2025; 两千五 → 2500; 三点五 → 3.5;
    十七点五万 → 175000."""
    whole, point, rest = text.partition("点")
    fraction = rest.rstrip(HAN_WORTH)
    worth = scale(rest[len(fraction) :])
    return Decimal(f"{_whole(whole)}.{_whole(fraction):0{len(fraction)}}") * worth if point else Decimal(_whole(whole))


def _whole(text: str) -> int:
    if all(char in HAN_DIGITS for char in text):
        return int("".join(str(HAN_DIGITS[char]) for char in text) or 0)
    high = low = group = digit = 0
    last = 1  # what the last unit was worth: a digit that ends the numeral counts a tenth of it (两千五)
    for char in text:
        if char in HAN_DIGITS:
            digit = HAN_DIGITS[char]
            last = 1 if digit == 0 else last
        elif char in HAN_UNITS:
            last = HAN_UNITS[char]
            group, digit = group + (digit or 1) * last, 0
        elif HAN_SCALES[char] == 10**4:
            low, group, digit, last = low + (group + digit or 1) * 10**4, 0, 0, 10**4
        else:
            high, low, group, digit, last = (high + (low + group + digit or 1)) * 10**8, 0, 0, 0, 10**8
    return high + low + group + digit * max(1, last // 10 if last > 10 else 1)


def scale(word: str) -> Decimal:
    """What a scale is worth: 万亿, 百万, million, bn, K; 1 without one."""
    lower = word.lower()
    if lower in WORD_SCALES or lower in SUFFIXES:
        return Decimal(WORD_SCALES.get(lower) or SUFFIXES[lower])
    result = 1
    for char in word:
        result *= (HAN_UNITS | HAN_SCALES)[char]
    return Decimal(result)


def english(words: list[str]) -> Decimal:
    """The value of English number words, lower case, without `and`: two hundred fifty thousand → 250000; a million;
    half a billion → 500000000; two thirds → 0.6667."""
    if words[0] == "half":
        return english(words[1:]) / 2
    if (part := words[-1].rstrip("s")) in PARTS:
        return ratio(Decimal(_sum(words[:-1]) or 1), Decimal(PARTS[part]))
    return Decimal(_sum(words))


def ratio(part: Decimal, whole: Decimal) -> Decimal:
    """A share of a whole that is not zero, to four decimals."""
    return (part / whole).quantize(Decimal("0.0001")).normalize()


def _sum(words: list[str]) -> int:
    total = group = 0
    for word in words:
        if word in ("a", "an"):
            group += 1
        elif word in WORDS:
            group += WORDS[word]
        elif word == "hundred":
            group = (group or 1) * 100
        else:
            total, group = total + (group or 1) * WORD_SCALES[word], 0
    return total + group
