"""New files in a folder that is watched."""

from __future__ import annotations

import time
from collections.abc import Callable, Container, Iterator
from pathlib import Path

from waqai.intake.sources import is_maildir

PARTIAL = (".part", ".partial", ".crdownload", ".download", ".tmp", ".temp", ".swp", "~")
"""How programs name files that they are still writing."""
_MAX_FILES = 200_000
Mark = tuple[str, int, int]
"""A file as it stands: its path, size in bytes, and the nanosecond of its last change."""


def iter_new_files(folder: Path, seen: Container[Mark], *, still_s: float = 1.0, pause: Callable[[float], object] = time.sleep) -> Iterator[tuple[Path, Mark]]:
    """The files (and maildirs, once for each change) in a folder and below it whose mark is not among those `seen`, sorted by path.

    Hidden and partial files and links are left out, and those whose size or time changed within `still_s` seconds of looking: they come at the next call.
    """
    found = {path: mark for path in _walk(folder) if (mark := mark_of(path)) is not None and mark not in seen}
    if found:
        pause(still_s)
    yield from ((path, mark) for path, mark in sorted(found.items()) if mark_of(path) == mark)


def mark_of(path: Path) -> Mark | None:
    """A file's mark; None where it cannot be looked at (any more). A maildir's mark is its number of messages and the newest change of its two folders."""
    try:
        if path.is_dir():
            parts = [path / "cur", path / "new"]
            return str(path), sum(1 for part in parts for _ in part.iterdir()), max(part.stat().st_mtime_ns for part in parts)
        told = path.stat()
    except OSError:
        return None
    return str(path), told.st_size, told.st_mtime_ns


def _walk(folder: Path) -> Iterator[Path]:
    stack, given = [folder], 0
    while stack and given < _MAX_FILES:
        here = stack.pop()
        try:
            inside = list(here.iterdir())
        except OSError:
            continue
        for path in inside:
            what = "" if path.name.startswith(".") or path.name.lower().endswith(PARTIAL) else _tell_apart(path)
            if what == "folder":
                stack.append(path)
            elif what:
                given += 1
                yield path


def _tell_apart(path: Path) -> str:
    """ "folder", "maildir" or "file"; "" for links, for what is none of these, and for what may not be looked at."""
    try:
        if path.is_symlink():
            return ""
        if path.is_dir():
            return "maildir" if is_maildir(path) else "folder"
        return "file" if path.is_file() else ""
    except OSError:
        return ""
