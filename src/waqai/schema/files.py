"""Where a store's file is or shall be; what the file system refuses is said in a person's words."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from waqai.core import StoreError


def is_there(path: str | Path) -> bool:
    """Whether a file or folder is there. Raises StoreError where nobody may look."""
    try:
        return Path(path).exists()
    except OSError as error:
        raise StoreError(f"cannot look for {str(path)!r}: {error.strerror}; check the permissions of its folder, or name another file") from error


def make_folder_of(file: Path) -> None:
    """The folder that the file shall lie in, made if need be. Raises StoreError."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"cannot make the folder {str(file.parent)!r} for the store: {error.strerror}; name a file elsewhere by --store") from error


def make_private(file: Path) -> None:
    """An empty file, where none is there, that nobody else on this machine may read; what the file system refuses is told by who opens it next."""
    with suppress(OSError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
