"""The date of an incident: which of its text's date phrases, or the default (on or before the day of the report)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bench.muc4_scoring import read_days
from scripts.training.muc4.entities import sentence_chances
from scripts.training.muc4.looks import Look
from waqai.dating import DatePhrase, DayRange, TextClock, find_date_phrases, resolve_in_order

DEFAULT = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOffer:
    """A date as the templates write it; `phrases` with the numbers of their sentences, none for the default."""

    value: str
    phrases: tuple[tuple[DatePhrase, int], ...]


def find_days(look: Look) -> list[DayOffer]:
    """The dates that the text offers, the default first; empty where nothing is dated."""
    document, doc = look.parsed.document, look.parsed.doc
    phrases = find_date_phrases(doc.text)
    clock = TextClock(doc.text, published=document.day, phrases=phrases)
    values: dict[str, list[tuple[DatePhrase, int]]] = {}
    for phrase, days in zip(phrases, resolve_in_order(phrases, clock=clock), strict=True):
        token = doc.char_span(phrase.span.start, phrase.span.end, alignment_mode="expand")
        if isinstance(days, DayRange) and token is not None:
            values.setdefault(write_days(days.earliest, days.latest), []).append((phrase, look.parsed.sentence_of[token.start]))
    default = [DayOffer(value=write_days(None, document.day), phrases=())] if document.day else []
    return [*default, *(DayOffer(value=value, phrases=tuple(found)) for value, found in values.items())]


def write_days(first: date | None, last: date) -> str:
    """A date in the form of the templates.

    >>> write_days(None, date(1989, 8, 26)), write_days(date(1989, 8, 1), date(1989, 8, 26))
    ('- 26 AUG 89', '01 AUG 89 - 26 AUG 89')
    """
    day = f"{last:%d %b %y}".upper()
    if first is None:
        return f"- {day}"
    return day if first == last else f"{first:%d %b %y} - {last:%d %b %y}".upper()


def same_days(one: str, other: str) -> bool:
    """Whether two dates are the same days."""
    return read_days(one) == read_days(other)


def day_features(look: Look, type: str, offer: DayOffer, offers: Sequence[DayOffer]) -> list[str]:
    """What speaks for and against the date as that of the incident of this type."""
    if not offer.phrases:
        return list(_of_default(look, type, offers))
    features = [f for phrase, number in offer.phrases for f in _of_phrase(look, type, phrase, number)]
    return [*dict.fromkeys(features), *_of_value(look, offer, offers)]


def _of_default(look: Look, type: str, offers: Sequence[DayOffer]) -> Iterator[str]:
    tells = sentence_chances(look, type)
    numbers = [n for o in offers for _, n in o.phrases]
    near = max((float(tells[n]) for n in numbers), default=0.0)
    yield from (DEFAULT, f"default/{type}", f"default/{len(offers) > 1}", f"default/near={int(near * 5)}", f"default/dated={min(4, len(offers))}")
    yield f"default/in best={int(tells.argmax()) in numbers}"
    weekday = any(p.kind == "weekday" for o in offers for p, n in o.phrases if n == int(tells.argmax()))
    yield f"default/weekday={weekday}"


def _of_phrase(look: Look, type: str, phrase: DatePhrase, number: int) -> Iterator[str]:
    tells = sentence_chances(look, type)
    doc = look.parsed.doc
    yield from (f"kind={phrase.kind}", f"words={phrase.words.lower() if phrase.kind != 'day' else 'day'}", f"bearing={phrase.bearing}")
    yield from (f"tells={int(float(tells[number]) * 8)}", f"rank={min(5, int((tells > tells[number]).sum()))}")
    near = float(tells[max(0, number - 1) : number + 2].max())
    yield from (f"near={int(near * 5)}", f"behind={int(float(tells[max(0, number - 1)]) * 4)}", f"position={min(number, 5)}")
    yield f"from best={max(-3, min(3, number - int(tells.argmax())))}/{phrase.kind}"
    found = doc.char_span(phrase.span.start, phrase.span.end, alignment_mode="expand")
    if found is None:
        return
    token = found.root
    above = [t.lemma_.lower() for t in token.ancestors if t.pos_ in ("VERB", "NOUN")][:3]
    yield from (f"under={lemma}" for lemma in above)
    yield f"governor={above[0] if above else ''}"
    if token.i:
        yield f"before={doc[max(0, token.left_edge.i - 1)].lower_}"
    said = next((t for t in token.ancestors if t.pos_ == "VERB"), None)
    if said is not None:
        yield f"tense={said.tag_}"


def _of_value(look: Look, offer: DayOffer, offers: Sequence[DayOffer]) -> Iterator[str]:
    yield f"phrases={min(3, len(offer.phrases))}"
    yield f"dates={min(5, len(offers) - 1)}"
    first, last = read_days(offer.value)
    if look.parsed.document.day is not None and last is not None:
        age = (look.parsed.document.day - last).days
        size = next((str(limit) for limit in (-1, 0, 1, 2, 4, 8, 16, 32, 64, 370) if age <= limit), "old")
        yield from (f"age={size}", f"age={size}/{offer.phrases[0][0].kind}")
    yield f"single={first == last}"
    yield f"order={[o.value for o in offers].index(offer.value)}"
