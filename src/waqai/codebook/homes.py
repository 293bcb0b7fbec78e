"""The crosswalk backwards: which of our types a code of another scheme becomes, by a table that is checked when it is loaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, TypeAlias

from pydantic import Field, StrictStr

from waqai.codebook.load import DATA
from waqai.codebook.nouns import Codebook
from waqai.codebook.shapes import Scalar, Shape, list_faults, load_yaml, read_shape
from waqai.core import AttrValue, CodebookError

Against: TypeAlias = Literal["civilians", "armed"]
WITHOUT_RULES = frozenset({"ucdp"})
"""Schemes to which no type maps by itself (the export works out the code), so that there is no rule to hold a line against."""


class HomeShape(Shape):
    type: StrictStr | None
    attrs: dict[str, Scalar] = Field(default_factory=dict)
    note: StrictStr | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What a code becomes. `type` None: nothing, and `note` says why."""

    code: str
    type: str | None
    attrs: Mapping[str, AttrValue] = field(default_factory=dict)
    note: str | None = None


class Homes:
    """Looks up what a scheme's codes become."""

    def __init__(self, homes: Mapping[str, Mapping[str, Home]]) -> None:
        self._homes = homes

    def codes(self, scheme: str) -> tuple[str, ...]:
        """The lines of a scheme, in the order of the file."""
        return tuple(self._homes[scheme])

    def find_home(self, scheme: str, code: str, *, mode: str | None = None, against: Against | None = None) -> Home | None:
        """The line for the code, the most special first, whatever its case; None: the scheme, as we know it, has no such code.

        >>> from waqai.codebook import load_codebook
        >>> homes = load_homes(load_codebook())
        >>> homes.find_home("acled", "armed clash").type, homes.find_home("plover", "ASSAULT", mode="firearms", against="civilians").attrs
        ('clash', {'weapon': 'firearms'})
        """
        lines = self._homes[scheme]
        heads = [f"{code}/{mode}", code] if mode else [code]
        wanted = [line for head in heads for line in ([f"{head} against {against}", head] if against else [head])]
        return next((lines[line.casefold()] for line in wanted if line.casefold() in lines), None)


def load_homes(codebook: Codebook) -> Homes:
    """The shipped table, held against this codebook. Raises CodebookError that lists every fault."""
    return build_homes(_shipped(), codebook)


def build_homes(raw: Any, codebook: Codebook, *, name: str = "homes.yaml") -> Homes:
    """The table made of plain data. Raises CodebookError that lists every fault."""
    if not isinstance(raw, Mapping):
        raise CodebookError(f"{name} is no mapping: {raw!r:.60}")
    homes = {scheme: _read_lines(scheme, lines, name) for scheme, lines in raw.items()}
    faults = [fault for scheme, lines in homes.items() for fault in _find_faults(scheme, lines, codebook)]
    if faults:
        raise CodebookError(list_faults(name, faults))
    return Homes(homes)


def _read_lines(scheme: str, lines: Any, name: str) -> dict[str, Home]:
    if not isinstance(lines, Mapping):
        raise CodebookError(f"{name}, {scheme} is no mapping: {lines!r:.60}")
    return {str(code).casefold(): Home(code=str(code), **dict(read_shape(HomeShape, line, name=f"{name}, {scheme}, {code}"))) for code, line in lines.items()}


def _find_faults(scheme: str, lines: Mapping[str, Home], codebook: Codebook) -> Iterator[str]:
    if scheme not in codebook.targets:
        yield f"no target {scheme!r}; known: {', '.join(codebook.targets)}"
        return
    target = codebook.targets[scheme]
    yield from (f"{scheme}: nothing is said of {code!r}" for code in target.codes if code.casefold() not in lines)
    for home in lines.values():
        code, _, mode = home.code.split(" against ")[0].partition("/") if scheme == "plover" else (home.code, "", "")
        if code not in target.codes or (mode and mode not in target.codes[code].modes):
            yield f"{scheme}: there is no code {home.code!r}"
        else:
            yield from (f"{scheme}, {home.code}: {fault}" for fault in _line_faults(scheme, home, code, codebook))


def _line_faults(scheme: str, home: Home, code: str, codebook: Codebook) -> Iterator[str]:
    if home.type is None:
        if home.note is None:
            yield "a code that becomes nothing needs a note that says why"
        return
    if home.type not in codebook.types:
        yield f"no type {home.type!r}"
        return
    rules = (*codebook.targets[scheme].before, *codebook.types[home.type].crosswalk.get(scheme, ()))
    if scheme not in WITHOUT_RULES and code not in {rule.code for rule in rules}:
        yield f"no rule of the crosswalk leads from {home.type} to {code}"
    for attr, value in home.attrs.items():
        if attr not in codebook.attrs or not any(type(value) is type(known) and value == known for known in codebook.attrs[attr].values):
            yield f"no attr {attr!r} with the value {value!r}"


@cache
def _shipped() -> Any:
    return load_yaml(DATA / "homes.yaml")
