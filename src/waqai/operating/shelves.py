"""What several processes that serve one desk share beside the store: how far runs of adding are, and files that wait for a word on their columns.

Both lie in a folder that the first process makes for its own user alone, and takes away when the desk stops: they last as long as a desk, as they do in the
memory of one process. Not in the store, whose tables are for what is to last, and through which uploads of a hundred megabytes would pass twice.
"""

from __future__ import annotations

import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from os import getpid
from pathlib import Path

from pydantic import TypeAdapter

from waqai.core import NotPossible, UnknownId
from waqai.flow import Chain, Run, Runs, Store
from waqai.operating.uploads import MOST_WAITING, MOST_WAITING_BYTES, Upload, Waiting
from waqai.wording import _

BETWEEN_S = 0.5
"""Seconds between two notes of how far a run is; pages look every second."""
MOST_NOTED = 50
_RUN, _UPLOAD = TypeAdapter(Run), TypeAdapter(Upload)
_RUN_ID, _KEY = re.compile(r"[0-9a-f]{16}"), re.compile(r"[\w-]{22}", re.ASCII)


class SharedRuns(Runs):
    """As `Runs`, one in each process: a page of any of them tells of the runs of all, and of all runs one is read at a time."""

    def __init__(self, store: Store, chain: Callable[[], Chain], *, folder: Path) -> None:
        super().__init__(store, chain)
        self._folder, self._noted = _made(folder / "runs"), 0.0

    def find(self, id: str) -> Run | None:
        """The run of this id, whichever process reads it."""
        own = super().find(id)
        if own is not None or not _RUN_ID.fullmatch(id):
            return own
        return next((run for path in self._folder.glob(f"{id}.*.json") if (run := _read(path)) is not None), None)

    def _all(self) -> list[Run]:
        others = (run for path in _by_age(self._folder) if path.name.split(".")[0] not in self._runs and (run := _read(path)) is not None)
        return sorted((*self._runs.values(), *others), key=lambda run: run.began)

    def _changed(self, run: Run, *, at_once: bool) -> None:
        """What cannot be noted is known to its own process: a full disk of small files stops no reading, and leaves no run that waits for ever."""
        if not at_once and time.monotonic() - self._noted < BETWEEN_S:
            return
        self._noted = time.monotonic()
        with suppress(OSError):
            _write(run, _made(self._folder), getpid())
            if at_once:
                _forget_oldest(self._folder)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """The lock goes with its process, however that ends."""
        import fcntl  # no Windows has it, where a desk is one process

        with (_made(self._folder) / "turn").open("w") as turn:
            while True:
                with suppress(BlockingIOError):
                    fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                if self._closing.wait(BETWEEN_S):
                    raise NotPossible("the desk was stopped before this was read: add it again")
            yield


def fail_runs_of(pid: int, folder: Path) -> int:
    """How many runs a process left that ended in their midst: each is noted as failed, and why."""
    left = [(path, run) for path in (folder / "runs").glob(f"*.{pid}.json") if (run := _read(path)) is not None and not run.is_over]
    for _path, run in left:
        said = f"the process that read this ended when {run.read} reports were read, which are kept: add the same again, and the rest is read"
        _write(replace(run, stage="failed", error=said), folder / "runs", pid)
    return len(left)


class SharedWaiting(Waiting):
    """As `Waiting`, for several processes: files in a folder of the desk, named by their key."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = _made(folder / "waiting")

    def keep(self, uploads: list[Upload]) -> str:
        key = secrets.token_urlsafe(16)
        making = _made(self._folder / f".{key}")
        for number, upload in enumerate(uploads):
            (making / f"{number}.bytes").write_bytes(upload.content)
            (making / f"{number}.json").write_bytes(_UPLOAD.dump_json(replace(upload, content=b"")))
        making.rename(self._folder / key)
        self._drop_oldest()
        return key

    def get(self, key: str) -> list[Upload]:
        found: list[Upload] = []
        if _KEY.fullmatch(key):
            with suppress(FileNotFoundError):  # another process takes it away at this moment
                told = sorted((self._folder / key).glob("*.json"), key=lambda path: int(path.stem))
                found = [replace(_UPLOAD.validate_json(path.read_bytes()), content=path.with_suffix(".bytes").read_bytes()) for path in told]
        if not found:
            raise UnknownId(_("these files are not waiting any more: add them again"))
        return found

    def drop(self, key: str) -> None:
        if _KEY.fullmatch(key):
            shutil.rmtree(self._folder / key, ignore_errors=True)

    def _drop_oldest(self) -> None:
        kept = sorted((changed, path, size) for path in self._folder.iterdir() if _KEY.fullmatch(path.name) for changed, size in _measured(path))
        sizes = [size for _, _, size in kept]
        while len(kept) > MOST_WAITING or (len(kept) > 1 and sum(sizes) > MOST_WAITING_BYTES):
            self.drop(kept.pop(0)[1].name)
            sizes.pop(0)


def _measured(path: Path) -> Iterator[tuple[int, int]]:
    """When a folder was last changed and how many bytes are in it; nothing of one that another process takes away at this moment."""
    with suppress(FileNotFoundError):
        yield path.stat().st_mtime_ns, sum(file.stat().st_size for file in path.iterdir())


def _made(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _read(path: Path) -> Run | None:
    """None for one that went meanwhile."""
    with suppress(FileNotFoundError):
        return _RUN.validate_json(path.read_bytes())
    return None


def _write(run: Run, folder: Path, pid: int) -> None:
    """In one step: nobody reads half of it."""
    making = folder / f".{run.id}.{pid}"
    making.write_bytes(_RUN.dump_json(run))
    making.replace(folder / f"{run.id}.{pid}.json")


def _forget_oldest(folder: Path) -> None:
    """Of too many runs those that have been over for longest."""
    surplus = len(told := _by_age(folder)) - MOST_NOTED
    for path in told:
        if surplus > 0 and (run := _read(path)) is not None and run.is_over:
            path.unlink(missing_ok=True)
            surplus -= 1


def _by_age(folder: Path) -> list[Path]:
    """The notes of runs, the one that was written longest ago first; others may take some away meanwhile."""
    found = []
    for path in folder.glob("*.json"):
        with suppress(FileNotFoundError):
            found.append((path.stat().st_mtime_ns, path))
    return [path for _, path in sorted(found)]
