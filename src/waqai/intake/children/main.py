"""The child process that looks into files: reads them on standard input, answers on standard output, one after another.

Run as `-m children.main KIND LIMITS`, so that nothing else of waqai is imported here. Its doors are shut before the first file comes: no sockets, no
processes, no files beyond 64 KB, bounded memory, and bounded processor time for each file. Frames are an 8-byte big-endian length and that many bytes; an
empty frame asks for more of the same file. It has no handler for errors but `Refused` on purpose: whatever goes wrong ends it, and the parent
(`waqai.intake.child`) tells why.
"""

from __future__ import annotations

import json
import logging
import math
import os
import struct
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, BinaryIO

from .refusal import Refused

_LENGTH = struct.Struct(">Q")
_MAX_TRACEBACK = 65_536
_SHUT = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "ctypes.dlopen")


def main() -> None:
    """Answer until standard input ends. The arguments are the module that looks into files, and {"cpu_s", "memory_mb", …} as JSON."""
    limits = json.loads(sys.argv[2])
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    logging.disable(logging.CRITICAL)
    look = import_module(f".{sys.argv[1]}", __package__).prepare(limits)  # loaded before the limits, as it opens files
    _limit_process(limits["memory_mb"])
    sys.addaudithook(_refuse)
    _send(answers, b"ready")
    while (request := _receive(sys.stdin.buffer)) is not None:
        if request:
            _limit_cpu(limits["cpu_s"])
        _send(answers, json.dumps(_answer(look, request)).encode("ascii"))


def _answer(look: Callable[[bytes], Any], request: bytes) -> dict[str, Any]:
    try:
        return {"found": look(request)}
    except Refused as refusal:
        return {"refused": str(refusal)}


def _limit_process(memory_mb: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_MAX_TRACEBACK, _MAX_TRACEBACK))
    if sys.platform != "darwin":  # macOS knows this limit and refuses to set it
        resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))


def _limit_cpu(cpu_s: int) -> None:
    """Allow `cpu_s` more seconds of processor time (up to one more, as the kernel counts whole seconds)."""
    if sys.platform == "win32":
        return
    import resource

    usage = resource.getrusage(resource.RUSAGE_SELF)
    soft = math.ceil(usage.ru_utime + usage.ru_stime) + cpu_s
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _refuse(event: str, _args: object) -> None:
    if event.startswith(_SHUT):
        raise PermissionError(f"{event} is shut while a file is read")


def _receive(stream: BinaryIO) -> bytes | None:
    head = stream.read(_LENGTH.size)
    return stream.read(_LENGTH.unpack(head)[0]) if len(head) == _LENGTH.size else None


def _send(stream: BinaryIO, answer: bytes) -> None:
    stream.write(_LENGTH.pack(len(answer)) + answer)
    stream.flush()


if __name__ == "__main__":
    main()
