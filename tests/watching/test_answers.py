"""How an answer is read."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from waqai.archives import Documents
from waqai.core import Incoming, UnreadableReport
from waqai.fetching import Fetched
from waqai.watching.answers import kind_of, reports_of

AT = datetime(2026, 11, 28, 12, tzinfo=UTC)
PAGE = (
    b"<html><head><title>Escape</title></head><body><article><h1>Escape</h1><p>Six inmates fled a prison near the town on Friday, the police said.</p>"
    b"<p>Four were caught within a day; two are sought by search parties.</p></article></body></html>"
)


def answer(body: bytes, *, media_type: str = "text/html", address: str = "https://news.example/2026/escape") -> Fetched:
    said = {"address": address, "final_address": address, "status": 200, "headers": (("content-type", media_type),), "server": "192.0.2.7", "at": AT}
    return Fetched(body=body, media_type=media_type, charset="utf-8", **said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("body", "media_type", "address", "kind"),
    [
        (b"<html>", "text/html", "https://a.example/x", "html"),
        (b"%PDF-1.7", "application/octet-stream", "https://a.example/x", "pdf"),
        (b"<!doctype html>", "text/plain", "https://a.example/x", "html"),
        (b"Six fled.", "text/plain", "https://a.example/x", "text"),
        (b"PK", "application/octet-stream", "https://a.example/note.docx", "docx"),
        (b"Six fled.", "", "https://a.example/x", "text"),
    ],
)
def test_an_answer_is_read_by_its_media_type_else_by_what_it_holds(body: bytes, media_type: str, address: str, kind: str) -> None:
    assert kind_of(answer(body, media_type=media_type, address=address)) == kind


def test_what_nothing_reads_is_refused_with_its_media_type() -> None:
    with pytest.raises(UnreadableReport, match="video/mp4"):
        kind_of(answer(b"\0", media_type="video/mp4"))


def test_the_report_of_a_page_says_where_when_and_from_which_bytes_it_came() -> None:
    with Documents() as documents:
        (came,) = reports_of(answer(PAGE), documents, title="From the feed", published=date(2026, 11, 27), publisher="The News")
    assert isinstance(came, Incoming) and came.original is not None and came.retrieval is not None
    assert (came.report.title, came.report.published, came.report.publisher) == ("Escape", date(2026, 11, 27), "The News")
    assert came.report.url == "https://news.example/2026/escape" and came.report.fetched_at == AT and "Six inmates fled" in came.report.text
    assert came.original.content == PAGE and (came.retrieval.how, came.retrieval.server, came.retrieval.status) == ("fetched", "192.0.2.7", 200)
