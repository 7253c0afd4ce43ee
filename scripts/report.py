"""What an editor is told of an article that was read: as plain data, and as a table for the terminal."""

from collections import Counter
from typing import Any, Iterator

from rich.table import Table
from rich.text import Text

from .comparison import AGREES, CONTRADICTS, ROUNDED, UNKNOWN, Row
from .ingest import Passage, Result, figure
from .model import Library
from .records import Fact

SHORT = 48  # characters of a source's title, or of a locator, in a table
SIGNS = {AGREES: ("✓", "green"), ROUNDED: ("≈", "cyan"), CONTRADICTS: ("✗", "bold red"), UNKNOWN: ("?", "dim")}


def plain(tree: Library, result: Result) -> dict[str, Any]:
    """All that was found in an article, as JSON takes it. Figures are decimal texts."""
    told: dict[str, Any] = {"id": result.id, "title": result.data["title"], "url": result.data["url"]}
    told["paragraphs"] = [_passage(tree, passage) for passage in result.passages]
    if result.changes:
        told["changes"] = result.changes._asdict()
    return told


def _passage(tree: Library, passage: Passage) -> dict[str, Any]:
    return {
        "section": passage.section,
        "number": passage.number,
        "line": passage.line,
        "myths": [match._asdict() for match in passage.matches],
        "untreated": passage.untreated,
        "figures": [_row(tree, row) for row in passage.rows],
    }


def _row(tree: Library, row: Row) -> dict[str, Any]:
    told: dict[str, Any] = {**figure(row.figure), "outcome": row.outcome, "facts": [_fact(tree, name) for name in row.facts]}
    return {**told, "taken_for": row.taken_for} if row.taken_for else told


def _fact(tree: Library, name: str) -> dict[str, str]:
    fact = tree.facts[name]
    source = tree.sources.get(fact.source)
    return {"id": name, "registered": _registered(fact), "statement": fact.statement["en"], "source": source.title if source else fact.source, "url": source.url if source else "", "locator": fact.locator}


def _registered(fact: Fact) -> str:
    """A fact's figure in both languages, or the date of one without a figure."""
    return " / ".join(dict.fromkeys((fact.words["zh"], fact.words["en"]))) if fact.words else str(fact.as_of)


def summary(result: Result) -> Iterator[str]:
    """The findings in a few lines of text."""
    touched = Counter(match.slug for passage in result.passages for match in passage.matches)
    figures = Counter(row.outcome for passage in result.passages for row in passage.rows)
    said = ", ".join(f"{slug} in {count}" for slug, count in touched.most_common()) or "none"
    yield f"{result.id}: {len(result.passages)} paragraphs; touches {said}"
    yield "  figures: " + (", ".join(f"{figures[outcome]} {outcome}" for outcome in SIGNS if figures[outcome]) or "none")
    if untreated := [f"{passage.number} (line {passage.line})" for passage in result.passages if passage.untreated]:
        yield f"  report a claim that no page treats: paragraphs {', '.join(untreated)}"
    if result.changes:
        told = result.changes._asdict()
        sections = told.pop("sections")
        yield from (f"  {what}: paragraphs {', '.join(map(str, numbers))}" for what, numbers in told.items() if numbers)
        if sections:
            yield f"  read again what is said of sections {', '.join(map(str, sections))}, and the summary"


def figures(tree: Library, result: Result) -> Table:
    """The figure check as a table: where, what the article says, how it stands, what the register has."""
    table = Table(title=f"{result.id}: figures", title_justify="left", box=None, pad_edge=False)
    for head in ("Line", "Says", "Outcome", "Register", "Source"):
        table.add_column(head, overflow="fold")
    for passage in result.passages:
        for row in passage.rows:
            table.add_row(str(passage.line), _says(row), _outcome(row), *_against(tree, row))
    return table


def matches(result: Result) -> Table:
    """The misconceptions of each paragraph, with the phrasing that matched and its score."""
    table = Table(title=f"{result.id}: misconceptions", title_justify="left", box=None, pad_edge=False)
    for head in ("Line", "Misconception", "Score", "Phrasing"):
        table.add_column(head, overflow="fold")
    for passage in result.passages:
        for match in passage.matches:
            table.add_row(str(passage.line), match.slug, f"{match.score:.2f}", Text(match.phrasing))
    return table


def _says(row: Row) -> Text:
    found = row.figure
    value = found.date or f"{(found.value or 0):,f}".rstrip("0").rstrip(".") if found.date or "." in f"{found.value:f}" else f"{found.value:,f}"
    reading = " ".join(part for part in (found.qualifier, value, found.unit) if part)
    return Text(f"{found.text} = {reading}")


def _outcome(row: Row) -> Text:
    sign, style = SIGNS[row.outcome]
    return Text(f"{sign} {row.outcome}" + (f": taken for “{row.taken_for}”" if row.taken_for else ""), style=style)


def _against(tree: Library, row: Row) -> tuple[Text, Text]:
    told = [_fact(tree, name) for name in row.facts]
    return Text("\n".join(f"{fact['registered']} ({fact['id']})" for fact in told)), Text("\n".join(f"{_short(fact['source'])}, {_short(fact['locator'])}" for fact in told))


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"
