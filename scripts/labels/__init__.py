"""The words that generated passages use, in both languages, and how dates and plain text are written."""

import re
from datetime import date
from functools import lru_cache

from ..dates import MONTHS
from . import en, zh

LABELS = {"zh": zh.WORDS, "en": en.WORDS}
SPECIAL = re.compile(r"[\\`*_\[\]{}|]")
START = re.compile(r"^(\d*)(#|[-+.](?=\W|$))")  # would begin a heading or a list
IN_ADDRESSES = str.maketrans({char: f"%{ord(char):02X}" for char in "()[]\\`*|{}"})


@lru_cache(maxsize=None)
def plain(text: str) -> str:
    """The text as Markdown that shows it as it is, in a paragraph, list entry, table cell or picture's alternative."""
    return START.sub(r"\1\\\2", SPECIAL.sub(r"\\\g<0>", text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")))


def address(url: str) -> str:
    """An address with nothing in it that ends a Markdown link or means something to Markdown."""
    return url.translate(IN_ADDRESSES)


@lru_cache(maxsize=None)
def day(value: date | str, language: str) -> str:
    """A date, or a year or month in ISO form, as the language writes it: 2024 年 12 月 26 日, 26 December 2024."""
    parts = [int(part) for part in str(value)[:10].split("-")]
    if language == "zh":
        return " ".join(f"{number} {unit}" for number, unit in zip(parts, "年月日"))
    words = [str(parts[0]), *(MONTHS[number - 1] for number in parts[1:2]), *(str(number) for number in parts[2:])]
    return " ".join(reversed(words))
