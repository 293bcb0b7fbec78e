"""Take an entry of the log back by another entry. What was said in one breath is taken back together; no account is left without an incident."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from waqai.core import Card, LinkRole, NotPossible
from waqai.flow.changes import Before, Change
from waqai.flow.clock import now
from waqai.flow.meanwhile import check_act
from waqai.linking import mint_incident_id
from waqai.store import Standing, Store


def undo_entry(number: int, store: Store, *, because: str, by: str, expects: int | None = None) -> Change:
    """Log that this entry, with those of its act, no longer counts. Undoing an undo brings its entries back.

    `expects` is the number of the log's last entry when the person looked. Raises UnknownId for a number that the log does not have, ChangedMeanwhile, and
    NotPossible for what is undone already or cannot be undone.
    """
    with store.transaction():
        act = [*store.get_act(number)]
        check_act(store, expects, by=by, act=act)
        _check(number, next(one for one in act if one.entry.id == number), store)
        act += _joined_with(act[0], store) if len(act) == 1 else []
        shas = {one.report_sha256 for one in act if one.report_sha256 is not None and store.find_report(one.report_sha256) is not None}
        before, first, at = Before(store, shas, incidents=_voiced_by(act, store)), store.last_entry() + 1, now()
        told = {card.account.id for sha in shas for card in store.iter_cards(report=sha)}
        for one in act:
            if one.undone_by is None and one.erased_by is None:
                store.undo(one.entry.id, because=because, by=by, at=at, act=first)
        _seat_again(before, store, told=told, why=f"entry {number} was undone", by=by, at=at, act=first)
        return before.compare()


def _voiced_by(act: Iterable[Standing], store: Store) -> set[str]:
    """The incidents in which a speaker or publisher speaks whose mark is undone, or brought back."""
    marked: set[str] = set()
    for one in act:
        entry = one.entry
        while entry.kind == "undone":
            entry = store.get_act(int(entry.subject))[0].entry
        marked |= {str(entry.value["name"])} if entry.kind == "marked_unreliable" and entry.value else set()
    return {incident for name in marked for sha in store.find_reports_of(name) for incident in store.find_seats(sha).values()}


def mint_free_id(card: Card, store: Store) -> str:
    """An id for an incident that this card opens, never used before."""
    wanted = mint_incident_id(card)
    return wanted if store.find_opening(wanted) is None else mint_incident_id(card, again=store.last_entry() + 1)


def _check(number: int, found: Standing, store: Store) -> None:
    entry = found.entry
    if found.erased_by is not None:
        raise NotPossible(f"entry {number} was on a report that entry {found.erased_by} erased: there is nothing left to undo")
    if found.undone_by is not None:
        raise NotPossible(f"entry {number} is undone already, by entry {found.undone_by}; `waqai undo {found.undone_by}` brings it back")
    if entry.kind == "imported":
        raise NotPossible(f"entry {number} brought in a whole file; `waqai import undo {entry.subject}` takes its rows back")
    if entry.kind == "undone" and store.is_batch(int(entry.subject)):
        raise NotPossible(f"entry {number} took an import back; to have its rows again, import the file again")
    if entry.kind == "opened" and "act" not in entry.value:
        raise NotPossible(
            f"entry {number} opened incident {entry.subject}, and every account needs an incident: to put the account elsewhere, "
            f"use `waqai same {entry.value['account']} INCIDENT`"
        )


def parts_of(account: str, incident: str, store: Store, *, sha256: str) -> list[str]:
    """The accounts of a report that sit in the incident as parts of this account: they follow it."""
    seats = store.find_seats(sha256)
    joined = [one.entry for one in _iter_parts(account, incident, store, sha256=sha256)]
    return list(dict.fromkeys(entry.subject for entry in joined if seats.get(entry.subject) == incident))


def _joined_with(head: Standing, store: Store) -> Iterable[Standing]:
    """The judgements that joined parts to the account whose joining is undone."""
    entry = head.entry
    if entry.kind != "judgement" or entry.value["verdict"] != "same" or entry.value["role"] == "part" or head.report_sha256 is None:
        return ()
    return [one for one in _iter_parts(entry.subject, str(entry.value["incident"]), store, sha256=head.report_sha256) if "act" not in one.entry.value]


def _iter_parts(account: str, incident: str, store: Store, *, sha256: str) -> Iterable[Standing]:
    for one in store.iter_standing(report=sha256):
        value = one.entry.value
        is_part = one.entry.kind == "judgement" and value.get("role") == "part" and value.get("right") == account
        if is_part and value.get("verdict") == "same" and value.get("incident") == incident and one.undone_by is None:
            yield one


def _seat_again(before: Before, store: Store, *, told: Collection[str], why: str, by: str, at: datetime, act: int) -> None:
    """Accounts that sat in an incident and sit in none now open one: those of a report together, if they sat together; a part follows its main account.

    So does one that was not `told` before, as an added account stood in its place.
    """
    for sha, seats in before.seats.items():
        heads: dict[str, tuple[str, str]] = {}
        cards = [card for card in store.iter_unlinked_cards(report=sha) if card.account.id in seats or card.account.id not in told]
        for card in sorted(cards, key=lambda c: before.role_of(c.account.id) == "part"):
            account, left, role = card.account.id, seats.get(card.account.id, card.account.id), before.role_of(card.account.id)
            if left not in heads:
                heads[left] = (mint_free_id(card, store), account)
                head_role: LinkRole = "main" if role == "part" else role
                store.open_incident(heads[left][0], account=account, anchor=card.anchor, role=head_role, because=why, by=by, at=at, act=act)
                continue
            incident, head = heads[left]
            said = {"incident": incident, "verdict": "same", "score": 1.0, "because": why, "by": by, "at": at, "act": act}
            store.judge(account, head, anchor=card.anchor, role=role, **said)  # type: ignore[arg-type]
