"""How much work an account was: seconds, keys and clicks between looking at it and saying something of it, as the page measured them."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class _Effort(BaseModel):
    model_config = ConfigDict(extra="forbid")

    seconds: float = Field(ge=0, le=86_400)
    keys: int = Field(ge=0, le=100_000)
    clicks: int = Field(ge=0, le=100_000)


def read_effort(said: str) -> dict[str, Any] | None:
    """What the page measured; None for nothing, and for what no page of ours sends: a measure is never worth an error.

    >>> read_effort('{"seconds": 4.2, "keys": 3, "clicks": 0}')
    {'seconds': 4.2, 'keys': 3, 'clicks': 0}
    >>> read_effort("?") is None
    True
    """
    if not said:
        return None
    try:
        return _Effort.model_validate(json.loads(said)).model_dump()
    except (ValidationError, ValueError):
        return None
