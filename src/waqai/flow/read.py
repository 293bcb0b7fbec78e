"""Reports read, in the order they came in: each with its reading, or with why it was set aside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeAlias

from waqai.core import Incoming, Notice, Reading, Report, as_incoming
from waqai.flow.parts import Chain
from waqai.languages import look_at
from waqai.reading import REFUSED

ReadMany: TypeAlias = Callable[[list[Report], Chain], list[Reading | Notice]]
"""Reports to results, in their order: `read_batch`, or something that has them read elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one thing handed in: a report and its reading, or a notice of why there is none.

    A notice that stands beside a report comes as an outcome of its own.
    """

    report: Report | None = None
    reading: Reading | None = None
    notice: Notice | None = None


def iter_outcomes(items: Iterable[Report | Incoming | Notice], chain: Chain) -> Iterator[Outcome]:
    """An outcome for each item, in order; reports are read in batches of the chain's size."""
    source = iter(items)
    while batch := [item if isinstance(item, Notice) else as_incoming(item).report for item in islice(source, chain.batch)]:
        reports = [item for item in batch if isinstance(item, Report)]
        readings = iter(read_batch(reports, chain))
        for item in batch:
            yield Outcome(notice=item) if isinstance(item, Notice) else _outcome(item, next(readings))


def read_batch(reports: list[Report], chain: Chain) -> list[Reading | Notice]:
    """A reading for each report, its places resolved; an empty one that says so of a report in a language that the reader does not read."""
    looks = [look_at(report, reads=chain.languages, reader=chain.reader.stamp.name) for report in reports]
    read = iter(_read_known([look.report for look in looks if look.report is not None], chain))
    return [_unread(report, look.note, chain) if look.report is None else _noted(next(read), look.note) for report, look in zip(reports, looks, strict=True)]


def _unread(report: Report, why: str, chain: Chain) -> Reading:
    notice = Notice(record=report.id, stage=REFUSED, reason=why)
    return Reading(report=report.id, report_sha256=report.sha256, reader=chain.reader.stamp, notices=(notice,))


def _noted(result: Reading | Notice, note: str) -> Reading | Notice:
    if isinstance(result, Notice) or not note:
        return result
    return replace(result, notices=(*result.notices, Notice(record=result.report, stage="reading", reason=note)))


def _read_known(reports: list[Report], chain: Chain) -> list[Reading | Notice]:
    """A report on which the reader fails costs itself only: the batch is halved until it is found."""
    if not reports:
        return []
    try:
        return list(iter_placed(reports, chain))
    except Exception as error:
        if len(reports) == 1:
            return [
                Notice(
                    record=reports[0].id,
                    stage="reading",
                    reason=f"the reader failed on it ({type(error).__name__}: {error}); please report this with the text, if you may share it",
                )
            ]
        half = len(reports) // 2
        return [*_read_known(reports[:half], chain), *_read_known(reports[half:], chain)]


def iter_placed(reports: Sequence[Report], chain: Chain) -> Iterator[Reading | Notice]:
    """What the reader gives for each report, its places resolved, as soon as it is made. Whatever the reader raises comes out."""
    for report, result in zip(reports, chain.reader.iter_read(reports), strict=True):
        yield _placed(report, result, chain)


def _placed(report: Report, result: Reading | Notice, chain: Chain) -> Reading | Notice:
    if isinstance(result, Notice):
        return result
    return replace(result, accounts=chain.resolver.resolve_accounts(report, result.accounts))


def _outcome(report: Report, result: Reading | Notice) -> Outcome:
    return Outcome(report=report, notice=result) if isinstance(result, Notice) else Outcome(report=report, reading=result)
