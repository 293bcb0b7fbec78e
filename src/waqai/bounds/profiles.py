"""Three profiles: what each changes in a record before anybody outside sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from waqai.core import SettingsError

FRESH_HOURS = 72
FRESH_FAMILIES = frozenset({"custody_entry", "custody_inside", "custody_exit", "security_ops", "combat"})
"""Where somebody may still be searched for, or in danger, while it is news."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """For whom a record is written. `coarse`: places by town and a tenth of a degree, no facility; `masks_names`: of persons without a public role, of whoever
    worked on the record, and of the files that reports came in; `holds_back`: fresh happenings; `small_counts`: one or two persons are "<3"; `tender`: some
    happenings by first-level area and month only."""

    name: str
    holds_back: bool = False
    coarse: bool = False
    masks_names: bool = False
    small_counts: bool = False
    tender: bool = False


PUBLIC = Profile(name="public", holds_back=True, coarse=True, masks_names=True, small_counts=True, tender=True)
PARTNER = Profile(name="partner", coarse=True, masks_names=True)
INTERNAL = Profile(name="internal")
PROFILES: Mapping[str, Profile] = {one.name: one for one in (PUBLIC, PARTNER, INTERNAL)}


def get_profile(name: str) -> Profile:
    """The profile of that name. Raises SettingsError.

    >>> get_profile("public").holds_back
    True
    """
    if name not in PROFILES:
        raise SettingsError(f"no profile {name!r}; known: {', '.join(PROFILES)}")
    return PROFILES[name]
