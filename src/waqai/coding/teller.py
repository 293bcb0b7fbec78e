"""A word taken to tell of a happening, with the type that it was given."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """`p`: how probably a coder would code it; `type_p`: of that, how probably under this type."""

    token: Token
    type: str
    family: str
    p: float
    type_p: float
