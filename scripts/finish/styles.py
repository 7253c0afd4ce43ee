"""A stylesheet cut to what is used, as PurgeCSS cuts it (https://purgecss.com): a rule stays when every tag, class, id and
attribute of one of its selectors is used. What a functional pseudo-class takes is not looked at, but for those of which one
alternative must be used, as `:is`. Then animations, fonts and custom properties go that nothing names. A sheet is read
once and cut for each kind of page."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import rcssmin
import tinycss2

from .used import Used

GROUPS = ("media", "supports", "layer", "container")  # at-rules that hold rules
NAMES = ("ident", "string")  # types of tokens
EITHER = ("is", "where", "matches", "any", "has")
ELSEWHERE = re.compile(r"""url\(["']?(?!data:|#)([^"')]+)""")

Selector = list[Any]  # tokens


@dataclass(frozen=True)
class Piece:
    """What stays or goes by its name, where it has one: a declaration, an animation, a font."""

    text: str
    called: frozenset[str] | None  # the custom property that is set, the animation, the font; None: stays
    names: frozenset[str]  # what it names: identifiers and strings, but not the properties that it sets


@dataclass(frozen=True)
class Rule:
    selectors: list[Selector]
    pieces: list[Piece]


@dataclass(frozen=True)
class Group:
    start: str
    parts: "list[Part]"


Part = Piece | Rule | Group


class Sheet:
    def __init__(self, css: str) -> None:
        self.parts = list(_read(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)))

    def asked(self) -> set[str]:
        """The names and values that its rules ask for."""
        return set(_asked(self.parts))


def cut(sheets: Iterable[Sheet], used: Used) -> str:
    """The rules of some sheets, one after another, that `used` needs, minified."""
    parts = [part for sheet in sheets for part in _needed_of(sheet.parts, used)]
    css = str(rcssmin.cssmin("".join(_texts(parts, _named(parts, used.words)))))
    if elsewhere := ELSEWHERE.search(css):
        raise ValueError(f"a stylesheet has url({elsewhere[1]}), which would be another file for each page: must be a data: address")
    return css


def _asked(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Rule):
            for selector in part.selectors:
                yield from _identifiers(selector, (*NAMES, "hash"))
        elif isinstance(part, Group):
            yield from _asked(part.parts)


def _read(nodes: Iterable[Any]) -> Iterator[Part]:
    for node in nodes:
        if node.type == "error":
            raise ValueError(f"a stylesheet cannot be read: {node.message}")
        if node.type == "qualified-rule":
            yield Rule(_split(node.prelude), [_piece(one) for one in _inside(node)])
        elif node.lower_at_keyword in GROUPS and node.content is not None:
            inside = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield Group(f"@{node.at_keyword}{tinycss2.serialize(node.prelude)}", list(_read(inside)))
        elif node.lower_at_keyword != "charset":
            yield _piece(node)


def _inside(node: Any) -> list[Any]:
    return list(tinycss2.parse_blocks_contents(node.content or [], skip_comments=True, skip_whitespace=True))


def _piece(node: Any) -> Piece:
    if node.type == "declaration":
        return Piece(node.serialize() + ";", frozenset([node.name]) if node.name.startswith("--") else None, frozenset(_names(node)))
    called = None
    if node.type == "at-rule" and node.lower_at_keyword.endswith("keyframes"):
        called = frozenset(_identifiers(node.prelude))
    elif node.type == "at-rule" and node.lower_at_keyword == "font-face":
        called = frozenset(name for one in _inside(node) if one.type == "declaration" and one.lower_name == "font-family" for name in _identifiers(one.value))
    return Piece(node.serialize(), called, frozenset(_names(node)))


def _names(node: Any) -> Iterator[str]:
    if node.type == "declaration":
        yield from _identifiers(node.value)
    elif node.type in ("at-rule", "qualified-rule"):
        for one in _inside(node):
            yield from _names(one)


def _identifiers(tokens: Iterable[Any], types: tuple[str, ...] = NAMES) -> Iterator[str]:
    for token in tokens:
        if token.type in types:
            yield token.value
        elif token.type == "function":
            yield from _identifiers(token.arguments, types)
        elif hasattr(token, "content"):
            yield from _identifiers(token.content, types)


def _split(tokens: Iterable[Any]) -> list[Selector]:
    """The parts of a list between its commas."""
    parts: list[Selector] = [[]]
    for token in tokens:
        if token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _needed_of(parts: Iterable[Part], used: Used) -> Iterator[Part]:
    for part in parts:
        if isinstance(part, Rule):
            if selectors := [one for one in part.selectors if _needed(one, used)]:
                yield Rule(selectors, part.pieces)
        elif isinstance(part, Group):
            if inside := list(_needed_of(part.parts, used)):
                yield Group(part.start, inside)
        else:
            yield part


def _needed(selector: Selector, used: Used) -> bool:
    """Whether everything that a selector names is used."""
    before = ""
    for token in selector:
        if token.type == "ident" and before == ".":
            if not used.has_class(token.value):
                return False
        elif token.type == "ident" and before != ":":
            if not used.has_tag(token.lower_value):
                return False
        elif token.type == "hash" and not used.has_id(token.value):
            return False
        elif token.type == "[] block" and not _attribute(token.content, used):
            return False
        elif token.type == "function" and token.lower_name in EITHER and not any(_needed(one, used) for one in _split(token.arguments)):
            return False
        before = token.value if token.type == "literal" else ""
    return True


def _attribute(tokens: list[Any], used: Used) -> bool:
    """An attribute selector: its value is looked at when it stands for the whole or a word (= and ~=)."""
    said = [token for token in tokens if token.type in ("ident", "string")]
    whole = len(said) > 1 and any(token.type == "literal" and token.value in ("=", "~=") for token in tokens)
    return used.has_attribute(said[0].lower_value, said[1].value if whole else None)


def _pieces(parts: Iterable[Part]) -> Iterator[Piece]:
    for part in parts:
        if isinstance(part, Piece):
            yield part
        else:
            yield from part.pieces if isinstance(part, Rule) else _pieces(part.parts)


def _named(parts: list[Part], words: set[str]) -> set[str]:
    """What the scripts name, and what stays, and what that in turn makes stay."""
    named, waiting = set(words), list(_pieces(parts))
    while staying := [one for one in waiting if one.called is None or one.called & named]:
        waiting = [one for one in waiting if one.called is not None and not one.called & named]
        named.update(*(one.names for one in staying))
    return named


def _texts(parts: Iterable[Part], named: set[str]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Piece):
            if part.called is None or part.called & named:
                yield part.text
            continue
        if isinstance(part, Rule):
            start, inside = ",".join(map(tinycss2.serialize, part.selectors)), "".join(_texts(part.pieces, named))
        else:
            start, inside = part.start, "".join(_texts(part.parts, named))
        if inside:
            yield f"{start}{{{inside}}}"
