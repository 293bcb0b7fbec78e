"""A release that somebody made, opened again and held to its checksums."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from waqai.core import NoRelease
from waqai.releases.contents import PACKAGE, SUMS
from waqai.releases.package import hash_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """An opened release: `package` is its description."""

    folder: Path
    package: Mapping[str, Any]

    @property
    def version(self) -> str:
        return str(self.package["version"])

    @property
    def log_entry(self) -> int:
        """The last entry of the log that it knows."""
        return int(self.package["log_entry"])

    @property
    def profile(self) -> str:
        return str(self.package["profile_of_release"])


def open_release(folder: Path) -> Release:
    """The release in a folder. Raises NoRelease."""
    try:
        package = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise NoRelease(f"{str(folder)!r} is no release: it has no {PACKAGE} that can be read") from error
    if not isinstance(package, dict) or not {"version", "log_entry", "profile_of_release"} <= package.keys():
        raise NoRelease(f"{str(folder)!r} is no release of waqai: its {PACKAGE} names no version, log entry and profile")
    return Release(folder=folder, package=package)


def verify_release(release: Release) -> tuple[str, ...]:
    """What is not as it was made, a sentence each; nothing where all is. Raises NoRelease where there are no checksums."""
    return tuple(_iter_faults(release.folder))


def _iter_faults(folder: Path) -> Iterator[str]:
    sums = _read_sums(folder)
    there = {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()} - {SUMS}
    yield from (f"{name} is missing" for name in sorted(sums.keys() - there))
    yield from (f"{name} was added" for name in sorted(there - sums.keys()))
    yield from (f"{name} was changed" for name in sorted(there & sums.keys()) if hash_file(folder / name) != sums[name])


def _read_sums(folder: Path) -> dict[str, str]:
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise NoRelease(f"{str(folder)!r} has no {SUMS}: nobody can say whether it is as it was made") from error
    return {name: found for found, _, name in (line.partition("  ") for line in lines) if name}
