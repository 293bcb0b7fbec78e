"""Values that let their bearer in: made at random, given out once, kept as a hash.

They hold 256 random bits, so that a plain SHA-256 keeps them: nobody can try them all, and a look-up by hash tells by its time nothing that helps.
"""

from __future__ import annotations

import hashlib
import secrets

BYTES = 32


def mint_secret(prefix: str = "") -> str:
    """A new one: the prefix and 43 signs that an address or a cookie may hold."""
    return prefix + secrets.token_urlsafe(BYTES)


def hash_secret(secret: str) -> str:
    """What is stored of it, as hex.

    >>> hash_secret("a")[:12]
    'ca978112ca1b'
    """
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
