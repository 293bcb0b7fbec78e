"""A machine that reads for others is told to stop, and its workers stop with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

pytest.importorskip("distributed", reason="could not import distributed: a machine that reads for others needs it")

PROGRAM = """
import sys
from waqai.commands.many import worker_command
from waqai.engines import serving
serving._END_S, sys.executable = 0.3, sys.argv[1]
sys.exit(worker_command("tcp://127.0.0.1:9", workers=1))
"""


@pytest.mark.parametrize(
    ("asked", "deaf"),
    [(signal.SIGINT, ""), (signal.SIGTERM, "trap '' TERM; ")],  # one that does not end in order is ended by force
)
def test_who_is_told_to_stop_leaves_no_worker_behind(asked: signal.Signals, deaf: str, tmp_path: Path) -> None:
    worker = tmp_path / "worker"
    worker.write_text(f"#!/bin/sh\n{deaf}echo $$\nwhile :; do sleep 0.1; done\n", encoding="utf-8")
    worker.chmod(0o755)
    environment = {**os.environ, "PYTHONPATH": ":".join(sys.path)}
    with subprocess.Popen([sys.executable, "-c", PROGRAM, str(worker)], stdout=subprocess.PIPE, text=True, env=environment) as serving:
        assert serving.stdout is not None
        pid = int(serving.stdout.readline())
        serving.send_signal(asked)
        try:
            assert serving.wait(30) == 0
            with pytest.raises(ProcessLookupError):
                os.kill(pid, 0)
        finally:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
