"""Make `.venv` hold what waqai needs: an environment, the libraries of one hashed requirement file, and the package itself, editable.

    sh scripts/bootstrap.sh base|dev|gazetteer        (the shell part finds a Python that is new enough)

Uses nothing but the standard library and pip. A stamp in `.venv` names what was installed, so that a second run does nothing until a requirement file,
`pyproject.toml`, Python or the list of the desk's browser libraries changes. npm fetches those; where there is none, it comes as a Python package and goes.
Every level holds the one before: base (run waqai), dev (test it), gazetteer (build the gazetteer: 240 MB more).
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LEVELS = ("base", "dev", "gazetteer")
COUNTED = ("Collecting ", "Processing ", "Requirement already satisfied: ")
DECIDING = ("pyproject.toml", "hatch_build.py", "assets/package-lock.json", "scripts/vendor.py", "scripts/bootstrap.py")
VENDORED = "src/waqai/desk/static/vendor/MANIFEST.txt"  # written last of all by scripts/vendor.py
NO_NPM = 3  # what scripts/vendor.py ends with where it finds none
PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input")


class SetupFailed(Exception):
    """The environment could not be made; the message says what would help."""


def main(arguments: list[str]) -> int:
    level = arguments[0] if arguments else "base"
    if level not in LEVELS:
        print(f"setup: no level {level!r}; there are {', '.join(LEVELS)}", file=sys.stderr)
        return 2
    try:
        set_up(level)
    except SetupFailed as failed:
        print(f"setup: {failed}", file=sys.stderr)
        return 1
    return 0


def set_up(level: str) -> None:
    """Bring `.venv` to this level, or do nothing where its stamp says that it is there."""
    if find_level_ready(level) is not None and is_alive(PYTHON):
        return
    began = time.monotonic()
    if not is_alive(PYTHON):
        make_environment()
    install_requirements(level)
    bring_browser_libraries()
    install_package()
    stamp(level).write_text(digest(level) + "\n", encoding="ascii")
    say(f"ready in {time.monotonic() - began:.0f} s: {VENV.name}, level {level}")


def find_level_ready(level: str) -> str | None:
    """The installed level that serves: this one or a higher one whose stamp is of today's files; None where there is none, or the desk's libraries are gone."""
    if not (ROOT / VENDORED).exists():
        return None
    for candidate in LEVELS[LEVELS.index(level) :]:
        if stamp(candidate).exists() and stamp(candidate).read_text(encoding="ascii").strip() == digest(candidate):
            return candidate
    return None


def stamp(level: str) -> Path:
    return VENV / f"waqai-{level}.stamp"


def digest(level: str) -> str:
    """Hex digest of all that decides what is installed for this level."""
    whole = hashlib.sha256(str(ROOT).encode())
    for name in (f"requirements/{level}.txt", *DECIDING):
        whole.update((ROOT / name).read_bytes())
    return whole.hexdigest()


def is_alive(python: Path) -> bool:
    """Whether this interpreter starts, is new enough and has pip."""
    if not python.exists():
        return False
    check = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    return subprocess.run([python, "-c", check], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0


def make_environment() -> None:
    """Make `.venv` with the standard library's venv, or with virtualenv where Debian and its kin have left parts of venv out."""
    if VENV.exists():
        say(f"{VENV.name} does not start (another Python, or a broken set-up): making it anew")
        shutil.rmtree(VENV)
    say(f"making {VENV.name} with Python {sys.version.split()[0]}")
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        made = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, text=True, check=False)
        if made.returncode == 0 and is_alive(PYTHON):
            return
        shutil.rmtree(VENV, ignore_errors=True)
    make_environment_with_virtualenv()


def make_environment_with_virtualenv() -> None:
    if importlib.util.find_spec("pip") is None:
        raise SetupFailed(f"{sys.executable} has neither a whole venv module nor pip; install one of them (Debian, Ubuntu: apt install python3-venv)")
    tools = ROOT / ".cache" / "virtualenv"
    say("the venv module is not whole here: fetching virtualenv")
    run([sys.executable, *PIP, "install", "--quiet", "--require-hashes", "--upgrade", "--target", tools, "-r", ROOT / "requirements" / "virtualenv.txt"])
    run([sys.executable, "-m", "virtualenv", "--quiet", VENV], env={**os.environ, "PYTHONPATH": str(tools)})


def install_requirements(level: str) -> None:
    """Install the pinned libraries, each checked against its hash; says which one it is at."""
    file = ROOT / "requirements" / f"{level}.txt"
    total = sum("==" in line for line in file.read_text(encoding="utf-8").splitlines())
    say(f"installing {total} libraries from requirements/{level}.txt (some minutes the first time)")
    command = [PYTHON, *PIP, "install", "--require-hashes", "--only-binary=:all:", "--progress-bar=off", "-r", file]
    pip = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1)
    lines: list[str] = []
    progress = Progress(total)
    assert pip.stdout is not None
    for line in pip.stdout:
        lines.append(line)
        progress.read(line)
    progress.end()
    if pip.wait() != 0:
        sys.stderr.writelines(lines[-15:])
        raise SetupFailed(
            f"pip could not install requirements/{level}.txt (its last lines are above); without a network, fill pip's cache or set PIP_FIND_LINKS"
        )


class Progress:
    """Counts pip's lines on standard error: in one line of a terminal, else a line for every twenty libraries."""

    def __init__(self, total: int) -> None:
        self.total, self.done, self.terminal = total, 0, sys.stderr.isatty()

    def read(self, line: str) -> None:
        if line.startswith(COUNTED):
            self.done += 1
            self.show(named(line))
        elif line.startswith("Installing collected"):
            self.show("unpacking", always=True)

    def show(self, name: str, *, always: bool = False) -> None:
        bar = f"  {min(self.done, self.total):3d}/{self.total} {name}"
        if self.terminal:
            print(f"\r{bar:<60.60}", end="", file=sys.stderr, flush=True)
        elif always or self.done % 20 == 0:
            print(bar, file=sys.stderr, flush=True)

    def end(self) -> None:
        if self.terminal:
            print("\r" + " " * 60, end="\r", file=sys.stderr, flush=True)


def named(line: str) -> str:
    """The library that a line of pip's is about.

    >>> named("Collecting numpy==2.4.6 (from -r base.txt)"), named("Processing /cache/numpy-2.4.6-cp311-linux.whl")
    ('numpy', 'numpy')
    """
    word = next(line.removeprefix(start) for start in COUNTED if line.startswith(start)).split()[0]
    return Path(word).name.split("-")[0] if word.startswith("/") else word.split("==")[0]


def bring_browser_libraries() -> None:
    """Have scripts/vendor.py bring the desk's libraries; where there is no npm, with one that is installed for this and goes again."""
    vendor: list[str | Path] = [PYTHON, ROOT / "scripts" / "vendor.py"]
    tried = subprocess.run(vendor, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if tried.returncode == NO_NPM:
        with tempfile.TemporaryDirectory(prefix="waqai-node-") as tools:
            install_npm(Path(tools), instead_of=tried.stdout)
            run(vendor, env={**os.environ, "PYTHONPATH": tools})
    elif tried.returncode != 0:
        raise SetupFailed(tried.stdout)


def install_npm(tools: Path, *, instead_of: str) -> None:
    """npm as a Python package in this folder (200 MB); raises SetupFailed with the words that asked for it."""
    say("fetching npm for the desk's browser libraries: none on the PATH (60 MB, not kept)")
    try:
        run([PYTHON, *PIP, "install", "--quiet", "--require-hashes", "--only-binary=:all:", "--target", tools, "-r", ROOT / "requirements" / "node.txt"])
    except SetupFailed as failed:
        raise SetupFailed(f"{instead_of}{failed}") from failed


def install_package() -> None:
    say("installing waqai itself (editable)")
    run([PYTHON, *PIP, "install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", ROOT])


def run(command: list[str | Path], *, env: dict[str, str] | None = None) -> None:
    """Run a command; raises SetupFailed with its last lines."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, env=env)
    if done.returncode != 0:
        last = "".join(done.stdout.splitlines(keepends=True)[-15:])
        raise SetupFailed(f"`{' '.join(str(part) for part in command[:6])} …` ended with {done.returncode}:\n{last}")


def say(what: str) -> None:
    print(f"setup: {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
