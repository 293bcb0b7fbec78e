"""`waqai` for what calls it by name: every call is a process of its own, forked from one that has loaded the models, which takes most of a call's time.

What a shell or a test starts is the client, a program of a page: it hands its words, folder, environment and streams to the server and ends as the call
ends. The child that the server forks has them as if it had been started with them, imports the commands and what shows them anew, and ends as any
program does. What it inherits are the libraries, the rooms under `flow`, and the models: their caches are keyed by file names alone. `PYTHONPATH` and what
else Python reads at its start are the server's; `WAQAI_COLD=1` has a call start as users' calls do.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__)
STREAMS = 3
CLIENT = f"""#!{sys.executable} -IS
import json, os, socket, sys
words = sys.argv[1:]
if os.environ.get("WAQAI_COLD"):
    os.execv({sys.executable!r}, [{sys.executable!r}, "-m", "waqai.cli.main", *words])
asking = socket.socket(socket.AF_UNIX)
asking.connect(os.path.join(os.path.dirname(os.path.abspath(__file__)), "socket"))
socket.send_fds(asking, [b"."], range({STREAMS}))
asking.sendall(json.dumps([words, os.getcwd(), dict(os.environ)]).encode() + b"\\n")
status = int(asking.makefile().readline() or 70)
if status < 0:
    os.kill(os.getpid(), -status)
sys.exit(status)
"""


@contextmanager
def waqai_on_path() -> Iterator[str]:
    """A folder with a program `waqai`, which is at hand while this lasts. Raises AssertionError where its server does not start."""
    with tempfile.TemporaryDirectory(prefix="waqai-warm-") as folder:
        client = Path(folder) / "waqai"
        client.write_text(CLIENT)
        client.chmod(0o755)
        ways = os.pathsep.join(way for way in sys.path if way)
        quiet = {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": ways}
        called = [sys.executable, str(HERE), str(client.with_name("socket"))]
        with subprocess.Popen(called, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, **quiet}) as server:
            assert server.stdout is not None
            assert server.stdout.readline() == b"ready\n", "the server of warm calls did not start"
            yield folder


def serve(address: str) -> tuple[socket.socket, list[int]] | None:
    """None when stdin ends; in a child, and there only, the connection of a call with the streams that came with it."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen()
        assert len(list(Path("/proc/self/task").iterdir())) == 1, "what has threads cannot be forked"
        print("ready", flush=True)
        while True:
            if sys.stdin in select.select([sys.stdin, listening], [], [])[0]:
                return None
            asked, _ = listening.accept()
            if not os.fork():
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                return asked, list(socket.recv_fds(asked, 1, STREAMS)[1])
            asked.close()


def become_the_call(asked: socket.socket, streams: list[int]) -> bool:
    """True in the process of the call, once it is as if it had been started by the client; the process between waits for it, tells its status and ends."""
    words, folder, environment = json.loads(asked.makefile().readline())
    if child := os.fork():
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        asked.sendall(f"{status}\n".encode())
        os._exit(0)
    asked.close()
    for to, stream in enumerate(streams):
        os.dup2(stream, to)
        os.close(stream)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["waqai", *words]
    return True


def load() -> None:
    """What takes long and depends on no call: libraries, rooms, models, what of a language they need. The chain itself, with its open gazetteer, is let go."""
    import rich.progress
    import typer

    from waqai.flow import build_chain, shipped_settings
    from waqai.languages import recognise

    assert rich.progress and typer, "commands show with them"
    build_chain(shipped_settings())
    recognise("Twelve prisoners escaped from a jail on Monday, the Observatory said.")
    gc.collect()
    gc.freeze()


def main(address: str) -> None:
    load()
    called = serve(address)
    if called is not None and become_the_call(*called):
        from waqai.cli.main import main as run

        run()


if __name__ == "__main__":
    main(sys.argv[1])
