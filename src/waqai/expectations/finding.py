"""What a claim's words say of a happening to come: what, by whom, where, whether it is to be. What they do not say is None: nothing is invented."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from waqai.codebook import ActorRegister, Codebook
from waqai.codebook.strength import Strength, find_places, find_words, fold_words
from waqai.expectations.shapes import Direction, Route

_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_TOWARDS = re.compile(r"\b(?:in|into|to|inside|across|towards?|within|throughout|on|from)\s+(?:\w+(?:ern)?\s+)?(?:the\s+)?$", re.IGNORECASE)
_GROUND = re.compile(r"\s+(?:territor(?:y|ies)|soil|lands?|waters|airspace|side|border|cit(?:y|ies)|towns?|villages?|provinces?)\b", re.IGNORECASE)
_CONDITION_END = re.compile(r",|;|\bthen\b", re.IGNORECASE)
_SO_MANY = re.compile(
    r"\b(?:more|fewer|less) than (?=\d|an?\b|one|two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds)|\b(?:one|once) more\b", re.IGNORECASE
)
_NONE_OF = re.compile(r"\bno (?:more |new |further |such )?$")
ACTING = frozenset({"armed_group", "criminal_group", "state_force", "security_body", "authority", "coalition"})
"""Kinds of the register that are looked for as who acts; a state is taken for a place."""
AT_THE_BEGINNING, CLOSE_BEHIND = 4, 9
"""Words within which a happening is named that is to come about: of a claim without a word of strength, and behind such a word. Set by reading 50 claims."""
LONGEST_NAME = 6
"""Words of a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What is to come about: types, or families where no type is named. `seldom_seen`: why its absence says nothing (None: it does)."""

    types: tuple[str, ...]
    families: tuple[str, ...]
    seldom_seen: str | None = None


def find_route(words: str, table: Strength, *, looks_ahead: bool) -> Route:
    """What a claim asks for: an event to come, or a question about many incidents.

    That something rose after a day is only looked for in what does not look ahead: "warned of attacks days after the vote" is about an event.

    >>> from waqai.codebook.strength import load_strength
    >>> find_route("success once encourages it to repeat the attempt again and again", load_strength(), looks_ahead=False)
    'rate'
    >>> find_route("ISIS intensified its movements a few days after the meeting", load_strength(), looks_ahead=False)
    'event_study'
    """
    if find_words(words, table.raw.generic) is not None:
        return "rate"
    return "event_study" if not looks_ahead and find_words(words, table.raw.after) is not None else "event"


def find_happening(words: str, table: Strength) -> Happening | None:
    """What the words are about by the table, wherever it is named in them; movements first, as they are seldom seen.

    >>> from waqai.codebook.strength import load_strength
    >>> find_happening("a new suicide attack", load_strength()).types, find_happening("better times", load_strength())
    (('suicide_attack',), None)
    """
    moves = table.raw.movements
    if find_words(words, moves.words) is not None:
        return Happening(types=moves.types, families=(), seldom_seen=moves.why)
    for line in table.raw.happenings:
        if find_words(words, line.words) is not None:
            return Happening(types=line.types, families=line.families)
    return None


def find_coming(words: str, table: Strength, *, language: str = "en") -> Happening | None:
    """What the words say is to come about: what stands close behind a word of strength; what stands before one behind which it arises ("attacks will follow",
    "an attack is likely"); where there is no such word, what stands at their beginning. What they only mention ("the fighting could help them", "relief has
    not restarted since the violence") is not what is expected.

    >>> from waqai.codebook.strength import load_strength
    >>> table = load_strength()
    >>> said = ("gunmen could attack the town", "of rising violence there", "attacks will follow", "a riot is likely")
    >>> [find_coming(words, table) is not None for words in said]
    [True, True, True, True]
    >>> find_coming("clashes could break out in Raqqa", table).types
    ('clash', 'territory_change')
    >>> find_coming("attacks will continue whatever the talks bring", table).families[0]
    'combat'
    >>> [find_coming(said, table) for said in ("the fighting could help the group", "relief has not restarted since the violence")]
    [None, None]
    """
    folded = fold_words(words)
    strong = find_places(words, (one for line in table.raw.strength.get(language, table.raw.strength["en"]) for one in line.words))
    if not strong:
        return find_happening(" ".join(folded.split()[:AT_THE_BEGINNING]), table)
    behind = [" ".join(folded[end:].split()[:CLOSE_BEHIND]) for _, end in strong]
    before = [" ".join(folded[:start].split()[-CLOSE_BEHIND:]) for start, end in strong if _arises(folded[end:], table)]
    return next((found for part in (*before, *behind) if (found := find_happening(part, table)) is not None), None)


def _arises(behind: str, table: Strength) -> bool:
    """Whether what is said behind a word of strength is that something comes about."""
    near = " ".join(behind.split()[:2]).removeprefix("to ").removeprefix("only ")
    return not near or near[0] in ".,;:!?" or any(near == word or near.startswith((f"{word} ", f"{word},", f"{word}.")) for word in table.raw.arises)


def find_direction(words: str, table: Strength) -> Direction:
    """Whether it is to come about, not to, more often or less often.

    >>> from waqai.codebook.strength import load_strength
    >>> [find_direction(said, load_strength()) for said in ("attacks will increase", "they will not attack", "an attack is likely")]
    ['more', 'does_not', 'occurs']
    >>> [find_direction(said, load_strength()) for said in ("there will be no more attacks", "he could not rule out attacks")]
    ['does_not', 'occurs']
    >>> find_direction("more than 20 could be killed in one more attack", load_strength())
    'occurs'
    """
    if _is_denied(words, table):
        return "does_not"
    compared = _SO_MANY.sub(" ", words)
    if find_words(compared, table.raw.more) is not None:
        return "more"
    return "fewer" if find_words(compared, table.raw.fewer) is not None else "occurs"


def _is_denied(words: str, table: Strength) -> bool:
    """Whether something is not to be ("will not"), or "no" stands before a happening; what nobody rules out may be."""
    left_open, folded = find_places(words, table.raw.not_ruled_out), fold_words(words)
    denied = [at for at in find_places(words, table.raw.not_) if not any(start < at[1] and at[0] < end for start, end in left_open)]
    named = find_places(words, (one for line in table.raw.happenings for one in line.words))
    return bool(denied) or any(_NONE_OF.search(folded[:start]) for start, _ in named)


def find_condition(words: str, table: Strength) -> tuple[str, str] | None:
    """(the condition's words, the rest) of "if A, B" and "B if A"; None where nothing is conditional.

    >>> from waqai.codebook.strength import load_strength
    >>> find_condition("If the truce fails, attacks will resume", load_strength())
    ('If the truce fails', 'attacks will resume')
    >>> find_condition("attacks will resume once the talks end", load_strength())
    ('once the talks end', 'attacks will resume')
    >>> find_condition("attacks could once again spread as soon as possible", load_strength())
    """
    none = [found.span() for said in table.raw.no_condition for found in _iter_places(said, words)]
    for word, found in ((one, place) for one in table.raw.conditions for place in _iter_places(one, words)):
        if any(start <= found.start() < end for start, end in none) or (word == "should" and found.start() > 0):
            continue
        if word == "once" and words[found.end() :].lstrip().startswith("encourages"):
            continue
        end = _CONDITION_END.search(words, found.end())
        said = words[found.start() : end.start() if end else len(words)].strip()
        rest = f"{words[: found.start()].strip(' ,')} {words[end.end() :].strip() if end else ''}".strip()
        return (said, rest) if rest else None
    return None


def _iter_places(said: str, words: str) -> Iterator[re.Match[str]]:
    return re.finditer(rf"(?<!\w){re.escape(said)}(?!\w)", words, re.IGNORECASE)


def find_acting(words: str, actors: ActorRegister) -> str | None:
    """The id of the one body of the register that the words name as more than a place or a voice; None where there is none, or several.

    >>> from waqai.codebook import load_actors
    >>> find_acting("ISIS is expected to attack prisons in Syria", load_actors()), find_acting("gunmen will attack", load_actors())
    ('islamic-state', None)
    """
    named = [one for _, _, one in _iter_named(words, actors) if actors.actors[one].kind in ACTING]
    return named[0] if len(set(named)) == 1 else None


def find_country(words: str, actors: ActorRegister) -> str | None:
    """The two letters of the country that the words name as a place; of several the one that something is in or goes to; None where that is not one.

    >>> from waqai.codebook import load_actors
    >>> find_country("head into Turkish territory through the border", load_actors()), find_country("US strikes in Syria", load_actors())
    ('TR', 'SY')
    >>> find_country("between Syria and Iraq", load_actors()), find_country("the attacks of the Turkish army", load_actors())
    (None, None)
    """
    found: dict[str, bool] = {}
    for start, end, state in _iter_named(words, actors):
        country = actors.actors[state].country if actors.actors[state].kind == "state" else None
        if country is not None and (actors.find_actor(words[start:end]) is not None or _GROUND.match(words[end:])):
            found[country] = found.get(country, False) or bool(_TOWARDS.search(words[:start]))
    meant = [country for country, towards in found.items() if towards] or list(found)
    return meant[0] if len(meant) == 1 else None


def families_of(types: Sequence[str], families: Sequence[str], codebook: Codebook) -> tuple[str, ...]:
    """The families that these types and families make up, in order."""
    return tuple(dict.fromkeys((*(codebook.types[one].family for one in types if one in codebook.types), *families)))


def _iter_named(words: str, actors: ActorRegister) -> Iterator[tuple[int, int, str]]:
    """(start, end, id) of the bodies and states that the words name, the longest names first at each place, none over another."""
    found, at = list(_WORD.finditer(words)), 0
    while at < len(found):
        taken = next(_longest(words, found, at, actors), None)
        if taken is not None:
            yield found[at].start(), found[at + taken[0] - 1].end(), taken[1]
        at += taken[0] if taken else 1


def _longest(words: str, found: Sequence[re.Match[str]], at: int, actors: ActorRegister) -> Iterator[tuple[int, str]]:
    if not found[at][0][0].isupper():
        return
    for n in range(min(LONGEST_NAME, len(found) - at), 0, -1):
        name = words[found[at].start() : found[at + n - 1].end()]
        actor = actors.find_actor(name) or (actors.find_state(name) if n == 1 or name.istitle() else None)
        if actor is not None:
            yield n, actor
