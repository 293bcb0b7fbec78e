from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("sklearn")

from scripts.training.muc4.entities import Offer, compare_incidents, compare_offers
from scripts.training.muc4.looks import ALL_ROLES, Look
from scripts.training.muc4.mentions import find_mentions, normalise
from scripts.training.muc4.parsed import Parsed
from scripts.training.muc4.seen import LEAST, Seen, incident_numbers, offer_numbers
from scripts.training.muc4.sources import TYPES, Document
from waqai.parsing.pipeline import load_pipeline

TEXT = "Gunmen killed the mayor. A bomb destroyed a bus station."
VICTIM, TARGET = ALL_ROLES.index("Victim"), ALL_ROLES.index("Target")
ATTACK, BOMBING = TYPES.index("attack"), TYPES.index("bombing")


@pytest.fixture(scope="module")
def look() -> Look:
    """A first look that found nothing likelier than another."""
    parsed = Parsed(document=Document(id="t", text=TEXT, place="", day=None, keys=(), full_keys=()), doc=load_pipeline()(TEXT))
    mentions = find_mentions(parsed.doc)
    even = np.full((len(mentions), len(ALL_ROLES)), 0.2)
    return Look(
        parsed=parsed,
        mentions=mentions,
        text=np.full(1 + len(TYPES), 0.2),
        sentences=np.full((2, len(TYPES)), 0.2),
        phrases=even,
        pools={m.key: even[0] for m in mentions},
    )


def seen_of(look: Look, **words: int) -> Seen:
    """The model saw these words as fillers of these roles (by number), and the first sentence as an attack."""
    found = np.full((len(look.parsed.doc), len(ALL_ROLES)), LEAST)
    for token in look.parsed.doc:
        if token.lower_ in words:
            found[token.i, words[token.lower_]] = 3.0
    told = np.full((2, len(TYPES)), LEAST)
    told[0, ATTACK] = 4.0
    return Seen(words=found, sentences=told)


def offer_of(look: Look, phrase: str, role: str) -> Offer:
    at = [i for i, m in enumerate(look.mentions) if m.key == normalise(phrase)]
    return Offer(role=role, key=normalise(phrase), at=tuple(at), best=at[0], head=phrase.split()[-1])


def test_what_was_seen_stands_behind_the_numbers_of_the_look(look: Look) -> None:
    offers = [offer_of(look, "mayor", "Victim"), offer_of(look, "gunmen", "Victim")]
    rows = offer_numbers(look, seen_of(look, mayor=VICTIM), "attack", offers)
    plain = compare_offers(look, "attack", offers)
    assert np.array_equal(rows[:, : plain.shape[1]], plain, equal_nan=True)
    mayor, gunmen = rows[:, plain.shape[1]]
    assert mayor == 3.0 and gunmen == LEAST


def test_a_phrase_that_leaves_out_a_word_is_told_from_the_whole(look: Look) -> None:
    """The word before it, that looks as much like a filler as itself, speaks against it."""
    station = [offer_of(look, "station", "Target")]
    (row,) = offer_numbers(look, seen_of(look, bus=TARGET, station=TARGET), "bombing", station)
    plain = compare_offers(look, "bombing", station).shape[1]
    least, before, behind, over = row[plain + 1 + len(ALL_ROLES) :][:4]
    assert (least, before, behind, over) == (3.0, 3.0, LEAST, 0.0)


def test_an_incident_is_as_likely_as_its_sentences_look(look: Look) -> None:
    rows = incident_numbers(look, seen_of(look, mayor=VICTIM, station=TARGET))
    plain = compare_incidents(look).shape[1]
    assert rows[ATTACK, plain] == 4.0 and rows[BOMBING, plain] == LEAST


def test_no_phrase_gives_no_rows(look: Look) -> None:
    assert len(offer_numbers(look, seen_of(look), "attack", [])) == 0
