"""Files that are written beside their place and put into it whole; what was left of those that were broken off."""

from __future__ import annotations

import ctypes
import errno
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from waqai.core import NotPossible, NotWritten
from waqai.schema.files import is_there

BESIDE = ("", "-wal", "-shm", "-journal")
"""What SQLite keeps beside a store's file."""
_WORK = re.compile(r"^(?P<of>.+)\.waqai-(?P<what>copying|moving|restoring|sealing)-(?P<process>\d+)(-wal|-shm|-journal)?$")
_HERE, _NO_REPLACE = -100, 1  # AT_FDCWD, RENAME_NOREPLACE: linux/fcntl.h, linux/fs.h
_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EACCES)


@contextmanager
def work_file(place: Path, what: str) -> Iterator[Path]:
    """A name beside this place for a file that is made bit by bit; what is there at the end is removed. `what`: copying, moving, restoring or sealing.

    The process's number is in the name, so that what a killed one left is known for it, see `find_leftovers`. Nobody else may read it.
    """
    work = place.with_name(f"{place.name}.waqai-{what}-{os.getpid()}")
    with errors_of(work):
        remove_store_file(work)
    try:
        yield work
    finally:
        remove_store_file(work)


def make_private(file: Path) -> None:
    """An empty file that nobody else on this machine may read. Raises NotWritten where one is there or none can be made."""
    with errors_of(file):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def put_in_place(work: Path, file: Path) -> None:
    """Give a finished file its name, once it is on the disk: whole or not at all, and never over another. Raises NotWritten."""
    with errors_of(file):
        _to_disk(work)
        try:
            if _renamed(work, file):
                _to_disk(file.parent)
                return
            os.link(work, file)
            work.unlink()
        except FileExistsError:
            raise
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            if is_there(file):  # a memory stick knows no links; between this look and the next line is the only moment in which somebody could come first
                raise FileExistsError(errno.EEXIST, "it is there already", str(file)) from error
            work.rename(file)
        _to_disk(file.parent)


def remove_store_file(file: Path) -> None:
    """Remove a store's file with what SQLite keeps beside it."""
    for suffix in BESIDE:
        Path(f"{file}{suffix}").unlink(missing_ok=True)


def check_alone(file: Path) -> None:
    """Pass where nothing lies beside the name of a new file that SQLite would take for a part of it, and play into it. Raises NotPossible."""
    left = next((beside for suffix in BESIDE[1:] if suffix != "-shm" and is_there(beside := Path(f"{file}{suffix}"))), None)
    if left is not None:
        raise NotPossible(f"{str(left)!r} lies there, left by a store of that name that is gone, and would be taken for a part of the new one: remove it first")


def remove_leftovers(place: Path, *, what: str = "") -> None:
    """Remove what broken-off work for this place left, of one kind or of all; what is another user's stays."""
    for left in find_leftovers(place.absolute().parent):
        if left.name.startswith(f"{place.name}.waqai-{what}"):
            with suppress(PermissionError):
                remove_store_file(left)


def find_leftovers(folder: Path) -> list[Path]:
    """Files in this folder that a broken-off backup, move or restore left: their process is gone."""
    found = []
    with suppress(OSError):
        found = [file for file in folder.iterdir() if (named := _WORK.match(file.name)) and not _is_running(int(named["process"]))]
    return sorted(found)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


@contextmanager
def errors_of(file: Path) -> Iterator[None]:
    """What the file system refuses, in a person's words. Raises NotWritten."""
    try:
        yield
    except FileExistsError as error:
        raise NotWritten(f"{str(file)!r} is there already: name another file, nothing is ever written over") from error
    except OSError as error:
        raise NotWritten(f"cannot write {str(file)!r}: {_HELP.get(error.errno or 0, error.strerror or str(error))}") from error


@contextmanager
def errors_in_reading(file: Path) -> Iterator[None]:
    """As `errors_of`, of a file that is read. Raises NotPossible."""
    try:
        yield
    except OSError as error:
        raise NotPossible(f"cannot read {str(file)!r}: {error.strerror or error}; nothing was changed") from error


_HELP = {
    errno.ENOSPC: "the disk is full; make room, or name a place on another disk. Nothing of this step was kept",
    errno.EDQUOT: "your share of the disk is used up; make room, or name a place on another disk. Nothing of this step was kept",
    errno.EFBIG: "the disk takes no file of this size; name a place on another disk. Nothing of this step was kept",
    errno.EROFS: "nothing can be written there; name a place on another disk",
    errno.EACCES: "you may not write there; check the permissions of the folder, or name another",
    errno.EPERM: "you may not write there; check the permissions of the folder, or name another",
    errno.ENOENT: "there is no such folder; make it first",
    errno.ENOTDIR: "there is no such folder; make it first",
}


def _renamed(work: Path, file: Path) -> bool:
    """Rename in one step, never over another; False where the system has no such step. Linux: renameat2(2) with RENAME_NOREPLACE. Raises OSError."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    sys.audit("os.rename", str(work), str(file), -1, -1)  # as Python says of its own
    if rename(_HERE, os.fsencode(work), _HERE, os.fsencode(file), _NO_REPLACE) == 0:
        return True
    number = ctypes.get_errno()
    if number == errno.EEXIST:
        raise FileExistsError(number, os.strerror(number), str(file))
    return False  # a file system without it, or a fault that the next way meets, too


def _to_disk(place: Path) -> None:
    """Have what was written reach the disk itself; a folder's own entries where the system can."""
    try:
        number = os.open(place, os.O_RDONLY)
    except PermissionError:
        return  # a folder that may be written to and not read
    try:
        os.fsync(number)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # a file system that cannot say so for folders
            raise
    finally:
        os.close(number)
