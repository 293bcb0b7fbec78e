"""Bytes become text code point for code point, or a sentence says why not."""

import codecs

import pytest

from waqai.core import UnreadableReport
from waqai.intake.decode import decode_html, decode_strictly, decode_text

GERMAN = "Die Häftlinge flohen am Montag aus der Anstalt bei Köln – zwölf Männer, sagte „die Behörde“."


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_each_unicode_encoding_gives_the_same_code_points_and_no_mark(mark: bytes, encoding: str) -> None:
    text = "  A\r\nB\u2028e\u0301\U0001f6a8\t\n"
    decoded = decode_text(mark + text.encode(encoding))
    assert decoded.text == text
    assert decoded.note is None


def test_only_one_byte_order_mark_is_removed() -> None:
    assert decode_strictly(codecs.BOM_UTF8 * 2 + b"a") == "\ufeffa"


def test_windows_1252_is_assumed_for_a_western_text_and_said_so() -> None:
    decoded = decode_text(GERMAN.encode("cp1252"))
    assert decoded.text == GERMAN
    assert decoded.note is not None
    assert "Windows-1252" in decoded.note
    assert "Häftlinge" in decoded.note


@pytest.mark.parametrize(
    "raw",
    [
        "فر اثنا عشر سجينا من السجن يوم الاثنين".encode("cp1256"),  # mostly non-ASCII: another code page
        "Двенадцать заключённых бежали".encode("cp1251"),
        ("Le détenu évadé a été repéré à Genève. " * 3).encode() + b"caf\xe9",  # UTF-8 with one damaged place
        GERMAN.encode("cp1252") + b"\x81",  # a byte that Windows-1252 does not have
        codecs.BOM_UTF16_LE + b"a\x00b",  # odd number of bytes
        GERMAN.encode("utf-16-le"),  # no mark: full of NUL bytes
        b"\xed\xa0\x80 half a pair, encoded, in a text that is long enough",
    ],
)
def test_an_encoding_that_would_be_a_guess_is_refused_with_the_offset(raw: bytes) -> None:
    if b"\0" in raw and not raw.startswith(codecs.BOM_UTF16_LE):
        assert "\0" in raw.decode("utf-8", "replace")  # such text decodes, and check_text refuses it
    with pytest.raises(UnreadableReport, match=r"not UTF-\d+.*: byte 0x[0-9a-f]{2} at offset \d+"):
        decode_text(raw)


@pytest.mark.parametrize(
    ("page", "word"),
    [
        ("<meta charset=windows-1256><p>سجن</p>".encode("cp1256"), "سجن"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1"><p>„Köln“</p>'.encode("cp1252"), "„Köln“"),
        ("<meta charset=latin1><p>Köln</p>".encode(), "Köln"),  # it is UTF-8, whatever it declares
        ("<p>Köln</p>".encode("cp1252"), "Köln"),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_is_in(page: bytes, word: str) -> None:
    assert word in decode_html(page).text


def test_bytes_outside_a_declared_charset_are_counted() -> None:
    decoded = decode_html(b"<meta charset=utf-8><p>K\xf6ln</p>")
    assert "K\ufffdln" in decoded.text
    assert decoded.note is not None
    assert "1 characters could not be decoded" in decoded.note


def test_a_page_of_utf8_with_a_damaged_place_is_not_taken_for_windows_1252() -> None:
    found = decode_html("Der Häftling floh aus Köln \ufffd.".encode().replace(b"\xef\xbf\xbd", b"\xff"))
    assert found.text == "Der Häftling floh aus Köln \ufffd."
    assert found.note == "the page declares no encoding and is not UTF-8: read as UTF-8 all the same; 1 characters could not be decoded"
