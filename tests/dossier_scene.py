"""Made-up news of one escape, for dossiers: two reports that differ, what is expected, what an expert judges, a private person, and what stands beside it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from factories import family_of, make_account, make_claim, make_count, make_involved, make_reading, make_report, make_when, make_where, span_of
from waqai.core import Account, Anchor, Claim, Reading, Report, Where
from waqai.store import Store

AT = datetime(2021, 3, 9, 12, tzinfo=UTC)
BY = "linker 1"
PRIVATE = "Zoran Kelmendi"
"""Somebody without a public role, who must not come out."""
SITE = "Qalat prison"
TEXTS = {
    "daily": (
        f"The Observatory announced that 12 prisoners escaped from {SITE} in Tel Salam on 5 March 2021. The guards of the Northern Council held them there."
        f" {PRIVATE} told the paper that two men died. They are expected to head for the river."
        " Selma Aydin, a researcher at the institute, assessed that such escapes repeat themselves."
    ),
    "herald": f"The governor said that 15 inmates had fled the jail of {SITE} on Friday, as relatives of {PRIVATE} confirm.",
    "lake": "Ministers of nine states met in Bahra on 2 March and talked of prisons.",
    "gate": "Gunmen attacked a post in Tel Salam on 20 January 2021 and four soldiers were killed.",
}


def report_of(name: str, **fields: object) -> Report:
    published = {"daily": date(2021, 3, 8), "herald": date(2021, 3, 7), "lake": date(2021, 3, 3), "gate": date(2021, 1, 21)}[name]
    given: dict[str, object] = {"title": f"News of the {name}", "publisher": f"The {name.title()} Post", "url": f"https://{name}.example/1"} | fields
    return make_report(TEXTS[name], id=name, published=published, **given)  # type: ignore[arg-type]


def town(report: Report) -> Where:
    return make_where(
        "Tel Salam",
        place_id="geonames:1",
        admin1="Al-Hasakah",
        phrase=span_of("Tel Salam", report.text) if "Tel Salam" in report.text else span_of("jail", report.text),
    )


def reading_of(name: str) -> Reading:
    return {"daily": _daily, "herald": _herald, "lake": _lake, "gate": _gate}[name](report_of(name))


def _daily(report: Report) -> Reading:
    words = {word: span_of(word, report.text) for word in ("5 March 2021", SITE, "12 prisoners", "The guards of the Northern Council", "two men", "the river")}
    said = make_claim(report, speaker="The Observatory", cue="announced", content=f"12 prisoners escaped from {SITE} in Tel Salam on 5 March 2021")
    told = make_claim(report, speaker=PRIVATE, cue="told", content="two men died")
    ahead = make_claim(report, speaker="unattributed", cue="are expected", content="They are expected to head for the river", stance="expects")
    judged = make_claim(
        report, speaker="Selma Aydin, a researcher at the institute", cue="assessed", content="such escapes repeat themselves", stance="assesses"
    )
    account = make_account(
        report,
        words="escaped",
        when=make_when(date(2021, 3, 5), phrase=words["5 March 2021"]),
        where=town(report),
        counts=[
            make_count(12, report=report, words="12 prisoners", said_by=said.id),
            make_count(2, report=report, words="two men", measure="killed", of_whom="men", said_by=told.id),
        ],
        involved=[
            make_involved("facility", SITE, phrase=words[SITE]),
            make_involved("custodian", "guards of the Northern Council", phrase=words["The guards of the Northern Council"]),
            make_involved("destination", "the river", phrase=words["the river"], modality="expected"),
        ],
        said_by=said.id,
    )
    return make_reading(report, accounts=[account], claims=[_about(said, account), _about(told, account), ahead, judged])


def _herald(report: Report) -> Reading:
    outer = make_claim(report, speaker=f"relatives of {PRIVATE}", cue="confirm", content="15 inmates had fled", stance="confirms")
    said = make_claim(report, speaker="The governor", cue="said", content=f"15 inmates had fled the jail of {SITE} on Friday", said_by=outer.id)
    counts = [make_count(15, report=report, words="15 inmates", of_whom="inmates", said_by=said.id)]
    when = make_when(date(2021, 3, 5), phrase=span_of("Friday", report.text))
    account = make_account(report, words="fled", when=when, where=town(report), counts=counts, said_by=said.id)
    return make_reading(report, accounts=[account], claims=[outer, _about(said, account)])


def _lake(report: Report) -> Reading:
    where = make_where("Bahra", place_id="geonames:2", lat=21.4, lon=39.4, country="SA", admin1="Makkah", phrase=span_of("Bahra", report.text))
    ministers = make_involved("participant", "Ministers of nine states", phrase=span_of("Ministers of nine states", report.text))
    when = make_when(date(2021, 3, 2), phrase=span_of("2 March", report.text))
    met = make_account(report, type="meeting", words="met", when=when, where=where, involved=[ministers])
    return make_reading(report, accounts=[met])


def _gate(report: Report) -> Reading:
    when = make_when(date(2021, 1, 20), phrase=span_of("20 January 2021", report.text))
    counts = [make_count(4, report=report, words="four soldiers", measure="killed", of_whom="soldiers")]
    return make_reading(report, accounts=[make_account(report, type="clash", words="attacked", when=when, where=town(report), counts=counts)])


def _about(claim: Claim, account: Account) -> Claim:
    return Claim(**{name: getattr(claim, name) for name in claim.__slots__ if name != "accounts"}, accounts=(account.id,))


def fill(store: Store, **fields: object) -> None:
    """i-escape (daily, herald), i-lake (a meeting three days before) and i-gate (a clash in the same town in January)."""
    with store.transaction():
        for name in TEXTS:
            store.add_report(report_of(name, **fields))
            store.add_reading(reading_of(name), family_of=family_of)
        for name, incident in (("daily", "i-escape"), ("lake", "i-lake"), ("gate", "i-gate")):
            (card,) = store.iter_cards(report=name)
            store.open_incident(incident, account=card.account.id, anchor=card.anchor, role="main", because="nothing near", by=BY, at=AT)
        (herald,), (daily,) = store.iter_cards(report="herald"), store.iter_cards(report="daily")
        said = {"verdict": "same", "score": 0.9, "because": "same prison, same day", "by": BY, "at": AT}
        anchor = Anchor(report_sha256=herald.anchor.report_sha256, evidence=herald.anchor.evidence, family=herald.family)
        store.judge(herald.account.id, daily.account.id, incident="i-escape", anchor=anchor, role="main", **said)  # type: ignore[arg-type]
