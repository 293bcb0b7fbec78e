from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from waqai.dossier import Dossier, Source, Value
from waqai.dossier.pdf import to_pdf
from waqai.dossier.sentences import Paragraph, Table, say

SOURCE = Source(record="i-1", worked_out="Counted: 3 things.")


def dossier_of(*blocks: object) -> Dossier:
    return Dossier(title="A title", blocks=blocks, made="Made for a test.", dated=date(2021, 3, 9))  # type: ignore[arg-type]


def words_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def test_the_same_dossier_gives_the_same_bytes(escape: Dossier) -> None:
    first = to_pdf(escape)
    assert to_pdf(escape) == first
    about = PdfReader(BytesIO(first)).metadata
    assert about is not None and about.creation_date is not None and about.creation_date.date() == date(2021, 3, 9) and about.title == escape.title


def test_a_reader_finds_all_its_words_and_pages(escape: Dossier) -> None:
    told = words_of(to_pdf(escape))
    for words in ("Figures by source", "The governor", "Qalat prison", "what does not add up", "1 / "):
        assert words in told


def test_no_word_is_broken_where_it_fits_a_line() -> None:
    """Each word is set whole, the ends of values too: "Mili-tary" once was two."""
    pieces = [piece for n in range(80) for piece in (Value(text=f"value{n}", sources=()), " otherwords" * (n % 4), " ")]
    lines = words_of(to_pdf(dossier_of(Paragraph(sentences=(say(pieces),))))).split()
    assert {word for word in lines if word.startswith(("val", "other"))} == {"otherwords", *(f"value{n}" for n in range(80))}


@pytest.mark.parametrize("words", ["هروب من السجن", "Serê Kaniyê, Çarşamba, İğdır", "ڕاس ئەلعەین", "Рас-эль-Айн"])
def test_letters_of_the_region_are_in_the_font(words: str, caplog: pytest.LogCaptureFixture) -> None:
    cell = say(Value(text=words, sources=(SOURCE,)))
    content = to_pdf(dossier_of(Paragraph(sentences=(cell,)), Table(heads=("A", "B", "C"), rows=((cell, cell, cell),))))
    assert len(PdfReader(BytesIO(content)).pages) == 1
    assert "missing" not in caplog.text.casefold() and "not found" not in caplog.text.casefold()


def test_a_word_longer_than_a_line_is_broken_and_nothing_is_lost() -> None:
    told = words_of(to_pdf(dossier_of(Paragraph(sentences=(say(Value(text="x" * 400, sources=())),)))))
    assert told.count("x") == 400


def test_numbers_of_notes_lead_to_them(escape: Dossier) -> None:
    pages = PdfReader(BytesIO(to_pdf(escape))).pages
    inside = [note.get_object() for page in pages for note in page.get("/Annots", []) if "/Dest" in note.get_object()]
    assert len(inside) > 20
