"""The records for other programs: JSON, CSV, bibliographies and JSON-LD, with their schemas and checksums, as the site offers them below
`data/`. Addresses in them are relative to that folder."""

import csv
import hashlib
import io
import json
import re
from decimal import Decimal
from typing import Any, Iterable, Iterator

from pydantic import BaseModel

from . import citations, csl
from .accounts import Article
from .model import LANGUAGES, LICENCE, REGISTERS, Library
from .outcome import origin
from .records import Fact, Myth
from .structured import reviews
from .texts import Texts

FOLDER = "docs/zh/data"  # what stands in the Chinese site is at the root, for both languages
VERSION = 1  # of the form: it rises when a key goes or means something else
ADDRESSES = {"zh": "../{}", "en": "../en/{}"}
FORMULA = re.compile(r"[=+\-@\t\r]")  # what a spreadsheet takes for the beginning of a formula
NUMBER = re.compile(r"-?\d+(\.\d+)?")
COLUMNS = (
    "id", "statement_zh", "statement_en", "value", "unit", "words_zh", "words_en", "as_of", "source", "source_title", "source_url", "locator",
    "covers_zh", "covers_en", "excludes_zh", "excludes_en", "grade", "formula", "used_on",
)  # fmt: skip


def make(library: Library) -> Texts:
    """Path → text of the files of `data/` that hold all of a kind."""
    made, sums = Texts(), ""
    for name, text in _files(library):
        made[f"{FOLDER}/{name}"] = text
        sums += f"{hashlib.sha256(text.encode()).hexdigest()}  {name}\n"
    made[f"{FOLDER}/SHA256SUMS"] = sums
    return made


def _files(library: Library) -> Iterator[tuple[str, str]]:
    yield "myths.json", _file(library, "myths", "myths/{id}/", library.myths)
    yield "facts.json", _file(library, "facts", "figures/#{id}", library.facts)
    yield "facts.csv", _table(library)
    for ending in citations.FILES:
        yield f"sources.{ending}", citations.file(ending, (csl.source(name, source) for name, source in library.sources.items()))
    yield "claimreview.jsonl", "".join(json.dumps(review, ensure_ascii=False) + "\n" for review in reviews(library))
    for name, kind in {"myths": Myth, **REGISTERS, "articles": Article}.items():
        yield f"schemas/{name}.schema.json", _dump(_schema(kind)) + "\n"


def cited(library: Library, sources: Iterable[str]) -> dict[str, str]:
    """Path → text of a file in each form for each of some sources."""
    return _written(library, ((name, [name]) for name in sources))


def cited_by(library: Library, slugs: Iterable[str]) -> dict[str, str]:
    """Path → text of a file in each form with all sources of each of some misconceptions."""
    return _written(library, ((f"pages/{slug}-sources", csl.of_page(library, slug)) for slug in slugs))


def _written(library: Library, lists: Iterable[tuple[str, list[str]]]) -> dict[str, str]:
    items = ((name, [csl.source(one, library.sources[one]) for one in sources]) for name, sources in lists)
    return {f"{FOLDER}/cite/{name}.{ending}": text for name, cited in items for ending, text in citations.written(cited).items()}


def _dump(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1)


def _file(library: Library, name: str, page: str, records: dict[str, Any]) -> str:
    """A register with what a re-user must know of it: the form's version, the day, the licence, where each record is shown.
    Of its records, which can be many, one at a time is in memory as data."""
    head = {
        "version": VERSION,
        "as_of": str(max(myth.reviewed for myth in library.myths.values())) if library.myths else None,
        "licence": LICENCE,
        "schema": f"schemas/{name}.schema.json",
        "pages": {language: address.format(page) for language, address in ADDRESSES.items()},
    }
    entries = ",".join(_dump({key: _plain(record)})[1:-2].replace("\n", "\n ") for key, record in records.items())
    end = "\n }" if records else "}"
    return f'{_dump(head)[:-2]},\n "{name}": {{{entries}{end}\n}}\n'


def _plain(record: BaseModel) -> dict[str, Any]:
    """A record as JSON has it: only what it says, numbers as numbers."""
    data = record.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
    if isinstance(record, Fact) and record.value is not None:
        data["value"] = _number(record.value)
    return data


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _schema(kind: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one record."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **kind.model_json_schema(by_alias=True)}


def _table(library: Library) -> str:
    """The facts as CSV (RFC 4180) that a spreadsheet opens right: with a byte order mark, and no cell that is a formula."""
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for name, fact in library.facts.items():
        cells = {**_flat(name, fact), **_origin(library, fact), "used_on": " ".join(library.users.get(name, ()))}
        writer.writerow([_cell(str(cells.get(column) or "")) for column in COLUMNS])
    return text.getvalue()


def _flat(name: str, fact: Fact) -> dict[str, Any]:
    given = {"id": name, **_plain(fact)}
    both = {f"{key}_{language}": text[language] for key in ("statement", "words", "covers", "excludes") for text in [getattr(fact, key)] if text for language in LANGUAGES}
    return given | both | ({"value": f"{fact.value:f}"} if fact.value is not None else {})


def _origin(library: Library, fact: Fact) -> dict[str, str]:
    source = origin(library, fact)
    return {"source_title": source.title, "source_url": source.url} if source else {}


def _cell(text: str) -> str:
    """A cell that begins like a formula gets an apostrophe (https://owasp.org/www-community/attacks/CSV_Injection)."""
    return f"'{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text) else text
