"""What is refused before the expensive step, and what is let through."""

import time

import pytest

from waqai.core import EmptyReport, UnreadableReport
from waqai.intake.guard import Limits, check_bytes, check_markup, check_text, note_on_characters, show

SENTENCE = "Twelve inmates fled from the prison of Ras al-Ain on Monday."


@pytest.mark.parametrize("text", ["", " \r\n\t", "\u200b\u2060", "\u00a0\u3000"])
def test_a_text_without_a_visible_character_is_empty(text: str) -> None:
    with pytest.raises(EmptyReport, match="no visible character"):
        check_text(text)


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE + "\0",  # PostgreSQL cannot hold it
        SENTENCE + "\ud83d",  # half of a surrogate pair
        "\x01\x02\x03\x04\x05\x06\x07\x08" * 3 + SENTENCE,  # binary data that happens to decode
    ],
)
def test_what_no_store_can_hold_and_binary_data_are_no_text(text: str) -> None:
    with pytest.raises(UnreadableReport):
        check_text(text)


@pytest.mark.parametrize("text", [SENTENCE + "\x0c\x1a", "§", "فرّ السجناء", "\ufeff" + SENTENCE, "🚨"])
def test_stray_control_characters_other_scripts_and_symbols_are_text(text: str) -> None:
    check_text(text)


@pytest.mark.parametrize("head", [b"%PDF-1.4 x", b"PK\x03\x04", b"\x89PNG\r\n", b"\xd0\xcf\x11\xe0\xa1"])
def test_a_known_binary_format_is_named(head: bytes) -> None:
    with pytest.raises(UnreadableReport, match="not text"):
        check_bytes(head)


def test_a_page_of_too_many_tags_or_attributes_is_not_parsed() -> None:
    limits = Limits(max_tags=100, max_attributes=50)
    with pytest.raises(UnreadableReport, match="101 tags"):
        check_markup(b"<p>" * 101, limits=limits)
    with pytest.raises(UnreadableReport, match="60 attributes"):
        check_markup(b"<p " + b" ".join(b"a%d" % i for i in range(60)) + b">", limits=limits)


def test_long_quoted_values_and_long_prose_are_no_attributes() -> None:
    page = b'<img src="data:image/png;base64,' + b"AAAA\n" * 500 + b"\"><p title='" + b"x " * 500 + b"'>" + b"words " * 500
    check_markup(page, limits=Limits(max_attributes=50))


def test_a_message_quotes_at_most_80_characters() -> None:
    assert len(show("x" * 1000)) == 80


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("The warden of Moscow said so; Москва, Αθήνα.", None),
        ("هرب\u200f اثنا عشر\u200e سجينا", None),  # marks that Arabic texts hold
        ("می\u200cخواهم", None),  # a joiner of Persian
        ("M\u043escow and \u0430bc", "2 words mix letters of two scripts"),
        ("evil\u202etxt.exe", "1 character turns the direction"),
        ("\u2067a\u2069", "2 characters turn the direction"),
        ("a\U000e0041b", "1 character is an invisible tag"),
        ("x" * 1_000_000 + "я" * 1_000_000, "1 word mixes"),
    ],
)
def test_characters_that_make_a_text_look_other_than_it_is_are_told(text: str, note: str | None) -> None:
    found = note_on_characters(text)
    assert found == note if note is None else found is not None and found.startswith(note)


def test_looking_for_such_characters_takes_time_in_proportion_to_the_text() -> None:
    started = time.process_time()
    note_on_characters("a" * 39 + "я " + "ab" * 5_000_000)
    assert time.process_time() - started < 5
