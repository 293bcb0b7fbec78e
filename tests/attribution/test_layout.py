"""Sentences and quotations by punctuation."""

from __future__ import annotations

import spacy

from waqai.attribution.layout import lay_out

BLANK = spacy.blank("en")


def sentences(text: str) -> list[str]:
    doc = BLANK(text)
    layout = lay_out(doc)
    return [doc[start:end].text.strip() for start, end in sorted(set(zip(layout.starts, layout.ends, strict=True)))]


def quotes(text: str) -> list[str]:
    doc = BLANK(text)
    return [doc[quote.start : quote.end].text for quote in lay_out(doc).quotes]


def test_a_sentence_ends_at_a_full_stop_before_a_capital() -> None:
    assert sentences("Nine men fled. The hunt goes on.") == ["Nine men fled.", "The hunt goes on."]


def test_a_title_does_not_end_a_sentence() -> None:
    assert sentences("Brig. Omar Saleh spoke. He left.") == ["Brig. Omar Saleh spoke.", "He left."]


def test_a_closing_quotation_mark_belongs_to_the_sentence_it_closes() -> None:
    assert sentences('"They fled." The mayor left.') == ['"They fled."', "The mayor left."]


def test_a_line_break_ends_a_sentence() -> None:
    assert sentences("A headline\nNine men fled.") == ["A headline", "Nine men fled."]


def test_quotations_are_paired_by_their_spacing() -> None:
    assert quotes('"They fled," he said, "at night."') == ['"They fled,"', '"at night."']


def test_a_quotation_left_open_ends_with_its_paragraph() -> None:
    assert quotes('"They fled.\nThe mayor left.') == ['"They fled.']
