"""Whose words a figure is that no claim's content holds."""

from __future__ import annotations

import pytest

from factories import make_account, make_claim, make_count, make_report
from reading.parsing import parse
from waqai.attribution.speakers import UNATTRIBUTED
from waqai.parsing.text import prepare
from waqai.reading.voices import with_voices


def voice_of(text: str, words: str, *, claims: dict[str, tuple[str, str]]) -> str | None:
    """The speaker of the figure with these words; `claims` are cue and content by speaker."""
    report = make_report(text)
    said = [make_claim(report, speaker=speaker, cue=cue, content=content) for speaker, (cue, content) in claims.items()]
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
