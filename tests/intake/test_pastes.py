"""A paste is a report like any other."""

from datetime import date

import pytest

from waqai.core import EmptyReport, Report, UnreadableReport, text_sha256
from waqai.intake import report_of_paste


def test_a_paste_keeps_its_words_and_what_was_typed_beside_them() -> None:
    report = report_of_paste("Men fled.\r\n\r\n Twelve. \n", title=" An  escape ", publisher="P", published=date(2023, 6, 20), url="", language="en")
    text = "Men fled.\n\n Twelve. \n"
    assert report == Report(
        id=f"pasted-{text_sha256(text)[:8]}", text=text, sha256=text_sha256(text), title="An escape", publisher="P", published=date(2023, 6, 20), language="en"
    )


def test_the_same_words_get_the_same_id_whatever_a_form_made_of_their_line_ends() -> None:
    assert report_of_paste("a\r\nb").id == report_of_paste("a\nb").id != report_of_paste("a b").id


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(EmptyReport):
        report_of_paste(" \r\n")
    for text, title in (("a\0", None), ("a", "b\0"), ("a", "\ud83d")):
        with pytest.raises(UnreadableReport):
            report_of_paste(text, title=title)
