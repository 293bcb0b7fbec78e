"""The parser's tree is set right where news sentences lead it astray, and left alone where it is sound."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc, Token

from waqai.parsing.mending import opens_aside
from waqai.parsing.pipeline import load_pipeline


def parse(text: str) -> Doc:
    return load_pipeline()(text)


def token(doc: Doc, word: str) -> Token:
    return next(t for t in doc if t.text == word)


def subjects(verb: Token) -> list[str]:
    return [t.text for t in verb.children if t.dep_ in ("nsubj", "nsubjpass")]


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        # the parser takes the aside for the subject
        ('"14 foreign prisoners, most of them al-Shabaab fighters, got away from a detention centre," the group said.', "got", "prisoners"),
        # it hangs the verb on its own subject, below a date
        (
            "On Saturday, January 29, up to 45 foreign prisoners, all belonging to the group, tunnelled out of a prison, the monitor said.",
            "tunnelled",
            "prisoners",
        ),
        # it takes the prisoners for a verb
        ("The network announced on Friday 11 December, that eleven inmates, most of them Boko Haram fighters, broke out of a camp.", "broke", "inmates"),
        # no verb stands above: the noun was the root
        ("Between 20 and 30 male inmates, all belonging to the ADF, made off from a camp near Butembo.", "made", "inmates"),
    ],
)
def test_a_verb_behind_an_aside_has_the_subject_before_it(text: str, verb: str, subject: str) -> None:
    assert subjects(token(parse(text), verb)) == [subject]


def test_a_past_tense_that_was_taken_for_a_participle_is_finite() -> None:
    doc = parse("The Network announced on Sunday, June 18, that 25 inmates bolted from a prison in Manbij.")
    verb = token(doc, "bolted")
    assert (verb.tag_, verb.head.text, subjects(verb)) == ("VBD", "announced", ["inmates"])


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Forty inmates sneaked out of a jail.", "sneaked"),  # all the sentence hangs on the inmates
        ("As the group reported on Monday, October 25, 2021, about 40 inmates sneaked out of a jail in Butembo.", "sneaked"),  # on the day
        ("The Centre reported that twenty-three prisoners tunnelled out of a jail.", "tunnelled"),  # behind "that"
    ],
)
def test_a_verb_that_is_never_passive_has_the_noun_before_it_for_its_subject(text: str, verb: str) -> None:
    doc = parse(text)
    assert len(subjects(token(doc, verb))) == 1


def test_a_participle_behind_its_noun_stays_one() -> None:
    doc = parse("Soldiers found eleven detainees freed by the gunmen.")
    assert token(doc, "freed").tag_ == "VBN" and token(doc, "detainees").head.text != "freed"


def test_what_hangs_on_a_date_hangs_on_the_verb_above() -> None:
    doc = parse("It was announced on 19 May by Human Rights Watch that hundreds of foreign prisoners had tunneled out of a jail near Potiskum.")
    assert token(doc, "by").head.text == token(doc, "tunneled").head.text == "announced"


def test_the_day_behind_an_inverted_speaker_is_that_of_the_verb() -> None:
    doc = parse("Eleven prisoners broke out of a prison in Syria, said the Network of Detainees' Families (NDF) on 18 July.")
    assert next(t for t in doc if t.text == "on").head.text == "said"


def test_the_speaker_behind_a_quotation_is_the_subject_of_the_verb_behind_it() -> None:
    quoted = "No fewer than 12 detainees, most of them ISIS fighters, tunneled out of Camp Seven prison near Jarabulus in Aleppo"
    doc = parse(f'Men fled.\n\n"{quoted}," the Syrian Network for Human Rights (SNHR) said on Tuesday.')
    assert (subjects(token(doc, "tunneled")), subjects(token(doc, "said"))) == (["detainees"], ["Network"])


def test_what_follows_since_is_the_subject_of_its_verb() -> None:
    doc = parse("Ever since an alliance of local and foreign forces was able to drive the group out of its last towns in 2019, it has looked for men.")
    assert subjects(token(doc, "was")) == ["alliance"]


def test_a_sentence_begins_only_behind_the_end_of_another() -> None:
    doc = parse("The Monitor reported on Monday 29 May that hundreds of detainees, all of them members of the group, had made their escape from it.")
    assert len(list(doc.sents)) == 1


@pytest.mark.parametrize(
    ("text", "word", "opens"),
    [
        ("Ten men, all of them guards, fled.", "all", True),
        ("Ten men, all belonging to the group, fled.", "all", True),
        ("Ten men, all tired, fled.", "all", False),
        ("They fled, most by car.", "most", False),
    ],
)
def test_an_aside_opens_behind_a_comma(text: str, word: str, opens: bool) -> None:
    assert opens_aside(token(parse(text), word)) is opens


def test_a_sound_tree_is_left_alone() -> None:
    doc = parse("Ten inmates fled from the jail on Monday, and guards caught two of them.")
    assert subjects(token(doc, "fled")) == ["inmates"] and subjects(token(doc, "caught")) == ["guards"]


def test_a_past_tense_behind_a_number_is_no_noun() -> None:
    ran = token(parse("Just over 1000 ran and were brought back."), "ran")
    assert (ran.tag_, ran.lemma_, subjects(ran)) == ("VBD", "run", ["1000"])
