"""Reads the whole tree once and keeps every fault on the way; nothing here decides, prints or writes."""

import re
from functools import lru_cache
from itertools import chain
from os.path import isfile
from pathlib import Path
from typing import Any, Iterator, Mapping, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from .accounts import Article
from .files import Fault, below, parse_yaml, read_text, split_front_matter
from .memo import ahead, remembered
from .model import BASE, CONFIGURATIONS, ENTRY, GUIDES, LANGUAGES, REGISTERS, Library, Lines, Page, Problem
from .records import Myth
from .scalars import PATTERNS, SLUG
from .texts import Texts
from .vocabulary import Vocabulary

VERSION = re.compile(r"docs/\w+/myths/[^/]+/")  # pages of earlier versions, made from what is kept of them
DRAFT = re.compile(r"^draft:(?! *false\b)", re.M)  # in a record that cannot be read
R = TypeVar("R", bound=BaseModel)
BETWEEN = re.compile(r"(?:[ \t]*(?:#.*)?\n)*")  # what may stand before the first entry of a register
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")  # control and direction-changing characters
EXPECTED = {
    "int_parsing": "a whole number",
    "decimal_parsing": "a number without unit or separators",
    "date_from_datetime_parsing": "a date YYYY-MM-DD",
    "date_parsing": "a date YYYY-MM-DD",
    "date_type": "a date YYYY-MM-DD",
    "decimal_type": "a number without unit or separators",
    "greater_than_equal": "0 or more",
    "int_type": "a whole number",
    "string_too_short": "text",
    "string_type": "text on one line",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "too_short": "a list with at least one entry",
    "finite_number": "a number without unit or separators",
    "bool_parsing": "true or false",
}


def read(root: Path) -> Library:
    """The library below `root`. A file that cannot be read or parsed is a problem, never an exception."""
    return _Reader(root).read()


class _Reader:
    def __init__(self, root: Path):
        self.root = root
        self.texts = Texts()
        self.lines = Places(self.texts)
        self.problems: list[Problem] = []

    def read(self) -> Library:
        data = "docs/data"
        registers = {name: self._register(f"{data}/{name}.yml", kind) for name, kind in REGISTERS.items()}
        vocabulary = self._record(f"{data}/vocabulary.yml", Vocabulary)
        told = self.texts.keys() | {problem.path for problem in self.problems}
        for path in {f"{data}/{name}.yml" for name in (*REGISTERS, "vocabulary")} - told:
            self._note(path, [Fault(1, "META-1", "is missing, must be there")])
        myths = self._folder(f"{data}/myths", Myth)
        articles = self._folder(f"{data}/articles", Article)
        paths = {language: sorted(below(self.root, f"docs/{language}")) for language in LANGUAGES}
        pages = {(page.language, page.name): page for language in LANGUAGES for page in self._pages(language, paths[language])}
        for path in (*GUIDES, BASE, *CONFIGURATIONS.values(), *self._paths("docs/*/assets/charts", "*.svg"), *self._paths(f"{data}/versions", "*/*.md")):
            self._text(path)
        texts = {Path(path).stem: text for path, text in self.texts.items() if path.startswith(f"{data}/myths/")}
        return Library(
            myths=myths, articles=articles, vocabulary=vocabulary, pages=pages,
            drafts={slug: text for slug, text in texts.items() if (myths[slug].draft if slug in myths else DRAFT.search(text))},
            texts=self.texts, files=frozenset(path for path in chain(*paths.values()) if isfile(self.root / path)), lines=self.lines, problems=self.problems, **registers,
        )

    def _paths(self, folder: str, pattern: str) -> list[str]:
        return sorted(path.relative_to(self.root).as_posix() for path in self.root.glob(f"{folder}/{pattern}"))

    def _text(self, path: str) -> str | None:
        try:
            self.texts[path] = read_text(self.root / path)
        except UnicodeDecodeError as error:
            self._note(path, [Fault(error.object.count(b"\n", 0, error.start) + 1, "FILE-1", "is not UTF-8, must be")])
        except OSError as error:
            if not isinstance(error, FileNotFoundError) or (self.root / path).is_symlink():
                self._note(path, [Fault(1, "FILE-1", f"cannot be read ({error.strerror}), must be a readable UTF-8 text")])
        text = self.texts.get(path)
        if text and (odd := UNSEEN.search(text)):
            self._note(path, [Fault(text.count("\n", 0, odd.start()) + 1, "FILE-1", f"has the character U+{ord(odd[0]):04X}, must be plain text")])
        return text

    def _note(self, path: str, faults: list[Fault]) -> None:
        self.problems += [Problem(path, fault.line, fault.rule, fault.message) for fault in faults]

    def _yaml(self, path: str, register: bool = False) -> Any:
        text = self._text(path)
        if text is None:
            return None
        data, faults = _entries(text) if register else _read(text, 1)
        self._note(path, faults)
        return data

    def _record(self, path: str, kind: type[R], keys: tuple[str, ...] = (), data: Any = None) -> R | None:
        """The record at `keys` of a file; None, with a problem for each fault, when it is not of its kind."""
        if data is None:
            data, known = self._yaml(path), len(self.problems)
            if data is None and path in self.texts and not any(problem.path == path for problem in self.problems[:known]):
                self._note(path, [Fault(1, "META-1", "is empty, must hold a record")])
        if data is None:
            return None
        try:
            return kind.model_validate(data)
        except ValidationError as error:
            self._note(path, [self._fault(path, kind, keys, detail) for detail in error.errors()])
            return None

    def _folder(self, folder: str, kind: type[R]) -> dict[str, R]:
        for path in self._paths(folder, "*.yml"):
            self._name(path, Path(path).stem)
        read = ((Path(path).stem, self._record(path, kind)) for path in self._paths(folder, "*.yml"))
        return {name: record for name, record in read if record is not None}

    def _register(self, path: str, kind: type[R]) -> dict[str, R]:
        data = self._yaml(path, register=True) or {}
        if not isinstance(data, Mapping):
            self._note(path, [Fault(1, "META-2", "is no mapping, must be `id: fields`")])
            return {}
        for key in data:
            self._name(path, key, (key,))
        read = ((key, self._record(path, kind, (key,), value or {})) for key, value in data.items())
        return {key: record for key, record in read if record is not None}

    def _name(self, path: str, name: str, keys: tuple[str, ...] = ()) -> None:
        """Notes a name that cannot be an id or an address."""
        if not re.fullmatch(SLUG, name):
            self._note(path, [Fault(self.lines[path][keys] if keys else 1, "META-2", f"the name '{name}' must be {PATTERNS[SLUG]}")])

    def _pages(self, language: str, paths: list[str]) -> Iterator[Page]:
        for path in paths:
            text = self._text(path) if path.endswith(".md") and not VERSION.match(path) else None
            if text is not None:
                yield self._page(path, language, text)

    def _page(self, path: str, language: str, text: str) -> Page:
        head, body, body_line = split_front_matter(text)
        name = path.removeprefix(f"docs/{language}/")
        if head is None:
            self._note(path, [Fault(1, "FILE-3", "has no front matter, must begin with --- … ---")])
            return Page(path, language, name, self.texts, begins=len(text) - len(body), body_line=body_line)
        data, faults = _read(head, 2)
        self._note(path, faults)
        front = data if isinstance(data, dict) else {}
        if not front and not faults and data is not None:
            self._note(path, [Fault(2, "FILE-3", "has front matter that is no mapping, must be `key: value` lines")])
        return Page(path, language, name, self.texts, head, len(text) - len(body), body_line, front)

    def _fault(self, path: str, kind: type[BaseModel], keys: tuple[str, ...], detail: Any) -> Fault:
        """A fault in the author's words from one of pydantic's errors (https://docs.pydantic.dev/latest/errors/)."""
        where = (*keys, *(part for part in detail["loc"] if part != "[key]"))
        known = self.lines[path]
        while where and where not in known:
            where = where[:-1]
        name = ".".join(str(part) for part in detail["loc"] if part != "[key]") or (keys[-1] if keys else path)
        return Fault(known.get(where, 1), *_say(kind, name, detail))


class Places(Mapping[str, Lines]):
    """File of records → key → line. Worked out when somebody asks, for only what is wrong is looked up."""

    def __init__(self, texts: Texts):
        self._texts = texts

    def __getitem__(self, path: str) -> Lines:
        return _lines(self._texts[path])

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


class Entries(Mapping[str, Any]):
    """What a register says by the ids of its entries, each taken out of its text when it is asked for: all of them at once
    would take twice the memory of the records that are made of them."""

    def __init__(self, text: str, spans: Mapping[str, tuple[int, int]]):
        self._text, self._spans = text, spans

    def __getitem__(self, key: str) -> Any:
        start, end = self._spans[key]
        return _entry(self._text[start:end])[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._spans)

    def __len__(self) -> int:
        return len(self._spans)


@lru_cache(maxsize=16)
def _lines(text: str) -> Lines:
    return parse_yaml(text).lines


def _entries(text: str) -> tuple[Any, list[Fault]]:
    """What a register says. It is read entry by entry, so that one that has not changed is not read again, and where that
    does not work out all at once, to be told what is wrong."""
    spans = [match.span() for match in ENTRY.finditer(text)]
    if spans and BETWEEN.fullmatch(text, 0, len(text) - sum(end - start for start, end in spans)):
        ahead(_entry, (text[start:end] for start, end in spans))
        found = {key: (start, end) for start, end in spans for key in _entry(text[start:end])}
        if len(found) == len(spans):
            return Entries(text, found), []
    return _read(text, 1)


@remembered
def _entry(text: str) -> dict[str, Any]:
    """An entry of a register by its id; empty when something is wrong with it."""
    parsed = parse_yaml(text, whole=True)
    return parsed.data if isinstance(parsed.data, dict) and len(parsed.data) == 1 and not parsed.faults else {}


@remembered
def _read(text: str, first_line: int) -> tuple[Any, list[Fault]]:
    parsed = parse_yaml(text, first_line, whole=True)
    return parsed.data, parsed.faults


def _say(kind: type[BaseModel], name: str, detail: Any) -> tuple[str, str]:
    """Rule and message for one of pydantic's errors."""
    error, context, given = detail["type"], detail.get("ctx", {}), detail["input"]
    if error == "missing":
        return "META-1", f"{name} is missing, must be given"
    if error == "extra_forbidden":
        return "META-1", f"{name} is no field, must be one of {', '.join(_fields(kind, detail['loc'][:-1]))}"
    if error == "literal_error":
        return "META-2", f"{name} is '{given}', must be one of {_closed(context['expected'])}"
    if error == "value_error":
        return "META-2", f"{name} {context['error']}"
    if error == "string_pattern_mismatch":
        return "META-2", f"{name} is '{given}', must be {PATTERNS[context['pattern']]}"
    shown = {list: "empty" if given == [] else "a list", dict: "a mapping", str: f"'{given}'"}.get(type(given), "nothing")
    return "META-2", f"{name} is {shown}, must be {EXPECTED.get(error, detail['msg'])}"


def _closed(expected: str) -> str:
    return expected.replace("'", "").replace(" or ", ", ")


def _fields(kind: Any, path: tuple[str | int, ...]) -> list[str]:
    """The field names that a record takes at a place inside it."""
    for part in path:
        found = [kind] if isinstance(part, int) else [f.annotation for n, f in kind.model_fields.items() if part in (n, f.alias)]
        kind = next((model for annotation in found for model in _models(annotation)), kind)
    return [field.alias or name for name, field in kind.model_fields.items()]


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)

