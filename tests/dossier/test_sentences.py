from __future__ import annotations

import pytest

from waqai.dossier.sentences import Paragraph, Source, Value, capital, number_notes, say

ONE, TWO = Source(record="a-1", words=("12 prisoners", "on  5\nMarch")), Source(record="a-2", words=("fifteen",))


def marks(*pieces: object) -> list[tuple[str, list[str]]]:
    return [(run.text, [source.record for source in run.sources]) for run in say(*pieces).runs()]  # type: ignore[arg-type]


def test_what_two_values_in_a_row_rest_on_is_noted_once_behind_the_second() -> None:
    assert marks(Value(text="12", sources=(ONE,)), " on ", Value(text="5 March", sources=(ONE,)), " and ", Value(text="15", sources=(TWO,))) == [
        ("12", []),
        (" on ", []),
        ("5 March", ["a-1"]),
        (" and ", []),
        ("15", ["a-2"]),
    ]


@pytest.mark.parametrize(("stop", "told"), [(".", [("12.", ["a-1"])]), ("), he", [("12),", ["a-1"]), (" he", [])]), (" km.", [("12", ["a-1"]), (" km.", [])])])
def test_notes_stand_behind_a_stop(stop: str, told: list[tuple[str, list[str]]]) -> None:
    assert marks(Value(text="12", sources=(ONE,)), stop) == told


def test_a_note_gathers_all_words_of_its_record_and_drops_those_that_stand_in_longer_ones() -> None:
    more = Source(record="a-1", words=("12 prisoners fled", "12"))
    notes = number_notes([Paragraph(sentences=(say(Value(text="a", sources=(ONE, TWO)), Value(text="b", sources=(more,))),))])
    assert [(note.number, note.source.record, note.source.words) for note in notes.values()] == [
        (1, "a-2", ("fifteen",)),
        (2, "a-1", ("on 5 March", "12 prisoners fled")),
    ]


def test_a_sentence_begins_with_a_capital_whatever_it_begins_with() -> None:
    assert say(capital([Value(text="local sources", sources=(ONE,)), " said"])).text == "Local sources said"
    assert say(capital(["an escape"])).text == "An escape"
