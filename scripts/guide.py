"""The generated passages of CONTRIBUTING: every rule, and every field of every record."""

import json
from typing import Any

from .model import BLOCK, Library
from .records import Article, Chart, Fact, Myth, Record, Source

PATH = "CONTRIBUTING.md"
RECORDS: dict[type[Record], str] = {
    Myth: "docs/data/myths/<slug>.yml",
    Fact: "docs/data/facts.yml",
    Source: "docs/data/sources.yml",
    Chart: "docs/data/charts.yml",
    Article: "docs/data/articles/<id>.yml",
}


def make(library: Library, statements: dict[str, str]) -> dict[str, str]:
    """CONTRIBUTING with its passages filled; `statements` are the rules in words, by number."""
    text = library.texts.get(PATH)
    if text is None:
        return {}
    passages = {"rules": rules(statements), "fields": "\n\n".join(_record(kind, path) for kind, path in RECORDS.items())}
    for match in reversed(list(BLOCK.finditer(text))):
        if match["name"] in passages:
            text = f"{text[:match.start('body')]}\n{passages[match['name']]}\n\n{text[match.end('body'):]}"
    return {PATH: text}


def rules(statements: dict[str, str]) -> str:
    """The rules as a code block, as `python -m scripts rules` prints them."""
    return "```text\n" + listing(statements) + "\n```"


def listing(statements: dict[str, str]) -> str:
    """One line a rule: number and statement."""
    width = max(map(len, statements))
    return "\n".join(f"{number:<{width}}  {statement}" for number, statement in statements.items())


def _record(kind: type[Record], path: str) -> str:
    rows = [_field(name, field) for name, field in kind.model_fields.items()]
    return "\n".join([f"### `{path}` {{#fields-{kind.__name__.lower()}}}", "", "| Field | Meaning | Good | Bad |", "| --- | --- | --- | --- |", *rows])


def _field(name: str, field: Any) -> str:
    need = "" if field.is_required() else " (optional)"
    good = field.examples[0]
    shown = good if isinstance(good, str) else json.dumps(good, ensure_ascii=False)
    cells = (f"`{field.alias or name}`{need}", field.description, f"`{shown}`", field.json_schema_extra["bad"])
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
