"""The shapes that every module shares: a problem, a page, the whole library."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Iterator, NamedTuple

from .prose import Prose, read
from .records import Article, Chart, Fact, Myth, Source, Term, Vocabulary

LANGUAGES = ("zh", "en")
OTHER = {"zh": "en", "en": "zh"}
SECTIONS = ("claim", "why", "facts", "unknown", "evidence", "articles", "deeper", "short", "changes", "related")
PASSAGES = {"myth": ("head", "claim", "evidence", "articles", "changes", "related"), "any": ("cards", "chart", "verdicts", "kinds", "grades")}
OTHERS = "other"  # id of the section of figures.md for facts that no page lists
GENERATED = "# generated from docs/data; change it there and run `make build`"

BLOCK = re.compile(r"^<!-- (?P<name>[a-z]+)(?: (?P<argument>[a-z0-9-]+))? -->\n(?P<body>.*?)^<!-- /(?P=name) -->$", re.M | re.S)
HEADING = re.compile(r"^(#{1,6}) +(.*?)(?: *\{#([^}]*)\})? *$", re.M)
CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)")
FENCE = re.compile(r"^(```|~~~).*?^\1 *$", re.M | re.S)

Lines = dict[tuple[str | int, ...], int]


class Problem(NamedTuple):
    """One fault, said to the author: `path:line: RULE what is, what must be`. Sorts by place."""

    path: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule} {self.message}"


class Heading(NamedTuple):
    """A heading of a page: its level, text, explicit id (None without one) and line."""

    level: int
    text: str
    id: str | None
    line: int


def blank(pattern: re.Pattern[str], text: str) -> str:
    """The text with every match turned into blanks; line breaks and offsets stay."""
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)


@dataclass(frozen=True)
class Page:
    """One Markdown page. `name` is its path below the language's folder, `myths/cost.md`; `head` its front
    matter as text (None when it has none), `body_line` the line of the file at which the body begins."""

    path: str
    language: str
    name: str
    text: str
    head: str | None = None
    body: str = ""
    body_line: int = 1
    front: dict[str, Any] = field(default_factory=dict)
    lines: Lines = field(default_factory=dict)

    @property
    def slug(self) -> str:
        """The misconception that the page is about, `cost`; empty for other pages."""
        return self.name.removeprefix("myths/").removesuffix(".md") if self.name.startswith("myths/") else ""

    @property
    def whole(self) -> bool:
        """Whether all of the page is generated."""
        return self.body.lstrip().startswith("<!-- generated")

    @cached_property
    def prose(self) -> str:
        """The body with generated passages and code blocks blanked; offsets stay."""
        return blank(FENCE, BLOCK.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), self.body))

    @cached_property
    def parsed(self) -> Prose:
        """What a Markdown parser finds in the prose; its lines count from the body's first."""
        return read(self.prose)

    @cached_property
    def written(self) -> str:
        """What a person wrote: the body without what stands between the markers of generated passages."""
        return BLOCK.sub(lambda match: match.group().replace(match["body"], ""), self.body)

    @cached_property
    def headings(self) -> list[Heading]:
        """All headings of the body, those of generated passages included."""
        found = HEADING.finditer(blank(FENCE, self.body))
        return [Heading(len(m[1]), m[2], m[3], self.line_at(m.start())) for m in found]

    def line_at(self, offset: int) -> int:
        """The line of the file in which an offset of the body stands."""
        return self.body_line + self.body.count("\n", 0, offset)


@dataclass(frozen=True)
class Library:
    """The whole tree, read once. Paths are relative to the root, with forward slashes. `texts` holds every file that
    was read as it is; `files` names every file of both languages; `made` holds every generated file as it must be, empty
    until the makers have run."""

    myths: dict[str, Myth]
    facts: dict[str, Fact]
    sources: dict[str, Source]
    articles: dict[str, Article]
    charts: dict[str, Chart]
    glossary: dict[str, Term]
    vocabulary: Vocabulary | None
    pages: dict[tuple[str, str], Page]
    texts: dict[str, str]
    files: frozenset[str]
    lines: dict[str, Lines]
    problems: list[Problem]
    made: dict[str, str] = field(default_factory=dict)

    def at(self, path: str, *keys: str | int) -> tuple[str, int]:
        """Path and line of a key of a record, or of the nearest key above it."""
        known = self.lines.get(path, {})
        while keys and keys not in known:
            keys = keys[:-1]
        return path, known.get(keys, 1)

    def named(self, folder: str) -> set[str]:
        """Names of all records of a folder of docs/data, those that could not be read included."""
        start = f"docs/data/{folder}/"
        return {path.removeprefix(start).removesuffix(".yml") for path in self.texts if path.startswith(start)}

    def in_language(self, language: str) -> Iterator[Page]:
        """The pages of one language, by name."""
        return (page for (lang, _), page in sorted(self.pages.items()) if lang == language)
