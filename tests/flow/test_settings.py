"""Settings are the defaults with one file over them, and every wrong line is named."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from waqai.core import SettingsError
from waqai.flow import find_settings_file, load_settings


def test_without_a_file_the_defaults_hold() -> None:
    assert load_settings().reader.name == "learned"


def test_a_file_changes_only_the_lines_it_holds(tmp_path: Path) -> None:
    file = tmp_path / "waqai.toml"
    file.write_text("[reader]\nlongest = 5000\n")
    settings = load_settings(file)
    assert settings.reader.longest == 5000 and settings.reader.pipeline == load_settings().reader.pipeline


def test_every_wrong_key_and_value_is_named_with_what_it_is(tmp_path: Path) -> None:
    file = tmp_path / "waqai.toml"
    file.write_text('[reader]\nlongest = "long"\nspeed = 3\n')
    with pytest.raises(SettingsError) as caught:
        load_settings(file)
    assert "reader.longest" in str(caught.value) and "'long'" in str(caught.value) and "reader.speed" in str(caught.value)


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        ("[alerts.mail]\nport = true", "alerts.mail.port"),
        ('[workers]\nattempts = "3"', "workers.attempts"),
        ("[workers]\nattempts = 3.0", "workers.attempts"),
        ("[workers]\nreport_seconds = true", "workers.report_seconds"),
        ('[intake]\nkeep_originals = "yes"', "intake.keep_originals"),
        ("[intake]\nkeep_originals = 1", "intake.keep_originals"),
        ("[intake]\nallow_hosts = [8080]", "intake.allow_hosts.0"),
        ('[alerts]\nallow_hosts = "wire.local"', "alerts.allow_hosts"),
        ("[reader]\nname = 2026-01-01", "reader.name"),
    ],
)
def test_a_value_of_another_kind_is_refused_and_not_turned_into_one(lines: str, named: str, tmp_path: Path) -> None:
    (tmp_path / "waqai.toml").write_text(lines)
    with pytest.raises(SettingsError, match=f": {named}: "):
        load_settings(tmp_path / "waqai.toml")


def test_a_whole_number_is_a_number_and_a_list_is_a_list(tmp_path: Path) -> None:
    (tmp_path / "waqai.toml").write_text(
        '[workers]\nreport_seconds = 3\n[intake]\nallow_hosts = ["wire.local:80", "[::1]:8080"]\ncontact = "https://a.example/"'
    )
    settings = load_settings(tmp_path / "waqai.toml")
    assert settings.workers.report_seconds == 3.0 and settings.intake.allow_hosts == ("wire.local:80", "[::1]:8080")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('allow_hosts = ["127.0.0.1"]', "intake.allow_hosts.0: write HOST:PORT, as in"),
        ('allow_hosts = ["http://wire.local:80"]', "intake.allow_hosts.0: write HOST:PORT, as in"),
        ('contact = "ana (at) example.org"', "intake.contact: write one address in plain letters"),
    ],
)
def test_a_value_of_the_wrong_form_is_refused_in_words(line: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "waqai.toml").write_text(f"[intake]\n{line}")
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path / "waqai.toml")
    assert says in str(caught.value) and "pattern" not in str(caught.value) and "Value error" not in str(caught.value)


def test_a_file_that_is_no_toml_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "waqai.toml"
    file.write_text("reader: rules")
    with pytest.raises(SettingsError, match="cannot read the settings"):
        load_settings(file)


def test_a_named_file_that_is_not_there_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WAQAI_SETTINGS", str(tmp_path / "none.toml"))
    with pytest.raises(SettingsError, match="no such file"):
        find_settings_file()


def test_the_digest_changes_with_any_setting(tmp_path: Path) -> None:
    file = tmp_path / "waqai.toml"
    file.write_text("[intake]\npage_seconds = 3\n")
    assert load_settings(file).digest() != load_settings().digest()


def test_every_setting_of_the_model_is_on_its_page_with_its_default() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "llm-reader.md").read_text(encoding="utf-8")
    rows = {line.split("`")[1]: line.split("|")[2].strip(" `") for line in page.splitlines() if line.startswith("| `")}
    defaults = tomllib.loads(files("waqai.flow").joinpath("default.toml").read_text("utf-8"))["reader"]["llm"]
    assert {name: str(value).lower() for name, value in defaults.items()} == rows
