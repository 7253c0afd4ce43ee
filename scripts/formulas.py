"""Formulas of derived figures: arithmetic (+ - * / and brackets) on ids of facts and whole numbers."""

import ast
import operator
import re
from decimal import Decimal
from typing import Iterator, Mapping, Sequence

from .records import NAME_IN_FORMULA

JOIN = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
MUST = "must be arithmetic (+ - * / and brackets) on ids of facts with a value"


def compute(formula: str, values: Mapping[str, Decimal]) -> Decimal:
    """The value of a formula. Raises ValueError, in the author's words, when it is none; ArithmeticError as Decimal
    does."""
    parts = postfix(formula)
    ids = [part for part in parts if NAME_IN_FORMULA.fullmatch(part)]
    if not ids:
        raise ValueError("names no fact, must be worked out from other facts")
    if unknown := next((name for name in ids if name not in values), None):
        raise ValueError(f"names '{unknown}', {MUST}")
    left: list[Decimal] = []
    for part in parts:
        if part in JOIN:
            left[-2:] = [JOIN[part](*left[-2:])]
        else:
            left.append(values[part] if part in ids else Decimal(part))
    return left[0]


def postfix(formula: str) -> list[str]:
    """A formula's ids, numbers and signs with each sign after what it joins: `a * b` is a, b, *. Raises ValueError, in
    the author's words, for what is no formula."""
    ids, text = _numbered(formula)
    try:
        return list(_signs_last(ast.parse(text.strip(), mode="eval").body, ids))
    except (SyntaxError, RecursionError, MemoryError):
        raise ValueError("is broken, must be arithmetic on ids of facts") from None


def _numbered(formula: str) -> tuple[list[str], str]:
    """The ids of a formula, and the formula with their numbers, `_0`, for them: a hyphen in an id is no minus. Raises
    ValueError for a sign that no formula has."""
    if odd := re.search(r"[^\d\s()+*/-]", NAME_IN_FORMULA.sub("", formula)):
        raise ValueError(f"has '{odd[0]}', {MUST}")
    ids: list[str] = []

    def placeholder(match: re.Match[str]) -> str:
        ids.append(match.group())
        return f"_{len(ids) - 1}"

    return ids, NAME_IN_FORMULA.sub(placeholder, formula)


def _signs_last(node: ast.expr, ids: Sequence[str]) -> Iterator[str]:
    if isinstance(node, ast.BinOp) and type(node.op) in SIGNS:
        yield from _signs_last(node.left, ids)
        yield from _signs_last(node.right, ids)
        yield SIGNS[type(node.op)]
    elif isinstance(node, ast.Name):
        yield ids[int(node.id[1:])]
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield str(node.value)
    else:
        raise ValueError(f"is no such formula, {MUST}")


def circular(needs: Mapping[str, Sequence[str]]) -> set[str]:
    """The names that, followed from need to need, lead back to themselves."""
    return {name for name in needs if needs[name] and _reaches(name, needs)}


def _reaches(name: str, needs: Mapping[str, Sequence[str]]) -> bool:
    waiting, seen = list(needs[name]), set()
    while waiting:
        if (need := waiting.pop()) == name:
            return True
        if need not in seen:
            seen.add(need)
            waiting += needs.get(need, ())
    return False
