"""The working copy: as long as the original, with the blocks that a person sees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.parsing.text import prepare

ANY_TEXT = st.text(st.one_of(st.characters(), st.sampled_from("\r\n\t\x00\u2028\u00a0“”’-* aA.,1"), st.characters(categories=["Cs"])))


def blocks_of(text: str) -> list[str]:
    prepared = prepare(text)
    return [prepared.text[start:end].strip() for start, end in prepared.blocks]


def headings_of(text: str, *, title: str | None = None) -> list[str]:
    prepared = prepare(text, title=title)
    return [prepared.text[slice(*prepared.blocks[i])] for i in sorted(prepared.headings)]


@given(ANY_TEXT)
def test_the_copy_of_any_text_is_as_long_as_the_original(text: str) -> None:
    assert len(prepare(text).text) == len(text)


@given(ANY_TEXT)
def test_letters_and_digits_of_any_text_stay_at_their_offsets(text: str) -> None:
    copy = prepare(text).text
    assert all(copy[i].lower() == c.lower() for i, c in enumerate(text) if c.isalnum())  # a paragraph in capitals is given its case back


@given(ANY_TEXT)
def test_the_blocks_of_any_text_are_in_order_apart_and_hold_all_its_words(text: str) -> None:
    prepared = prepare(text)
    ends = [0, *(end for _, end in prepared.blocks)]
    assert all(end <= start < stop for end, (start, stop) in zip(ends, prepared.blocks, strict=False))
    outside = "".join(prepared.text[a:b] for a, b in zip(ends, [*(s for s, _ in prepared.blocks), len(text)], strict=True))
    assert outside.strip() == ""


@given(ANY_TEXT)
def test_the_copy_of_any_text_can_be_encoded(text: str) -> None:
    prepare(text).text.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        ("“It’s over”", '"It\'s over"'),  # curly quotes
        ("Deir\u00a0ez\u2011Zor", "Deir ez-Zor"),  # no-break space and hyphen
        ("one\x00two", "one two"),  # NUL
        ("\ufeffone", " one"),  # a mark of byte order
        ("one\r\n\r\ntwo", "one \n \ntwo"),  # CRLF keeps its two places
        ("half \ud800 pair", "half \ufffd pair"),  # half a surrogate pair, which no parser takes
    ],
)
def test_marks_that_readers_do_not_see_become_plain(text: str, copy: str) -> None:
    assert prepare(text).text == copy


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("Twelve men fled on\nSunday.", ["Twelve men fled on Sunday."]),  # the line breaks off
        ("Twelve men\nfled.", ["Twelve men fled."]),  # the next starts small
        ("Twelve men fled.\n\nPolice came.", ["Twelve men fled.", "Police came."]),  # paragraphs
        ("Twelve men fled.\nPolice came.", ["Twelve men fled.", "Police came."]),  # lines that are paragraphs
        ("Told:\n- a raid\n- a fire", ["Told:", "- a raid", "- a fire"]),  # a list
        ("Told:\n1. a raid\n2. a fire", ["Told:", "1. a raid", "2. a fire"]),  # a numbered list
        ("", []),
        (" \n\t\n", []),
    ],
)
def test_a_block_is_a_paragraph_a_headline_or_an_item(text: str, blocks: list[str]) -> None:
    assert blocks_of(text) == blocks


WRAPPED = [
    "The governor of the north told the council that the prison",
    "Hospital at the river had burned in the night of Monday. A",
    "Guard was hurt. Nobody knew how many of the men who were",
    "Held there had got away. The police looked for them.",
]


def test_lines_wrapped_at_one_width_are_joined_even_before_a_capital() -> None:
    assert blocks_of("Prison burns\n" + "\n".join(WRAPPED)) == ["Prison burns", " ".join(WRAPPED)]


def test_lines_of_different_lengths_are_paragraphs() -> None:
    lines = ["The prison burned.", "Nobody knew how many men had got away from the fire that night.", "Police came."]
    assert blocks_of("\n".join(lines)) == lines


@pytest.mark.parametrize(
    ("text", "title", "headings"),
    [
        ("Men flee jail\nTwelve men fled.", None, ["Men flee jail"]),  # short, without an end of sentence
        ("Men flee jail.\nTwelve men fled.", None, []),  # a sentence
        ("Men flee jail.\nTwelve men fled.", "Men flee jail.", ["Men flee jail."]),  # the title says so
        ("Men flee jail", None, []),  # nothing follows
        ("- a raid\nTwelve men fled.", None, []),  # an item
        (" ".join(["word"] * 21) + "\nTwelve men fled.", None, []),  # too long
    ],
)
def test_a_headline_is_short_and_followed_by_text(text: str, title: str | None, headings: list[str]) -> None:
    assert headings_of(text, title=title) == headings


@pytest.mark.parametrize(("offset", "index"), [(0, 0), (4, 0), (5, 0), (6, 1), (99, 1)])
def test_an_offset_lies_in_its_block_or_in_the_one_before(offset: int, index: int) -> None:
    assert prepare("One.\n\nTwo.").block_at(offset) == index


def test_a_headline_as_wide_as_the_lines_below_it_stays_a_headline() -> None:
    lines = [
        "Storming prisons and freeing militants: how the group hopes to come back",
        "Since international forces were able to expel it from its last strongholds",
        "in 2020, the group has been trying to come back. Men who were held in many",
        "prisons of the region are said to have joined it since then, and not a few",
    ]
    text = prepare("\n".join(lines))
    assert text.headings == {0} and text.text.split("\n")[0] == lines[0]


def test_a_day_of_the_month_at_the_start_of_a_line_is_no_list_item() -> None:
    assert prepare("Ten men fled on Friday, January\n2. The prison is guarded by the army.").text.count("\n") == 0
