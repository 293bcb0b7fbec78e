"""Speaker, cue and content are words of the report; what a claim holds is told by it."""

from __future__ import annotations

import pytest

from asking.answers import TEXT, account, answer, claim, read, reasons

CONTENT = "at least 25 prisoners escaped from Ghweran prison in Hasakah, Syria, on Sunday"
NESTED = "The governor said that guards had told him that nine men escaped. Ten escaped, the mayor said."


def test_a_claim_stands_on_its_words_and_tells_of_the_accounts_inside_it() -> None:
    reading = read(answer(account(sentence=CONTENT), claims=[claim(CONTENT)]))
    (told,) = reading.claims
    assert (told.speaker_name, told.stance, told.cue.of(TEXT), told.content.of(TEXT)) == ("The Observatory", "reports", "said", CONTENT)
    assert told.accounts == (reading.accounts[0].id,)


def test_every_facet_names_the_innermost_claim_that_its_words_stand_in() -> None:
    counts = [{"measure": "escaped", "words": "25 prisoners"}, {"measure": "killed", "words": "three men"}]
    killed = claim("Guards of the SDF killed three men", speaker="an official")
    reading = read(answer(account(sentence=CONTENT, counts=counts), claims=[claim(CONTENT), killed]))
    by_id = {c.id: c.speaker_name for c in reading.claims}
    assert [by_id[str(c.said_by)] for c in reading.accounts[0].counts] == ["The Observatory", "an official"]
    assert by_id[str(reading.accounts[0].said_by)] == "The Observatory"


def test_a_claim_inside_another_is_said_by_it() -> None:
    outer = claim("guards had told him that nine men escaped", speaker="The governor")
    inner = claim("nine men escaped", cue="told", speaker="guards")
    first, second = read(answer(claims=[inner, outer]), NESTED).claims
    assert (first.speaker_name, second.speaker_name) == ("The governor", "guards") and second.said_by == first.id and first.said_by is None


def test_the_cue_is_the_one_beside_the_content_and_outside_it() -> None:
    (told,) = read(answer(claims=[claim("Ten escaped", speaker="the mayor")]), NESTED).claims
    assert told.cue.start > NESTED.index("Ten escaped")


def test_nobody_named_is_unattributed() -> None:
    text = "Nine men are reported to have escaped."
    (told,) = read(answer(claims=[claim("to have escaped", cue="reported", speaker=None)]), text).claims
    assert told.speaker is None and told.speaker_name == "unattributed"


def test_a_fuller_name_counts_where_the_report_has_it_and_is_set_aside_where_not() -> None:
    text = "The Syrian Observatory counted nine dead. The Observatory said that they escaped."
    known = claim("they escaped", speaker_name="The Syrian Observatory")
    unknown = claim("they escaped", speaker_name="The Syrian Observatory for Human Rights")
    assert read(answer(claims=[known]), text).claims[0].speaker_name == "The Syrian Observatory"
    reading = read(answer(claims=[unknown]), text)
    assert reading.claims[0].speaker_name == "The Observatory" and "'The Syrian Observatory for Human Rights'" in reasons(reading.notices)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (claim("thirty prisoners were shot"), "content of a claim 'thirty prisoners were shot': its words are not in the report"),
        (claim(CONTENT, cue="insisted"), "cue beside its content 'insisted'"),
        (claim(f"The Observatory said on Tuesday that {CONTENT}", cue="announced"), "'announced'"),
        (claim(CONTENT, speaker="The president"), "speaker beside the content 'The president'"),
        (claim(CONTENT, stance="swears"), "the codebook has no stance 'swears'"),
        ({"cue": "said"}, "another form"),
    ],
)
def test_a_claim_that_does_not_hold_is_set_aside_by_name(told: dict[str, object], why: str) -> None:
    reading = read(answer(claims=[told]))
    assert reading.claims == () and why in reasons(reading.notices)


def test_a_claim_listed_twice_is_one() -> None:
    assert len(read(answer(claims=[claim(CONTENT), claim(CONTENT)])).claims) == 1
