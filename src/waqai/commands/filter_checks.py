"""Filters held against the codebook before a store is asked."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

import typer

from waqai.codebook import Codebook


def check_filters(filters: Mapping[str, Any], codebook: Codebook) -> dict[str, Any]:
    """The filters with aliases of types resolved ("mutiny", "thwarted_escape"). Raises typer.BadParameter for words that the codebook does not hold."""
    wanted = dict(filters)
    wanted |= _resolved(wanted["type"], wanted["status"], codebook)
    for country in wanted["country"]:
        if not (len(country) == 2 and country.isalpha()):
            raise typer.BadParameter(f"{country!r} is no code of two letters, such as SY", param_hint="--country")
    known = {"type": codebook.types, "family": codebook.families, "status": codebook.statuses, "grade": codebook.grades}
    for name, words in known.items():
        for word in wanted[name]:
            if word not in words:
                near = get_close_matches(word, words, n=3) or sorted(words)
                raise typer.BadParameter(f"there is no {name} {word!r}; perhaps {' or '.join(near)}?", param_hint=f"--{name}")
    return wanted


def _resolved(types: tuple[str, ...], statuses: tuple[str, ...], codebook: Codebook) -> dict[str, tuple[str, ...]]:
    """Types and statuses without aliases. A status that an alias brings is taken where it is the only type and no status is named."""
    aliases = [codebook.resolve_alias(type) for type in types]
    resolved = tuple(type if alias is None or alias.type is None else alias.type for type, alias in zip(types, aliases, strict=True))
    brought = aliases[0].status if len(aliases) == 1 and aliases[0] is not None and aliases[0].type is not None else None
    return {"type": resolved, "status": statuses or ((brought,) if brought else ())}
