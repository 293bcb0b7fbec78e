"""`waqai backup`, `restore`, `move`, `migrate`, `erase --list`, `verify --digest` and `doctor --mend`, as a person types them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from command_line import Run
from full_store import filled_bytes
from older import take_back_to
from waqai.commands.copies import choose_seal
from waqai.keeping.sealing import Passphrase
from waqai.schema.migrations import HEAD
from waqai.store import open_store


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "home" / "s.sqlite"
    path.parent.mkdir()
    path.write_bytes(filled_bytes())
    monkeypatch.delenv("WAQAI_PASSPHRASE", raising=False)
    return path


@pytest.fixture
def at(kept: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("WAQAI_STORE", str(kept))
    return run


def test_backups_go_to_a_folder_under_dated_names_and_few_are_kept(at: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in (1, 2, 3):
        monkeypatch.setenv("WAQAI_NOW", f"2026-11-0{day}T12:00:00+00:00")
        ran = at("backup", f"{tmp_path}/kept/", "--keep", "2")
        assert ran.code == 0 and "4 reports, the log up to entry 6; read again and found whole" in ran.out
    assert "removed, as 2 are kept: s-2026-11-01-120000.sqlite" in ran.out
    assert sorted(file.name for file in (tmp_path / "kept").iterdir()) == ["s-2026-11-02-120000.sqlite", "s-2026-11-03-120000.sqlite"]
    assert at("backup", str(tmp_path / "one.sqlite"), "--keep", "2").code == 2


@pytest.mark.filterwarnings("ignore::getpass.GetPassWarning")
def test_a_backup_is_sealed_by_a_passphrase_that_is_asked_twice_and_restored_by_it(at: Run, kept: Path, tmp_path: Path) -> None:
    sealed = str(tmp_path / "b.age")
    assert at("backup", sealed, "--encrypt", stdin=b"one\ntwo\none two three\none two three\n").code == 0
    assert Path(sealed).read_bytes().startswith(b"age-encryption.org/v1\n-> scrypt")
    kept.unlink()
    (tmp_path / "words").write_text("one two three\n")
    ran = at("restore", sealed, "--passphrase-file", str(tmp_path / "words"))
    assert ran.code == 0 and "4 reports" in ran.out and kept.exists()


@pytest.mark.parametrize(
    ("words", "why"), [(["--to", "age1no"], "no public key of age"), (["--passphrase-file", "none"], "cannot read the passphrase"), (["--keep", "0"], "--keep")]
)
def test_what_a_backup_cannot_be_sealed_or_kept_by_is_said(at: Run, tmp_path: Path, words: list[str], why: str) -> None:
    ran = at("backup", f"{tmp_path}/b/", *words)
    assert ran.code != 0 and why in ran.err


def test_the_list_of_erasures_is_applied_where_the_store_is_gone(at: Run, kept: Path, tmp_path: Path) -> None:
    backup, listed = str(tmp_path / "b.sqlite"), tmp_path / "erased.jsonl"
    at("backup", backup)
    assert at("erase", "wire", "--because", "asked for", "--yes").code == 0
    listed.write_text(at("erase", "--list").out)
    assert json.loads(listed.read_text())["id"] == "wire" and "caught" not in listed.read_text()
    kept.unlink()
    ran = at("restore", backup, "--erasures", str(listed))
    assert ran.code == 0 and "erased again, as they were erased after the backup was made: wire" in ran.out
    assert at("erase").code == 2 and at("erase", "wire").code == 2


def sums(printed: str) -> list[str]:
    """The lines with a table, its rows and its checksum."""
    return [line for line in printed.splitlines() if re.fullmatch(r"\w+ +[\d,]+ +[0-9a-f]{64}", line)]


def test_a_move_prints_the_checksums_that_verify_prints(at: Run, kept: Path, tmp_path: Path) -> None:
    target = str(tmp_path / "moved.sqlite")
    ran = at("move", str(kept), target)
    assert ran.code == 0 and "the same at both ends" in ran.out and "keep the old one" in ran.out
    lines = sums(ran.out)
    verified = at("verify", "--digest", "--store", target)
    assert verified.code == 0 and "the log holds" in verified.out
    assert sums(verified.out) == lines and len(lines) > 30
    assert "all" in lines[-1] and at("move", str(kept), target).code == 1


def test_migrate_says_what_it_would_do_and_does_it(at: Run, kept: Path) -> None:
    with open_store(kept) as store, store._engine.begin() as connection:
        take_back_to(connection, "0014")
    checked = at("migrate", "--check")
    assert (
        checked.code == 1
        and f"schema 0014 → {HEAD}" in checked.out
        and "0015  Who tells of each incident" in checked.out
        and "Nothing was changed" in checked.out
    )
    assert "computed anew" in checked.out and at("migrate", "--check").out == checked.out
    done = at("migrate")
    assert done.code == 0 and f"done: schema {HEAD}" in done.out
    again = at("migrate", "--check")
    assert again.code == 0 and "nothing to do" in again.out
    assert at("migrate", "--store", "none.sqlite").code == 1


def test_the_doctor_finds_and_mends_what_was_spoilt(at: Run, kept: Path) -> None:
    with open_store(kept) as store, store.writing() as connection:
        connection.exec_driver_sql("UPDATE incidents SET admin1 = 'elsewhere' WHERE id = 'i-escape'")
    mended = at("doctor", "--mend")
    assert mended.code == 0 and "mended: 1 of the rows" in mended.out and "incident i-escape was changed" in mended.out and "computed anew" in mended.out
    sound = at("doctor")
    assert sound.code == 0 and "4 reports" in sound.out and "the log verifies" in sound.out


def test_a_passphrase_in_a_file_of_notepad_is_the_one_that_is_typed(tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_bytes("four wörds\r\n".encode("utf-8-sig"))
    assert choose_seal(encrypt=False, to=(), passphrase_file=tmp_path / "p.txt") == Passphrase(words="four wörds")
