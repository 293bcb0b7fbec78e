"""Tolls that no account took although somebody set them against one that an account has: "Two died, said the monitor. Four, the army told"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from waqai.coding.part_figures import is_part
from waqai.coding.plain_measures import counts_people, find_plain_measure
from waqai.coding.scene import Scene, words_at
from waqai.core import Account, Claim, Count
from waqai.reading.accounts import SaidBy
from waqai.reading.bounds import Quantity
from waqai.reading.counts import name_counted
from waqai.reading.phrases import text_of

_HARM = frozenset(("killed", "wounded"))
_P = 0.4  # of a number left over; of those added on data/gold, whose coder has seen it, nine in ten stand in the report's coding
# a toll of a year or a war
TOTAL = re.compile(r"\b(?:since|years?|months?|decades?|annually|a day|per day|every|each|war)\b", re.IGNORECASE)
_NEAR = 2  # sentences before a number without a verb


def with_rival_tolls(scene: Scene, accounts: Sequence[Account], *, said: SaidBy) -> tuple[Account, ...]:
    """The accounts of a report, in the same order, with each number of dead or hurt that a speaker gives who has given none yet, where another gives one.

    Only of the news, and only where it is told as one happening of violence: of two, nothing says which is meant.
    """
    news = [a for a in accounts if not a.background and a.type in scene.lexicon.types.violence]
    if len(news) != 1:
        return tuple(accounts)
    (home,) = news
    found: list[Count] = []
    for quantity in scene.quantities:
        claim = _claim_at(quantity, said)
        if claim is None or claim.speaker is None or any(c.phrase.overlaps(quantity.phrase) for a in accounts for c in a.counts):
            continue
        told = [*home.counts, *found]
        if (measure := _measure(quantity, claim, scene=scene, told=told)) is not None and _is_rival(measure, claim, told, said=said):
            found.append(replace(count_by_words(quantity, measure, rule="a toll set against another"), said_by=claim.id))
    given = replace(home, counts=tuple(sorted((*home.counts, *found), key=lambda c: c.phrase)))
    return tuple(given if a is home else a for a in accounts) if found else tuple(accounts)


def _claim_at(quantity: Quantity, said: SaidBy) -> Claim | None:
    """The claim that holds the number, or whose cue it stands right behind."""
    behind = (c for c in said.claims if c.cue.end + 1 == quantity.phrase.start)
    return said.claim_of(said.of(quantity.phrase)) or next(behind, None)


def _measure(quantity: Quantity, claim: Claim, *, scene: Scene, told: Sequence[Count]) -> str | None:
    """By its own words; where all that is said is the number, by that of the number shortly before it."""
    plain = find_plain_measure(quantity, lexicon=scene.lexicon, triggers=scene.triggers)
    if TOTAL.search(scene.sentence_span(quantity.head).text) or is_part(quantity, text_of(scene.doc)):
        return None
    if plain is not None:
        return plain.measure if plain.measure in _HARM else None
    words = scene.doc.char_span(claim.content.start, claim.content.end, alignment_mode="expand")
    only = quantity.noun is None and quantity.phrase.start == claim.cue.end + 1  # "settled on six"
    if words is None or (not only and any(t.pos_ in ("VERB", "AUX") for t in words)) or not counts_people(quantity, scene.lexicon):
        return None
    before = [c for c in told if c.phrase.end <= quantity.phrase.start and c.measure in _HARM]
    near = before and scene.sentence_of(quantity.head) - scene.sentence_of(words_at(scene.doc, before[-1].phrase)[0]) <= _NEAR
    return before[-1].measure if near else None


def _is_rival(measure: str, claim: Claim, told: Sequence[Count], *, said: SaidBy) -> bool:
    """Whether the measure is told already, and not by this speaker."""
    claims = [said.claim_of(count.said_by or said.of(count.phrase)) for count in told if count.measure == measure]
    speakers = [c.speaker_name if c is not None else None for c in claims]
    return bool(speakers) and claim.speaker_name not in speakers


def count_by_words(quantity: Quantity, measure: str, *, rule: str) -> Count:
    """A number that an account is given by the number's own words, as a count."""
    return Count(
        measure=measure,
        of_whom=name_counted(quantity) if quantity.kind != "none_reported" else "people",
        low=quantity.low,
        high=quantity.high,
        best=quantity.best,
        kind=quantity.kind,
        phrase=quantity.phrase,
        p=_P,
        rule=f"left over: {rule}",
    )
