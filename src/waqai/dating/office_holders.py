"""Who held a well-known office when: a text that names "Secretary of State Antony Blinken" was written in his years, give or take.

Terms are public record (US: history.state.gov and the offices' own biographies; UN: un.org/sg; the others: their governments' announcements). The table is
small on purpose: it only helps to choose among the few years that a weekday leaves open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from waqai.dating.words import WS


@dataclass(frozen=True, slots=True)
class Term:
    """One person's time in one office; `until` None: its end is not on record here."""

    office: str
    title: str  # a pattern for the title as reports write it
    surname: str
    since: date
    until: date | None

    def __str__(self) -> str:
        return f"{self.surname} was {self.office} from {self.since} to {self.until}" if self.until else f"{self.surname} became {self.office} on {self.since}"


_STATE = ("US Secretary of State", r"Secretary of State")
_DEFENSE = ("US Secretary of Defense", r"(?:Secretary of Defen[sc]e|Defen[sc]e Secretary)")
_US = ("US President", r"(?:(?:US|U\.S\.|American) President|President)")
_UN = ("UN Secretary-General", r"(?:Secretary.General|U\.?N\.? chief)")
_IRAQ = ("Iraqi Prime Minister", r"(?:Iraqi )?(?:Prime Minister|premier)")
_NIGERIA = ("President of Nigeria", r"President")

TERMS = (
    Term(*_STATE, "Clinton", date(2009, 1, 21), date(2013, 2, 1)),
    Term(*_STATE, "Kerry", date(2013, 2, 1), date(2017, 1, 20)),
    Term(*_STATE, "Tillerson", date(2017, 2, 1), date(2018, 3, 31)),
    Term(*_STATE, "Pompeo", date(2018, 4, 26), date(2021, 1, 20)),
    Term(*_STATE, "Blinken", date(2021, 1, 26), date(2025, 1, 20)),
    Term(*_STATE, "Rubio", date(2025, 1, 21), None),
    Term(*_DEFENSE, "Carter", date(2015, 2, 17), date(2017, 1, 20)),
    Term(*_DEFENSE, "Mattis", date(2017, 1, 20), date(2019, 1, 1)),
    Term(*_DEFENSE, "Esper", date(2019, 7, 23), date(2020, 11, 9)),
    Term(*_DEFENSE, "Austin", date(2021, 1, 22), date(2025, 1, 20)),
    Term(*_US, "Bush", date(2001, 1, 20), date(2009, 1, 20)),
    Term(*_US, "Obama", date(2009, 1, 20), date(2017, 1, 20)),
    Term(*_US, "Biden", date(2021, 1, 20), date(2025, 1, 20)),
    Term(*_UN, "Annan", date(1997, 1, 1), date(2006, 12, 31)),
    Term(*_UN, "Ban", date(2007, 1, 1), date(2016, 12, 31)),
    Term(*_UN, "Guterres", date(2017, 1, 1), None),
    Term(*_IRAQ, "al-Maliki", date(2006, 5, 20), date(2014, 9, 8)),
    Term(*_IRAQ, "al-Abadi", date(2014, 9, 8), date(2018, 10, 25)),
    Term(*_IRAQ, "Abdul-Mahdi", date(2018, 10, 25), date(2020, 5, 7)),
    Term(*_IRAQ, "al-Kadhimi", date(2020, 5, 7), date(2022, 10, 27)),
    Term(*_IRAQ, "al-Sudani", date(2022, 10, 27), None),
    Term(*_NIGERIA, "Jonathan", date(2010, 5, 6), date(2015, 5, 29)),
    Term(*_NIGERIA, "Buhari", date(2015, 5, 29), date(2023, 5, 29)),
    Term(*_NIGERIA, "Tinubu", date(2023, 5, 29), None),
)
_NAMES_BETWEEN = rf"{WS}(?:[A-Z][\w.'-]*{WS}){{0,3}}"
_PATTERNS = tuple((term, re.compile(rf"{term.title.replace(' ', WS)}{_NAMES_BETWEEN}{re.escape(term.surname)}\b")) for term in TERMS)
_NOT_NOW = re.compile(r"\b(?:former|ex|then|late|previous|predecessor)\b[^.]{0,20}$", re.IGNORECASE)


def find_terms(text: str) -> tuple[Term, ...]:
    """The terms of the office holders that the text names with their title, those called former left out.

    >>> [str(t) for t in find_terms("US Secretary of State Antony Blinken also said")]
    ['Blinken was US Secretary of State from 2021-01-26 to 2025-01-20']
    >>> find_terms("former US Secretary of State John Kerry")
    ()
    """
    return tuple(term for term, pattern in _PATTERNS if any(not _NOT_NOW.search(text[max(0, m.start() - 30) : m.start()]) for m in pattern.finditer(text)))
