"""What a number counts by its own words alone."""

from __future__ import annotations

import pytest

from reading.parsing import LEXICON, parse, triggers_of
from waqai.coding.plain_measures import counts_people, find_plain_measure
from waqai.reading.quantities import find_quantities


def measures_in(text: str) -> list[str | None]:
    triggers = {t.token.i: t for t in triggers_of(text)}
    found = [find_plain_measure(q, lexicon=LEXICON, triggers=triggers) for q in find_quantities(parse(text), lexicon=LEXICON)]
    return [plain.measure if plain is not None else None for plain in found]


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("Seven guards were killed.", ["killed"]),  # a verb's own measure
        ("They say that 40 got out.", ["escaped"]),  # an expression, though nobody is named
        ("So far 21 have been caught again.", ["recaptured"]),
        ("Nine prisoners gave themselves up.", ["surrendered"]),
        ("Thirty inmates were missing.", ["escaped"]),
        ("Some 90 came back of their own will.", ["returned"]),
        ("Twelve have yet to be found.", ["at_large"]),  # words behind it
        ("Police are looking for 60 inmates.", ["at_large"]),  # words before it
        ("There were 300 prisoners in the jail.", ["held"]),
        ("The jail had 300 prisoners.", ["held"]),
        ("The army lost 30 men.", ["killed"]),
        ("About 200 fighters took part in the raid.", ["perpetrators"]),
        ("Some 30 prisoners may have got out.", ["escaped"]),  # perhaps
        ("Nine of the 300 prisoners wept.", [None, "held"]),  # of whom a part is told
        ("A third of the jail's population, which he put at some 1,500, wept.", ["held"]),
        ("Around 300 have been caught again.", ["recaptured"]),  # "around" taken for a preposition
        ("Around 300 who fled have been caught.", ["recaptured"]),  # what is told of them goes before who they are
        ("He spoke of 30 caught near the river.", ["recaptured"]),  # nothing else is told of them
        ("The toll is 181 dead: most of them fighters.", ["killed"]),  # a colon behind the word
        ("Some 64 prisoners are free.", ["escaped"]),  # states
        ("More than 1,000 people are out of prison.", ["escaped"]),
        ("The 400 prisoners, all of them armed robbers, were on the run.", ["at_large"]),
        ("Some 5,000 detainees were in the prison.", ["held"]),
        ("Dozens of rebels had struck the jail.", ["perpetrators"]),
        ("Some 200 men took 300 prisoners from the jail.", ["perpetrators", "escaped"]),
        ("The jail lost 95 prisoners.", ["escaped"]),  # gone, not dead
        ("The gang lost 95 prisoners from a jail of its own.", ["escaped"]),
        ("Police arrested six fugitives.", ["recaptured"]),
        ("Police arrested 4 of those who fled.", ["recaptured"]),
        ("Some 50 prisoners ran away, of whom police picked six up later.", ["escaped", "recaptured"]),
        ("Police arrested six men.", ["detained"]),  # who had not fled
        ("The warden was able to catch 13 prisoners.", ["recaptured"]),
        ("A driver was arrested with six of the fugitives.", ["recaptured"]),
        ("There were about 90 rebels entrenched in the east wing.", ["perpetrators"]),  # a last stand
        ("Some 40 fighters are holed up on the roof.", ["perpetrators"]),
        ("Some 60 minors had been used by the rebels as shields.", ["held"]),
        ("When the shooting began, 70 children were trapped inside.", ["held"]),
        ("They slept next to 300 prisoners.", ["held"]),
        ("The army displayed three more bodies.", ["killed"]),
        ("That leaves 75 to be found.", ["at_large"]),
        ("Some 75 went through the tunnel.", ["escaped"]),
    ],
)
def test_a_number_counts_what_its_verb_or_the_words_beside_it_say(text: str, measures: list[str]) -> None:
    assert measures_in(text) == measures


@pytest.mark.parametrize(
    "text",
    [
        "Two hospitals were hit and killed hopes.",  # no people
        "Fourteen prisoners held on charges of theft sang.",  # which prisoners
        "The raid was to free 200 inmates.",  # meant, not done
        "Some 30 prisoners could get out.",
        "Twelve men did not flee.",
        "They say that 40 left the hall.",  # of whoever
        "Four of the fugitives who fled are Brazilians.",  # a share, of which something else is told
        "Thirty inmates were released from hospitals.",
        "The guards foiled a getaway by 89 prisoners.",
        "Some 600 gunmen were in the prison.",  # not held there
        "The army displayed three bodies.",  # counted before, perhaps
        "A driver was arrested with six of the guards.",  # who had not fled
        "Some 75 went through the gate.",
    ],
)
def test_words_that_tell_no_measure_leave_it_open(text: str) -> None:
    assert measures_in(text) == [None]


@pytest.mark.parametrize(
    ("text", "people"),
    [("Six were seen.", True), ("Six guards sat.", True), ("Six Iraqis sat.", True), ("The 202 Battalion sat.", False), ("Six warrants lay there.", False)],
)
def test_people_are_told_by_their_noun(text: str, people: bool) -> None:
    assert [counts_people(q, LEXICON) for q in find_quantities(parse(text), lexicon=LEXICON)] in ([people], [] if not people else [people])
