"""A file that is refused with a sentence; anything else that goes wrong ends the child."""

from __future__ import annotations

import re
from typing import TypeAlias

Caps: TypeAlias = dict[str, int]
"""How much of a file is read: the caps of `guard.Limits` by name."""


_ENDLESS_TAG = re.compile(rb"<(?!!)[^<>]{200000,}")


class Refused(Exception):
    """Why a file is not read, and what would help: a sentence for a person."""


def check_tags(markup: bytes) -> None:
    """Pass when no tag has more than 200,000 bytes: half a million attributes take a parser minutes. Raises Refused."""
    if _ENDLESS_TAG.search(markup):
        raise Refused("it holds a tag of more than 200000 bytes: it was built to exhaust its reader")
