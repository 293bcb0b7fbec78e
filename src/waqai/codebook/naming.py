"""Which speakers waqai may gather under their name: bodies, authorities, who holds a public office or speaks for one. Nobody else (docs/safety.md).

The words decide, and in doubt they decide against: a body of the register; words that are built like a body ("Norwegian Refugee Council", "police") or like an
office ("Hasakah governor", "Interior Minister X", "X, spokesman of the army"). A bare name, a description ("local sources", "a former detainee"), a relative
of somebody in office, and whoever speaks for a prison, jail, camp or other facility is none: facilities are not gathered either.
"""

from __future__ import annotations

import re
from functools import lru_cache

from waqai.codebook.offices import OFFICES
from waqai.core import ActorNames


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NO_OFFICE = _words("department delegate delegates delegation deputy envoy forces general head house mission prince princess queen soldiers state")
OFFICE_WORDS = (OFFICES - _NO_OFFICE) | _words(
    "chief commander commissar commissioner commissioners director governor governors high-commissioner mayor ombudsman rapporteur sheriff spokespeople"
)
BODIES = _words(
    "administration agency alliance army assembly association authority authorities board brigade broadcaster bureau coalition command commission"
    " committee congress corps council court department directorate federation forces foundation front fund gendarmerie government group"
    " institute league militia ministry mission monitor movement navy network observatory office organisation organization parliament party"
    " police programme prosecution secretariat service services syndicate television tribunal union"
)
_BESIDE = _words(
    "a al an and by de der di du el for general in of on the to van von acting affairs air border city civil coast county defence defense deputy"
    " district federal first foreign former governorate head health high human independent interior internal international judicial justice local"
    " media military national official political presidential press prime provincial public regional religious rights rescue security senior"
    " special state top town tribal vice"
)
"""Words without a capital that may stand beside an office or body, and leave it one."""
PRIVATE = _words(
    "aunt brother child children cousin daughter detainee detainees driver escapee ex-detainee ex-prisoner families family father friend friends"
    " guard guards husband inmate inmates lawyer mother neighbor neighbors neighbour neighbours nephew niece parents prisoner relative relatives"
    " resident residents sister son student survivor survivors uncle victim victims widow widower wife witness witnesses"
)
_FACILITY = _words("barracks camp checkpoint clinic compound dungeon facility farm gaol hospital jail mosque penitentiary prison prisons school")
_TOKEN = re.compile(r"[^\W_]+(?:[.'-][^\W_]+)*")


def may_be_gathered(name: str, *, actors: ActorNames | None = None) -> bool:
    """Whether what a speaker of this name said may be counted under it.

    >>> [may_be_gathered(name) for name in ("police", "Hasakah governor", "Interior Minister Karim Aziz", "Karim Aziz, spokesman for the army")]
    [True, True, True, True]
    >>> [may_be_gathered(name) for name in ("Karim Aziz", "local sources", "the minister's brother", "army veteran Karim Aziz", "Qalat prison authorities")]
    [False, False, False, False, False]
    """
    return (actors is not None and actors.find_actor(name) is not None) or _is_public(name)


@lru_cache(maxsize=4096)
def _is_public(name: str) -> bool:
    words = _TOKEN.findall(name.replace("’", "'"))
    folded = {word.casefold() for word in words}
    if folded & (PRIVATE | _FACILITY) or any(word.removesuffix("'s").removesuffix("'") in OFFICE_WORDS for word in folded if "'" in word):
        return False
    known = OFFICE_WORDS | BODIES | _BESIDE
    return bool(folded & (OFFICE_WORDS | BODIES)) and all(word[0].isupper() or word.casefold() in known for word in words)
