from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from came import AT, PAGE, make_came, make_original
from waqai import __version__
from waqai.core import Incoming, Retrieval, StoreError, UnknownId
from waqai.originals import find_holders, find_retrievals, get_content, keep_original, verify_originals
from waqai.schema.originals import originals
from waqai.store import Store


def keep(came: Incoming, store: Store, **options: bool) -> bool:
    store.add_report(came.report)
    return keep_original(came, store, at=AT, **options)


def rows_of(store: Store) -> int:
    with store.reading() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(originals)) or 0


def test_what_came_is_given_back_byte_for_byte_with_all_that_is_known_of_how_it_came(store: Store) -> None:
    came = make_came()
    assert keep(came, store)
    (custody,) = find_retrievals("qalat", store)
    assert came.original is not None
    assert get_content(came.original.sha256, store) == PAGE
    assert custody.retrieval == came.retrieval
    assert (custody.original_sha256, custody.media_type, custody.size, custody.is_kept) == (came.original.sha256, "text/html", len(PAGE), True)
    assert (custody.tool, custody.made_text, custody.kept_at) == (f"waqai {__version__}", "article text by hand 1.0", AT)


@pytest.mark.parametrize("content", [b"", b"\x00" * 100_000, bytes(range(256)), "زندان".encode() * 500])
def test_any_bytes_come_back_as_they_were(store: Store, content: bytes) -> None:
    keep(make_came(content=content), store)
    assert get_content(make_original(content).sha256, store) == content
    assert verify_originals(store).holds


def test_the_same_bytes_from_the_same_place_are_kept_once_however_often_they_come(store: Store) -> None:
    came = make_came()
    assert came.retrieval is not None
    later = replace(came, retrieval=replace(came.retrieval, at=AT + timedelta(days=1), headers=(("date", "tomorrow"),)))
    assert [keep(came, store), keep(came, store), keep(later, store)] == [True, False, False]
    assert len(find_retrievals("qalat", store)) == 1


def test_the_same_bytes_from_elsewhere_are_another_retrieval_of_one_original(store: Store) -> None:
    keep(make_came(), store)
    keep(make_came(address="https://mirror.example/1"), store)
    assert [one.retrieval.address for one in find_retrievals("qalat", store)] == ["https://daily.example/1", "https://mirror.example/1"]
    assert rows_of(store) == 1


def test_the_same_bytes_in_another_archive_or_captured_at_another_time_are_another_retrieval(store: Store) -> None:
    came = make_came()
    assert came.retrieval is not None
    for more in ({}, {"within": "one.warc.gz"}, {"within": "two.warc.gz"}, {"within": "two.warc.gz", "captured_at": AT}, {"status": 206}):
        keep(replace(came, retrieval=replace(came.retrieval, **more)), store)  # type: ignore[arg-type]
    assert len(find_retrievals("qalat", store)) == 5


def test_a_row_of_a_file_that_holds_many_has_a_retrieval_and_no_bytes(store: Store) -> None:
    keep(make_came(content=None), store)
    (custody,) = find_retrievals("qalat", store)
    assert (custody.original_sha256, custody.size, custody.is_kept) == ("", None, False)
    assert rows_of(store) == 0 and verify_originals(store).holds


def test_a_report_alone_leaves_nothing(store: Store) -> None:
    assert not keep(Incoming(report=make_came().report, original=make_original(PAGE)), store)
    assert find_retrievals("qalat", store) == () and rows_of(store) == 0


def test_without_content_hash_and_size_are_kept_and_the_bytes_are_said_to_be_missing(store: Store) -> None:
    keep(make_came(), store, with_content=False)
    (custody,) = find_retrievals("qalat", store)
    assert (custody.size, custody.is_kept) == (len(PAGE), False)
    with pytest.raises(UnknownId, match=r"only hash and size were kept.*keep_originals"):
        get_content(custody.original_sha256, store)
    assert verify_originals(store).holds


def test_bytes_that_do_not_have_their_hash_are_refused_and_nothing_of_them_stays(store: Store) -> None:
    came = make_came()
    assert came.original is not None
    with pytest.raises(StoreError, match="changed on their way in"):
        keep(replace(came, original=replace(came.original, content=PAGE + b" ")), store)
    assert find_retrievals("qalat", store) == () and rows_of(store) == 0


def test_an_unknown_original_and_an_unknown_report_are_said(store: Store) -> None:
    with pytest.raises(UnknownId, match="no original"):
        get_content("0" * 64, store)
    with pytest.raises(UnknownId):
        find_retrievals("nobody", store)


def test_an_instant_in_another_zone_is_the_same_instant(store: Store) -> None:
    came = make_came()
    assert came.retrieval is not None
    zone = datetime.fromisoformat("2026-11-28T15:00:00+03:00")
    keep(replace(came, retrieval=replace(came.retrieval, at=zone)), store)
    (custody,) = find_retrievals("qalat", store)
    assert custody.retrieval.at == zone and custody.retrieval.at.tzinfo == UTC


def test_who_holds_the_bytes_of_a_report_too_is_known(store: Store) -> None:
    """The mail that it was attached to, and another text of the same file; not a mail whose name begins alike or differs in case."""

    def mailed(id: str, within: str, address: str, content: bytes) -> Incoming:
        retrieval = Retrieval(how="mail", address=address, at=AT, within=within)
        return Incoming(report=make_came(f"Words of {id}.", id=id).report, original=make_original(content), retrieval=retrieval)

    box = 'a "b"_%.mbox#1'
    for came in (
        mailed("mail", box, box, b"raw, with the attachment"),
        mailed("attached", f"{box}#x#y.pdf", "x#y.pdf", b"pdf"),
        mailed("beside", f"{box}#z.pdf", "z.pdf", b"other pdf"),
        mailed("other", f"{box}0", f"{box}0", b"another mail"),
        mailed("upper", box.upper(), box.upper(), b"a third mail"),
        make_came(id="page"),
        make_came("Another text of it.", id="again"),
    ):
        keep(came, store)
    assert find_holders("attached", store) == ("mail",)
    assert find_holders("mail", store) == find_holders("other", store) == ()
    assert find_holders("page", store) == ("again",)
