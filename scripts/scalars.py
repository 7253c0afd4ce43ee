"""The vocabularies, and the kinds of text that a field takes, each with its pattern in words."""

import re
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, StringConstraints

Verdict = Literal["false", "misleading", "partly-true", "mostly-true", "true", "unproven", "outdated"]
Theme = Literal["cost", "technology", "origins", "effects"]
Grade = Literal["primary-read", "copy-of-primary-read", "secondary-read", "unverified"]
SourceKind = Literal[
    "self-report", "rival", "vendor", "analyst", "peer-reviewed", "licence-text", "press", "measurement", "reference"
]
SourceType = Literal[
    "article", "article-journal", "article-newspaper", "paper-conference", "post-weblog", "post", "report",
    "software", "standard", "webpage",
]
Unit = Literal[
    "CNY", "EUR", "GBP", "GPU", "GPU-hour", "HKD", "JPY", "SM", "USD", "USD/GPU-hour", "day", "exchange", "expert", "hour", "layer",
    "model", "month", "node", "page", "parameter", "percent", "ratio", "sample", "text", "times", "token", "user", "year",
]
Qualifier = Literal["about", "nearly", "over", "under", "least", "most", "from", "to"]
Rating = Literal["right", "imprecise", "wrong"]
ChangeKind = Literal["published", "verdict", "fact", "withdrawn", "source-lost", "wording"]
HeadingForm = Literal["lead", "atx", "setext", "bold"]

ONE_LINE = "^[^\x00-\x08\x0a-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]*$"
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
URL = r"^https?://[^\s<>\"]+$"
PARTIAL_DATE = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
PUBLISHED = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-2][0-9]:[0-5][0-9](:[0-5][0-9])?( ?([+-][0-2][0-9]:?[0-5][0-9]|Z))?)?$"
DIGEST = r"^[0-9a-f]{12}$"
CUE = r"^[^\s|!]+(\|[^\s|!]+)*( !?[^\s|!]+(\|[^\s|!]+)*)*$"
NOWHERE = {"n/a", "na", "none", "tbd", "tba", "unknown", "various", "see report", "see source", "see text", "ibid.", "无", "不详", "未知", "待查", "同上", "见报告", "见原文"}
PATTERNS = {
    ONE_LINE: "text on one line, without control characters",
    SLUG: "lower-case letters and digits joined by hyphens",
    URL: "an address that begins with https:// or http://",
    PARTIAL_DATE: "a date YYYY, YYYY-MM or YYYY-MM-DD",
    PUBLISHED: "a date YYYY-MM-DD, with or without a time",
    DIGEST: "twelve hexadecimal digits",
    CUE: "words with one blank between them, `a|b` for either, `!a` for none, the first one that must stand",
}


def in_calendar(text: str) -> str:
    """The text, when the day, month or year it begins with is in the calendar. Raises ValueError when it is not."""
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        raise ValueError(f"is '{text}', must be a day of the calendar") from None
    return text


def in_form(pattern: str, must: str) -> BeforeValidator:
    """Lets text through only when all of it matches; what is no text is left to the type itself. pydantic alone would
    read 1769904000 as a date and full-width digits as a number."""

    def match(given: Any) -> Any:
        if isinstance(given, str) and not re.fullmatch(pattern, given):
            raise ValueError(f"is '{given}', must be {must}")
        return given

    return BeforeValidator(match)


def each_once(names: list[str]) -> list[str]:
    """The names, when none stands twice. Raises ValueError when one does."""
    if twice := [name for name, count in Counter(names).items() if count > 1]:
        raise ValueError(f"names {', '.join(twice)} twice, must name each once")
    return names


def says_where(text: str) -> str:
    """The text, when it is more than signs or a word that stands for no place. Raises ValueError when it is that."""
    if text.casefold() in NOWHERE or not any(map(str.isalnum, text)):
        raise ValueError(f"is '{text}', must say where in the source: page, section, table, commit or line")
    return text


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, pattern=ONE_LINE)]
CueLine = Annotated[str, StringConstraints(pattern=CUE)]
Place = Annotated[Line, AfterValidator(says_where)]
Slug = Annotated[str, StringConstraints(pattern=SLUG)]
Slugs = Annotated[list[Slug], AfterValidator(each_once)]
Url = Annotated[str, StringConstraints(pattern=URL)]
Day = Annotated[date, in_form("[0-9]{4}-[0-9]{2}-[0-9]{2}", "a date YYYY-MM-DD")]
Number = Annotated[Decimal, in_form(r"-?[0-9]+(\.[0-9]+)?", "a number without unit or separators")]
PartialDate = Annotated[str, StringConstraints(pattern=PARTIAL_DATE), AfterValidator(in_calendar)]
Published = Annotated[str, StringConstraints(pattern=PUBLISHED), AfterValidator(in_calendar)]
Digest = Annotated[str, StringConstraints(pattern=DIGEST)]
