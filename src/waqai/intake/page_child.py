"""The child process that extracts articles: reads pages on standard input, answers on standard output, one after another.

Run as a script, by its path, so that nothing of waqai is imported here. Its doors are shut before the first page comes: no sockets, no processes, no
files beyond 64 KB, bounded memory, and bounded processor time for each page. Frames are an 8-byte big-endian length and that many bytes. It has no
handler for errors on purpose: whatever goes wrong ends it, and the parent (`web`) tells why.
"""

from __future__ import annotations

import json
import logging
import math
import os
import struct
import sys
from typing import Any, BinaryIO

_LENGTH = struct.Struct(">Q")
_MAX_TRACEBACK = 65_536
_PROSE_LENGTH = 80  # characters: a longer paragraph is prose, and the days in it are not the day of publication
_SHUT = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "ctypes.dlopen")


def main() -> None:
    """Answer pages until standard input ends. The first argument is {"cpu_s", "memory_mb"} as JSON."""
    limits = json.loads(sys.argv[1])
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    logging.disable(logging.CRITICAL)
    import trafilatura  # noqa: F401 - loaded before the limits, as it opens files

    _limit_process(limits["memory_mb"])
    sys.addaudithook(_refuse)
    _send(answers, b"ready")
    while (page := _receive(sys.stdin.buffer)) is not None:
        _limit_cpu(limits["cpu_s"])
        _send(answers, json.dumps(_extract(page.decode("utf-8"))).encode("ascii"))


def _extract(html: str) -> dict[str, str | None] | None:
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    tree = load_html(html)
    if tree is None:
        return None
    dates: dict[str, Any] = {"extensive_search": False, "original_date": True, "max_date": "2200-01-01"}
    published = _find_published(tree, dates)
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    found: Any = bare_extraction(tree, with_metadata=True, include_comments=False, date_extraction_params=dates)
    if found is None or not found.text:
        return None
    declared = None if found.sitename in (None, found.hostname) else found.sitename
    return {
        "title": found.title,
        "text": found.text,
        "published": published,
        "publisher": declared,
        "language": language,
        "url": found.url,
        "host": found.hostname,
    }


def _find_published(tree: Any, dates: dict[str, Any]) -> str | None:
    """The day the page gives for itself, as YYYY-MM-DD: from its head, its address, or a short element that is a date; never from prose.

    A fixed latest day is given because the library would otherwise look at the clock.
    """
    from copy import deepcopy

    from htmldate import find_date

    bare = deepcopy(tree)
    for element in list(bare.iter("p", "li", "td", "blockquote", "aside", "footer", "nav", "img")):
        if element.tag in {"aside", "footer", "nav", "img"} or len(element.text_content()) > _PROSE_LENGTH:
            element.drop_tree()
    found: str | None = find_date(bare, **dates)
    return found


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
        raise PermissionError(f"{event} is shut while a page is read")


def _receive(stream: BinaryIO) -> bytes | None:
    head = stream.read(_LENGTH.size)
    return stream.read(_LENGTH.unpack(head)[0]) if len(head) == _LENGTH.size else None


def _send(stream: BinaryIO, answer: bytes) -> None:
    stream.write(_LENGTH.pack(len(answer)) + answer)
    stream.flush()


if __name__ == "__main__":
    main()
