"""The words of the templates: types, figures, stances, roles and days as a brief would say them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import TypeAlias

from babel import Locale

from waqai.core import Day, When

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_TYPES: Mapping[str, str] = {
    "aid": "aid",
    "attack_on_civilians": "an attack on civilians",
    "crowd_violence": "crowd violence",
    "death_in_custody": "a death in custody",
    "detention": "detention",
    "displacement": "displacement",
    "group_change": "a change in an armed group",
    "ill_treatment": "ill-treatment",
    "looting_or_destruction": "looting or destruction",
    "policy": "a political decision",
    "protest_repression": "force used on a protest",
    "return": "a return of displaced people",
    "sexual_violence": "sexual violence",
    "suicide_attack": "a suicide attack",
    "territory_change": "a change of control",
    "unconventional_attack": "an attack by unconventional means",
}
VERBS: Mapping[str, tuple[str, str]] = {
    "killed": ("was killed", "were killed"),
    "wounded": ("was wounded", "were wounded"),
    "missing": ("went missing", "went missing"),
    "held": ("was held", "were held"),
    "detained": ("was detained", "were detained"),
    "escaped": ("escaped", "escaped"),
    "at_large": ("was still at large", "were still at large"),
    "recaptured": ("was recaptured", "were recaptured"),
    "released": ("was released", "were released"),
    "transferred": ("was moved", "were moved"),
    "abducted": ("was abducted", "were abducted"),
    "surrendered": ("surrendered", "surrendered"),
    "displaced": ("was displaced", "were displaced"),
    "returned": ("returned", "returned"),
    "participants": ("took part", "took part"),
    "perpetrators": ("attacked", "attacked"),
}
"""What happened to one, and to several, who are counted by a measure."""
LEADING: Mapping[str, tuple[str, ...]] = {
    "custody_exit": ("escaped", "released", "transferred", "returned"),
    "custody_entry": ("detained", "recaptured", "held"),
    "population": ("displaced", "returned"),
}
"""What an incident of the family is told by, where a figure of it is there: that some were killed in an escape comes after."""
STANCES: Mapping[str, str] = {
    "reports": "reported",
    "confirms": "confirmed",
    "reveals": "revealed",
    "claims": "claimed",
    "alleges": "alleged",
    "assesses": "assessed",
    "expects": "expected",
    "plans": "planned",
    "warns": "warned",
    "threatens": "threatened",
    "pledges": "pledged",
    "urges": "urged",
    "evaluates": "judged",
    "declines": "declined to say",
    "doubts": "doubted",
    "denies": "denied",
}
AHEAD = ("expects", "warns", "plans", "threatens", "pledges")
JUDGING = ("assesses", "evaluates", "doubts")
NOT_DONE: Mapping[str, str] = {
    "attempted": "was attempted",
    "foiled": "was foiled",
    "planned": "is planned",
    "pledged": "was pledged",
    "threatened": "was threatened",
    "denied_only": "is known only from denials",
}
ROLES: Mapping[str, str] = {
    "initiator": "who did it",
    "target": "at whom or what it was directed",
    "facility": "at which site it was",
    "custodian": "who ran the place of custody",
    "person_held": "who was held",
    "victim": "who was harmed",
    "facilitator": "who helped",
    "responder": "who responded",
    "origin": "where they came from",
    "destination": "where they went",
    "participant": "who took part",
    "host": "who was the host",
    "donor": "who gives",
    "beneficiary": "for whom it is meant",
    "affiliation": "to whom they belong",
}
COUNTED: Mapping[str, str] = {"amount": "how much", "strikes": "how many strikes there were", "participants": "how many took part"}
CUSTODY = ("custody_entry", "custody_inside", "custody_exit")
Names: TypeAlias = Sequence[str]


def name_type(type: str) -> str:
    """The type with its article.

    >>> name_type("escape"), name_type("air_strike"), name_type("clash"), name_type("aid")
    ('an escape', 'an air strike', 'a clash', 'aid')
    """
    if type in _TYPES:
        return _TYPES[type]
    words = type.replace("_", " ")
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def bare_type(type: str) -> str:
    """The type without its article."""
    return name_type(type).removeprefix("an ").removeprefix("a ")


def name_counted(measure: str) -> str:
    """What nobody told, where no figure of this measure is told."""
    verb = VERBS.get(measure)
    return COUNTED.get(measure) or (f"how many {verb[1]}" if verb else f"a figure for {measure.replace('_', ' ')}")


def name_day(day: Day) -> str:
    """
    >>> name_day(date(2023, 6, 18))
    '18 June 2023'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def name_when(when: When) -> str:
    """The day with its preposition, or the days between which it was.

    >>> from waqai.core import Span
    >>> plain = {"basis": "explicit", "phrase": Span(0, 1), "p": 1.0, "rule": ""}
    >>> [name_when(When(earliest=date(2023, 6, first), latest=date(2023, 6, last), **plain)) for first, last in ((18, 18), (1, 30), (3, 5))]
    ['on 18 June 2023', 'in June 2023', 'between 3 June 2023 and 5 June 2023']
    """
    first, last = when.earliest, when.latest
    if first == last:
        return f"on {name_day(first)}"
    if first.day == 1 and (last.year, last.month) == (first.year, first.month) and _ends_month(last):
        return f"in {MONTHS[first.month - 1]} {first.year}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return f"in {first.year}"
    return f"between {name_day(first)} and {name_day(last)}"


def _ends_month(day: Day) -> bool:
    return date.fromordinal(day.toordinal() + 1).day == 1


def name_country(code: str) -> str:
    """The country's English name; the code itself where it has none.

    >>> name_country("SY"), name_country("XX")
    ('Syria', 'XX')
    """
    return str(_territories().get(code.upper(), code))


@cache
def _territories() -> Mapping[str, str]:
    return dict(Locale("en").territories)


def with_article(name: str) -> str:
    """A site's name as it stands behind a preposition.

    >>> [with_article(name) for name in ("prison in the north", "largest prisons of the region", "Ghweran prison", "al-Sina'a Prison", "the jail")]
    ['a prison in the north', 'largest prisons of the region', 'Ghweran prison', "al-Sina'a Prison", 'the jail']
    """
    first, head = name.split(" ", 1)[0], re.split(r" (?:of|in|at|near|run|where|for|that)\b", name)[0]
    if first in _DETERMINERS or first.endswith("'s") or head.endswith("s") or any(char.isupper() for char in head) or not first[:1].isalpha():
        return name
    return f"{'an' if first[0] in 'aeiou' else 'a'} {name}"


_DETERMINERS = frozenset(("the", "a", "an", "its", "their", "his", "one", "two", "several", "some", "another", "this", "that"))


def with_definite(name: str) -> str:
    """The name of a body as it stands in a sentence: descriptions get their article.

    >>> with_definite("guards of the council"), with_definite("factions"), with_definite("SDF")
    ('the guards of the council', 'factions', 'SDF')
    """
    first = name.split(" ", 1)[0]
    return f"the {name}" if first[:1].islower() and " of " in name and first not in ("the", "a", "an", "its", "their", "members", "some", "several") else name
