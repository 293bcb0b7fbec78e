"""Nouns to plain JSON values and back, exactly: what the store keeps and what travels between processes.

A span becomes `[start, end]`, a day or an instant its ISO form, a noun an object of its fields. `from_plain` reads the types off the noun's own
annotations, so a new field needs no line here.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache, partial
from typing import Any, Literal, TypeAlias, TypeVar, Union, get_args, get_origin, get_type_hints

from waqai.core.nouns import Span

T = TypeVar("T")


def to_plain(value: object) -> Any:
    """The value as JSON can hold it. Raises TypeError for what is no noun.

    >>> to_plain((Span(1, 2), None))
    [[1, 2], None]
    """
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [to_plain(v) for v in value]
    if isinstance(value, Mapping):
        return {str(k): to_plain(v) for k, v in value.items()}
    if is_dataclass(value):
        return {name: to_plain(getattr(value, name)) for name in _names_of(value)}
    raise TypeError(f"{value!r} is no noun of core and no plain value")


def _names_of(noun: object) -> tuple[str, ...]:
    kind: Any = type(noun)
    return _field_names(kind)


@cache
def _field_names(kind: Any) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind))


def from_plain(kind: type[T], value: object) -> T:
    """The noun of type `kind` that `to_plain` turned into `value`. Raises TypeError, KeyError or ValueError when it is not one.

    >>> from_plain(Span, [1, 2])
    Span(start=1, end=2)
    """
    wanted: Any = kind
    result: T = _reader(wanted)(value)
    return result


_Read: TypeAlias = Callable[[Any], Any]


@cache
def _reader(kind: Any) -> _Read:
    """What reads a value of this type: built once, as a store reads nouns by the thousand."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _union_reader(get_args(kind))
    if origin is tuple:
        one = _reader(get_args(kind)[0])
        return lambda value: tuple([one(v) for v in value])
    if origin is not None and _is_subclass(origin, Mapping):
        return dict
    if kind is Span:
        return lambda value: Span(*value)
    if kind is datetime:
        return datetime.fromisoformat
    if kind is date:
        return date.fromisoformat
    if isinstance(kind, type) and is_dataclass(kind):
        return _noun_reader(kind)
    if origin is Literal or kind in (str, bool, int, object, Any):
        return _as_it_is
    if kind is float:
        return lambda value: value if isinstance(value, int) else float(value)
    return partial(_refuse, kind)


def _union_reader(kinds: tuple[Any, ...]) -> _Read:
    rest = [k for k in kinds if k is not type(None)]
    if len(rest) > 1:
        return _as_it_is
    one = _reader(rest[0])
    if len(rest) == len(kinds) or one is _as_it_is:
        return one
    return lambda value: None if value is None else one(value)


def _refuse(kind: Any, value: Any) -> Any:
    raise TypeError(f"cannot read {value!r} as {kind!r}")


def _is_subclass(kind: Any, parent: type) -> bool:
    return isinstance(kind, type) and issubclass(kind, parent)


def _noun_reader(kind: type) -> _Read:
    hints = get_type_hints(kind)
    changed: list[tuple[str, _Read]] | None = None

    def read(value: Mapping[str, Any]) -> Any:
        nonlocal changed
        if changed is None:  # not before, as a noun may hold its own kind
            changed = [(name, one) for name, hint in hints.items() if (one := _reader(hint)) is not _as_it_is]
        told = dict(value)
        for name, one in changed:
            if name in told:
                told[name] = one(told[name])
        try:
            return kind(**told)
        except TypeError:  # a field that this noun has not, if it is that
            return kind(**{name: told[name] for name in hints if name in told})

    return read


def _as_it_is(value: Any) -> Any:
    return value
