"""The small language in which the codebook says when a rule applies: comparisons joined by `and`, `or`, `not`.

    violent == false                                    an attr of the account
    weapon in ["ied", "mine"] and status != "foiled"
    counts.killed > 0                                   a figure by its measure
    cause == null                                       the text does not say

A comparison is written name first, value second. What is not known decides nothing: every comparison with an absent name, except with `null`, is unknown, and
unknown goes through `and`, `or`, `not` by Kleene's strong three-valued logic (S. C. Kleene, Introduction to Metamathematics, 1952, section 64). The text is
parsed by Python's own grammar into a tree of three kinds of node; nothing of it is ever executed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

Scalar: TypeAlias = str | bool | float | None
Facts: TypeAlias = Mapping[str, Scalar]
Truth: TypeAlias = bool | None
LONGEST = 400  # characters of an expression: far more than any rule needs, far less than would trouble the parser

_OPERATORS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
}
_WORDS: dict[str, Scalar] = {"true": True, "false": False, "null": None}
_OPPOSITE = {"!=": "==", "not in": "in"}


class BadExpression(ValueError):
    """A `when` that is not in the language; the message says where it leaves it."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source!r}: {reason}")
        self.source, self.reason = source, reason


@dataclass(frozen=True, slots=True)
class Compare:
    """`name operator values`; for `in` and `not in` any number of values, else one."""

    name: str
    operator: str
    values: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Node


@dataclass(frozen=True, slots=True)
class Join:
    """All of the parts ("and") or any of them ("or")."""

    word: Literal["and", "or"]
    parts: tuple[Node, ...]


Node: TypeAlias = Compare | Not | Join


@lru_cache(maxsize=4096)
def parse_expression(source: str) -> Node:
    """The tree of an expression. Raises BadExpression.

    >>> parse_expression("counts.killed > 0")
    Compare(name='counts.killed', operator='>', values=(0,))
    >>> parse_expression("__import__('os')")
    Traceback (most recent call last):
    waqai.codebook.expressions.BadExpression: "__import__('os')": expected a comparison such as violent == false, found __import__('os')
    """
    if len(source) > LONGEST:
        raise BadExpression(source[:40] + "…", f"longer than {LONGEST} characters")
    try:
        tree = ast.parse(source.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise BadExpression(source, f"cannot be parsed ({getattr(error, 'msg', error)})") from error
    return _read_node(tree.body, source)


def evaluate(node: Node, facts: Facts) -> Truth:
    """True, False, or None where the facts do not decide it. An absent name and a name whose value is None are both unknown.

    >>> evaluate(parse_expression("violent == false or judicial == true"), {"violent": False})
    True
    >>> evaluate(parse_expression("not violent == false"), {}) is None
    True
    """
    if isinstance(node, Compare):
        return _compare(node, facts.get(node.name))
    if isinstance(node, Not):
        part = evaluate(node.part, facts)
        return None if part is None else not part
    return _join(node.word, [evaluate(part, facts) for part in node.parts])


def iter_comparisons(node: Node) -> Iterable[Compare]:
    """Every comparison in the tree, left to right."""
    if isinstance(node, Compare):
        yield node
    elif isinstance(node, Not):
        yield from iter_comparisons(node.part)
    else:
        for part in node.parts:
            yield from iter_comparisons(part)


def _join(word: str, truths: list[Truth]) -> Truth:
    decisive = word == "or"
    if decisive in truths:
        return decisive
    return None if None in truths else not decisive


def _compare(node: Compare, value: Scalar) -> Truth:
    if node.operator in _OPPOSITE:
        same = _compare(Compare(node.name, _OPPOSITE[node.operator], node.values), value)
        return None if same is None else not same
    if node.operator in ("==", "in"):
        if value is None:
            return True if None in node.values else None
        return any(_same(value, other) for other in node.values)
    return _ordered(node.operator, value, node.values[0])


def _same(left: Scalar, right: Scalar) -> bool:
    """Equality that keeps truth values apart from numbers."""
    return isinstance(left, bool) == isinstance(right, bool) and left == right


def _ordered(operator: str, value: Scalar, bound: Scalar) -> Truth:
    if isinstance(value, str | bool) or isinstance(bound, str | bool) or value is None or bound is None:
        return None
    return {"<": value < bound, "<=": value <= bound, ">": value > bound, ">=": value >= bound}[operator]


def _read_node(node: ast.expr, source: str) -> Node:
    if isinstance(node, ast.BoolOp):
        return Join("and" if isinstance(node.op, ast.And) else "or", tuple(_read_node(v, source) for v in node.values))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return Not(_read_node(node.operand, source))
    if isinstance(node, ast.Compare):
        return _read_compare(node, source)
    raise BadExpression(source, f"expected a comparison such as violent == false, found {ast.unparse(node)}")


def _read_compare(node: ast.Compare, source: str) -> Compare:
    if len(node.ops) != 1 or type(node.ops[0]) not in _OPERATORS:
        raise BadExpression(source, "one comparison at a time: join several with `and`; `is` is not in the language")
    operator, right = _OPERATORS[type(node.ops[0])], node.comparators[0]
    if operator in ("in", "not in"):
        if not isinstance(right, ast.List | ast.Tuple) or not right.elts:
            raise BadExpression(source, f"`{operator}` needs a list of values, such as ['ied', 'mine']")
        values = tuple(_read_value(v, source) for v in right.elts)
    else:
        values = (_read_value(right, source),)
    if operator in ("<", "<=", ">", ">=") and (isinstance(values[0], str | bool) or values[0] is None):
        raise BadExpression(source, f"`{operator}` compares numbers only")
    return Compare(_read_name(node.left, source), operator, values)


def _read_name(node: ast.expr, source: str) -> str:
    if isinstance(node, ast.Name) and node.id not in _WORDS:
        return node.id
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "counts":
        return f"counts.{node.attr}"
    raise BadExpression(source, f"a comparison starts with a name, found {ast.unparse(node)}")


def _read_value(node: ast.expr, source: str) -> Scalar:
    if isinstance(node, ast.Name) and node.id in _WORDS:
        return _WORDS[node.id]
    if isinstance(node, ast.Constant) and isinstance(node.value, str | int | float) and not isinstance(node.value, bool):
        return node.value
    raise BadExpression(source, f"values are numbers, 'words' in quotes, true, false or null, found {ast.unparse(node)}")
