"""Entries of the log about persons, their tokens and alerts: what they hold, and the command that does the opposite, as none of them is undone.

No value holds a password, a secret or a hash of one. They are about staff: no incident follows from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

STAFF: dict[str, tuple[str, ...]] = {
    "person_added": ("name", "role"),
    "person_role": ("name", "role", "was"),
    "person_password": ("name",),
    "person_disabled": ("name",),
    "person_enabled": ("name",),
    "token_added": ("token", "name", "owner", "scopes", "expires"),
    "token_revoked": ("token", "name", "owner"),
    "alert_added": ("alert", "name", "profile"),
    "alert_removed": ("alert", "name"),
    "feed_added": ("feed", "name"),
    "feed_removed": ("feed", "name"),
}
"""Kinds of entries about persons, tokens, alerts and feeds, each with what its value needs."""


def opposite_of(kind: str, value: Mapping[str, Any]) -> str:
    """What to do where somebody would undo such an entry.

    >>> opposite_of("person_disabled", {"name": "Ana B."})
    '`waqai person enable "Ana B."` lets them in again'
    """
    name = f'"{value.get("name")}"' if " " in str(value.get("name")) else value.get("name")
    return _OPPOSITE[kind].format(name=name, was=value.get("was"), token=value.get("token"))


_OPPOSITE = {
    "person_added": "`waqai person disable {name}` keeps them out",
    "person_role": "`waqai person role {name} {was}` gives the role of before",
    "person_password": "`waqai person password {name}` sets another one",
    "person_disabled": "`waqai person enable {name}` lets them in again",
    "person_enabled": "`waqai person disable {name}` keeps them out",
    "token_added": "`waqai token revoke {token}` ends it",
    "token_revoked": "a token that was revoked stays so; `waqai token add` makes another one",
    "alert_added": "`waqai alert remove {name}` takes it away",
    "alert_removed": "what was removed is gone; `waqai alert add` makes another one",
    "feed_added": "`waqai watch remove {name}` takes it away",
    "feed_removed": "what was removed is gone; `waqai watch add` makes another one",
}
