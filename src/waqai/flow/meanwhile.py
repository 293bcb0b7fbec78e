"""A guard against lost changes: who acts on what he saw is told what somebody else wrote since, and nothing is written.

Who looks at a page notes the number of the log's last entry, and hands it on as `expects` with what he decides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from waqai.core import Card, ChangedMeanwhile, Entry
from waqai.store import Standing, Store


def check_unchanged(store: Store, expects: int | None, *, by: str, reports: Collection[str] = (), incidents: Collection[str] = ()) -> None:
    """Raises ChangedMeanwhile where anybody but `by` wrote on one of these reports (by sha256) or incidents after the entry `expects`; None expects nothing.

    To be called in the transaction that writes. Two persons without a name are one to it.
    """
    if expects is None:
        return
    found = [entry for entry in store.iter_since(expects, reports=reports, incidents=incidents) if entry.by != by]
    if found:
        raise ChangedMeanwhile(_say(found), tuple(entry.id for entry in found))


def check_cards(store: Store, expects: int | None, *, by: str, cards: Iterable[Card], incidents: Collection[str] = ()) -> None:
    """As `check_unchanged`, for the reports of these cards."""
    check_unchanged(store, expects, by=by, reports={card.anchor.report_sha256 for card in cards}, incidents=incidents)


def check_act(store: Store, expects: int | None, *, by: str, act: Sequence[Standing]) -> None:
    """As `check_unchanged`, for all that the entries of an act are on."""
    entries = [one.entry for one in act]
    named = {str(e.subject if e.kind in ("opened", "locked") else e.value["incident"]) for e in entries if e.kind == "opened" or "incident" in e.value}
    check_unchanged(store, expects, by=by, reports={one.report_sha256 for one in act if one.report_sha256}, incidents=named)


def _say(found: Sequence[Entry]) -> str:
    last = found[-1]
    who = "a person" if last.by == "person" else last.by.removeprefix("person:")
    more = f", the last of {len(found)} since you looked" if len(found) > 1 else ""
    why = f" because: {last.because}" if last.because else ""
    return f"{who} {_what(last)} on {last.at:%Y-%m-%d at %H:%M} (entry {last.id}{more}){why}. Look at it as it is now, then say it again"


def _what(entry: Entry) -> str:
    value, account = entry.value, f"account {entry.subject}"
    if entry.kind == "judgement" and value:
        said = {"same": "put {} into", "different": "told {} apart from", "unsure": "is not sure whether {} tells of"}[str(value["verdict"])]
        return f"{said.format(account)} incident {value['incident']}"
    if entry.kind == "corrected" and value:
        return f"corrected the {value['facet']} of {account}"
    told = {
        "opened": f"opened incident {entry.subject}",
        "attached": f"judged the report against incident {value.get('incident')}",
        "locked": f"locked incident {entry.subject}",
        "undone": f"undid entry {entry.subject}",
        "erased": "erased the report",
    }
    return told.get(entry.kind, f"{entry.kind} {account}")
