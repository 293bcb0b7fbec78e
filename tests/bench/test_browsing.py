from __future__ import annotations

from pathlib import Path

from bench.browsing import ADDS, Draw, inside
from bench.synthetic_store import make_store
from waqai.browse import Facet, Value
from waqai.store import Filters


def test_every_kind_of_question_is_measured_as_often_as_it_was_asked(tmp_path: Path) -> None:
    make_store(tmp_path / "store.sqlite", 40, workers=1)
    measured = inside(tmp_path / "store.sqlite", 40, asks=3)
    assert {name: len(times) for name, times in measured.asked.items()} == dict.fromkeys(("list", "facets", "map", "timeline", "search"), 3)
    assert len(measured.again) == ADDS and all(ms > 0 for ms in measured.again) and measured.load_s > 0


def test_no_question_is_drawn_twice() -> None:
    values = tuple(Value(value=name, count=1, chosen=False) for name in ("escape", "clash", "aid"))
    draw = Draw(tuple(Facet(name=name, values=values, others=0) for name in ("type", "status", "grade")))
    drawn = [draw.filters() for _ in range(60)]
    assert len(set(drawn)) == 60 and Filters() not in drawn
