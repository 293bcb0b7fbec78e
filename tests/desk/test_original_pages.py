"""The review page of a report says how it came; the bytes are a file to keep, and nothing that a browser shows."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from came import AT, make_came, make_original
from desk.forms import page_of, text_of
from waqai.flow import now
from waqai.originals import keep_original
from waqai.people import add_token
from waqai.store import Store

HOSTILE = b"<html><script>alert(document.domain)</script></html>"


@pytest.fixture
def sha256(store: Store) -> str:
    came = make_came(content=HOSTILE, address="https://daily.example/<b>1")
    store.add_report(came.report)
    keep_original(came, store, at=AT)
    return make_original(HOSTILE).sha256


def test_a_report_says_how_it_came_and_gives_the_file(inside: TestClient, sha256: str) -> None:
    page = page_of(inside.get("/reports/qalat"))
    (told,) = text_of(page, ".custody li")
    assert "came by a request of ours: https://daily.example/<b>1, which led to" in told and sha256 in told and "article text by hand 1.0" in told
    (link,) = page.cssselect(".custody a")
    answer = inside.get(link.get("href"))
    assert (answer.status_code, answer.content) == (200, HOSTILE)
    assert answer.headers["content-type"] == "application/octet-stream" and answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"] == f'attachment; filename="original-{sha256[:16]}.bin"'
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert "zanzibarbarian" not in inside.get("/reports/qalat").text  # headers stay with the command line


def test_a_report_of_which_nothing_is_known_says_nothing(inside: TestClient) -> None:
    assert not page_of(inside.get("/reports/daily")).cssselect(".custody")


def test_an_unknown_original_is_none(inside: TestClient) -> None:
    assert inside.get(f"/originals/{'0' * 64}").status_code == 404


def test_who_may_read_only_what_anybody_may_gets_no_original(stranger: TestClient, store: Store, sha256: str) -> None:
    assert stranger.get(f"/originals/{sha256}").status_code in (303, 401, 403)
    for scopes, status in ((["read"], 403), (["read", "internal"], 200)):
        secret = add_token("a program", store, scopes=scopes, by="person", at=now()).secret  # type: ignore[arg-type]
        assert stranger.get(f"/originals/{sha256}", headers={"authorization": f"Bearer {secret}"}).status_code == status
