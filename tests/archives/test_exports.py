"""Exports of other services: ReliefWeb's hold texts, GDELT's addresses."""

import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from bundled import ARTLIST, RELIEFWEB, WORDS, gkg
from waqai.archives import Documents, Pointer, iter_artlist, iter_gkg, iter_reliefweb_reports, recognise_export
from waqai.core import BadRecord, Incoming, Notice

AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def documents() -> Iterator[Documents]:
    with Documents() as shared:
        yield shared


def test_an_answer_of_reliefweb_gives_its_reports(documents: Documents) -> None:
    came, notice = iter_reliefweb_reports(json.dumps(RELIEFWEB).encode(), name="r.json", at=AT, documents=documents)
    assert isinstance(came, Incoming) and isinstance(notice, Notice)
    report = came.report
    assert (report.id, report.title, report.text) == ("reliefweb-4012345", "Flash update 1", f"{WORDS}\nAid was sent.")
    assert (report.published, report.publisher, report.language) == (date(2023, 6, 18), "Office for Made-up Affairs", "en")
    assert report.url == "https://reliefweb.int/report/made/flash-update-1"
    assert came.original is not None and json.loads(came.original.content) == RELIEFWEB["data"][0]  # type: ignore[index]
    assert (notice.record, "ask the service" in notice.reason) == ("r.json#2", True)


@pytest.mark.parametrize("raw", [b"{", b"[]", b'{"data": 3}', b'{"data": [3]}', b"[" * 100_000, b"\xff\xfe\xfd"])
def test_what_is_no_answer_of_reliefweb_is_refused(documents: Documents, raw: bytes) -> None:
    from waqai.core import IntakeError

    with pytest.raises(IntakeError):
        list(iter_reliefweb_reports(raw, name="r.json", at=AT, documents=documents))


def test_a_list_of_articles_gives_addresses_and_leaves_out_what_is_none() -> None:
    pointer, notice = iter_artlist(json.dumps(ARTLIST).encode(), name="g.json")
    assert pointer == Pointer(address="https://daily.example/1", title="Break", seen=date(2023, 6, 18), publisher="daily.example")
    assert isinstance(notice, Notice) and "no http or https address" in notice.reason
    with pytest.raises(BadRecord):
        list(iter_artlist(b'{"articles": {}}', name="g.json"))


def test_a_gkg_file_gives_the_addresses_of_its_web_documents() -> None:
    raw = gkg() + gkg("https://daily.example/3", collection="3") + b"1\t2\n" + gkg("https://daily.example/2")
    one, notice, two = iter_gkg(io.BytesIO(raw), name="g.csv")
    assert one == Pointer(address="https://daily.example/1", title="Break & search", seen=date(2023, 6, 18), publisher="daily.example")
    assert isinstance(notice, Notice) and (notice.record, "has 2 columns" in notice.reason) == ("g.csv:3", True)
    assert isinstance(two, Pointer) and two.address == "https://daily.example/2"


def test_a_line_without_an_end_ends_the_file() -> None:
    assert len(list(iter_gkg(io.BytesIO(b"x" * 12_000_000), name="g.csv"))) == 1


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (json.dumps(RELIEFWEB).encode(), "reliefweb"),
        (json.dumps({"data": RELIEFWEB["data"]}, indent=1).encode(), "reliefweb"),
        (json.dumps(ARTLIST, indent=2).encode(), "gdelt"),
        (gkg(), "gkg"),
        (b'{"id": "a", "text": "Twelve fled."}', None),
        (b'[{"id": "a", "text": "Twelve fled."}]', None),
        (b'{"id": "a", "text": "Twelve fled.", "data": [{"id": 3}]}', None),
        (b"id\ttext\n1\tTwelve fled.", None),
        (b"", None),
    ],
)
def test_an_export_is_known_by_its_first_bytes(head: bytes, kind: str | None) -> None:
    assert recognise_export(head) == kind
