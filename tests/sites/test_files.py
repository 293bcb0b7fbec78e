from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from waqai.core import NotWritten
from waqai.sites.files import OURS, whole_folder


def colours_in(style: str) -> list[dict[str, str]]:
    """The variables of the light and of the dark scheme."""
    return [dict(re.findall(r"--([\w-]+): ([^;]+);", found)) for found in re.findall(r":root \{(.*?)\n *\}", style, re.S)[:2]]


def test_a_site_has_the_paper_and_ink_of_the_desk() -> None:
    desk, site = (colours_in(files("waqai").joinpath(name).read_text(encoding="utf-8")) for name in ("desk/static/desk.css", "sites/assets/site.css"))
    assert len(site) == 2 and all(len(scheme) > 8 for scheme in site)
    for theirs, ours in zip(desk, site, strict=True):
        assert {name: theirs.get(name) for name in ours} == ours


def test_every_file_of_ours_is_laid_into_the_site() -> None:
    assert {file.name for file in files("waqai.sites").joinpath("assets").iterdir()} == {*OURS}


def test_nothing_stays_of_a_site_that_failed(tmp_path: Path) -> None:
    with pytest.raises(NotWritten, match="No space left"), whole_folder(tmp_path / "site") as part:
        (part / "index.html").write_text("half")
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []


def test_the_folder_around_it_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(NotWritten, match="make it first"), whole_folder(tmp_path / "none/site"):
        pass
