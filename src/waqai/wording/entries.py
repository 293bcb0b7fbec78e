"""Entries of the log in a person's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from waqai.core import Account, Entry
from waqai.store import Standing, Store
from waqai.wording.reviews import describe_correction, name_author

ROLES = {"main": "as its news", "part": "as a part", "follow_up": "as a follow-up", "background": "as background"}

ERASED = {
    "opened": "opened incident",
    "judgement": "a judgement on account",
    "attached": "a judgement on report",
    "undone": "undid entry",
    "accepted": "accepted account",
    "rejected": "rejected account",
    "corrected": "corrected account",
    "added": "added account",
    "noted": "a note on incident",
    "tagged": "a tag of incident",
    "asked": "a question about incident",
    "answered": "an answer about incident",
    "marked_unreliable": "a mark on",
    "expected": "registered expectation",
    "resolved": "resolved expectation",
}


_STAFF_SAID = {
    "person_added": "added {name} as {role}",
    "person_role": "gave {name} the role {role}, before: {was}",
    "person_password": "set another password for {name}",
    "person_disabled": "disabled {name}: no way in until enabled again",
    "person_enabled": "enabled {name} again",
    "token_added": "made the API token {token} of {owner} for “{name}”, with the scopes {scopes}, until {expires}",
    "alert_added": "made the alert “{name}” in the {profile} profile",
    "alert_removed": "removed the alert “{name}”",
    "feed_added": "began to watch “{name}”",
    "feed_removed": "watches “{name}” no longer",
    "token_revoked": "revoked the API token {token} of {owner} for “{name}”",
}


def _describe_staff(entry: Entry) -> str:
    """What an entry about a person or a token says, in a sentence."""
    value: dict[str, Any] = dict(entry.value)
    if "owner" in value:
        value["owner"] = name_author(value["owner"])
    return _STAFF_SAID[entry.kind].format(**value | {"scopes": ", ".join(value.get("scopes", ()))})


@dataclass(frozen=True, slots=True)
class _Known:
    """Where what an entry names is looked up: its accounts were found at once."""

    store: Store
    accounts: Mapping[str, Account]

    def name(self, account: str) -> str:
        """An account as a person finds it: type, report, id."""
        told = self.accounts.get(account)
        return f"the {told.type} of report {told.report} ({account})" if told else f"account {account} (erased)"


def describe_entry(one: Standing, store: Store) -> str:
    """What the entry says, in a sentence without its reason."""
    return describe_entries([one], store)[0]


def describe_entries(found: Sequence[Standing], store: Store) -> list[str]:
    """What each of these entries says, as `describe_entry`."""
    known = _Known(store, store.find_accounts([account for one in found for account in _accounts_of(one.entry)]))
    return [_describe(one, known) for one in found]


def _accounts_of(entry: Entry) -> list[str]:
    """The accounts that an entry names, and perhaps what is none."""
    return [str(name) for name in (entry.subject, *(entry.value.get(key) for key in ("account", "right", "split_from"))) if name]


def _describe(one: Standing, known: _Known) -> str:
    describe = _SAID.get(one.entry.kind)
    if one.erased_by is not None:
        return f"{ERASED.get(one.entry.kind, one.entry.kind)} {one.entry.subject}; what it said is erased"
    return describe(one.entry, known) if describe else f"{one.entry.kind}: {one.entry.subject}"


def _opened(entry: Entry, known: _Known) -> str:
    return f"opened incident {entry.subject} for {known.name(str(entry.value['account']))}"


def _judged(entry: Entry, known: _Known) -> str:
    value: Any = entry.value
    account, incident = known.name(entry.subject), value["incident"]
    beside = f", like {known.name(value['right'])}" if value.get("right_anchor") else ""
    if value["verdict"] == "same":
        return f"put {account} into incident {incident} {ROLES[value['role']]}{beside}"
    if value["verdict"] == "unsure":
        return f"not sure whether {account} tells of incident {incident}{beside}"
    other = f"what {known.name(value['right'])} tells, then in incident {incident}" if value.get("right_anchor") else f"incident {incident}"
    return f"{account} does not tell of {other}"


def _attached(entry: Entry, known: _Known) -> str:
    report = known.store.find_report(entry.subject)
    name = report.id if report else f"with the hash {entry.subject[:12]}…"
    said = "tells the story" if entry.value["verdict"] == "same" else "does not tell the story"
    return f"report {name}, in which nothing was coded, {said} of incident {entry.value['incident']}"


def _undone(entry: Entry, known: _Known) -> str:
    number = int(entry.subject)
    target = next(known.store.iter_standing(numbers=[number]), None)
    if target is not None and target.entry.kind == "undone":
        return f"undid entry {number}: what it had undone counts again"
    return f"undid entry {number}"


def _erased(entry: Entry, known: _Known) -> str:
    stone = known.store.find_tombstone(entry.subject)
    numbers: Any = entry.value["entries"]
    named = f"report {stone.id}" if stone else f"a report with the hash {entry.subject[:12]}…"
    return f"erased {named}, and with it the words of {len(numbers)} {'entry' if len(numbers) == 1 else 'entries'}"


def _readmitted(entry: Entry, known: _Known) -> str:
    stone = known.store.find_tombstone(entry.subject)
    return f"took in again the erased text of {f'report {stone.id}' if stone else f'the hash {entry.subject[:12]}…'}"


def _allowed(entry: Entry, known: _Known) -> str:
    return f"allowed {entry.subject} to be sent this store's reports"


def _imported(entry: Entry, known: _Known) -> str:
    value: Any = entry.value
    return f"brought in rows of {value['publisher']} from {value['file']} as {entry.subject}"


def _reviewed(entry: Entry, known: _Known) -> str:
    named = known.name(entry.subject)
    return f"accepted {named}: it is as the report says" if entry.kind == "accepted" else f"rejected {named}: it counts for nothing"


def _corrected(entry: Entry, known: _Known) -> str:
    words = f", from the words “{entry.value['words']}”" if entry.value.get("words") else ""
    return f"corrected {known.name(entry.subject)}: {describe_correction(entry)}{words}"


def _locked(entry: Entry, known: _Known) -> str:
    return f"locked incident {entry.subject}: no later run changes which accounts sit in it"


def _marked(entry: Entry, known: _Known) -> str:
    return f"marked {entry.value['name']} {'unreliable: no figure or voice of theirs counts' if entry.value['unreliable'] else 'reliable after all'}"


def _added(entry: Entry, known: _Known) -> str:
    source = entry.value.get("split_from")
    said = f"split from {known.name(str(source))}" if source else "which no reader had found"
    return f"added {known.name(entry.subject)}, {said}"


def _aside(entry: Entry, known: _Known) -> str:
    value: Any = entry.value
    if entry.kind == "tagged":
        return f"tagged incident {entry.subject} “{value['tag']}”"
    if entry.kind == "asked":
        return f"asked {name_author(value['whom']) if value['whom'] else 'anybody'} about incident {entry.subject}: {value['words']}"
    said = f"answered entry {value['asked']} about" if entry.kind == "answered" else "noted on"
    return f"{said} incident {entry.subject}: {value['words']}"


def _expected(entry: Entry, known: _Known) -> str:
    late = ", late: the days that count had begun" if entry.value["late"] else ""
    return f"registered expectation {entry.subject} (sha256 {str(entry.value['sha256'])[:12]}…){late}"


def _resolved(entry: Entry, known: _Known) -> str:
    cited: Any = entry.value["incidents"]
    by = f", by {', '.join(one['incident'] for one in cited)}" if cited else ""
    proposed = entry.value["proposed"]
    said = "" if proposed == entry.value["outcome"] else f"; the rule proposed {str(proposed).replace('_', ' ')}"
    return f"resolved expectation {entry.subject}: {entry.value['outcome']}{by}{said}"


def _staff(entry: Entry, known: _Known) -> str:
    return _describe_staff(entry)


_SAID: dict[str, Callable[[Entry, _Known], str]] = {
    "opened": _opened,
    "judgement": _judged,
    "attached": _attached,
    "undone": _undone,
    "erased": _erased,
    "readmitted": _readmitted,
    "allowed_remote": _allowed,
    "imported": _imported,
    "accepted": _reviewed,
    "rejected": _reviewed,
    "corrected": _corrected,
    "added": _added,
    **dict.fromkeys(("noted", "tagged", "asked", "answered"), _aside),
    "locked": _locked,
    "expected": _expected,
    "resolved": _resolved,
    "marked_unreliable": _marked,
    **dict.fromkeys(_STAFF_SAID, _staff),
}
