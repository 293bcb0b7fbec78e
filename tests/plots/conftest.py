"""Records of a made-up crowd of incidents, as the house sees them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from factories import make_when, make_where
from waqai.bounds import Cleared, ClearedIncident
from waqai.core import Figure, Incident, LinkedAccount

FIRST = date(2021, 3, 5)


@pytest.fixture
def record_of() -> Callable[..., Cleared]:
    """A record of one incident; `at`: latitude and longitude."""

    def make(
        id: str, *, family: str = "custody_exit", day: date | None = date(2021, 3, 5), at: tuple[float, float] | None = (36.5, 40.5), **more: object
    ) -> Cleared:
        where = None if at is None else make_where(f"Town {id}", lat=at[0], lon=at[1], **more)
        given = {
            "type": "escape",
            "grade": "weak",
            "grade_because": "",
            "status": "occurred",
            "accounts": (LinkedAccount(report="r", account="a", role="main"),),
        }
        when = make_when(day) if day else None
        incident = Incident(id=id, when=when, where=where, figures=(), **given)  # type: ignore[arg-type]
        return Cleared(incident=ClearedIncident(incident), family=family)

    return make


@pytest.fixture
def figure_of() -> Callable[..., Figure]:
    def make(low: float, *, high: float | None = None, best: float | None = None, speaker: str = "police", day: date | None = None, **more: object) -> Figure:
        given: dict[str, object] = {"measure": "escaped", "of_whom": "prisoners", "kind": "exact", "expr": f"{low:g} prisoners", "report": "r"} | more
        return Figure(low=low, high=low if high is None else high, best=low if best is None else best, speaker=speaker, said_at=day, **given)  # type: ignore[arg-type]

    return make
