"""Claims: who says what, how firmly."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from waqai.attribution.claims import DraftClaim, find_claims
from waqai.parsing.pipeline import load_pipeline
from waqai.parsing.text import prepare


@cache
def parse(text: str) -> Doc:
    return load_pipeline()(prepare(text).text)


def claims_of(text: str) -> list[tuple[str, str, str, str]]:
    """Speaker's name, cue, stance and content of each claim."""
    return [(c.speaker_name, c.cue.of(text), c.stance, c.content.of(text)) for c in find_claims(parse(text))]


def only_claim(text: str) -> DraftClaim:
    (claim,) = find_claims(parse(text))
    return claim


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ministry said that nine men fled the jail.", ("The ministry", "said", "reports", "nine men fled the jail")),  # "that" is no content
        ("The ministry said nine men fled the jail.", ("The ministry", "said", "reports", "nine men fled the jail")),  # no "that"
        ("Nine men fled the jail, a police source said.", ("a police source", "said", "reports", "Nine men fled the jail")),  # speaker last
        ("Nine men fled the jail, said Karim Nader on Monday.", ("Karim Nader", "said", "reports", "Nine men fled the jail")),  # inverted
        ('"Nine men fled the jail," said Karim Nader.', ("Karim Nader", "said", "reports", "Nine men fled the jail")),  # quoted
        ('"They fled at night. We are looking for them," the mayor said.', ("the mayor", "said", "reports", "They fled at night. We are looking for them")),
        ("According to the mayor, nine men fled the jail.", ("the mayor", "According to", "reports", "nine men fled the jail")),
        ("Nine men fled the jail, according to the mayor.", ("the mayor", "according to", "reports", "Nine men fled the jail")),
        ("The mayor, told of the news, urged people to stay at home.", ("The mayor", "urged", "urges", "people to stay at home")),
        ("Nine men fled the jail, the agency learned from a police officer.", ("a police officer", "learned", "reports", "Nine men fled the jail")),
        ("The council condemned the attack in a statement.", ("The council", "condemned", "evaluates", "the attack")),  # the paper is no content
        ("The army denied that it shelled the village.", ("The army", "denied", "denies", "it shelled the village")),
        ("The ministry called on all states to take their people back.", ("The ministry", "called on", "urges", "all states to take their people back")),
        ("The militia accused the army of burning two villages.", ("The militia", "accused", "alleges", "the army of burning two villages")),
        ("The governor pledged to rebuild the bridge.", ("The governor", "pledged", "pledges", "to rebuild the bridge")),
        ("The mayor warned that the river could rise again.", ("The mayor", "warned", "warns", "the river could rise again")),
        ("The attack was confirmed by the governor's office.", ("the governor's office", "confirmed", "confirms", "The attack")),
        ("It was reported that the army means to open a base.", ("unattributed", "It was reported", "reports", "the army means to open a base")),
        ("The men are believed to hide in the hills.", ("unattributed", "are believed", "assesses", "hide in the hills")),
        ("The monitor put the number of the dead at nine.", ("The monitor", "put", "reports", "the number of the dead at nine")),
        ("Guards who saw it put the runaways at nine.", ("Guards who saw it", "put", "reports", "the runaways at nine")),  # no infinitive
        ("Nine men have left the jail, guards and villagers agreed on Monday.", ("guards and villagers", "agreed", "reports", "Nine men have left the jail")),
        ("A police officer gave the Valley Post a list: nine were gone.", ("A police officer", "gave", "reports", "nine were gone")),  # what follows the colon
        ("Karim Nader, a commissioner, had a higher figure.", ("Karim Nader, a commissioner", "had", "reports", "a higher figure")),  # told behind it
        ("Karim Nader, the mayor's spokesman, did the sums.", ("Karim Nader, the mayor's spokesman", "did", "reports", "the sums")),
        ("Nine men were reported by the Jail Watch on May 3 to have fled the jail.", ("the Jail Watch", "were reported", "reports", "have fled the jail")),
        ("As the Jail Watch stated on May 3, nine men fled the jail.", ("the Jail Watch", "stated", "reports", "nine men fled the jail")),
        ("As stated by the Jail Watch, nine men fled the jail.", ("the Jail Watch", "As stated by", "reports", "nine men fled the jail")),
        ("As confirmed by the mayor, nine men fled the jail.", ("the mayor", "As confirmed by", "confirms", "nine men fled the jail")),
        ("It was reported by the mayor that nine men fled the jail.", ("the mayor", "It was reported", "reports", "nine men fled the jail")),
        ("Jail Watch's report of May 3 says that nine men fled.", ("Jail Watch", "says", "reports", "nine men fled")),
        (
            "Nine men fled, cutting the bars and leaving by the back door, according to Jail Watch.",
            ("Jail Watch", "according to", "reports", "Nine men fled, cutting the bars and leaving by the back door"),
        ),
        (
            "According to Jail Watch, nine men, all of them convicts, fled the jail.",
            ("Jail Watch", "According to", "reports", "nine men, all of them convicts, fled the jail"),
        ),  # the men are no apposition to the monitor
        (
            "There has been an escape from the jail in Manbij, Syria, the Jail Watch announced on May 3.",
            ("the Jail Watch", "announced", "reports", "There has been an escape from the jail in Manbij, Syria"),
        ),
        ("Officers of the jail put three more bodies on display.", ("Officers of the jail", "put", "reports", "three more bodies on display")),
        ("Unofficially the escapees were nine.", ("unofficial sources", "Unofficially", "reports", "the escapees were nine")),
        ("Local officials informed the Valley Post of the flight of nine men.", ("Local officials", "informed", "reports", "the flight of nine men")),
        ("BEIRUT - The army said Monday that it had taken the hill.", ("The army", "said", "reports", "it had taken the hill")),  # dateline is no speaker
    ],
)
def test_a_claim_has_its_speaker_cue_stance_and_content(text: str, expected: tuple[str, str, str, str]) -> None:
    assert claims_of(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The blast claimed ten lives in the market.",  # a toll
        "A court condemned three men to death for murder.",  # a sentence
        "Nobody has said who carried out the raid.",  # silence
        "The fighting went on for several hours.",  # lasted
        "Nine men fled the jail on Sunday night.",
        "The council will give 12 lorries to the town.",  # goods
        "The army unofficially held the hill.",
        "It is worth noting that the winter was mild.",  # the report's own voice
    ],
)
def test_what_nobody_says_is_no_claim(text: str) -> None:
    assert claims_of(text) == []


def test_expectation_inside_a_report_makes_one_claim_with_its_inner_cue() -> None:
    text = "Local sources reported that the escaped men are expected to cross the river."
    claim = only_claim(text)
    assert (claim.speaker_name, claim.cue.of(text), claim.stance) == ("Local sources", "reported", "expects")
    assert claim.inner_cue is not None and claim.inner_cue.of(text) == "are expected to"


def test_the_day_of_speech_is_kept_apart_from_the_content() -> None:
    text = "The Valley Monitor announced on Sunday, June 18, that 25 prisoners of different nationalities escaped from a prison."
    claim = only_claim(text)
    assert claim.said_on is not None and claim.said_on.of(text) == "Sunday, June 18"
    assert claim.content.of(text) == "25 prisoners of different nationalities escaped from a prison"


def test_a_day_inside_the_content_is_no_day_of_speech() -> None:
    assert only_claim("The mayor said that nine men fled on Monday.").said_on is None


def test_a_nested_claim_knows_its_parent() -> None:
    text = "The monitor said that local sources reported that nine men fled."
    outer, inner = find_claims(parse(text))
    assert (outer.parent, inner.parent) == (None, 0)
    assert inner.content.of(text) == "nine men fled"


def test_an_apposition_belongs_to_the_name_and_not_to_the_mention() -> None:
    text = "Samir Haddad, a researcher of armed groups, explained that the group is rebuilding itself. Haddad pointed out that it needs men."
    first, second = find_claims(parse(text))
    assert first.speaker is not None and first.speaker.of(text) == "Samir Haddad"
    assert first.speaker_name == second.speaker_name == "Samir Haddad, a researcher of armed groups"
    assert first.stance == second.stance == "assesses"


def test_quotations_that_go_on_without_a_cue_run_on() -> None:
    text = '"They fled at night," the mayor said. "We are looking for them."'
    claim = only_claim(text)
    assert [span.of(text) for span in claim.runs_on] == ["We are looking for them"]


def test_a_cue_that_only_the_caller_knows_is_read_like_say() -> None:
    text = "The mayor murmured that nine men fled."
    assert claims_of(text) == []
    (claim,) = find_claims(parse(text), stance_of_cue={"murmur": "alleges"}.get)
    assert (claim.stance, claim.content.of(text)) == ("alleges", "nine men fled")


def test_an_empty_text_has_no_claims() -> None:
    assert find_claims(load_pipeline()("")) == ()


_PIECES = [
    "the mayor said",
    "according to",
    '"',
    "that",
    "nine men fled",
    ",",
    ".",
    "reportedly",
    "\n",
    "was told by",
    "it",
    "who",
    ":",
    ";",
    "is expected to",
    "Karim",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=14))
def test_spans_lie_in_the_text_and_content_holds_no_cue_of_its_own(pieces: list[str]) -> None:
    text = " ".join(pieces)
    drafts = find_claims(load_pipeline()(prepare(text).text))
    for draft in drafts:
        for span in (draft.cue, draft.content, draft.speaker, draft.said_on, draft.inner_cue, *draft.runs_on):
            assert span is None or span.end <= len(text)
        assert 0 <= draft.p <= 1
        assert draft.parent is None or draft.parent < len(drafts)
    assert all(a.cue.start <= b.cue.start for a, b in pairwise(sorted(drafts, key=lambda d: d.cue)))


TWIN = """Storming jails again: how the group means to return

The Tarim Centre for Documentation announced on Monday, March 11, that 17 inmates of several countries, all of whom belong to the Black Banner, escaped from a
jail in the countryside of Lower Dunes. This jail is run by the river guard of the northern faction, and local sources reported that the men are expected to
head to the coast.

During the meeting, the delegates stressed the need to defeat the group. Foreign Minister Ada Brandt also revealed that her country has allocated $12.5 million
to help the villages.

Joram Castel, a scholar specializing in armed movements, explained that the group is now focusing on storming jails. Castel pointed out in a special statement
to the Gazette that success once leads to another attempt."""


def test_the_twin_of_the_seed_report_yields_its_six_claims() -> None:
    found = [(c.speaker_name, c.cue.of(TWIN), c.stance) for c in find_claims(parse(TWIN))]
    assert found == [
        ("The Tarim Centre for Documentation", "announced", "reports"),
        ("local sources", "reported", "expects"),
        ("the delegates", "stressed", "urges"),
        ("Foreign Minister Ada Brandt", "revealed", "reveals"),
        ("Joram Castel, a scholar specializing in armed movements", "explained", "assesses"),
        ("Joram Castel, a scholar specializing in armed movements", "pointed out", "assesses"),
    ]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("In a statement on Monday, April 26, Amnesty International stated that nine men had fled.", "Monday, April 26"),
        ("In a report dated May 3, 2022, Amnesty International said nine men had fled.", "May 3, 2022"),
        ("Nine men were reported by Amnesty International on Sunday, October 30 to have fled the jail.", "Sunday, October 30"),
        ("According to a statement by Amnesty International dated June 18, nine men fled.", "June 18"),
        ("Amnesty International said in a statement issued on Sunday, January 3 that nine men had fled.", "Sunday, January 3"),
        ("Nine men fled the jail, as stated by Amnesty International on Monday.", "Monday"),
        ("On Sunday, October 30, nine men fled the jail, Amnesty International said.", None),  # the day of the happening
        ("In the May 3 attack, the mayor said, nine men fled the jail.", None),
    ],
)
def test_the_day_of_speech_is_that_of_the_statement(text: str, days: str | None) -> None:
    said_on = only_claim(text).said_on
    assert (None if said_on is None else said_on.of(text)) == days


def test_a_content_runs_over_a_wrapped_line_to_the_end_of_its_sentence() -> None:
    text = "Jail Watch said on Monday that nine men fled from a jail in northwestern\nSyria. The jail is run by the army."
    assert only_claim(text).content.of(text) == "nine men fled from a jail in northwestern\nSyria"


def test_a_content_ends_with_its_block() -> None:
    text = "Nine men fled the jail, Jail Watch says\nThe jail is run by the army."
    assert only_claim(text).content.of(text) == "Nine men fled the jail"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Seven men were reported to have fled from a prison, the Aden Centre for Detention Studies said on Tuesday.", "the Aden Centre for Detention Studies"),
        ("Seven men fled from a prison near Kano, Nigeria, said the Network of Families (NDF) on 18 July.", "the Network of Families (NDF)"),
        ("On May 3, ten men fled from a jail in Kano, Nigeria, the rights group Open Cells said.", "the rights group Open Cells"),
        ("As Jail Watch International reported on Monday, May 3, ten men fled from the jail.", "Jail Watch International"),
        ("It was announced on 19 May by Jail Watch International that ten men had fled.", "Jail Watch International"),
    ],
)  # fmt: skip
def test_a_monitor_is_found_wherever_it_stands(text: str, speaker: str) -> None:
    assert [c.speaker_name for c in find_claims(parse(text)) if c.speaker is not None] == [speaker]


def test_what_should_be_added_is_the_report_s_own_voice() -> None:
    assert claims_of("It should be added that ministers met in Jordan on February 28.") == []


def test_an_of_in_front_of_its_verb_does_not_open_what_people_are_suspected_of() -> None:
    """It once made a cue that ended before it began."""
    text = "The jail holds 900 people. Of these some 700 are suspected of complicity with the group and have not been heard by any judge."
    assert [c.cue.of(text) for c in find_claims(parse(text))] == ["are suspected of"]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        # "as" bears out the clause beside it
        ("Guards caught 12 men at the wall, while nine men got out, as an official of the army confirmed.", "nine men got out"),
        # who handed the statement on is no part of what it says
        ("Nobody got out of the jail, the army said on Sunday in a statement that the Belo agency handed on.", "Nobody got out of the jail"),
        ("The army said in a statement that the agency lied.", "the agency lied"),
    ],
)
def test_a_content_is_the_clause_that_the_cue_bears_out(text: str, content: str) -> None:
    assert [claim[3] for claim in claims_of(text)] == [content]
