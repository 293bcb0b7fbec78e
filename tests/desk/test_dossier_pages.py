"""The brief of an incident by button."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import docx
import pypdf
import pytest
from lxml import html
from starlette.testclient import TestClient


@pytest.fixture(autouse=True)
def a_year_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waqai.desk.dossier_pages.now", lambda: datetime(2022, 3, 9, 12, tzinfo=UTC))


def text_of(answer: Any, format: str) -> str:
    if format == "pdf":
        return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
    if format == "docx":
        return "\n".join(one.text for one in docx.Document(io.BytesIO(answer.content)).paragraphs)
    return str(answer.text)


@pytest.mark.parametrize("format", ["html", "md", "pdf", "docx"])
def test_the_button_of_an_incident_writes_its_brief(inside: TestClient, format: str) -> None:
    page = html.fromstring(inside.get("/incidents/i-escape").text)
    (form,) = page.xpath("//form[contains(@action, '/dossier')]")
    answer = inside.get(form.action, params=dict(form.form_values()) | {"format": format, "profile": "internal"})
    assert answer.status_code == 200 and f'filename="i-escape.{format}"' in answer.headers["content-disposition"]
    text = text_of(answer, format)
    assert "Escape" in text and "12" in text and "Tel Salam" in text
    assert "Tel Salam" not in text_of(inside.get(form.action, params={"format": format}), format)  # public is the default


def test_what_is_held_back_is_refused_with_the_reason(inside: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waqai.desk.dossier_pages.now", lambda: datetime(2021, 3, 6, 12, tzinfo=UTC))
    answer = inside.get("/incidents/i-escape/dossier")
    assert answer.status_code == 409 and "last 72 hours" in answer.text
    assert inside.get("/incidents/i-escape/dossier", params={"profile": "internal"}).status_code == 200


def test_of_no_incident_there_is_no_brief(inside: TestClient) -> None:
    assert inside.get("/incidents/i-none/dossier").status_code == 404
