"""A disk that is really full: a backup that does not fit is not there, what was added before stays, and with room made the same command does the rest."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from came import AT, make_came
from command_line import Run
from full_store import filled_bytes
from waqai.keeping.looking import find_damage
from waqai.originals import keep_original
from waqai.store import open_store

KEY = "age1m953fx3zpu9ky77kj60w679ap3f9wl5zfe47gjj69evgwnlvaansf2ktek"
ROOM = 900_000  # bytes: for one copy of a store of 620,000, and not for two
COUNT = 12


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small file system of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "waqai-test", str(folder)], capture_output=True, text=True) if os.geteuid() == 0 else None
    if made is None or made.returncode:
        pytest.skip(f"a file system of its own needs root and the right to mount{f': {made.stderr.strip()}' if made else ''}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def kept(folder: Path) -> Path:
    (folder / "s.sqlite").write_bytes(filled_bytes())
    return folder / "s.sqlite"


def fill_up(folder: Path, *, leaving: int) -> Path:
    """A file that takes all but so many bytes."""
    told = os.statvfs(folder)
    filler = folder / "filler"
    filler.write_bytes(bytes(told.f_bavail * told.f_frsize - leaving))
    return filler


def assert_sound(path: Path) -> None:
    with open_store(path) as store:
        assert store.verify().holds
        with store.committed(newest=True) as connection:
            assert find_damage(connection) == ()


@pytest.mark.parametrize("options", [(), ("--to", KEY)], ids=["plain", "sealed"])
def test_a_backup_that_does_not_fit_leaves_the_one_before_and_nothing_that_looks_whole(options: tuple[str, ...], disk: Path, tmp_path: Path, run: Run) -> None:
    store, filler = kept(tmp_path), fill_up(disk, leaving=ROOM)
    words = ("backup", f"{disk}/", "--keep", "1", "--store", str(store), *options)
    assert run(*words).code == 0
    (good,) = set(disk.iterdir()) - {filler}
    before = good.read_bytes()
    again = run(*words)
    assert again.code != 0 and "the disk is full" in again.err and "Traceback" not in again.err, again
    assert "nothing of this step was kept" in again.err.lower() and str(disk) in again.err
    assert set(disk.iterdir()) == {filler, good} and good.read_bytes() == before, "the older one stays until a newer is whole"
    assert_sound(store)
    good.unlink()
    assert run(*words).code == 0


def test_a_store_on_a_full_disk_keeps_what_it_had_and_with_room_the_same_command_does_the_rest(disk: Path, tmp_path: Path, run: Run) -> None:
    path = kept(disk)
    texts = tmp_path / "texts.jsonl"
    texts.write_text("".join(json.dumps({"id": f"n{n}", "text": f"Two fled on day {n}."}) + "\n" for n in range(COUNT)))

    filler = fill_up(disk, leaving=300_000)
    full = run("add", str(texts), "--store", str(path))
    assert full.code != 0 and "the disk is full; make room" in full.err and "Traceback" not in full.err, full
    with open_store(path) as store:
        some = store.counts().reports
        assert 4 < some < 4 + COUNT
    filler.unlink()
    assert_sound(path)
    rest = run("add", str(texts), "--store", str(path))
    assert rest.code == 0, rest
    with open_store(path) as store:
        assert sorted(report.id for report in store.iter_reports() if report.id.startswith("n")) == sorted(f"n{n}" for n in range(COUNT))
    assert_sound(path)


def test_an_original_that_does_not_fit_is_not_there_in_part(disk: Path, tmp_path: Path, run: Run) -> None:
    path = kept(tmp_path)
    with open_store(path) as store:
        came = make_came(content=bytes(range(256)) * 200)
        store.add_report(came.report)
        keep_original(came, store, at=AT)
    filler = fill_up(disk, leaving=20_000)
    ran = run("original", "qalat", "--out", str(disk / "page.html"), "--store", str(path))
    assert ran.code != 0 and "cannot write" in ran.err and "No space left" in ran.err, ran
    assert list(disk.iterdir()) == [filler]


def test_a_dossier_that_does_not_fit_leaves_the_one_before(disk: Path, tmp_path: Path, run: Run) -> None:
    words = ("dossier", "--profile", "internal", "--format", "html", "--out", str(disk / "d.html"), "--store", str(kept(tmp_path)))
    assert run(*words).code == 0
    before = (disk / "d.html").read_bytes()
    filler = fill_up(disk, leaving=len(before) // 2)
    ran = run(*words)
    assert ran.code != 0 and "cannot write" in ran.err and "No space left" in ran.err, ran
    assert set(disk.iterdir()) == {filler, disk / "d.html"} and (disk / "d.html").read_bytes() == before


def test_a_restore_that_does_not_fit_leaves_no_store_and_one_that_fits_leaves_it_to_nobody_else(disk: Path, tmp_path: Path, run: Run) -> None:
    assert run("backup", str(tmp_path / "b.sqlite"), "--store", str(kept(tmp_path))).code == 0
    filler = fill_up(disk, leaving=ROOM)  # for a copy to work on, and not for more
    ran = run("restore", str(tmp_path / "b.sqlite"), "--store", str(disk / "s.sqlite"))
    assert ran.code != 0 and "the disk is full" in ran.err, ran
    assert list(disk.iterdir()) == [filler]
    filler.unlink()
    assert run("restore", str(tmp_path / "b.sqlite"), "--store", str(disk / "s.sqlite")).code == 0
    assert (disk / "s.sqlite").stat().st_mode & 0o077 == 0
    assert_sound(disk / "s.sqlite")
