"""`waqai original` and `waqai verify` as a person meets them."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path

import pytest

from command_line import Run

TEXT = "Twelve prisoners escaped from a jail in Raqqa, Syria, on Monday, the Observatory said."


@pytest.fixture
def store(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WAQAI_STORE", str(tmp_path / "s.sqlite"))
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + TEXT.encode() + b"\r\n")
    (tmp_path / "rows.csv").write_text(f'text\n"{TEXT} It was told twice."\n')
    assert run("add", str(tmp_path / "a.txt"), str(tmp_path / "rows.csv")).code == 0
    return tmp_path / "s.sqlite"


def test_a_person_sees_how_a_report_came_and_gets_the_bytes_back(run: Run, store: Path, tmp_path: Path) -> None:
    raw = (tmp_path / "a.txt").read_bytes()
    sha256 = hashlib.sha256(raw).hexdigest()
    told = run("original", "a").out
    assert f"came by a file: {tmp_path / 'a.txt'}, 2024-01-01 00:00:00 UTC" in told
    assert f"original: SHA-256 {sha256}, {len(raw)} bytes, text/plain" in told and "text: the file's characters as they are" in told
    assert "language: not given, recognised as English" in told
    assert run("original", "a", "--out", str(tmp_path / "again.txt")).code == 0
    assert (tmp_path / "again.txt").read_bytes() == raw
    again = run("original", "a", "--out", str(tmp_path / "again.txt"))
    assert again.code == 1 and "is there already" in again.err
    (row,) = json.loads(run("original", "a", "--format", "json").out)
    assert row["original_sha256"] == sha256 and row["retrieval"]["how"] == "file" and row["said"].startswith("came by a file")


def test_a_row_of_a_table_names_the_file_and_has_no_bytes_of_its_own(run: Run, store: Path, tmp_path: Path) -> None:
    (row,) = [json.loads(line) for line in run("original", "rows", "--format", "jsonl").out.splitlines()]
    assert row["retrieval"]["within"] == f"line 2 of the file with SHA-256 {hashlib.sha256((tmp_path / 'rows.csv').read_bytes()).hexdigest()}"
    none = run("original", "rows", "--out", str(tmp_path / "x"))
    assert none.code == 1 and "stood in a file that holds many" in none.err and not (tmp_path / "x").exists()
    assert "'nobody'" in run("original", "nobody").err
    assert "has no such original" in run("original", "a", "--hash", "ffff", "--out", "-").err


def test_verify_says_that_the_originals_hold_and_names_what_was_changed(run: Run, store: Path) -> None:
    held = run("verify", width=200)
    assert held.code == 0 and "the originals hold: 1 original, 2 retrievals" in held.out and "last link: " in held.out
    with sqlite3.connect(store) as connection:
        connection.execute("DROP TRIGGER originals_no_update")
        connection.execute("UPDATE originals SET content = x'00'")
    ran = run("verify", width=200)
    assert ran.code == 1 and "is damaged: it has 1 bytes, not" in ran.out and "the log holds" in ran.out
    with sqlite3.connect(store) as connection:
        connection.execute("DROP TRIGGER retrieval_payloads_no_update")
        connection.execute("UPDATE retrieval_payloads SET plain = replace(plain, 'a.txt', 'b.txt') WHERE number = 1")
    assert "the chain of retrievals is broken at 1: what it says was changed" in run("verify", width=200).out
    assert run("original", "a", "--out", "-").code == 1


def test_add_counts_what_was_kept_and_not_read(run: Run, store: Path, tmp_path: Path) -> None:
    german = "Drei Männer sind in der Nacht zum Montag aus dem Gefängnis der Stadt geflohen, teilte die Polizei mit; zwei wurden am Morgen gefasst."
    (tmp_path / "g.txt").write_text(german)
    told = run("add", str(tmp_path / "g.txt"), width=300).err
    assert "1 report kept and not read" in told and "kept, not read: it is German, and the reader learned reads English" in told
    assert "g" in run("search", "Gefängnis").out


def test_nothing_of_how_a_report_came_is_in_what_leaves_the_house(run: Run, store: Path, tmp_path: Path) -> None:
    sha256 = hashlib.sha256((tmp_path / "a.txt").read_bytes()).hexdigest()
    assert sha256 in run("original", "a").out
    for profile in ("public", "internal"):
        for format, suffix in (("csv", "csv"), ("jsonl", "jsonl")):
            assert run("export", "--format", format, "--profile", profile, "--out", str(tmp_path / f"{profile}.{suffix}")).code == 0
    assert run("release", "--out", str(tmp_path / "release"), "--title", "Escapes").code == 0
    left = [file for file in [*tmp_path.glob("public.*"), *tmp_path.glob("internal.*"), *(tmp_path / "release").rglob("*")] if file.is_file()]
    assert len(left) > 4
    words = [word.encode() for word in (sha256, "a.txt", "rows.csv", "came by")]
    assert [file.name for file in left if any(word in file.read_bytes() for word in words)] == []
