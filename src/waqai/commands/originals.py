"""`waqai original`: how a report came, and the bytes it was made of."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from waqai.commands.opening import open_named_store
from waqai.core import NotWritten, UnknownId
from waqai.languages import find_recognised
from waqai.originals import Custody, find_retrievals, get_content
from waqai.terminal.originals import custody_as_json, print_custody
from waqai.terminal.printing import err, out, print_json
from waqai.terminal.screen import tame


def original_command(report: str, *, file: str | None, sha256: str | None, store: str | None, format: str) -> int:
    """Exit status 0. With a `file` the bytes go there ("-": standard output), else the record is shown. Raises UnknownId, StoreError, NotWritten."""
    with open_named_store(store, must_exist=True) as opened:
        found = find_retrievals(report, opened)
        if file is not None:
            chosen = _choose(found, report, sha256)
            _write(get_content(chosen.original_sha256, opened), file)
            kind = chosen.media_type or "kind not said"
            err.print(tame(f"original of report {report}: SHA-256 {chosen.original_sha256}, {chosen.size} bytes, {kind}"), soft_wrap=True)
        elif format == "text":
            kept = opened.get_report(report)
            print_custody(out, kept, found, find_recognised(kept.sha256, opened))
        else:
            print_json([custody_as_json(one) for one in found], format)
    return 0


def _choose(found: tuple[Custody, ...], report: str, sha256: str | None) -> Custody:
    """The one that is named by the beginning of its hash, else the first whose bytes are kept. Raises UnknownId."""
    named = [one for one in found if one.original_sha256 and one.original_sha256.startswith(sha256 or "")]
    if not named:
        known = ", ".join(sorted({one.original_sha256 for one in found if one.original_sha256})) or "none: it stood in a file that holds many, or came without"
        raise UnknownId(f"report {report!r} has no such original; those it was made of: {known}")
    return next((one for one in named if one.is_kept), named[0])


def _write(content: bytes, file: str) -> None:
    if file == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        with Path(file).open("xb") as opened, _whole_or_not(Path(file)):
            opened.write(content)
            opened.flush()
    except FileExistsError as error:
        raise NotWritten(f"{file!r} is there already: name another file") from error
    except OSError as error:
        raise NotWritten(f"cannot write {file!r}: {error.strerror or error}") from error


@contextmanager
def _whole_or_not(file: Path) -> Iterator[None]:
    """A file that could not be written to its end is removed: a part of it would look like the whole."""
    try:
        yield
    except OSError:
        file.unlink(missing_ok=True)
        raise
