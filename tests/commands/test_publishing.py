"""`waqai publish` as a person meets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import Run

TEXT = "Twelve prisoners escaped from a jail in Raqqa, Syria, on Monday, the Observatory said.\n\nGuards were searching the city."


@pytest.fixture
def store(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAQAI_STORE", str(tmp_path / "s.sqlite"))
    (tmp_path / "a.txt").write_text(TEXT)
    assert run("add", str(tmp_path / "a.txt"), "--published", "2023-06-20", "--publisher", "Daily News").code == 0


def test_a_release_is_published_and_so_is_the_store_by_a_release_that_is_made_first(run: Run, store: None, tmp_path: Path) -> None:
    release, site, other = (str(tmp_path / name) for name in ("release", "site", "other"))
    assert run("release", "--out", release, "--title", "Escapes").code == 0
    made = run("publish", release, "--out", site)
    assert made.code == 0 and "1 incident, profile public" in made.err and f"open {site}/index.html" in made.err.replace("\n", "")
    assert run("publish", "--out", other, "--title", "Escapes", "--type", "escape", "--earlier", release).code == 0
    assert (tmp_path / "other/changes.html").is_file() and (tmp_path / "other/release/SHA256SUMS").is_file()
    assert "Escapes" in (tmp_path / "other/index.html").read_text()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--type", "escape"], "published as it is"),
        (["--title", "Mine"], "published as it is"),
        (["--given-by", "me"], "for --given-by"),
        (["--figures", "acled-like"], "published as it is"),
        (["--profile", "internal"], "say --profile public if you mean it"),
        (["--address", "example.org"], "no address on the web"),
        (["--earlier", "none"], "is no release"),
    ],
)
def test_what_cannot_be_is_told_before_anything_is_written(run: Run, store: None, tmp_path: Path, words: list[str], told: str) -> None:
    assert run("release", "--out", str(tmp_path / "release")).code == 0
    refused = run("publish", str(tmp_path / "release"), "--out", str(tmp_path / "site"), *words)
    assert refused.code != 0 and told in " ".join(refused.err.split()) and not (tmp_path / "site").exists()


def test_without_a_folder_the_usage_is_told_and_one_that_is_there_is_left_alone(run: Run, store: None, tmp_path: Path) -> None:
    assert run("publish").code == 2
    (tmp_path / "site").mkdir()
    again = run("publish", "--out", str(tmp_path / "site"))
    assert again.code == 1 and "name a new folder" in again.err and list((tmp_path / "site").iterdir()) == []
