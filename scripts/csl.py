"""Sources and pages as CSL-JSON items (https://docs.citationstyles.org/en/stable/specification.html), from which every
form of a citation is made: one mapping for all."""

import json
import re
from typing import Any, Iterable

from .labels import LABELS
from .model import BELOW, SITE, Library
from .outcome import sources_of
from .records import Source

HAN = re.compile("[\u3400-\u9fff]")
OF_THEMSELVES = ("article", "report", "software", "standard")  # no part of a container: where they are kept publishes them

Item = dict[str, Any]


def source(name: str, record: Source) -> Item:
    """A source; whose interest it has in what it says stands in the note."""
    given = record.model_dump(mode="json", by_alias=True, exclude_none=True, include={"type", "title", "author", "publisher", "container_title", "url"})
    if record.type in OF_THEMSELVES and "publisher" not in given and "container-title" in given:
        given["publisher"] = given.pop("container-title")
    language = _language(record)
    return {
        "id": name,
        **given,
        "issued": _date(record.issued),
        "accessed": _date(str(record.accessed)),
        **({"language": language} if language else {}),
        "note": f"Interest: {record.interest.en}",
    }


def _language(record: Source) -> str | None:
    """The language of a source: what is neither Chinese nor English has a title in English beside its own."""
    if HAN.search(record.title):
        return "zh"
    return "en" if record.translation is None or record.translation.en == record.title else None


def page(library: Library, slug: str, language: str, version: str) -> Item:
    """The page of a misconception as it is in one version, named in full: the key of the version, a comma, the digest of
    its text. Its address is that of the version, which stays."""
    key = version.partition(",")[0]
    site = LABELS[language]["site"]
    return {
        "id": f"off-the-pedestal-{slug}-{key}-{language}",
        "type": "webpage",
        "title": library.myths[slug].title[language],
        "author": [{"literal": site}],
        "container-title": site,
        "URL": f"{SITE}{BELOW[language]}myths/{slug}/{key}/",
        "issued": _date(key[:10]),
        "version": version,
        "language": language,
    }


def of_page(library: Library, slug: str) -> list[str]:
    """Ids of the sources of a misconception's facts, in the order in which it lists them."""
    return [name for name, source in sources_of(library, library.myths[slug]).items() if isinstance(source, Source)]


def _date(day: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in day.split("-")]]}


def dump(items: Iterable[Item]) -> str:
    """Items as a CSL-JSON file, a field on a line."""
    return "[\n" + ",\n".join(" {\n" + ",\n".join(f"  {_json(key)}: {_json(value)}" for key, value in item.items()) + "\n }" for item in items) + "\n]\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
