"""Which of a report's place names is the happening's: the one in its clause, its prison's, else that of the telling it goes on with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from spacy.tokens import Token

from waqai.core import Involvement, PlaceMention, Span
from waqai.reading.drafts import Draft
from waqai.reading.placenames import FoundPlace
from waqai.reading.triggers import Trigger

_MOVES = frozenset({"transfer", "repatriation", "deployment", "displacement", "return", "release", "escape"})
_PARTIES = frozenset(
    [
        "guard",
        "army",
        "force",
        "police",
        "president",
        "government",
        "minister",
        "ministry",
        "authority",
        "state",
        "regime",
        "troop",
        "soldier",
        "official",
        "governor",
        "council",
        "court",
        "citizen",
        "national",
        "people",
        "capital",
        "spokesman",
        "military",
        "navy",
        "coalition",
        "republic",
        "parliament",
        "ambassador",
        "embassy",
        "king",
        "intelligence",
        "service",
        "commander",
        "leader",
        "border",
        "militia",
        "mercenary",
        "resident",
    ]
)
_GOING = frozenset({"to", "into", "toward", "towards"})
_EVENT_PREPS = frozenset({"in", "at", "near", "outside", "inside", "around", "on", "of", "across", "within", "over", "nearby", "between", "throughout", ""})


def place_mentions(
    draft: Draft, places: Sequence[FoundPlace], *, facility_sentences: Sequence[int], earlier: Sequence[tuple[Draft, tuple[PlaceMention, ...]]]
) -> tuple[PlaceMention, ...]:
    """The mentions of a draft with their parts. `facility_sentences` are the sentences that go on about its prison ("This prison is ...")."""
    body = [t for t in draft.triggers if not t.heading]
    own = [m for t in body or draft.triggers for m in _of_trigger(t, places, type=draft.type)]
    told = [m for start in facility_sentences for m in _of_sentence(start, places)]
    if told:
        own = _with_facility(own, told)
    if not any(m.role == "event_place" for m in own):
        own += _inherited(draft, body, earlier, places, have=own)
    return tuple(_once(own))


def _of_trigger(trigger: Trigger, places: Sequence[FoundPlace], *, type: str) -> list[PlaceMention]:
    sentence = [p for p in places if p.head.sent == trigger.token.sent]
    found: list[PlaceMention] = []
    ranked = sorted(sentence, key=lambda p: _distance(trigger.token, p.head))
    has_event = False
    for place in ranked:
        role = _role(place, type=type, trigger=trigger)
        if role == "event_place" and has_event and not _beside(place, found):
            role = "background"
        if role == "event_place":
            has_event = True
        found.append(_mention(place, role))
    return _contained(found, sentence)


def _role(place: FoundPlace, *, type: str, trigger: Trigger) -> str:
    if place.dateline:
        return "dateline"
    if _names_party(place):
        return "actor_affiliation"
    if type == "territory_change" and any(place.head in heads for slot, heads in trigger.slots.items() if slot in ("obj", "subj")) and not place.country:
        return "event_place"
    if place.prep in _GOING and type in _MOVES:
        return "destination"
    if place.prep in ("from", "out") and type in ("transfer", "repatriation", "displacement", "return", "release"):
        return "origin" if type not in ("transfer", "release") else "event_place"
    if place.prep == "by" or (place.country and place.head.dep_ in ("compound", "amod", "poss", "nmod")):
        return "actor_affiliation"
    if place.country and place.head.dep_ in ("nsubj", "nsubjpass"):
        return "actor_affiliation"
    if (
        not trigger.token.is_ancestor(place.head)
        and any(t.dep_ in ("nsubj",) and t.is_ancestor(place.head) for t in trigger.token.sent.root.children)
        and place.prep not in ("in", "at", "near")
    ):
        return "speaker"
    return "event_place"


def _names_party(place: FoundPlace) -> bool:
    """ "border guards of Iran", "the president of Chad": the place says whose people they are, not where it happened."""
    prep = place.head.head
    if place.prep != "of" or prep.lower_ != "of" or place.relation != "in":
        return False
    return prep.head.pos_ in ("NOUN", "PROPN") and prep.head.lemma_.lower() in _PARTIES


def _mention(place: FoundPlace, role: str) -> PlaceMention:
    return PlaceMention(name=place.name, phrase=place.phrase, role=role, relation=place.relation, kind=place.kind, p=0.7, rule=f"{place.prep or 'name'} {role}")  # type: ignore[arg-type]


def _contained(found: list[PlaceMention], sentence: list[FoundPlace]) -> list[PlaceMention]:
    """Of several event places in one sentence the narrowest is the event's; wider ones contain it."""
    events = [m for m in found if m.role == "event_place"]
    if len(events) < 2:
        return found
    wide = {p.phrase: p.wide for p in sentence}
    narrow = [m for m in events if not wide[m.phrase]]
    keep = narrow[0] if narrow else events[0]
    kept_names = _list_of(keep, events, wide)
    return [m if m.role != "event_place" or m in kept_names else replace(m, role=_role_beside(m, keep, wide[m.phrase])) for m in found]


def _role_beside(mention: PlaceMention, keep: PlaceMention, wide: bool) -> Literal["containing_area", "background"]:
    """A wider place close behind the event's contains it; any other is background."""
    gap = mention.phrase.start - keep.phrase.end
    return "containing_area" if wide and (-60 < gap < 60) else "background"


def _list_of(keep: PlaceMention, events: list[PlaceMention], wide: dict[Span, bool]) -> list[PlaceMention]:
    """Places named together ("Syria and Iraq") stay event places together."""
    return [
        m
        for m in events
        if m is keep or (wide[m.phrase] == wide[keep.phrase] and 0 < abs(m.phrase.start - keep.phrase.end) <= 6 and m.relation == keep.relation)
    ]


def _beside(place: FoundPlace, found: list[PlaceMention]) -> bool:
    """Right behind or before a place already taken: "Hasakah, Syria", "Syria and Iraq", "X in northern Y"."""
    return any(abs(place.phrase.start - m.phrase.end) <= 24 or abs(m.phrase.start - place.phrase.end) <= 24 for m in found if m.role == "event_place")


def _of_sentence(start: int, places: Sequence[FoundPlace]) -> list[PlaceMention]:
    inside = [p for p in places if p.head.sent.start == start and p.prep in ("in", "at", "near", "outside", "") and p.head.dep_ not in ("compound", "amod")]
    return _contained([_mention(p, "event_place") for p in inside[:2]], inside)


def _with_facility(own: list[PlaceMention], told: list[PlaceMention]) -> list[PlaceMention]:
    """What is said of the prison itself places the happening more closely than the first mention: "in the countryside of Hasakah", then "in the city Ras al-Ain"."""
    closer = [m for m in told if m.role == "event_place"]
    if not closer:
        return own + told
    names = {m.name.lower() for m in closer}
    rural = any(m.relation in ("countryside", "near") for m in own)
    moved = [replace(m, role="containing_area") if m.role == "event_place" and m.name.lower() not in names else m for m in own]
    if rural:
        told = [replace(m, relation="near", rule="place of the prison, told as rural") if m.role == "event_place" and m.relation == "in" else m for m in told]
    return told + moved


def _inherited(
    draft: Draft, body: Sequence[Trigger], earlier: Sequence[tuple[Draft, tuple[PlaceMention, ...]]], places: Sequence[FoundPlace], *, have: list[PlaceMention]
) -> list[PlaceMention]:
    first = (body or draft.triggers)[0]
    told = [(o, [m for m in ms if m.role in ("event_place", "containing_area")]) for o, ms in earlier]
    here = [(o, ms) for o, ms in reversed(told) if ms and o.last.block == first.block]
    for _, events in [*here, *((o, ms) for o, ms in told if ms)]:
        if events:
            return [replace(m, p=0.5, rule="place of the telling before") for m in events]
    before = [p for p in places if p.head.i < first.token.i and p.prep in ("in", "at", "near", "")]
    return [replace(_mention(before[-1], "event_place"), p=0.4, rule="last place named before")] if before else []


def _once(mentions: list[PlaceMention]) -> list[PlaceMention]:
    kept: list[PlaceMention] = []
    for mention in mentions:
        if not any(k.phrase == mention.phrase for k in kept):
            kept.append(mention)
    return kept


def _distance(trigger: Token, head: Token) -> float:
    if trigger.is_ancestor(head):
        between = [t for t in head.ancestors if trigger.is_ancestor(t)]
        return sum(t.pos_ in ("VERB", "AUX") for t in between) * 15 + 0.01 * abs(head.i - trigger.i)
    return 10 + abs(head.i - trigger.i)


def site_names(involved: Sequence[Involvement]) -> frozenset[str]:
    return frozenset(i.name.lower() for i in involved if i.role == "facility")
