"""Generated passages outside docs/: the rules and fields in CONTRIBUTING, the misconceptions in the
navigation, the drafts that MkDocs keeps out of the site."""

import json
from html import escape
from typing import Any, Literal, get_args, get_origin

from .accounts import Article, Review
from .model import BASE, BLOCK, CONFIGURATIONS, NAVIGATION, Library
from .records import Address, Change, Chart, Claim, Event, Fact, Myth, Origin, Record, Source, Term

PATH = "CONTRIBUTING.md"
RECORDS: dict[type[Record], str] = {
    Myth: "docs/data/myths/<slug>.yml",
    Change: "an entry of `changes`",
    Fact: "docs/data/facts.yml",
    Source: "docs/data/sources.yml",
    Origin: "docs/data/origins.yml",
    Event: "docs/data/events.yml",
    Address: "docs/data/addresses.yml",
    Chart: "docs/data/charts.yml",
    Article: "docs/data/articles/<id>.yml",
    Review: "an entry of `reviews`",
    Claim: "docs/data/claims.yml",
    Term: "docs/data/glossary.yml",
}


def make(library: Library, statements: dict[str, str]) -> dict[str, str]:
    """Path → text of CONTRIBUTING and of the configurations; `statements` are the rules in words, by number."""
    made = {PATH: _contributing(library.texts[PATH], statements)} if PATH in library.texts else {}
    for language, path in CONFIGURATIONS.items():
        if path in library.texts and library.myths.keys() == library.named("myths"):
            entries = "".join(f"      - {json.dumps(escape(myth.label[language], quote=False), ensure_ascii=False)}: myths/{slug}.md\n" for slug, myth in library.myths.items())
            made[path] = NAVIGATION.sub(lambda match: match[1] + entries + match[2], library.texts[path])
    if BASE in library.texts:
        made[BASE] = NAVIGATION.sub(lambda match: match[1] + "".join(f"  /myths/{slug}.md\n" for slug in sorted(library.drafts)) + match[2], library.texts[BASE])
    return made


def _contributing(text: str, statements: dict[str, str]) -> str:
    passages = {"rules": rules(statements), "fields": "\n\n".join(_record(kind, path) for kind, path in RECORDS.items())}
    for match in reversed(list(BLOCK.finditer(text))):
        if match["name"] in passages:
            text = f"{text[:match.start('body')]}\n{passages[match['name']]}\n\n{text[match.end('body'):]}"
    return text


def rules(statements: dict[str, str]) -> str:
    """The rules as a code block, as `python -m scripts rules` prints them."""
    return "```text\n" + listing(statements) + "\n```"


def listing(statements: dict[str, str]) -> str:
    """One line a rule: number and statement."""
    width = max(map(len, statements))
    return "\n".join(f"{number:<{width}}  {statement}" for number, statement in statements.items())


def _record(kind: type[Record], path: str) -> str:
    rows = [_field(name, field) for name, field in kind.model_fields.items()]
    title = path if "`" in path else f"`{path}`"
    return "\n".join([f"### {title[:1].upper() + title[1:]} {{#fields-{kind.__name__.lower()}}}", "", "| Field | Meaning | Good | Bad |", "| --- | --- | --- | --- |", *rows])


def _field(name: str, field: Any) -> str:
    need = "" if field.is_required() else " (optional)"
    good = field.examples[0]
    shown = good if isinstance(good, str) else json.dumps(good, ensure_ascii=False)
    members = [member for kind in (field.annotation, *get_args(field.annotation)) if get_origin(kind) is Literal for member in get_args(kind)]
    meaning = field.description + (f" One of: {', '.join(members)}." if members else "")
    cells = (f"`{field.alias or name}`{need}", meaning, f"`{shown}`", field.json_schema_extra["bad"])
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
