"""A report of a made-up happening, with the reading that a reader would have made of it: one account, perhaps one claim.

Reports of one happening differ as news do: in the day by one or two, in the place's spelling, in what they leave out. `Gaps` draws how.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from bench.synthetic_news import PUBLISHERS, TYPES, Happening, draw_words, load_world
from waqai.core import Account, Claim, Count, Involvement, ReaderStamp, Reading, Report, Span, Status, When, Where, account_id, claim_id, text_sha256
from waqai.core.nouns import Day

STAMP = ReaderStamp(name="synthetic", version="1", settings_hash="0" * 16)
P, RULE = 0.9, "synthetic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """What a report leaves out or tells otherwise. `day`: told, off (by one or two), month, none. `place`: town, spelled (in no gazetteer), province, none."""

    day: str = "told"
    place: str = "town"
    type: str | None = None
    background: bool = False


def draw_gaps(random: Random) -> Gaps:
    """Gaps as reports have them."""
    day = random.choices(("told", "off", "month", "none"), weights=(66, 14, 8, 12))[0]
    place = random.choices(("town", "spelled", "province", "country", "none"), weights=(70, 10, 8, 8, 4))[0]
    return Gaps(day=day, place=place, background=random.random() < 0.05)


def tell(happening: Happening, nth: int, *, seed: int, gaps: Gaps | None = None) -> tuple[Report, Reading]:
    """The nth report of a happening and its reading; without `gaps` they are drawn."""
    random = Random(f"{seed}/{happening.number}/{nth}")
    left_out = gaps or draw_gaps(random)
    published = happening.day + timedelta(days=1 + int(random.expovariate(0.5)))
    title, evidence, rest = _write(happening, left_out, random)
    text = f"{evidence} {rest}"
    report = Report(
        id=f"s{happening.number}-{nth}",
        text=text,
        sha256=text_sha256(text),
        title=title,
        publisher=PUBLISHERS[int(random.expovariate(0.3)) % len(PUBLISHERS)],
        published=published if random.random() < 0.95 else None,
        url=f"https://example.org/{happening.number}/{nth}",
        language="en",
        text_origin="composed",
    )
    account = _account(happening, report, Span(0, len(evidence)), left_out, random)
    claims = (_claim(report, account),) if random.random() < 0.5 else ()
    if claims:
        account = replace(account, said_by=claims[0].id)
    return report, Reading(report=report.id, report_sha256=report.sha256, reader=STAMP, claims=claims, accounts=(account,))


def _write(happening: Happening, gaps: Gaps, random: Random) -> tuple[str, str, str]:
    """(title, the sentence that tells, the rest)."""
    kind = (gaps.type or happening.type).replace("_", " ")
    place = _spelled(happening.town.name) if gaps.place == "spelled" else happening.town.name
    at = f" at {happening.facility}" if happening.facility else ""
    where = "" if gaps.place == "none" else f" in {place}"
    person = random.choice(happening.people)
    sentence = f"{happening.killed} people died in a {kind}{at}{where} blamed on {happening.initiator[0]}, {person} said."
    title = f"{' '.join(random.sample(happening.topics, 3)).capitalize()}: {kind}{where}, {happening.killed} dead"
    filling = draw_words(random, random.randint(50, 110))
    words = [*filling[:20], *random.sample(happening.topics, 8), *filling[20:30], *happening.people, happening.target[0], *filling[30:]]
    rest = " ".join(" ".join(words[start : start + 14]).capitalize() + "." for start in range(0, len(words), 14))
    return title, sentence, rest


def _account(happening: Happening, report: Report, evidence: Span, gaps: Gaps, random: Random) -> Account:
    type_ = gaps.type or happening.type
    phrase = Span(0, 3)
    involved = [("initiator", happening.initiator), ("target", happening.target)] + ([("facility", (happening.facility, None))] if happening.facility else [])
    return Account(
        id=account_id(report_sha256=report.sha256, reader=STAMP, evidence=evidence, type=type_),
        key="1",
        report=report.id,
        type=type_,
        status=Status(value="occurred", phrase=phrase, p=P, rule=RULE),
        evidence=evidence,
        p=P,
        rule=RULE,
        when=_when(happening.day, gaps, random),
        where=_where(happening, gaps),
        involved=tuple(Involvement(role=role, name=name, actor_id=actor, phrase=phrase, p=P, rule=RULE) for role, (name, actor) in involved if name),
        counts=(_count(happening.killed, random),),
        background=gaps.background,
    )


def _count(killed: int, random: Random) -> Count:
    told = float(killed if random.random() < 0.7 else killed + random.randint(1, 3))
    return Count(measure="killed", of_whom="people", low=told, high=told, best=told, kind="exact", phrase=Span(0, 3), p=P, rule=RULE)


def _when(day: Day, gaps: Gaps, random: Random) -> When | None:
    if gaps.day == "none":
        return None
    told = day + timedelta(days=random.choice((-2, -1, 1, 2))) if gaps.day == "off" else day
    first = told.replace(day=1) if gaps.day == "month" else told
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1) if gaps.day == "month" else told
    return When(earliest=first, latest=last, basis="explicit", phrase=Span(0, 3), p=P, rule=RULE)


def _where(happening: Happening, gaps: Gaps) -> Where | None:
    town = happening.town
    if gaps.place == "none":
        return None
    given = Where(
        name=town.name,
        place_id=town.place_id,
        lat=town.lat,
        lon=town.lon,
        radius_km=5.0,
        precision="P1_point",
        admin1=town.admin1,
        admin2=None,
        country=town.country,
        phrase=Span(0, 3),
        p=P,
        rule=RULE,
    )
    if gaps.place == "spelled":
        return replace(given, name=_spelled(town.name), place_id=None, lat=None, lon=None, admin1=None, rule="not in gazetteer")
    if gaps.place in ("province", "country"):
        name, precision = (town.admin1 or town.country, "P4_admin1") if gaps.place == "province" else (town.country, "P6_country")
        return replace(given, name=name, place_id=f"synthetic:{name}", lat=None, lon=None, precision=precision)
    return given


def _spelled(name: str) -> str:
    """Another spelling, one that no gazetteer has."""
    return "".join({"a": "e", "i": "ee", "u": "oo", "q": "gh", "k": "q"}.get(letter, letter) for letter in name)


def _claim(report: Report, account: Account) -> Claim:
    cue = Span(account.evidence.end - 5, account.evidence.end - 1)
    identity = claim_id(report_sha256=report.sha256, reader=STAMP, cue=cue, content=account.evidence)
    speaker = report.text[: account.evidence.end - 6].rpartition(", ")[2]
    return Claim(
        id=identity,
        report=report.id,
        speaker=None,
        speaker_name=speaker,
        cue=cue,
        stance="reports",
        content=account.evidence,
        accounts=(account.id,),
        p=P,
        rule=RULE,
    )


def other_type(type_: str, random: Random) -> str:
    """Another type of the same family, if there is one."""
    families = load_world().families
    return random.choice([t for t in TYPES if families[t] == families[type_] and t != type_] or [type_])
