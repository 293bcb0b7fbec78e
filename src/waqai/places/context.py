"""What the rest of a report says about where it is set: the countries that it names, and the words beside a mention."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from waqai.core import Span
from waqai.places.names import fold, is_abbreviation

_WORD = re.compile(r"[^\W\d_](?:[\w’'\-]|\.(?=\w))*\.?")
_POSSESSIVE = re.compile(r"['’]s$|['’]$")
_LONGEST = 7
NAME_COUNTS, DEMONYM_COUNTS = 1.0, 0.6
_AFTER_COMMA = re.compile(r"\s*,\s*(?:in\s+|the\s+)*(?P<name>[A-Z][\w.’'\-]*(?:[ \n](?:of |al-|el-|and )?[A-Z][\w.’'\-]*){0,4})")
_AFTER_IN = re.compile(
    r"\s+(?:city |town |village |district |area |province |governorate |region |state |camp |prison )?\(?(?:in|of)\s+(?:the\s+)?"
    r"(?:(?:north|south|east|west|central)[\w\-]*\s+)?(?P<name>[A-Z][\w.’'\-]*(?:[ \n](?:of |al-|el-)?[A-Z][\w.’'\-]*){0,4}(?:\s(?:province|governorate|state|district|region))?)"
)
_STATES = (
    "Ala.=Alabama|Ariz.=Arizona|Ark.=Arkansas|Calif.=California|Colo.=Colorado|Conn.=Connecticut|Del.=Delaware|Fla.=Florida|Ga.=Georgia|Ill.=Illinois|Ind.=Indiana|"
    "Kan.=Kansas|Ky.=Kentucky|La.=Louisiana|Md.=Maryland|Mass.=Massachusetts|Mich.=Michigan|Minn.=Minnesota|Miss.=Mississippi|Mo.=Missouri|Mont.=Montana|"
    "Neb.=Nebraska|Nev.=Nevada|N.H.=New Hampshire|N.J.=New Jersey|N.M.=New Mexico|N.Y.=New York|N.C.=North Carolina|N.D.=North Dakota|Okla.=Oklahoma|"
    "Ore.=Oregon|Pa.=Pennsylvania|R.I.=Rhode Island|S.C.=South Carolina|S.D.=South Dakota|Tenn.=Tennessee|Vt.=Vermont|Va.=Virginia|Wash.=Washington|"
    "W.Va.=West Virginia|Wis.=Wisconsin|Wyo.=Wyoming|D.C.=District of Columbia"
)
STATE_OF: Mapping[str, str] = {pair.split("=")[0].replace(".", "").lower(): pair.split("=")[1] for pair in _STATES.split("|")}


def count_countries(text: str, names: Mapping[str, tuple[str, str]]) -> Counter[str]:
    """How much the text speaks of each country: 1 for each name, 0.6 for each demonym, and as much again for the first fifth of the text.

    `names` are folded names, each with a country's code and how it names it ("name", "demonym", "abbreviation" ...).

    >>> found = count_countries("Turkish troops left Syria. The US objected to us.", {"syria": ("SY", "name"), "turkish": ("TR", "demonym"), "us": ("US", "abbreviation")})
    >>> sorted(found)
    ['SY', 'TR', 'US']
    """
    found: Counter[str] = Counter()
    early = max(400, len(text) // 5)
    for code, how, start in _iter_countries(text, names):
        found[code] += (DEMONYM_COUNTS if how == "demonym" else NAME_COUNTS) * (2 if start < early else 1)
    return found


def _iter_countries(text: str, names: Mapping[str, tuple[str, str]]) -> Iterator[tuple[str, str, int]]:
    words = [(m.start(), _POSSESSIVE.sub("", m.group())) for m in _WORD.finditer(text)]
    at = 0
    while at < len(words):
        length, hit = _longest_name(words, at, names) if words[at][1][0].isupper() else (1, None)
        if hit is not None:
            yield (*hit, words[at][0])
        at += length


def _longest_name(words: list[tuple[int, str]], at: int, names: Mapping[str, tuple[str, str]]) -> tuple[int, tuple[str, str] | None]:
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        written = " ".join(word for _, word in words[at : at + length])
        hit = names.get(fold(written)) or names.get(fold(written.rstrip(".")))
        if hit is not None and (hit[1] != "abbreviation" or is_abbreviation(written)):
            return length, hit
    return 1, None


def names_beside(text: str, phrase: Span) -> tuple[str, ...]:
    """What follows a mention as its containing area: "Paris, Texas", "Koton in Borno State", "Alexandria, La.".

    >>> names_beside("Fighters entered Koton, Borno State, at night", Span(17, 22))
    ('Borno State',)
    """
    rest = text[phrase.end : phrase.end + 80]
    found = []
    for pattern in (_AFTER_COMMA, _AFTER_IN):
        match = pattern.match(rest)
        if match:
            name = match["name"]
            first = name.split()[0].rstrip(",").replace(".", "").lower()
            found.append(STATE_OF[first] if first in STATE_OF and "." in name.split()[0] else name.rstrip("."))
    return tuple(found)
