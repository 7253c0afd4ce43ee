"""Files as values: strict YAML with line numbers, front matter, digests."""

import hashlib
import os
import re
from itertools import chain
from pathlib import Path
from typing import Any, Iterator, NamedTuple

import yaml

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
DEPTH = 12
VALID = "must be valid: one depth for one list of keys, and quotes around a text that holds ': ' or begins with a sign"
INDENT = re.compile(r"^[-?: \t]+", re.M)
PLAIN_TAGS = tuple(f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "value", "merge"))


class Fault(NamedTuple):
    """What is wrong with a text, and in which line."""

    line: int
    rule: str
    message: str


class Parsed(NamedTuple):
    """YAML as plain data: every scalar is text, `lines` maps each key's path to its line."""

    data: Any
    lines: dict[tuple[str | int, ...], int]
    faults: list[Fault]


def parse_yaml(text: str, first_line: int = 1, whole: bool = False) -> Parsed:
    """Reads YAML strictly. Scalars stay text; a key given twice, an alias, a tag and deep nesting are faults. Of a
    `whole` text no word is lost or moved: what YAML takes for a comment after a text, or folds into one, is a fault."""
    parsed = Parsed(None, {}, [])
    try:
        if line := _too_deep(text):
            return parsed._replace(faults=[Fault(first_line + line - 1, "FILE-1", f"is nested deeper than {DEPTH} levels")])
        node = yaml.compose(text, Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        parsed.faults.append(Fault(first_line + (mark.line if mark else 0), "FILE-1", f"YAML is broken ({error.problem}), {VALID}"))
        return parsed
    except yaml.reader.ReaderError as error:
        line = first_line + text.count("\n", 0, error.position)
        return parsed._replace(faults=[Fault(line, "FILE-1", f"has the character U+{ord(text[error.position]):04X}, must be plain text")])
    lines = text.splitlines() if whole else []
    return parsed if node is None else parsed._replace(data=_Builder(parsed, first_line, lines).build(node, ()))


def _too_deep(text: str) -> int | None:
    """The line at which YAML nests far too deep; None when it does not. libyaml's composer recurses without a bound
    and takes the process down, its parser does not. Each level takes a bracket or a column, so most texts need no look."""
    most = 20 * DEPTH
    if sum(map(text.count, "[{?")) + max(map(len, INDENT.findall(text)), default=0) < most:
        return None
    depth = 0
    for event in yaml.parse(text, Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > most:
            return event.start_mark.line + 1
    return None


class _Builder:
    """Turns composed nodes into data and notes lines and faults on the way."""

    def __init__(self, parsed: Parsed, first_line: int, lines: list[str]):
        self.parsed, self.first_line, self.seen, self.lines = parsed, first_line, set(), lines

    def build(self, node: yaml.Node, path: tuple[str | int, ...]) -> Any:
        self.parsed.lines.setdefault(path, node.start_mark.line + self.first_line)
        if fault := self._refuse(node, path):
            self.parsed.faults.append(Fault(self.parsed.lines[path], "FILE-1", fault))
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*path, index)) for index, child in enumerate(node.value)]
        return self._scalar(node, path)

    def _refuse(self, node: yaml.Node, path: tuple[str | int, ...]) -> str | None:
        if id(node) in self.seen:
            return "has an alias, must be written out"
        if node.tag not in PLAIN_TAGS:
            return f"has the tag {node.tag}, must be plain"
        return f"is nested deeper than {DEPTH} levels, must be flatter" if len(path) > DEPTH else None

    def _scalar(self, node: yaml.ScalarNode, path: tuple[str | int, ...]) -> str:
        end, fault = node.end_mark, ""
        if self.lines and end.line > node.start_mark.line:
            fault = "is a text that goes on in the next line, must stand on one line"
        elif self.lines and node.value and not node.style and (rest := self.lines[end.line][end.column :].lstrip()).startswith("#"):
            fault = f"is a text that ends before '{rest}', must stand between quotes, or the comment on its own line"
        if fault:
            self.parsed.faults.append(Fault(self.parsed.lines[path], "FILE-1", fault))
        return node.value

    def _mapping(self, node: yaml.MappingNode, path: tuple[str | int, ...]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in result:
                line = key_node.start_mark.line + self.first_line
                self.parsed.faults.append(Fault(line, "FILE-2", f"{key} stands twice, must stand once"))
                continue
            self.parsed.lines[(*path, key)] = key_node.start_mark.line + self.first_line
            result[key] = self.build(value_node, (*path, key))
        return result


def dump_yaml(data: Any) -> str:
    """Plain block YAML, keys in the order given, one line a scalar."""
    return yaml.dump(data, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10**6)


def split_front_matter(text: str) -> tuple[str | None, str, int]:
    """Front matter (None when there is none, or it is never closed), body, and the body's first line."""
    if not text.startswith("---\n"):
        return None, text, 1
    end = text.find("\n---\n", 3)
    if end < 0:
        return None, text, 1
    head = text[4 : end + 1]
    return head, text[end + 5 :], head.count("\n") + 3


def below(root: Path, folder: str = "") -> Iterator[str]:
    """Paths below `root` of all that stands in a folder and in those below it, as text, for it is much."""
    for inside, folders, names in os.walk(root / folder):
        here = Path(inside).relative_to(root).as_posix()
        yield from (f"{here}/{name}" if here != "." else name for name in chain(folders, names))


def read_text(path: Path) -> str:
    """The file's text. Raises UnicodeDecodeError when it is not UTF-8; a byte-order mark is dropped."""
    return path.read_text(encoding="utf-8-sig")


def digest(text: str) -> str:
    """Twelve hexadecimal digits of the text's SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
