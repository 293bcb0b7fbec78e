"""The hash of a report's kept original, and how it came, stand beside its source: for the own desk and partners, and never for the public."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from docx import Document
from pypdf import PdfReader

from came import AT, PAGE, make_came, make_original
from dossier_check import find_faults
from dossier_scene import fill, report_of
from waqai.bounds import INTERNAL, PARTNER, PUBLIC, Profile
from waqai.core import Incoming
from waqai.dossier import Dossier, Maker, to_html, to_markdown
from waqai.dossier.pdf import to_pdf
from waqai.dossier.word import to_docx
from waqai.originals import keep_original
from waqai.store import Filters, Store

HASH = make_original(PAGE).sha256
LINE = f"https://daily.example/1. Original: SHA-256 {HASH}, came by a request of ours, captured 2026-11-01 00:00:00 UTC, 2026-11-28 12:00:00 UTC."


def keep(store: Store, *names: str, with_content: bool = True, **fields: object) -> None:
    came = make_came()
    for name in names:
        keep_original(Incoming(report=report_of(name, **fields), original=came.original, retrieval=came.retrieval), store, at=AT, with_content=with_content)


def written(made: Dossier) -> str:
    return to_markdown(made, place_picture=lambda name, picture: None)


@pytest.mark.parametrize(("profile", "is_told"), [(INTERNAL, True), (PARTNER, True), (PUBLIC, False)], ids=["internal", "partner", "public"])
def test_the_original_stands_beside_its_source_where_the_profile_is_not_public(
    profile: Profile, is_told: bool, store: Store, maker_of: Callable[..., Maker]
) -> None:
    fill(store)
    keep(store, "daily")
    for made in (maker_of(store, profile).of_incident("i-escape"), maker_of(store, profile).of_many(Filters(), title="All")):
        text = written(made)
        assert (LINE in text) == (HASH in text) == is_told, text
        assert "Original:" not in next(line for line in text.splitlines() if "The Herald Post" in line and line.startswith("[^")), "nothing of it was kept"
        assert "zanzibarbarian" not in text and "192.0.2.7" not in text and "index.html" not in text, "headers, server and redirects stay here"
    if profile == INTERNAL:
        assert find_faults(written(maker_of(store, profile).of_incident("i-escape")), store) == []


def test_it_stands_in_every_format(store: Store, maker_of: Callable[..., Maker], tmp_path_factory: pytest.TempPathFactory) -> None:
    fill(store)
    keep(store, "daily")
    made = maker_of(store).of_incident("i-escape")
    assert f"Original: SHA-256 {HASH}" in to_html(made)
    assert "Original: SHA-256" in "".join(page.extract_text() for page in PdfReader(BytesIO(to_pdf(made))).pages)
    file = tmp_path_factory.mktemp("word") / "a.docx"
    file.write_bytes(to_docx(made))
    assert any(f"Original: SHA-256 {HASH}" in paragraph.text for paragraph in Document(str(file)).paragraphs)


def test_where_an_address_is_cut_or_no_bytes_are_kept_nothing_is_told(store: Store, maker_of: Callable[..., Maker]) -> None:
    """A hash leads whoever has an archive to the page whose address is not told."""
    address = {"url": "https://daily.example/zoran-kelmendi-speaks"}
    fill(store, **address)
    keep(store, "daily", **address)
    keep(store, "herald", with_content=False, **address)
    assert HASH in written(maker_of(store).of_incident("i-escape"))
    assert HASH not in written(maker_of(store, PARTNER).of_incident("i-escape"))


def test_hash_and_size_alone_are_no_kept_original(store: Store, maker_of: Callable[..., Maker]) -> None:
    fill(store)
    keep(store, "daily", with_content=False)
    assert HASH not in written(maker_of(store).of_incident("i-escape"))
