"""The grade follows from who vouches: speakers, not publishers; and a bare denial by the accused contests nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.codebook import Support, Voice, grade_support, independent_speakers, load_actors, load_codebook

SOHR = Voice(report="r1", speaker="Syrian Observatory for Human Rights", publisher="AFP")
SOHR_AGAIN = Voice(report="r2", speaker="the Syrian Observatory for Human Rights (SOHR)", publisher="Reuters")
LOCALS = Voice(report="r3", speaker="local sources", publisher="The New Arab")
PRISON = Voice(report="r4", speaker="prison service", stance="confirms", party="custodian")
ACCUSED_DENIES = Voice(report="r5", speaker="the army", stance="denies", party="accused")
OTHER_DENIES = Voice(report="r5", speaker="the governor", stance="denies")

voices = st.builds(
    Voice,
    report=st.sampled_from(["r1", "r2", "r3"]),
    speaker=st.none() | st.sampled_from(["SOHR", "the SOHR", "police", "unattributed"]),
    publisher=st.none() | st.sampled_from(["AFP", "Reuters"]),
    stance=st.sampled_from(sorted(load_codebook().stances)),
    party=st.none() | st.sampled_from(["custodian", "responsible", "accused"]),
    wire=st.none() | st.just("w1"),
    disputes=st.booleans(),
)


@pytest.mark.parametrize(
    ("told", "grade", "because"),
    [
        ((SOHR,), "weak", "one speaker, in 1 report:"),
        ((SOHR, SOHR_AGAIN), "weak", "one speaker, in 2 reports"),  # two publishers of one speaker
        ((SOHR, LOCALS), "fair", "2 independent speakers"),
        ((SOHR, PRISON), "confirmed", "accepted by prison service, the custodian"),
        ((SOHR, ACCUSED_DENIES), "weak", "denied by the accused: the army"),
        ((SOHR, LOCALS, ACCUSED_DENIES), "fair", "denied by the accused"),
        ((SOHR, LOCALS, OTHER_DENIES), "contested", "against the governor"),
        ((PRISON, OTHER_DENIES), "contested", "against the governor"),  # contested stands above confirmed
        ((OTHER_DENIES,), "weak", "known only through a denial"),
        ((Voice(report="r1", speaker="police", stance="alleges"), Voice(report="r2", speaker="monitor", stance="alleges")), "weak", "alleges"),
        ((Voice(report="r1", publisher="AFP"), Voice(report="r2", publisher="Reuters")), "fair", "AFP; Reuters"),
        ((Voice(report="r1", publisher="Daily A", wire="w"), Voice(report="r2", publisher="Daily B", wire="w")), "weak", "one speaker"),  # copies of one wire
        ((Voice(report="r1", publisher="AFP"), Voice(report="r1", speaker="police", publisher="AFP")), "weak", "police"),  # a report rests on whom it quotes
        ((Voice(report="r1", speaker="unattributed"),), "weak", "no named speaker"),
        ((), "weak", "no named speaker"),
        ((SOHR, Voice(report="r3", speaker="ministry", disputes=True)), "contested", "ministry"),  # names another actor
    ],
)
def test_who_vouches_decides_the_grade(told: tuple[Voice, ...], grade: str, because: str) -> None:
    found = grade_support(Support(voices=told))
    assert found.grade == grade
    assert because in found.because


@pytest.mark.parametrize(
    ("told", "speakers"),
    [
        ((SOHR, LOCALS), 2),
        ((SOHR, LOCALS, PRISON), 3),  # accepted by the custodian: the others count all the same
        ((SOHR, OTHER_DENIES), 1),  # who speaks against it does not vouch
        ((Voice(report="r1", speaker="police", stance="alleges"),), 0),
        ((), 0),
    ],
)
def test_a_grade_says_how_many_independent_speakers_vouch(told: tuple[Voice, ...], speakers: int) -> None:
    assert grade_support(Support(voices=told)).speakers == speakers
    assert grade_support(Support(voices=told), actors=load_actors()).speakers == speakers


@pytest.mark.parametrize(
    ("told", "speakers"),
    [
        ((SOHR, Voice(report="r5", publisher="SOHR", wire="w5")), 1),  # a body's own page, and who quotes it
        ((Voice(report="r5", publisher="SOHR", wire="w5"), Voice(report="r6", publisher="Daily A", wire="w5"), SOHR), 1),  # and who copies the page
        ((Voice(report="r5", publisher="SOHR", wire="w5"), Voice(report="r6", publisher="Daily A", wire="w6")), 2),
    ],
)
def test_what_a_registered_body_publishes_is_its_own_voice(told: tuple[Voice, ...], speakers: int) -> None:
    assert grade_support(Support(voices=told), actors=load_actors()).speakers == speakers


def test_two_names_of_one_registered_actor_are_one_speaker() -> None:
    told = (Voice(report="r1", speaker="SOHR"), Voice(report="r2", speaker="Syrian Observatory for Human Rights"))
    assert grade_support(Support(voices=told)).grade == "fair"
    assert grade_support(Support(voices=told), actors=load_actors()).grade == "weak"


def test_a_review_that_discounts_it_stands_above_all() -> None:
    found = grade_support(Support(voices=(SOHR, LOCALS, PRISON, OTHER_DENIES), discounted="the same break told twice"))
    assert found == ("discounted", "review found: the same break told twice", 3)


def test_documents_confirm() -> None:
    assert grade_support(Support(voices=(SOHR,), documented=True)).grade == "confirmed"


def test_an_unreliable_speaker_neither_supports_nor_contests() -> None:
    assert grade_support(Support(voices=(SOHR, LOCALS), unreliable=frozenset({"Local sources"}))).grade == "weak"
    assert grade_support(Support(voices=(SOHR, OTHER_DENIES), unreliable=frozenset({"the governor"}))).grade == "weak"
    assert "unreliable" in grade_support(Support(voices=(SOHR,), unreliable=frozenset({"AFP"}))).because


def test_who_pledges_confirms_the_pledge_and_not_its_keeping() -> None:
    pledge = Voice(report="r1", speaker="Antony Blinken", stance="pledges", party="responsible")
    assert grade_support(Support(voices=(pledge,), status="pledged")).grade == "confirmed"
    assert grade_support(Support(voices=(pledge,), status="occurred")).grade == "weak"


@given(st.lists(voices, max_size=6))
def test_every_support_has_a_grade_of_the_codebook_and_a_reason(told: list[Voice]) -> None:
    found = grade_support(Support(voices=tuple(told)))
    assert found.grade in load_codebook().grades and found.because


@given(st.lists(voices, max_size=6).flatmap(lambda vs: st.tuples(st.just(vs), st.permutations(vs))))
def test_order_and_repetition_change_no_grade(both: tuple[list[Voice], list[Voice]]) -> None:
    told, shuffled = both
    assert grade_support(Support(voices=tuple(told))).grade == grade_support(Support(voices=(*shuffled, *shuffled))).grade


@given(st.lists(voices, max_size=6))
def test_another_publisher_of_a_speaker_adds_no_speaker(told: list[Voice]) -> None:
    named = [v for v in told if v.speaker]
    again = [Voice(report=v.report, speaker=v.speaker, publisher="Another Daily", stance=v.stance) for v in named]
    assert len(independent_speakers([*named, *again])) == len(independent_speakers(named))
