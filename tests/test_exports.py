"""The data for re-users, as `build` writes it and as others read it: by schema, as a spreadsheet, as a reference manager."""

import csv
import hashlib
import io
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from scripts import exports, library

from .conftest import HOME, scripts

@pytest.fixture
def data(good: Path) -> Path:
    """The folder of the data of a small tree with hostile texts."""
    facts = good / "docs/data/facts.yml"
    text = facts.read_text(encoding="utf-8")
    text = text.replace("locator: p. 3\n", "locator: '=HYPERLINK(\"https://example.org\",\"@x\")'\n").replace("en: Price of an hour\n", "en: 'Price, \"of\" an hour 😀'\n")
    facts.write_text(text, encoding="utf-8")
    assert scripts(good, "build").returncode == 0
    return good / exports.FOLDER


def rows(data: Path) -> dict[str, dict[str, str]]:
    raw = (data / "facts.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    return {row["id"]: row for row in csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""))}


def test_facts_open_in_a_spreadsheet_and_none_is_a_formula(data: Path) -> None:
    facts = json.loads((data / "facts.json").read_text(encoding="utf-8"))["facts"]
    table = rows(data)
    assert table.keys() == facts.keys()
    assert table["hour-price"]["locator"] == "'=HYPERLINK(\"https://example.org\",\"@x\")"
    assert table["hour-price"]["statement_en"] == 'Price, "of" an hour 😀'
    assert (table["lamp-cost"]["value"], table["lamp-cost"]["used_on"], table["lamp-cost"]["source_title"]) == ("2400000", "lamp", "The Lamp Report")
    assert table["lamp-audit"]["value"] == ""
    assert facts["lamp-cost"]["value"] == 2400000 and "value" not in facts["lamp-audit"]


def test_records_are_as_their_schemas_say() -> None:
    made = exports.make(library.read(HOME))
    for name in ("myths", "facts"):
        file = json.loads(made[f"{exports.FOLDER}/{name}.json"])
        validator = Draft202012Validator(json.loads(made[f"{exports.FOLDER}/{file['schema']}"]))
        assert len(file[name]) > 10 and file["version"] == exports.VERSION
        assert [error.message for record in file[name].values() for error in validator.iter_errors(record)] == []
        spoilt = {**next(iter(file[name].values())), "autor": "?"}
        assert list(validator.iter_errors(spoilt)) != []


def test_every_file_of_the_list_has_its_checksum(data: Path) -> None:
    told = dict(reversed(line.split("  ")) for line in (data / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
    files = {path.relative_to(data).as_posix(): path for path in data.rglob("*") if path.is_file() and path.name != "SHA256SUMS" and "cite" not in path.parts}
    assert {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()} == told


def test_the_data_says_nothing_of_a_draft(good: Path) -> None:
    assert scripts(good, "new", "secret-lamp").returncode == 0
    assert scripts(good, "build").returncode == 0
    assert b"secret-lamp" not in b"".join(path.read_bytes() for path in (good / exports.FOLDER).rglob("*") if path.is_file())
