"""Where reports are: files, folders and standard input, in a fixed order, each with the way to read it.

What is named must exist: that is checked before anything is read. What is found in a folder is read when its suffix says how, and set aside with a
reason otherwise; hidden files are not looked at, and links to folders are not followed, as they can lead in circles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import IO, Literal, TypeAlias

from waqai.core import IntakeError, Notice, ReportNotFound, UnreadableReport
from waqai.intake.guard import show
from waqai.intake.records import MAX_ID_LENGTH
from waqai.intake.rows import STAGE

Kind: TypeAlias = Literal["text", "html", "json", "lines", "pdf", "docx", "csv", "tsv", "xlsx", "bundle", "any"]
DOCUMENTS: frozenset[Kind] = frozenset(["pdf", "docx"])
TABLES: frozenset[Kind] = frozenset(["csv", "tsv", "xlsx"])
SUFFIXES: dict[str, Kind] = {
    **dict.fromkeys(("", ".txt", ".text", ".md", ".markdown"), "text"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    ".json": "json",
    **dict.fromkeys((".jsonl", ".ndjson"), "lines"),
    ".pdf": "pdf",
    **dict.fromkeys((".docx", ".docm", ".dotx"), "docx"),
    ".csv": "csv",
    **dict.fromkeys((".tsv", ".tab"), "tsv"),
    **dict.fromkeys((".xlsx", ".xlsm"), "xlsx"),
    **dict.fromkeys((".warc", ".wacz", ".gz", ".zip", ".eml", ".mbox", ".xml", ".rss", ".atom", ".rdf"), "bundle"),
}
READ = ".txt, .md, .html, .json, .jsonl, .pdf, .docx, .csv, .tsv and .xlsx; of collections .warc, .wacz, .eml, .mbox, maildir, .xml, .rss, .atom and .zip"
_UNREAD = {
    **dict.fromkeys((".doc", ".odt", ".rtf", ".pages", ".wpd"), "of word processors' files only .docx is read; save it as .docx, or the text as .txt"),
    **dict.fromkeys((".xls", ".xlsb", ".ods", ".numbers"), "of spreadsheets only .xlsx and .csv are read; save it as one of these"),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff", ".heic", ".svg"), "images are not read"),
    **dict.fromkeys((".mp3", ".mp4", ".m4a", ".wav", ".ogg", ".mov", ".avi", ".webm"), "sound and film are not read"),
    **dict.fromkeys((".bz2", ".xz", ".zst", ".tar", ".tgz", ".7z", ".rar"), "of archives only .zip, .warc and .wacz are read; unpack it first"),
    **dict.fromkeys((".msg", ".pst", ".ost"), "of mail .eml, .mbox and maildir are read; save it as one of these"),
}
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:/", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file, its content alone, or standard input (both None). `name` is how notices call it, `stem` what an id is made of, `kind` how it is read."""

    path: Path | None
    name: str
    stem: str
    kind: Kind
    content: bytes | None = field(default=None, repr=False)

    def open(self) -> IO[bytes]:
        """The bytes, from the beginning. Raises OSError. Not for standard input."""
        if self.content is not None:
            return BytesIO(self.content)
        assert self.path is not None, "standard input is open as it is"
        return self.path.open("rb")

    def size(self) -> int:
        """How many bytes there are. Raises OSError."""
        return len(self.content) if self.content is not None else self.path.stat().st_size if self.path is not None else 0


def check_sources(sources: Iterable[str | Path]) -> tuple[str | Path, ...]:
    """The same sources, all of them there. Raises ReportNotFound for a path that is not, IntakeError for an address or "-" named twice."""
    named = tuple(sources)
    for source in named:
        if str(source) != "-" and not _exists(source):
            raise _missing(str(source))
    if sum(str(source) == "-" for source in named) > 1:
        raise IntakeError("'-' (standard input) is named more than once; it can be read only once")
    return named


def iter_sources(named: Iterable[str | Path]) -> Iterator[Source | Notice]:
    """The files of what was named, folders opened, in the order named and sorted within a folder; a notice for each that nothing reads."""
    for source in named:
        path = Path(source)
        if str(source) == "-":
            yield Source(path=None, name="stdin", stem="stdin", kind="any")
        elif path.is_dir():
            yield from _iter_folder(path)
        elif path.suffix.lower() in _UNREAD:
            yield _set_aside(path, _UNREAD[path.suffix.lower()])
        else:
            # What is no regular file (a pipe that the shell names) has no suffix that tells anything.
            yield _source(path, SUFFIXES.get(path.suffix.lower(), "any") if path.is_file() else "any")


def find_upload(name: str, content: bytes) -> Source | Notice:
    """The source of bytes that came under a file's name, which tells their kind and is never used as a path; a notice for a kind that nothing reads.

    >>> find_upload("C:\\\\fakepath\\\\..\\\\notes.TXT", b"x").stem
    'notes'
    """
    base = printable(re.split(r"[/\\]", name)[-1]).strip() or "upload"
    stem, dot, suffix = base.rpartition(".")
    ending = f".{suffix}".lower() if dot and stem else ""
    if ending in _UNREAD:
        return Notice(record=base, stage=STAGE, reason=_UNREAD[ending])
    kind = SUFFIXES.get(ending, "any") if ending else "any"
    return Source(path=None, name=base, stem=(stem if ending in SUFFIXES and ending else base)[:MAX_ID_LENGTH] or "upload", kind=kind, content=content)


def source_of(table: Path | bytes, *, name: str) -> Source:
    """The source of a table, of which `name` tells the kind. Raises UnreadableReport for a name of anything else."""
    found = find_upload(name, table if isinstance(table, bytes) else b"")
    if isinstance(found, Notice) or found.kind not in TABLES:
        raise UnreadableReport(f"{show(name)} is not named as a table; tables are .csv, .tsv and .xlsx")
    return found if isinstance(table, bytes) else replace(found, path=table, content=None)


def recognise(head: bytes) -> Kind:
    """How content without a telling name is read, by its first line that is not blank.

    >>> recognise(b'{"id": "a"'), recognise(b"<!DOCTYPE html>"), recognise(b"[Reuters] Gunmen"), recognise(b"[{")
    ('json', 'html', 'text', 'json')
    """
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"%PDF-"):
        return "pdf"
    if re.match(rb"\{\s*(\"|\}|$)|\[\s*(\{|\]|$)", start):
        return "json"
    if re.match(rb"<(!doctype\s+html|!--|\?xml|(html|head|body|title|meta|article|main|section|header|div|p|h1)[\s>])", start, re.IGNORECASE):
        return "html"
    return "text"


def printable(name: str) -> str:
    """A file's name with what cannot be printed on one line replaced, so that it can be an id and stand in a notice.

    >>> printable("a\\nb\\udcff")
    'a_b_'
    """
    return "".join(char if char.isprintable() else "_" for char in name)


def _iter_folder(folder: Path) -> Iterator[Source | Notice]:
    """Depth first, in the order of names. A stack, since folders can be nested deeper than Python's calls."""
    stack = [folder]
    while stack:
        path = stack.pop()
        what = "folder" if path == folder else _tell_apart(path)
        if what == "folder" and is_maildir(path):
            yield _source(path, "bundle")
            continue
        inside = _list_folder(path) if what == "folder" else _found(path, what)
        if isinstance(inside, list):
            stack.extend(reversed(inside))
        else:
            yield inside


def _list_folder(folder: Path) -> list[Path] | Notice:
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        return _set_aside(folder, f"the folder cannot be opened: {error.strerror}")
    return [path for path in inside if not path.name.startswith(".")] or _set_aside(folder, "the folder holds no files")


def _tell_apart(path: Path) -> str:
    """ "folder", "file", or a sentence that says why it is neither."""
    try:
        if path.is_dir():
            return "links to folders are not followed; name the folder itself" if path.is_symlink() else "folder"
        return "file" if path.is_file() else "it is no regular file, or a link that leads nowhere"
    except OSError as error:
        return f"it cannot be looked at: {error.strerror}"


def _found(path: Path, what: str) -> Source | Notice:
    suffix = path.suffix.lower()
    if what != "file":
        return _set_aside(path, what)
    if suffix not in SUFFIXES:
        return _set_aside(path, _UNREAD.get(suffix, f"nothing reads files named {suffix!r}; read are {READ}"))
    return _source(path, SUFFIXES[suffix])


def _source(path: Path, kind: Kind) -> Source:
    return Source(path=path, name=printable(str(path)), stem=printable(path.stem) or "report", kind=kind)


def _set_aside(path: Path, reason: str) -> Notice:
    return Notice(record=printable(str(path)), stage=STAGE, reason=reason)


def is_maildir(folder: Path) -> bool:
    """Whether a folder is a mailbox of one file a message: it holds the folders `cur` and `new` (cr.yp.to/proto/maildir.html)."""
    try:
        return (folder / "cur").is_dir() and (folder / "new").is_dir()
    except OSError:
        return False


def _exists(source: str | Path) -> bool:
    """Whether a file or folder is there; no name at all, and one that no file can have (a pasted text), are not."""
    try:
        return bool(str(source)) and Path(source).exists()
    except OSError:
        return False


def _missing(source: str) -> IntakeError:
    if _ADDRESS.match(source):
        return IntakeError(f"{show(source)} is an address; `waqai add` fetches those with http:// and https://, else save the page as .html and name the file")
    return ReportNotFound(f"there is no file or folder {show(source)}; check the spelling, or give '-' to read standard input")
