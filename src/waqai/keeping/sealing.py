"""A file sealed so that only who has the passphrase or the key opens it: the age format, which other programs (age, rage) read and write, too.

Source: "The age file encryption format", age-encryption.org/v1 (C2SP). Done by pyrage, the Python binding of rage.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeAlias

from waqai.core import NotPossible, StoreError
from waqai.keeping.files import errors_in_reading, errors_of, make_private

FIRST_LINE = b"age-encryption.org/v1\n"
MOST_BY_PASSPHRASE = 1_500_000_000
"""Bytes that are sealed by a passphrase: the library then holds the file in memory twice. With keys it is read bit by bit."""
_ARMOR = b"-----BEGIN AGE ENCRYPTED FILE-----"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passphrase:
    """Words that both seal and open."""

    words: str

    def __repr__(self) -> str:
        return "Passphrase(…)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipients:
    """Public keys (age1…) of those who can open it."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """A file with secret keys (AGE-SECRET-KEY-1…), as age-keygen writes it."""

    file: Path


Seal: TypeAlias = Passphrase | Recipients
Key: TypeAlias = Passphrase | KeyFile


def is_sealed(file: Path) -> bool:
    """Whether the file is one of age's."""
    with errors_in_reading(file), file.open("rb") as opened:
        begins = opened.read(len(_ARMOR))
    return begins.startswith((FIRST_LINE, _ARMOR))


def wants_passphrase(file: Path) -> bool:
    """Whether a passphrase opens a sealed file; else a secret key does. Of an armored one it is not known, and a passphrase is asked for."""
    with errors_in_reading(file), file.open("rb") as opened:
        begins = opened.read(len(FIRST_LINE) + 9)
    return not begins.startswith(FIRST_LINE) or begins.endswith(b"-> scrypt")


def check_seal(seal: Seal) -> None:
    """Raises NotPossible for what is no public key and for an empty passphrase, before anything long begins."""
    if isinstance(seal, Passphrase):
        if not seal.words:
            raise NotPossible("an empty passphrase seals nothing: choose some words")
        return
    _recipients(seal.keys)


def seal_file(plain: Path, sealed: Path, seal: Seal) -> None:
    """Write the file sealed to a new one; what was written is read again before it is called done. Raises NotPossible, NotWritten."""
    if isinstance(seal, Passphrase) and plain.stat().st_size > MOST_BY_PASSPHRASE:
        raise NotPossible(f"{plain.stat().st_size:,} bytes are too many to be sealed by a passphrase: give a public key by --to (age-keygen makes one)")
    make_private(sealed)
    with errors_of(sealed), sealed.open("wb") as out:
        told = _HashedOutput(out)
        _seal(plain, told, seal)
        out.flush()
        os.fsync(out.fileno())
    with errors_of(sealed):
        again = hashlib.sha256(sealed.read_bytes()) if isinstance(seal, Passphrase) else hash_file(sealed)
    if again.digest() != told.sha256.digest():
        raise StoreError(f"{str(sealed)!r} does not hold what was written to it: the disk fails; use another")


def unseal_file(sealed: Path, plain: Path, key: Key) -> None:
    """Write what is in a sealed file to this one, which nobody else may read. Raises NotPossible for a wrong passphrase or key, StoreError for damage."""
    import pyrage

    make_private(plain)
    try:
        with _opened(sealed) as source, errors_of(plain), plain.open("wb") as out:
            if isinstance(key, Passphrase):
                with errors_in_reading(sealed):
                    whole = source.read()
                out.write(pyrage.passphrase.decrypt(whole, key.words))
            else:
                _unseal_by_keys(source, out, load_keys(key.file))
    except pyrage.DecryptError as error:
        raise _explained(str(error), sealed, key) from error


def _opened(file: Path) -> IO[bytes]:
    with errors_in_reading(file):
        return file.open("rb")


def hash_file(file: Path) -> Any:
    """The SHA-256 of a file's bytes, as hashlib has it."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256")


def load_keys(file: Path) -> list[Any]:
    """The secret keys in a key file. Raises NotPossible for a file without one."""
    import pyrage

    try:
        lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
        keys = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as error:
        raise NotPossible(f"{str(file)!r} cannot be read as a key file ({error}): it should hold a line that begins with AGE-SECRET-KEY-1") from error
    if not keys:
        raise NotPossible(f"{str(file)!r} holds no key: it should hold a line that begins with AGE-SECRET-KEY-1")
    return keys


class _HashedOutput:
    """Hashes what is written on its way to a file."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out, self.sha256 = out, hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.sha256.update(data)
        return self._out.write(data)

    def flush(self) -> None:
        self._out.flush()


def _seal(plain: Path, out: _HashedOutput, seal: Seal) -> None:
    import pyrage

    if isinstance(seal, Passphrase):
        out.write(pyrage.passphrase.encrypt(plain.read_bytes(), seal.words))
        return
    kept: list[OSError] = []
    with plain.open("rb") as source:
        try:
            pyrage.encrypt_io(source, _Keeping(out, kept), _recipients(seal.keys))
        except pyrage.EncryptError:
            if kept:
                raise kept[0] from None
            raise


def _unseal_by_keys(source: IO[bytes], out: IO[bytes], keys: list[Any]) -> None:
    import pyrage

    kept: list[OSError] = []
    try:
        pyrage.decrypt_io(source, _Keeping(out, kept), keys)
    except (pyrage.DecryptError, OSError) as error:
        if kept:
            raise kept[0] from None
        raise pyrage.DecryptError(str(error)) from error


class _Keeping:
    """Keeps what the disk said: the library turns it into an error of its own."""

    def __init__(self, out: Any, kept: list[OSError]) -> None:
        self._out, self._kept = out, kept

    def write(self, data: bytes) -> int:
        try:
            return int(self._out.write(data))
        except OSError as error:
            self._kept.append(error)
            raise

    def flush(self) -> None:
        self._out.flush()


def _recipients(keys: Sequence[str]) -> list[Any]:
    import pyrage

    found = []
    for key in keys:
        try:
            found.append(pyrage.x25519.Recipient.from_str(key.strip()))
        except pyrage.RecipientError as error:
            raise NotPossible(f"{key!r} is no public key of age ({error}): it begins with age1 and is printed by age-keygen") from error
    if not found:
        raise NotPossible("name at least one public key (age1…)")
    return found


def _explained(said: str, sealed: Path, key: Key) -> StoreError:
    if said == "Decryption failed":
        return NotPossible(f"the passphrase does not open {str(sealed)!r}; nothing was changed")
    if said == "No matching keys found":
        other = "a key, not a passphrase: name its file by --key" if isinstance(key, Passphrase) else "another key or a passphrase"
        return NotPossible(f"{str(sealed)!r} is opened by {other}; nothing was changed")
    return StoreError(f"{str(sealed)!r} is damaged or cut off ({said}); nothing was changed. Use another backup")
