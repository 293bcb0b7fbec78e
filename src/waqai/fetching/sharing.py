"""What programs of one machine that fetch side by side (a desk, a watcher, a command) tell each other of hosts: when each may be asked next, and who rests.

A small file under a lock. It can only make a program more polite, never stop it: where the file cannot be locked, read or written, or says what cannot be, each
is polite on its own, as it would be without it.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

MOST_SHARED = 500
"""Hosts in the file: of too many those that are free soonest go."""
MOST_BYTES = 1_000_000
"""So much of it is read: a host has 260 characters at most."""
LOCKED_S, LOOK_S = 0.5, 0.01
"""How long the file is waited for, which others hold for a thousandth of a second; how often it is tried."""
_BOOT = Path("/proc/sys/kernel/random/boot_id")


@dataclass(slots=True)
class Turns:
    """What all know, by host: until when it is not to be asked, for its pause or as it asked for it, on the monotonic clock of the machine. Mutable."""

    free_at: dict[str, float] = field(default_factory=dict)
    resting: dict[str, float] = field(default_factory=dict)


class SharedTurns:
    """The file of this name, made when first needed, for its user alone. Hosts of the last minutes are in it, and no pages."""

    def __init__(self, path: Path) -> None:
        self._path, self._boot = path, _this_boot()

    @contextmanager
    def held(self, *, at: float) -> Iterator[Turns]:
        """What all know at this moment; what is changed in it inside is kept for all, unless inside something is raised."""
        descriptor = self._locked()
        if descriptor is None:
            yield Turns()
            return
        try:
            turns = self._read(descriptor)
            yield turns
            with suppress(OSError):
                self._write(descriptor, turns, at=at)
        finally:
            os.close(descriptor)  # which ends the lock, as the end of the process does

    # -- inside

    def _locked(self) -> int | None:
        """The open file, held by us alone; None where that cannot be had."""
        try:
            import fcntl
        except ImportError:  # Windows
            return None
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except OSError:
            return None
        until = time.monotonic() + LOCKED_S
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return descriptor
            except OSError:
                if time.monotonic() >= until:
                    os.close(descriptor)
                    return None
            time.sleep(LOOK_S)

    def _read(self, descriptor: int) -> Turns:
        """What stands there; nothing of what was written before the machine was last started, whose clock was another, or is none of ours."""
        with suppress(OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
            told = json.loads(os.pread(descriptor, MOST_BYTES, 0))
            if told["boot"] == self._boot:
                return Turns(_numbers(told["free_at"]), _numbers(told["resting"]))
        return Turns()

    def _write(self, descriptor: int, turns: Turns, *, at: float) -> None:
        said = {"boot": self._boot, "free_at": _newest(turns.free_at, at), "resting": _newest(turns.resting, at) if self._boot else {}}
        os.ftruncate(descriptor, 0)  # broken off here, nothing is known, and nothing is lost
        os.pwrite(descriptor, json.dumps(said).encode("ascii"), 0)


def _newest(until: dict[str, float], at: float) -> dict[str, float]:
    ahead = sorted(((moment, host) for host, moment in until.items() if moment > at), reverse=True)
    return {host: moment for moment, host in ahead[:MOST_SHARED]}


def _numbers(told: dict[object, object]) -> dict[str, float]:
    return {host: float(moment) for host, moment in told.items() if isinstance(host, str) and isinstance(moment, int | float)}


def _this_boot() -> str:
    """Which start of the machine this is; "" where the system does not say: rests, which may last a day, are then not shared."""
    try:
        return _BOOT.read_text(encoding="ascii").strip()
    except (OSError, UnicodeError):
        return ""
