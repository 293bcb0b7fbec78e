"""`waqai dossier` and `waqai plot` as a person meets them."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import Run
from dossier_scene import PRIVATE, fill
from waqai.places import Gazetteer
from waqai.store import open_store


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scene in a file; the gazetteer is unpacked once for all tests."""
    path = tmp_path / "s.sqlite"
    with open_store(path) as opened:
        fill(opened)
    monkeypatch.setenv("WAQAI_STORE", str(path))
    monkeypatch.setattr("waqai.commands.bounding.open_gazetteer", lambda settings, **_: gazetteer())


GAZETTEERS: list[Gazetteer] = []


def gazetteer() -> Gazetteer:
    if not GAZETTEERS:
        GAZETTEERS.append(Gazetteer.open())
    return GAZETTEERS[0]


def test_a_dossier_goes_to_the_screen_as_markdown_and_to_the_public_unless_told_otherwise(run: Run, store: None) -> None:
    told = run("dossier", "i-escape")
    assert told.code == 0 and told.out.startswith("# Escape near Tel Salam") and "under the profile public" in told.out
    assert PRIVATE not in told.out and PRIVATE in run("dossier", "i-escape", "--profile", "internal").out


def test_pictures_are_put_beside_a_file_and_named_in_it(run: Run, store: None, tmp_path: Path) -> None:
    told = run("dossier", "i-escape", "--profile", "internal", "--out", str(tmp_path / "my dossier.md"))
    assert told.code == 0 and "my dossier.md" in told.err and told.out == ""
    assert {one.name for one in tmp_path.glob("*.svg")} == {f"my dossier-{name}.svg" for name in ("figures", "map", "timeline")}
    assert "](my%20dossier-map.svg)" in (tmp_path / "my dossier.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("format", "begins"), [("html", b"<!DOCTYPE html>"), ("pdf", b"%PDF"), ("docx", b"PK")])
def test_every_format_is_written_to_the_same_bytes_again(run: Run, store: None, tmp_path: Path, format: str, begins: bytes) -> None:
    written = []
    for n in range(2):
        out = tmp_path / f"{n}.{format}"
        assert run("dossier", "--country", "SY", "--profile", "internal", "--format", format, "--out", str(out)).code == 0
        written.append(out.read_bytes())
    assert written[0] == written[1] and written[0].startswith(begins)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("dossier", "i-escape", "--format", "pdf"), "say which"),
        (("dossier", "i-escape", "--country", "SY"), "not both"),
        (("dossier", "i-nothing"), "i-nothing"),
        (("dossier", "--type", "escpae"), "perhaps"),
        (("dossier", "i-escape", "--format", "html", "--out", "no/such/folder/d.html"), "there is no folder 'no/such/folder'"),
        (("plot", "map", "--out", "map.gif"), "neither .svg nor .png"),
        (("plot", "figures", "--out", "f.svg"), "--incident"),
        (("plot", "map", "--country", "FR", "--out", "map.svg"), "nothing to draw"),
    ],
)
def test_what_cannot_be_done_is_said_with_what_would_help(run: Run, store: None, words: tuple[str, ...], said: str) -> None:
    told = run(*words)
    assert told.code in (1, 2) and said in " ".join(told.err.replace("│", " ").split()) and "Traceback" not in told.err


@pytest.mark.parametrize(
    "words", [("map",), ("map", "--incident", "i-escape"), ("timeline", "--unit", "month"), ("figures", "--incident", "i-escape", "--measure", "escaped")]
)
def test_pictures_are_drawn_to_the_same_bytes_again(run: Run, store: None, tmp_path: Path, words: tuple[str, ...]) -> None:
    for ending, begins in (("svg", b"<svg"), ("png", b"\x89PNG")):
        outs = [tmp_path / f"{n}.{ending}" for n in range(2)]
        assert [run("plot", *words, "--profile", "internal", "--out", str(out)).code for out in outs] == [0, 0]
        assert outs[0].read_bytes() == outs[1].read_bytes() and outs[0].read_bytes().startswith(begins)


def test_a_picture_for_the_public_names_no_private_person_and_no_site(run: Run, store: None, tmp_path: Path) -> None:
    assert run("plot", "figures", "--incident", "i-escape", "--out", str(tmp_path / "f.svg")).code == 0
    drawn = (tmp_path / "f.svg").read_text(encoding="utf-8")
    assert "Kelmendi" not in drawn and "Qalat" not in drawn and "The governor" in drawn
