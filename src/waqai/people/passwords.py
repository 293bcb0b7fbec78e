"""Passwords: which are refused, how they are kept.

Argon2id with the parameters that RFC 9106 recommends where memory is scarce (64 MiB, 3 passes, 4 lanes: argon2-cffi's own default). What is stored tells its
parameters; a password hashed with others is hashed again when its person logs in.
"""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache
from itertools import pairwise
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from waqai.core import StoreError, WeakPassword
from waqai.people.names import fold_name

SHORTEST, LONGEST = 10, 1_000
FEWEST_SIGNS = 5
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Of a password that is made: none that is taken for another one when it is read out."""
HASHER = PasswordHasher()
_AT_ONCE = BoundedSemaphore(4)
"""Each hash takes 64 MiB: a flood of logins shall not take the machine's memory."""


def check_password(password: str, *, name: str) -> None:
    """Raises WeakPassword for one that is short, of few different signs, a run such as 1234567890, or the name again. It is held against no list."""
    said = _as_typed(password)
    if len(said) < SHORTEST:
        raise WeakPassword(f"the password is too short: it needs at least {SHORTEST} signs; four or five unconnected words are easy to keep in mind")
    if len(said) > LONGEST:
        raise WeakPassword(f"the password is too long: {LONGEST} signs are the most")
    if _is_simple(said):
        raise WeakPassword("the password is too simple: it repeats or counts up a few signs; take other words")
    if _is_simple(fold_name(said).replace(fold_name(name), "")):
        raise WeakPassword("the password is the name, or little more: take other words")


def make_password() -> str:
    """One made at random, of 99 bits, in groups that can be read out: "k3xq-…"."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(5))


def hash_password(password: str) -> str:
    """The password as it is stored, with a salt of its own."""
    with _AT_ONCE:
        return HASHER.hash(_bytes_of(password))


def is_password(password: str, stored: str) -> bool:
    """Whether this is the password that was stored so. Raises StoreError for what is no stored password."""
    try:
        with _AT_ONCE:
            return HASHER.verify(stored, _bytes_of(password))
    except VerifyMismatchError:
        return False
    except InvalidHashError as error:
        raise StoreError("the stored password is damaged; `waqai person password NAME` sets another one") from error


def is_outdated(stored: str) -> bool:
    """Whether it was hashed with other parameters than today's."""
    return HASHER.check_needs_rehash(stored)


def waste_time(password: str) -> None:
    """Take as long as `is_password` does, for a name that nobody has."""
    is_password(password, _nobodys(HASHER))


@cache
def _nobodys(hasher: PasswordHasher) -> str:
    return hasher.hash(b"nobody's")


def _as_typed(password: str) -> str:
    """One password, however the keyboard composes its letters."""
    return unicodedata.normalize("NFC", password)


def _bytes_of(password: str) -> bytes:
    return _as_typed(password)[: LONGEST + 1].encode("utf-8", "surrogatepass")  # no stored one is longer: what is cut cannot match


def _is_simple(said: str) -> bool:
    """Whether it has few signs, or nearly each follows the one before: 1234567890, abcdefghij, or backwards.

    >>> _is_simple("1234567890"), _is_simple("aaaabbbbcccc"), _is_simple("correct horse")
    (True, True, False)
    """
    steps = [ord(b) - ord(a) for a, b in pairwise(said)]
    return len(set(said)) < FEWEST_SIGNS or any(steps.count(step) >= len(steps) - 2 for step in (1, -1))
