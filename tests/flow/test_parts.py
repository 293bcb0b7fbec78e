"""The parts of a run are checked before anything is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from waqai.core import MissingPart, SettingsError
from waqai.flow import READERS, Chain, build_chain, load_settings
from waqai.flow.parts import find_part


def test_every_reader_states_what_it_needs_and_makes() -> None:
    assert all(part.name and part.version and part.needs and part.makes for part in READERS.values())


def test_an_unknown_reader_is_named_beside_those_there_are() -> None:
    with pytest.raises(SettingsError, match=r"'clever'.*rules"):
        find_part("clever")


def test_a_pipeline_that_is_not_installed_is_named_with_what_brings_it() -> None:
    settings = load_settings()
    missing = settings.model_copy(update={"reader": settings.reader.model_copy(update={"pipeline": "xx_none_sm"})})
    with pytest.raises(MissingPart, match=r"'xx_none_sm'.*pip install xx-none-sm"):
        build_chain(missing)


def test_the_stamp_names_the_reader_and_changes_with_its_settings(chain: Chain) -> None:
    settings = load_settings()
    shorter = build_chain(settings.model_copy(update={"reader": settings.reader.model_copy(update={"longest": 2000})}))
    assert chain.reader.stamp.name == "learned" and shorter.reader.stamp.settings_hash != chain.reader.stamp.settings_hash


def test_without_the_model_file_the_rules_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("waqai.coding.reader.MODEL_FILE", tmp_path / "nothing.npz")
    assert build_chain(load_settings()).reader.stamp.name == "rules"
