from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from waqai.dossier import Dossier, Value, to_html
from waqai.dossier.sentences import Paragraph, Source, say


def test_one_file_asks_nobody_for_anything(escape: Dossier) -> None:
    page = to_html(escape)
    assert "<script" not in page and "@import" not in page and "url(" not in page
    assert re.findall(r'(?:src|href)="(?!#|https://(?:daily|herald|lake|gate)\.example)[^"]*"', page) == []
    assert "default-src 'none'; style-src 'unsafe-inline'" in page


def test_it_is_well_formed_and_every_note_is_there(escape: Dossier) -> None:
    page = to_html(escape).replace("<!DOCTYPE html>", "").replace('<meta charset="utf-8">', "")
    whole = fromstring(re.sub(r"<(meta [^>]*[^/])>", r"<\1/>", page))
    told = {one.get("id") for one in whole.iter("li") if one.get("id")}
    assert told and {one.get("href", "")[1:] for one in whole.iter("a") if one.get("href", "").startswith("#note")} == told
    assert [one.tag.rpartition("}")[2] for one in whole.iter() if one.tag.endswith("svg")] == ["svg"] * 3


def test_markup_in_a_report_stays_words(escape: Dossier) -> None:
    evil = '<img src=x onerror="alert(1)">'
    sentence = say(Value(text=evil, sources=(Source(record="a-1", words=(evil,)),)), ".")
    page = to_html(Dossier(title=evil, blocks=(Paragraph(sentences=(sentence,)),), made=evil, dated=None))
    assert "<img" not in page and page.count("&lt;img") == 5


def test_an_address_that_is_none_of_the_web_is_no_link(escape: Dossier) -> None:
    from waqai.bounds import ClearedReport

    given = {"publisher": None, "published": None, "title": None, "language": None, "terms": None, "text_origin": "original"}
    report = ClearedReport(id="r", url="javascript:alert(1)", **given)  # type: ignore[arg-type]
    sentence = say(Value(text="12", sources=(Source(record="a-1", report=report, words=("12",)),)))
    page = to_html(Dossier(title="T", blocks=(Paragraph(sentences=(sentence,)),), made="", dated=None))
    assert 'href="javascript' not in page and "javascript:alert(1)" in page


@pytest.mark.needs("chromium")
def test_it_opens_from_a_folder(escape: Dossier, tmp_path: Path) -> None:
    import subprocess

    (tmp_path / "page.html").write_text(to_html(escape), encoding="utf-8")
    told = [
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={tmp_path / 'profile'}",
        "--dump-dom",
        (tmp_path / "page.html").as_uri(),
    ]
    seen = subprocess.run(told, capture_output=True, text=True, timeout=120, check=False).stdout
    assert "Figures by source" in seen and seen.count("<figure>") == 3
