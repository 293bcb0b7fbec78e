"""Do what the container file does, step by step, in an empty folder in place of an image, and ask the desk that comes out of it whether it is well.

python scripts/try_container.py        (some minutes: all libraries are installed anew; needs what pip needs)

No image is built: what the base image holds, the user, the mounts and the read-only root are not tried. The steps are those of the file: each RUN of the first
stage by a shell, with /src, /opt and /wheels in the folder; then ENTRYPOINT with CMD's words on a free port, and the words of HEALTHCHECK.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MOVED = ("/opt/waqai", "/wheels", "/data")
PATIENCE_S = 120


def main() -> int:
    """Exit status 0 where every step went well and the desk said so."""
    folder = Path(tempfile.mkdtemp(prefix="waqai-container-"))
    try:
        return _try(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def steps(text: str) -> list[tuple[str, str]]:
    """The instructions, each with its words on one line."""
    code = re.sub(r"^\s*#.*\n", "", text, flags=re.M).replace("\\\n", " ")
    return [(line.split(maxsplit=1)[0].upper(), " ".join(line.split()[1:])) for line in code.splitlines() if line.strip()]


def copy_context(to: Path) -> None:
    """What .containerignore leaves in."""
    lines = (ROOT / ".containerignore").read_text(encoding="utf-8").splitlines()
    for name in (line[1:] for line in lines if line.startswith("!")):
        there = ROOT / name
        if there.is_dir():
            shutil.copytree(there, to / name, ignore=shutil.ignore_patterns("__pycache__", "vendor", "node_modules"))
        elif there.is_file():
            shutil.copy(there, to / name)


def _try(folder: Path) -> int:
    made = steps((ROOT / "Containerfile").read_text(encoding="utf-8"))
    last = max(n for n, (name, _) in enumerate(made) if name == "FROM")
    copy_context(_made(folder / "src"))
    _made(folder / "opt")
    home = _made(folder / "data")
    for name, words in made[:last]:
        if name == "RUN":
            print(f"RUN {words}", file=sys.stderr, flush=True)
            subprocess.run(["sh", "-ec", _moved(words, folder)], cwd=folder / "src", check=True, stdout=subprocess.DEVNULL)
    final = dict(made[last:])
    port = _free_port()
    environment = {"PATH": f"{folder}/opt/waqai/bin:/usr/bin:/bin", **_environment(final["ENV"], folder)}
    called = [f"{folder}/opt/waqai/bin/{json.loads(final['ENTRYPOINT'])[0]}"]
    added = [*called, "person", "add", "ana", "--role", "admin", "--password-stdin"]
    person = subprocess.run(added, input="correct horse battery\n", cwd=home, env=environment, text=True)
    print(f"waqai person add: exit status {person.returncode}", file=sys.stderr)
    desk = subprocess.Popen([*called, *(str(port) if word == "8765" else word for word in json.loads(final["CMD"]))], cwd=home, env=environment)
    check = [f"{folder}/opt/waqai/bin/python", *(word.replace("8765", str(port)) for word in json.loads(final["HEALTHCHECK"].split("CMD ", 1)[1])[1:])]
    try:
        until = time.monotonic() + PATIENCE_S
        while (is_well := subprocess.run(check, env=environment, stderr=subprocess.DEVNULL).returncode == 0) is False and time.monotonic() < until:
            time.sleep(1)
    finally:
        desk.terminate()
        stopped = desk.wait(40)
    print(f"the desk is {'well' if is_well else 'not well'}; stopped with exit status {stopped}", file=sys.stderr)
    return int(not is_well or bool(person.returncode) or bool(stopped))


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _moved(words: str, folder: Path) -> str:
    for path in MOVED:
        words = words.replace(path, f"{folder}{path}")
    return words


def _environment(words: str, folder: Path) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in words.split())
    return {name: _moved(value, folder) for name, _, value in pairs if name != "PATH"}


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main())
