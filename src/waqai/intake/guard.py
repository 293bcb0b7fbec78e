"""What may come in: sizes, what is text at all, and pages built to exhaust the reader.

A report is somebody's file, and somebody may be hostile or simply mistaken. These checks are cheap and come before the expensive step; the hard limits
on processor time and memory are those of the child processes in `child`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from waqai.core import EmptyReport, UnreadableReport

MAX_SHOWN = 80  # characters of a value that a message quotes

_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_BAD = re.compile(r"[\x00\ud800-\udfff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_TAGS = re.compile("[\U000e0001-\U000e007f]")
_LATIN, _OTHER = "A-Za-z\u00c0-\u024f", "\u0370-\u03ff\u0400-\u052f"
_SEAM = re.compile(rf"(?<=[{_LATIN}])[{_OTHER}]|(?<=[{_OTHER}])[{_LATIN}]")
_LETTERS = re.compile(rf"[{_LATIN}{_OTHER}]*")
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of a source is read, and what the extraction of one file in a child process may cost.

    `max_bytes` bounds one report: a text file, a page, a line of JSON Lines, the text of a document, a row. `max_json_bytes` bounds a JSON document, which
    is held as a whole, `max_file_bytes` a PDF, an office file or a mail. A page, a feed or a mail may take `cpu_s` and `wall_s`, a document six times and a
    table sixty times as much processor time (100,000 rows of nine columns take 40 s), each answer of a child six times the wall time.
    A tag with 50,000 attributes takes the HTML parser 19 CPU-seconds (quadratic; lxml 6.1), one with 2,000 takes 0.03; real pages stay under 200.
    """

    max_bytes: int = 20_000_000
    max_json_bytes: int = 200_000_000
    cpu_s: int = 10
    wall_s: float = 30.0
    memory_mb: int = 512
    max_tags: int = 500_000
    max_attributes: int = 2_000
    max_file_bytes: int = 50_000_000
    max_pages: int = 2_000
    max_members: int = 5_000
    max_unpacked_bytes: int = 400_000_000
    max_ratio: int = 200
    max_rows: int = 1_048_576
    max_columns: int = 1_000

    def times_of(self, looking: str) -> tuple[int, float]:
        """Seconds of processor time for a file, and of wall time for an answer, in the child that looks into such files."""
        factor = {"sheets": 60, "pdf": 6, "word": 6}.get(looking, 1)
        return self.cpu_s * factor, self.wall_s * min(factor, 6)


def name_binary(head: bytes) -> str | None:
    """What a file is when its first bytes say that it is no text, else None.

    >>> name_binary(b"%PDF-1.7 ...")
    'a PDF'
    """
    return next((name for start, name in _SIGNATURES if head.startswith(start)), None)


def check_bytes(raw: bytes) -> None:
    """Pass when the bytes can be text. Raises UnreadableReport when they are a known binary format."""
    found = name_binary(raw)
    if found is not None:
        raise UnreadableReport(f"the content is {found}, not text; give the file its own suffix if that is .pdf, .docx or .xlsx, else save it as plain text")


def check_text(text: str) -> None:
    """Pass when a person could read this and every store could keep it. Raises EmptyReport or UnreadableReport.

    Refused are U+0000 (PostgreSQL cannot hold it), half surrogate pairs (no encoding can), and content with eight or more other control characters when
    they make up over 1 % of it: what binary data looks like once decoded. A stray control character in a real text stays.
    """
    if not any(_is_visible(char) for char in text):
        raise EmptyReport(f"it holds no visible character (length {len(text)})")
    check_characters(text)
    controls = sum(1 for _ in _CONTROLS.finditer(text))
    if controls >= 8 and controls > len(text) / 100:
        raise UnreadableReport(f"{controls} of {len(text)} characters are control characters: this looks like binary data, not text")


def check_characters(text: str) -> None:
    """Pass when every character of the string can be kept and printed. Raises UnreadableReport for U+0000 and for half surrogate pairs."""
    bad = _BAD.search(text)
    if bad is None:
        return
    if bad[0] == "\0":
        raise UnreadableReport(f"it holds a NUL character at offset {bad.start()}: this is no text (or UTF-16 without its byte-order mark)")
    raise UnreadableReport(f"it holds {bad[0]!r} at offset {bad.start()}, half of a surrogate pair, which is no character")


def has_bad_character(text: str) -> bool:
    """Whether `check_characters` would refuse the string."""
    return _BAD.search(text) is not None


def check_markup(html: bytes, *, limits: Limits) -> None:
    """Pass when a page is worth parsing. Raises UnreadableReport for one with too many tags, or with too many attributes in one tag."""
    tags = html.count(b"<")
    if tags > limits.max_tags:
        raise UnreadableReport(f"the page holds {tags} tags; at most {limits.max_tags} are parsed")
    if len(html) <= limits.max_attributes:
        return
    most = max(_count_attributes(piece, limits.max_attributes) for piece in html.split(b"<"))
    if most > limits.max_attributes:
        raise UnreadableReport(f"a tag of the page holds {most} attributes; at most {limits.max_attributes} are parsed")


def note_on_characters(text: str) -> str | None:
    """A sentence on characters that make a text look other than it is: they stay in it, as a changed text would be no evidence. None where there are none.

    Told are controls that turn the direction of writing (Unicode Technical Report 36, section 2.11.1; not the marks that every Arabic text may hold),
    invisible tags, and words that mix Latin with Cyrillic or Greek letters (Technical Standard 39, section 5).

    >>> note_on_characters("M\u043escow")
    "1 word mixes letters of two scripts, so it looks like another ('M\u043escow')"
    """
    turning, tags = sum(1 for _ in _TURNING.finditer(text)), sum(1 for _ in _TAGS.finditer(text))
    mixed = [] if text.isascii() else list(_iter_mixed(text))
    said = (
        [f"{_several(turning)} {'turns' if turning == 1 else 'turn'} the direction of writing: what is shown may stand in another order than what is said"]
        if turning
        else []
    )
    said += [f"{_several(tags)} {'is an invisible tag' if tags == 1 else 'are invisible tags'}"] if tags else []
    if mixed:
        count = "1 word mixes" if len(mixed) == 1 else f"{len(mixed)} words mix"
        said.append(f"{count} letters of two scripts, so it looks like another ({show(mixed[0])})")
    return "; ".join(said) or None


def _several(count: int) -> str:
    return "1 character" if count == 1 else f"{count} characters"


def _iter_mixed(text: str) -> Iterator[str]:
    """The words in which a letter of one script follows one of another, each from at most 40 letters before that on."""
    end = 0
    for seam in _SEAM.finditer(text):
        if seam.start() >= end:
            before = text[max(end, seam.start() - 40) : seam.start()]
            start = seam.start() - len(_LETTERS.match(before[::-1])[0])  # type: ignore[index]
            end = _LETTERS.match(text, seam.start()).end()  # type: ignore[union-attr]
            yield text[start:end]


def show(value: object) -> str:
    """The value as a message quotes it: its repr, cut at 80 characters."""
    shown = repr(value)
    return shown if len(shown) <= MAX_SHOWN else shown[: MAX_SHOWN - 1] + "…"


def _is_visible(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cf", "Zs", "Zl", "Zp"}


def _count_attributes(piece: bytes, enough: int) -> int:
    """About how many attributes the tag at the start of `piece` holds: words outside quotes. A data: address in quotes counts as none."""
    if len(piece) <= enough:
        return 0
    tag, _, _ = _QUOTED.sub(b"", piece).partition(b">")
    return len(tag.split()) - 1
