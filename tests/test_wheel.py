"""The wheel: it holds what it needs and no more, and runs in an empty environment outside the checkout (twice: docs/decisions/0003)."""

from __future__ import annotations

import os
import re
import shutil
import site
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from scripts import vendor

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "waqai"
REQUIREMENTS = ROOT / "requirements" / "base.txt"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel's path."""
    folder = tmp_path_factory.mktemp("dist")
    pytest.importorskip("hatchling")
    run([sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder], at=ROOT)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def beside_our_libraries(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel that sees the libraries of this one, but not its editable waqai."""
    home = make_environment(tmp_path_factory.mktemp("quick"))
    packages = next(home.glob("venv/lib/python*/site-packages"))
    (packages / "beside.pth").write_text("\n".join(site.getsitepackages()) + "\n", encoding="utf-8")
    run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python_of(home), "install", "--quiet", "--no-deps", "--no-index", wheel],
        at=home,
    )
    return home


@pytest.fixture(scope="module")
def alone(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel and the libraries of requirements/base.txt, and nothing else."""
    home = make_environment(tmp_path_factory.mktemp("full"))
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python_of(home), "install", "--quiet"]
    run([*pip, "--require-hashes", "--only-binary=:all:", "-r", REQUIREMENTS], at=home)
    run([*pip, "--no-deps", "--no-index", wheel], at=home)
    return home


def make_environment(home: Path) -> Path:
    run([sys.executable, "-m", "venv", "--without-pip", home / "venv"], at=home)
    return home


def python_of(home: Path) -> Path:
    return home / "venv" / "bin" / "python"


def run(command: Sequence[str | Path], *, at: Path, timeout: float = 290, **variables: str) -> str:
    """What the command prints. The environment holds no PYTHONPATH, a home of its own, and these `variables`; fails with the command's words."""
    env = {**os.environ, "WAQAI_CACHE": str(at / "cache"), "WAQAI_STORE": str(at / "store.sqlite"), "PYTHONDONTWRITEBYTECODE": "1", **variables}
    env.pop("PYTHONPATH", None)
    done = subprocess.run([str(part) for part in command], cwd=at, env=env, capture_output=True, text=True, timeout=timeout, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def names_in(wheel: Path) -> set[str]:
    return set(zipfile.ZipFile(wheel).namelist())


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    wanted = {f"waqai/{file.relative_to(PACKAGE).as_posix()}" for file in PACKAGE.rglob("*") if file.is_file() and is_ours(file)}
    assert wanted - names_in(wheel) == set()


def is_ours(file: Path) -> bool:
    """Whether git would take the file: no caches, no stores."""
    return "__pycache__" not in file.parts and not file.name.endswith((".pyc", ".sqlite", ".sqlite-wal", ".sqlite-shm"))


def test_the_wheel_holds_nothing_but_the_package_and_its_papers(wheel: Path) -> None:
    strange = {name for name in names_in(wheel) if not name.startswith(("waqai/", "waqai-"))}
    assert strange == set()
    assert {name.rsplit("/", 1)[-1] for name in names_in(wheel) if "/licenses/" in name} == {"LICENSE", "NOTICE"}


def test_the_wheel_holds_what_browsers_get_from_others_and_its_licences(wheel: Path) -> None:
    """The test above sees only what lies in the checkout; this one what is promised."""
    wanted = {f"waqai/desk/static/vendor/{name}" for name in (*vendor.promised(), vendor.LICENSES)} | {"waqai/desk/static/shapes/admin1.json"}
    assert wanted - names_in(wheel) == set()


def test_the_wheel_is_built_without_npm_where_the_libraries_are_there(tmp_path: Path) -> None:
    """In a copy that git does not know, as an unpacked source distribution is one."""
    copy = tmp_path / "copy"
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "NOTICE", ".gitignore"):
        copy.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, copy)
    for name in ("assets", "scripts", "src/waqai/desk"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
    run([sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", tmp_path], at=copy, PATH="")
    assert f"waqai/desk/static/vendor/{vendor.LICENSES}" in names_in(next(tmp_path.glob("*.whl")))


def test_the_wheel_stays_under_thirty_two_megabytes(wheel: Path) -> None:
    assert wheel.stat().st_size < 32_000_000


def test_the_shipped_models_stay_under_thirty_megabytes_together() -> None:
    assert sum(path.stat().st_size for path in (ROOT / "src" / "waqai").rglob("models/*.npz")) < 30_000_000


def test_the_installed_package_is_the_wheel_and_not_the_checkout(beside_our_libraries: Path) -> None:
    home = run([python_of(beside_our_libraries), "-c", "import waqai; print(waqai.__file__)"], at=beside_our_libraries)
    assert home.startswith(str(beside_our_libraries))


def test_the_demo_corpus_is_read_from_the_installed_package(beside_our_libraries: Path) -> None:
    code = "from importlib.resources import files; print(len((files('waqai') / 'flow' / 'demo' / 'corpus.jsonl').read_text('utf-8').splitlines()))"
    assert run([python_of(beside_our_libraries), "-c", code], at=beside_our_libraries).strip() == "98"


def test_the_installed_desk_has_its_files_and_needs_no_node(beside_our_libraries: Path) -> None:
    code = "import shutil; from waqai.desk.pages import static; print(shutil.which('node'), static('vendor/leaflet/leaflet.js'), static('shapes/admin1.json'))"
    said = run([python_of(beside_our_libraries), "-c", code], at=beside_our_libraries, PATH="")
    assert re.fullmatch(r"None /static/vendor/leaflet/leaflet\.js\?v=\w+ /static/shapes/admin1\.json\?v=\w+", said.strip())


def test_a_report_is_read_outside_the_checkout(beside_our_libraries: Path) -> None:
    home = beside_our_libraries
    (home / "report.txt").write_text("Twelve prisoners escaped from a jail in Raqqa, Syria, on Sunday, June 18, the Observatory said.\n", encoding="utf-8")
    said = run([home / "venv" / "bin" / "waqai", "read", "report.txt", "--published", "2023-06-20", "--format", "json"], at=home)
    assert '"escape"' in said and "2023-06-18" in said and "Raqqa" in said


@pytest.mark.slow
def test_help_and_demo_run_in_an_empty_environment(alone: Path) -> None:
    waqai = alone / "venv" / "bin" / "waqai"
    assert "Usage" in run([waqai, "--help"], at=alone)
    told = run([waqai, "demo", "--store", alone / "demo.sqlite"], at=alone)
    assert re.search(r"[6-9]\d incidents; [1-9]\d of them told by more than one report", told) and "To look further" in told and " · " in told
    with closing(sqlite3.connect(alone / "demo.sqlite")) as store:
        assert store.execute("SELECT count(*) FROM reports").fetchone() == (98,)
