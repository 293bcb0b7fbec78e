"""Where a happening took place: its likeliest place name, those that are named together with it, and what the rules saw around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from spacy.tokens import Token

from waqai.coding.scene import Scene
from waqai.core import PlaceMention
from waqai.reading.phrases import text_of
from waqai.reading.placenames import FoundPlace
from waqai.reading.placing import is_seat

_TOGETHER = 0.5  # how likely a name must be, beside the likeliest, to which "and" or a comma joins it
_THERE = 0.8  # how surely "there" is the place named last
_RUNNER_UP = 0.01  # how likely another name must be to be told as one beside the happening's own
_MOST_RUNNERS_UP = 3
_JOINT = re.compile(r"\s*(?:,\s*)?(?:(?P<word>and|or|as well as)\s+)?(?:(?:the|both)\s+)*")


def tell_where(scene: Scene, teller: Token, offers: Sequence[tuple[FoundPlace, float]], *, least: float, told: Sequence[PlaceMention]) -> list[PlaceMention]:
    """The place mentions of a happening: the likeliest of the offers as its place, if it is at least so likely; the runners-up as its background.

    `teller` is the word that tells of it, `told` are the mentions of the rules' telling.
    """
    text = text_of(scene.doc)
    offers = [(place, p) for place, p in offers if not is_seat(text, place.phrase)]
    if (there := _place_of_there(scene, teller)) is not None:
        offers = [(there, max(_THERE, *(p for _, p in offers), 0.0)), *((place, p) for place, p in offers if place is not there)]
    if not offers or offers[0][1] < least:
        return []
    chosen, p = offers[0]
    own = any(m.role == "event_place" and m.name == chosen.name for m in told)
    mentions = [_mention(chosen, p), *(_mention(place, q) for place, q in _joined(scene, chosen, offers, least=_TOGETHER * p))]
    mentions += [m for m in told if m.role != "event_place" and (own or m.role != "containing_area")]
    mentions += _runners_up(offers, {m.name.lower() for m in mentions})
    return list({m.phrase: m for m in reversed(mentions)}.values())[::-1]


def _place_of_there(scene: Scene, teller: Token) -> FoundPlace | None:
    """The place named last before "there", in its paragraph and an earlier sentence, where the happening is told of "there"; of "X in Y" it is X."""
    there = next((t for t in teller.children if t.lower_ == "there" and t.dep_ == "advmod"), None)
    if there is None:
        return None
    block, at = scene.text.block_at(there.idx), scene.sentence_of(there)
    before = [p for p in scene.sites if p.head.i < there.i and scene.sentence_of(p.head) < at and scene.text.block_at(p.head.idx) == block]
    while len(before) > 1 and text_of(scene.doc)[before[-2].phrase.end : before[-1].phrase.start].strip() in ("in", ","):
        before.pop()
    return before[-1] if before else None


def _runners_up(offers: Sequence[tuple[FoundPlace, float]], names: set[str]) -> list[PlaceMention]:
    """The next likeliest of other names: where the happening's own name is in no gazetteer, it lies somewhere about there."""
    found: dict[str, PlaceMention] = {}
    for place, p in offers:
        if p >= _RUNNER_UP and place.name.lower() not in names:
            found.setdefault(place.name.lower(), _mention(place, p, role="background"))
    return list(found.values())[:_MOST_RUNNERS_UP]


def _joined(scene: Scene, chosen: FoundPlace, offers: Sequence[tuple[FoundPlace, float]], *, least: float) -> list[tuple[FoundPlace, float]]:
    """The likely places in the list that the chosen one stands in: "Kilis, Hatay and Van". Of the same size: "Baghuz, Deir ez-Zor" is none."""
    chances = {place.phrase: p for place, p in offers if p >= least}
    found, text, linked = [], text_of(scene.doc), False
    for step in (-1, 1):
        last, at = chosen, scene.sites.index(chosen) + step
        while 0 <= at < len(scene.sites):
            place = scene.sites[at]
            first, second = sorted((last, place), key=lambda f: f.phrase)
            joint = _JOINT.fullmatch(text, first.phrase.end, second.phrase.start)
            if place.phrase not in chances or place.wide != chosen.wide or joint is None:
                break
            linked = linked or joint["word"] is not None
            found.append((place, chances[place.phrase]))
            last, at = place, at + step
    return found if linked else []


def _mention(place: FoundPlace, p: float, *, role: Literal["event_place", "background"] = "event_place") -> PlaceMention:
    return PlaceMention(name=place.name, phrase=place.phrase, role=role, relation=place.relation, kind=place.kind, p=round(p, 3), rule="learned")
