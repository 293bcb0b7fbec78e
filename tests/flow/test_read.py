"""Outcomes come in the order of what was handed in, and one bad report costs itself only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from factories import STAMP, make_report
from waqai.core import Notice, ReaderStamp, Reading, Report
from waqai.flow import Chain, iter_outcomes


@dataclass(frozen=True)
class Fragile:
    """A reader that breaks on one word."""

    stamp: ReaderStamp = STAMP

    def iter_read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        for report in reports:
            if "poison" in report.text:
                raise ZeroDivisionError("poison")
            yield Reading(report=report.id, report_sha256=report.sha256, reader=self.stamp)


def test_a_report_on_which_the_reader_breaks_is_set_aside_alone(chain: Chain) -> None:
    reports = [make_report(f"text {i}", id=str(i)) for i in range(40)]
    reports[17] = make_report("poison", id="17")
    outcomes = list(iter_outcomes(reports, replace(chain, reader=Fragile())))
    failed = [o for o in outcomes if o.reading is None]
    assert [o.report.id for o in outcomes if o.report] == [r.id for r in reports]
    assert len(failed) == 1 and failed[0].notice is not None and "ZeroDivisionError" in failed[0].notice.reason


def test_notices_keep_their_place_among_the_reports(chain: Chain) -> None:
    items = [make_report("one", id="1"), Notice(record="x", stage="intake", reason="broken"), make_report("two", id="2")]
    outcomes = list(iter_outcomes(items, replace(chain, reader=Fragile())))
    assert [o.report.id if o.report else o.notice.record for o in outcomes if o.report or o.notice] == ["1", "x", "2"]


def test_a_reading_has_its_places_on_the_map(chain: Chain) -> None:
    text = "Twelve prisoners escaped from a jail in the Syrian city of Raqqa on Monday, the Observatory said."
    (outcome,) = iter_outcomes([make_report(text)], chain)
    assert outcome.reading is not None and outcome.reading.accounts[0].where is not None
    assert outcome.reading.accounts[0].where.country == "SY"
