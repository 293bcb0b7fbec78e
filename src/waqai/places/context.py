"""What the rest of a report says about where it is set: the countries that it names, and the words beside a mention."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from waqai.core import Span
from waqai.places.names import fold, is_abbreviation

_WORD = re.compile(r"[^\W\d_](?:[\w’'\-]|\.(?=\w))*\.?")
_POSSESSIVE = re.compile(r"['’]s$|['’]$")
_LONGEST = 7
_PROVINCES = frozenset({"state", "province", "governorate", "county", "district"})
COUNTS = {"demonym": 0.4, "province": 0.7, "city": 0.5}  # a name or an abbreviation counts 1; "Turkish forces" shell Syria
_AFTER_COMMA = re.compile(r"\s*,\s*(?:in\s+|the\s+)*(?P<name>[A-Z][\w.’'\-]*(?:[ \n](?:of |al-|el-|and )?[A-Z][\w.’'\-]*){0,4})")
_AFTER_IN = re.compile(
    r"\s+(?:city |town |village |district |area |province |governorate |region |state |camp |prison )?\(?(?:in|of)\s+(?:the\s+)?"
    r"(?:(?:north|south|east|west|central)[\w\-]*\s+)?(?P<name>[A-Z][\w.’'\-]*(?:[ \n](?:of |al-|el-)?[A-Z][\w.’'\-]*){0,4}"
    r"(?:\s(?:province|governorate|state|district|region))?)"
)
AP_STATES = (
    "Ala.=Alabama|Ariz.=Arizona|Ark.=Arkansas|Calif.=California|Colo.=Colorado|Conn.=Connecticut|Del.=Delaware|Fla.=Florida|Ga.=Georgia|Ill.=Illinois|Ind.=Indiana|"
    "Kan.=Kansas|Ky.=Kentucky|La.=Louisiana|Md.=Maryland|Mass.=Massachusetts|Mich.=Michigan|Minn.=Minnesota|Miss.=Mississippi|Mo.=Missouri|Mont.=Montana|"
    "Neb.=Nebraska|Nev.=Nevada|N.H.=New Hampshire|N.J.=New Jersey|N.M.=New Mexico|N.Y.=New York|N.C.=North Carolina|N.D.=North Dakota|Okla.=Oklahoma|"
    "Ore.=Oregon|Pa.=Pennsylvania|R.I.=Rhode Island|S.C.=South Carolina|S.D.=South Dakota|Tenn.=Tennessee|Vt.=Vermont|Va.=Virginia|Wash.=Washington|"
    "W.Va.=West Virginia|Wis.=Wisconsin|Wyo.=Wyoming|D.C.=District of Columbia|"
    "Tex.=Texas|Penn.=Pennsylvania|Ont.=Ontario|Que.=Quebec|Alta.=Alberta|Sask.=Saskatchewan|Man.=Manitoba|B.C.=British Columbia|"
    "N.S.=Nova Scotia|N.B.=New Brunswick|N.L.=Newfoundland and Labrador"
)
STATE_OF: Mapping[str, str] = {pair.split("=")[0].replace(".", "").lower(): pair.split("=")[1] for pair in AP_STATES.split("|")}

_POSTAL = (
    "al=Alabama|ak=Alaska|az=Arizona|ar=Arkansas|ca=California|co=Colorado|ct=Connecticut|de=Delaware|fl=Florida|ga=Georgia|hi=Hawaii|id=Idaho|il=Illinois|"
    "in=Indiana|ia=Iowa|ks=Kansas|ky=Kentucky|la=Louisiana|me=Maine|md=Maryland|ma=Massachusetts|mi=Michigan|mn=Minnesota|ms=Mississippi|mo=Missouri|mt=Montana|"
    "ne=Nebraska|nv=Nevada|nh=New Hampshire|nj=New Jersey|nm=New Mexico|ny=New York|nc=North Carolina|nd=North Dakota|oh=Ohio|ok=Oklahoma|or=Oregon|"
    "pa=Pennsylvania|ri=Rhode Island|sc=South Carolina|sd=South Dakota|tn=Tennessee|tx=Texas|ut=Utah|vt=Vermont|va=Virginia|wa=Washington|wv=West Virginia|"
    "wi=Wisconsin|wy=Wyoming|dc=District of Columbia|on=Ontario|qc=Quebec|bc=British Columbia|ab=Alberta|mb=Manitoba|sk=Saskatchewan|ns=Nova Scotia|"
    "nb=New Brunswick"
)
POSTAL: Mapping[str, str] = dict(pair.split("=") for pair in _POSTAL.split("|"))


@dataclass(frozen=True, slots=True)
class Votes:
    """How much a text speaks of each country: `named` by the country's own names and its provinces', `by_name` by cities, each under its folded name."""

    named: Mapping[str, float]
    by_name: Mapping[str, tuple[str, float]]

    def shares(self, *, without: str = "") -> dict[str, float]:
        """Each country's share, largest first, twelve at most; the vote of one name left out, lest a name speak for itself.

        >>> Votes({"MZ": 3.0}, {"palma": ("ES", 1.0)}).shares(without="palma")
        {'MZ': 1.0}
        """
        counts = dict(self.named)
        for name, (code, count) in self.by_name.items():
            if name != without:
                counts[code] = counts.get(code, 0.0) + count
        total = sum(counts.values())
        return {code: counts[code] / total for code in sorted(counts, key=lambda code: (-counts[code], code))[:12]} if total else {}


def count_countries(text: str, names: Mapping[str, tuple[str, str]]) -> Votes:
    """The countries that a text speaks of: 1 a name, 0.4 a demonym, 0.7 a province, 0.5 a city; twice that in the first fifth of the text.

    `names` are folded names, each with a country's code and how it names it ("name", "demonym", "abbreviation" ...).

    >>> names = {"syria": ("SY", "name"), "turkish": ("TR", "demonym"), "us": ("US", "abbreviation"), "mosul": ("IQ", "city")}
    >>> votes = count_countries("Turkish troops left Syria. The US objected to us. Mosul was calm.", names)
    >>> sorted(votes.named), votes.by_name
    (['SY', 'TR', 'US'], {'mosul': ('IQ', 1.0)})
    """
    named: dict[str, float] = {}
    by_name: dict[str, tuple[str, float]] = {}
    early = max(400, len(text) // 5)
    for key, start in _iter_names(text, names):
        code, how = names[key]
        count = COUNTS.get(how, 1.0) * (2 if start < early else 1)
        if how == "city":
            by_name[key] = (code, by_name.get(key, (code, 0.0))[1] + count)
        else:
            named[code] = named.get(code, 0.0) + count
    return Votes(named, by_name)


def _iter_names(text: str, names: Mapping[str, tuple[str, str]]) -> Iterator[tuple[str, int]]:
    words = [(m.start(), _POSSESSIVE.sub("", m.group())) for m in _WORD.finditer(text)]
    at = 0
    while at < len(words):
        length, key = _longest_name(words, at, names) if words[at][1][0].isupper() else (1, None)
        if key is not None and not _is_of_province(words, at + length, names[key][1]):
            yield key, words[at][0]
        at += length


def _is_of_province(words: list[tuple[int, str]], behind: int, how: str) -> bool:
    """A country's name that the word behind it makes a province's: "Niger state"."""
    return how == "name" and behind < len(words) and words[behind][1].rstrip(".").lower() in _PROVINCES


def _longest_name(words: list[tuple[int, str]], at: int, names: Mapping[str, tuple[str, str]]) -> tuple[int, str | None]:
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        written = " ".join(word for _, word in words[at : at + length])
        key = fold(written)
        if key in names and (names[key][1] != "abbreviation" or is_abbreviation(written)):
            return length, key
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
