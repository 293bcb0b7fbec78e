"""Names that the gazetteer does not hold."""

from __future__ import annotations

import pytest

from places.mentions import account, mention, report
from waqai.core import Where
from waqai.places import Gazetteer, Resolver


def _where(gazetteer: Gazetteer, text: str, name: str) -> Where:
    mentions = (mention(text, name),)
    (placed,) = Resolver(gazetteer).resolve_accounts(report(text), (account("a", mentions, text),))
    assert placed.where is not None and placed.where.place_id is None
    return placed.where


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("Iraq: a bomb went off in Wahmiya, southern Baghdad, and hurt two.", "in Baghdad"),
        ("Iraq: a shop burned in Wahmiya. Wahmiya lies near the town of Kifri.", "near Kifrī"),  # told at another mention
        ("Iraq: in Kifri city, where men fired at a patrol in the Wahmiya area, two died.", "in Kifrī"),
        ("Iraq: ten were shot in the city of Kifri as bandits stormed the village of Wahmiya.", "in Kifrī"),
        ("Iraq: they took Wahmiya and Gharbiya in the town of Kifri.", "in Kifrī"),
    ],
)
def test_a_name_takes_the_point_of_the_town_that_the_words_give(gazetteer: Gazetteer, text: str, holder: str) -> None:
    where = _where(gazetteer, text, "Wahmiya")
    assert f"; {holder}, whose point it takes" in where.rule and where.lat is not None


def test_a_town_of_another_sentence_holds_no_village(gazetteer: Gazetteer) -> None:
    text = "Iraq: ten were shot in the city of Kifri. Bandits stormed the village of Wahmiya."
    assert _where(gazetteer, text, "Wahmiya").lat is None


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("Iraq: a bomb went off in the Wahmiya district of Baghdad.", "P1_point"),  # a quarter
        ("Iraq: a bomb went off in the Wahmiya district of Kifri.", "P3_admin2"),  # too small a town to have districts
        ("Iraq: a bomb went off in Wahmiya region.", "P1_point"),
        ("Iraq: a bomb went off in Wahmiya governorate.", "P4_admin1"),
        ("Iraq: a bomb went off close to Wahmiya, a town in Kirkuk province.", "P2_near"),
    ],
)
def test_what_the_words_call_it_gives_its_precision(gazetteer: Gazetteer, text: str, precision: str) -> None:
    assert _where(gazetteer, text, "Wahmiya").precision == precision


@pytest.mark.parametrize(
    ("name", "inside"),
    [("Noshki Railway Station", "Nushki"), ("Noshki government compound", "Nushki"), ("Noshki Zarin", None)],
)
def test_a_longer_name_lies_in_the_town_it_begins_with_only_if_the_rest_says_what_is_there(gazetteer: Gazetteer, name: str, inside: str | None) -> None:
    text = f"Pakistan: a blast tore through {name} on Tuesday."
    (placed,) = Resolver(gazetteer).resolve_accounts(report(text), (account("a", (mention(text, name),), text),))
    assert placed.where is not None and placed.where.country == "PK"
    assert (placed.where.lat is not None) == (inside is not None)
    assert inside is None or f"in {inside}, whose point it takes" in placed.where.rule
