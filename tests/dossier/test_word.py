from __future__ import annotations

import re
import subprocess
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader

from waqai.dossier import Dossier, number_notes
from waqai.dossier.word import is_right_to_left, to_docx


def test_the_same_dossier_gives_the_same_bytes_whatever_the_clock_says(escape: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    first = to_docx(escape)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert to_docx(escape) == first
    with zipfile.ZipFile(BytesIO(first)) as parts:
        assert {one.date_time for one in parts.infolist()} == {(2021, 3, 9, 0, 0, 0)}
    created = Document(BytesIO(first)).core_properties.created
    assert created is not None and created.date() == date(2021, 3, 9)


def test_word_finds_headings_table_pictures_and_notes(escape: Dossier) -> None:
    content = to_docx(escape)
    document = Document(BytesIO(content))
    headings = [one.text for one in document.paragraphs if one.style is not None and one.style.name == "Heading 1"]
    assert headings[0] == "Figures by source" and headings[-1] == "Notes"
    assert [cell.text for cell in document.tables[0].rows[0].cells][:3] == ["Who", "Printed by", "Said on"]
    xml = document.element.xml
    targets = set(re.findall(r'w:anchor="(note\d+)"', xml))
    assert targets == set(re.findall(r'w:name="(note\d+)"', xml)) and len(targets) == len(number_notes(escape.blocks))
    assert len(re.findall(r'<wp:docPr[^>]* descr="[^"]+', xml)) == 3


@pytest.mark.parametrize(("words", "found"), [("هروب 25 عنصراً", True), ("The town of رأس العين", False), ("12", False)])
def test_words_run_from_the_right_if_most_of_their_letters_do(words: str, found: bool) -> None:
    assert is_right_to_left(words) is found


@pytest.mark.needs("soffice")
def test_libreoffice_opens_it(escape: Dossier, tmp_path: Path) -> None:
    (tmp_path / "dossier.docx").write_bytes(to_docx(escape))
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    subprocess.run(["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "dossier.docx"], check=True, timeout=180)
    pages = PdfReader(tmp_path / "dossier.pdf").pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "Figures by source" in text and "Notes" in text and "The Daily" in text and len(pages) <= 6
