from __future__ import annotations

from factories import make_report
from waqai.core import Notice
from waqai.reading.words import WordReader, read_words

TEXT = "Men fled Ras al-Ain\nand Deir ez-Zor. They met in Mosul."


def test_every_word_quotes_the_text() -> None:
    words = read_words(TEXT)
    assert all(TEXT[word.start : word.end] == word.text for word in words)
    assert "".join(word.text for word in words) == "".join(TEXT.split())


def test_runs_hold_names_together() -> None:
    words = read_words(TEXT)
    run = {word.text: word.run for word in words}
    assert run["Ras"] == run["Ain"] != run["Deir"] == run["Zor"]
    assert run["fled"] is None


def test_sentences_begin_where_they_do() -> None:
    assert [word.text for word in read_words(TEXT) if word.begins] == ["Men", "They"]


def test_an_empty_text_has_no_words() -> None:
    assert read_words("") == ()


def test_a_report_is_read_as_far_as_is_wanted_and_says_where_it_stops() -> None:
    read = WordReader(longest=20).read(make_report(TEXT))
    assert not isinstance(read, Notice)
    text, words, notices = read
    assert text == TEXT[:20] and words == read_words(text) and "only the first 20" in notices[0].reason


def test_what_the_rule_reader_refuses_is_refused_with_the_same_reason() -> None:
    refused = WordReader(longest=1000).read(make_report(TEXT, language="fr"))
    assert isinstance(refused, Notice) and refused.stage == "reading.refused" and "reads English only" in refused.reason
