"""Which of a report's place names is the happening's: the one in its clause, its prison's, else that of the telling it goes on with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Literal, TypeAlias

from spacy.tokens import Token

from waqai.codebook.lexicon import Lexicon
from waqai.core import PlaceMention, Span
from waqai.reading.drafts import Draft, is_counted_from
from waqai.reading.phrases import text_of
from waqai.reading.placenames import FoundPlace
from waqai.reading.placing import is_seat
from waqai.reading.slots import is_passive
from waqai.reading.triggers import Trigger

PlaceRole: TypeAlias = Literal["event_place", "containing_area", "origin", "destination", "actor_affiliation", "speaker", "dateline", "background"]
Earlier: TypeAlias = Sequence[tuple[Draft, tuple[PlaceMention, ...]]]

BORROWED = frozenset(("place of the telling before", "last place named before"))
"""The rules by which a happening takes a place that its own words do not name."""
_TOWARDS = frozenset(("to", "into", "toward", "towards"))
_WITHIN = frozenset(("in", "at", "near", "outside", "on", "around"))
_OTHER_TIMES = frozenset(("after", "before", "since", "until"))
_CONTAINED_GAP = 60  # characters between a place and the wider one that contains it
_BESIDE_GAP = 24  # characters between two places that are named together
_CLAUSE = 15  # distance that a verb between trigger and name adds; as far as a name outside the trigger's clause, give or take


@dataclass(frozen=True, slots=True)
class Situator:
    """Gives the place names of a report their parts in its happenings."""

    lexicon: Lexicon

    def place_mentions(self, draft: Draft, places: Sequence[FoundPlace], *, facility_sentences: Sequence[int], earlier: Earlier) -> tuple[PlaceMention, ...]:
        """The mentions of a draft with their parts.

        `facility_sentences` are the first tokens of sentences that go on about its prison ("This prison is ..."); `earlier` are the drafts before this one.
        """
        own: list[PlaceMention] = []
        for trigger in draft.body:
            own += _told_later(own, self._of_trigger(trigger, places, type=draft.type), places)
        staying = [p for p in places if not self._is_gone_to(p)]
        told = [m for start in facility_sentences for m in _of_sentence(start, staying)]
        if told:
            own = _with_facility(own, told)
        if not any(m.role == "event_place" for m in own):
            own += _borrowed(draft, earlier, places)
        return _once(own)

    def _of_trigger(self, trigger: Trigger, places: Sequence[FoundPlace], *, type: str) -> list[PlaceMention]:
        apart, own = is_counted_from(trigger.token), trigger.token.sent
        sentence = [p for p in places if own.start <= p.head.i < own.end and (not apart or trigger.token.is_ancestor(p.head))]
        found: list[PlaceMention] = []
        for place in sorted(sentence, key=lambda p: _distance(trigger.token, p.head)):
            role = self._role(place, type=type, trigger=trigger)
            events = [m for m in found if m.role == "event_place"]
            if role == "event_place" and ((events and not _beside(place, events)) or _of_another_act(place.head, trigger.token)):
                role = "background"
            found.append(_mention(place, role))
        return _with_containers(found, sentence)

    def _role(self, place: FoundPlace, *, type: str, trigger: Trigger) -> PlaceRole:
        types = self.lexicon.types
        if place.dateline:
            return "dateline"
        if is_seat(text_of(place.head.doc), place.phrase):
            return "speaker"
        if self._names_party(place):
            return "actor_affiliation"
        if type == "territory_change" and not place.country and place.head in trigger.heads("obj", "subj"):
            return "event_place"
        if place.prep in _TOWARDS and type in types.moves:
            return "destination"
        if place.prep in ("from", "out") and type in types.departures:
            return "origin" if type not in ("transfer", "release") else "event_place"
        if place.prep == "by" or (place.country and place.head.dep_ in ("compound", "amod", "poss", "nmod", "nsubj", "nsubjpass")):
            return "actor_affiliation"
        return "speaker" if _names_speaker(place, trigger.token) else "event_place"

    def _is_gone_to(self, place: FoundPlace) -> bool:
        """Under a verb of going: "are expected to seek refuge in X"."""
        return any(t.pos_ == "VERB" and t.lemma_.lower() in self.lexicon.words.going and not is_passive(t) for t in place.head.ancestors)

    def _names_party(self, place: FoundPlace) -> bool:
        """ "border guards of Iran", "the president of Chad": the place says whose people they are, not where it happened."""
        prep = place.head.head
        if place.prep != "of" or prep.lower_ != "of" or place.relation != "in":
            return False
        return prep.head.pos_ == "PROPN" or (prep.head.pos_ == "NOUN" and prep.head.lemma_.lower() in self.lexicon.words.parties)


def _names_speaker(place: FoundPlace, trigger: Token) -> bool:
    """Outside the trigger's clause, in the subject of the sentence, and not where that subject is: "the governor of X said that ..."."""
    if trigger.is_ancestor(place.head) or place.prep in ("in", "at", "near"):
        return False
    return any(t.dep_ == "nsubj" and t.is_ancestor(place.head) for t in trigger.sent.root.children)


def _told_later(own: Sequence[PlaceMention], later: list[PlaceMention], places: Sequence[FoundPlace]) -> list[PlaceMention]:
    """The mentions of a later telling: once the happening has its place, a wide one ("came days after ministers met in X") is another's."""
    if not any(m.role == "event_place" for m in own):
        return later
    wide = {p.phrase.start for p in places if p.wide}
    names = {m.name.lower() for m in own}
    return [replace(m, role="background") if m.role == "event_place" and m.phrase.start in wide and m.name.lower() not in names else m for m in later]


def _mention(place: FoundPlace, role: PlaceRole) -> PlaceMention:
    rule = f"{place.prep or 'name'} {role}"
    return PlaceMention(name=place.name, phrase=place.phrase, role=role, relation=place.relation, kind=place.kind, p=0.7, rule=rule)


def _with_containers(found: list[PlaceMention], places: Sequence[FoundPlace]) -> list[PlaceMention]:
    """Of several event places in one sentence the narrowest is the event's; wider ones contain it. A site in no gazetteer gives way to its town."""
    wide = {p.phrase.start for p in places if p.wide}
    unknown = {p.phrase.start for p in places if p.unknown_site}
    events = [m for m in found if m.role == "event_place"]
    if len(events) < 2:
        return found
    known = {p.phrase.start for p in places if p.kinds}
    if any(m.phrase.start in known - wide - unknown for m in events):
        events = [m for m in events if m.phrase.start not in unknown]
    keep = next((m for m in events if m.phrase.start not in wide), events[0])
    kept = [m for m in events if m is keep or (_is_wide(m, wide) == _is_wide(keep, wide) and _listed(m, keep))]
    return [m if m.role != "event_place" or m in kept else replace(m, role=_role_beside(m, keep, wide)) for m in found]


def _is_wide(mention: PlaceMention, wide: set[int]) -> bool:
    return mention.phrase.start in wide


def _listed(mention: PlaceMention, keep: PlaceMention) -> bool:
    """Named together, in the same way: "in Syria and Iraq"."""
    return 0 < abs(mention.phrase.start - keep.phrase.end) <= 6 and mention.relation == keep.relation


def _role_beside(mention: PlaceMention, keep: PlaceMention, wide: set[int]) -> PlaceRole:
    """A wider place close to the event's contains it; any other is background."""
    gap = abs(mention.phrase.start - keep.phrase.end)
    return "containing_area" if _is_wide(mention, wide) and gap < _CONTAINED_GAP else "background"


def _beside(place: FoundPlace, events: Sequence[PlaceMention]) -> bool:
    """Right behind or before a place already taken: "Hasakah, Syria", "Syria and Iraq", "X in northern Y"."""
    return any(min(abs(place.phrase.start - m.phrase.end), abs(m.phrase.start - place.phrase.end)) <= _BESIDE_GAP for m in events)


def _of_sentence(start: int, places: Sequence[FoundPlace]) -> list[PlaceMention]:
    """The first two places that a sentence about the prison puts it in."""
    inside = [p for p in places if p.head.sent.start == start and (p.site or p.head.dep_ not in ("compound", "amod")) and _lies_there(p)]
    return _with_containers([_mention(p, "event_place") for p in inside[:2]], inside)


def _of_another_act(head: Token, trigger: Token) -> bool:
    """In a clause or phrase of another time: "the escape came days after ministers met in X"."""
    for above in head.ancestors:
        if above == trigger or above.is_ancestor(trigger):
            return False
        if above.lower_ in _OTHER_TIMES or any(t.dep_ == "mark" and t.lower_ in _OTHER_TIMES for t in above.children):
            return True
    return False


def _lies_there(place: FoundPlace) -> bool:
    """Behind "in", "near", "on the outskirts of"; without a preposition only where no verb takes it ("may try to reach Syria")."""
    return place.prep in _WITHIN or (place.prep == "" and place.head.dep_ not in ("nsubj", "nsubjpass", "dobj"))


def _with_facility(own: list[PlaceMention], told: list[PlaceMention]) -> list[PlaceMention]:
    """What is said of the prison itself places the happening more closely: first "in the countryside of Hasakah", then "in the city Ras al-Ain"."""
    closer = [m for m in told if m.role == "event_place"]
    if not closer:
        return own + told
    names = {m.name.lower() for m in closer}
    moved = [replace(m, role="containing_area") if m.role == "event_place" and m.name.lower() not in names else m for m in own]
    if any(m.relation in ("countryside", "near") for m in own):
        told = [replace(m, relation="near", rule="place of the prison, told as rural") if m.role == "event_place" and m.relation == "in" else m for m in told]
    return told + moved


def _borrowed(draft: Draft, earlier: Earlier, places: Sequence[FoundPlace]) -> list[PlaceMention]:
    """The place of the happening told before in the same block, else that of the report's first, else the last place named before."""
    first = draft.body[0]
    told = [(o, events) for o, ms in earlier if (events := [m for m in ms if m.role in ("event_place", "containing_area")])]
    here = [events for o, events in reversed(told) if o.last.block == first.block]
    for events in [*here, *(events for _, events in told)]:
        return [replace(m, p=0.5, rule="place of the telling before") for m in events]
    before = [p for p in places if p.head.i < first.token.i and p.prep in ("in", "at", "near", "")]
    return [replace(_mention(before[-1], "event_place"), p=0.4, rule="last place named before")] if before else []


def _once(mentions: Sequence[PlaceMention]) -> tuple[PlaceMention, ...]:
    """The same words once, in the first part that they play."""
    first: dict[Span, PlaceMention] = {}
    for mention in mentions:
        first.setdefault(mention.phrase, mention)
    return tuple(first.values())


def _distance(trigger: Token, head: Token) -> float:
    """How far a name stands from a trigger: near 0 below it in the parse, farther across another clause, farthest outside."""
    gap = abs(head.i - trigger.i)
    above = list(head.ancestors)
    if all(t.i != trigger.i for t in above):
        return 10 + gap
    between = takewhile(lambda t: t.i != trigger.i, above)
    return sum(t.pos_ in ("VERB", "AUX") for t in between) * _CLAUSE + 0.01 * gap
