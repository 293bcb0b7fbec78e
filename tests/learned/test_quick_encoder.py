"""What the library under the encoder does besides encoding."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import os, numpy
before = len(os.listdir("/proc/self/task"))
import waqai.learned.quick_encoder
print(len(os.listdir("/proc/self/task")) - before)
"""


def test_the_library_keeps_nothing_of_its_user_and_starts_nothing_that_could_tell_of_them(tmp_path: Path) -> None:
    """Left alone it writes an id of the machine into the user's cache and starts a thread that sends."""
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONPATH": os.pathsep.join(way for way in sys.path if way)}
    others = {name: value for name, value in os.environ.items() if name not in ("ORT_DISABLE_TELEMETRY", "LD_PRELOAD")}
    done = subprocess.run([sys.executable, "-c", PROGRAM], env=others | home, capture_output=True, text=True, check=True)
    assert (done.stdout, sorted(tmp_path.rglob("*"))) == ("0\n", [])
