"""Who may come in: the start address with its token, once; then a session, known by its cookie.

Tokens and sessions are 256 random bits, kept as hashes and compared as such.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

COOKIE = "waqai_session"
IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
TOKEN_LASTS = timedelta(hours=24)


@dataclass(slots=True, kw_only=True)
class Session:
    """Somebody who came in. `by` is how the log signs what they say; `last` is the newest entry of theirs that undo takes back first."""

    by: str
    began: datetime
    seen: datetime


@dataclass
class Door:
    """The start tokens that were not used yet, and the sessions that are open. Shared by threads."""

    _tokens: dict[str, datetime] = field(default_factory=dict)
    _sessions: dict[str, Session] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def mint(self, *, at: datetime) -> str:
        """A token that lets one browser in, within a day."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._tokens[_hash(token)] = at + TOKEN_LASTS
        return token

    def enter(self, token: str, *, by: str, at: datetime) -> str | None:
        """The secret of a new session; None for a token that was never given out, was used before or is too old."""
        with self._lock:
            until = self._tokens.pop(_hash(token), None)
            if until is None or until < at:
                return None
            secret = secrets.token_urlsafe(32)
            self._sessions[_hash(secret)] = Session(by=by, began=at, seen=at)
            return secret

    def find(self, secret: str, *, at: datetime) -> Session | None:
        """The session of this secret, if it is still open."""
        key = _hash(secret)
        with self._lock:
            session = self._sessions.get(key)
            if session is None:
                return None
            if at - session.seen > IDLE or at - session.began > LONGEST:
                del self._sessions[key]
                return None
            session.seen = at
            return session

    def leave(self, secret: str) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(_hash(secret), None)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
