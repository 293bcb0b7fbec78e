"""What a person's word changed: which accounts and which reports without one moved, and each incident concerned before and after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from waqai.core import Entry, Incident, LinkRole
from waqai.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """An account that sits elsewhere now; None: in no incident."""

    account: str
    report: str
    type: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A report without an account that stands beside another incident now; None: beside none."""

    report: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What was logged and what follows: accounts and reports that moved, and (id, before, after) of the incidents that look otherwise now; None: not there."""

    entries: tuple[Entry, ...]
    moved: tuple[Moved, ...] = ()
    incidents: tuple[tuple[str, Incident | None, Incident | None], ...] = ()
    beside: tuple[Beside, ...] = ()


class Before:
    """Where the accounts of some reports sit, and how their incidents look, before something is logged."""

    def __init__(self, store: Store, shas: Iterable[str], *, incidents: Iterable[str] = ()) -> None:
        self._store, self._shas, self._last = store, sorted(set(shas)), store.last_entry()
        self._beside = self._find_beside()
        self.seats = {sha: store.find_seats(sha) for sha in self._shas}
        concerned = {incident for sha in self._shas for incident in _incidents_named(sha, store)} | set(incidents)
        self._incidents = {incident: store.find_incident(incident) for incident in concerned}

    def role_of(self, account: str) -> LinkRole:
        """The role of an account in the incident that it sat in."""
        return next((one.role for view in self._incidents.values() if view for one in view.accounts if one.account == account), "main")

    def compare(self) -> Change:
        """What is different now."""
        now = {sha: self._store.find_seats(sha) for sha in self._shas}
        moved = tuple(moved for sha in self._shas for moved in self._moved(self.seats[sha], now[sha]))
        named = {incident for one in moved for incident in (one.before, one.after) if incident is not None}
        today = {incident: self._store.find_incident(incident) for incident in sorted(named | self._incidents.keys())}
        views = tuple((i, self._incidents.get(i), view) for i, view in today.items() if i in named or self._incidents.get(i) != view)
        after = self._find_beside()
        beside = tuple(Beside(report=self._store.get_report(sha).id, before=was, after=after[sha]) for sha, was in self._beside.items() if was != after[sha])
        return Change(entries=tuple(self._store.iter_log(after=self._last)), moved=moved, incidents=views, beside=beside)

    def _find_beside(self) -> dict[str, str | None]:
        found = {sha: self._store.find_attachment(sha) for sha in self._shas}
        return {sha: one.incident if one else None for sha, one in found.items()}

    def _moved(self, before: dict[str, str], after: dict[str, str]) -> Iterable[Moved]:
        for account in [*before, *(a for a in after if a not in before)]:
            if before.get(account) != after.get(account):
                told = self._store.get_account(account)
                yield Moved(account=account, report=told.report, type=told.type, before=before.get(account), after=after.get(account))


def _incidents_named(sha256: str, store: Store) -> Iterable[str]:
    """Every incident that the log ever put an account of this report into, or judged it against."""
    for entry in store.iter_log(report=sha256):
        named = entry.subject if entry.kind == "opened" else entry.value.get("incident")
        if named is not None:
            yield str(named)
