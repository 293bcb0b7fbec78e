"""What is named must exist; what is found is read in a fixed order or set aside with a reason."""

import inspect
import os
import sys
from pathlib import Path

import pytest

from waqai.core import IntakeError, Notice, ReportNotFound
from waqai.intake.sources import Source, check_sources, find_upload, iter_sources, recognise


@pytest.mark.parametrize("source", ["no/such/file.txt", "", "a pasted text. " * 400, "nul\0byte"])
def test_a_source_that_is_not_there_is_an_error_at_once(source: str) -> None:
    with pytest.raises(ReportNotFound, match="no file or folder"):
        check_sources([source])


@pytest.mark.parametrize("address", ["https://example.org/a", "HTTP://example.org", "ftp://example.org/a.txt"])
def test_an_address_is_refused_with_what_to_do_instead(address: str) -> None:
    with pytest.raises(IntakeError, match="is an address; `waqai add` fetches those with http"):
        check_sources([address])


def test_a_path_object_of_an_address_is_refused_as_an_address_too() -> None:
    with pytest.raises(IntakeError, match="save the page"):
        check_sources([Path("https://example.org/a")])


def test_standard_input_can_be_named_once() -> None:
    assert check_sources(["-"]) == ("-",)
    with pytest.raises(IntakeError, match="more than once"):
        check_sources(["-", Path("-")])


def test_a_folder_is_read_through_sorted_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.json", "a/c.md", ".hidden.txt", ".git/x.txt", "README", "c.JSONL", "d.htm"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = [(str(Path(s.name).relative_to(tmp_path)), s.kind) for s in iter_sources([tmp_path]) if isinstance(s, Source)]
    assert found == [("README", "text"), ("a/c.md", "text"), ("a/z.json", "json"), ("b.txt", "text"), ("c.JSONL", "lines"), ("d.htm", "html")]


@pytest.mark.parametrize(
    ("name", "reason"),
    [("a.doc", "only .docx"), ("a.jpg", "images"), ("a.7z", "archives"), ("a.ods", "only .xlsx and .csv"), ("a.mp4", "film"), ("a.xyz", r"'\.xyz'")],
)
def test_a_file_that_nothing_reads_is_set_aside_with_its_reason(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    (notice,) = iter_sources([tmp_path])
    assert isinstance(notice, Notice)
    assert notice.record == str(tmp_path / name)
    assert reason.replace("\\", "") in notice.reason


def test_links_that_lead_in_circles_or_nowhere_are_set_aside(tmp_path: Path) -> None:
    (tmp_path / "circle").symlink_to(tmp_path)
    (tmp_path / "nowhere.txt").symlink_to(tmp_path / "gone")
    notices = [n for n in iter_sources([tmp_path]) if isinstance(n, Notice)]
    assert ["not followed" in notices[0].reason, "leads nowhere" in notices[1].reason] == [True, True]


def test_an_empty_folder_is_a_notice(tmp_path: Path) -> None:
    (notice,) = iter_sources([tmp_path])
    assert isinstance(notice, Notice)
    assert "no files" in notice.reason


def test_a_file_named_by_hand_with_an_unknown_suffix_is_recognised_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "report.2023-06-18"
    path.write_text("x")
    (source,) = iter_sources([path])
    assert isinstance(source, Source)
    assert source.kind == "any"


def test_a_pipe_that_the_shell_names_is_recognised_by_its_content(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "63")
    (source,) = iter_sources([tmp_path / "63"])
    assert isinstance(source, Source)
    assert source.kind == "any"


def test_folders_nested_deeper_than_calls_are_walked(tmp_path: Path) -> None:
    here = tmp_path
    for _ in range(150):
        here = here / "d"
        here.mkdir()
    (here / "a.txt").write_text("x")
    before = sys.getrecursionlimit()
    frames = len(inspect.stack(0))
    sys.setrecursionlimit(frames + 100)
    try:
        found = [source.stem for source in iter_sources([tmp_path]) if isinstance(source, Source)]
    finally:
        sys.setrecursionlimit(before)
    assert found == ["a"]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"", "text"),
        (b"[Reuters] Gunmen", "text"),
        (b"{curly} words", "text"),
        (b"<3 words", "text"),
        (b"{\n", "json"),
        (b'\xef\xbb\xbf\n [ {"id"', "json"),
        (b"[]", "json"),
        (b"  <!doctype HTML>", "html"),
        (b"<p>Words</p>", "html"),
        (b"<pre words", "text"),
        (b"%PDF-1.7", "pdf"),
    ],
)
def test_a_paste_is_recognised_by_its_first_words(head: bytes, kind: str) -> None:
    assert recognise(head) == kind


@pytest.mark.parametrize(
    ("name", "record", "stem", "kind"),
    [
        ("../../etc/passwd.txt", "passwd.txt", "passwd", "text"),
        ("C:\\fakepath\\List.CSV", "List.CSV", "List", "csv"),
        ("/etc/passwd", "passwd", "passwd", "any"),
        ("a\nb\0.pdf", "a_b_.pdf", "a_b_", "pdf"),
        ("", "upload", "upload", "any"),
        ("..", "..", "..", "any"),
        ("report.2023-06-18", "report.2023-06-18", "report.2023-06-18", "any"),
        (".csv", ".csv", ".csv", "any"),
        ("x" * 500 + ".docx", "x" * 500 + ".docx", "x" * 200, "docx"),
    ],
)
def test_an_uploads_name_gives_its_kind_and_id_and_is_no_path(name: str, record: str, stem: str, kind: str) -> None:
    source = find_upload(name, b"content")
    assert isinstance(source, Source)
    assert (source.path, source.name, source.stem, source.kind) == (None, record, stem, kind)
    assert source.open().read() == b"content"


def test_an_upload_of_a_kind_that_nothing_reads_is_a_notice() -> None:
    found = find_upload("a/scan.JPG", b"x")
    assert isinstance(found, Notice)
    assert (found.record, found.reason) == ("scan.JPG", "images are not read")
