"""Nouns to plain JSON values and back, exactly: what the store keeps and what travels between processes.

A span becomes `[start, end]`, a day or an instant its ISO form, a noun an object of its fields. `from_plain` reads the types off the noun's own
annotations, so a new field needs no line here.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from waqai.core.nouns import Span

T = TypeVar("T")


def to_plain(value: object) -> Any:
    """The value as JSON can hold it. Raises TypeError for what is no noun.

    >>> to_plain((Span(1, 2), None))
    [[1, 2], None]
    """
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(k): to_plain(v) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(v) for v in value]
    if is_dataclass(value):
        return {f.name: to_plain(getattr(value, f.name)) for f in fields(value)}
    raise TypeError(f"{value!r} is no noun of core and no plain value")


def from_plain(kind: type[T], value: object) -> T:
    """The noun of type `kind` that `to_plain` turned into `value`. Raises TypeError, KeyError or ValueError when it is not one.

    >>> from_plain(Span, [1, 2])
    Span(start=1, end=2)
    """
    result: T = _read(kind, value)
    return result


def _read(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _read_union(get_args(kind), value)
    if origin is tuple:
        return tuple(_read(get_args(kind)[0], v) for v in value)
    if origin is not None and _is_subclass(origin, Mapping):
        return dict(value)
    if kind is Span:
        return Span(*value)
    if kind is datetime:
        return datetime.fromisoformat(value)
    if kind is date:
        return date.fromisoformat(value)
    if isinstance(kind, type) and is_dataclass(kind):
        return _noun_reader(kind)(value)
    if origin is Literal or kind in (str, bool, int, object, Any):
        return value
    if kind is float:
        return value if isinstance(value, int) else float(value)
    raise TypeError(f"cannot read {value!r} as {kind!r}")


def _read_union(kinds: tuple[Any, ...], value: Any) -> Any:
    if value is None and type(None) in kinds:
        return None
    rest = [k for k in kinds if k is not type(None)]
    return _read(rest[0], value) if len(rest) == 1 else value


def _is_subclass(kind: Any, parent: type) -> bool:
    return isinstance(kind, type) and issubclass(kind, parent)


@cache
def _noun_reader(kind: type) -> Any:
    hints = get_type_hints(kind)

    def read(value: Mapping[str, Any]) -> Any:
        return kind(**{name: _read(hint, value[name]) for name, hint in hints.items() if name in value})

    return read
