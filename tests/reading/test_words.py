from __future__ import annotations

from waqai.reading.words import read_words

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
