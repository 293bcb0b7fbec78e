"""The happenings around an incident, in sentences: each with its distance in days and kilometres, which a reader can work out again."""

from __future__ import annotations

from collections.abc import Iterator

from waqai.core import ActorNames
from waqai.dossier.around import Around, Earlier, Nearby
from waqai.dossier.happening import tell_attributed, tell_happening
from waqai.dossier.sentences import Block, Heading, Items, Paragraph, Piece, Sentence, Source, Value, capital, say
from waqai.dossier.telling import Telling
from waqai.wording import describe_number


def iter_context(telling: Telling, around: Around, *, days: int, actors: ActorNames) -> Iterator[Block]:
    """What happened in the days before, at the place and by the bodies earlier."""
    yield Heading(words=f"In the {days} days before")
    if telling.incident.when is None:
        yield Paragraph(sentences=(say("As no day is told, nothing can be said to be earlier."),))
        return
    if around.before:
        yield Items(sentences=tuple(_tell_near(telling, near, actors) for near in around.before))
    else:
        yield Paragraph(sentences=(say("The store holds no happening of these days in the country, near the place, or of diplomacy and aid."),))
    if around.more:
        yield Paragraph(sentences=(say("The store holds ", _counted(telling, around.more, "more happenings of these days"), " more of these days."),))
    if around.earlier():
        yield Heading(words="Earlier at the place, and of those who took part")
        for earlier in around.earlier():
            yield Paragraph(sentences=(_tell_count(telling, earlier),))
            yield Items(sentences=tuple(tell_whole(Telling(record, actors=actors)) for record in earlier.records))


def tell_whole(telling: Telling) -> Sentence:
    """The happening with whoever says so."""
    *pieces, _ = tell_happening(telling).pieces
    return say(pieces, tell_attributed(telling), ".")


def _tell_near(telling: Telling, near: Nearby, actors: ActorNames) -> Sentence:
    """ "3 days before, 1,680 km away: A meeting is reported in …" """
    worked_out = Source(record=near.record.incident.id, worked_out=_work_out(telling, near))
    days = _count_days(near)
    start: list[Piece] = [Value(text=days, sources=(worked_out,))]
    if near.km is not None:
        start += [", ", Value(text=_distance(near.km), sources=(worked_out,))]
    return say(capital(start), ": ", tell_whole(Telling(near.record, actors=actors)).pieces)


def _count_days(near: Nearby) -> str:
    if near.most_days == 0:
        return "the same day"
    if near.least_days == near.most_days:
        return f"{near.least_days} day{'' if near.least_days == 1 else 's'} before"
    return f"{near.least_days} to {near.most_days} days before"


def _distance(km: float) -> str:
    return "less than 10 km away" if km < 10 else f"{describe_number(round(km, -1))} km away"


def _work_out(telling: Telling, near: Nearby) -> str:
    """The distances as sums that can be done again."""
    mine, theirs = telling.incident.when, near.record.incident.when
    assert mine is not None and theirs is not None
    days = [f"{theirs.latest.isoformat()} to {mine.earliest.isoformat()} is {near.least_days} days"]
    if near.most_days != near.least_days:
        days.append(f"{theirs.earliest.isoformat()} to {mine.latest.isoformat()} is {near.most_days} days")
    here, there = telling.incident.where, near.record.incident.where
    if near.km is not None and here is not None and there is not None:
        days.append(f"({there.lat}, {there.lon}) to ({here.lat}, {here.lon}) is {near.km:.0f} km")
    return f"Worked out: {'; '.join(days)}."


def _tell_count(telling: Telling, earlier: Earlier) -> Sentence:
    ids = ", ".join(record.incident.id for record in earlier.records)
    shown = f" (the newest {len(earlier.records)}: {ids})" if earlier.count > len(earlier.records) else f" ({ids})"
    counted = Source(
        record=earlier.actor or telling.incident.id, worked_out=f"Counted: {earlier.count} earlier incidents with {earlier.name} in this store{shown}."
    )
    number = Value(text=str(earlier.count), sources=(counted,))
    name = Value(text=earlier.name, sources=(counted,))
    several = "incident" if earlier.count == 1 else "incidents"
    newest: list[Piece] = ["; the newest ", Value(text=str(len(earlier.records)), sources=(counted,)), " are"] if earlier.count > len(earlier.records) else []
    if earlier.actor is not None:
        return say("The store holds ", number, f" earlier {several} in which ", name, " takes part", newest, ":")
    return say("The store holds ", number, f" earlier {several} in ", name, newest, ":")


def _counted(telling: Telling, number: int, of: str) -> Value:
    return Value(text=str(number), sources=(Source(record=telling.incident.id, worked_out=f"Counted: {number} {of} in this store."),))
