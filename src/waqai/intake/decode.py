"""Bytes to text, code point for code point.

Nothing is stripped, normalised or translated; only a leading byte-order mark goes, because it belongs to the file and not to its words. UTF-8 is expected,
UTF-16 and UTF-32 are read when they carry their mark. A text file that is none of these is read as Windows-1252 (what older word processors write) only
when it can hardly be anything else, and the reader is told; mostly non-ASCII bytes would be Arabic or Cyrillic code pages, which we do not guess.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from waqai.core import UnreadableReport

UTF8_MARK = codecs.BOM_UTF8
# Longest first: the UTF-32 mark begins with the UTF-16 one.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (UTF8_MARK, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Western European texts hold 1-6 % accented letters and typographic quotes; an Arabic or Cyrillic code page 70 % and more.
MAX_LEGACY_SHARE = 0.10
_ASCII = bytes(range(0x80))
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_PROLOGUE = 4096  # bytes of a page in which its charset is looked for; browsers look at 1024
WEB_ENCODINGS = {
    **{f"windows-{n}": f"cp{n}" for n in (1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258, 874)},
    **{f"iso-8859-{n}": f"iso8859_{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    # The web reads these labels as their Windows supersets.
    **dict.fromkeys(("iso-8859-1", "latin1", "us-ascii", "ascii", "cp1252"), "cp1252"),
    **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
    **{"cp1256": "cp1256", "cp1251": "cp1251", "koi8-r": "koi8_r", "koi8-u": "koi8_u", "macintosh": "mac_roman"},
    **dict.fromkeys(("gb2312", "gbk", "gb18030"), "gb18030"),
    **{"big5": "big5", "euc-jp": "euc_jp", "shift_jis": "cp932", "iso-2022-jp": "iso2022_jp", "euc-kr": "cp949"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A text, and a sentence for the reader where its encoding had to be assumed (None: it was certain)."""

    text: str
    note: str | None = None


def find_mark(raw: bytes) -> tuple[bytes, str] | None:
    """The byte-order mark that the bytes begin with and the encoding it means, or None.

    >>> find_mark(b"\\xff\\xfea\\x00")
    (b'\\xff\\xfe', 'utf-16-le')
    """
    return next(((mark, name) for mark, name in _MARKS if raw.startswith(mark)), None)


def decode_strictly(raw: bytes) -> str:
    """The bytes by their byte-order mark, else as UTF-8. Raises UnreadableReport, with the offset of the first byte that does not fit.

    >>> decode_strictly(b"\\xef\\xbb\\xbf a\\r\\n")
    ' a\\r\\n'
    """
    mark, encoding = find_mark(raw) or (b"", "utf-8")
    try:
        return raw[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        where = f"byte 0x{error.object[error.start]:02x} at offset {error.start + len(mark)}"
        raise UnreadableReport(f"not {encoding.upper()}: {where} ({error.reason}); save it as UTF-8, or convert it with iconv") from error


def decode_text(raw: bytes) -> Decoded:
    """A text file's words. Raises UnreadableReport when the encoding cannot be told.

    >>> decode_text("Der Häftling floh aus der Anstalt in Köln.".encode("cp1252")).text
    'Der Häftling floh aus der Anstalt in Köln.'
    """
    try:
        return Decoded(text=decode_strictly(raw))
    except UnreadableReport:
        legacy = _find_legacy(raw)
        if legacy is None:
            raise
    return Decoded(text=legacy, note=_note_on(legacy))


def decode_html(raw: bytes) -> Decoded:
    """A page's source: by its mark, as UTF-8 when it is that, else by the charset that it declares, else as Windows-1252, or as UTF-8 with a damaged place.

    Bytes outside a declared charset become U+FFFD, as in a browser, and the note counts them.
    """
    try:
        return Decoded(text=decode_strictly(raw))
    except UnreadableReport:
        if find_mark(raw) is not None:
            raise
    declared = _CHARSET.search(raw[:_PROLOGUE])
    label = declared[1].decode("ascii").lower() if declared else "utf-8" if _is_damaged_utf8(raw) else "windows-1252"
    text = raw.decode("utf-8" if label in {"utf-8", "utf8"} else WEB_ENCODINGS.get(label, "cp1252"), "replace")
    lost = text.count("\ufffd")
    how = f"read as {label}" if declared else f"declares no encoding and is not UTF-8: read as {'Windows-1252' if label != 'utf-8' else 'UTF-8 all the same'}"
    return Decoded(text=text, note=None if declared and not lost else f"the page {how}; {lost} characters could not be decoded")


def _find_legacy(raw: bytes) -> str | None:
    """The bytes as Windows-1252, or None when that would be a guess: a mark, NUL bytes, mostly non-ASCII, UTF-8 with a damaged place or of half pairs."""
    high = len(raw.translate(None, _ASCII))
    if find_mark(raw) is not None or b"\0" in raw or high > MAX_LEGACY_SHARE * len(raw):
        return None
    if _is_damaged_utf8(raw):
        return None
    is_half_pairs = _find_decoded(raw, "utf-8", "surrogatepass") is not None
    return None if is_half_pairs else _find_decoded(raw, "cp1252", "strict")


def _is_damaged_utf8(raw: bytes) -> bool:
    """Whether more of its letters beyond ASCII are UTF-8 than are not."""
    letters = sum(1 for char in raw.decode("utf-8", "ignore") if char >= "\x80")
    return letters > raw.decode("utf-8", "replace").count("\ufffd")


def _note_on(text: str) -> str:
    at = next(i for i, char in enumerate(text) if char >= "\x80")
    sample = text[max(0, at - 15) : at + 15]
    return f"not UTF-8: read as Windows-1252, so {sample!r} at offset {at}; if that looks wrong, save the file as UTF-8 and read it again"


def _find_decoded(raw: bytes, encoding: str, errors: str) -> str | None:
    try:
        return raw.decode(encoding, errors)
    except UnicodeDecodeError:
        return None
