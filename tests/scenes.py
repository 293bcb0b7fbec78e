"""Made-up news for the store's tests: four reports of two prisons, read and linked by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime

from factories import family_of, make_account, make_claim, make_count, make_involved, make_reading, make_report, make_when, make_where
from waqai.core import Account, Anchor, Card, Reading, Report
from waqai.store import Store

AT = datetime(2021, 3, 9, 12, tzinfo=UTC)
BY = "linker 1"
MARCH_5 = date(2021, 3, 5)
QALAT = make_involved("facility", "Qalat prison")

TEXTS = {
    "daily": "The Observatory said on Monday that 12 prisoners escaped from Qalat prison in Tel Salam on 5 March 2021.",
    "herald": "At least 15 inmates broke free from the jail of Qalat on Friday, the governor announced. Two guards were hurt in a clash before.",
    "wire": "Two men who fled Qalat prison were caught near the river, police said on Wednesday.",
    "lake": "Ministers of nine states met in the lake resort of Bahra on 2 March and promised 40 million euros.",
}


def report_of(name: str) -> Report:
    published = {"daily": date(2021, 3, 8), "herald": date(2021, 3, 7), "wire": date(2021, 3, 10), "lake": date(2021, 3, 3)}[name]
    return make_report(TEXTS[name], id=name, publisher=f"The {name.title()}", published=published, title=f"News of the {name}")


def reading_of(name: str) -> Reading:
    return READINGS[name](report_of(name))


def _daily(report: Report) -> Reading:
    claim = make_claim(report, speaker="The Observatory", cue="said", content="12 prisoners escaped from Qalat prison")
    counts = [make_count(12, report=report, words="12 prisoners", said_by=claim.id)]
    account = make_account(report, when=make_when(MARCH_5), where=make_where(), counts=counts, involved=[QALAT], said_by=claim.id)
    return make_reading(report, accounts=[account], claims=[claim])


def _herald(report: Report) -> Reading:
    escape = make_account(
        report,
        words="At least 15 inmates broke free from the jail of Qalat on Friday, the governor announced.",
        when=make_when(MARCH_5),
        where=make_where(precision="P4_admin1", place_id="test:hasakah", lat=None, lon=None),
        counts=[make_count(15, report=report, words="At least 15 inmates", kind="at_least")],
        involved=[QALAT],
    )
    clash = make_account(
        report,
        type="clash",
        key="2",
        words="Two guards were hurt in a clash before.",
        when=make_when(MARCH_5),
        counts=[make_count(2, report=report, words="Two guards", measure="wounded", of_whom="guards")],
    )
    return make_reading(report, accounts=[escape, clash])


def _wire(report: Report) -> Reading:
    return make_reading(report, accounts=[make_account(report, type="recapture", when=make_when(date(2021, 3, 10)), where=make_where(), involved=[QALAT])])


def _lake(report: Report) -> Reading:
    where = make_where("Bahra", place_id="test:bahra", lat=21.4, lon=39.4, country="SA", admin1="Makkah")
    meeting = make_account(
        report, type="meeting", words="Ministers of nine states met in the lake resort of Bahra on 2 March", when=make_when(date(2021, 3, 2)), where=where
    )
    aid = make_account(report, type="aid", key="2", words="promised 40 million euros", status="pledged")
    return make_reading(report, accounts=[meeting, aid])


READINGS = {"daily": _daily, "herald": _herald, "wire": _wire, "lake": _lake}


def add(store: Store, name: str) -> Reading:
    """Put a report of the scene and its reading into the store, without links."""
    reading = reading_of(name)
    store.add_report(report_of(name))
    store.add_reading(reading, family_of=family_of)
    return reading


def anchor_of(account: Account, report: Report) -> Anchor:
    return Anchor(report_sha256=report.sha256, evidence=account.evidence, family=family_of(account.type))


def open_by(store: Store, card: Card, incident: str, *, role: str = "main") -> int:
    """Log that this card opens the incident; the entry's number."""
    return store.open_incident(incident, account=card.account.id, anchor=card.anchor, role=role, because="nothing near", by=BY, at=AT).id


def join(store: Store, card: Card, incident: str, *, right: str = "a-other", role: str = "main", verdict: str = "same") -> int:
    """Log a judgement on this card; the entry's number."""
    said = {"verdict": verdict, "score": 0.9, "because": "same prison, same day", "by": BY, "at": AT}
    return store.judge(card.account.id, right, incident=incident, anchor=card.anchor, role=role, **said).id


def fill(store: Store) -> None:
    """The whole scene: i-escape (daily, herald with its clash), i-caught (wire), i-meeting and i-aid (lake)."""
    with store.transaction():
        for name in TEXTS:
            add(store, name)
        (daily,), (escape, clash), (caught,), (meeting, aid) = (tuple(store.iter_cards(report=name)) for name in TEXTS)
        open_by(store, daily, "i-escape")
        join(store, escape, "i-escape", right=daily.account.id)
        join(store, clash, "i-escape", right=escape.account.id, role="part")
        open_by(store, caught, "i-caught")
        open_by(store, meeting, "i-meeting")
        open_by(store, aid, "i-aid")
