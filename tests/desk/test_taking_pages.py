"""Files of a list by button: each format opens, passes the bounds, and carries what is to be known of it."""

from __future__ import annotations

import csv
import io
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import html
from starlette.testclient import TestClient

from waqai.export.registry import FORMATS


@pytest.fixture(autouse=True)
def a_year_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waqai.desk.taking_pages.now", lambda: datetime(2022, 3, 9, 12, tzinfo=UTC))


def take(client: TestClient, **asked: Any) -> Any:
    return client.get("/export/file", params=asked)


def members_of(answer: Any) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        return {name: packed.read(name).decode("utf-8") for name in packed.namelist()}


def test_the_list_leads_to_a_form_that_keeps_its_filter(inside: TestClient) -> None:
    (link,) = html.fromstring(inside.get("/incidents?type=escape").text).xpath("//a[starts-with(@href, '/export?')]/@href")
    page = html.fromstring(inside.get(link).text)
    assert "1 incident of this list" in page.text_content()
    assert page.xpath("//input[@name='type']/@value") == ["escape"]
    assert set(page.xpath("//input[@name='format']/@value")) == set(FORMATS)


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_is_made_and_the_same_twice_and_nothing_stays_behind(
    inside: TestClient, format: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    one, other = take(inside, format=format), take(inside, format=format)
    assert one.status_code == 200 and one.content == other.content and "attachment" in one.headers["content-disposition"]
    assert list(tmp_path.glob("waqai-export-*")) == []


@pytest.mark.parametrize("asked", [{"format": "pdf"}, {"format": "csv", "figures": "mine"}], ids=["format", "rule"])
def test_what_is_refused_leaves_nothing_behind(inside: TestClient, asked: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert inside.get("/export/file", params=asked).status_code == 409
    assert list(tmp_path.glob("waqai-*")) == []


def test_a_file_is_public_unless_another_profile_is_chosen(inside: TestClient) -> None:
    public, internal = members_of(take(inside, format="csv")), members_of(take(inside, format="csv", profile="internal"))
    assert "Tel Salam" not in str(public) and "Tel Salam" in internal["incidents.csv"]
    assert "profile: public" in public["about.txt"] and "not to be passed on" in internal["about.txt"]
    assert "GeoNames" in public["about.txt"]


def test_filter_and_table_are_those_of_the_form(inside: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(members_of(take(inside, format="csv", table="figures", type="escape"))["figures.csv"])))
    assert {row["id"] for row in rows} == {"i-escape"} and {row["measure"] for row in rows} == {"escaped", "wounded"}


def test_excel_gets_a_sheet_for_each_table(inside: TestClient) -> None:
    book = openpyxl.load_workbook(io.BytesIO(take(inside, format="xlsx", profile="internal").content), read_only=True)
    assert book.sheetnames == ["incidents", "figures", "accounts", "claims", "about"]


@pytest.mark.parametrize("asked", [{"format": "pdf"}, {"format": "csv", "figures": "mine"}], ids=["format", "rule"])
def test_what_there_is_not_is_said(inside: TestClient, asked: dict[str, str]) -> None:
    answer = take(inside, **asked)
    assert answer.status_code == 409 and "there is no" in answer.text


def test_the_form_works_as_it_stands(inside: TestClient) -> None:
    page = html.fromstring(inside.get("/export").text)
    (form,) = page.xpath("//form[@action='/export/file']")
    assert inside.get("/export/file", params=form.form_values()).status_code == 200
