"""What the reader once made of a text, kept in files: a second run measures the linker without reading again.

The folder is that of the reader's stamp. Code that changes what is read without a new version of the reader does not change the stamp: remove the folder then.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.figures import ROOT
from waqai.core import Notice, Reading, Report, short_hash
from waqai.flow import Chain

KEPT = ROOT / ".cache" / "links"


class KeptReader:
    """The chain's reader, with a file for each text below a folder of its stamp: another reader, another folder."""

    def __init__(self, chain: Chain, *, folder: Path = KEPT) -> None:
        self._reader = chain.reader
        self.stamp = chain.reader.stamp
        self._folder = folder / short_hash(str(chain.reader.stamp), length=12)
        self._folder.mkdir(parents=True, exist_ok=True)

    def iter_read(self, reports: Iterable[Report]) -> Iterator[Reading | Notice]:
        wanted = list(reports)
        fresh = [r for r in wanted if not self._file(r).exists()]
        for report, result in zip(fresh, self._reader.iter_read(fresh), strict=True):
            self._file(report).write_bytes(pickle.dumps(result))
        for report in wanted:
            yield pickle.loads(self._file(report).read_bytes())

    def _file(self, report: Report) -> Path:
        return self._folder / f"{short_hash(report.sha256, report.id, report.title or '', length=20)}.pkl"
