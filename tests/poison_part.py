"""A reader that does to its process what a report's words say: an installed part of others, as workers find it by its entry point.

`make_part(folder)` writes the metadata of such a package; with the folder on the path of a process, `reader.name = "poison"` is this reader.
"""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from factories import make_account, make_when, make_where
from waqai.core import Notice, Reader, ReaderStamp, Reading, Report
from waqai.flow.parts import READERS, Ground, Part

STAMP = ReaderStamp(name="poison", version="1", settings_hash="0" * 16)


class PoisonReader:
    """ "killed", "segfault", "exit", "forks", "deaf", "spins", "hangs", "grows" and "raises" are done, "early" before the batch. Others tell of an escape."""

    stamp = STAMP

    def iter_read(self, reports: Iterable[Report]) -> Iterator[Reading | Notice]:
        batch = list(reports)
        if any("early" in report.text for report in batch):
            os.kill(os.getpid(), signal.SIGKILL)
        for report in batch:
            _do(report)
            day = report.published
            accounts = (make_account(report, type="escape", when=make_when(day) if day else None, where=make_where()),)
            yield Reading(report=report.id, report_sha256=report.sha256, reader=STAMP, accounts=accounts)


def _do(report: Report) -> None:
    if "killed" in report.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "segfault" in report.text:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "exit" in report.text:
        os._exit(3)
    if "forks" in report.text and os.fork():
        os._exit(3)  # what it started lives on, and has the pipe
    if "deaf" in report.text:
        os.closerange(3, 64)
    if any(word in report.text for word in ("hangs", "forks", "deaf")):
        time.sleep(600)
    if "spins" in report.text:
        re.fullmatch("(a+)+", "a" * 64 + "b")  # keeps Python's lock: no thread goes on beside it
    if "grows" in report.text:
        bytearray(2_000_000_000)
    if "raises" in report.text:
        raise ZeroDivisionError(report.text)
    if "slow" in report.text:
        time.sleep(0.2)


def _build(_: Ground) -> PoisonReader:
    return PoisonReader()


class PoisonedRules:
    """The rules, behind the same harm."""

    def __init__(self, rules: Reader) -> None:
        self._rules = rules
        self.stamp = replace(rules.stamp, name="poison-rules")

    def iter_read(self, reports: Iterable[Report]) -> Iterator[Reading | Notice]:
        for report in reports:
            _do_last(report)
            for result in self._rules.iter_read([report]):
                yield result if isinstance(result, Notice) else replace(result, reader=self.stamp)


def _do_last(report: Report) -> None:
    """As the last word says: real reports are of people who were killed."""
    _do(replace(report, text=report.text.split()[-1]))


def _build_rules(ground: Ground) -> PoisonedRules:
    return PoisonedRules(READERS["rules"].build(ground))


_MAKES = frozenset({"claims", "accounts"})
RULES = Part(name="poison-rules", version="1", needs=frozenset({"text"}), makes=_MAKES, build=_build_rules, batch=4)
PART = Part(name="poison", version="1", needs=frozenset({"text"}), makes=frozenset({"claims", "accounts"}), build=_build, batch=4)


def make_part(folder: Path) -> Path:
    """The folder with the metadata of a package that brings the part."""
    about = folder / "poison_part-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: poison-part\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[waqai.readers]\npoison = poison_part:PART\npoison-rules = poison_part:RULES\n", encoding="utf-8")
    return folder
