"""Words that are no names: those that any text writes small, and those that are written large for another reason."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

from waqai.bounds.capitals import PARTICLES
from waqai.bounds.roles import ROLES
from waqai.codebook.naming import BODIES, OFFICE_WORDS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DATES = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december"
    " jan feb mar apr jun jul aug sep sept oct nov dec"
)
_NEVER_NAMES = _words("monday tuesday wednesday thursday saturday february september october november december")
_PEOPLES = _words(
    "kurd kurds kurdish arab arabs arabic druze yazidi yazidis yezidi yezidis turkmen bedouin bedouins assyrian assyrians tuareg tuaregs fulani"
    " hausa yoruba igbo baloch pashtun pashtuns tajiks uzbeks hazara hazaras jew jews jewish christian christians"
    " muslim muslims sunni sunnis shia shias shi'a shiite shiites"
    " shi'ite shi'ites alawite alawites hindu hindus buddhist buddhists catholic catholics protestant orthodox islamic islam european europeans"
    " african africans asian asians latin western eastern northern southern central north south east west arabian atlantic mediterranean persian"
    " soviet nazi anglophone francophone"
)
_GROUPS = _words(
    "asayish peshmerga jihad sharia quran koran ramadan eid christmas nowruz newroz internet covid google facebook twitter telegram whatsapp youtube"
)
_MORE_BODIES = _words("academy brotherhood cartel college crescent pentagon program society summit university")
_OTHER = _words("i i'm ii iii iv gmt utc am pm mr mrs ms dr usd eur gbp")
OPENING = _words(
    "a about after against all also although among an and another any as at because before both but by despite during each earlier even every few first"
    " for from had has have he her here his how however i if in instead into it its last later least many meanwhile more most much near nearly no none nor"
    " not now of on once one only or other others our over several she since so some still such than that the their then there these they this those though"
    " three through thus to today two under until up we were what when where which while who whose why with within without yesterday yet you according"
)
"""With which sentences open, and no name."""
MEDIA = _words(
    "news newspaper newspapers times post daily herald tribune tv television radio agency press media network networks watch monitor observatory journal"
    " magazine today mail review standard guardian trust via gazette chronicle telegraph broadcasting broadcast broadcaster channel online web website wire"
    " bulletin dispatch examiner independent mirror sun star globe express weekly monthly report reports reporter reporters inquirer observer sentinel"
    " voice world center centre institute foundation project initiative fm com net org info"
)
"""What publishers call themselves by."""
_OUTLET_ENDS = _words("news times daily herald tribune gazette chronicle telegraph tv television radio newspaper magazine journal broadcasting agency")
_AREAS = _words(
    "county district province governorate state region canton municipality constituency city island islands valley river republic territory emirate peninsula"
    " sea gulf ocean desert sahara coast mountains triangle"
)
_THINGS = _words("operation eid mount lake")
_SUFFIXES = ("s", "es", "ed", "d", "ing", "ly", "ings", "ness")
_PREFIXES = _words(
    "pro anti mid non ex pre post intra inter cross trans semi multi self co vice un sub super half well all aligned backed led held run based"
    " controlled affiliated linked dominated ruled majority funded trained sponsored occupied administered era style"
)
_SPOKEN = re.compile(r"(?:[^AEIOUY]{0,2}[AEIOUY]{1,2})+(?:[^AEIOUY]|[NRLMS][^AEIOUY]|[SKTCGD]H)?")


@cache
def common_words() -> frozenset[str]:
    """What our own texts write without a capital (scripts/common_words.py), but for words that are names, too."""
    return frozenset(files("waqai.bounds").joinpath("common_words.txt").read_text(encoding="utf-8").split())


@lru_cache(maxsize=20_000)
def is_common(low: str) -> bool:
    """Whether texts write this word small, or the word that it is made of.

    >>> [is_common(word) for word in ("prisoners", "unofficially", "twenty-four", "karim")]
    [True, True, True, False]
    """
    return all(part == "" or _is_common_part(part) for part in low.split("-"))


def is_known_word(low: str) -> bool:
    """Whether it is no name wherever it stands: a people, an office or body, a follower of something ("Maoists")."""
    return low in _KNOWN or (len(low) > 5 and low.removesuffix("s").endswith("ist"))


def is_body_word(low: str) -> bool:
    """Whether a row of capitals that ends with it names a body, an area or a publisher."""
    return low in BODIES or low in OFFICE_WORDS or low in _MORE_BODIES or low in _OUTLET_ENDS or low in _AREAS


def begins_thing(low: str) -> bool:
    """Whether a row of capitals that begins with it names a campaign, a feast or a piece of land."""
    return low in _THINGS


def is_date_word(low: str) -> bool:
    return low in DATES


def is_sure_day(low: str) -> bool:
    """Whether it is a day or month after which nobody is called."""
    return low in _NEVER_NAMES


def is_prefix(part: str) -> bool:
    return part in _PREFIXES or (part not in PARTICLES and _is_common_part(part))


def is_short_form(text: str) -> bool:
    """Whether capitals alone are letters of a longer name, which nobody could speak as a name.

    >>> [is_short_form(word) for word in ("SOHR", "HTS", "AHMED", "ALI")]
    [True, True, False, False]
    """
    return text.isupper() and 2 <= len(text) <= 6 and _SPOKEN.fullmatch(text) is None


def _is_common_part(part: str) -> bool:
    words = common_words()
    if part in words or part in OPENING:
        return True
    for ending in _SUFFIXES:
        stem = part.removesuffix(ending)
        if stem != part and len(stem) > 3 and (stem in words or f"{stem}e" in words):
            return True
    return part.startswith("un") and len(part) > 6 and _is_common_part(part[2:])


_KNOWN = _PEOPLES | _GROUPS | _OTHER | _MORE_BODIES | BODIES | OFFICE_WORDS | ROLES
