"""The one place that reads the clock."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from waqai.core import SettingsError


def now() -> datetime:
    """The instant in UTC, to the second; `WAQAI_NOW` (ISO 8601) fixes it. Raises SettingsError when that is no instant."""
    fixed = os.environ.get("WAQAI_NOW")
    if not fixed:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        instant = datetime.fromisoformat(fixed)
    except ValueError as error:
        raise SettingsError(f"WAQAI_NOW is {fixed!r}, which is no ISO 8601 instant such as '2026-11-26T12:00:00+00:00'") from error
    return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
