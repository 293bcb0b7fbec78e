"""A file that is there whole, or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from waqai.core import NotWritten


@contextmanager
def placing(path: Path, *, force: bool) -> Iterator[BinaryIO]:
    """A file to be written, beside its name; it is moved there when all is written. `force`: one that is there already is replaced.

    Raises NotWritten where something is there and is not to be replaced, where there is no such folder, or the disk takes no more.
    """
    check_place(path, force=force)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with beside.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        check_place(path, force=force)
        beside.replace(path)
    except NotWritten:
        raise
    except OSError as error:
        raise NotWritten(f"cannot write {str(path)!r}: {error.strerror or error}") from error
    finally:
        beside.unlink(missing_ok=True)


def write_file(path: Path, content: bytes) -> None:
    """A file of this content; one that is there already is replaced once this one is whole. Raises NotWritten."""
    with placing(path, force=True) as file:
        file.write(content)


def check_place(path: Path, *, force: bool) -> None:
    """Raises NotWritten where a file of this name cannot be put there."""
    if path.is_dir():
        raise NotWritten(f"{str(path)!r} is a folder; name a file in it")
    if not path.parent.is_dir():
        raise NotWritten(f"there is no folder {str(path.parent)!r} to write {path.name!r} in; make it first")
    if path.exists() and not force:
        raise NotWritten(f"{str(path)!r} is there already; --force replaces it")
