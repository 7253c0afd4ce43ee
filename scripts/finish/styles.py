"""A stylesheet cut to what a site uses, as PurgeCSS cuts it (https://purgecss.com): a rule stays when every tag, class, id
and attribute of one of its selectors is used. What a functional pseudo-class takes is not looked at, but for `:is` and
`:where`, of which one alternative must be used. Then animations, fonts and custom properties go that nothing names."""

from collections.abc import Iterable, Iterator
from typing import Any

import rcssmin
import tinycss2

from .used import Used

GROUPS = ("media", "supports", "layer", "container")  # at-rules that hold rules
EITHER = ("is", "where", "matches", "any")


def purge(css: str, used: Used) -> str:
    """The rules of `css` that `used` needs, minified."""
    rules = list(_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), used))
    text = "".join(rule.serialize() for rule in rules)
    while (less := _without_unnamed(text, used)) != text:
        text = less
    return str(rcssmin.cssmin(text))


def _rules(nodes: Iterable[Any], used: Used) -> Iterator[Any]:
    for node in nodes:
        if node.type == "error":
            raise ValueError(f"a stylesheet cannot be read: {node.message}")
        if node.type == "qualified-rule":
            selectors = [one for one in _split(node.prelude) if _needed(one, used)]
            if selectors:
                node.prelude = _joined(selectors)
                yield node
        elif node.type == "at-rule" and node.lower_at_keyword in GROUPS and node.content is not None:
            inside = list(_rules(tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True), used))
            if inside:
                node.content = inside
                yield node
        elif node.type == "at-rule" and node.lower_at_keyword != "charset":
            yield node


def _split(tokens: Iterable[Any]) -> list[list[Any]]:
    """The parts of a list between its commas."""
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _joined(parts: list[list[Any]]) -> list[Any]:
    comma = tinycss2.ast.LiteralToken(0, 0, ",")
    return [token for part in parts for token in (comma, *part)][1:]


def _needed(selector: list[Any], used: Used) -> bool:
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


def _without_unnamed(css: str, used: Used) -> str:
    """The stylesheet without the animations, fonts and custom properties that neither a rule nor a script names."""
    nodes = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    named = set(used.words)
    for node in nodes:
        named.update(_names(node))
    return "".join(node.serialize() for node in _named(nodes, named))


def _names(node: Any) -> Iterator[str]:
    """What the declarations below a node name: identifiers and strings, but not the properties that they set."""
    if node.type == "at-rule" and node.lower_at_keyword in (*GROUPS, "page") or node.type == "qualified-rule":
        if node.type == "at-rule" and node.lower_at_keyword in GROUPS:
            inside = tinycss2.parse_rule_list(node.content or [], skip_comments=True, skip_whitespace=True)
        else:
            inside = tinycss2.parse_blocks_contents(node.content or [], skip_comments=True, skip_whitespace=True)
        for one in inside:
            yield from _names(one)
    elif node.type == "declaration":
        yield from _identifiers(node.value)
    elif node.type == "at-rule" and node.lower_at_keyword != "font-face":  # which would name itself
        for one in tinycss2.parse_blocks_contents(node.content or [], skip_comments=True, skip_whitespace=True):
            yield from _names(one)


def _identifiers(tokens: Iterable[Any]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("ident", "string"):
            yield token.value
        elif token.type == "function":
            yield from _identifiers(token.arguments)
        elif hasattr(token, "content"):
            yield from _identifiers(token.content)


def _named(nodes: Iterable[Any], named: set[str]) -> Iterator[Any]:
    for node in nodes:
        if node.type == "at-rule" and node.lower_at_keyword in GROUPS and node.content is not None:
            node.content = list(_named(tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True), named))
            if node.content:
                yield node
        elif node.type == "at-rule" and node.lower_at_keyword.endswith("keyframes"):
            if named & {token.value for token in node.prelude if token.type in ("ident", "string")}:
                yield node
        elif node.type == "at-rule" and node.lower_at_keyword == "font-face":
            if named & set(_family(node)):
                yield node
        elif node.type == "qualified-rule":
            node.content = _kept(node.content, named)
            if node.content:
                yield node
        else:
            yield node


def _family(node: Any) -> Iterator[str]:
    for one in tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True):
        if one.type == "declaration" and one.lower_name == "font-family":
            yield from _identifiers(one.value)


def _kept(content: list[Any], named: set[str]) -> list[Any]:
    """What a rule declares, without the custom properties that nothing names."""
    inside = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return [one for one in inside if not (one.type == "declaration" and one.name.startswith("--") and one.name not in named)]
