from __future__ import annotations

from pathlib import Path

import pytest

from releases.conftest import Make
from waqai.core import NoRelease
from waqai.releases import open_release, verify_release


def test_a_release_is_as_it_was_made_until_somebody_touches_it(release: Make) -> None:
    made = open_release(release("one").folder)
    assert verify_release(made) == () and made.profile == "internal" and made.log_entry == 6
    file = made.folder / "data" / "figures.csv"
    file.chmod(0o644)
    file.write_bytes(file.read_bytes().replace(b"12", b"13", 1))
    (made.folder / "codebook.md").unlink()
    (made.folder / "data" / "more.csv").touch()
    assert verify_release(made) == ("codebook.md is missing", "data/more.csv was added", "data/figures.csv was changed")


@pytest.mark.parametrize("package", [None, "", "[]", '{"name": "x"}', "\xff"], ids=["none", "empty", "list", "another", "not text"])
def test_what_is_no_release_is_said(tmp_path: Path, package: str | None) -> None:
    if package is not None:
        (tmp_path / "datapackage.json").write_bytes(package.encode("latin-1"))
    with pytest.raises(NoRelease, match="is no release"):
        open_release(tmp_path)


def test_without_checksums_nobody_can_say(release: Make) -> None:
    made = open_release(release("one").folder)
    (made.folder / "SHA256SUMS").unlink()
    with pytest.raises(NoRelease, match="nobody can say"):
        verify_release(made)
