"""Settings: one TOML file over the commented default in this package, checked once, frozen, handed down in small pieces."""

from __future__ import annotations

import json
import os
import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

from platformdirs import user_config_path
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from waqai.core import SettingsError, short_hash

NOT_BUILT = "none"
"""The value of places.built that leaves built layers out."""


_HOST_AND_PORT = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s/@:\[\]]+):\d{1,5}")
_ONE_ADDRESS = re.compile(r"[!-'*-~]*")


def _check_host(value: str) -> str:
    if not _HOST_AND_PORT.fullmatch(value):
        raise ValueError('write HOST:PORT, as in "wire.local:8080" or "[fd00::7]:8080"')
    return value


def _check_contact(value: str) -> str:
    if not _ONE_ADDRESS.fullmatch(value):
        raise ValueError('write one address in plain letters, without blanks and brackets, as in "https://example.org/about"')
    return value


class _Part(BaseModel):
    """Strict: true is no number, and "3" neither. A list of TOML is a tuple here, which each field that holds one has to allow."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ModelPart(_Part):
    """The server of a language model, for the reader `llm`. The key that a server may want is no setting: it comes from the environment."""

    address: str
    model: str = Field(min_length=1)
    timeout_s: float = Field(gt=0, le=3600)
    attempts: int = Field(ge=1, le=10)
    max_output_tokens: int = Field(ge=256, le=1_000_000)
    allow_remote: bool
    fallback: Literal["none", "rules"]


class ReaderPart(_Part):
    name: str
    pipeline: str
    longest: int = Field(ge=1000, le=1_000_000)
    llm: ModelPart


class CodebookPart(_Part):
    extra: str
    strength: str


class PlacesPart(_Part):
    built: str
    overlay: str


class IntakePart(_Part):
    page_seconds: int = Field(gt=0, le=600)
    page_megabytes: int = Field(ge=64, le=16_384)
    keep_originals: bool
    publishers: str
    allow_hosts: tuple[Annotated[str, AfterValidator(_check_host)], ...] = Field(strict=False)
    contact: Annotated[str, AfterValidator(_check_contact)] = Field(max_length=200)
    pause_seconds: float = Field(ge=0.5, le=3600)


class WorkersPart(_Part):
    report_seconds: float = Field(gt=0, le=3600)
    report_megabytes: int = Field(ge=64, le=65_536)
    attempts: int = Field(ge=1, le=20)
    patience_seconds: float = Field(ge=0, le=86_400)


class MailPart(_Part):
    """The server that takes the mail of alerts. Its password is no setting: it comes from the environment."""

    host: str
    port: int = Field(ge=1, le=65_535)
    security: Literal["starttls", "ssl", "none"]
    sender: str
    user: str
    ca_file: str


class AlertsPart(_Part):
    desk: str
    allow_hosts: tuple[str, ...] = Field(strict=False)
    mail: MailPart


class Settings(_Part):
    """All settings. `origin` is the file they came from, None for the defaults alone."""

    reader: ReaderPart
    codebook: CodebookPart
    places: PlacesPart
    intake: IntakePart
    workers: WorkersPart
    alerts: AlertsPart

    def digest(self) -> str:
        """16 characters that change with any setting."""
        return short_hash(json.dumps(self.model_dump(), sort_keys=True))


def find_settings_file() -> Path | None:
    """The file that is read: WAQAI_SETTINGS, waqai.toml here, or the user's; None: there is none. Raises SettingsError when WAQAI_SETTINGS names no file."""
    named = os.environ.get("WAQAI_SETTINGS")
    if named:
        if not Path(named).is_file():
            raise SettingsError(f"WAQAI_SETTINGS names {named!r}, but there is no such file")
        return Path(named)
    return next((p for p in (Path("waqai.toml"), user_config_path("waqai", appauthor=False) / "settings.toml") if p.is_file()), None)


def load_settings(path: Path | None = None) -> Settings:
    """The defaults with the lines of `path` over them. Raises SettingsError naming every wrong key or value."""
    raw = tomllib.loads(files("waqai.flow").joinpath("default.toml").read_text("utf-8"))
    if path is not None:
        raw = _overlaid(raw, _read(path))
    try:
        return Settings.model_validate(raw)
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg'].removeprefix('Value error, ')} (it is {e['input']!r})" for e in error.errors())
        raise SettingsError(f"{path}: {faults}") from error


def shipped_settings() -> Settings:
    """The defaults on the shipped gazetteer alone, whatever this user has built: what benches, trainings and golden readings run on."""
    settings = load_settings()
    return settings.model_copy(update={"places": settings.places.model_copy(update={"built": NOT_BUILT})})


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"cannot read the settings in {str(path)!r}: {error}") from error


def _overlaid(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        both = isinstance(value, dict) and isinstance(base.get(key), dict)
        merged[key] = _overlaid(base[key], value) if both else value
    return merged
