"""The sections of a dossier about one incident: figures by source, who says what, what is expected, what experts judge, what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from waqai.bounds import ClearedClaim
from waqai.codebook import Codebook, FigureStanding
from waqai.core import Figure
from waqai.dossier.happening import find_totals
from waqai.dossier.phrases import AHEAD, JUDGING, ROLES, STANCES, name_counted, name_day
from waqai.dossier.sentences import Block, Heading, Items, Paragraph, Piece, Sentence, Source, Table, Value, capital, join, say
from waqai.dossier.telling import FEW, NAMELESS, Telling, number_of
from waqai.wording import MARKS, describe_number

HEADS = ("Who", "Printed by", "Said on", "What", "Low", "Best", "High", "Standing")
LEAST_SURE = 0.7
"""A place less probable than this is told as not certain."""


def iter_figures(telling: Telling) -> Iterator[Block]:
    """Every competing figure, a row each."""
    if telling.standing:
        yield Heading(words="Figures by source")
        rows = tuple(_row(telling, figure, standing) for figure, standing in telling.standing.items())
        yield Table(heads=HEADS, rows=rows, numbers=("Low", "Best", "High"))


def _row(telling: Telling, figure: Figure, standing: FigureStanding) -> tuple[Sentence, ...]:
    sources = telling.sources_of(figure)
    report = telling.reports.get(figure.report)
    what = f"{figure.measure.replace('_', ' ')}{f': {figure.of_whom}' if figure.of_whom else ''}{f' ({figure.unit})' if figure.unit else ''}"
    few = figure.expr == FEW
    best, high = ("–" if n is None else describe_number(n) for n in (figure.best, figure.high))
    bounds = (FEW, "–", "–") if few else (describe_number(figure.low), best, "open" if figure.high is None else high)
    said = "–" if figure.said_at is None else name_day(figure.said_at)
    printed = report.publisher if report is not None and report.publisher else "–"
    remark = f"{MARKS[standing] or 'counts'}{f'; corrected by {figure.corrected_by}' if figure.corrected_by else ''}"
    cells = (figure.speaker, printed, said, what, *bounds)
    return (*(_cell(text, sources if n == 0 else ()) for n, text in enumerate(cells)), say(remark))


def _cell(text: str, sources: tuple[Source, ...]) -> Sentence:
    return say(Value(text=text, sources=sources)) if sources else say(text)


def iter_voices(telling: Telling) -> Iterator[Block]:
    """The claims that tell of the incident, each with its stance in a verb and its words."""
    told = [claim for claim in telling.record.claims if claim.stance not in (*AHEAD, *JUDGING)]
    if told:
        yield Heading(words="Who says what, and how sure")
        yield Items(sentences=tuple(tell_claim(telling, claim) for claim in told))


def tell_claim(telling: Telling, claim: ClearedClaim) -> Sentence:
    """ "The Observatory reported, in the Daily: “12 prisoners …”" """
    source = telling.source_of_claim(claim)
    report = telling.reports.get(claim.report)
    printed = report.publisher if report is not None and report.publisher else None
    outer = telling.claims.get(claim.said_by or "")
    passed: list[Piece] = []
    if outer is not None and outer.speaker.casefold() not in NAMELESS:
        passed = [", as told by ", Value(text=outer.speaker, sources=(telling.source_of_claim(outer),))]
    if claim.speaker.casefold() in NAMELESS:
        who: list[Piece] = ["somebody not named"]
        who += [" in ", Value(text=printed, sources=(source,))] if printed else []
    else:
        who = [Value(text=claim.speaker, sources=(source,), strong=True)]
        if printed is not None and printed.casefold() not in claim.speaker.casefold():
            passed = [*passed, ", in ", Value(text=printed, sources=(source,))]
    words = " ".join(claim.words.split())
    return say(capital(who), f" {STANCES.get(claim.stance, claim.stance)}", passed, ": ", Value(text=f"“{words}”", sources=(source,)))


def iter_ahead(telling: Telling) -> Iterator[Block]:
    """What the reports say is expected, planned, threatened, pledged or warned of."""
    found = _find(telling, AHEAD)
    yield Heading(words="Expectations on record")
    if found:
        yield Items(sentences=tuple(tell_claim(telling, claim) for claim in found))
    else:
        yield Paragraph(sentences=(say("The reports that tell of it record no expectation."),))


def iter_judgements(telling: Telling) -> Iterator[Block]:
    """What experts and others judge, in their words."""
    if found := _find(telling, JUDGING):
        yield Heading(words="Judgements, and whose they are")
        yield Items(sentences=tuple(tell_claim(telling, claim) for claim in found))


def _find(telling: Telling, stances: Sequence[str]) -> list[ClearedClaim]:
    return [claim for claim in telling.claims.values() if claim.stance in stances]


def iter_unknown(telling: Telling, codebook: Codebook, *, notices: Sequence[str] = ()) -> Iterator[Block]:
    """What no report tells, what is not certain, and what contradicts itself. `notices` are sentences of checks, as they are."""
    sentences = [*_iter_not_told(telling, codebook), *_iter_not_sure(telling), *_iter_differing(telling), *(_notice(telling, one) for one in notices)]
    yield Heading(words="What is not known, and what does not add up")
    yield Items(sentences=tuple(sentences) or (say("Nothing that the checks look at."),))


def _iter_not_told(telling: Telling, codebook: Codebook) -> Iterator[Sentence]:
    if telling.incident.when is None:
        yield say("No report gives a day that could be put on the calendar.")
    if telling.incident.where is None:
        yield say("No report gives a place that could be put on the map.")
    kind = codebook.types.get(telling.incident.type)
    if kind is None:
        return
    told = {one.role for account in telling.accounts for one in account.involved}
    counted = {figure.measure for figure in telling.standing}
    lacking = [ROLES.get(role, role) for role in kind.roles if role not in told] + [name_counted(one) for one in kind.counts if one not in counted]
    if lacking:
        yield say("No report tells ", join([[one] for one in lacking], last=" or "), ".")


def _iter_not_sure(telling: Telling) -> Iterator[Sentence]:
    when, where = telling.incident.when, telling.incident.where
    if when is not None and when.basis == "announcement_date_as_proxy":
        yield say("The day of the event itself is not told; that of the announcement stands in its place.")
    if where is None:
        return
    told = Source(
        record=telling.incident.id,
        worked_out=f"The place is held with a probability of {where.p:.2f} and a radius of {describe_number(where.radius_km or 0)} km.",
    )
    if where.radius_km:
        yield say("The point on the map may be off by ", Value(text=f"{describe_number(where.radius_km)} km", sources=(told,)), ".")
    if where.p < LEAST_SURE:
        yield say("Which place is meant is not certain: its probability is ", Value(text=f"{where.p:.2f}", sources=(told,)), ".")


def _iter_differing(telling: Telling) -> Iterator[Sentence]:
    totals = find_totals(telling)
    by_number: dict[str, list[Figure]] = {}
    for figure in totals:
        by_number.setdefault(number_of(figure), []).append(figure)
    if len(by_number) > 1:
        sides: list[list[Piece]] = [
            [
                Value(text=number, sources=tuple(s for figure in figures for s in telling.sources_of(figure))),
                " (",
                Value(text=figures[0].speaker, sources=telling.sources_of(figures[0])),
                *_others(telling, figures),
                ")",
            ]
            for number, figures in by_number.items()
        ]
        measure = totals[0].measure
        yield say(f"The reports differ on {name_counted(measure)}: ", join(sides), ".")


def _others(telling: Telling, figures: Sequence[Figure]) -> list[Piece]:
    if len(figures) < 2:
        return []
    counted = Source(
        record=telling.incident.id, worked_out=f"Counted: {len(figures)} reports give {number_of(figures[0])}; {len(figures)} less 1 is {len(figures) - 1}."
    )
    return [" and ", Value(text=str(len(figures) - 1), sources=(counted,)), " more"]


def _notice(telling: Telling, notice: str) -> Sentence:
    told = Source(record=telling.incident.id, worked_out=f"A check of the record: {notice}")
    return say("A check says: ", Value(text=notice, sources=(told,)))
