"""Which nation an office belongs to: "Germany" in "German Foreign Minister", "Norway" in "Minister of Defence of Norway".

The words must be built like an office: a nation first, then an office with nothing but a portfolio between them; or an office and its portfolio, then "of"
and a nation. "Syrian rebel commander", "Free Syrian Army" and "ambassador to Syria" name no state of their own, and what is built otherwise is left untold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


OFFICES = _words(
    "ambassador ambassadors attaché authorities cabinet chancellor chargé consul consulate court courts delegate delegation department deputy diplomat"
    " diplomats embassy emir emperor envoy general government governments head house intelligence judge judiciary king lawmaker lawmakers legislature"
    " minister ministers ministry military mission monarch mp navy official officials parliament pm police premier presidency president prince"
    " princess prosecutor prosecutors queen regime representative secretary secretaries senate senator senators soldiers spokesman spokesperson spokeswoman"
    " state sultan supreme-leader treasury troops under-secretary undersecretary army forces"
)
_PORTFOLIO = _words(
    "acting affairs aid air assistant attorney caretaker chief civil co-operation cooperation counter-terrorism crown culture defence defense deputy"
    " development economic economy education energy environment external federal finance first foreign health home human humanitarian immigration"
    " information interim interior international justice labor labour law-enforcement leader migration minister national parliamentary permanent"
    " planning presidential prime public rights royal security senior social special state supreme top trade transitional transport under union vice"
)
_BEFORE = _words("the a an then former ex late current outgoing incoming senior top acting")
_SMALL = _words("of for and the in")
_TITLES_OF_STATE = OFFICES - _words("head house state general department court forces police deputy intelligence mission representative soldiers")
_TOKEN = re.compile(r"[^\s,;()\"“”]+")
_POSSESSIVE = re.compile(r"['’]s?$")


def find_nation(words: str, nations: Mapping[str, str], *, longest: int = 6) -> str | None:
    """The value in `nations` of the nation whose office the words name, or None. Keys are names and demonyms in their capitals, up to `longest` words each.

    >>> find_nation("German Foreign Minister Karin Ahlers", {"German": "de", "Norway": "no"})
    'de'
    >>> find_nation("Minister of Defence of Norway", {"German": "de", "Norway": "no"})
    'no'
    >>> find_nation("German journalist", {"German": "de"}) is None
    True
    """
    tokens = _TOKEN.findall(words)
    while tokens and tokens[0].casefold().removesuffix("-") in _BEFORE:
        tokens = tokens[1:]
    found = _nation_at(tokens, 0, nations, longest=longest)
    if found is None:
        return _after_of(tokens, nations, longest=longest)
    nation, end = found
    return nation if end == len(tokens) or _leads_to_office(tokens[end:]) else None


def _nation_at(tokens: list[str], start: int, nations: Mapping[str, str], *, longest: int) -> tuple[str, int] | None:
    """The nation that begins at this token, its longest name first, and one past its last token."""
    for end in range(min(len(tokens), start + longest), start, -1):
        name = " ".join(tokens[start:end])
        for form in (name, _POSSESSIVE.sub("", name), name.rstrip("’'.")):
            if form in nations:
                return nations[form], end
    return None


def _leads_to_office(tokens: list[str]) -> bool:
    for token in tokens:
        word = _POSSESSIVE.sub("", token.casefold())
        if word in OFFICES:
            return True
        if word not in _PORTFOLIO and word not in _SMALL:
            return False
    return False


def _after_of(tokens: list[str], nations: Mapping[str, str], *, longest: int) -> str | None:
    """The nation after "of" where an office and its portfolio are all that stands before."""
    seen_office = False
    for i, token in enumerate(tokens):
        word = token.casefold()
        if seen_office and word == "of":
            after = i + 2 if i + 1 < len(tokens) and tokens[i + 1].casefold() == "the" else i + 1
            found = _nation_at(tokens, after, nations, longest=longest) or _nation_at(tokens, i + 1, nations, longest=longest)
            if found is not None:
                return found[0]
        seen_office = seen_office or word in _TITLES_OF_STATE
        if word not in OFFICES and word not in _PORTFOLIO and word not in _SMALL:
            return None
    return None
