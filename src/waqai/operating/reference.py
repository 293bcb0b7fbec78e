"""Every setting there is, as the model that checks them and the commented default file tell of it; and what is in force here, with where it came from."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from waqai.flow import Settings, load_settings

_KINDS = {str: "words", int: "whole number", float: "number", bool: "true or false"}
_BOUNDS = {
    Ge: "at least {ge}",
    Gt: "above {gt}",
    Le: "at most {le}",
    Lt: "under {lt}",
    MinLen: "at least {min_length} long",
}
_PASSWORD = re.compile(r"(?<=://)([^/@:\s]*):\S*(?=@)")
_PASSWORD_ASKED = re.compile(r"(?<=password=)[^&\s]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting. `name` is dotted, "reader.llm.attempts"; `kind` and `bounds` are in words; `default` as TOML has it; `meaning` from its comment."""

    name: str
    kind: str
    bounds: str
    default: Any
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """A setting's value here; `origin` is the file that it came from, None: the defaults."""

    setting: Setting
    value: Any
    origin: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A variable of the environment. The value of a `secret` is shown by nobody."""

    name: str
    meaning: str
    secret: bool = False


VARIABLES = (
    Variable(name="WAQAI_SETTINGS", meaning="The settings file that is read, in place of waqai.toml here or the user's own."),
    Variable(name="WAQAI_STORE", meaning="The store where no `--store` names one: a file, or an address that begins with postgresql://."),
    Variable(name="WAQAI_BY", meaning="Your name, as the log shall have it, where no `--by` says it."),
    Variable(name="WAQAI_CACHE", meaning="The folder for what is unpacked or computed once, e.g. the gazetteer; it can be deleted at any time."),
    Variable(name="WAQAI_LOG", meaning="json or text: log each request and round on standard error, where no `--log` says it."),
    Variable(name="WAQAI_LOG_LEVEL", meaning="debug, info, warning or error: the least that is logged. Default: info with a format, else warning."),
    Variable(name="WAQAI_NOW", meaning="An instant (ISO 8601) that counts as now: for tests, and for making a file anew as it was."),
    Variable(name="WAQAI_LLM_KEY", meaning="What the server of the reader llm wants as a key.", secret=True),
    Variable(name="WAQAI_PASSPHRASE", meaning="What a backup is sealed by, or opened, where no file of a passphrase or key is named.", secret=True),
    Variable(name="WAQAI_SMTP_PASSWORD", meaning="The password of the server that takes the mail of alerts.", secret=True),
)


def list_settings() -> tuple[Setting, ...]:
    """All settings, in the order of the default file."""
    text = files("waqai.flow").joinpath("default.toml").read_text("utf-8")
    defaults, meanings = dict(flatten(tomllib.loads(text))), comments_of(text)
    fields = dict(_iter_fields(Settings))
    return tuple(_setting(name, fields[name], default, meanings.get(name, "")) for name, default in defaults.items())


def list_in_force(path: Path | None) -> tuple[InForce, ...]:
    """What is in force with the lines of this file over the defaults. Raises SettingsError."""
    values = dict(flatten(load_settings(path).model_dump()))
    named = dict(flatten(tomllib.loads(path.read_text("utf-8")))) if path is not None else {}
    return tuple(InForce(setting=one, value=mask(values[one.name]), origin=path if one.name in named else None) for one in list_settings())


def list_variables() -> tuple[tuple[Variable, str | None], ...]:
    """Each variable with its value here, masked; None: it is not set."""
    found = ((one, os.environ.get(one.name) or None) for one in VARIABLES)
    return tuple((one, None if value is None else "(set, and not shown)" if one.secret else mask(value)) for one, value in found)


def mask(value: Any) -> Any:
    """The value with the password of an address in it replaced.

    >>> mask("postgresql://ana:s3cret@db/waqai"), mask(587)
    ('postgresql://ana:***@db/waqai', 587)
    """
    if isinstance(value, (list, tuple)):
        return [mask(one) for one in value]
    return _PASSWORD.sub(r"\1:***", _PASSWORD_ASKED.sub("***", value)) if isinstance(value, str) else value


def flatten(nested: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """
    >>> dict(flatten({"reader": {"name": "rules", "llm": {"attempts": 2}}}))
    {'reader.name': 'rules', 'reader.llm.attempts': 2}
    """
    for name, value in nested.items():
        if isinstance(value, Mapping):
            yield from flatten(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def comments_of(toml: str) -> dict[str, str]:
    """The comment behind each key and table of a file, by dotted name.

    >>> comments_of('[a]  # what a is\\nb = "#1" # what b is')
    {'a': 'what a is', 'a.b': 'what b is'}
    """
    found, table = {}, ""
    for line in toml.splitlines():
        code, comment = _parted(line)
        if head := re.fullmatch(r"\[([\w.]+)\]", code):
            table = head[1]
            found[table] = comment
        elif key := re.match(r"([\w-]+)\s*=", code):
            found[".".join(filter(None, (table, key[1])))] = comment
    return {name: comment for name, comment in found.items() if comment}


# -- inside


def _parted(line: str) -> tuple[str, str]:
    """What stands before the comment, and the comment: a # within quotes begins none."""
    for found in re.finditer("#", line):
        if line[: found.start()].count('"') % 2 == 0:
            return line[: found.start()].strip(), line[found.end() :].strip()
    return line.strip(), ""


def _iter_fields(model: type[BaseModel], before: str = "") -> Iterator[tuple[str, FieldInfo]]:
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _iter_fields(kind, f"{before}{name}.")
        else:
            yield f"{before}{name}", field


def _setting(name: str, field: FieldInfo, default: Any, meaning: str) -> Setting:
    bounds = [_BOUNDS[type(one)].format(**{slot: getattr(one, slot) for slot in one.__slots__}) for one in field.metadata if type(one) in _BOUNDS]
    return Setting(name=name, kind=_kind(field.annotation), bounds=", ".join(bounds), default=default, meaning=meaning)


def _kind(annotation: Any) -> str:
    """In words, for people who write the file."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return " or ".join(f'"{one}"' for one in inner)
    if origin in (tuple, list):
        return f"list of {_kind(inner[0])}"
    if origin in (Union, UnionType):
        return " or ".join(_kind(one) for one in inner if one is not type(None))
    return _KINDS.get(annotation, getattr(annotation, "__name__", str(annotation)).lower())
