"""Whose words a figure is that no claim's content holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from factories import make_account, make_claim, make_count, make_report
from reading.parsing import parse
from waqai.attribution.speakers import UNATTRIBUTED
from waqai.parsing.text import prepare
from waqai.reading.voices import with_voices


def voice_of(text: str, words: str, *, claims: dict[str, tuple[str, str]], rule: str = "") -> str | None:
    """The speaker of the figure with these words; `claims` are cue and content by speaker, made by the rule."""
    report = make_report(text)
    said = [replace(make_claim(report, speaker=speaker, cue=cue, content=content), rule=rule) for speaker, (cue, content) in claims.items()]
    account = make_account(report, words=words, counts=[make_count(6, report=report, words=words)])
    (found,) = with_voices([account], doc=parse(text), text=prepare(text), claims=said)
    return next((c.speaker_name for c in said if c.id == found.counts[0].said_by), None)


CHIEF = {"The chief": ("said", "12 men fled")}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The chief said that 12 men fled; six died.", "The chief"),  # beyond what is quoted of him
        ("The chief said that 12 men fled. Of these six were caught.", "The chief"),  # goes on
        ("The chief said that 12 men fled. Since then six were caught.", "The chief"),
        ("The chief said that 12 men fled. His count of the dead is six.", "The chief"),
        ("The chief said that 12 men fled. Police caught six.", None),  # does not go on
        ("The chief said that 12 men fled.\n\nOf these six were caught.", None),  # another paragraph
        ("Six men were caught. The chief said that 12 men fled.", None),  # before he speaks
        ("Some six got out. Of these, the chief said, 12 men fled.", "The chief"),  # the number of which he tells a part
    ],
)
def test_a_figure_goes_on_in_the_voice_of_its_sentence_or_the_one_before(text: str, speaker: str | None) -> None:
    assert voice_of(text, "Six" if "Six" in text else "six", claims=CHIEF) == speaker


def test_of_two_voices_in_a_sentence_none_is_taken() -> None:
    text = "The chief said that 12 men fled, the mayor added that nine hid; six died."
    assert voice_of(text, "six", claims=CHIEF | {"the mayor": ("added", "nine hid")}) is None


def test_a_figure_that_a_claim_holds_stays_there() -> None:
    report = make_report("The chief said that six men fled.")
    claim = make_claim(report, speaker="The chief", cue="said", content="six men fled")
    counts = [make_count(6, report=report, words="six", said_by="another claim"), make_count(6, report=report, words="six men", measure="killed")]
    account = make_account(report, words="six", counts=counts)
    (found,) = with_voices([account], doc=parse(report.text), text=prepare(report.text), claims=[claim])
    assert [c.said_by for c in found.counts] == ["another claim", claim.id]


def test_what_nobody_in_particular_said_is_no_voice() -> None:
    text = "The chief said that 12 men fled, it was reported; six died."
    assert voice_of(text, "six", claims={UNATTRIBUTED: ("reported", "12 men fled")}) is None
    assert voice_of(text, "six", claims=CHIEF | {UNATTRIBUTED: ("reported", "12 men fled")}) == "The chief"


def test_a_sentence_with_voices_of_its_own_does_not_go_on_in_the_one_before() -> None:
    text = "The chief said that 12 men fled. Of these six were caught, the mayor added and police confirmed."
    others = {"the mayor": ("added", "six were caught"), "police": ("confirmed", "six were caught")}
    assert voice_of(text, "six", claims=CHIEF) == "The chief"
    assert voice_of(text, "six", claims=CHIEF | others) is None


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("12 men fled, the chief said on Monday. Six are dead.", "the chief"),
        ("12 men fled, the chief said on Monday. It was night. Six are dead.", "the chief"),  # also a sentence later
        ("12 men fled, the chief said on Monday. Six had come on Friday.", None),  # what had happened before, as the report knows
        ("It was night.\n\n12 men fled, the chief said on Monday. Six are dead.", None),  # no lead
        ("12 men fled, the chief said on Monday.\n\nSix are dead.", None),  # the next paragraph
        ("The chief said on Monday that 12 men fled. Six are dead.", None),  # the cue comes first: what he said is all told
    ],
)
def test_the_lead_goes_on_in_the_voice_that_it_names_at_the_end_of_a_sentence(text: str, speaker: str | None) -> None:
    name = "the chief" if "the chief" in text else "The chief"
    assert voice_of(text, "Six", claims={name: ("said", "12 men fled")}) == speaker


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        ("It was late.\n\nThe chief had a higher figure. Six died.", "a higher figure", "The chief"),
        ("It was late.\n\nThe chief gave a toll. Nobody slept. Six died.", "a toll", "The chief"),
        ("It was late.\n\nThe chief gave a toll of 12. Six died.", "a toll of 12", None),  # told it himself
    ],
)
def test_who_only_announces_figures_tells_those_behind(text: str, content: str, speaker: str | None) -> None:
    cue = "had" if "had" in text else "gave"
    assert voice_of(text, "Six", claims={"The chief": (cue, content)}, rule="announced") == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Six men left with them, of whom the chief described 12 as armed.", None),
        ("Six men slipped away, though the chief described 12 as armed.", None),
        ("12 as armed the chief described; six men left.", "the chief"),
    ],
)
def test_who_speaks_in_an_aside_did_not_say_what_stands_before_it(text: str, speaker: str | None) -> None:
    assert voice_of(text, "Six men" if "Six" in text else "six men", claims={"the chief": ("described", "12 as armed")}) == speaker


def test_who_added_a_figure_gave_the_one_before_it() -> None:
    text = "Only six, if one follows the chief, who added that 12 men hid."
    assert voice_of(text, "six", claims={"the chief": ("added", "12 men hid")}) == "the chief"
