"""The reference of settings names each one and says what it may be; `waqai settings` says what is in force."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from command_line import Run
from waqai.flow import Settings, load_settings
from waqai.operating.reference import VARIABLES, flatten, list_in_force, list_settings

SOURCE = Path(__file__).resolve().parents[2] / "src" / "waqai"


def test_every_setting_of_the_model_is_told_with_a_meaning_and_its_default() -> None:
    told = {one.name: one for one in list_settings()}
    assert set(told) == set(dict(flatten(load_settings().model_dump())))
    assert next(one.name for one in told.values() if one.name.startswith("reader.llm.")) == "reader.llm.address"
    assert [one.name for one in told.values() if len(one.meaning.split()) < 2] == []
    attempts = told["reader.llm.attempts"]
    assert (attempts.kind, attempts.bounds, attempts.default) == ("whole number", "at least 1, at most 10", 2) and "calls for one report" in attempts.meaning
    assert told["reader.llm.timeout_s"].bounds == "above 0, at most 3600" and told["reader.llm.model"].bounds == "at least 1 long"
    assert told["alerts.mail.security"].kind == '"starttls" or "ssl" or "none"' and told["alerts.allow_hosts"].kind == "list of words"


def test_what_the_reference_says_of_bounds_is_what_is_refused() -> None:
    """A brute check: the value at each bound passes, the one beyond does not."""
    raw = load_settings().model_dump()
    checked = 0
    for one in list_settings():
        for words, step in (("at least", -1), ("at most", 1)):
            bound = re.search(rf"{words} ([\d.]+)(?! long)\b(?! long)", one.bounds)
            if bound is None or one.kind == "words":
                continue
            number = int(bound[1]) if one.kind == "whole number" else float(bound[1])
            for value, passes in ((number, True), (number + step, False)):
                table = raw
                for part in one.name.split(".")[:-1]:
                    table = table[part]
                before = table[one.name.split(".")[-1]]
                table[one.name.split(".")[-1]] = value
                try:
                    Settings.model_validate(raw)
                    assert passes, (one.name, value)
                except ValidationError:
                    assert not passes, (one.name, value)
                table[one.name.split(".")[-1]] = before
                checked += 1
    assert checked >= 20


def test_every_variable_that_the_program_reads_is_told() -> None:
    read = {found for module in SOURCE.rglob("*.py") for found in re.findall(r"\bWAQAI_[A-Z_]+\b", module.read_text(encoding="utf-8"))}
    assert read == {one.name for one in VARIABLES}


def test_what_is_in_force_says_which_lines_came_from_the_file(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[reader]\nlongest = 60000\n[reader.llm]\naddress = "http://ana:s3cret@127.0.0.1:1/v1"\n', encoding="utf-8")
    found = {one.setting.name: one for one in list_in_force(path)}
    assert {name for name, one in found.items() if one.origin == path} == {"reader.longest", "reader.llm.address"}  # also where it says the default
    assert found["reader.llm.address"].value == "http://ana:***@127.0.0.1:1/v1"


def test_the_command_prints_what_is_in_force_and_no_secret(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own.toml").write_text('[reader]\nname = "rules"\n', encoding="utf-8")
    monkeypatch.setenv("WAQAI_SETTINGS", str(tmp_path / "own.toml"))
    monkeypatch.setenv("WAQAI_LLM_KEY", "s3cret")
    monkeypatch.setenv("WAQAI_STORE", "postgresql://ana:s3cret@db/waqai")
    text = run("settings")
    assert text.code == 0 and "s3cret" not in text.out + text.err
    assert f'reader.name                   "rules"  ({tmp_path / "own.toml"})' in text.out and "intake.page_seconds" in text.out
    assert "WAQAI_LLM_KEY" in text.out and "postgresql://ana:***@db/waqai  (environment)" in text.out
    only = {one["name"]: one for one in json.loads(run("settings", "--changed", "--format", "json").out)}
    assert only["reader.name"] == {"name": "reader.name", "value": "rules", "from": str(tmp_path / "own.toml")} and "intake.page_seconds" not in only
    monkeypatch.delenv("WAQAI_SETTINGS")
    monkeypatch.chdir(tmp_path)
    assert "these are the defaults" in run("settings").err


def test_a_wrong_file_is_refused_as_everywhere(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own.toml").write_text("[reader]\nnmae = 1\n", encoding="utf-8")
    monkeypatch.setenv("WAQAI_SETTINGS", str(tmp_path / "own.toml"))
    refused = run("settings")
    assert refused.code == 2 and "reader.nmae" in refused.err
