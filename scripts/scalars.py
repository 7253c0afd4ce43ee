"""The vocabularies, and the kinds of text that a field takes, each with its pattern in words."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, StringConstraints

Verdict = Literal["false", "misleading", "partly-true", "mostly-true", "true", "unproven", "outdated"]
Grade = Literal["primary-read", "copy-of-primary-read", "secondary-read", "unverified"]
SourceKind = Literal[
    "self-report", "rival", "vendor", "analyst", "peer-reviewed", "licence-text", "press", "measurement", "reference"
]
SourceType = Literal[
    "article", "article-journal", "article-newspaper", "paper-conference", "post-weblog", "post", "report",
    "software", "standard", "webpage",
]
Unit = Literal[
    "CNY", "EUR", "GBP", "GPU", "GPU-hour", "HKD", "JPY", "SM", "USD", "USD/GPU-hour", "day", "expert", "hour", "layer",
    "model", "month", "node", "page", "parameter", "percent", "ratio", "sample", "text", "times", "token", "user", "year",
]
Qualifier = Literal["about", "nearly", "over", "under", "least", "most", "from", "to"]
Rating = Literal["right", "imprecise", "wrong"]
ChangeKind = Literal["published", "verdict", "fact", "withdrawn", "source-lost", "wording"]
HeadingForm = Literal["lead", "atx", "setext", "bold"]

ONE_LINE = r"^[^\n]*$"
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
URL = r"^https?://[^\s<>\"]+$"
PARTIAL_DATE = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
PUBLISHED = r"^\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d)?( ?([+-]\d\d:?\d\d|Z))?)?$"
DIGEST = r"^[0-9a-f]{12}$"
PATTERNS = {
    ONE_LINE: "text on one line",
    SLUG: "lower-case letters and digits joined by hyphens",
    URL: "an address that begins with https:// or http://",
    PARTIAL_DATE: "a date YYYY, YYYY-MM or YYYY-MM-DD",
    PUBLISHED: "a date YYYY-MM-DD, with or without a time",
    DIGEST: "twelve hexadecimal digits",
}



def in_calendar(text: str) -> str:
    """The text, when the day it begins with is in the calendar. Raises ValueError when it is not."""
    if len(text) >= 10:
        try:
            date.fromisoformat(text[:10])
        except ValueError:
            raise ValueError(f"is '{text}', must be a day of the calendar") from None
    return text


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, pattern=ONE_LINE)]
Slug = Annotated[str, StringConstraints(pattern=SLUG)]
Url = Annotated[str, StringConstraints(pattern=URL)]
PartialDate = Annotated[str, StringConstraints(pattern=PARTIAL_DATE), AfterValidator(in_calendar)]
Published = Annotated[str, StringConstraints(pattern=PUBLISHED), AfterValidator(in_calendar)]
Digest = Annotated[str, StringConstraints(pattern=DIGEST)]
