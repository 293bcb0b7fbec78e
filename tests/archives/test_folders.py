"""A watched folder gives files once, and only when nobody writes on them any more."""

from pathlib import Path

from crashes import as_nobody
from waqai.archives import Mark, iter_new_files


def names(folder: Path, seen: set[Mark]) -> list[str]:
    found = list(iter_new_files(folder, seen, still_s=0, pause=lambda _: None))
    seen.update(mark for _, mark in found)
    return [str(path.relative_to(folder)) for path, _ in found]


def test_new_and_changed_files_come_once_and_partial_and_hidden_ones_never(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.pdf", ".hidden", "x.part", "y.CRDOWNLOAD", "z.tmp", ".git/q.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "link.txt").symlink_to(tmp_path / "b.txt")
    seen: set[Mark] = set()
    assert names(tmp_path, seen) == ["a/c.pdf", "b.txt"]
    assert names(tmp_path, seen) == []
    (tmp_path / "b.txt").write_text("longer")
    assert names(tmp_path, seen) == ["b.txt"]


def test_a_file_that_grows_while_it_is_looked_at_waits_for_the_next_call(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")

    def grow(_: float) -> None:
        path.write_text(path.read_text() + "x")

    assert list(iter_new_files(tmp_path, set(), pause=grow)) == []
    assert [found for found, _ in iter_new_files(tmp_path, set(), pause=lambda _: None)] == [path]


def test_a_maildir_comes_as_one_and_again_after_a_message(tmp_path: Path) -> None:
    for part in ("cur", "new", "tmp"):
        (tmp_path / "box" / part).mkdir(parents=True)
    seen: set[Mark] = set()
    assert names(tmp_path, seen) == ["box"]
    (tmp_path / "box" / "new" / "1").write_text("x")
    assert names(tmp_path, seen) == ["box"]
    assert names(tmp_path, seen) == []


def test_what_may_not_be_looked_into_is_left_out_and_the_rest_comes(tmp_path: Path) -> None:
    """A folder whose names may be read and whose files may not: who asks for them is refused."""
    for name in ("b.txt", "shut/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    for folder in (tmp_path, *tmp_path.parents[:3]):
        folder.chmod(folder.stat().st_mode | 0o055)
    (tmp_path / "shut").chmod(0o744)
    assert as_nobody(lambda: names(tmp_path, set()) == ["b.txt"] or 1 / 0) == "no error"
