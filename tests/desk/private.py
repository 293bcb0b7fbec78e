"""Two stores that differ in nothing but the names of facilities and private persons.

In one of them every incident tells of the same facility and the same persons, in the other each incident of its own. Whatever a page says of many incidents
must be alike over both, once the names are blotted out: a page that groups, sorts or counts by one of them has other groups, another order, other numbers.
The names stand in the readings, not in the texts, so that all ids are the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from factories import family_of, make_account, make_claim, make_count, make_involved, make_reading, make_report, make_when, make_where
from scenes import AT, BY, anchor_of
from waqai.store import Store

INCIDENTS, REPORTS = 6, 2
KINDS = ("prison", "held", "told", "guard", "warns")
LETTERS = "QZXJVK"
"""For the second store, so that no order of names is the order of the incidents, of their days, or of their ids."""
NAME = re.compile(r"(?:prison|held|told|guard|warns)[+ ](?:%20)?[QZXJVKW]{4}x", re.IGNORECASE)


BODIES = ("islamic-state", "hamas", "fatah", "ypg", "pkk", "taliban")
"""Ids of the register that the facilities bear, so that nothing but their role keeps them out of what is counted by body."""


def fill_alike(store: Store) -> None:
    """All incidents share their names."""
    _fill(store, ["W"] * INCIDENTS, BODIES[:1] * INCIDENTS)


def fill_apart(store: Store) -> None:
    """Each incident has names of its own."""
    _fill(store, LETTERS, BODIES)


def blot(text: str) -> str:
    """The text without the names, and without the name of the store's file."""
    return NAME.sub("□", re.sub(r"(?:alike|apart)\.sqlite", "", text))


def _names(letter: str) -> dict[str, str]:
    return {kind: f"{kind.title()} {letter * 4}x" for kind in KINDS}


def _fill(store: Store, letters: Sequence[str], bodies: Sequence[str]) -> None:
    with store.transaction():
        for n, (letter, body) in enumerate(zip(letters, bodies, strict=True)):
            for nth in range(REPORTS):
                _tell(store, n, nth, _names(letter), body)


def _tell(store: Store, n: int, nth: int, names: dict[str, str], body: str) -> None:
    """The nth report of an incident: its facility, a person held, a guard, and who told of it, who warned."""
    text = f"A voice said on day {nth} that {10 + n + nth} prisoners escaped in case {n}. Others were warned that more would follow."
    report = make_report(text, id=f"r{n}-{nth}", publisher=f"Paper {(n + nth) % 3}", published=date(2021, 3, 8) + timedelta(days=(n * 5) % 7 + nth))
    words = f"{10 + n + nth} prisoners"
    said = make_claim(report, speaker=names["told"], cue="said", content=words)
    warned = make_claim(report, speaker=names["warns"], cue="warned", content="more would follow", stance="warns")
    involved = [
        make_involved("facility", names["prison"], actor_id=body),
        make_involved("person_held", names["held"]),
        make_involved("custodian", names["guard"]),
    ]
    account = make_account(
        report,
        words=text.split(".")[0],
        when=make_when(date(2021, 3, 1) + timedelta(days=n)),
        where=make_where(),
        counts=[make_count(10 + n + nth, report=report, words=words, said_by=said.id)],
        involved=involved,
        said_by=said.id,
    )
    store.add_report(report)
    store.add_reading(make_reading(report, accounts=[account], claims=[said, warned]), family_of=family_of)
    (card,) = store.iter_cards(report=report.id)
    told = {"because": "", "by": BY, "at": AT}
    if nth == 0:
        store.open_incident(f"i-case{n}", account=card.account.id, anchor=anchor_of(account, report), role="main", **told)
    else:
        store.judge(card.account.id, "a-x", incident=f"i-case{n}", anchor=anchor_of(account, report), role="main", verdict="same", score=0.9, **told)
