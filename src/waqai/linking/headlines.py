"""What a headline says of its report: which types of happening it can mean, and whether the report is a round-up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from waqai.linking.words import stem, stems

_OF_PRISONS = re.compile(r"\b(prison|jail|inmate|detainee|convict|fugitive|escap|captive|break-?out|penitentiar)", re.I)
_ROUND_UP = re.compile(
    r"\b(round-?\s?up|factbox|news in brief|in brief|briefs|bulletin|digest|timeline|chronology|week in|weekly|daily (report|summary|update)|the day in"
    r"|roundup|security developments|incidents? (log|list)|round of (arrests|raids|attacks))\b",
    re.I,
)
_TITLE_STEMS: Mapping[str, frozenset[str]] = {
    kind: frozenset(stem(w) for w in words.split())
    for kind, words in {
        "escape": "escape escapes escaped escapees flee flees fled flight fugitive fugitives breakout break away out tunnel dig walk slip run loose gone free",
        "jailbreak": "jailbreak raid storm attack assault freed free sprung sprang spring break breakout siege inmates raiders attackers bomb blown",
        "prison_riot": "riot riots revolt mutiny unrest rebellion uprising insurrection rebel rise disobedience hunger",
        "recapture": "recapture recaptured caught retake retaken rearrest found hunt back hold",
        "arrest": "arrest arrests arrested detain detained held seize nab",
        "release": "release released free freed freedom let home",
        "transfer": "transfer moved move taken drive sent carry",
        "clash": "clash clashes fight fighting attack ambush battle gunmen siege killed",
        "suicide_attack": "suicide bomber blast bomb attack killed",
        "bombing": "bomb bombs blast explosion mine ied killed",
        "air_strike": "strike strikes drone raid air planes jets killed",
        "shelling": "missile missiles shell shells shelling rocket rockets mortar hit hits",
        "attack_on_civilians": "attack killed kill shot shooting murder massacre gunmen dead",
        "abduction": "abduct abducted kidnap kidnapped seize taken hostage hostages",
        "raid": "raid sweep search hunt comb operation",
        "deployment": "patrol patrols deploy deployed reinforce troops alert",
        "meeting": "meeting meet talks visit summit",
        "statement": "condemn warn film video statement say urge",
        "aid": "aid pledge pledges million donate",
        "sentence": "sentence sentenced trial court convicted jailed",
        "execution": "execute executed execution hanged beheaded",
    }.items()
}

_SIEGE = re.compile(
    r"\b(?:sieges?|besieged|standoff|retak(?:e|es|en|ing)|retook|reclaim\w*|regain\w* control|(?:days?|week) of (?:\w+ )?(?:battles?|combat|fighting|clashes)"
    r"|(?:take|taken|took|won|back) (?:\S+ ){0,5}?(?:back|hands)|recapture of)\b",
    re.I,
)
_AWAY = r"escap|flee|fled|flight|fugitive|break-?out|(broke|break|get|got|slip\w*|dig|dug) (\w+ ){0,2}(out|away)|on the run|at large|tunnel"
_AWAY += r"|out of (\S+ ){0,3}(prison|jail|gaol)"
_FORCE = r"jailbreak|raid|storm|assault|siege|blown open|(let|set|spr[aiu]ngs?|free[ds]?)\b.*\b(out|free|inmates|prisoners)"
_RISING = r"riot|revolt|mutin|rebel|uprising|unrest|insurrection"
_FRAME_WORDS: Mapping[tuple[str, str], re.Pattern[str]] = {
    ("escape", "custody_exit"): re.compile(rf"\b({_AWAY})", re.I),
    ("jailbreak", "custody_exit"): re.compile(rf"\b({_FORCE})", re.I),
    ("prison_riot", "custody_inside"): re.compile(rf"\b({_RISING})", re.I),
}
FRAMES = tuple(_FRAME_WORDS)
"""Every (type, family) that `find_frames` can find."""


def tells_of(type_id: str, headline: str) -> bool:
    """Whether the headline has a word for that type.

    >>> tells_of("escape", "Over 30 prisoners flee Raqqa central prison"), tells_of("sentence", "Over 30 prisoners flee Raqqa central prison")
    (True, False)
    """
    return bool(_TITLE_STEMS.get(type_id, frozenset()) & stems(headline))


def is_of_prisons(headline: str) -> bool:
    """Whether it speaks of prisons or of people held or on the run."""
    return bool(_OF_PRISONS.search(headline))


@lru_cache(maxsize=4096)
def find_frames(headline: str) -> tuple[tuple[str, str], ...]:
    """(type, family) of the escape or riot that a headline on prisons speaks of.

    >>> find_frames("Prisoners flee Raqqa jail"), find_frames("Gunmen flee Raqqa")
    ((('escape', 'custody_exit'),), ())
    """
    return tuple(kind for kind, words in _FRAME_WORDS.items() if is_of_prisons(headline) and words.search(headline))


def is_of_siege(words: str) -> bool:
    """Whether they speak of a siege, of days of fighting, or of a place that is taken back.

    >>> is_of_siege("Militia reclaims whole prison"), is_of_siege("Six days of combat at the jail"), is_of_siege("Riot in jail")
    (True, True, False)
    """
    return bool(_SIEGE.search(words))


def is_of_many(headline: str) -> bool:
    """Whether it announces a round-up.

    >>> is_of_many("FACTBOX: Attacks reported from Iraq, Dec 29")
    True
    """
    return bool(_ROUND_UP.search(headline))
