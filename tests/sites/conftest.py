"""Releases of the store's scene, made once for all tests of sites; and the same release with something in it changed and signed anew, as a stranger could."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import scenes
from factories import family_of, make_account, make_reading, make_report, make_when, make_where
from releases.conftest import NoPlaces
from waqai.bounds import Bounds, get_profile
from waqai.codebook import load_actors, load_codebook
from waqai.export import Combiner, Making
from waqai.flow import judge_same
from waqai.releases import Naming, make_release
from waqai.sites import copy_release, publish
from waqai.store import Filters, Store, open_store

ARABIC = "فرّ خمسة وعشرون سجيناً من سجن في رأس العين يوم الأحد، وقال المرصد إن البحث عنهم مستمر في القرى المجاورة"
Forge = Callable[..., Path]
Build = Callable[..., Path]


def fill(store: Store) -> None:
    """The scene, with an incident that an Arabic report tells, of which nobody knows where it was."""
    scenes.fill(store)
    report = make_report(
        ARABIC, id="arabic", publisher="مرصد المثال", published=date(2021, 3, 9), title="فرار سجناء", language="ar", url="https://marsad.example/1"
    )
    where = make_where("Ras al-Ain", place_id=None, lat=None, lon=None, radius_km=None, country=None, admin1=None)
    account = make_account(report, words=ARABIC, when=make_when(date(2021, 2, 1), latest=date(2021, 2, 28)), where=where)
    store.add_report(report)
    store.add_reading(make_reading(report, accounts=[account]), family_of=family_of)
    scenes.open_by(store, next(iter(store.iter_cards(report="arabic"))), "i-arabic")


def release_of(
    store: Store, folder: Path, *, profile: str = "internal", at: datetime = datetime(2022, 1, 1, tzinfo=UTC), filters: Filters | None = None
) -> Path:
    codebook, actors = load_codebook(), load_actors()
    making = Making(codebook=codebook, combiner=Combiner(codebook=codebook, actors=actors))
    bounds = Bounds(get_profile(profile), places=NoPlaces(), actors=actors, at=at)
    naming = Naming(title="A test", publisher="A desk", licence="CC-BY-4.0")
    return make_release(store, folder, bounds=bounds, making=making, filters=filters or Filters(), told={}, naming=naming).folder


@pytest.fixture(scope="session")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the releases `internal`, `public`, `fresh` (made when the escape was news) and `later` (after i-caught was merged into i-escape)."""
    folder = tmp_path_factory.mktemp("releases")
    with open_store(folder / "store.sqlite", actors=load_actors()) as store:
        fill(store)
        release_of(store, folder / "internal")
        release_of(store, folder / "public", profile="public")
        release_of(store, folder / "fresh", profile="public", at=datetime(2021, 3, 6, 12, tzinfo=UTC))
        release_of(store, folder / "few", filters=Filters(type=("escape",)))
        judge_same("i-caught", "i-escape", store, because="one story", by="person:ana")
        release_of(store, folder / "later")
    return folder


@pytest.fixture
def build(tmp_path: Path, releases: Path) -> Build:
    """Makes a site of a release, by its name or its folder, under a name."""

    def make(release: str | Path, name: str = "site", **said: Any) -> Path:
        source = releases / release if isinstance(release, str) else release
        profile = "public" if release in ("public", "fresh") else "internal"
        return publish(tmp_path / name, bring=copy_release(source), **{"profile": profile} | said).folder

    return make


@pytest.fixture(scope="session")
def site(releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the release `internal`, with what changed from `few`. Not to be written to."""
    said: dict[str, Any] = {"profile": "internal", "earlier": releases / "few"}
    return publish(tmp_path_factory.mktemp("site") / "site", bring=copy_release(releases / "internal"), **said).folder


@pytest.fixture
def forge(tmp_path: Path, releases: Path) -> Forge:
    """The release `internal` with a text in one of its files replaced, and its checksums made anew."""

    def make(file: str, old: str, new: str) -> Path:
        folder = tmp_path / "forged"
        shutil.copytree(releases / "internal", folder)
        target = folder / file
        text = target.read_bytes().decode()
        assert old in text
        target.chmod(0o644)
        target.write_bytes(text.replace(old, new).encode())
        sign(folder)
        return folder

    return make


def sign(folder: Path) -> None:
    sums = folder / "SHA256SUMS"
    sums.chmod(0o644)
    files = sorted(file for file in folder.rglob("*") if file.is_file() and file != sums)
    sums.write_text("".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(folder)}\n" for file in files))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> Iterator[dict[str, Any]]:
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic"]
    yield {**browser_type_launch_args, "executable_path": shutil.which("chromium"), "args": ["--no-sandbox", *quiet]}
