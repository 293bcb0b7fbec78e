"""The register in the store: what persons registered, what came of it, and what stands of that today.

Two things are kept. The entry, once, as it was registered, in a table that refuses to be changed; and the log, which says who registered and who resolved
what, when and why, and which also takes it back: a registration that is undone is withdrawn and goes on being counted as that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from waqai.codebook import Codebook
from waqai.core import Entry, NotPossible, StoreError, UnknownId, from_plain, to_plain
from waqai.expectations.finding import families_of
from waqai.expectations.resolving import Cited, Proposal, find_doubts, propose, rests_on_incidents
from waqai.expectations.seeking import Evidence, gather, load_found
from waqai.expectations.shapes import OUTCOMES, Draft, Frozen, Outcome, Rule, is_late, sha256_of
from waqai.logbook.log import find_undone, iter_entries
from waqai.schema import tables
from waqai.store import Store

ID_DIGITS = 10
_E, _R = tables.expectations.c, tables.reports.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What a person confirmed or corrected: the log's `entry`, the outcome that the rule had `proposed`, and its sentence `why`."""

    outcome: Outcome
    cited: tuple[Cited, ...]
    proposed: Outcome
    why: str
    because: str
    by: str
    at: datetime
    entry: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """An entry of the register with what stands of it. `proposal` is what the rule makes of the record of today (None: not asked); `doubts` are why a
    resolution is open again. `withdrawn`: the entry of the log that took the registration back."""

    id: str
    report_sha256: str
    frozen: Frozen
    sha256: str
    by: str
    at: datetime
    because: str
    entry: int
    withdrawn: int | None = None
    resolution: Resolution | None = None
    proposal: Proposal | None = None
    evidence: Evidence | None = field(default=None, repr=False)
    doubts: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """withdrawn, reopened, the outcome that stands, or open."""
        if self.withdrawn is not None:
            return "withdrawn"
        if self.resolution is None:
            return "open"
        return "reopened" if self.doubts else self.resolution.outcome

    @property
    def is_scored(self) -> bool:
        """Whether it came out as yes or no, stands so today, and was registered before its days began."""
        return self.state in ("yes", "no") and not self.frozen.late


def register(draft: Draft, store: Store, *, today: date, accept_late: bool, because: str, by: str, at: datetime) -> Registered:
    """Keep the draft as an entry, its rule frozen with a hash.

    Raises NotPossible for a draft without a rule, for one of whose days some have passed unless `accept_late` (it is then marked so, and left out of
    scores), and where the same words are registered already.
    """
    if draft.rule is None or draft.issued is None:
        raise NotPossible(f"this cannot be registered as it was said: {draft.why_not}; say what it lacks (--type, --country, --until …)")
    late = draft.rule.route == "event" and is_late(draft.rule, today=today)
    if late and not accept_late:
        raise NotPossible(
            f"the days that count began on {draft.rule.first}: what is registered now may be known already; --late registers it all the same, marked so and "
            f"left out of scores"
        )
    frozen = _freeze(draft, late=late)
    sha256 = sha256_of(frozen)
    with store.writing() as connection:
        _check_once(connection, frozen, draft.report_sha256, store)
        id = _free_id(connection, sha256)
        row = {"id": id, "report_sha256": draft.report_sha256, "sha256": sha256, "plain": to_plain(frozen)}
        connection.execute(tables.expectations.insert(), row)
        value = {"report_sha256": draft.report_sha256, "sha256": sha256, "late": late}
        entry = store.append(kind="expected", subject=id, value=value, because=because, by=by, at=at)
    return Registered(id=id, report_sha256=draft.report_sha256, frozen=frozen, sha256=sha256, by=by, at=at, because=because, entry=entry.id)


def resolve(named: Registered, outcome: str, store: Store, *, incidents: Sequence[str] = (), because: str, by: str, at: datetime) -> Entry:
    """Log a person's outcome. The entry was looked at today (`proposal`); without `incidents` those of the proposal are cited, where it says the same.

    Raises NotPossible where it cannot be said: too early; a yes without incidents unless nothing was to happen; a correction of the rule without a reason;
    resolved already. Raises UnknownId for an incident that there is not.
    """
    proposal = named.proposal
    assert proposal is not None, "load the entry with what the rule proposes"
    _check_outcome(named, outcome, proposal, because)
    cited = tuple(dict.fromkeys(store.get_incident(one).id for one in incidents))
    if not cited and outcome == proposal.outcome:
        cited = tuple(one.incident for one in proposal.incidents)
    if not cited and rests_on_incidents(named.frozen.rule, outcome):
        raise NotPossible(f"this {outcome} has to cite the incidents that it rests on; name them (--incident i-…)")
    answering = {one.incident for one in proposal.incidents}
    with store.writing() as connection:
        found = load_found(connection, cited)
        if gone := [one for one in cited if one not in found]:
            raise NotPossible(f"{gone[0]} has no day, or was rejected: nothing can rest on it")
        told = [Cited(incident=one, reports=found[one].reports, answers=one in answering) for one in cited]
        value = {"report_sha256": named.report_sha256, "outcome": outcome, "incidents": told, "proposed": proposal.outcome, "why": proposal.why}
        return store.append(kind="resolved", subject=named.id, value=value, because=because, by=by, at=at)


def list_registered(store: Store, *, codebook: Codebook, today: date | None = None, reports: Sequence[str] | None = None) -> tuple[Registered, ...]:
    """All entries, or those on these reports (by hash), the last registered first. With `today` each with what its rule proposes and whether it stands."""
    with store.reading(incidents=True) as connection:
        rows = connection.execute(_rows() if reports is None else _rows().where(_E.report_sha256.in_(reports))).all()
        said = _load_said(connection, rows)
        made = [_registered(row, *said) for row in rows]
        looked = made if today is None else [_look(connection, one, codebook, today) for one in made]
    return tuple(sorted(looked, key=lambda one: -one.entry))


def get_registered(named: str, store: Store, *, codebook: Codebook, today: date) -> Registered:
    """The entry of this id, with what its rule proposes today. Raises UnknownId, StoreError where it is not what was registered any more."""
    with store.reading(incidents=True) as connection:
        row = connection.execute(_rows().where(_E.id == named)).first()
        if row is None:
            raise UnknownId(f"no expectation {named!r} in store {store.address}; `waqai expectations list --registered` lists them")
        return _look(connection, _registered(row, *_load_said(connection, [row])), codebook, today)


def find_report_of(claim: str, store: Store) -> str | None:
    """The id of the report whose readings, current or not, hold the claim of this id."""
    with store.reading() as connection:
        found: str | None = connection.scalar(
            sa.select(_R.id).join(tables.claims, tables.claims.c.report_sha256 == _R.sha256).where(tables.claims.c.id == claim).limit(1)
        )
        return found


def families_in(rule: Rule, codebook: Codebook) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The families of the rule's pattern, and those of its condition."""
    of = rule.condition
    return families_of(rule.pattern.types, rule.pattern.families, codebook), () if of is None else families_of(of.types, of.families, codebook)


# -- inside


def _freeze(draft: Draft, *, late: bool) -> Frozen:
    assert draft.rule is not None and draft.issued is not None
    kept = {name: getattr(draft, name) for name in Frozen.__dataclass_fields__ if name != "late"}
    return Frozen(late=late, **kept)


def _check_once(connection: sa.Connection, frozen: Frozen, report: str, store: Store) -> None:
    rows = connection.execute(_rows().where(_E.report_sha256 == report)).all()
    standing = [one for one in (_registered(row, *_load_said(connection, rows)) for row in rows) if one.withdrawn is None]
    same = next((one for one in standing if one.frozen.span.overlaps(frozen.span) and one.frozen.rule.route == frozen.rule.route), None)
    if same is not None:
        raise NotPossible(f"these words are registered already, as {same.id}; `waqai undo {same.entry}` withdraws it")


def _free_id(connection: sa.Connection, sha256: str) -> str:
    """The beginning of the hash; the same thing registered again after it was withdrawn gets a number behind it."""
    taken, id, n = set(connection.scalars(sa.select(_E.id))), f"x-{sha256[:ID_DIGITS]}", 2
    while id in taken:
        id, n = f"x-{sha256[:ID_DIGITS]}-{n}", n + 1
    return id


def _check_outcome(named: Registered, outcome: str, proposal: Proposal, because: str) -> None:
    if outcome not in OUTCOMES:
        raise NotPossible(f"there is no outcome {outcome!r}; there are {', '.join(OUTCOMES[:-1])}")
    if named.withdrawn is not None:
        raise NotPossible(f"expectation {named.id} was withdrawn by entry {named.withdrawn}")
    if named.frozen.rule.route != "event":
        raise NotPossible("this is a question about many incidents, which no single outcome answers; `waqai expectations show` says what the record has")
    if named.resolution is not None and not named.doubts:
        said = named.resolution
        raise NotPossible(f"expectation {named.id} is resolved already ({said.outcome}); `waqai undo {said.entry}` takes that back")
    if outcome == "too_early" or (proposal.outcome == "too_early" and outcome in ("no", "void")):
        raise NotPossible(f"it is too early: {proposal.why}")
    if outcome != proposal.outcome and not because.strip():
        raise NotPossible(f"the rule proposes {proposal.outcome.replace('_', ' ')} ({proposal.why}); say why it is {outcome} (--because)")


def _rows() -> sa.Select[Any]:
    chosen = sa.select(_E.id, _E.report_sha256, _E.sha256, _E.plain, _R.id.label("report"))
    return chosen.select_from(tables.expectations.join(tables.reports, _R.sha256 == _E.report_sha256)).order_by(_E.id)


def _load_said(connection: sa.Connection, rows: Sequence[Any]) -> tuple[dict[str, list[Entry]], Mapping[int, int]]:
    """The entries of the log on these expectations, by expectation, and what undid what."""
    said: dict[str, list[Entry]] = {row.id: [] for row in rows}
    for kind in ("expected", "resolved") if rows else ():
        for entry in iter_entries(connection, kind=kind, rare=True):
            if entry.subject in said:
                said[entry.subject].append(entry)
    return said, find_undone(connection) if rows else {}


def _registered(row: Any, said: Mapping[str, list[Entry]], undone: Mapping[int, int]) -> Registered:
    frozen = from_plain(Frozen, row.plain)
    first = next(iter(_of_kind(said[row.id], "expected")), None)
    if first is None or sha256_of(frozen) != row.sha256 or first.value.get("sha256") != row.sha256:
        raise StoreError(f"expectation {row.id} is not what was registered: its words and its hash part; restore the store from a backup")
    standing = [entry for entry in _of_kind(said[row.id], "resolved") if entry.id not in undone and entry.value]
    return Registered(
        id=row.id,
        report_sha256=row.report_sha256,
        frozen=frozen,
        sha256=row.sha256,
        by=first.by,
        at=first.at,
        because=first.because,
        entry=first.id,
        withdrawn=undone.get(first.id),
        resolution=_resolution(standing[-1]) if standing else None,
    )


def _of_kind(entries: Sequence[Entry], kind: str) -> Iterator[Entry]:
    return (entry for entry in entries if entry.kind == kind)


def _resolution(entry: Entry) -> Resolution:
    value: Any = entry.value
    cited = tuple(from_plain(Cited, one) for one in value["incidents"])
    told: dict[str, Any] = {"because": entry.because, "by": entry.by, "at": entry.at, "entry": entry.id}
    return Resolution(outcome=value["outcome"], cited=cited, proposed=value["proposed"], why=value["why"], **told)


def _look(connection: sa.Connection, one: Registered, codebook: Codebook, today: date) -> Registered:
    """The entry with what its rule makes of the record, and why its resolution may not stand."""
    if one.frozen.rule.route != "event" or one.withdrawn is not None:
        return one
    families, condition_families = families_in(one.frozen.rule, codebook)
    evidence = gather(connection, one.frozen.rule, families=families, condition_families=condition_families)
    proposal = propose(one.frozen.rule, evidence, today=today)
    doubts: tuple[str, ...] = ()
    if one.resolution is not None:
        now = load_found(connection, [cited.incident for cited in one.resolution.cited])
        doubts = find_doubts(one.resolution.outcome, one.resolution.cited, proposed=one.resolution.proposed, now=now, proposal=proposal)
    kept = {name: getattr(one, name) for name in Registered.__dataclass_fields__}
    return Registered(**kept | {"proposal": proposal, "evidence": evidence, "doubts": doubts})
