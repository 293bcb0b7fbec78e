"""Records with words planted in them, and a walk over every string of what was made of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

from factories import family_of, make_account, make_claim, make_count, make_involved, make_report, make_when, make_where, span_of
from waqai.codebook.grade import Graded
from waqai.core import CORRECTED, Account, Claim, Report
from waqai.folding import Telling, fold_incident
from waqai.folding.records import Record, Told

DAY = date(2021, 3, 5)
SENTENCES = (
    "{} was among 12 prisoners who escaped in Hasakah province on 5 March 2021.",
    "Guards said that {}, a farmer, escaped with 12 prisoners on 5 March 2021.",
    "On Friday, 12 prisoners escaped. The brother of {} told of it later.",
    "12 prisoners escaped with the help of {} and of others in Iraq.",
    'The prisoner, {}, said: "12 prisoners escaped before me."',
    "According to {}, who fled to Turkey, 12 prisoners escaped.",
    "12 prisoners escaped. They left {}'s cell open.",
    "Families wait for news. “{} escaped with 12 prisoners,” a neighbour said.",
)


def make_told(report: Report, *, account: Account | None = None, claims: tuple[Claim, ...] = (), words: tuple[str, ...] = (), **fields: Any) -> Told:
    """An account as a record holds it."""
    one = account or make_account(report, when=make_when(DAY, phrase=span_of("escaped", report.text)))
    telling = Telling(
        account=one,
        family=family_of(one.type),
        role="main",
        order=1,
        report_sha256=report.sha256,
        publisher=report.publisher,
        publishers=(report.publisher,) if report.publisher else (),
        published=report.published,
        wire=report.id,
        count_words=words or tuple(count.phrase.of(report.text) for count in one.counts),
        claims={claim.id: claim for claim in claims},
        **fields,
    )
    return Told(telling=telling, report=report)


def make_record(*told: Told, because: str = "one speaker, in 1 report: the sources", **changed: Any) -> Record:
    """The record of an incident that these tell of."""
    incident = fold_incident("i-1", [one.telling for one in told], grade=lambda tellings, status: Graded("weak", because, 1))
    return Record(incident=replace(incident, **changed), family=told[0].telling.family, since=DAY, told=told)


def plant_in_text(name: str, sentence: str) -> Record:
    """A record whose report holds the name in this sentence, all of which is quoted."""
    text = sentence.format(name)
    report = make_report(text, publisher="Example News")
    count = make_count(12, report=report, words="12 prisoners")
    account = make_account(report, counts=[count], when=make_when(DAY, phrase=span_of("escaped", text)))
    return make_record(make_told(report, account=account, claims=(make_claim(report, cue="escaped", content=text, speaker="guards", accounts=[account.id]),)))


def plant_everywhere(name: str) -> Record:
    """A record that holds the name in every field in which words can stand."""
    slug = name.casefold().replace(" ", "-")
    text = f"{name} told local sources that 12 relatives of {name} escaped near the house of {name} on 5 March 2021."
    report = make_report(
        text,
        id=f"interview-{slug}",
        title=f"{name} walks free",
        url=f"https://example.org/people/{slug}",
        publisher="Example News",
        terms=f"courtesy of {name}",
    )
    phrase, group = span_of(name, text), f"12 relatives of {name}"
    count = make_count(12, report=report, words=group, of_whom=f"relatives of {name}", unit=f"bags of {name}")
    corrected = replace(count, rule=f"{CORRECTED}{name}")
    account = make_account(
        report,
        words=text,
        counts=[corrected],
        involved=[make_involved("victim", name, phrase=phrase), make_involved("initiator", f"brother of {name}", phrase=phrase)],
        attrs={"method": name},
        when=replace(make_when(DAY, phrase=phrase), rule=f"{CORRECTED}{name}"),
        where=make_where(name, place_id=None, phrase=span_of(f"house of {name}", text), rule=f"{CORRECTED}{name}"),
    )
    claim = make_claim(report, speaker=name, cue=f"{name} told", content=text, accounts=[account.id])
    other = make_claim(report, speaker=f"{name}, a relative", cue="told", content=f"12 relatives of {name} escaped", accounts=[account.id])
    told = make_told(report, account=account, claims=(claim, other), because=f"{name} said so on the phone", corrected=True, review="accepted")
    record = make_record(told, because=f"2 independent speakers: {name}; report interview-{slug}; denied by the accused: {name}")
    figures = tuple(replace(one, speaker=name, corrected_by=name) for one in record.incident.figures)
    return replace(record, incident=replace(record.incident, figures=figures))


def iter_strings(value: object, at: str = "") -> Iterator[tuple[str, str]]:
    """Every string that a value holds, with the way to it."""
    if isinstance(value, str):
        yield at, value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from iter_strings(getattr(value, field.name), f"{at}.{field.name}")
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from iter_strings(key, f"{at} key")
            yield from iter_strings(one, f"{at}[{key}]")
    elif isinstance(value, (tuple, list, frozenset, set)):
        for number, one in enumerate(value):
            yield from iter_strings(one, f"{at}[{number}]")


def iter_numbers(value: object, at: str = "") -> Iterator[tuple[str, float]]:
    """Every number with a fraction that a value holds, with the way to it."""
    if isinstance(value, float):
        yield at, value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from iter_numbers(getattr(value, field.name), f"{at}.{field.name}")
    elif isinstance(value, (tuple, list)):
        for number, one in enumerate(value):
            yield from iter_numbers(one, f"{at}[{number}]")


TITLES = (
    "{} Freed From Jail After Two Years",
    "Court Frees {}",
    "Family of {} waits for news",
    "{}: 'I escaped from hell'",
    "12 prisoners escape, {} among them",
)


def plant_alone(name: str, title: str) -> Record:
    """A record whose text does not hold the name: it stands in one title, an address, a speaker's, participant's and group's name only."""
    slug = name.casefold().replace(" ", "-")
    text = "Guards said that 12 prisoners escaped in Hasakah province."
    report = make_report(text, title=title.format(name), url=f"https://example.org/people/{slug}", publisher="Example News", terms=name)
    count = make_count(12, report=report, words="12 prisoners", of_whom=f"friends of {name}")
    account = make_account(report, counts=[count], involved=[make_involved("victim", name), make_involved("target", f"house of {name}")])
    claim = make_claim(report, speaker=name, cue="said", content="12 prisoners escaped", accounts=[account.id])
    record = make_record(make_told(report, account=account, claims=(claim,)), because=f"one speaker, in 1 report: {name}")
    figures = tuple(replace(one, speaker=name, expr=f"12 of {name}'s men") for one in record.incident.figures)
    return replace(record, incident=replace(record.incident, figures=figures))
