"""An incident with what stands behind it, as it is handed to whoever writes it down."""

from __future__ import annotations

from dataclasses import dataclass

from waqai.core import Day, Incident, Report
from waqai.folding.incidents import Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A telling with the report that it stands in."""

    telling: Telling
    report: Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """An incident; `since`, of one without a day, is the first day on which a report of it was published, where none says it, came in (None: unknown).

    `told` are its accounts in the incident's order; empty where only the incident was asked for. Then `hints` are types of its accounts, who takes part and
    whom they count, of those that may tell of children or of what is told by area and month only.
    """

    incident: Incident
    family: str
    since: Day | None
    told: tuple[Told, ...] = ()
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotToLeave:
    """An incident that only reports tell of whose terms forbid that anything of them is passed on."""

    incident: str
